import { describe, expect, it } from "vitest";
import { offsetOf } from "~/i18n/moment";
import { pt } from "~/i18n/board/pt";
import { boardAttendant, boardUnit, NOON_MS } from "~/models/fixtures";
import { courtSentence, doingSentence, staffingSentence, unitSentence } from "~/supervisor/sentences";

const ago = (minutes: number): number => NOON_MS - minutes * 60_000;

describe("the board's first sentence", () => {
  it.each([
    [0, 12, "Tudo em ordem nas 12 unidades."],
    [1, 12, "1 unidade precisa de atenção"],
    [2, 12, "2 unidades precisam de atenção"],
    [0, 0, "Este tribunal ainda não tem unidades."],
  ])("with %i of %i in need is %s", (needing, units, sentence) => {
    expect(courtSentence(needing, units, pt)).toBe(sentence);
  });
});

describe("a unit's sentence", () => {
  it("says for how long nobody attends, and who waits", () => {
    const unit = boardUnit("a", {
      attention: "unattended_waiting",
      unattended_since_ms: ago(12),
      waiting: 4,
    });
    expect(unitSentence(unit, NOON_MS)).toBe("Aberta há 12 minutos sem atendente. 4 pessoas esperando.");
  });

  it("does not count a minute that has not passed", () => {
    const unit = boardUnit("a", {
      attention: "unattended_waiting",
      unattended_since_ms: NOON_MS,
      waiting: 1,
    });
    expect(unitSentence(unit, NOON_MS)).toBe("Aberta sem atendente. 1 pessoa esperando.");
  });

  it("says that nobody is kept waiting by an unattended counter", () => {
    const unit = boardUnit("a", { attention: "unattended", unattended_since_ms: ago(3) });
    expect(unitSentence(unit, NOON_MS)).toBe("Aberta há 3 minutos sem atendente. Ninguém esperando.");
  });

  it("says why a unit is closed and when it opens, on its own clock", () => {
    const unit = boardUnit("a", {
      open: false,
      closed_reason: "Feriado municipal",
      opens_at: "2026-11-24T12:00:00-04:00",
    });
    expect(unitSentence(unit, NOON_MS)).toBe("Feriado municipal. Abre amanhã, terça-feira, às 12h.");
  });

  it("is silent where the row says everything", () => {
    expect(unitSentence(boardUnit("a", { attendants: [boardAttendant("Ana")] }), NOON_MS)).toBeNull();
  });
});

describe("who is behind the counter", () => {
  it("is said by what they do, those with somebody first", () => {
    expect(staffingSentence({ free: 1, calling: 0, in_call: 2, wrap_up: 1, helping: 1, paused: 1 })).toBe(
      "2 em atendimento, 1 concluindo, 1 ajudando, 1 livre, 1 em pausa",
    );
    expect(staffingSentence({ free: 0, calling: 0, in_call: 0, wrap_up: 0, helping: 0, paused: 0 })).toBe(
      "ninguém",
    );
  });

  it("is busy before paused: a pause asked for in a call begins after it", () => {
    const ana = boardAttendant("Ana", { status: "paused", pause: "lunch", activity: "in_call" });
    expect(doingSentence(ana)).toBe("em atendimento");
    expect(doingSentence({ ...ana, activity: "idle" })).toBe("em pausa: almoço");
  });
});

describe("an instant's offset", () => {
  it.each([
    ["2026-11-24T12:00:00-04:00", -4 * 3_600_000],
    ["2026-11-24T12:00:00+05:30", 5.5 * 3_600_000],
    ["2026-11-24T12:00:00Z", 0],
  ])("of %s is read", (iso, offset) => {
    expect(offsetOf(iso)).toBe(offset);
  });
});
