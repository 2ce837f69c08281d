/** What a call needs of the page that it is on, and what its parts say of it to each other. */

import type { ReadonlySignal } from "@preact/signals";
import type { HangUp, Leg, Measured, Replay, Signal, SignalEntry } from "~/protocol/types";
import type { CommandReply, LinkStatus, SendOptions } from "~/transport/connection";

/** The page's connection. */
export interface CallWire {
  readonly status: ReadonlySignal<LinkStatus>;
  onSignal(listener: (entry: SignalEntry) => void): () => void;
  send(command: Signal | Replay | HangUp | Leg | Measured, options?: SendOptions): Promise<CommandReply>;
  /** Court time, ms. */
  serverNow(): number;
}

/**
 * - `ringing`: nobody has entered yet; the leg is being built meanwhile;
 * - `active`: the visitor has entered;
 * - `ended`: over for both, whoever ended it.
 */
export type CallPhase = "ringing" | "active" | "ended";
