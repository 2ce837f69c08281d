import { describe, expect, it } from "vitest";
import { decibels, OwnVoice, STEP_MS } from "~/call/own_voice";

/** A small linear generator (Numerical Recipes), 0..1: the same speech in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const stepsIn = (seconds: number): number => Math.round((seconds * 1_000) / STEP_MS);
const ROOM_DB = -58;

/** Nobody speaks in a room that is not quite still. */
function silence(seed: number, seconds: number): number[] {
  const next = chance(seed);
  return Array.from({ length: stepsIn(seconds) }, () => ROOM_DB + 4 * next());
}

/** Somebody tells something: phrases of syllables of 120 to 280 ms, each as loud as it comes, and breaths. */
function speech(seed: number, seconds: number): number[] {
  const next = chance(seed * 7_919);
  const levels = silence(seed, seconds);
  let place = Math.floor(20 * next());
  while (place < levels.length) {
    for (let syllables = 2 + Math.floor(14 * next()); syllables > 0; syllables -= 1) {
      const length = 3 + Math.floor(5 * next());
      const loud = -31 + 12 * next();
      for (let step = 0; step < length && place + step < levels.length; step += 1) {
        const swell = 20 * Math.log10(Math.sin((Math.PI * (step + 0.5)) / length));
        levels[place + step] = Math.max(levels[place + step] ?? ROOM_DB, loud + swell + 2 * next());
      }
      place += length + (next() < 0.25 ? Math.floor(3 * next()) : 0);
    }
    place += 5 + Math.floor(25 * next());
  }
  return levels;
}

const together = (a: number, b: number): number => 10 * Math.log10(10 ** (a / 10) + 10 ** (b / 10));

/** What of `own` comes back so late and so much softer, in a room of its own. */
function back(own: readonly number[], lateMs: number, softerDb: number): number[] {
  const late = Math.round(lateMs / STEP_MS);
  const room = silence(99, (own.length * STEP_MS) / 1_000);
  return room.map((level, place) => together(level, (own[place - late] ?? -100) - softerDb));
}

/** The share of the looks, six steps each, at which it is found, once there is enough to compare. */
function found(own: readonly number[], heard: readonly number[]): number {
  const voice = new OwnVoice();
  const looks: boolean[] = [];
  for (let place = 0; place + 6 <= own.length; place += 6)
    looks.push(voice.look(own.slice(place, place + 6), heard.slice(place, place + 6)));
  const due = looks.slice(Math.ceil(stepsIn(9) / 6));
  return due.filter(Boolean).length / due.length;
}

const PEOPLE = Array.from({ length: 5 }, (_, seed) => seed + 1);

describe("one's own voice that comes back", () => {
  it.each([
    [160, 0],
    [400, 6],
    [480, 20],
    [1_000, 12],
    [1_160, 25],
  ])("%i ms later and %i dB softer is known, whoever speaks", (lateMs, softerDb) => {
    for (const person of PEOPLE) {
      const own = speech(person, 30);
      expect(found(own, back(own, lateMs, softerDb))).toBeGreaterThan(0.5);
    }
  });

  it("is known while the other person says something too, now and then", () => {
    for (const person of PEOPLE) {
      const own = speech(person, 40);
      const other = speech(person + 100, 40);
      const heard = back(own, 400, 6).map((level, place) =>
        Math.floor(place / stepsIn(8)) % 2 === 0 ? level : together(level, other[place] ?? ROOM_DB),
      );
      expect(found(own, heard)).toBeGreaterThan(0.2);
    }
  });

  it("is over when it is", () => {
    const own = speech(1, 40);
    const heard = [...back(own, 400, 6).slice(0, stepsIn(20)), ...silence(5, 20)];
    const voice = new OwnVoice();
    const looks = own.map((level, place) => voice.look([level], [heard[place] ?? ROOM_DB]));
    expect(looks.lastIndexOf(true)).toBeGreaterThan(stepsIn(18));
    expect(looks.lastIndexOf(true)).toBeLessThan(stepsIn(26));
  });
});

describe("no voice of one's own", () => {
  it("is what somebody else says, both talking all the time", () => {
    for (const person of PEOPLE) expect(found(speech(person, 40), speech(person + 100, 40))).toBe(0);
  });

  it("is what somebody answers, one after the other without a pause", () => {
    for (const person of PEOPLE) {
      const [own, other] = [speech(person, 25), speech(person + 100, 25)];
      const still = silence(3, 25);
      for (const seconds of [0.8, 1.2, 3]) {
        const mine = (place: number): boolean => Math.floor(place / stepsIn(seconds)) % 2 === 0;
        const sent = own.map((level, place) => (mine(place) ? level : (still[place] ?? ROOM_DB)));
        const heard = other.map((level, place) => (mine(place) ? (still[place] ?? ROOM_DB) : level));
        expect(found(sent, heard)).toBe(0);
      }
    }
  });

  it.each([
    ["silence on both sides", silence(1, 30), silence(2, 30)],
    ["silence here while they speak", silence(1, 30), speech(2, 30)],
    ["silence there while one speaks", speech(1, 30), silence(2, 30)],
    ["a microphone that is off, and a line without a sound", Array(750).fill(-60), Array(750).fill(-60)],
    ["the same voice at once, which nothing carried away and back", speech(1, 30), speech(1, 30)],
  ])("is %s", (_, own, heard) => {
    expect(found(own, heard)).toBe(0);
  });

  it("is a short word that is answered with one", () => {
    const word = (at: number): number[] =>
      silence(4, 30).map((level, place) => (place % 250 >= at && place % 250 < at + 6 ? -25 : level));
    expect(found(word(20), word(30))).toBe(0);
  });

  it("is a signal that repeats itself: it is as like at one delay as at another", () => {
    const beeps = Array.from({ length: 750 }, (_, place) => (place % 13 < 5 ? -20 : -60));
    expect(found(beeps, [...Array<number>(5).fill(-60), ...beeps])).toBe(0);
  });
});

describe("how loud a step is", () => {
  it("is told in decibels of full scale, no lower than silence", () => {
    expect(decibels(new Float32Array(100))).toBe(-60);
    expect(decibels(new Float32Array(100).fill(1e-6))).toBe(-60);
    expect(decibels(new Float32Array(100).fill(0.1))).toBeCloseTo(-20);
  });
});
