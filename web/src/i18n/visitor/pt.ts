import type {
  Cause,
  FetchReason,
  Media,
  Outcome,
  RemoveReason,
  TicketState,
  TierReason,
  Worsening,
} from "~/protocol/types";
import { common } from "~/i18n/common.pt";

const people = (count: number): string => (count === 1 ? "1 pessoa" : `${count} pessoas`);

const range = (low: number, high: number): string => {
  if (high < 1) return "menos de 1 minuto";
  if (low < 1) return `até ${common.duration(high)}`;
  if (low === high) return `cerca de ${common.duration(low)}`;
  if (high < 60) return `${low} a ${common.minutes(high)}`;
  return `${common.duration(low)} a ${common.duration(high)}`;
};

const outcomes: Record<Outcome, string> = {
  informed: "Informação prestada",
  forwarded: "Encaminhado",
  return_booked: "Retorno marcado",
  other_unit: "O assunto é de outra unidade",
  unresolved: "Não resolvido",
  interrupted: "Interrompido",
};

const worsenings: Record<Worsening, string> = {
  priority_entered: "Entrou um atendimento preferencial.",
  returned: "Uma pessoa retomou o lugar que já era dela.",
  attendant_left: "Há menos gente atendendo agora.",
  slower: "Os atendimentos estão demorando mais.",
  order: "Quem está atendendo mudou, e a ordem da fila também.",
};

const states: Record<TicketState, string> = {
  waiting: "Na fila",
  called: "Sua vez",
  in_call: "Em atendimento",
  interrupted: "Atendimento interrompido",
  on_hold: "Em espera",
  served: "Atendimento concluído",
  left: "Saída da fila",
  lost: "Lugar perdido por ausência",
  no_show: "Não compareceu",
  closed: "Unidade fechou antes",
  removed: "Retirada da fila",
  transferred: "Encaminhada a outra unidade",
};

/** The visitor's pages: find a unit, take a ticket, wait, be called, the end, the receipt. */
export const pt = {
  document: {
    home: "Balcão Virtual",
    unit: (name: string): string => `${name} · Balcão Virtual`,
    waiting: (number: string, ahead: string): string => `${number} · ${ahead}`,
    near: "Sua vez está perto",
    called: (number: string): string => `É a sua vez · ${number}`,
    inCall: (clerk: string): string => `Em atendimento com ${clerk}`,
    ended: "Atendimento encerrado",
    receipt: "Comprovante",
  },

  check: "Testar câmera, som e internet",

  home: {
    title: "Com qual unidade você quer falar?",
    search: "Digite a cidade ou o nome da unidade.",
    loading: "Buscando as unidades…",
    found: (count: number): string => (count === 1 ? "1 unidade" : `${count} unidades`),
    none: (text: string): string => `Nenhuma unidade com “${text}”. Confira a escrita ou digite só a cidade.`,
    empty: "Este tribunal ainda não publicou nenhuma unidade.",
    all: "Mostrar todas",
    list: "Unidades",
    holding: "Você tem uma senha em andamento.",
    resume: "Voltar à minha senha",
  },

  unit: {
    open: "Aberta",
    closed: "Fechada agora",
    unattended: "Sem atendente agora",
    openUntil: (until: string): string => `Aberta até ${until}.`,
    hours: (until: string, zone: string): string => `Aberta até ${until} ${zone}`,
    openNow: "Aberta.",
    waiting: (count: number): string => (count === 0 ? "Ninguém na fila." : `${people(count)} na fila.`),
    wait: (low: number, high: number): string => `Espera de ${range(low, high)}.`,
    nobodyAttends: (until: string | null): string =>
      `A unidade está aberta${until === null ? "" : ` até ${until}`}, mas ninguém está atendendo agora.`,
    mayJoin: "Você pode entrar na fila: seu horário de chegada vale.",
    closedNow: "Fechada agora.",
    closedBecause: (reason: string): string => `Fechada agora: ${reason}.`,
    suspendedWord: "Senhas suspensas",
    suspended: "Novas senhas suspensas por enquanto.",
    suspendedUntil: (until: string): string => `Novas senhas suspensas até ${until}.`,
    fullWord: "Fila completa",
    full: "A fila está completa agora.",
    fullAdvice: "Quando abrir lugar, esta página mostra. Ou use um destes caminhos.",
    closingWord: "Últimas senhas",
    closing: "Quem entrar agora pode não ser atendido hoje.",
    closingAdvice: "Com atendimento preferencial, talvez ainda dê tempo.",
    nearby: (comarca: string): string => `Outras unidades de ${comarca} com senhas agora`,
    headStart: "Sua vez está guardada: pegue uma senha aqui e entre à frente na fila.",
    opens: (moment: string, zone: string): string => `Abre ${moment} ${zone}.`,
    untilThen: "Até lá, ligue ou escreva:",
    otherWays: "Outras formas de falar com a unidade:",
    phone: "Telefone",
    email: "E-mail",
    unknown: "Não encontramos esta unidade",
    unknownHow: "O endereço pode ter mudado. Escolha a unidade na lista.",
    toList: "Ver todas as unidades",
    other: "Escolher outra unidade",
  },

  join: {
    take: "Pegar senha",
    intro: "O atendimento é por vídeo, com uma pessoa da secretaria. Grátis e sem cadastro.",
    bring: "Se puder, tenha à mão o número do processo e um documento.",
    title: "Seus dados para a fila",
    problems: (count: number): string => (count === 1 ? "Confira 1 campo:" : `Confira ${count} campos:`),
    name: "Como quer que chamem você?",
    nameHint: "Pode ser o nome social. Quem atende só vê ao chamar sua senha.",
    role: "Você é",
    roles: { party: "Parte no processo", lawyer: "Advogada ou advogado", other: "Outra pessoa" },
    oab: "Número da OAB",
    oabHint: "Exemplo: MT 12345.",
    oabMissing: "Escreva o número da OAB. Exemplo: MT 12345.",
    priority: "Você tem direito a atendimento preferencial?",
    priorityHint: "Guardamos só a prioridade, nunca o motivo.",
    priorities: {
      none: "Não",
      eighty: "Tenho 80 anos ou mais",
      legal:
        "Tenho 60 anos ou mais, deficiência, autismo, mobilidade reduzida ou obesidade; gestante, lactante ou com criança de colo",
      donor: "Doei sangue nos últimos 120 dias",
    },
    libras: "Preciso de intérprete de Libras",
    caseNumber: "Número do processo (se tiver)",
    caseHint: "Exemplo: 0000001-44.2021.8.11.0041.",
    caseMissing: (count: number): string =>
      count === 1 ? "Falta 1 algarismo." : `Faltam ${count} algarismos.`,
    caseRight: "Número conferido.",
    terms: "Entendi: aqui não se entrega petição nem se cumpre prazo.",
    privacy: "Usamos estes dados só neste atendimento. O sistema não grava vídeo nem áudio.",
    submit: "Entrar na fila",
    joining: "Entrando na fila…",
    closedSince: "A unidade fechou enquanto você escrevia. O que você digitou continua aqui.",
    fullSince: "A fila ficou completa enquanto você escrevia. O que você digitou continua aqui.",
    suspendedSince: "A unidade parou de dar senhas enquanto você escrevia. O que você digitou continua aqui.",
  },

  waiting: {
    opening: "Abrindo sua senha…",
    ticket: "Sua senha",
    arrival: (time: string): string => `chegada ${time}`,
    ahead: (count: number): string =>
      count === 0 ? "A próxima senha é a sua" : `${people(count)} na sua frente`,
    wait: (low: number, high: number): string => `Espera de ${range(low, high)}.`,
    noEstimate: "Ainda não dá para estimar a espera. Seu lugar na fila está garantido.",
    unattended: "Ninguém está atendendo agora. Seu lugar na fila está garantido.",
    worsened: (why: string, ahead: string): string => `${why} Agora há ${ahead}.`,
    slower: (why: string): string => `${why} A espera aumentou, mas seu lugar é o mesmo.`,
    worsenings,
    keepOpen: "Deixe esta tela aberta e o som ligado. Se ela fechar, volte por este mesmo endereço.",
    soundOff: "O som está desligado nesta tela.",
    soundOn: "Ligar o som",
    notify: "Avisar também por notificação",
    offline: (until: string): string =>
      `Sem internet. Seu lugar fica guardado até ${until}. Estamos tentando de novo.`,
    silent: "O sistema não respondeu. Nada se perdeu. Estamos tentando de novo.",
    missed: (left: number): string =>
      left === 1
        ? "Chamamos sua senha e ninguém entrou. Seu lugar está guardado: vamos chamar mais uma vez."
        : `Chamamos sua senha e ninguém entrou. Seu lugar está guardado: vamos chamar mais ${left} vezes.`,
    fetch: {
      document: "Busque o documento que falta.",
      technical: "Resolva o problema do aparelho ou da internet.",
      other: "Busque o que ficou combinado.",
    } satisfies Record<FetchReason, string>,
    fetchHow: (until: string): string =>
      `Seu lugar espera por você até ${until}. Depois, toque em Já voltei.`,
    ready: "Já voltei",
    tierCorrected: {
      undeclared: "Quem atende corrigiu sua prioridade: você tem direito e não tinha dito.",
      mistaken: "Quem atende corrigiu sua prioridade. Seu horário de chegada vale.",
      document: "Quem atende corrigiu sua prioridade pelo documento. Seu horário de chegada vale.",
    } satisfies Record<TierReason, string>,
    again: {
      not_seen: "Chamamos sua senha, mas esta tela não mostrou o aviso. Seu lugar está guardado.",
      line_lost: "Sua internet caiu quando chamamos. Seu lugar está guardado.",
      cancelled: "Quem atendia precisou parar. Você continua no começo da fila.",
      attendant_gone: "Quem atendia ficou sem internet. Você volta ao começo da fila.",
      both_gone: "O atendimento foi interrompido. Você volta ao começo da fila.",
      signed_out: "Quem atendia precisou sair. Você volta ao começo da fila.",
      released: "Sua internet caiu durante o atendimento. Você volta ao começo da fila.",
      other_attendant: "Você está no começo da fila. Outra pessoa vai atender.",
      sent_back: "Tudo certo. Seu lugar é o mesmo: vamos chamar você.",
      lost_back: "Você voltou a tempo. Seu lugar na fila é o mesmo.",
      no_show_back: "Você voltou a tempo. Seu lugar na fila é o mesmo.",
      transferred: "Seu atendimento continua nesta unidade. Seu horário de chegada vale.",
    } satisfies Record<Exclude<Cause, "not_entered">, string>,
    near: "Sua vez está perto. Fique nesta tela, com o som ligado.",
    closedNow: "A unidade fechou para novas senhas. A sua continua valendo.",
    suspendedNow: (message: string): string =>
      `A unidade parou de dar senhas novas. ${message} A sua continua valendo.`,
    headStart: "Você entrou à frente na fila, porque a unidade fechou antes da sua vez.",
    leave: "Sair da fila",
    leaveTitle: "Sair da fila?",
    leaveHow: "Você perde este lugar. Para voltar, será preciso pegar outra senha.",
    leaveYes: "Sair da fila",
    leaveNo: "Continuar na fila",
  },

  media: {
    title: "Câmera e microfone",
    ask: "Vamos pedir a câmera e o microfone. Ninguém vê nem ouve você antes de tocar em Entrar.",
    allow: "Permitir",
    audio: "Só áudio",
    text: "Só texto",
    asking: "Toque em Permitir na pergunta do navegador.",
    ready: {
      video: "Câmera e microfone prontos",
      audio: "Microfone pronto",
      text: "Você vai escrever",
    } satisfies Record<Media, string>,
    private: "Ninguém vê nem ouve você ainda.",
    textHow: "Quem atende aparece em vídeo, e você responde por texto.",
    change: "Trocar",
    changeTitle: "Como você vai participar",
    video: "Câmera e microfone",
    camera: "Câmera",
    microphone: "Microfone",
    refusedCamera: "A câmera está bloqueada.",
    refusedMicrophone: "O microfone está bloqueado.",
    undo: "Toque no ícone ao lado do endereço, abra Permissões e ative Câmera e Microfone.",
    undoIos: "Toque em aA ao lado do endereço, abra Ajustes do Site e permita Câmera e Microfone.",
    orLess: "Ou entre só com áudio ou só com texto.",
    absentCamera: "Não encontramos uma câmera neste aparelho.",
    absentMicrophone: "Não encontramos um microfone neste aparelho.",
    busyCamera: "Outro programa está usando a câmera. Feche-o e tente de novo.",
    busyMicrophone: "Outro programa está usando o microfone. Feche-o e tente de novo.",
    unsupported: "Este navegador não abre câmera nem microfone aqui. Você pode participar por texto.",
    preview: "Sua imagem",
    done: "Pronto",
  },

  called: {
    title: "É a sua vez",
    who: (clerk: string, role: string, unit: string): readonly [string, string] => [
      clerk,
      `, ${role} da ${unit}, está chamando.`,
    ],
    whoPlain: (clerk: string, unit: string): readonly [string, string] => [
      clerk,
      `, da ${unit}, está chamando.`,
    ],
    ticket: (number: string): string => `Senha ${number}.`,
    left: (seconds: string): readonly [string, string, string] => ["Entre em até ", seconds, "."],
    over: "O tempo acabou. Seu lugar continua guardado.",
    enter: "Entrar",
    entering: "Entrando…",
    moreTime: "Preciso de mais tempo",
    moreTimeUsed: "Você tem mais tempo agora.",
    announce: (clerk: string, seconds: string): string =>
      `É a sua vez. ${clerk} está chamando. Entre em até ${seconds}.`,
    announceLeft: (seconds: string): string => `Restam ${seconds} para entrar.`,
    audioOnly: "Você entra só com áudio.",
    textOnly: "Você entra só com texto.",
  },

  mirror: {
    title: "Sua senha está aberta em outra janela",
    how: "Esta tela só acompanha. Para usar esta, toque abaixo.",
    called: "É a sua vez, em outra janela",
    calledHow: "Entre por aquela janela. Para entrar por esta, toque abaixo.",
    inCall: "Seu atendimento está em outra janela",
    inCallHow: "A conversa continua lá. Para trazê-la para cá, toque abaixo.",
    here: "Continuar aqui",
  },

  call: {
    opening: "Abrindo o atendimento…",
    dropped: (clerk: string): string =>
      `O vídeo caiu. Seu atendimento com ${clerk} está guardado. Estamos tentando de novo.`,
    held: "Em espera",
    heldHow: (clerk: string, until: string): string =>
      `${clerk} volta até ${until}. Enquanto isso, ninguém vê nem ouve você.`,
    gone: (clerk: string): string => `${clerk} ficou sem internet.`,
    goneHow: (until: string): string =>
      `Seu atendimento está guardado até ${until}. Estamos tentando de novo.`,
    other: "Falar com outra pessoa",
    otherHow: "Você vai para o começo da fila.",
  },

  ended: {
    served: "Atendimento encerrado",
    servedAt: (at: string, clerk: string): string => `Atendimento encerrado ${at}, com ${clerk}.`,
    servedAlone: (at: string): string => `Atendimento encerrado ${at}.`,
    left: "Você saiu da fila",
    leftHow: (at: string): string => `Sua senha foi encerrada ${at}, a seu pedido.`,
    lost: "Seu lugar na fila terminou",
    lostHow: (at: string): string => `Sua vez chegou e esta tela não estava aberta. A senha terminou ${at}.`,
    noShow: "Chamamos sua senha e ninguém entrou",
    noShowHow: (at: string): string => `Chamamos três vezes, a última ${at}. Você pode pegar outra senha.`,
    noShowBack: (until: string): string => `Toque em Voltei até ${until} e retome seu lugar na fila.`,
    back: "Voltei",
    closed: "A unidade fechou antes da sua vez",
    closedHow: "Guarde o comprovante: ele mostra que você esteve na fila.",
    closedBack: (until: string): string =>
      `Sua vez fica guardada. Pegue outra senha desta unidade até ${until} e entre à frente na fila.`,
    closedKeep: "Guardar minha vez",
    removed: "Sua senha foi encerrada pela unidade",
    removedHow: {
      conduct: "O motivo foi o comportamento. Se discordar, ligue, escreva ou fale com a ouvidoria.",
      duplicate: "Havia outra senha para o mesmo assunto.",
      test: "Esta senha era um teste.",
      other: "Ligue ou escreva para saber o motivo.",
    } satisfies Record<RemoveReason, string>,
    transferred: "Sua senha foi para outra unidade",
    transferredHow: "Você mantém o horário de chegada.",
    protocol: (protocol: string): readonly [string, string, string] => [
      "Protocolo ",
      protocol,
      ". Guarde este número.",
    ],
    outcome: "Resultado",
    outcomes,
    receipt: "Ver comprovante",
    again: "Pegar outra senha",
    portal: (host: string): string => `Voltar para ${host}`,
    ombudsman: "Falar com a ouvidoria",
  },

  receipt: {
    title: "Comprovante",
    loading: "Buscando o comprovante…",
    protocol: "Protocolo",
    code: "Código",
    unit: "Unidade",
    number: "Senha",
    state: "Situação",
    states,
    outcome: "Resultado",
    clerk: "Quem atendeu",
    day: "Dia",
    joined: "Chegada",
    called: "Vez",
    entered: "Início do atendimento",
    ended: "Fim",
    waited: "Espera",
    position: "Lugar ao chegar",
    ahead: (position: number): string => (position <= 1 ? "Primeiro da fila" : `${position}º da fila`),
    announced: "Espera anunciada",
    announcedRange: range,
    print: "Imprimir",
    proof: "Assinatura digital",
    proofHow: "Estes dados permitem conferir que o tribunal emitiu este comprovante e que nada mudou.",
    signed: "Texto assinado",
    signature: "Assinatura (Ed25519)",
    key: "Chave pública",
    genuine: "Conferimos a assinatura: este comprovante é autêntico.",
    altered: "A assinatura não confere. Procure a unidade.",
    unknown: "Não encontramos este comprovante",
    unknownHow: "Confira o código. Letras e números vêm em grupos de quatro.",
    noPerson: "Este comprovante não traz nome nem documento.",
  },

  unsupported: {
    insecure:
      "Este endereço não é seguro, então o navegador não abre a câmera. Você pode participar por texto.",
    inApp: "Você abriu dentro de um aplicativo, que pode não abrir a câmera.",
    inAppHow: "Abra este endereço no Chrome, no Safari ou no Firefox.",
    openOutside: "Abrir no Chrome",
    copy: "Copiar o endereço",
    copied: "Endereço copiado.",
    noVideo: "Este navegador não faz vídeo. Atualize-o ou use outro. Por texto, funciona aqui.",
    noSocket: "Este navegador é antigo e não acompanha a fila. Atualize-o ou use outro.",
  },

  trouble: {
    holdingHow: "Cada pessoa tem uma senha por vez. Saia daquela fila para entrar nesta.",
  },

  help: {
    title: "Ajuda",
    lines: [
      "Pegue uma senha e espere nesta tela. Não é preciso instalar nada.",
      "Seu lugar fica guardado se a internet cair ou a tela fechar.",
      "Na sua vez, a tela fica amarela e toca um som. Toque em Entrar.",
      "Sem câmera ou microfone, você pode participar por texto.",
    ],
    trouble: "Se algo não funcionar, ligue ou escreva para a unidade.",
  },

  portal: (host: string): string => `Voltar para ${host}`,
  demo: "Demonstração: nenhum atendimento aqui é real.",
};

export type VisitorWords = typeof pt;
