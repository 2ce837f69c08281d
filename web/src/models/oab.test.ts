import { describe, expect, it } from "vitest";
import { parseOab } from "~/models/oab";

describe("a lawyer's number at the bar", () => {
  it.each([
    ["MT 12345", "OAB/MT 12345"],
    ["OAB/MT 12.345", "OAB/MT 12345"],
    ["12.345-A/MT", "OAB/MT 12345-A"],
    ["oab mt 12345-e", "OAB/MT 12345-E"],
    ["sp123456", "OAB/SP 123456"],
  ])("%s is %s", (typed, canonical) => {
    expect(parseOab(typed)).toBe(canonical);
  });

  it.each(["", "12345", "XX 12345", "MT 0", "MT 1.2345", "MT 12345-Z", "MT 1234567"])(
    "%s is none",
    (typed) => {
      expect(parseOab(typed)).toBeNull();
    },
  );

  it("tells an intern from a lawyer by the E alone", () => {
    expect(parseOab("MT 12345-E")).not.toBe(parseOab("MT 12345"));
  });
});
