import { describe, expect, it } from "vitest";
import { nearby, search } from "~/models/units";
import { CHAPADA, CIVEL, FAMILIA, FULL, RONDONOPOLIS, SINOP } from "~/models/visit_fixtures";

const ALL = [CHAPADA, CIVEL, FAMILIA, SINOP];
const found = (text: string): readonly string[] => search(ALL, text).map((unit) => unit.slug);

describe("finding a unit", () => {
  it("shows all, open ones first, before anything is typed", () => {
    expect(found("  ")).toEqual([CIVEL.slug, FAMILIA.slug, SINOP.slug, CHAPADA.slug]);
  });

  it("needs no accents, no capitals and no order of words", () => {
    expect(found("varzea")).toEqual([FAMILIA.slug]);
    expect(found("CUIABÁ  civel")).toEqual([CIVEL.slug]);
    expect(found("1 vara cuiaba")).toEqual([CIVEL.slug]);
    expect(found("sn2")).toEqual([SINOP.slug]);
  });

  it("offers others of the comarca that give out tickets now, and never the unit itself", () => {
    const fourth = { ...CIVEL, slug: "civel-4" };
    expect(nearby([...ALL, FULL, fourth, { ...fourth, slug: "closing", closing: true }], CIVEL)).toEqual([
      fourth,
    ]);
    expect(nearby([...ALL, { ...RONDONOPOLIS, comarca: CIVEL.comarca }], CIVEL)).toEqual([]);
  });

  it("needs every word", () => {
    expect(found("sinop criminal")).toEqual([]);
  });
});
