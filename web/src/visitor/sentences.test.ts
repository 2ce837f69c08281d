import { describe, expect, it } from "vitest";
import { common } from "~/i18n/common.pt";
import { pt } from "~/i18n/visitor/pt";
import { NOON_MS } from "~/models/fixtures";
import { CHAPADA, CIVEL, FULL, RONDONOPOLIS, SINOP } from "~/models/visit_fixtures";
import type { PublicUnit } from "~/protocol/types";
import { timeAt, unitSentences } from "~/visitor/sentences";

const said = (unit: PublicUnit, advice = false): string => {
  const sentences = unitSentences(unit, NOON_MS, pt.unit, common);
  return [sentences.state, ...sentences.rest, ...(advice && sentences.advice ? [sentences.advice] : [])].join(
    " ",
  );
};

describe("what a unit says of itself", () => {
  it("open: until when, how many wait, how long", () => {
    expect(said(CIVEL)).toBe("Aberta até as 18h. 3 pessoas na fila. Espera de 10 a 20 minutos.");
    expect(said({ ...CIVEL, waiting: 0 })).toBe("Aberta até as 18h. Ninguém na fila.");
    expect(said({ ...CIVEL, waiting: 1, estimate: null })).toBe("Aberta até as 18h. 1 pessoa na fila.");
  });

  it("closed: why, and when it opens, in its own zone", () => {
    expect(said(CHAPADA)).toBe(
      "Fechada agora: Feriado municipal. Abre amanhã, terça-feira, às 12h (horário de Cuiabá).",
    );
    const zone = "America/Sao_Paulo";
    expect(said({ ...CHAPADA, closed_reason: null, opens_at: "2026-11-30T13:30:00-03:00", zone })).toBe(
      "Fechada agora. Abre segunda-feira, 30/11, às 13h30 (horário de Brasília).",
    );
    expect(said({ ...CHAPADA, closed_reason: null, opens_at: null })).toBe("Fechada agora.");
  });

  it("suspended: until when, why, what to do instead, and no ticket", () => {
    expect(said(RONDONOPOLIS)).toBe(
      "Novas senhas suspensas até as 15h30. O sistema do fórum está fora do ar desde as 13h. " +
        "Para audiência de hoje, ligue para a secretaria.",
    );
    const suspended = { message: "Sem luz no prédio.", alternative: null, until: null };
    expect(said({ ...CIVEL, suspended })).toBe("Novas senhas suspensas por enquanto. Sem luz no prédio.");
    expect(unitSentences(RONDONOPOLIS, NOON_MS, pt.unit, common).open).toBe(false);
  });

  it("full: that, how many wait and how long, and no ticket", () => {
    expect(said(FULL)).toBe("A fila está completa agora. 200 pessoas na fila. Espera de 2 horas a 3 horas.");
    expect(unitSentences(FULL, NOON_MS, pt.unit, common).open).toBe(false);
  });

  it("closing: that today may not be enough, and yet the way in", () => {
    const closing = { ...CIVEL, closing: true };
    expect(said(closing)).toBe(
      "Quem entrar agora pode não ser atendido hoje. Aberta até as 18h. 3 pessoas na fila.",
    );
    expect(unitSentences(closing, NOON_MS, pt.unit, common).open).toBe(true);
  });

  it("open and nobody there: plainly, with what one may do all the same", () => {
    expect(said(SINOP, true)).toBe(
      "A unidade está aberta até as 18h, mas ninguém está atendendo agora. 1 pessoa na fila. " +
        "Você pode entrar na fila: seu horário de chegada vale.",
    );
    expect(said({ ...SINOP, until: null })).toBe(
      "A unidade está aberta, mas ninguém está atendendo agora. 1 pessoa na fila.",
    );
  });
});

describe("times", () => {
  it.each([
    [Date.UTC(2026, 10, 23, 18, 5), "às 14h05"],
    [Date.UTC(2026, 10, 23, 5, 0), "à 1h"],
    [Date.UTC(2026, 10, 24, 4, 0), "à meia-noite"],
  ])("%i is %s in Cuiabá", (ms, words) => {
    expect(timeAt(ms, "America/Cuiaba", common)).toBe(words);
  });
});

describe("waiting times in words", () => {
  it.each([
    [0, 0, "Espera de menos de 1 minuto."],
    [0, 5, "Espera de até 5 minutos."],
    [3, 3, "Espera de cerca de 3 minutos."],
    [10, 20, "Espera de 10 a 20 minutos."],
    [45, 70, "Espera de 45 minutos a 1 hora e 10 minutos."],
    [120, 150, "Espera de 2 horas a 2 horas e 30 minutos."],
  ])("%i to %i: %s", (low, high, words) => {
    expect(pt.waiting.wait(low, high)).toBe(words);
  });

  it("people ahead", () => {
    expect([0, 1, 2].map((count) => pt.waiting.ahead(count))).toEqual([
      "A próxima senha é a sua",
      "1 pessoa na sua frente",
      "2 pessoas na sua frente",
    ]);
  });
});
