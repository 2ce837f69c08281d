import type { Namespace } from "~/protocol/types";
import { type Connection, PluggedConnection } from "~/transport/connection";
import { post } from "~/transport/http";
import { socketPlug } from "~/transport/plug";
import { randomId } from "~/transport/tab";

export type {
  CommandOf,
  CommandReply,
  Connection,
  LinkStatus,
  SendOptions,
  ViewOf,
} from "~/transport/connection";
export { type AnyCode, get, NO_ANSWER, post, remove, type Reply, type Unanswered } from "~/transport/http";
export { randomId, tabId } from "~/transport/tab";

/** Opens the page's line to the counter. A visitor gets a session when there is none; staff sign in first. */
export function connect<N extends Namespace>(namespace: N): Connection<N> {
  return new PluggedConnection<N>({
    plug: socketPlug(namespace),
    here: () => performance.now(),
    newId: randomId,
    chance: Math.random,
    renew: namespace === "/visitor" ? async () => (await post("session")).ok : null,
  });
}
