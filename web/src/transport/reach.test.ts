import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { opensLine } from "~/transport/reach";

const sockets: FakeSocket[] = [];

class FakeSocket extends EventTarget {
  readonly at: string;
  closed = false;

  constructor(at: string) {
    super();
    this.at = at;
    sockets.push(this);
  }

  hear(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  close(): void {
    this.closed = true;
  }
}

const never = (): AbortSignal => new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  sockets.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the line of the counter", () => {
  it("opens where the server says its first word, and is closed again", async () => {
    vi.stubGlobal("location", { protocol: "https:", host: "balcao.example" });
    const opens = opensLine(never());
    expect(sockets[0]?.at).toBe("wss://balcao.example/socket.io/?EIO=4&transport=websocket");
    sockets[0]?.hear('0{"sid":"abc","upgrades":[],"pingTimeout":20000,"pingInterval":25000}');
    expect(await opens).toBe(true);
    expect(sockets[0]?.closed).toBe(true);
  });

  it.each([
    ["a proxy refuses the WebSocket", () => sockets[0]?.dispatchEvent(new Event("close"))],
    ["a proxy swallows it", () => vi.advanceTimersByTime(8_000)],
    ["somebody else answers", () => sockets[0]?.hear("<html>")],
    ["somebody else answers in bytes", () => sockets[0]?.hear(new ArrayBuffer(2))],
  ])("does not open where %s", async (_, happens) => {
    const opens = opensLine(never(), "ws://balcao.example/");
    happens();
    expect(await opens).toBe(false);
    expect(sockets[0]?.closed).toBe(true);
  });

  it("is let go with the check", async () => {
    const check = new AbortController();
    const opens = opensLine(check.signal, "ws://balcao.example/");
    check.abort();
    expect(await opens).toBe(false);
    expect(sockets[0]?.closed).toBe(true);
  });
});
