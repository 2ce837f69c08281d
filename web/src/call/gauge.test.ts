import { describe, expect, it } from "vitest";
import { Gauge } from "~/call/gauge";
import type { Reading } from "~/call/quality";

/** A leg read once a second: each second so many packets come and are lost, with this round trip. */
function readings(
  seconds: readonly { came: number; lost: number; roundTripS: number }[],
): readonly Reading[] {
  const found: Reading[] = [at(0, 0, 0, 0.05)];
  for (const [index, { came, lost, roundTripS }] of seconds.entries()) {
    const before = found.at(-1);
    found.push(
      at((index + 1) * 1_000, (before?.received ?? 0) + came, (before?.lost ?? 0) + lost, roundTripS),
    );
  }
  return found;
}

function at(atMs: number, received: number, lost: number, roundTripS: number): Reading {
  return {
    atMs,
    received,
    lost,
    roundTripS,
    bytes: received * 100,
    carriesBitsPerS: null,
    lossThere: null,
    relayed: true,
  };
}

function gauged(seconds: Parameters<typeof readings>[0]): Gauge {
  const gauge = new Gauge();
  const all = readings(seconds);
  for (const [index, before] of all.slice(0, -1).entries()) {
    const after = all[index + 1];
    if (after !== undefined) gauge.read(before, after);
  }
  return gauge;
}

const second = (came = 50, lost = 0, roundTripS = 0.05): Parameters<typeof readings>[0][number] => ({
  came,
  lost,
  roundTripS,
});

describe("how a leg has gone", () => {
  it("is not known before anything came", () => {
    expect(new Gauge().measure).toEqual({
      gauge: expect.stringMatching(/^[\w-]+$/u),
      path: "none",
      round_trip_ms: null,
      worst_round_trip_ms: null,
      lost_percent: null,
      worst_lost_percent: null,
      spells: 0,
      restarts: 0,
      ice_ms: null,
      connected_ms: null,
      sound_ms: null,
      picture_ms: null,
    });
  });

  it("is another measure on another page, and the same on one", () => {
    const gauge = new Gauge();
    expect(gauge.measure.gauge).toBe(gauge.measure.gauge);
    expect(gauge.measure.gauge).not.toBe(new Gauge().measure.gauge);
  });

  it("is known after the first second, then told every five", () => {
    const gauge = gauged([second(45, 5, 0.2), second(50, 0, 0.9)]);
    expect(gauge.now.value).toEqual({ path: "relay", roundTripMs: 200, lostPercent: 10 });
  });

  it("has a median and a worst, over whole five seconds", () => {
    const five = (lost: number, roundTripS: number) =>
      Array.from({ length: 5 }, () => second(50 - lost, lost, roundTripS));
    const gauge = gauged([second(), ...five(0, 0.04), ...five(1, 0.06), ...five(10, 0.5), ...five(2, 0.08)]);
    expect(gauge.measure).toMatchObject({
      round_trip_ms: 60,
      worst_round_trip_ms: 500,
      lost_percent: 2,
      worst_lost_percent: 20,
      spells: 5,
    });
  });

  it("says nothing of seconds in which nothing came", () => {
    const gauge = gauged([second(), ...Array.from({ length: 20 }, () => second(0, 0, 9))]);
    expect(gauge.measure).toMatchObject({ worst_round_trip_ms: 50, worst_lost_percent: 0 });
  });

  it("keeps of each stage the first time, and counts how often the way was sought anew", () => {
    const gauge = new Gauge();
    gauge.reached("ice", 40.4);
    gauge.reached("ice", 900);
    gauge.reached("sound", -3);
    gauge.restarted();
    expect(gauge.measure).toMatchObject({ ice_ms: 40, connected_ms: null, sound_ms: 0, restarts: 1 });
  });
});
