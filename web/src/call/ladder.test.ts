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
    looks(ladder, 0, 10, good);
    expect(looks(ladder, 11, 11, narrow)).toEqual([]);
    expect(looks(ladder, 12, 20, good)).toEqual([]);
    expect(looks(ladder, 21, 25, narrow)).toEqual([[23, "audio"]]);
  });

  it("goes up one rung after ten good seconds each", () => {
    const ladder = new Ladder();
    looks(ladder, 0, 10, good);
    looks(ladder, 11, 13, narrow);
    expect(looks(ladder, 14, 60, good)).toEqual([
      [24, "180p"],
      [34, "360p"],
      [44, "480p"],
      [54, "720p"],
    ]);
  });

  it("waits twice as long each time that the rung above does not hold", () => {
    const ladder = new Ladder();
    looks(ladder, 0, 10, good);
    const quiet = { bitsPerS: null, loss: 0, roundTripS: 0.1 };
    const crowded = { bitsPerS: 70_000, loss: 0.3, roundTripS: 0.9 };
    looks(ladder, 11, 13, crowded);
    expect(looks(ladder, 14, 24, quiet)).toEqual([[24, "180p"]]);
    expect(looks(ladder, 25, 27, crowded)).toEqual([[27, "audio"]]);
    expect(looks(ladder, 28, 47, quiet)).toEqual([]);
    expect(looks(ladder, 48, 48, quiet)).toEqual([[48, "180p"]]);
    expect(looks(ladder, 49, 51, crowded)).toEqual([[51, "audio"]]);
    expect(looks(ladder, 52, 91, quiet)).toEqual([]);
    expect(looks(ladder, 92, 92, quiet)).toEqual([[92, "180p"]]);
  });

  it("ends in text where not even sound comes through, and comes back", () => {
    const ladder = new Ladder();
    looks(ladder, 0, 10, good);
    expect(looks(ladder, 11, 13, { ...narrow, loss: 0.7 })).toEqual([[13, "text"]]);
    expect(looks(ladder, 14, 24, { bitsPerS: null, loss: 0, roundTripS: 0.1 })).toEqual([[24, "audio"]]);
  });
});
