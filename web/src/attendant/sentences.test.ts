import { describe, expect, it } from "vitest";
import { countdown, missedSentence, refusalSentence } from "~/attendant/sentences";
import { common } from "~/i18n/common";
import { pt } from "~/i18n/desk/pt";
import { LAST_TRY } from "~/models/desk";
import { MARIA } from "~/models/fixtures";

const maria = { ...MARIA, name: "Maria" };

describe("who did not come", () => {
  it("goes back to the line, and the clerk may call on", () => {
    expect(missedSentence({ call: "c", person: maria, reason: "not_entered" }, pt)).toBe(
      "Maria não entrou. A senha volta à fila e você pode chamar outra pessoa.",
    );
  });

  it("is not said to be in line after the third ring", () => {
    const missed = { call: "c", person: { ...maria, tries: LAST_TRY }, reason: "not_entered" } as const;
    expect(missedSentence(missed, pt)).toBe("Maria não entrou na terceira vez. A senha foi encerrada.");
  });
});

describe("a refusal", () => {
  it("is said in the desk's words where it has its own, else in everybody's", () => {
    expect(refusalSentence("nobody_waiting")).toBe(pt.refusals.nobody_waiting);
    expect(refusalSentence("store_away")).toBe(common.value.refusals.store_away);
  });
});

describe("a countdown", () => {
  it.each([
    [1, "1 segundo"],
    [90, "90 segundos"],
    [91, "2 minutos"],
    [300, "5 minutos"],
  ])("of %i seconds is %s", (seconds, words) => {
    expect(countdown(seconds)).toBe(words);
  });
});
