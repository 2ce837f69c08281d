import type {
  Activity,
  CancelReason,
  Cause,
  Code,
  EndOfCall,
  FetchReason,
  Outcome,
  OutOfOrder,
  PauseReason,
  Role,
  Tier,
  WhyLeft,
} from "~/protocol/types";

const people = (count: number): string => (count === 1 ? "1 pessoa" : `${count} pessoas`);

const missed: Record<EndOfCall, (name: string) => string> = {
  not_entered: (name) => `${name} não entrou. A senha volta à fila e você pode chamar outra pessoa.`,
  cancelled: (name) => `Você cancelou. A senha de ${name} volta a ser a primeira da fila.`,
  visitor_left: (name) => `${name} saiu da fila. Você pode chamar outra pessoa.`,
  visitor_gone: (name) =>
    `${name} ficou sem internet. A senha fica guardada e você pode chamar outra pessoa.`,
  attendant_gone: (name) =>
    `Sua página ficou sem internet. A senha de ${name} volta a ser a primeira da fila.`,
  signed_out: (name) => `Seu acesso foi encerrado. A senha de ${name} volta a ser a primeira da fila.`,
  both_gone: (name) => `A internet caiu dos dois lados. A senha de ${name} fica guardada.`,
  released: (name) => `A senha de ${name} voltou ao começo da fila.`,
  other_attendant: (name) => `${name} pediu outra pessoa. A senha volta ao começo da fila.`,
  sent_back: (name) => `${name} volta à fila e guarda o lugar.`,
  removed: (name) => `A senha de ${name} foi encerrada.`,
  transferred: (name) => `${name} espera agora em outra unidade.`,
  hung_up: (name) => `O atendimento de ${name} foi encerrado antes de começar.`,
};

const ended: Record<EndOfCall, (name: string) => string> = {
  hung_up: () => "O atendimento foi encerrado.",
  not_entered: missed.not_entered,
  cancelled: missed.cancelled,
  visitor_left: (name) => `${name} encerrou o atendimento.`,
  visitor_gone: (name) => `${name} ficou sem internet e não voltou.`,
  attendant_gone: () => "Sua página ficou sem internet por tempo demais.",
  signed_out: () => "O atendimento foi encerrado porque seu acesso terminou.",
  both_gone: missed.both_gone,
  released: missed.released,
  other_attendant: missed.other_attendant,
  sent_back: missed.sent_back,
  removed: missed.removed,
  transferred: missed.transferred,
};

const pauses: Record<PauseReason, string> = {
  break: "Intervalo",
  lunch: "Almoço",
  internal: "Serviço interno",
  meeting: "Reunião",
  technical: "Problema técnico",
  cancelled: "Depois de cancelar",
  vanished: "Sem internet",
};

const outcomes: Record<Outcome, string> = {
  informed: "Informação prestada",
  forwarded: "Encaminhado",
  return_booked: "Retorno marcado",
  other_unit: "Não é desta unidade",
  unresolved: "Não resolvido",
  interrupted: "Interrompido",
};

/** Only what gives somebody a place before others is said. */
const tiers: Record<Tier, string | null> = {
  0: "80 anos ou mais",
  1: "Preferencial",
  2: "Doação de sangue",
  3: null,
};

/** The same in a row of the line, where there is room for a word. */
const shortTiers: Record<Tier, string | null> = { 0: "80 anos +", 1: "Preferencial", 2: "Doação", 3: null };

const outOfOrderReasons: Record<OutOfOrder, string> = {
  urgent: "Urgência",
  hearing: "Audiência ou prazo que está para começar ou terminar",
  companion: "Acompanha quem acabou de ser atendido",
  other: "Outro motivo",
};

const roles: Record<Role, string> = { party: "Parte", lawyer: "Advocacia", other: "Outra pessoa" };

const activities: Record<Exclude<Activity, "idle">, string> = {
  calling: "Chamando",
  in_call: "Em atendimento",
  wrap_up: "Concluindo",
  helping: "No atendimento de colega",
};

/** Why somebody is not in a colleague's call any more. */
const helped: Record<WhyLeft, string> = {
  left: "Você saiu. O atendimento continua sem você.",
  dismissed: "Quem chamou você encerrou a sua participação.",
  gone: "Sua internet caiu e você ficou fora do atendimento.",
  over: "O atendimento em que você ajudava foi encerrado.",
};

/** Refusals that mean something else at the desk than elsewhere. */
const refusals: Partial<Record<Code, string>> = {
  nobody_waiting: "Outra pessoa já atendeu quem esperava. Ninguém na fila agora.",
  wrong_state: "Isto já mudou. Veja na tela o que fazer agora.",
  no_more_time: "O tempo extra já foi usado.",
  unit_closed: "Suas unidades estão fechadas agora.",
};

/** The clerk's desk. */
export const pt = {
  title: (waiting: number): string => (waiting === 0 ? "Atendimento" : `(${waiting}) Atendimento`),
  units: (count: number): string => (count === 1 ? "1 unidade" : `${count} unidades`),
  settings: "Ajustes",
  status: { available: "Disponível", paused: "Em pausa", offline: "Fora do atendimento" },
  activities,
  pauseNext: (reason: string): string => `Pausa ao concluir: ${reason.toLowerCase()}`,

  line: "Fila",
  waiting: (count: number): string => (count === 0 ? "Ninguém na fila" : `${count} na fila`),
  longest: (minutes: string): string => `maior espera: ${minutes}`,
  away: (count: number): string =>
    count === 1
      ? "1 pessoa ausente, com o lugar guardado"
      : `${people(count)} ausentes, com o lugar guardado`,
  more: (count: number): string => (count === 1 ? "e mais 1 pessoa" : `e mais ${people(count)}`),
  emptyLine: "Quem chegar aparece aqui, sem nome.",
  minutes: (count: number): string =>
    count < 60 ? `${count} min` : `${Math.floor(count / 60)}h${String(count % 60).padStart(2, "0")}`,
  tiers,
  shortTiers,

  outOfOrder: "Chamar fora da ordem",
  outOfOrderWhich: "Qual senha?",
  outOfOrderPick: "Escolha a senha",
  outOfOrderWhy: "Por quê?",
  outOfOrderPickWhy: "Escolha o motivo",
  outOfOrderReasons,
  outOfOrderHint:
    "Fica registrado quem chamou e por quê, e aparece no painel da supervisão. Ninguém perde o lugar.",
  outOfOrderCall: "Chamar esta senha",

  choose: "Quais unidades você vai atender?",
  chooseOne: "Marque pelo menos uma unidade.",
  closedUnit: "fechada agora",
  goAvailable: "Começar a atender",
  goingAvailable: "Começando",
  permission: "Ao começar, o navegador pede a câmera e o microfone. Sem eles, você atende por texto.",
  test: "Testar câmera e microfone",
  turnOn: "Ligar câmera e microfone",
  noUnits: "Nenhuma unidade está ligada ao seu acesso. Fale com a supervisão.",

  next: "Próxima senha",
  waitingFor: (minutes: string): string => `espera há ${minutes}`,
  nobody: "Ninguém na fila.",
  nobodyHint: "Quando alguém chegar, o som avisa.",
  nobodyHintMuted: "O som está desligado: olhe a tela de vez em quando.",
  closed: "Suas unidades estão fechadas agora. Quem já está na fila ainda pode ser atendido.",
  call: "Chamar a próxima pessoa (F2)",
  calling: "Chamando",

  ringing: "Chamando",
  ringingUnseen: (name: string): string => `Avisando ${name}. A página ainda não mostrou o aviso.`,
  ringingSeen: (name: string): string => `O aviso está na tela de ${name}.`,
  ringLeft: (left: string): string => `${left} para entrar`,
  cancelRing: "Cancelar",
  cancelWhy: "Por que cancelar?",
  cancelReasons: {
    mistake: "Chamei por engano",
    interrupted: "Precisei parar agora",
    technical: "Problema técnico",
  } satisfies Record<CancelReason, string>,
  cancelHint: "Quem estava na vez continua em primeiro lugar. Você entra em pausa.",
  missed,
  noShow: (name: string): string => `${name} não entrou na terceira vez. A senha foi encerrada.`,

  hangUp: "Encerrar (F9)",

  asked: (name: string): string => `${name} chama você para um atendimento`,
  askedHow: (number: string, left: string): string => `Senha ${number}. Responda em ${left}.`,
  askedTitle: (name: string): string => `${name} chama você`,
  come: "Entrar (F6)",
  decline: "Agora não (F7)",
  offered: (name: string): string => `${name} oferece ajuda neste atendimento`,
  offeredHow: (rest: string): string => `Se a pessoa precisa de Libras, deixe entrar. Responda em ${rest}.`,
  letIn: "Deixar entrar (F6)",
  leave: "Sair do atendimento (F9)",
  helping: (name: string): string => `Você está no atendimento de ${name}`,
  helpingHow: "Enquanto isso, ninguém é chamado por você. Saia quando quiser: o atendimento continua.",
  helped,

  ended,
  chooseOutcome: "Escolha o resultado e conclua.",
  readyToFinish: (outcome: string): string => `Resultado: ${outcome.toLowerCase()}.`,
  wrapLeft: (left: string): string => `A mesa fica livre em ${left}.`,
  wrapMore: "Preciso de mais tempo",
  finish: "Concluir (F9)",
  finishing: "Concluindo",
  outcome: "Resultado",
  outcomes,

  pause: "Pausar (F4)",
  pauseWhy: "Por que pausar?",
  pauses,
  pausedSince: (minutes: string): string => `Há ${minutes}.`,
  pausedCancelled: "Você cancelou e entrou em pausa. Quem estava na vez continua em primeiro lugar.",
  pausedVanished: "Sua página ficou sem internet e a pausa começou sozinha. Nenhum lugar se perdeu.",
  paused: "Enquanto isso, ninguém é chamado por você.",
  resume: "Voltar a atender (F4)",
  resuming: "Voltando",

  moreActions: "Mais",
  note: "Anotação",
  noteHow: "Para quem atender depois. Fica só com a senha e some com ela.",
  noteKept: "Anotação guardada.",
  past: "O que já aconteceu",
  met: {
    not_entered: "Ninguém entrou quando chamamos.",
    not_seen: "A tela não mostrou o aviso.",
    line_lost: "A internet da pessoa caiu quando chamamos.",
    cancelled: "Quem chamou cancelou.",
    attendant_gone: "Quem atendia ficou sem internet.",
    both_gone: "A internet caiu dos dois lados.",
    signed_out: "O acesso de quem atendia foi encerrado.",
    released: "A internet da pessoa caiu no atendimento.",
    other_attendant: "A pessoa pediu outro atendente.",
    sent_back: "Voltou à fila para buscar algo.",
    lost_back: "Perdeu a vez e voltou a tempo.",
    no_show_back: "Não entrou e voltou a tempo.",
    transferred: "Veio de outra unidade.",
  } satisfies Record<Cause, string>,
  hold: "Pôr em espera",
  held: "Em espera",
  heldHow: (name: string, left: string): string => `${name} espera. A conversa volta sozinha em ${left}.`,
  unhold: "Voltar a conversar",
  gone: (name: string): string => `${name} ficou sem internet.`,
  goneHow: (left: string): string => `Esperamos mais ${left}. Se voltar, a conversa continua aqui.`,
  release: "Não esperar",
  releaseHow: "A senha volta ao começo da fila, com a sua anotação, e você fica livre.",
  selfGone: "Sua internet caiu. Estamos tentando de novo.",
  sendBack: "Devolver à fila",
  sendBackWhy: "O que falta?",
  sendBackHow: "A pessoa guarda o lugar e só chamamos quando ela disser que voltou.",
  sendBackReasons: {
    document: "Um documento",
    technical: "Resolver um problema técnico",
    other: "Outra coisa",
  } satisfies Record<FetchReason, string>,
  transfer: "Encaminhar a outra unidade",
  transferHow: "O horário de chegada vale lá, e a sua anotação vai junto.",
  transferLoading: "Buscando as unidades",
  transferSearch: "Cidade ou nome da unidade",
  transferWhich: "Para qual unidade?",
  transferWhere: (some: boolean): string =>
    some
      ? "Só aparecem as que podem receber agora."
      : "Nenhuma outra unidade pode receber agora: fechadas, cheias ou sem atendente.",
  transferDo: "Encaminhar",

  person: "Pessoa",
  personEmpty: "O nome aparece aqui quando você chamar.",
  roles,
  oab: "OAB",
  caseNumber: "Processo",
  libras: "Pediu intérprete de Libras.",
  noCase: "Sem número de processo",
  copy: "Copiar",
  copied: "Copiado",
  notCopied: "Selecione o número e copie.",
  waited: (minutes: string): string => `Esperou ${minutes}`,
  triesBefore: (count: number): string =>
    count === 1 ? "Já chamamos 1 vez e ninguém entrou." : `Já chamamos ${count} vezes e ninguém entrou.`,

  camera: "Câmera e microfone",
  yourPicture: "Sua imagem",
  noCamera: "Sem câmera: quem entrar vê seu nome e ouve você.",
  noDevices: "Sem câmera e sem microfone: você atende por texto.",
  asking: "Responda à pergunta do navegador, perto do endereço.",
  refused: "A câmera está bloqueada. Clique no ícone ao lado do endereço e permita o uso.",
  microphoneRefused: "O microfone está bloqueado. Clique no ícone ao lado do endereço e permita o uso.",
  busyDevice: "Outro programa está usando a câmera ou o microfone. Feche-o e teste de novo.",
  noMicrophone: "Sem microfone: quem entrar vê você, e vocês conversam por texto.",
  change: "Trocar câmera ou microfone",

  sound: "Som quando alguém chegar na fila vazia",
  soundOff: "Som desligado",
  save: "Pronto",

  elsewhere: "Sua mesa está aberta em outra janela",
  elsewhereHint: "Só uma janela atende por vez. A outra deixa de atender se você usar esta.",
  takeOver: "Usar aqui",
  offline: "Sem internet. Sua mesa fica guardada por instantes. Estamos tentando de novo.",
  offlineInCall: "Sem internet com o tribunal. A conversa continua. Estamos tentando de novo.",
  connecting: "Abrindo sua mesa",
  refusals,
  somebodyArrived: (count: number): string =>
    count === 1 ? "Chegou 1 pessoa na fila." : `${people(count)} na fila.`,
};

export type DeskWords = typeof pt;
