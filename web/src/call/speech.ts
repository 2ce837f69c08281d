/** Whether somebody speaks, from how loud they are a few times a second: a breath between two words is no silence. */

/** Of full scale, linear: about −36 dB. A quiet room stays below it, a quiet voice does not. */
const LOUD = 0.016;
const BREATH_MS = 1_000;

export class Speech {
  #loudMs: number | null = null;

  look(loudness: number, nowMs: number): boolean {
    if (loudness >= LOUD) this.#loudMs = nowMs;
    return this.#loudMs !== null && nowMs - this.#loudMs < BREATH_MS;
  }
}
