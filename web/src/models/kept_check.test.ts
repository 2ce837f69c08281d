import { describe, expect, it } from "vitest";
import { checkedOf, keepCheck, takeCheck, toldOf } from "~/models/kept_check";

const FOUND = {
  camera: "refused",
  microphone: "on",
  path: "direct",
  udp: true,
  relay: false,
  rttMs: 38.4,
  loss: 0.034,
  kbitPerS: 1180.6,
} as const;

describe("what a check found, on its way to the counter", () => {
  it("is told in whole numbers within the wire's bounds, and without the reasons", () => {
    expect(toldOf(FOUND)).toEqual({
      camera: false,
      microphone: true,
      path: "direct",
      udp: true,
      relay: false,
      round_trip_ms: 38,
      lost_percent: 3,
      kbit_per_s: 1181,
    });
    expect(toldOf({ ...FOUND, rttMs: 1e9, loss: null, kbitPerS: -1 })).toMatchObject({
      round_trip_ms: 60_000,
      lost_percent: null,
      kbit_per_s: 0,
    });
  });

  it("is told once, with its age, and not at all a day later", () => {
    const texts = new Map<string, string>();
    const drawer = {
      read: (key: string) => texts.get(key) ?? null,
      keep: (key: string, text: string) => void texts.set(key, text),
      empty: (key: string) => void texts.delete(key),
    };
    expect(takeCheck(drawer)).toBeNull();
    const kept = { atMs: 5_000, found: toldOf(FOUND) };
    keepCheck(drawer, kept);
    expect(takeCheck(drawer)).toEqual(kept);
    expect(takeCheck(drawer)).toBeNull();
    expect(checkedOf(kept, 95_400)).toMatchObject({ ago_s: 90 });
    expect(checkedOf(kept, 1_000)).toMatchObject({ ago_s: 0 });
    expect(checkedOf(kept, 90_000_000)).toBeNull();
  });
});
