import { describe, expect, it } from "vitest";
import { checkCaseNumber, spellCaseNumber } from "~/models/case_number";
import vectors from "../../../tests/vectors/case_numbers.json";

describe("a case number while it is typed", () => {
  it.each(vectors.valid)("%s is right, with and without its punctuation", (text) => {
    expect(checkCaseNumber(text)).toEqual({ is: "right", canonical: text });
    expect(checkCaseNumber(` ${text.replaceAll(/\D/g, "")} `)).toEqual({ is: "right", canonical: text });
  });

  it.each(vectors.invalid)("$text is wrong: $why", ({ text }) => {
    expect(checkCaseNumber(text)).toEqual({ is: "wrong" });
  });

  it("is told how many digits are missing, not that it is wrong", () => {
    expect(checkCaseNumber("0000001-44.2021")).toEqual({ is: "partial", missing: 7 });
    expect(checkCaseNumber("  ")).toEqual({ is: "empty" });
  });

  it("takes ASCII digits only", () => {
    expect(checkCaseNumber("０000001-44.2021.8.11.0041")).toEqual({ is: "wrong" });
    expect(checkCaseNumber("processo 12")).toEqual({ is: "wrong" });
  });

  it("gets its punctuation while it is typed, and loses none of what is no number", () => {
    expect(spellCaseNumber("00000014")).toBe("0000001-4");
    expect(spellCaseNumber("0000001-44.2021.8.11.00")).toBe("0000001-44.2021.8.11.00");
    expect(spellCaseNumber("0000001442021811004")).toBe("0000001-44.2021.8.11.004");
    expect(spellCaseNumber("não sei")).toBe("não sei");
    expect(spellCaseNumber("0000001-44.2021.8.11.00415")).toBe("0000001-44.2021.8.11.00415");
  });
});
