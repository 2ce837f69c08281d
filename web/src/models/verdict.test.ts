import { expect, it } from "vitest";
import type { Gauged } from "~/call/gauge";
import { type Verdict, verdictOf } from "~/models/verdict";

const WELL: Gauged = { path: "direct", roundTripMs: 40, lostPercent: 1 };

it.each<[Verdict, Gauged, Gauged | null, boolean]>([
  ["well", WELL, null, false],
  ["well", WELL, WELL, false],
  ["apart", WELL, WELL, true],
  ["unknown", { ...WELL, roundTripMs: null }, null, false],
  ["lost_here", { ...WELL, lostPercent: 6 }, { ...WELL, lostPercent: 20 }, false],
  ["lost_there", WELL, { ...WELL, lostPercent: 6 }, false],
  ["slow", { ...WELL, roundTripMs: 450 }, null, false],
  ["well", { ...WELL, lostPercent: null }, { ...WELL, lostPercent: null }, false],
])("%s", (verdict, mine, theirs, apart) => {
  expect(verdictOf(mine, theirs, apart)).toBe(verdict);
});
