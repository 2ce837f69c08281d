/** Views as the server sends them, for tests and for the gallery of states. */

import type {
  BoardAttendant,
  BoardUnit,
  BoardView,
  DeskUnit,
  DeskView,
  LineRow,
  Person,
  PracticeCard,
} from "~/protocol/types";

/** 23 November 2026, 14:00 in Cuiabá. */
export const NOON_MS = Date.UTC(2026, 10, 23, 18, 0);
const MINUTE_MS = 60_000;

export const DESK_UNITS: readonly DeskUnit[] = [
  {
    slug: "1-vara-civel-cuiaba",
    name: "1ª Vara Cível de Cuiabá",
    letters: "CV1",
    open: true,
    chosen: true,
    suspended: null,
  },
  {
    slug: "2-vara-familia-cuiaba",
    name: "2ª Vara de Família e Sucessões de Cuiabá",
    letters: "FA2",
    open: true,
    chosen: true,
    suspended: null,
  },
  {
    slug: "1-juizado-especial-civel",
    name: "1º Juizado Especial Cível de Cuiabá",
    letters: "JE1",
    open: false,
    chosen: true,
    suspended: null,
  },
];

/** `count` people in line, the first two with priority, one every three minutes; `told`: which tickets they are. */
export function lineOf(count: number, now_ms = NOON_MS, told = false): readonly LineRow[] {
  return Array.from({ length: count }, (_, index) => {
    const unit = DESK_UNITS[index % DESK_UNITS.length];
    return {
      ticket: told ? `t-${index}` : null,
      number: `${unit?.letters} ${String(14 + index).padStart(3, "0")}`,
      unit: unit?.slug ?? "",
      tier: index === 0 ? 0 : index === 1 ? 1 : 3,
      joined_ms: now_ms - (count - index) * 3 * MINUTE_MS,
    };
  });
}

export const MARIA: Person = {
  ticket: "t-maria",
  number: "CV1 014",
  unit: "1-vara-civel-cuiaba",
  name: "Maria Aparecida dos Santos Albuquerque de Oliveira",
  role: "lawyer",
  oab: "OAB/MT 12345-A",
  case_number: "0000001-44.2021.8.11.0041",
  libras: false,
  tier: 1,
  joined_ms: NOON_MS - 42 * MINUTE_MS,
  tries: 0,
  rev: 3,
  hops: 0,
  note: null,
  check: null,
  history: [],
};

/** A desk at rest with `waiting` people in line, and what differs. */
export function deskView(waiting: number, changes: Partial<DeskView> = {}): DeskView {
  const line = lineOf(waiting);
  return {
    kind: "desk",
    as_of: { epoch: 1, n: 1, now_ms: NOON_MS },
    elsewhere: false,
    name: "Ana Souza",
    function: "analista",
    status: "available",
    pause: null,
    activity: "idle",
    since_ms: NOON_MS - 20 * MINUTE_MS,
    units: DESK_UNITS,
    waiting,
    away: 0,
    longest_ms: line[0]?.joined_ms ?? null,
    line,
    person: null,
    call: null,
    asked: null,
    helping: null,
    offered: null,
    wrap_until_ms: null,
    wrap_extendable: false,
    outcome: null,
    ...changes,
  };
}

export function boardAttendant(name: string, changes: Partial<BoardAttendant> = {}): BoardAttendant {
  const id = name.toLowerCase().split(" ")[0] ?? "";
  return {
    id,
    name,
    status: "available",
    pause: null,
    activity: "idle",
    since_ms: NOON_MS - 12 * MINUTE_MS,
    ...changes,
  };
}

export function boardUnit(slug: string, changes: Partial<BoardUnit> = {}): BoardUnit {
  return {
    slug,
    name: slug,
    comarca: "Cuiabá",
    open: true,
    until: "2026-11-23T18:00:00-04:00",
    opens_at: null,
    closed_reason: null,
    suspended: null,
    phone: "(65) 3648-6000",
    waiting: 0,
    away: 0,
    longest_ms: null,
    attendants: [],
    called: 0,
    in_call: 0,
    served_today: 0,
    left_today: 0,
    out_of_order_today: 0,
    refused_today: 0,
    cancelled_today: 0,
    unattended_since_ms: null,
    attention: null,
    ...changes,
  };
}

export function boardView(units: readonly BoardUnit[], now_ms = NOON_MS): BoardView {
  const sum = (of: (unit: BoardUnit) => number): number => units.reduce((total, unit) => total + of(unit), 0);
  return {
    kind: "board",
    as_of: { epoch: 1, n: 1, now_ms },
    court: "Tribunal de Justiça de Mato Grosso",
    units,
    waiting: sum((unit) => unit.waiting),
    attending: sum((unit) => unit.attendants.length),
    in_call: sum((unit) => unit.in_call),
    served_today: sum((unit) => unit.served_today),
    left_today: sum((unit) => unit.left_today),
    refused_today: sum((unit) => unit.refused_today),
    floods: [],
    pool: { free: 2, helping: 1 },
  };
}

const STEPS = [
  "Chame e leia o pedido",
  "Em Mais, Convidar outra pessoa, Por um convite: Intérprete de Libras",
  "Copie o endereço, cole no Texto e espere a intérprete entrar",
  "Encerre e conclua",
];

/** The third of four situations, half done. */
export const PRACTICE_ON: PracticeCard = {
  phase: "on",
  situation: "interpreter",
  attempt: 1,
  number: 3,
  of: 4,
  title: "Intérprete de Libras",
  told: "A pessoa é surda e pede que a intérprete dela entre. Ela passa o convite adiante quando você o escreve no Texto.",
  steps: STEPS.map((text, index) => ({ text, done: index < 2 })),
  grade: null,
  feedback: null,
  results: [
    {
      situation: "plain",
      title: "Uma visita comum",
      grade: "well",
      feedback: "Chamado, conversa, resultado: tudo na ordem.",
    },
    {
      situation: "other_unit",
      title: "O assunto é de outra unidade",
      grade: "remark",
      feedback: "Você encaminhou, mas a unidade certa era a 2ª Vara de Família. Confirme o assunto antes.",
    },
    { situation: "interpreter", title: "Intérprete de Libras", grade: null, feedback: null },
    { situation: "moment", title: "Um momento para consultar", grade: null, feedback: null },
  ],
};

export const PRACTICE_READY: PracticeCard = {
  ...PRACTICE_ON,
  phase: "ready",
  situation: null,
  attempt: 0,
  number: 0,
  title: "Treino",
  told: "São situações de balcão, uma de cada vez, com pessoas simuladas. Nada daqui conta para o tribunal.",
  steps: [],
  results: PRACTICE_ON.results.map((result) => ({ ...result, grade: null, feedback: null })),
};

export const PRACTICE_JUDGED: PracticeCard = {
  ...PRACTICE_ON,
  phase: "judged",
  grade: "remark",
  feedback: "A intérprete entrou como acompanhante. Escolha Intérprete de Libras: todos leem quem é quem.",
};

export const PRACTICE_OVER: PracticeCard = {
  ...PRACTICE_ON,
  phase: "over",
  situation: null,
  number: 0,
  title: "Fim do treino",
  told: "Vale praticar de novo o que está marcado abaixo.",
  steps: [],
  results: [
    ...PRACTICE_ON.results.slice(0, 2),
    {
      situation: "interpreter",
      title: "Intérprete de Libras",
      grade: "missed",
      feedback:
        "A pessoa ficou sem intérprete. Em Mais, Convidar outra pessoa dá um endereço que vale uma vez.",
    },
    {
      situation: "moment",
      title: "Um momento para consultar",
      grade: "skipped",
      feedback: "Ficou para depois.",
    },
  ],
};
