import type { GuestKind, NotComing, WhyLeft } from "~/protocol/types";

/** Somebody else in a call: the clerk's invitation, and the page that its link opens. */
const kinds: Record<GuestKind, string> = {
  companion: "Acompanhante",
  interpreter: "Intérprete de Libras",
  colleague: "Colega da unidade",
};

const left: Record<WhyLeft, string> = {
  left: "Você saiu do atendimento. Ele continua sem você.",
  dismissed: "Quem atende encerrou a sua participação.",
  gone: "Sua internet caiu e você ficou fora do atendimento. Abra de novo o convite para voltar.",
  over: "O atendimento foi encerrado. Você pode fechar esta página.",
};

/** Why somebody who was asked into a call does not come. */
const answers: Record<NotComing, (name: string) => string> = {
  declined: (name) => `${name} não pode entrar agora.`,
  no_answer: (name) => `${name} não respondeu.`,
  busy: (name) => `${name} ficou sem tempo livre: está com outra pessoa ou saiu da mesa.`,
};

export const pt = {
  kinds,
  left,
  title: "Convite",
  opening: "Abrindo o convite…",
  from: (name: string, unit: string): string =>
    `${name}, ${unit}, convida você para um atendimento por vídeo.`,
  as: (kind: string): string => `Você entra como: ${kind}.`,
  name: "Seu nome",
  nameHow: "Quem está no atendimento vê este nome.",
  nameMissing: "Escreva seu nome.",
  enter: "Entrar no atendimento",
  entering: "Entrando…",
  overTitle: "Fora do atendimento",
  again: "Tentar de novo",
  mirror: "O atendimento está aberto em outra janela deste navegador.",
  here: "Continuar aqui",
  held: "Em espera",
  heldHow: "O atendimento foi posto em espera. Ninguém vê nem ouve você agora.",
  interrupted: "A internet de uma das pessoas caiu. Esperamos que volte.",
  cut: "Sua internet caiu. Tentamos voltar ao atendimento.",

  invite: "Convidar outra pessoa",
  inviteWho: "Quem entra no atendimento?",
  inviteHow:
    "O convite vale para uma pessoa, uma vez só, por 10 minutos. Peça antes a concordância de quem você atende.",
  byLink: "Por um convite",
  linkOf: (kind: string): string => `Convite: ${kind}`,
  linkHow: "Envie o endereço, ou mostre o desenho para a câmera do outro aparelho.",
  drawing: "Desenho do convite, para a câmera do outro aparelho",
  copy: "Copiar o endereço",
  copied: "Endereço copiado",
  staff: "Chamar agora",
  noColleagues: "Nenhum colega desta unidade está livre agora.",
  ask: (name: string): string => `Chamar ${name}`,
  paused: "em pausa",
  askInterpreters: "Chamar intérprete de Libras",
  noInterpreter: {
    declined: "Nenhum intérprete pode entrar agora.",
    no_answer: "Nenhum intérprete respondeu.",
    busy: "Nenhum intérprete está livre agora.",
  } satisfies Record<NotComing, string>,
  asking: (name: string): string => `Chamando ${name}.`,
  stopAsking: "Cancelar",
  answers,
  inCall: "No atendimento",
  dismiss: (name: string): string => `Retirar ${name}`,
};

export type GuestWords = typeof pt;
