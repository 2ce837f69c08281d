import { beforeEach, describe, expect, it } from "vitest";
import type { Drawer } from "~/models/drawer";
import { HeadStarts, headStartPath } from "~/models/head_starts";
import { NOON_MS } from "~/models/fixtures";

let kept: Map<string, string>;
let starts: HeadStarts;
const drawer: Drawer = {
  read: (key) => kept.get(key) ?? null,
  keep: (key, text) => {
    kept.set(key, text);
  },
  empty: (key) => {
    kept.delete(key);
  },
};

beforeEach(() => {
  kept = new Map();
  starts = new HeadStarts(drawer);
});

describe("a head start", () => {
  it("is remembered for its unit until it is over", () => {
    starts.remember("civel", "AAAA-BBBB-CCCC", NOON_MS);
    expect(starts.of("civel", NOON_MS)).toBe("AAAA-BBBB-CCCC");
    expect(starts.of("civel", NOON_MS + 1)).toBeNull();
    expect(starts.of("familia", NOON_MS)).toBeNull();
  });

  it("that came by a link is told to the counter, whatever the hour", () => {
    starts.remember("civel", "AAAA-BBBB-CCCC", null);
    expect(starts.of("civel", NOON_MS * 2)).toBe("AAAA-BBBB-CCCC");
  });

  it("is forgotten once it was used", () => {
    starts.remember("civel", "AAAA-BBBB-CCCC", NOON_MS);
    starts.forget("civel");
    expect(starts.of("civel", NOON_MS)).toBeNull();
  });

  it("travels in the unit's own link", () => {
    expect(headStartPath("civel", "AAAA-BBBB-CCCC")).toBe("/balcao/civel?retorno=AAAA-BBBB-CCCC");
  });
});
