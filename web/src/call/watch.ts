/**
 * Whether a leg lives, and what to do when it does not, decided from what is seen a few times a second.
 *
 * Dead for 1.5 s (for 1 s, where thirty packets of picture should have come in it) → new candidates on the same
 * connection (ICE restart), which costs a leg that was only slow nothing. No better 6 s after the other side answered →
 * the leg is built again; so it is where it never lived, or can live no more. The third remedy, and all after it, go
 * through TURN only, where there is one; a leg that the other side builds again is one of them. Browsers alone wait
 * 7–17 s. An offer without an answer is let be: who cannot answer cannot build a leg either, and finds the offer when they
 * are back. The polite side acts first and the other two seconds later, so that they seldom act at once.
 */

import type { Side } from "~/call/negotiation";

export const SILENCE_MS = 1_500;
/** Of a page that says that it sends a picture. */
const PICTURED_SILENCE_MS = 1_000;
/** Of a page that nobody looks at: its browser lets it beat once a second. */
const HIDDEN_SILENCE_MS = 3_500;
const AFTER_YOU_MS = 2_000;
const RESTART_MS = 6_000;
const UNANSWERED_MS = 45_000;
const CONNECT_MS = 10_000;
const CONNECT_MAX_MS = 30_000;
/** So many remedies did not help: what follows is through TURN only. */
const IN_VAIN = 2;
/** Between two looks; more than that and it was this page that slept, which proves nothing about the leg. */
const ASLEEP_MS = 1_500;

export interface Sight {
  /** Any steady clock, milliseconds. */
  readonly nowMs: number;
  readonly state: RTCPeerConnectionState;
  /** When something last came through this leg, a beat or a packet; null: nothing yet. */
  readonly aliveMs: number | null;
  /** Whether the other side beats as a page does that nobody looks at. */
  readonly hidden: boolean;
  /** Whether the other side says that it sends a picture. */
  readonly pictured: boolean;
  /** Nothing that is done to this connection can make it live: the browser refused a step, or the other side closed it. */
  readonly useless: boolean;
  /** Whether no offer of ours waits for its answer. */
  readonly answered: boolean;
}

export type Remedy = "restart" | "rebuild";

export class Watch {
  readonly #patience: number;
  #lookedMs: number | null = null;
  #aliveMs = Number.NEGATIVE_INFINITY;
  #silence = SILENCE_MS;
  /** When the leg was last restarted, and when that was answered; null: not since it last lived. */
  #restartedMs: number | null = null;
  #answeredMs: number | null = null;
  /** When the leg under way began to connect. */
  #connectingMs: number | null = null;
  /** Since a leg last lived: legs built beside the first, and those with the restarts. */
  #rebuilds = 0;
  #remedies = 0;
  #began = false;
  /** Whether any leg of this call has carried something, and whether the one under way has. */
  #lived = false;
  #here = false;

  constructor(side: Side) {
    this.#patience = side === "polite" ? 0 : AFTER_YOU_MS;
  }

  /** Whether the next remedy, or the one that is being begun, is the third or a later one since a leg last lived. */
  get last(): boolean {
    return this.#remedies >= IN_VAIN;
  }

  /** Whether the leg has lived and is silent now: what the page says as "tentando de novo". */
  get broken(): boolean {
    return this.#lived && this.#lookedMs !== null && this.#lookedMs - this.#aliveMs >= this.#silence;
  }

  /** A leg was built, whoever wanted it: every one but the first is a remedy. */
  built(): void {
    if (this.#began) {
      this.#rebuilds += 1;
      this.#remedies += 1;
    }
    this.#began = true;
    this.#here = false;
    this.#connectingMs = null;
    this.#restartedMs = null;
  }

  /** The restart that `look` asked for has been done, or the other side did it: its time begins now. */
  restarted(nowMs: number): void {
    this.#remedies += 1;
    this.#restartedMs = nowMs;
    this.#answeredMs = null;
  }

  /** The remedy that is due; asked again at every look until it was begun (`restarted`, `built`). */
  look(sight: Sight): Remedy | null {
    const { nowMs, state, aliveMs } = sight;
    const slept = this.#lookedMs !== null && nowMs - this.#lookedMs > ASLEEP_MS;
    this.#lookedMs = nowMs;
    this.#silence = sight.hidden ? HIDDEN_SILENCE_MS : sight.pictured ? PICTURED_SILENCE_MS : SILENCE_MS;
    if (aliveMs !== null && aliveMs > this.#aliveMs) {
      this.#aliveMs = aliveMs;
      this.#lived = true;
      this.#here = true;
      this.#rebuilds = 0;
      this.#remedies = 0;
      this.#restartedMs = null;
      this.#connectingMs = null;
    } else if (slept) {
      this.#aliveMs = nowMs;
      if (this.#connectingMs !== null) this.#connectingMs = nowMs;
      if (this.#restartedMs !== null) this.#restartedMs = nowMs;
      if (this.#answeredMs !== null) this.#answeredMs = nowMs;
    }
    // The other side has not answered yet: its page will find our offer in the call's log.
    if (state === "new") return null;
    // Nothing answers on a connection that the browser has closed: asking for new candidates would be asking nobody.
    const useless = sight.useless || state === "closed";
    return this.#here ? this.#silent({ ...sight, useless }) : this.#connecting({ ...sight, useless });
  }

  #connecting({ nowMs, state, useless }: Sight): Remedy | null {
    this.#connectingMs ??= nowMs;
    const allowed = Math.min(CONNECT_MS + 5_000 * this.#rebuilds, CONNECT_MAX_MS);
    // Where the browser builds nothing that is of use, it is not asked every second for as long as it does not.
    const soon = useless ? SILENCE_MS * 2 ** this.#rebuilds : SILENCE_MS;
    const patience = (useless || state === "failed" ? Math.min(soon, allowed) : allowed) + this.#patience;
    return nowMs - this.#connectingMs < patience ? null : "rebuild";
  }

  #silent({ nowMs, state, useless, answered }: Sight): Remedy | null {
    if (nowMs - this.#aliveMs < this.#silence + this.#patience) return null;
    if (useless) return "rebuild";
    if (this.#restartedMs === null) return "restart";
    if (!answered) return nowMs - this.#restartedMs < UNANSWERED_MS + this.#patience ? null : "rebuild";
    this.#answeredMs ??= nowMs;
    const patience = (state === "failed" ? SILENCE_MS : RESTART_MS) + this.#patience;
    return nowMs - this.#answeredMs < patience ? null : "rebuild";
  }
}
