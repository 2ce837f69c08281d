import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { CallModel } from "~/call/call";
import { MediaModel } from "~/call/media";
import { TestLog } from "~/call/testing/log";
import type { Checking, Phase } from "~/models/check";
import type { Found } from "~/models/found";
import type { Drawer } from "~/models/drawer";
import { FakeConnection } from "~/models/fake_connection";
import { NOON_MS } from "~/models/fixtures";
import { BringingModel, type HandoverRequests, TakingModel } from "~/models/handover";
import { VisitModel } from "~/models/visit";
import {
  ANA,
  CALL,
  called,
  CHAPADA,
  CIVEL,
  END,
  FAMILIA,
  FULL,
  metOf,
  RECEIPT,
  RING,
  RONDONOPOLIS,
  SINOP,
  ticketView,
} from "~/models/visit_fixtures";
import type {
  CallView,
  Code,
  HandoverCode,
  Media,
  MediaState,
  PublicUnit,
  RingView,
  TicketBody,
  TicketState,
} from "~/protocol/types";
import { page } from "~/states/frame";
import { NO_ANSWER, type Reply } from "~/transport";
import { type Browser, lookAt } from "~/visitor/browser";
import { BrowserNotice } from "~/visitor/browser_notice";
import { CheckDialog } from "~/visitor/check";
import { Continue } from "~/visitor/continue";
import { PracticeBand } from "~/components/practice_band";
import { Home } from "~/visitor/home";
import { NotMeDialog } from "~/visitor/not_me";
import { ReceiptSheet } from "~/visitor/receipt";
import type { Fresh } from "~/visitor/refreshed";
import { TakeDialog } from "~/visitor/take";
import { Arrival } from "~/visitor/unit";
import { visitOf } from "~/visitor/visit";
import {
  broken,
  type Coming,
  COMPANION,
  company,
  INTERPRETER,
  pressWhenThere,
  QUIET,
  so,
  whenThere,
  write,
} from "~/states/company";
import { devices, somebody } from "~/states/devices";
import "~/visitor/visitor.css";

/** A drawer that forgets: each state begins as the first visit. */
const drawerOf = (kept: Readonly<Record<string, string>> = {}): Drawer => ({
  read: (key) => kept[key] ?? null,
  keep: () => undefined,
  empty: () => undefined,
});

const fresh = <Body,>(reply: Reply<Body> | null): Fresh<Body> => ({
  reply: signal(reply),
  at: signal(NOON_MS),
  fetch: () => Promise.resolve(),
});

const WELL: Found = {
  camera: "on",
  microphone: "on",
  server: true,
  path: "direct",
  udp: true,
  relay: true,
  rttMs: 38,
  loss: 0.003,
  kbitPerS: 1180,
};

/** The check at one moment. */
function checked(phase: Phase): JSX.Element {
  const model: Checking = {
    phase: signal(phase),
    back: signal(phase.is === "seen" ? somebody().captureStream(1) : null),
    media: new MediaModel(devices("silent")),
    start: () => Promise.resolve(),
    stop: () => undefined,
  };
  return beside(<CheckDialog model={model} onClose={() => undefined} />);
}

interface Told {
  readonly media?: { readonly choose: Media; readonly answer: "there" | "refused" | "absent" | "silent" };
  readonly mirror?: boolean;
  /** Who else is in the call, each with a picture. */
  readonly with?: readonly Coming[];
  /** The clerk shows a page in the camera's place. */
  readonly screen?: boolean;
  /** What the clerk says that they send, where nobody has a picture. */
  readonly said?: MediaState;
  readonly after?: (visit: VisitModel, connection: FakeConnection<"/visitor">) => void;
}

const TALKING = { state: "in_call", ahead: null, estimate: null, call: CALL } as const;

const pin: Told["after"] = () => void pressWhenThere('[data-party="guest_1"] [data-testid="pin"]');
/** Once so many others are there. */
const within =
  (others: number, ...happens: readonly ((call: CallModel) => void)[]): Told["after"] =>
  (model) =>
    whenThere(() => model.call.value, others, ...happens);
const says = (call: CallModel): void => write(call, "Boa tarde. Trouxe a certidão.");
const slow = (call: CallModel): void => so(call.main, "quality", "weak");
const soundOnly = (call: CallModel): void => so(call.main, "rung", "audio");

/** A visit as one view shows it. */
function visit(
  ticket: Partial<TicketBody>,
  { media: told, mirror = false, with: others, screen = false, said = QUIET, after: then }: Told = {},
): JSX.Element {
  const connection = new FakeConnection<"/visitor">(NOON_MS);
  const media = new MediaModel(devices(told?.answer ?? "silent"));
  const log = new TestLog();
  log.append(null, { type: "ring", until_ms: NOON_MS, clerk: ANA });
  if (ticket.state !== "called") log.append(null, { type: "go", media: "video" });
  if (others === undefined) log.append("attendant", said);
  else void company(log, ["attendant"], others, screen);
  const model = new VisitModel({
    connection,
    media,
    makeCall: () => new CallModel({ wire: log.wire("visitor"), party: "visitor", call: log.call, media }),
    drawer: drawerOf({ "balcao.visit": "t-1" }),
  });
  connection.show(ticketView(ticket, 1, mirror));
  if (told !== undefined) model.choose(told.choose);
  then?.(model, connection);
  const shown = visitOf(model);
  return page(<shown.Screens visit={shown} onAgain={() => undefined} />);
}

const arrival = (
  reply: Reply<PublicUnit> | null,
  kept: Readonly<Record<string, string>> = {},
): JSX.Element => (
  <Arrival
    slug={CIVEL.slug}
    unit={fresh(reply)}
    drawer={drawerOf(kept)}
    looked
    elsewhere={null}
    open={() => new Promise(() => undefined)}
    visit={null}
    units={fresh({
      ok: true,
      body: { units: [CIVEL, { ...CIVEL, slug: "civel-4", name: "4ª Vara Cível de Cuiabá" }] },
    })}
  />
);

const there = (unit: PublicUnit): Reply<PublicUnit> => ({ ok: true, body: unit });
const writing = { "balcao.writing": CIVEL.slug };
const typed = {
  ...writing,
  "balcao.form": JSON.stringify({
    name: "Maria Aparecida dos Santos Albuquerque de Oliveira",
    role: "lawyer",
    oab: "MT 12345",
    priority: "legal",
    caseNumber: "0000001-44.2021.8.11.0041",
  }),
};

const seen = (changes: Partial<Parameters<typeof lookAt>[0]>): Browser =>
  lookAt({ userAgent: "Chrome", secure: true, has: () => true, touchPoints: 0, ...changes });
const unsupported = (browser: Browser): JSX.Element =>
  page(
    <main class="page">
      <h1 class="title">{CIVEL.name}</h1>
      <BrowserNotice browser={browser} />
    </main>,
  );

const CODE: HandoverCode = {
  link: "https://balcao.tribunal.example/continuar/abc",
  // As much of a drawing as shows its size and its quiet zone.
  qr: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37"><path fill="white" d="M0 0h37v37H0z"/><path stroke="black" d="M4 4.5h7m2 0h3m5 0h4m1 0h7M4 8.5h1m5 0h1m4 0h9m2 0h7M4 20.5h29M4 30.5h7m3 0h8"/></svg>')}`,
  short: "BCDF-GHJK",
  until_ms: NOON_MS + 48_000,
  now_ms: NOON_MS,
};

const requests = (code: Code | null = null): HandoverRequests => ({
  begin: () => Promise.resolve({ ok: true, body: CODE }),
  look: () =>
    Promise.resolve(
      code === null
        ? { ok: true, body: { number: "FA1 128", unit: FAMILIA.slug, name: FAMILIA.name } }
        : { ok: false, code, details: {} },
    ),
  bring: () => Promise.resolve({ ok: false, code: "ticket_exists", details: { ticket: "t-1" } }),
  session: () => Promise.resolve({ ok: true, body: { unit: CIVEL.slug } }),
});

const taking = (until_ms = CODE.until_ms) => ({
  model: new TakingModel(() => NOON_MS, {
    ...requests(),
    begin: () => Promise.resolve({ ok: true, body: { ...CODE, until_ms } }),
  }),
  now: signal(NOON_MS),
  onClose: () => undefined,
});

function bringing(after?: (model: BringingModel) => void, code: Code | null = null): BringingModel {
  const model = new BringingModel(requests(code));
  if (after !== undefined) {
    model.type("BCDF-GHJK");
    after(model);
  }
  return model;
}

const beside = (dialog: JSX.Element): JSX.Element => (
  <>
    {visit({}, { media: READY })}
    {dialog}
  </>
);

const RING_USED: RingView = { ...RING, more_time: false, until_ms: NOON_MS + 100_000 };
const RING_LONG: RingView = {
  ...RING,
  clerk: {
    name: "Maria Auxiliadora Conceição de Albuquerque",
    function: "técnica judiciária",
    unit: FAMILIA.name,
  },
};
const NOTHING = { choose: "video", answer: "absent" } as const;
const READY = { choose: "video", answer: "there" } as const;
const ended = (changes: Partial<TicketBody>): Partial<TicketBody> => ({
  ahead: null,
  estimate: null,
  end: END,
  ...changes,
});

const apart = (state: TicketState, changes: Partial<CallView>): Partial<TicketBody> => ({
  state,
  ahead: null,
  estimate: null,
  call: { ...CALL, ...changes },
});

/** Every state of the visitor's pages. */
export const VISITOR_STATES = {
  home: () =>
    page(
      <Home units={fresh({ ok: true, body: { units: [CIVEL, FAMILIA, SINOP, CHAPADA] } })} holding={null} />,
    ),
  "home-loading": () => page(<Home units={fresh(null)} holding={null} />),
  "home-holding": () =>
    page(<Home units={fresh({ ok: true, body: { units: [CIVEL, FAMILIA] } })} holding={CIVEL.slug} />),
  "home-empty": () => page(<Home units={fresh({ ok: true, body: { units: [] } })} holding={null} />),
  "home-away": () => page(<Home units={fresh(NO_ANSWER)} holding={null} />),

  unit: () => page(arrival(there(CIVEL))),
  "unit-long": () => page(arrival(there(FAMILIA))),
  "unit-unattended": () => page(arrival(there(SINOP))),
  "unit-closed": () => page(arrival(there(CHAPADA))),
  "unit-full": () => page(arrival(there(FULL))),
  "unit-closing": () => page(arrival(there({ ...CIVEL, closing: true }))),
  "unit-suspended": () => page(arrival(there(RONDONOPOLIS))),
  "unit-unknown": () => page(arrival({ ok: false, code: "unit_unknown", details: {} })),
  "unit-away": () => page(arrival(NO_ANSWER)),
  form: () => page(arrival(there(CIVEL), writing)),
  "form-typed": () => page(arrival(there(CIVEL), typed)),
  "unsupported-app": () => unsupported(seen({ userAgent: "Android Instagram" })),
  "unsupported-insecure": () => unsupported(seen({ secure: false })),
  "unsupported-video": () => unsupported(seen({ has: (name) => name !== "RTCPeerConnection" })),
  "unsupported-old": () => unsupported(seen({ has: () => false })),

  waiting: () => visit({}, { media: READY }),
  "waiting-first": () => visit({ ahead: 0, estimate: { low_min: 0, high_min: 5 } }),
  "waiting-long": () =>
    visit({ unit: FAMILIA, number: "FA1 128", ahead: 18, estimate: { low_min: 60, high_min: 100 } }),
  "waiting-asking": () => visit({}, { media: { choose: "video", answer: "silent" } }),
  "waiting-refused": () => visit({}, { media: { choose: "video", answer: "refused" } }),
  "waiting-absent": () => visit({}, { media: { choose: "video", answer: "absent" } }),
  "waiting-audio": () => visit({}, { media: { choose: "audio", answer: "there" } }),
  "waiting-text": () => visit({}, { media: { choose: "text", answer: "there" } }),
  "waiting-unattended": () =>
    visit({ unit: SINOP, number: "SN2 002", ahead: 1, estimate: null }, { media: READY }),
  "waiting-no-estimate": () => visit({ estimate: null }, { media: READY }),
  "waiting-priority": () => visit({ ahead: 3, worsening: "priority_entered" }, { media: READY }),
  "waiting-order": () => visit({ ahead: 3, worsening: "order" }, { media: READY }),
  "waiting-slower": () =>
    visit({ worsening: "slower", estimate: { low_min: 20, high_min: 35 } }, { media: READY }),
  "waiting-missed": () => visit({ tries: 1, returned: metOf("not_entered") }, { media: READY }),
  "waiting-near": () => visit({ ahead: 2, near: true }, { media: READY }),
  "waiting-recovered": () => visit({ returned: metOf("lost_back"), near: true }, { media: READY }),
  "waiting-closed": () => visit({ unit: { ...CIVEL, open: false, until: null } }, { media: READY }),
  "waiting-suspended": () => visit({ unit: RONDONOPOLIS, number: "JRO 007", near: true }, { media: READY }),
  "waiting-head-start": () => visit({ head_start: true, ahead: 0 }, { media: READY }),
  "waiting-offline": () =>
    visit({}, { media: READY, after: (_, connection) => (connection.status.value = "offline") }),
  "waiting-refused-page": () =>
    visit({}, { media: READY, after: (_, connection) => (connection.status.value = "refused") }),
  "waiting-take": () => beside(<TakeDialog {...taking()} />),
  "waiting-take-over": () => beside(<TakeDialog {...taking(NOON_MS)} />),
  "check-rest": () => checked({ is: "rest" }),
  "check-asking": () => checked({ is: "asking" }),
  "check-waiting": () => checked({ is: "waiting", ahead: 2 }),
  "check-seen": () => checked({ is: "seen", left: 7 }),
  "check-well": () => checked({ is: "found", found: WELL }),
  "check-poor": () =>
    checked({
      is: "found",
      found: { ...WELL, path: "relay", udp: false, rttMs: 640, loss: 0.12, kbitPerS: 80 },
    }),
  "check-no-line": () =>
    checked({
      is: "found",
      found: {
        camera: "refused",
        microphone: "absent",
        server: false,
        path: "none",
        udp: false,
        relay: false,
        rttMs: null,
        loss: null,
        kbitPerS: null,
      },
    }),
  "check-no-relay": () => checked({ is: "found", found: { ...WELL, relay: false } }),
  "check-refused": () => checked({ is: "refused", code: "too_many_attempts" }),
  "waiting-not-me": () => beside(<NotMeDialog onForgotten={() => undefined} onClose={() => undefined} />),
  moved: () => visit({}, { after: (_, connection) => (connection.farewell.value = "moved") }),
  "moved-forgotten": () => visit({}, { after: (_, connection) => (connection.farewell.value = "forgotten") }),
  continue: () => page(<Continue model={bringing()} />),
  "continue-found": () => page(<Continue model={bringing((model) => void model.look())} />),
  "continue-unknown": () =>
    page(<Continue model={bringing((model) => void model.look(), "handover_unknown")} />),
  "continue-own": () =>
    page(<Continue model={bringing((model) => void model.look().then(() => model.bring()))} />),
  mirror: () => visit({}, { mirror: true }),
  "mirror-called": () => visit(called(), { mirror: true }),
  "mirror-in-call": () =>
    visit({ state: "in_call", ahead: null, estimate: null, call: CALL }, { mirror: true }),

  called: () => visit(called(), { media: READY }),
  "called-text": () => visit(called(), { media: { choose: "text", answer: "there" } }),
  "called-used": () => visit(called({ ring: RING_USED }), { media: READY }),
  "called-practice": () => (
    <>
      <PracticeBand on />
      {visit(called(), { media: READY })}
    </>
  ),
  "called-long": () => visit(called({ unit: FAMILIA, ring: RING_LONG, number: "FA1 128" }), { media: READY }),
  "in-call": () => visit(TALKING, { media: READY }),

  "in-call-sound": () => visit(TALKING, { media: READY, said: { ...QUIET, weak: true } }),
  "in-call-sound-text": () =>
    visit(TALKING, { media: READY, said: { ...QUIET, weak: true }, after: within(1, says) }),
  "in-call-no-device": () => visit(TALKING, { media: NOTHING, said: { ...QUIET, microphone: false } }),
  "in-call-2": () => visit(TALKING, { media: READY, with: [] }),
  "in-call-2-text": () => visit(TALKING, { media: READY, with: [], after: within(1, says) }),
  "in-call-2-text-slow": () => visit(TALKING, { media: READY, with: [], after: within(1, says, slow) }),
  "in-call-2-broken": () => visit(TALKING, { media: READY, with: [], after: within(1, broken) }),
  "in-call-2-sound-only": () => visit(TALKING, { media: READY, with: [], after: within(1, soundOnly) }),
  "in-call-2-screen": () => visit(TALKING, { media: READY, with: [], screen: true }),
  "in-call-2-screen-text": () =>
    visit(TALKING, { media: READY, with: [], screen: true, after: within(1, says) }),
  "in-call-3": () => visit(TALKING, { media: READY, with: [INTERPRETER] }),
  "in-call-3-pinned": () => visit(TALKING, { media: READY, with: [INTERPRETER], after: pin }),
  "in-call-3-slow": () => visit(TALKING, { media: READY, with: [INTERPRETER], after: within(2, slow) }),
  "in-call-3-text": () => visit(TALKING, { media: READY, with: [INTERPRETER], after: within(2, says) }),
  "in-call-3-text-slow": () =>
    visit(TALKING, { media: READY, with: [INTERPRETER], after: within(2, says, slow) }),
  "in-call-3-broken": () => visit(TALKING, { media: READY, with: [INTERPRETER], after: within(2, broken) }),
  "in-call-3-screen": () => visit(TALKING, { media: READY, with: [INTERPRETER], screen: true }),
  "in-call-4": () => visit(TALKING, { media: READY, with: [INTERPRETER, COMPANION] }),
  "in-call-4-pinned": () => visit(TALKING, { media: READY, with: [INTERPRETER, COMPANION], after: pin }),
  "in-call-4-text": () =>
    visit(TALKING, { media: READY, with: [INTERPRETER, COMPANION], after: within(3, says) }),
  "in-call-4-text-slow": () =>
    visit(TALKING, { media: READY, with: [INTERPRETER, COMPANION], after: within(3, says, slow) }),
  "in-call-4-sound-only": () =>
    visit(TALKING, { media: READY, with: [INTERPRETER, COMPANION], after: within(3, soundOnly) }),
  "in-call-hold": () => visit(apart("on_hold", { until_ms: NOON_MS + 900_000 }), { media: READY }),
  "in-call-clerk-gone": () =>
    visit(apart("interrupted", { gone: "attendant", until_ms: NOON_MS + 60_000 }), { media: READY }),
  "in-call-gone": () =>
    visit(apart("interrupted", { gone: "both", until_ms: NOON_MS + 300_000 }), { media: READY }),
  "waiting-fetching": () =>
    visit(
      { fetch_until_ms: NOON_MS + 1_800_000, returned: metOf("sent_back", "document") },
      { media: READY },
    ),
  "waiting-sent-back": () => visit({ returned: metOf("sent_back", "document") }, { media: READY }),
  "waiting-first-again": () => visit({ ahead: 0, returned: metOf("attendant_gone") }, { media: READY }),
  "waiting-transferred": () =>
    visit({ unit: FAMILIA, number: "FA1 031", returned: metOf("transferred", CIVEL.slug) }, { media: READY }),
  "waiting-tier": () => visit({ tier_corrected: "mistaken" }, { media: READY }),

  "ended-served": () => visit(ended({ state: "served" })),
  "ended-served-now": () => visit(ended({ state: "served", end: { ...END, outcome: null } })),
  "ended-left": () => visit(ended({ state: "left", end: { ...END, outcome: null, clerk: null } })),
  "ended-lost": () => visit(ended({ state: "lost", end: { ...END, outcome: null, clerk: null } })),
  "ended-no-show": () => visit(ended({ state: "no_show", end: { ...END, outcome: null, clerk: null } })),
  "ended-no-show-back": () =>
    visit(
      ended({
        state: "no_show",
        end: { ...END, outcome: null, clerk: null, back_until_ms: NOON_MS + 56 * 60_000 },
      }),
    ),
  "ended-closed": () =>
    visit(
      ended({
        state: "closed",
        unit: CHAPADA,
        end: { ...END, outcome: null, clerk: null, head_start_until_ms: NOON_MS + 28 * 60 * 60_000 },
      }),
    ),
  "ended-removed": () =>
    visit(
      ended({
        state: "removed",
        end: { ...END, outcome: null, clerk: null, reason: "duplicate" },
      }),
    ),
  "ended-transferred": () =>
    visit(ended({ state: "transferred", end: { ...END, outcome: null, clerk: null } })),

  receipt: () => page(<ReceiptSheet receipt={fresh({ ok: true, body: RECEIPT })} />),
  "receipt-unknown": () =>
    page(<ReceiptSheet receipt={fresh({ ok: false, code: "receipt_unknown", details: {} })} />),
} as const;
