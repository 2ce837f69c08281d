import type { AsOf } from "~/protocol/types";

/** Whether `next` may replace what is shown: a rewound store has a higher epoch, never a lower. */
export function notOlder(next: AsOf, shown: AsOf | null): boolean {
  if (shown === null || next.epoch !== shown.epoch) return shown === null || next.epoch > shown.epoch;
  return next.n >= shown.n;
}

/**
 * Court time between two views.
 *
 * Anchored by the newest view and carried on by this device's own clock, whose hour may be wrong: only its pace is used.
 */
export class CourtClock {
  readonly #here: () => number;
  #ahead = 0;

  constructor(here: () => number) {
    this.#here = here;
  }

  /** Court time, ms. Before the first view it is this device's own. */
  now(): number {
    return this.#here() + this.#ahead;
  }

  set(courtMs: number): void {
    this.#ahead = courtMs - this.#here();
  }
}
