import { describe, expect, it } from "vitest";
import { told } from "~/i18n/push";
import { NOON_MS } from "~/models/fixtures";
import type { PushMessage } from "~/protocol/types";

const message = (changes: Partial<PushMessage> = {}): PushMessage => ({
  occasion: "passed",
  number: "CV1 014",
  unit: "1ª Vara Cível de Cuiabá",
  address: "/balcao/civel-1-cuiaba",
  until_ms: NOON_MS + 20 * 60_000,
  zone: "America/Cuiaba",
  language: "pt",
  ...changes,
});

describe("what a locked screen shows", () => {
  it("is by when to open the page, in the unit's own hour", () => {
    expect(told(message())).toEqual({
      title: "Sua vez chegou",
      body: "Senha CV1 014, 1ª Vara Cível de Cuiabá. Abra a página até as 14h20.",
    });
    expect(told(message({ until_ms: NOON_MS })).body).toContain("até as 14h.");
    expect(told(message({ language: "en" })).body).toContain("until 14:20");
    expect(told(message({ language: "es" })).body).toContain("hasta las 14:20");
  });

  it("is that one's turn is near, or there, in each language", () => {
    for (const language of ["pt", "en", "es"] as const) {
      const near = told(message({ occasion: "near", until_ms: null, language }));
      const called = told(message({ occasion: "called", language }));
      expect(new Set([near.title, called.title, told(message({ language })).title]).size).toBe(3);
      for (const { body } of [near, called]) expect(body).toContain("CV1 014");
    }
  });
});
