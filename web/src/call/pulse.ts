/** Twice a second: a beat to the other side, a look at what came, and the remedy where nothing does. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Leg } from "~/call/leg";
import { quality, type Quality, type Reading } from "~/call/quality";
import { type Remedy, Watch } from "~/call/watch";
import type { Party } from "~/protocol/types";

/** `none`: this browser has no WebRTC; text still works. `broken`: it stood and is being mended by itself. */
export type LegState = "none" | "connecting" | "connected" | "broken";

/** Counters are read so often, and whenever no beat came. */
const READ_EVERY = 4;

export interface PulseParts {
  readonly party: Party;
  /** Whether the other side can be told anything. */
  readonly reachable: () => boolean;
  readonly mend: (leg: Leg, remedy: Remedy) => void;
}

export class Pulse {
  readonly #parts: PulseParts;
  readonly #watch: Watch;
  readonly #state = signal<LegState>("connecting");
  readonly #quality = signal<Quality>("good");
  #leg: Leg | null = null;
  #heard = 0;
  #beats = 0;
  #reading: Reading | null = null;

  readonly state: ReadonlySignal<LegState> = this.#state;
  readonly quality: ReadonlySignal<Quality> = this.#quality;

  constructor(parts: PulseParts) {
    this.#parts = parts;
    this.#watch = new Watch(parts.party);
    if (!("RTCPeerConnection" in globalThis)) this.#state.value = "none";
  }

  /** Legs built since one last lived. */
  get rebuilds(): number {
    return this.#watch.rebuilds;
  }

  /** This leg from now on; null: none. */
  follow(leg: Leg | null): void {
    this.#leg = leg;
    this.#heard = 0;
    this.#reading = null;
    this.#watch.rebuilt();
  }

  beat(): void {
    const leg = this.#leg;
    if (leg === null) return;
    this.#beats += 1;
    leg.word({ type: "beat" });
    const beaten = leg.heard > this.#heard;
    this.#heard = leg.heard;
    if (beaten && this.#beats % READ_EVERY !== 0) this.#look(leg, true);
    else void this.#measure(leg, beaten);
  }

  /** Reads the counters: where no beat came they may still prove that packets do. */
  async #measure(leg: Leg, beaten: boolean): Promise<void> {
    const before = this.#reading;
    const after = await leg.read(performance.now());
    if (leg !== this.#leg) return;
    this.#reading = after;
    if (before !== null) this.#quality.value = quality(before, after);
    this.#look(leg, beaten || (before !== null && after.bytes > before.bytes));
  }

  #look(leg: Leg, alive: boolean): void {
    const { reachable, mend } = this.#parts;
    const remedy = this.#watch.look({
      nowMs: performance.now(),
      state: leg.state,
      alive,
      reachable: reachable(),
    });
    this.#state.value = this.#watch.broken
      ? "broken"
      : leg.state === "connected"
        ? "connected"
        : "connecting";
    if (remedy !== null) mend(leg, remedy);
  }
}
