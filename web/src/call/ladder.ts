/**
 * How much one side sends, decided from what its way to the other side carries: 720p → 480p → 360p → 180p → sound only
 * → text only. Down after two seconds in which the way did not carry a rung, to the highest that it does carry; up one
 * rung after ten good seconds, and after twice as long each time that the rung above did not hold.
 *
 * A browser left to itself takes from sound and picture alike. Here the sound is the last thing to go.
 */

import { type ReadonlySignal, signal } from "@preact/signals";

export const RUNGS = ["720p", "480p", "360p", "180p", "audio", "text"] as const;
export type Rung = (typeof RUNGS)[number];

export interface Picture {
  /** Of the shorter side, pixels. */
  readonly height: number;
  readonly framesPerS: number;
  readonly bitsPerS: number;
}

/** 1.2 Mbit/s is enough for 720p of a face; a court's uplink carries many of these. */
export const PICTURES: Readonly<Record<Rung, Picture | null>> = {
  "720p": { height: 720, framesPerS: 30, bitsPerS: 1_200_000 },
  "480p": { height: 480, framesPerS: 30, bitsPerS: 600_000 },
  "360p": { height: 360, framesPerS: 24, bitsPerS: 320_000 },
  "180p": { height: 180, framesPerS: 15, bitsPerS: 110_000 },
  audio: null,
  text: null,
};

/** Of a screen: what is written on it must stay readable, and it seldom moves. */
export const SCREENS: Readonly<Record<Rung, Picture | null>> = {
  "720p": { height: 1_080, framesPerS: 10, bitsPerS: 1_200_000 },
  "480p": { height: 1_080, framesPerS: 5, bitsPerS: 600_000 },
  "360p": { height: 720, framesPerS: 5, bitsPerS: 320_000 },
  "180p": { height: 720, framesPerS: 2, bitsPerS: 110_000 },
  audio: null,
  text: null,
};

/**
 * The best rung for so many others: each gets a picture of their own, and together these cost an uplink and a processor
 * hardly more than one of 720p. A person who signs is still seen well.
 */
export function roomFor(others: number): Rung {
  return others < 2 ? "720p" : others === 2 ? "480p" : "360p";
}

/** The best rung of who wants to save data, and of who sends to them. */
export const SAVING: Rung = "360p";

/** The first second's rung: a small picture is encoded and out of the door sooner, and is seen sooner. */
export const OPENING: Rung = "360p";
export const OPENING_MS = 1_000;

const DOWN_MS = 2_000;
const UP_MS = 10_000;
const UP_MAX_MS = 160_000;
/** A rung that does not hold so long was tried in vain. */
const TRIAL_MS = 15_000;
/** A browser's estimate begins low and needs so long to find what the way carries. */
const BEGINNING_MS = 4_000;
/** Sound with its headers, at 32 kbit/s and fifty packets a second. */
const SOUND_BITS_PER_S = 55_000;
/** The share of a rung's bits from which on it still looks like itself. */
const ENOUGH = 0.6;

export interface Way {
  readonly nowMs: number;
  /** What the browser believes that the way carries; null: it does not say, or nothing is sent that would tell. */
  readonly bitsPerS: number | null;
  /** Share of what we sent that was lost, 0..1. */
  readonly loss: number;
  readonly roundTripS: number | null;
}

/** The highest rung for a way like this, whatever is sent now. */
export function carried({ bitsPerS, loss, roundTripS }: Omit<Way, "nowMs">): Rung {
  if (loss > 0.5 || (roundTripS ?? 0) > 4) return "text";
  if (loss > 0.25 || (roundTripS ?? 0) > 1.5) return "audio";
  // What is lost by chance is lost of a small picture too: it is made smaller, never taken away for that.
  const best = loss > 0.05 || (roundTripS ?? 0) > 0.8 ? RUNGS.indexOf("360p") : 0;
  if (bitsPerS === null) return RUNGS[best] ?? "720p";
  for (const rung of RUNGS.slice(best)) {
    const picture = PICTURES[rung];
    if (picture === null || bitsPerS >= SOUND_BITS_PER_S + ENOUGH * picture.bitsPerS) return rung;
  }
  return "audio";
}

export class Ladder {
  readonly #rung = signal<Rung>("720p");
  readonly rung: ReadonlySignal<Rung> = this.#rung;

  #beganMs: number | null = null;
  #badSinceMs: number | null = null;
  #goodSinceMs: number | null = null;
  #raisedMs: number | null = null;
  #wait = UP_MS;

  /** Nothing is sent for now, or another leg carries it: what was seen of the way says nothing any more. */
  rest(): void {
    this.#beganMs = null;
    this.#badSinceMs = null;
    this.#goodSinceMs = null;
  }

  /** One look at the way, about once a second, while something is sent. */
  look(way: Way): void {
    const { nowMs } = way;
    this.#beganMs ??= nowMs;
    const rung = this.#rung.value;
    // Without a picture the browser's estimate is one of sound alone: only loss and delay tell.
    const bitsPerS = PICTURES[rung] === null || nowMs - this.#beganMs < BEGINNING_MS ? null : way.bitsPerS;
    const holds = RUNGS.indexOf(carried({ ...way, bitsPerS })) <= RUNGS.indexOf(rung);
    if (holds) {
      this.#badSinceMs = null;
      this.#goodSinceMs ??= nowMs;
      if (nowMs - this.#goodSinceMs >= this.#wait) this.#up(way);
    } else {
      this.#goodSinceMs = null;
      this.#badSinceMs ??= nowMs;
      if (nowMs - this.#badSinceMs >= DOWN_MS) this.#down({ ...way, bitsPerS });
    }
  }

  #up({ nowMs }: Way): void {
    // It held: the next one is tried as soon as any.
    if (this.#raisedMs !== null && nowMs - this.#raisedMs >= TRIAL_MS) this.#wait = UP_MS;
    this.#goodSinceMs = nowMs;
    const above = RUNGS[RUNGS.indexOf(this.#rung.value) - 1];
    if (above === undefined) return;
    this.#raisedMs = nowMs;
    this.#beganMs = nowMs;
    this.#rung.value = above;
  }

  #down(way: Way): void {
    if (this.#raisedMs !== null && way.nowMs - this.#raisedMs < TRIAL_MS)
      this.#wait = Math.min(2 * this.#wait, UP_MAX_MS);
    this.#raisedMs = null;
    this.#badSinceMs = null;
    this.#rung.value = carried(way);
  }
}
