import type { RemoveReason, Tier, TierReason } from "~/protocol/types";

/** What those who work at the court read before they are at their page: sign-in, and why it is asked again. */
export const pt = {
  attendant: "Atendimento",
  supervisor: "Painel das unidades",
  interpreter: "Intérpretes de Libras",
  login: "Nome de acesso",
  password: "Senha de acesso",
  signIn: "Entrar",
  signingIn: "Entrando",
  signOut: "Sair",
  show: "Mostrar senha",
  hide: "Esconder senha",
  loginMissing: "Escreva seu nome de acesso.",
  passwordMissing: "Escreva sua senha de acesso.",
  forgotten: "Esqueceu a senha? Fale com quem cuida dos acessos no tribunal.",
  finding: "Abrindo",
  tooMany: (wait: string): string => `Muitas tentativas. Espere ${wait} e tente de novo.`,
  why: {
    signed_out:
      "Seu acesso foi encerrado aqui, em outra janela ou pela supervisão. Entre de novo para continuar.",
    session_over: "Seu acesso terminou. Entre de novo para continuar.",
  },
  offline: "Sem internet. Estamos tentando de novo.",
  offlineNow: "Tentar agora",

  tier: {
    do: "Corrigir a prioridade",
    title: "Corrigir a prioridade",
    how: "O horário de chegada continua valendo. A pessoa lê que mudou.",
    which: "Prioridade certa",
    tiers: {
      0: "80 anos ou mais",
      1: "Preferencial",
      2: "Doação de sangue",
      3: "Sem prioridade",
    } satisfies Record<Tier, string>,
    why: "Por quê",
    reasons: {
      undeclared: "A pessoa não tinha dito",
      mistaken: "A pessoa marcou por engano",
      document: "O documento mostra outra coisa",
    } satisfies Record<TierReason, string>,
    confirm: "Corrigir",
  },
  remove: {
    do: "Encerrar a senha",
    title: (number: string): string => `Encerrar a senha ${number}?`,
    how: "A pessoa sai da fila e lê o motivo, o contato da unidade e o da ouvidoria.",
    reasons: {
      conduct: "Comportamento",
      duplicate: "Senha repetida",
      test: "Senha de teste",
      other: "Outro motivo",
    } satisfies Record<RemoveReason, string>,
  },

  suspend: {
    do: "Suspender novas senhas",
    title: "Suspender novas senhas?",
    how: "Quem já está na fila continua. Ninguém mais pega senha até a retomada.",
    unit: "Unidade",
    message: "O que as pessoas vão ler",
    messageHint: "Exemplo: O sistema do fórum está fora do ar.",
    messageMissing: "Escreva o motivo, em poucas palavras.",
    alternative: "O que elas podem fazer, se houver",
    alternativeHint: "Exemplo: Escreva para o e-mail da unidade.",
    lasts: "Até quando",
    lastsFor: {
      open: "Até alguém retomar",
      "30": "Por 30 minutos",
      "60": "Por 1 hora",
      "120": "Por 2 horas",
    },
    confirm: "Suspender",
    resume: "Voltar a dar senhas",
    told: (message: string): string => `Novas senhas suspensas. ${message}`,
    toldUntil: (moment: string, message: string): string =>
      `Novas senhas suspensas até ${moment}. ${message}`,
  },
};

export type StaffWords = typeof pt;
