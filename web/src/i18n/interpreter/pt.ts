import type { NotComing } from "~/protocol/types";

/** The page of the court's Libras interpreters. */
export const pt = {
  title: "Libras",
  begin: "Você ainda não está disponível",
  soundOn: "Ligar o som",
  soundOff: "Desligar o som",
  start: "Ficar disponível",
  starting: "Começando",
  startHow: "As unidades chamam por esta página. Deixe-a aberta e o som ligado.",
  ready: "Disponível. Ninguém chama agora.",
  readyHow: "Quando uma unidade chamar, o som avisa. Quem responder primeiro entra.",
  paused: "Em pausa",
  pausedHow: "Enquanto isso, as unidades não chamam você.",
  units: "Chamar uma unidade",
  unitsHow: "Toca nas mesas da unidade que estão em atendimento; quem precisar de Libras deixa você entrar.",
  noUnits: "Nenhuma unidade está em atendimento agora.",
  calls: (count: number): string => (count === 1 ? "1 atendimento" : `${count} atendimentos`),
  offering: (unit: string): string => `Chamando ${unit}.`,
  stopOffering: "Cancelar",
  answers: {
    declined: (unit: string) => `${unit} não precisa de intérprete agora.`,
    no_answer: (unit: string) => `${unit} não respondeu.`,
    busy: (unit: string) => `O atendimento em ${unit} terminou.`,
  } satisfies Record<NotComing, (unit: string) => string>,
};

export type InterpreterWords = typeof pt;
