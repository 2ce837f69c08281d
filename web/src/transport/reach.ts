const PATIENCE_MS = 8_000;
/** The first packet of engine.io's server: OPEN, and what it says of itself. */
const OPEN = "0{";

/**
 * Whether the line of a page can be opened: a WebSocket to where they all go, until the server's first word.
 *
 * Proxies that let pages through and stop WebSockets are met in offices; without one nobody waits in line. Never
 * rejects.
 */
export function opensLine(ended: AbortSignal, at: string = lineOf(globalThis.location)): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(at);
    const done = (opens: boolean): void => {
      clearTimeout(timer);
      socket.close();
      resolve(opens);
    };
    const timer = setTimeout(() => done(false), PATIENCE_MS);
    socket.addEventListener("message", ({ data }) => done(typeof data === "string" && data.startsWith(OPEN)));
    socket.addEventListener("close", () => done(false));
    ended.addEventListener("abort", () => done(false), { once: true });
  });
}

/** socket.io's own address on this site, as engine.io's fourth protocol asks for it. */
function lineOf({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/socket.io/?EIO=4&transport=websocket`;
}
