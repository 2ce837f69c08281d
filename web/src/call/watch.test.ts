import { describe, expect, it } from "vitest";
import { type Remedy, type Sight, Watch } from "~/call/watch";

/** Looks twice a second from `from` to `to` (seconds) and returns the remedies with their second. */
function looks(
  watch: Watch,
  from: number,
  to: number,
  sight: Omit<Sight, "nowMs" | "reachable">,
  reachable = true,
) {
  const found: [number, Remedy][] = [];
  for (let nowMs = from * 1_000; nowMs <= to * 1_000; nowMs += 500) {
    const remedy = watch.look({ ...sight, nowMs, reachable });
    if (remedy !== null) found.push([nowMs / 1_000, remedy]);
  }
  return found;
}

const alive = { state: "connected", alive: true } as const;
const silent = { state: "connected", alive: false } as const;
const failed = { state: "failed", alive: false } as const;

describe("a leg that lived", () => {
  it("is left alone while it lives", () => {
    expect(looks(new Watch("visitor"), 0, 30, alive)).toEqual([]);
  });

  it("is restarted after 1.5 s of silence, and built again when that does not help", () => {
    const watch = new Watch("visitor");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 13, silent)).toEqual([
      [6.5, "restart"],
      [12.5, "rebuild"],
    ]);
    expect(watch.broken).toBe(true);
  });

  it("is built again soon where the browser says that the restart failed", () => {
    const watch = new Watch("visitor");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 9, failed)).toEqual([
      [6.5, "restart"],
      [8, "rebuild"],
    ]);
  });

  it("is the visitor's to mend first; the attendant waits two seconds more", () => {
    const watch = new Watch("attendant");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 9, silent)).toEqual([[8.5, "restart"]]);
  });

  it("starts anew when life returns", () => {
    const watch = new Watch("visitor");
    looks(watch, 0, 5, alive);
    looks(watch, 5.5, 7, silent);
    looks(watch, 7.5, 8, alive);
    expect(watch.broken).toBe(false);
    expect(looks(watch, 8.5, 10, silent)).toEqual([[9.5, "restart"]]);
  });

  it("is not judged by a page that slept", () => {
    const watch = new Watch("visitor");
    looks(watch, 0, 5, alive);
    expect(watch.look({ ...silent, nowMs: 60_000, reachable: true })).toBeNull();
    expect(looks(watch, 60.5, 61, silent)).toEqual([]);
  });

  it("is not touched while nobody can be told, and at once when somebody can", () => {
    const watch = new Watch("visitor");
    looks(watch, 0, 5, alive);
    expect(looks(watch, 5.5, 20, silent, false)).toEqual([]);
    expect(looks(watch, 20.5, 21, silent)).toEqual([[20.5, "restart"]]);
  });
});

describe("a leg that never lived", () => {
  it("waits without end for a page that has not answered", () => {
    expect(looks(new Watch("visitor"), 0, 120, { state: "new", alive: false })).toEqual([]);
  });

  it("is built again after 10 s, then with more patience", () => {
    const watch = new Watch("visitor");
    const seen = looks(watch, 0, 27, { state: "connecting", alive: false });
    expect(seen).toEqual([
      [10, "rebuild"],
      [25.5, "rebuild"],
    ]);
    expect(watch.rebuilds).toBe(2);
  });
});
