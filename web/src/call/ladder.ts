/**
 * How much one side sends, decided from what its way to the other side carries: 720p → 480p → 360p → 180p → sound only
 * → text only. Down after two seconds in which the way did not carry a rung, to the highest that it does carry, and after
 * one where no picture has room beside the sound; up one rung after ten good seconds, and after twice as long each time
 * that the rung above did not hold.
 *
 * A browser left to itself takes from sound and picture alike. Here the sound is the last thing to go. Each try of a
 * picture on a way that carries none costs seconds of speech. So it is made where the browser's estimate promises
 * something, which rises above what is sent as far as the way allows; where it does not, after a minute at the soonest, in
 * case it is low for want of anything to send. A try that fails is over at the first look that can tell.
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
/** The same where no picture has room beside the sound: a second of it costs many of speech, for what is lost is sent again. */
const CROWDED_MS = 900;
/** Sound is given up for text after so long in which little of it, and nothing else, arrived. */
const HOPELESS_MS = 20_000;
const UP_MS = 10_000;
/** The same, where the browser's estimate promises nothing: it may be low only because little is sent. */
const BLIND_MS = 60_000;
const UP_MAX_MS = 640_000;
/** A rung that does not hold so long was tried in vain, and at its beginning the first bad look ends it. */
const TRIAL_MS = 15_000;
const RISK_MS = 6_000;
/** A browser's estimate begins low and needs so long to find what the way carries; and so long when more is sent. */
const BEGINNING_MS = 4_000;
const PROBING_MS = 2_000;
/** Sound with its headers, at 32 kbit/s and fifty packets a second. */
const SOUND_BITS_PER_S = 55_000;
/** The share of a rung's bits from which on it still looks like itself, and from which on it is tried. */
const ENOUGH = 0.6;
const HALF = 0.5;
/** Of sound alone, a browser believes no more than half as much again: near to that, the way is not what limits it. */
const MORE_THAN_SOUND = 1.35;

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
  const best = loss > 0.05 || (roundTripS ?? 0) > 0.8 ? "360p" : "720p";
  const most = bitsPerS === null ? best : room(bitsPerS);
  return RUNGS[Math.max(RUNGS.indexOf(best), RUNGS.indexOf(most))] ?? most;
}

/** The highest rung that has room beside the sound. */
function room(bitsPerS: number): Rung {
  const fits = (picture: Picture | null): boolean =>
    picture === null || bitsPerS >= SOUND_BITS_PER_S + ENOUGH * picture.bitsPerS;
  return RUNGS.find((rung) => fits(PICTURES[rung])) ?? "audio";
}

/** Whether a browser that sends this much and believes this of the way would hold the rung above. */
function promises(rung: Rung, bitsPerS: number): boolean {
  const above = PICTURES[RUNGS[RUNGS.indexOf(rung) - 1] ?? rung];
  if (PICTURES[rung] === null || above === null) return bitsPerS >= MORE_THAN_SOUND * SOUND_BITS_PER_S;
  return bitsPerS >= SOUND_BITS_PER_S + HALF * above.bitsPerS;
}

export class Ladder {
  readonly #rung = signal<Rung>("720p");
  readonly rung: ReadonlySignal<Rung> = this.#rung;

  #beganMs: number | null = null;
  #badSinceMs: number | null = null;
  #goodSinceMs: number | null = null;
  #raisedMs: number | null = null;
  /** How often in a row the rung above was tried in vain. */
  #vain = 0;

  /** Nothing is sent for now, or another leg carries it: what was seen of the way says nothing any more, and it begins anew. */
  rest(): void {
    this.#beganMs = null;
    this.#badSinceMs = null;
    this.#goodSinceMs = null;
    this.#raisedMs = null;
  }

  /** One look at the way, about once a second, while something is sent. */
  look(way: Way): void {
    const { nowMs } = way;
    this.#beganMs ??= nowMs;
    // Neither the estimate nor the reports speak of the new rung yet.
    if (this.#risen(nowMs) < PROBING_MS) return;
    // Without a picture the browser's estimate is one of sound alone; at first it has yet to grow.
    const pictured = PICTURES[this.#rung.value] !== null;
    const known = pictured && nowMs - this.#beganMs >= BEGINNING_MS ? way.bitsPerS : null;
    // What is lost beside a picture may be lost for it: of sound alone, nothing is known yet.
    const best = carried({ ...way, bitsPerS: known });
    const found = pictured && best === "text" ? "audio" : best;
    if (RUNGS.indexOf(found) <= RUNGS.indexOf(this.#rung.value)) {
      this.#badSinceMs = null;
      this.#goodSinceMs ??= nowMs;
      if (this.#raisedMs !== null && nowMs - this.#raisedMs >= TRIAL_MS) this.#vain = 0;
      if (nowMs - this.#goodSinceMs >= this.#patience(way)) this.#up(nowMs);
    } else {
      this.#goodSinceMs = null;
      this.#badSinceMs ??= nowMs;
      if (nowMs - this.#badSinceMs >= this.#allowed(found, known, nowMs)) this.#down(found, nowMs);
    }
  }

  /** Milliseconds since the rung was raised to where it is. */
  #risen(nowMs: number): number {
    return this.#raisedMs === null ? Number.POSITIVE_INFINITY : nowMs - this.#raisedMs;
  }

  /** How long the way may be too bad for the rung. */
  #allowed(found: Rung, bitsPerS: number | null, nowMs: number): number {
    if (found === "text") return HOPELESS_MS;
    if (this.#risen(nowMs) < RISK_MS) return 0;
    return bitsPerS !== null && room(bitsPerS) === "audio" ? CROWDED_MS : DOWN_MS;
  }

  /** How long the way must be good for the rung above. */
  #patience({ bitsPerS }: Way): number {
    const rung = this.#rung.value;
    // Who is not heard has nothing to lose by another try.
    if (rung === "text") return UP_MS;
    const soon = bitsPerS === null || promises(rung, bitsPerS);
    return Math.min((soon ? UP_MS : BLIND_MS) * 2 ** this.#vain, UP_MAX_MS);
  }

  #up(nowMs: number): void {
    this.#goodSinceMs = nowMs;
    const above = RUNGS[RUNGS.indexOf(this.#rung.value) - 1];
    if (above === undefined) return;
    this.#raisedMs = nowMs;
    this.#rung.value = above;
  }

  #down(found: Rung, nowMs: number): void {
    if (this.#risen(nowMs) < TRIAL_MS) this.#vain += 1;
    this.#raisedMs = null;
    this.#badSinceMs = null;
    this.#rung.value = found;
  }
}
