import type { CallWire } from "~/call/wire";
import type { CommandReply, Connection } from "~/transport/connection";

const UNSAID: CommandReply = { ok: false, code: "not_member", details: {} };

/** A page's line to the counter, for a call that is another's: of its leg and how it goes, only the two whose call it is have a word. */
export function guestWire(connection: Connection<"/interpreter">): CallWire {
  return {
    status: connection.status,
    onSignal: (listener) => connection.onSignal(listener),
    send: async (command, options) =>
      command.type === "leg" || command.type === "measured" ? UNSAID : connection.send(command, options),
    serverNow: () => connection.serverNow(),
  };
}
