/**
 * Whether one's own voice comes back late from somebody else's loudspeaker, decided from how loud it is here and there.
 *
 * Two devices in one room are the ordinary case: neither browser cancels what the other one plays. A voice has its own
 * unevenness, a syllable after the other: where what is heard rises and falls as one's own voice did a while ago, for
 * seconds and always as long ago, it is that voice.
 */

/** A stretch of sound whose loudness is one number. */
export const STEP_MS = 40;
/** What is compared: enough syllables that two people do not agree by chance. */
const WINDOW = 150;
/** The way there and back, buffers and loudspeaker included, takes no longer; nothing comes back at once. */
const EARLIEST = 2;
const LATEST = 30;
/** Louder or softer than what is around it, so many steps to each side: syllables, not who has the word. */
const AROUND = 6;
/** Softer than this is silence, decibels of full scale: noise has no syllables. */
const SILENCE_DB = -60;
/** So much of the window must be one's own voice. */
const SPOKEN = 40;
const VOICE_DB = -45;
/** How alike they must be, and how much more than at any other delay: a tone that repeats is alike at many. */
const ALIKE = 0.65;
const MORE_ALIKE = 0.2;
/** How far the delay may wander, steps, and how often in a row it must be found. */
const NEAR = 2;
const OFTEN = 4;

/** Of the sound of a step, -1 to 1: decibels of full scale. */
export function decibels(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return power === 0 ? SILENCE_DB : Math.max(SILENCE_DB, 10 * Math.log10(power));
}

export class OwnVoice {
  #own: number[] = [];
  #heard: number[] = [];
  #delay: number | null = null;
  #found = 0;

  /** The sound stood still, or was not heard for a while: what was before says nothing any more. */
  forget(): void {
    this.#own = [];
    this.#heard = [];
    this.#found = 0;
  }

  /** The next steps, of what is sent and of what is heard, decibels. Whether one's own voice comes back now. */
  look(own: readonly number[], heard: readonly number[]): boolean {
    this.#own = [...this.#own, ...own].slice(-WINDOW - LATEST);
    this.#heard = [...this.#heard, ...heard].slice(-WINDOW);
    const delay = this.#own.length < WINDOW + LATEST ? null : delayOf(this.#own, this.#heard);
    const steady = delay !== null && this.#delay !== null && Math.abs(delay - this.#delay) <= NEAR;
    this.#found = delay === null ? 0 : steady ? this.#found + 1 : 1;
    this.#delay = delay;
    return this.#found >= OFTEN;
  }
}

/** After how many steps `own` comes back in `heard`, which ends when `own` does; null: it does not. */
export function delayOf(own: readonly number[], heard: readonly number[]): number | null {
  const mine = syllables(own);
  const theirs = syllables(heard);
  const alike = Array.from({ length: LATEST + 1 }, (_, delay) => {
    const end = mine.length - delay;
    return correlation(mine.slice(end - theirs.length, end), theirs);
  });
  const best = alike.indexOf(Math.max(...alike));
  const most = alike[best] ?? 0;
  const elsewhere = Math.max(...alike.filter((_, delay) => Math.abs(delay - best) > 2 * NEAR));
  const spoken = own
    .slice(own.length - best - heard.length, own.length - best)
    .filter((level) => level > VOICE_DB);
  const found =
    best >= EARLIEST && spoken.length >= SPOKEN && most >= ALIKE && most - elsewhere >= MORE_ALIKE;
  return found ? best : null;
}

/** How much louder each step is than what is around it. */
function syllables(levels: readonly number[]): number[] {
  const sums = [0];
  for (const level of levels) sums.push((sums.at(-1) ?? 0) + Math.max(SILENCE_DB, level));
  return levels.map((level, place) => {
    const from = Math.max(0, place - AROUND);
    const to = Math.min(levels.length, place + AROUND + 1);
    return Math.max(SILENCE_DB, level) - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
}

/** Pearson's, -1 to 1; 0 where either is flat. */
function correlation(a: readonly number[], b: readonly number[]): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (const [place, x] of a.entries()) {
    const y = b[place] ?? 0;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa * bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
