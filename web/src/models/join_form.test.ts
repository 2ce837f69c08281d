import { beforeEach, describe, expect, it } from "vitest";
import type { Drawer } from "~/models/drawer";
import { JoinForm, type Priority, TIER_OF } from "~/models/join_form";

let kept: Map<string, string>;
const drawer: Drawer = {
  read: (key) => kept.get(key) ?? null,
  keep: (key, text) => {
    kept.set(key, text);
  },
  empty: (key) => {
    kept.delete(key);
  },
};
const blank = (caseNumber: string | null = null): JoinForm => new JoinForm(drawer, { caseNumber });

function filled(): JoinForm {
  const form = blank();
  form.name.value = "  Maria  ";
  form.terms.value = true;
  return form;
}

beforeEach(() => {
  kept = new Map();
});

describe("the form of a ticket", () => {
  it("needs a name and the acknowledgement, nothing else", () => {
    expect(filled().toJoin("civel")).toEqual({
      type: "join",
      unit: "civel",
      name: "Maria",
      role: "party",
      oab: null,
      case_number: null,
      tier: 3,
      terms: true,
    });
  });

  it("asks for an interpreter where that was ticked, and remembers it after a reload", () => {
    const form = filled();
    form.libras.value = true;
    expect(form.toJoin("civel")?.libras).toBe(true);
    expect(blank().libras.value).toBe(true);
  });

  it("takes the receipt of a ticket that closing ended along", () => {
    const form = new JoinForm(drawer, { caseNumber: null, headStart: "AAAA-BBBB-CCCC" });
    form.name.value = "Maria";
    form.terms.value = true;
    expect(form.toJoin("civel")?.head_start).toBe("AAAA-BBBB-CCCC");
  });

  it("scolds nobody before they tried", () => {
    const form = blank();
    form.look("name");
    expect(form.problems.value.size).toBe(0);
    expect(form.toJoin("civel")).toBeNull();
    expect([...form.problems.value]).toEqual([
      ["name", "name_missing"],
      ["terms", "terms_missing"],
    ]);
  });

  it("takes a problem back as soon as it is mended", () => {
    const form = blank();
    form.toJoin("civel");
    form.name.value = "Maria";
    form.terms.value = true;
    expect(form.problems.value.size).toBe(0);
  });

  it("asks lawyers, and only them, for their registration, and sends its canonical form", () => {
    const form = filled();
    form.role.value = "lawyer";
    expect(form.toJoin("civel")).toBeNull();
    expect(form.problems.value.get("oab")).toBe("oab_missing");
    form.oab.value = "12.345-a/mt";
    expect(form.toJoin("civel")?.oab).toBe("OAB/MT 12345-A");
    form.role.value = "other";
    form.oab.value = "nonsense";
    expect(form.toJoin("civel")?.oab).toBeNull();
  });

  it("checks the case number while it is typed, and lets it be blank but not half", () => {
    const form = filled();
    for (const digit of "00000014420218110041") form.typeCaseNumber(form.caseNumber.value + digit);
    expect(form.caseNumber.value).toBe("0000001-44.2021.8.11.0041");
    expect(form.toJoin("civel")?.case_number).toBe("0000001-44.2021.8.11.0041");
    form.typeCaseNumber("0000001-45.2021.8.11.0041");
    expect(form.problems.value.get("case_number")).toBe("case_number_wrong");
    form.typeCaseNumber("0000001-4");
    expect(form.toJoin("civel")).toBeNull();
    form.typeCaseNumber("");
    expect(form.toJoin("civel")?.case_number).toBeNull();
  });

  it("lets somebody delete punctuation without putting it back", () => {
    const form = blank();
    form.typeCaseNumber("0000001-4");
    form.typeCaseNumber("0000001-");
    expect(form.caseNumber.value).toBe("0000001-");
  });

  it.each<[Priority, number]>([
    ["eighty", 0],
    ["legal", 1],
    ["donor", 2],
    ["none", 3],
  ])("sends of %s the tier %i and no reason", (priority, tier) => {
    const form = filled();
    form.priority.value = priority;
    expect(TIER_OF[priority]).toBe(tier);
    const join = form.toJoin("civel");
    expect(join?.tier).toBe(tier);
    expect(Object.values(join ?? {})).not.toContain(priority);
  });

  it("shows a refusal of the server beside its field until that field changes", () => {
    const form = filled();
    const told = form.refuse({ ok: false, code: "case_number_wrong", details: { field: "case_number" } });
    expect([told, form.problems.value.get("case_number")]).toEqual([true, "case_number_wrong"]);
    form.typeCaseNumber("0");
    form.typeCaseNumber("");
    expect(form.refuse({ ok: false, code: "unit_closed", details: {} })).toBe(false);
  });

  it("survives a reload with everything but the acknowledgement, and forgets when the ticket is taken", () => {
    const form = filled();
    form.role.value = "lawyer";
    form.oab.value = "MT 1";
    form.priority.value = "legal";
    form.typeCaseNumber("123");
    const again = blank();
    expect([again.name.value, again.role.value, again.oab.value, again.priority.value]).toEqual([
      "  Maria  ",
      "lawyer",
      "MT 1",
      "legal",
    ]);
    expect([again.caseNumber.value, again.terms.value]).toEqual(["123", false]);
    form.clear();
    again.clear();
    expect(kept.size).toBe(0);
  });

  it("is prefilled from the link, checks that, and keeps what was typed instead", () => {
    expect(blank("00000014420218110041").caseNumber.value).toBe("0000001-44.2021.8.11.0041");
    kept.clear();
    expect(blank("00000014520218110041").problems.value.get("case_number")).toBe("case_number_wrong");
    kept.clear();
    blank("00000014420218110041").caseNumber.value = "9";
    expect(blank("00000014420218110041").caseNumber.value).toBe("9");
  });

  it("begins with the case of the link where the same person is sent with another", () => {
    blank("00000014420218110041");
    expect(blank("12345677020238110001").caseNumber.value).toBe("1234567-70.2023.8.11.0001");
  });

  it("begins blank where the drawer holds something else", () => {
    kept.set("balcao.form", "{broken");
    expect(blank().name.value).toBe("");
    kept.set("balcao.form", JSON.stringify({ role: "judge", priority: "vip" }));
    const form = blank();
    expect([form.role.value, form.priority.value]).toEqual(["party", "none"]);
  });
});
