import { describe, expect, it } from "vitest";
import { compareIds, Entries } from "~/call/entries";
import type { SignalEntry } from "~/protocol/types";

const entry = (id: string): SignalEntry => ({
  id,
  call: "c",
  at_ms: 0,
  sender: null,
  to: null,
  body: { type: "seen" },
});
const ids = (entries: readonly SignalEntry[]): string[] => entries.map(({ id }) => id);

describe("the order of a call's log", () => {
  it("compares ids as numbers, not as text", () => {
    expect(compareIds("999-10", "1000-2")).toBeLessThan(0);
    expect(compareIds("1000-10", "1000-9")).toBeGreaterThan(0);
    expect(compareIds("5-1", "5-1")).toBe(0);
  });

  it("passes each entry once, and remembers the last", () => {
    const entries = new Entries();
    expect(ids(entries.live(entry("1-0")))).toEqual(["1-0"]);
    expect(ids(entries.live(entry("1-0")))).toEqual([]);
    expect(entries.last).toBe("1-0");
  });

  it("holds live entries back until the replay has brought the older ones", () => {
    const entries = new Entries();
    entries.hold();
    expect(entries.live(entry("3-0"))).toEqual([]);
    expect(entries.live(entry("4-0"))).toEqual([]);
    expect(ids(entries.replayed([entry("1-0"), entry("2-0")], true))).toEqual(["1-0", "2-0"]);
    expect(ids(entries.replayed([entry("3-0")], false))).toEqual(["3-0", "4-0"]);
    expect(ids(entries.live(entry("5-0")))).toEqual(["5-0"]);
  });
});
