/**
 * Whether a leg lives, and what to do when it does not, decided from what is seen twice a second.
 *
 * Dead for 1.5 s → new candidates on the same connection (ICE restart); no better after 6 s, or dead from the start →
 * the leg is built again; from the third time on through TURN only, where there is one. Browsers alone wait 7–17 s.
 * The visitor acts first and the attendant two seconds later, so that they seldom act at once.
 */

import type { Party } from "~/protocol/types";

export const SILENCE_MS = 1_500;
const AFTER_YOU_MS = 2_000;
const RESTART_MS = 6_000;
const CONNECT_MS = 10_000;
const CONNECT_MAX_MS = 30_000;
/** Between two looks; more than that and it was this page that slept, which proves nothing about the leg. */
const ASLEEP_MS = 1_500;

export interface Sight {
  /** Any steady clock, milliseconds. */
  readonly nowMs: number;
  readonly state: RTCPeerConnectionState;
  /** Something came through since the look before: a beat, a packet. */
  readonly alive: boolean;
  /** Whether the other side can be told anything: without that, no remedy works, and none is used up. */
  readonly reachable: boolean;
}

export type Remedy = "restart" | "rebuild";

export class Watch {
  readonly #patience: number;
  #lookedMs: number | null = null;
  #aliveMs = 0;
  /** When the leg was last restarted; null: not since it last lived. */
  #restartedMs: number | null = null;
  /** When the leg under way began to connect. */
  #connectingMs: number | null = null;
  #rebuilds = 0;
  /** Whether any leg of this call has carried something, and whether the one under way has. */
  #lived = false;
  #here = false;

  constructor(party: Party) {
    this.#patience = party === "visitor" ? 0 : AFTER_YOU_MS;
  }

  /** Legs built since one last lived; from the second on only TURN is tried. */
  get rebuilds(): number {
    return this.#rebuilds;
  }

  /** Whether the leg has lived and is silent now: what the page says as "tentando de novo". */
  get broken(): boolean {
    return this.#lived && this.#lookedMs !== null && this.#lookedMs - this.#aliveMs >= SILENCE_MS;
  }

  /** A new leg is being built, whoever wanted it. */
  rebuilt(): void {
    this.#here = false;
    this.#connectingMs = null;
    this.#restartedMs = null;
  }

  look({ nowMs, state, alive, reachable }: Sight): Remedy | null {
    const slept = this.#lookedMs !== null && nowMs - this.#lookedMs > ASLEEP_MS;
    this.#lookedMs = nowMs;
    if (alive) {
      this.#aliveMs = nowMs;
      this.#lived = true;
      this.#here = true;
      this.#rebuilds = 0;
      this.#restartedMs = null;
      this.#connectingMs = null;
      return null;
    }
    if (slept) {
      this.#aliveMs = nowMs;
      if (this.#connectingMs !== null) this.#connectingMs = nowMs;
      if (this.#restartedMs !== null) this.#restartedMs = nowMs;
      return null;
    }
    // The other side has not answered yet: its page will find our offer in the call's log.
    if (!reachable || state === "new" || state === "closed") return null;
    return this.#here ? this.#silent(nowMs, state) : this.#connecting(nowMs, state);
  }

  #connecting(nowMs: number, state: RTCPeerConnectionState): Remedy | null {
    this.#connectingMs ??= nowMs;
    const allowed = Math.min(CONNECT_MS + 5_000 * this.#rebuilds, CONNECT_MAX_MS);
    const waited = nowMs - this.#connectingMs;
    if (waited < (state === "failed" ? SILENCE_MS : allowed) + this.#patience) return null;
    return this.#rebuild();
  }

  #silent(nowMs: number, state: RTCPeerConnectionState): Remedy | null {
    if (this.#restartedMs === null) {
      if (nowMs - this.#aliveMs < SILENCE_MS + this.#patience) return null;
      this.#restartedMs = nowMs;
      return "restart";
    }
    if (nowMs - this.#restartedMs < (state === "failed" ? SILENCE_MS : RESTART_MS) + this.#patience)
      return null;
    return this.#rebuild();
  }

  #rebuild(): Remedy {
    this.#rebuilds += 1;
    this.rebuilt();
    return "rebuild";
  }
}
