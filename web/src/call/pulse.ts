/** Twice a second a beat to the other side; twice as often a look at what came, and the remedy where nothing does. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Leg } from "~/call/leg";
import type { Side } from "~/call/negotiation";
import { quality, type Quality, type Reading } from "~/call/quality";
import { type Remedy, Watch } from "~/call/watch";

/** `none`: this browser has no WebRTC; text still works. `broken`: it stood and is being mended by itself. */
export type LegState = "none" | "connecting" | "connected" | "broken";

/** Between two looks. */
export const LOOK_MS = 250;
/** Looks between two beats of one's own, and between two readings of the counters. */
const BEAT_EVERY = 2;
const READ_EVERY = 4;
/** A beat is late: from now on the counters are asked at every look. */
const LATE_MS = 700;

export interface PulseParts {
  readonly side: Side;
  /** Whether no offer of ours waits for its answer. */
  readonly answered: () => boolean;
  /** Whether the other side says that it sends a picture. */
  readonly pictured: () => boolean;
  /** Whether anybody looks at this page. */
  readonly hidden: () => boolean;
  /** Two readings of the leg, about a second apart. */
  readonly read: (before: Reading, after: Reading) => void;
  /** Does it, when it can be done and is still `needed`; null: to a leg that is missing. False: it did not. */
  readonly mend: (leg: Leg | null, remedy: Remedy, needed: () => boolean) => Promise<boolean>;
}

export class Pulse {
  readonly #parts: PulseParts;
  readonly #watch: Watch;
  readonly #state = signal<LegState>("connecting");
  readonly #quality = signal<Quality>("good");
  #leg: Leg | null = null;
  #missing = false;
  #looks = 0;
  #aliveMs: number | null = null;
  #reading: Reading | null = null;
  #mending = false;

  readonly state: ReadonlySignal<LegState> = this.#state;
  readonly quality: ReadonlySignal<Quality> = this.#quality;

  constructor(parts: PulseParts) {
    this.#parts = parts;
    this.#watch = new Watch(parts.side);
    if (!("RTCPeerConnection" in globalThis)) this.#state.value = "none";
  }

  /** Whether what is done now to the leg is the last that is left: through TURN only. */
  get last(): boolean {
    return this.#watch.last;
  }

  /** Whether the leg has lived and nothing comes now. */
  get broken(): boolean {
    return this.#watch.broken;
  }

  /** This leg from now on; null: none is wanted. */
  follow(leg: Leg | null): void {
    this.#leg = leg;
    this.#missing = false;
    this.#aliveMs = null;
    this.#reading = null;
    if (leg !== null) this.#watch.built();
  }

  /** There should be a leg, and the browser built none: it is asked again after a while. */
  missed(): void {
    this.follow(null);
    this.#missing = true;
    this.#watch.built();
  }

  /** Said between two looks too, when somebody looks at the page or away: its timers may be slow from now on. */
  beat(): void {
    this.#leg?.word({ type: "beat", hidden: this.#parts.hidden() });
  }

  /** Every `LOOK_MS`. */
  tick(): void {
    const leg = this.#leg;
    if (leg === null) {
      if (this.#missing) this.#look(null);
      return;
    }
    this.#looks += 1;
    if (this.#looks % BEAT_EVERY === 0) this.beat();
    if (leg.heardMs !== null) this.#aliveMs = Math.max(leg.heardMs, this.#aliveMs ?? leg.heardMs);
    const late = this.#aliveMs === null || performance.now() - this.#aliveMs > LATE_MS;
    if (late || this.#looks % READ_EVERY === 0) void this.#measure(leg);
    else this.#look(leg);
  }

  /** Reads the counters: where no beat came they may still prove that packets do. */
  async #measure(leg: Leg): Promise<void> {
    const before = this.#reading;
    const after = await leg.read(performance.now());
    if (leg !== this.#leg) return;
    this.#reading = after;
    if (before !== null) {
      this.#quality.value = quality(before, after);
      this.#parts.read(before, after);
      // Growth since before the last sign of life may be as old as that sign.
      const since = before.atMs >= (this.#aliveMs ?? before.atMs);
      if (since && after.bytes > before.bytes) this.#aliveMs = after.atMs;
    }
    this.#look(leg);
  }

  #look(leg: Leg | null): void {
    const state = leg?.state ?? "closed";
    const remedy = this.#watch.look({
      nowMs: performance.now(),
      state,
      aliveMs: this.#aliveMs,
      hidden: leg?.peerHidden === true,
      pictured: this.#parts.pictured(),
      useless: leg === null || leg.useless,
      answered: this.#parts.answered(),
    });
    this.#state.value = this.#watch.broken ? "broken" : state === "connected" ? "connected" : "connecting";
    if (remedy !== null && !this.#mending) void this.#mend(leg, remedy);
  }

  async #mend(leg: Leg | null, remedy: Remedy): Promise<void> {
    this.#mending = true;
    const since = this.#aliveMs;
    const silent = (): boolean => this.#aliveMs === since && (leg?.heardMs ?? 0) <= (since ?? 0);
    try {
      const done = await this.#parts.mend(leg, remedy, () => leg === this.#leg && silent());
      if (done && remedy === "restart") this.#watch.restarted(performance.now());
    } finally {
      this.#mending = false;
    }
  }
}
