import { describe, expect, it } from "vitest";
import { carried, Ladder, type Rung, type Way } from "~/call/ladder";

const good = { bitsPerS: 3_000_000, loss: 0, roundTripS: 0.05 };
const narrow = { bitsPerS: 64_000, loss: 0.02, roundTripS: 0.3 };

/** Looks once a second, `from` and `to` included; the rungs it changed to, with their second. */
function looks(ladder: Ladder, from: number, to: number, way: Omit<Way, "nowMs">): [number, Rung][] {
  const seen: [number, Rung][] = [];
  for (let second = from; second <= to; second += 1) {
    const before = ladder.rung.value;
    ladder.look({ ...way, nowMs: second * 1_000 });
    if (ladder.rung.value !== before) seen.push([second, ladder.rung.value]);
  }
  return seen;
}

describe("what a way carries", () => {
  it.each([
    [good, "720p"],
    [{ ...good, bitsPerS: 500_000 }, "480p"],
    [{ ...good, bitsPerS: 300_000 }, "360p"],
    [{ ...good, bitsPerS: 150_000 }, "180p"],
    [narrow, "audio"],
    [{ ...good, loss: 0.1 }, "360p"],
    [{ ...good, loss: 0.3 }, "audio"],
    [{ ...good, loss: 0.6 }, "text"],
    [{ ...good, roundTripS: 2 }, "audio"],
    [{ bitsPerS: null, loss: 0, roundTripS: null }, "720p"],
  ] as const)("%o: %s", (way, rung) => {
    expect(carried(way)).toBe(rung);
  });
});

describe("the ladder", () => {
  /** On sound alone after 12 s. */
  function lowered(): Ladder {
    const ladder = new Ladder();
    looks(ladder, 0, 10, good);
    expect(looks(ladder, 11, 12, narrow)).toEqual([[12, "audio"]]);
    return ladder;
  }
  /** As a browser that sends sound alone sees a way that carries little more, one that carries much, and one unknown. */
  const sound = { bitsPerS: 56_000, loss: 0, roundTripS: 0.1 };
  const wide = { ...sound, bitsPerS: 80_000 };
  const unknown = { ...sound, bitsPerS: null };

  it("stays at the top of a good way", () => {
    expect(looks(new Ladder(), 0, 60, good)).toEqual([]);
  });

  it("is not misled by an estimate that begins low", () => {
    const ladder = new Ladder();
    expect(looks(ladder, 0, 3, { ...good, bitsPerS: 300_000 })).toEqual([]);
    expect(looks(ladder, 4, 30, good)).toEqual([]);
  });

  it("goes down after two seconds, to the rung that holds, and not for one bad look", () => {
    const ladder = new Ladder();
    const narrower = { ...good, bitsPerS: 500_000 };
    looks(ladder, 0, 10, good);
    expect(looks(ladder, 11, 12, narrower)).toEqual([]);
    expect(looks(ladder, 13, 20, good)).toEqual([]);
    expect(looks(ladder, 21, 25, narrower)).toEqual([[23, "480p"]]);
  });

  it("leaves the way to the sound after one second, where no picture passes beside it", () => {
    const ladder = new Ladder();
    looks(ladder, 0, 10, good);
    expect(looks(ladder, 11, 11, narrow)).toEqual([]);
    expect(looks(ladder, 12, 20, good)).toEqual([]);
    expect(looks(ladder, 21, 25, narrow)).toEqual([[22, "audio"]]);
  });

  it("goes up one rung after ten good seconds each", () => {
    expect(looks(lowered(), 13, 60, good)).toEqual([
      [23, "180p"],
      [33, "360p"],
      [43, "480p"],
      [53, "720p"],
    ]);
  });

  it("tries no picture for a minute where the browser's estimate promises none, and then seldom", () => {
    const ladder = lowered();
    expect(looks(ladder, 13, 72, sound)).toEqual([]);
    expect(looks(ladder, 73, 73, sound)).toEqual([[73, "180p"]]);
    expect(looks(ladder, 74, 75, { ...sound, bitsPerS: 84_000 })).toEqual([[75, "audio"]]);
    expect(looks(ladder, 76, 195, sound)).toEqual([]);
    expect(looks(ladder, 196, 196, sound)).toEqual([[196, "180p"]]);
  });

  it("tries one soon once it does", () => {
    const ladder = lowered();
    expect(looks(ladder, 13, 40, sound)).toEqual([]);
    expect(looks(ladder, 41, 41, wide)).toEqual([[41, "180p"]]);
    expect(looks(ladder, 42, 60, good)).toEqual([[51, "360p"]]);
  });

  it("tries no larger picture either that the estimate does not promise", () => {
    const ladder = lowered();
    looks(ladder, 13, 23, wide);
    expect(looks(ladder, 24, 60, { ...good, bitsPerS: 180_000 })).toEqual([]);
  });

  it("gives a rung up at the first bad look while it is new, but does not look before the estimate can know", () => {
    const ladder = lowered();
    expect(looks(ladder, 13, 23, wide)).toEqual([[23, "180p"]]);
    expect(looks(ladder, 24, 24, { ...sound, bitsPerS: 84_000, loss: 0.6 })).toEqual([]);
    expect(looks(ladder, 25, 25, { ...sound, bitsPerS: 84_000 })).toEqual([[25, "audio"]]);
  });

  it("gives an estimate that begins low its time once a leg, not after each rise", () => {
    const ladder = lowered();
    looks(ladder, 13, 23, wide);
    looks(ladder, 24, 32, good);
    expect(looks(ladder, 33, 33, good)).toEqual([[33, "360p"]]);
    expect(looks(ladder, 34, 40, { ...good, bitsPerS: 150_000 })).toEqual([[35, "180p"]]);
  });

  it("waits twice as long each time that the rung above does not hold, at most ten minutes, until one does", () => {
    const ladder = lowered();
    const crowded = { bitsPerS: 70_000, loss: 0.3, roundTripS: 0.9 };
    let second = 12;
    /** Until it is on another rung; how many seconds that took. */
    const until = (way: Omit<Way, "nowMs">): number => {
      const from = second;
      while (looks(ladder, (second += 1), second, way).length === 0);
      return second - from - 1;
    };
    const waits = Array.from({ length: 8 }, () => {
      const waited = until(unknown);
      until(crowded);
      return waited;
    });
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 640]);
    until(unknown);
    expect(looks(ladder, second + 1, second + 41, good).map(([, rung]) => rung)).toEqual([
      "360p",
      "480p",
      "720p",
    ]);
  });

  it("takes no loss beside a picture for one of the sound: the picture goes first", () => {
    const ladder = new Ladder();
    looks(ladder, 0, 10, good);
    expect(looks(ladder, 11, 30, { ...good, loss: 0.8 })[0]).toEqual([13, "audio"]);
  });

  it("ends in text where little of the sound alone comes through for twenty seconds, and tries it again", () => {
    const ladder = lowered();
    const hopeless = { ...sound, loss: 0.7 };
    expect(looks(ladder, 13, 32, hopeless)).toEqual([]);
    expect(looks(ladder, 33, 33, hopeless)).toEqual([[33, "text"]]);
    expect(looks(ladder, 34, 44, sound)).toEqual([[44, "audio"]]);
    expect(looks(ladder, 45, 66, hopeless)).toEqual([[66, "text"]]);
    expect(looks(ladder, 67, 77, sound)).toEqual([[77, "audio"]]);
  });
});
