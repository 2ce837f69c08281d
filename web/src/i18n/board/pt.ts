import type { Standing } from "~/models/board";
import type { PoolView } from "~/protocol/types";

const people = (count: number): string => (count === 1 ? "1 pessoa" : `${count} pessoas`);

const standings: Record<Standing, string> = {
  unattended_waiting: "Sem atendente",
  unattended: "Sem atendente",
  long_wait: "Espera longa",
  suspended: "Senhas suspensas",
  attending: "Atendendo",
  nobody_yet: "Aberta",
  closed: "Fechada",
};

/** The supervisor's board. */
export const pt = {
  title: "Painel das unidades",
  pageTitle: (needing: number): string => (needing === 0 ? "Painel" : `(${needing}) Painel`),
  needing: (count: number): string =>
    count === 1 ? "1 unidade precisa de atenção" : `${count} unidades precisam de atenção`,
  allWell: (count: number): string =>
    count === 1 ? "Tudo em ordem na unidade." : `Tudo em ordem nas ${count} unidades.`,
  noUnits: "Este tribunal ainda não tem unidades.",
  unattended: (since: string, waiting: number): string =>
    `Aberta há ${since} sem atendente. ${
      waiting === 0 ? "Ninguém esperando." : `${people(waiting)} esperando.`
    }`,
  unattendedNow: (waiting: number): string => `Aberta sem atendente. ${people(waiting)} esperando.`,
  longWait: (wait: string): string => `Uma pessoa espera há ${wait}.`,
  opens: (moment: string): string => `Abre ${moment}.`,

  columns: {
    standing: "Situação",
    unit: "Unidade",
    waiting: "Na fila",
    longest: "Maior espera",
    attendants: "Atendentes",
    served: "Atendidas hoje",
    left: "Saíram hoje",
    phone: "Telefone",
  },
  standings,
  away: (count: number): string => (count === 1 ? "+1 ausente" : `+${count} ausentes`),
  outOfOrder: (count: number): string => `${count} fora da ordem`,
  none: "–",
  minutes: (count: number): string =>
    count < 60 ? `${count} min` : `${Math.floor(count / 60)}h${String(count % 60).padStart(2, "0")}`,

  free: (count: number): string => (count === 1 ? "1 livre" : `${count} livres`),
  calling: (count: number): string => `${count} chamando`,
  inCall: (count: number): string => `${count} em atendimento`,
  wrapUp: (count: number): string => `${count} concluindo`,
  helping: (count: number): string => `${count} ajudando`,
  paused: (count: number): string => `${count} em pausa`,
  nobodyHere: "ninguém",
  showNames: (unit: string): string => `Mostrar atendentes: ${unit}`,
  hideNames: (unit: string): string => `Esconder atendentes: ${unit}`,
  doing: {
    free: "livre",
    calling: "chamando",
    in_call: "em atendimento",
    wrap_up: "concluindo",
    helping: "no atendimento de colega",
    paused: (reason: string): string => `em pausa: ${reason.toLowerCase()}`,
    offline: "fora do atendimento",
  },
  since: (time: string): string => `há ${time}`,

  totals: "Totais do tribunal",
  totalWaiting: "na fila",
  totalAttending: (count: number): string => (count === 1 ? "atendente" : "atendentes"),
  totalInCall: "em atendimento",
  totalServed: (count: number): string => (count === 1 ? "atendida hoje" : "atendidas hoje"),
  totalRefused: (count: number): string => (count === 1 ? "ficou sem senha hoje" : "ficaram sem senha hoje"),
  totalFree: ({ free, helping }: PoolView): string =>
    `${free === 1 ? "intérprete de Libras livre" : "intérpretes de Libras livres"}${helping === 0 ? "" : `, ${helping} em atendimento`}`,
  refused: (count: number): string => `${count} sem senha`,
  flood: {
    joins: (network: string, count: number): string =>
      `O local ${network} pediu ${count} senhas em 10 minutos e foi limitado.`,
    sign_ins: (network: string, count: number): string =>
      `O local ${network} tentou entrar ${count} vezes em 15 minutos e foi limitado.`,
  },
  floodUntil: (time: string): string => `O limite acaba em ${time}.`,
  floodClear: "Liberar agora",
  totalLeft: (count: number): string => (count === 1 ? "saiu hoje" : "saíram hoje"),

  cancelled: (count: number): string => (count === 1 ? "1 cancelada" : `${count} canceladas`),
  line: "Ver a fila",
  lineOf: (unit: string): string => `Fila: ${unit}`,
  lineEmpty: "Ninguém na fila.",
  lineAway: "ausente",
  lineTier: "Prioridade",
  lineRemove: "Encerrar",

  signOut: "Encerrar acesso",
  signingOut: "Encerrando",
  signOutTitle: (name: string): string => `Encerrar o acesso de ${name}?`,
  signOutIdle: (name: string): string => `${name} deixa de atender e precisa entrar de novo.`,
  signOutCalling: "A senha que está tocando volta a ser a primeira da fila.",
  signOutInCall: (name: string): string =>
    `O atendimento em curso termina. Ligue antes para ${name}, se puder.`,

  offline: "Sem internet. O que está na tela parou no tempo. Estamos tentando de novo.",
  connecting: "Abrindo o painel",
};

export type BoardWords = typeof pt;
