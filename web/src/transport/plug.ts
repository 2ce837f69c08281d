import { io } from "socket.io-client";
import type { Answer, Goodbye, Move, Namespace, Refused, SignalEntry, View, Wire } from "~/protocol/types";
import { isRefused } from "~/transport/http";
import { tabId } from "~/transport/tab";

/** What a plug tells its connection. */
export interface Heard {
  connected(): void;
  /** The handshake failed: refused by the server, or (null) it did not answer. */
  refused(refused: Refused | null): void;
  /** The line is gone; `forGood`: the plug will not try again unless told. */
  lost(forGood: boolean): void;
  view(view: View): void;
  signal(entry: SignalEntry): void;
  move(move: Move): void;
  goodbye(goodbye: Goodbye): void;
}

/** The few things a connection needs of a socket. */
export interface Plug {
  open(heard: Heard): void;
  /** The answer, or null where none came in time. */
  ask(ask: Wire[Namespace]["ask"], patience_ms: number): Promise<Answer | null>;
  /** Tries at once where the line is gone. */
  reconnect(): void;
  /** Closes the line and opens a new one. */
  renew(): void;
  close(): void;
}

/** The only use of socket.io-client: untyped events come in here and leave typed. */
export function socketPlug(namespace: Namespace): Plug {
  let opened = true;
  const socket = io(namespace, {
    transports: ["websocket"],
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: 8_000,
    auth: (give) => {
      void tabId().then((tab) => give({ tab, opened }));
    },
  });
  // Starts the delays anew; a plain connect() would wait for the running one.
  const renew = (): void => {
    socket.disconnect().connect();
  };
  const reconnect = (): void => {
    if (!socket.connected) renew();
  };
  return {
    open(heard) {
      socket.on("connect", () => {
        opened = false;
        heard.connected();
      });
      socket.on("connect_error", (failure) => {
        const { data } = failure as Error & { data?: unknown };
        heard.refused(isRefused(data) ? data : null);
        // A refusal without our words (a proxy, an older server): nobody else would try again.
        if (!socket.active && !isRefused(data)) heard.lost(true);
      });
      socket.on("disconnect", (reason) => heard.lost(reason === "io server disconnect"));
      socket.on("view", (view: View, acknowledge?: () => void) => {
        acknowledge?.();
        heard.view(view);
      });
      socket.on("signal", (entry: SignalEntry) => heard.signal(entry));
      socket.on("move", (move: Move) => heard.move(move));
      socket.on("goodbye", (goodbye: Goodbye) => heard.goodbye(goodbye));
      addEventListener("online", reconnect);
      socket.connect();
    },
    ask(ask, patience_ms) {
      return new Promise((resolve) => {
        socket.timeout(patience_ms).emit("command", ask, (silence: Error | null, answer: Answer) => {
          resolve(silence === null ? answer : null);
        });
      });
    },
    reconnect,
    renew,
    close() {
      removeEventListener("online", reconnect);
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
}
