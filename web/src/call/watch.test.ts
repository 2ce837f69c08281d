import { describe, expect, it } from "vitest";
import { type Remedy, type Sight, Watch } from "~/call/watch";

interface Seen extends Partial<Omit<Sight, "nowMs" | "aliveMs">> {
  readonly alive: boolean;
}

/** Looks twice a second from `from` to `to` (seconds); remedies are done at once, and returned with their second. */
function looks(watch: Watch, from: number, to: number, { alive: live, ...seen }: Seen) {
  const found: [number, Remedy][] = [];
  for (let nowMs = from * 1_000; nowMs <= to * 1_000; nowMs += 500) {
    const remedy = watch.look({
      state: "connected",
      hidden: false,
      pictured: false,
      useless: false,
      answered: true,
      ...seen,
      nowMs,
      aliveMs: live ? nowMs : null,
    });
    if (remedy === null) continue;
    if (remedy === "restart") watch.restarted(nowMs);
    else watch.built();
    found.push([nowMs / 1_000, remedy]);
  }
  return found;
}

const alive = { alive: true } as const;
const silent = { alive: false } as const;
const failed = { state: "failed", alive: false } as const;

describe("a leg that lived", () => {
  it("is left alone while it lives", () => {
    expect(looks(new Watch("polite"), 0, 30, alive)).toEqual([]);
  });

  it("is restarted after 1.5 s of silence, and built again when that does not help", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 13, silent)).toEqual([
      [6.5, "restart"],
      [13, "rebuild"],
    ]);
    expect(watch.broken).toBe(true);
  });

  it("is built again soon where the browser says that the restart failed", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 9, failed)).toEqual([
      [6.5, "restart"],
      [8.5, "rebuild"],
    ]);
  });

  it("is the visitor's to mend first; the attendant waits two seconds more", () => {
    const watch = new Watch("impolite");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 9, silent)).toEqual([[8.5, "restart"]]);
  });

  it("starts anew when life returns", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, alive);
    looks(watch, 5.5, 7, silent);
    looks(watch, 7.5, 8, alive);
    expect(watch.broken).toBe(false);
    expect(looks(watch, 8.5, 10, silent)).toEqual([[9.5, "restart"]]);
  });

  it("is not judged by a page that slept", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 60, 61, silent)).toEqual([]);
    expect(looks(watch, 61.5, 62, silent)).toEqual([[61.5, "restart"]]);
  });

  it("is asked about again until the remedy could begin", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, alive);
    const sight: Sight = {
      nowMs: 5_500,
      state: "connected",
      aliveMs: 5_000,
      hidden: false,
      pictured: false,
      useless: false,
      answered: true,
    };
    expect(watch.look(sight)).toBeNull();
    for (const nowMs of [6_500, 7_000, 7_500]) expect(watch.look({ ...sight, nowMs })).toBe("restart");
    watch.restarted(7_500);
    expect(watch.look({ ...sight, nowMs: 8_000 })).toBeNull();
  });

  it("is not given up for an offer without an answer: who cannot answer cannot build another either", () => {
    const watch = new Watch("impolite");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 40, { ...failed, answered: false })).toEqual([[8.5, "restart"]]);
    expect(looks(watch, 40.5, 44, failed)).toEqual([[44, "rebuild"]]);
  });

  it("is given up in the end where the answer never comes: it may be lost", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 60, { ...silent, answered: false })).toEqual([
      [6.5, "restart"],
      [51.5, "rebuild"],
    ]);
  });

  it("is built again without a restart where nothing else can help", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 7, { ...silent, useless: true })).toEqual([[6.5, "rebuild"]]);
  });

  it("is built again, on the impolite side too, where the browser closed it", () => {
    const watch = new Watch("impolite");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 9, { ...silent, state: "closed" })).toEqual([[8.5, "rebuild"]]);
  });

  it("is restarted sooner where a picture should have come", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, { ...alive, pictured: true });
    expect(looks(watch, 5.5, 9, { ...silent, pictured: true })).toEqual([[6, "restart"]]);
  });

  it("is given more time by a page that nobody looks at", () => {
    const watch = new Watch("polite");
    looks(watch, 0, 5, { ...alive, hidden: true });
    expect(looks(watch, 5.5, 9, { ...silent, hidden: true })).toEqual([[8.5, "restart"]]);
  });
});

describe("a leg that never lived", () => {
  it("waits without end for a page that has not answered", () => {
    expect(looks(new Watch("polite"), 0, 120, { state: "new", alive: false })).toEqual([]);
  });

  it("is built again after 10 s, then with more patience", () => {
    const watch = new Watch("polite");
    watch.built();
    const seen = looks(watch, 0, 27, { state: "connecting", alive: false });
    expect(seen).toEqual([
      [10, "rebuild"],
      [25.5, "rebuild"],
    ]);
  });

  it("is asked for again with growing patience where the browser builds none", () => {
    const watch = new Watch("polite");
    watch.built();
    const seconds = looks(watch, 0, 60, { state: "closed", alive: false }).map(([second]) => second);
    expect(seconds).toEqual([1.5, 5, 11.5, 24, 48.5]);
  });
});

describe("the last that is left, TURN only", () => {
  it("is the third remedy: after a restart and another leg that did not help", () => {
    const watch = new Watch("polite");
    watch.built();
    looks(watch, 0, 5, alive);
    looks(watch, 5.5, 12.5, silent);
    expect(watch.last).toBe(false);
    expect(looks(watch, 13, 13, silent)).toEqual([[13, "rebuild"]]);
    expect(watch.last).toBe(true);
  });

  it("is so too where the other side built the other leg", () => {
    const watch = new Watch("impolite");
    watch.built();
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 9, silent)).toEqual([[8.5, "restart"]]);
    expect(watch.last).toBe(false);
    watch.built();
    expect(watch.last).toBe(true);
  });

  it("is not for a leg that lives again", () => {
    const watch = new Watch("polite");
    watch.built();
    looks(watch, 0, 5, alive);
    looks(watch, 5.5, 14, silent);
    looks(watch, 14.5, 15, alive);
    expect(watch.last).toBe(false);
  });
});
