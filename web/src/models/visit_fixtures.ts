/** A visitor's views as the server sends them, for tests and for the gallery of states. */

import { NOON_MS } from "~/models/fixtures";
import type {
  CallView,
  Cause,
  Clerk,
  EndView,
  Met,
  PublicUnit,
  Receipt,
  RingView,
  TicketBody,
  TicketView,
} from "~/protocol/types";

const MINUTE_MS = 60_000;

export const CIVEL: PublicUnit = {
  slug: "civel-1-cuiaba",
  name: "1ª Vara Cível de Cuiabá",
  comarca: "Cuiabá",
  letters: "CV1",
  open: true,
  until: "2026-11-23T18:00:00-04:00",
  opens_at: null,
  closed_reason: null,
  waiting: 3,
  attending: 2,
  estimate: { low_min: 10, high_min: 20 },
  suspended: null,
  full: false,
  closing: false,
  contact: { phone: "(65) 3648-6000", email: "civel1.cuiaba@tribunal.example" },
  zone: "America/Cuiaba",
};

/** As long as real names get. */
export const FAMILIA: PublicUnit = {
  ...CIVEL,
  slug: "familia-varzea-grande",
  name: "1ª Vara Especializada de Família e Sucessões e de Direitos da Pessoa Idosa de Várzea Grande",
  comarca: "Várzea Grande",
  letters: "FA1",
  contact: { phone: "(65) 3688-8400", email: "familia.sucessoes.varzeagrande@tribunal.example" },
};

/** Closed by its own calendar; opens tomorrow, Tuesday. */
export const CHAPADA: PublicUnit = {
  ...CIVEL,
  slug: "unica-chapada",
  name: "Vara Única de Chapada dos Guimarães",
  comarca: "Chapada dos Guimarães",
  letters: "CHG",
  open: false,
  until: null,
  opens_at: "2026-11-24T12:00:00-04:00",
  closed_reason: "Feriado municipal",
  waiting: 0,
  attending: 0,
  estimate: null,
};

/** Open, and nobody there. */
export const SINOP: PublicUnit = {
  ...CIVEL,
  slug: "civel-2-sinop",
  name: "2ª Vara Cível de Sinop",
  comarca: "Sinop",
  letters: "SN2",
  waiting: 1,
  attending: 0,
  estimate: null,
};

/** Open, and as many wait as fit in line. */
export const FULL: PublicUnit = {
  ...CIVEL,
  slug: "civel-3-cuiaba",
  name: "3ª Vara Cível de Cuiabá",
  letters: "CV3",
  waiting: 200,
  estimate: { low_min: 120, high_min: 180 },
  full: true,
};

/** Open by its hours; staff have stopped new tickets. */
export const RONDONOPOLIS: PublicUnit = {
  ...CIVEL,
  slug: "juizado-rondonopolis",
  name: "Juizado Especial de Rondonópolis",
  comarca: "Rondonópolis",
  letters: "JRO",
  suspended: {
    message: "O sistema do fórum está fora do ar desde as 13h.",
    alternative: "Para audiência de hoje, ligue para a secretaria.",
    until: "2026-11-23T15:30:00-04:00",
  },
};

export const ANA: Clerk = { name: "Ana Souza", function: "analista", unit: CIVEL.name };

export const RING: RingView = { call: "call-1", until_ms: NOON_MS + 48_000, more_time: true, clerk: ANA };
export const CALL: CallView = {
  call: "call-1",
  started_ms: NOON_MS,
  clerk: ANA,
  gone: null,
  until_ms: null,
  media: "video",
};
export const END: EndView = {
  at_ms: NOON_MS + 41 * MINUTE_MS,
  outcome: "informed",
  reason: null,
  clerk: ANA,
  protocol: "2026-0412-7",
  receipt: "48XF-YB0F-83JQ",
  head_start_until_ms: null,
  back_until_ms: null,
};

export const metOf = (cause: Cause, detail: string | null = null): Met => ({ at_ms: NOON_MS, cause, detail });

export function ticketOf(changes: Partial<TicketBody> = {}): TicketBody {
  return {
    id: "t-1",
    rev: 4,
    number: "CV1 014",
    unit: CIVEL,
    state: "waiting",
    tier: 3,
    name: "Maria Aparecida",
    joined_ms: NOON_MS + 2 * MINUTE_MS,
    present: true,
    ahead: 2,
    original_ahead: 5,
    near: false,
    head_start: false,
    kept_s: 900,
    estimate: { low_min: 10, high_min: 20 },
    worsening: null,
    tries: 0,
    returned: null,
    fetch_until_ms: null,
    tier_corrected: null,
    ring: null,
    call: null,
    end: null,
    ...changes,
  };
}

export function ticketView(ticket: Partial<TicketBody> | null = {}, n = 1, mirror = false): TicketView {
  return {
    kind: "ticket",
    as_of: { epoch: 1, n, now_ms: NOON_MS },
    mirror,
    ticket: ticket === null ? null : ticketOf(ticket),
  };
}

export const called = (changes: Partial<TicketBody> = {}): Partial<TicketBody> => ({
  state: "called",
  ahead: null,
  estimate: null,
  ring: RING,
  ...changes,
});

export const RECEIPT: Receipt = {
  code: END.receipt,
  protocol: END.protocol,
  unit: CIVEL.name,
  comarca: CIVEL.comarca,
  number: "CV1 014",
  state: "served",
  outcome: "informed",
  joined_ms: NOON_MS,
  called_ms: NOON_MS + 17 * MINUTE_MS,
  entered_ms: NOON_MS + 18 * MINUTE_MS,
  ended_ms: NOON_MS + 41 * MINUTE_MS,
  original_position: 6,
  position: 1,
  announced_low_min: 10,
  announced_high_min: 20,
  clerk: "Ana Souza",
  zone: "America/Cuiaba",
  signature: "3q2+7w==",
  signed: '{"code":"48XF-YB0F-83JQ","number":"CV1 014"}',
  public_key: "3q2+7w==",
};
