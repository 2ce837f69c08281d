/**
 * How much of what is on here goes to one of the others: the least of what there is room for, what their way carries, what
 * either side saves, and what a beginning allows.
 */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { Ladder, OPENING, OPENING_MS, PICTURES, type Rung, RUNGS, SAVING, SCREENS } from "~/call/ladder";
import type { Leg } from "~/call/leg";
import type { Reading } from "~/call/quality";
import type { Outgoing } from "~/call/sending";
import type { MediaState } from "~/protocol/types";

export interface AllowanceParts {
  readonly outgoing: ReadonlySignal<Outgoing>;
  /** More than this is sent to nobody. */
  readonly best: ReadonlySignal<Rung>;
  /** What the other side says of itself. */
  readonly theirs: ReadonlySignal<MediaState | null>;
}

export class Allowance {
  readonly #parts: AllowanceParts;
  readonly #ladder = new Ladder();
  readonly #opening = signal(true);
  #opened: ReturnType<typeof setTimeout> | undefined;

  readonly rung: ReadonlySignal<Rung>;

  constructor(parts: AllowanceParts) {
    this.#parts = parts;
    this.rung = computed(() => {
      const saving = parts.outgoing.value.saving || parts.theirs.value?.saving === true;
      const limits: readonly Rung[] = [
        parts.best.value,
        this.#ladder.rung.value,
        ...(saving ? [SAVING] : []),
        ...(this.#opening.value ? [OPENING] : []),
      ];
      return RUNGS[Math.max(...limits.map((rung) => RUNGS.indexOf(rung)))] ?? SAVING;
    });
  }

  /** Something is sent from now on. Only the first time counts. */
  open(): void {
    this.#opened ??= setTimeout(() => {
      this.#opening.value = false;
    }, OPENING_MS);
  }

  /** This leg carries so much and no more. */
  limit(leg: Leg): void {
    const rung = this.rung.value;
    leg.limit((this.#parts.outgoing.value.screen ? SCREENS : PICTURES)[rung], rung !== "text");
  }

  /** The way to them was looked at: more or less may be sent from now on. `sends`: they should be getting something. */
  look(before: Reading, after: Reading, sends: boolean): void {
    const { audio, video } = this.#parts.outgoing.value;
    if (!sends || (audio === null && video === null) || after.bytes === before.bytes) {
      this.#ladder.rest();
      return;
    }
    const { atMs: nowMs, carriesBitsPerS: bitsPerS, lossThere, roundTripS } = after;
    this.#ladder.look({
      nowMs,
      // Without a picture, or with one that needs less, the estimate follows what is sent.
      bitsPerS: video === null ? null : bitsPerS,
      loss: lossThere ?? 0,
      roundTripS,
    });
  }

  dispose(): void {
    clearTimeout(this.#opened);
  }
}
