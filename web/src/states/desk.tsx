import { Bell } from "~/attendant/bell";
import { Desk } from "~/attendant/desk";
import { PauseDialog, SettingsDialog } from "~/attendant/dialogs";
import { OutOfOrderDialog } from "~/attendant/out_of_order";
import { TransferDialog } from "~/attendant/transfer";
import { CallModel } from "~/call/call";
import { MediaModel } from "~/call/media";
import { TestLog } from "~/call/testing/log";
import { SuspendDialog } from "~/components/suspend";
import { SignIn } from "~/components/sign_in";
import { staffWords } from "~/i18n/staff";
import { DeskModel } from "~/models/desk";
import { FakeLink } from "~/models/fake_link";
import {
  DESK_UNITS,
  deskView,
  lineOf,
  MARIA,
  NOON_MS,
  PRACTICE_JUDGED,
  PRACTICE_ON,
  PRACTICE_OVER,
  PRACTICE_READY,
} from "~/models/fixtures";
import { PracticeModel } from "~/models/practice";
import { PracticeBand } from "~/components/practice_band";
import { CHAPADA, FAMILIA, SINOP } from "~/models/visit_fixtures";
import { StaffModel, type StaffSession, type Why } from "~/models/staff";
import {
  broken,
  COLLEAGUE,
  type Coming,
  COMPANION,
  company,
  INTERPRETER,
  pressWhenThere,
  QUIET,
  showScreen,
  so,
  whenThere,
  write,
} from "~/states/company";
import type {
  AskedIn,
  AskedView,
  DeskCall,
  DeskView,
  EndOfCall,
  Gone,
  GuestCall,
  Person,
  PracticeCard,
  Refused,
} from "~/protocol/types";
import { type LinkStatus, NO_ANSWER, type Unanswered } from "~/transport";

const MINUTE_MS = 60_000;

/** A call that Ana rings for. */
function ring(): TestLog {
  const rung = new TestLog();
  rung.append(null, {
    type: "ring",
    until_ms: NOON_MS,
    clerk: { name: "Ana Souza", function: "analista", unit: "1ª Vara Cível de Cuiabá" },
  });
  return rung;
}

/** A call that Ana is in. */
function talk(): TestLog {
  const begun = ring();
  begun.append(null, { type: "go", media: "video" });
  return begun;
}

const log = talk();
log.append("visitor", QUIET);

const callOf = (changes: Partial<DeskCall> = {}): DeskCall => ({
  call: log.call,
  state: "ringing",
  gone: null,
  until_ms: NOON_MS + 48_000,
  seen: false,
  started_ms: null,
  end: null,
  guests: [],
  invited_until_ms: null,
  asked: null,
  colleagues: [],
  ...changes,
});

const ringing = (seen: boolean, changes: Partial<DeskView> = {}): DeskView =>
  deskView(18, { activity: "calling", person: MARIA, call: callOf({ seen }), ...changes });

const talking = (changes: Partial<DeskView> = {}): DeskView =>
  deskView(18, {
    activity: "in_call",
    person: { ...MARIA, tries: 1 },
    call: callOf({ state: "active", until_ms: null, started_ms: NOON_MS }),
    ...changes,
  });

const wrapUp = (end: EndOfCall): DeskView =>
  deskView(18, {
    activity: "wrap_up",
    person: MARIA,
    call: callOf({ state: "ended", until_ms: null, end }),
    wrap_until_ms: NOON_MS + 25_000,
    wrap_extendable: true,
  });

const gone = (who: Gone): DeskView =>
  talking({ call: callOf({ state: "interrupted", gone: who, until_ms: NOON_MS + 4 * MINUTE_MS }) });

/** Everything that a person may have met. */
const WITH_A_PAST: Person = {
  ...MARIA,
  tries: 1,
  hops: 1,
  note: "Trará a certidão de nascimento do filho; o processo é o de 2019.",
  check: {
    at_ms: NOON_MS - 12 * MINUTE_MS,
    found: {
      camera: false,
      microphone: true,
      path: "relay",
      round_trip_ms: 430,
      lost_percent: 7,
      kbit_per_s: 90,
      udp: false,
      relay: true,
    },
  },
  history: (["not_entered", "attendant_gone", "sent_back", "transferred"] as const).map((cause, index) => ({
    at_ms: NOON_MS - index * MINUTE_MS,
    cause,
    detail: null,
  })),
};

const ASKS: AskedIn = {
  call: log.call,
  kind: "colleague",
  number: "CV1 014",
  clerk: {
    name: "Maria Aparecida dos Santos Albuquerque",
    function: "analista judiciária",
    unit: "1ª Vara Cível de Cuiabá",
  },
  until_ms: NOON_MS + 24_000,
};
const COLLEAGUES: DeskCall["colleagues"] = [
  { id: "bruno", name: "Bruno Ferreira de Albuquerque Cavalcanti", status: "available" },
  { id: "carla", name: "Carla Dias", status: "paused" },
];

/** In the call, with what is known of who was asked in. */
const inviting = (changes: Partial<DeskCall>): DeskView =>
  talking({ call: callOf({ state: "active", until_ms: null, started_ms: NOON_MS, ...changes }) });
const asking = (answer: AskedView["answer"]): DeskView =>
  inviting({
    asked: {
      kind: "colleague",
      name: "Bruno Ferreira de Albuquerque Cavalcanti",
      until_ms: answer === null ? NOON_MS + 24_000 : null,
      answer,
    },
  });

/** In somebody else's call. */
const helping = (changes: Partial<GuestCall> = {}): DeskView =>
  deskView(18, {
    activity: "helping",
    helping: {
      me: COLLEAGUE,
      number: "CV1 014",
      call: {
        call: log.call,
        state: "active",
        gone: null,
        until_ms: null,
        started_ms: NOON_MS,
        end: null,
        clerk: ASKS.clerk,
        ...changes,
      },
    },
  });

interface Told {
  /** Buttons pressed one after the other, by their test ids. */
  readonly press?: readonly string[];
  readonly status?: LinkStatus;
  /** Who else is in the call, each with a picture. */
  readonly with?: readonly Coming[];
  /** Where the practice stands, if it is one. */
  readonly practice?: PracticeCard;
  /** What the person has done on this page. */
  readonly after?: (desk: DeskModel<CallModel>, link: FakeLink<"/attendant">) => void;
}

/** The desk as one view shows it. */
function shown(
  view: DeskView | null,
  { status = "online", after, practice, press = [], with: others }: Told = {},
) {
  const said = view?.activity === "calling" ? ring() : others === undefined ? log : talk();
  if (others !== undefined) void company(said, [view?.helping === null ? "visitor" : "attendant"], others);
  const link = new FakeLink<"/attendant">(NOON_MS);
  const media = new MediaModel();
  const desk = new DeskModel({
    link,
    makeCall: (call, party) => new CallModel({ wire: said.wire(party), party, call, media }),
  });
  if (view !== null) link.show(view);
  after?.(desk, link);
  void pressAll(press);
  return (
    <>
      <PracticeBand on={practice !== undefined} />
      <Desk
        desk={desk}
        media={media}
        bell={new Bell()}
        status={status}
        practice={practice === undefined ? null : practiceOf(practice)}
        onRetry={() => undefined}
        onSignOut={() => undefined}
      />
    </>
  );
}

function practiceOf(card: PracticeCard): PracticeModel {
  const told = () => Promise.resolve({ ok: true, body: card } as const);
  return new PracticeModel(() => "pt", { read: told, ask: told });
}

async function pressAll(buttons: readonly string[]): Promise<void> {
  for (const button of buttons) {
    // As drawn, one after the other: a dialog's buttons are there when it is.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    document.querySelector<HTMLButtonElement>(`[data-testid="${button}"]`)?.click();
  }
}

/** Once so many others are there. */
const within =
  (others: number, ...happens: readonly ((call: CallModel) => void)[]): Told["after"] =>
  (desk) =>
    whenThere(() => desk.call.value?.model ?? null, others, ...happens);
const asks = (call: CallModel): void => write(call, "Bom dia. Qual é o número do processo?");

const missed =
  (reason: EndOfCall, tries = 0): Told["after"] =>
  (_, link) => {
    link.show(ringing(true, { person: { ...MARIA, tries } }));
    link.show(deskView(18, { call: callOf({ state: "ended", end: reason }) }));
  };

function signIn(refused: Refused | Unanswered | null, why: Why = null) {
  const session: StaffSession = {
    read: () => Promise.resolve(refused ?? NO_ANSWER),
    start: () => Promise.resolve(refused ?? NO_ANSWER),
    end: () => Promise.resolve(NO_ANSWER),
  };
  const staff = new StaffModel("attendant", session);
  staff.leave(why);
  if (refused !== null) {
    staff.typeLogin("ana");
    void staff.signIn("wrong");
  }
  return <SignIn staff={staff} title={staffWords.value.attendant} />;
}

/** Every state of the attendant's page. */
export const DESK_STATES = {
  "sign-in": () => signIn(null),
  "sign-in-wrong": () => signIn({ ok: false, code: "sign_in_wrong", details: {} }),
  "sign-in-too-many": () => signIn({ ok: false, code: "too_many_attempts", details: { retry_s: 290 } }),
  "sign-in-no-answer": () => signIn(NO_ANSWER),
  "signed-out": () => signIn(null, "signed_out"),
  "desk-opening": () => shown(null),
  "desk-opening-offline": () => shown(null, { status: "offline" }),
  "desk-choose": () => shown(deskView(19, { status: "offline" })),
  "desk-no-units": () => shown(deskView(0, { status: "offline", units: [] })),
  "desk-ready": () => shown(deskView(19, { away: 2 })),
  "desk-ready-long": () =>
    shown(deskView(50, { waiting: 73, name: "Maria Aparecida dos Santos Albuquerque" })),
  "desk-empty": () => shown(deskView(0)),
  "desk-closed": () => shown(deskView(0, { units: DESK_UNITS.filter((unit) => !unit.open) })),
  "desk-missed": () => shown(deskView(19), { after: missed("not_entered") }),
  "desk-no-show": () => shown(deskView(19), { after: missed("not_entered", 2) }),
  "desk-ringing": () => shown(ringing(false)),
  "desk-ringing-seen": () => shown(ringing(true)),
  "desk-call": () => shown(talking()),
  "desk-call-2": () => shown(talking(), { with: [] }),
  "desk-call-2-text": () => shown(talking(), { with: [], after: within(1, asks) }),
  "desk-call-2-broken": () => shown(talking(), { with: [], after: within(1, broken) }),
  "desk-call-2-screen": () =>
    shown(talking(), { with: [], after: within(1, (call) => void showScreen(call)) }),
  "desk-call-3-text-slow": () =>
    shown(talking(), {
      with: [INTERPRETER],
      after: within(2, asks, (call) => so(call.main, "quality", "weak")),
    }),
  "desk-call-3": () => shown(talking(), { with: [INTERPRETER] }),
  "desk-call-3-pinned": () =>
    shown(talking(), {
      with: [INTERPRETER],
      after: () => void pressWhenThere('[data-party="guest_1"] [data-testid="pin"]'),
    }),
  "desk-call-4": () => shown(talking(), { with: [INTERPRETER, COMPANION] }),
  "desk-asked": () => shown(deskView(19, { asked: ASKS })),
  "desk-asked-paused": () => shown(deskView(19, { asked: ASKS, status: "paused", pause: "internal" })),
  "desk-libras": () => shown(talking({ person: { ...MARIA, libras: true } })),
  "desk-pause-asked": () => shown(deskView(19, { asked: ASKS }), { press: ["pause"] }),
  "desk-invite": () => shown(inviting({ colleagues: COLLEAGUES }), { press: ["person-more", "invite"] }),
  "desk-invite-nobody": () =>
    shown(inviting({ guests: [INTERPRETER] }), { press: ["person-more", "invite"] }),
  "desk-asking": () => shown(asking(null)),
  "desk-not-coming": () => shown(asking("no_answer")),
  "desk-offered": () =>
    shown(
      talking({
        offered: {
          name: INTERPRETER.name,
          function: "intérprete de Libras",
          until_ms: NOON_MS + 24_000,
        },
      }),
    ),
  "desk-helping": () => shown(helping(), { with: [COLLEAGUE] }),
  "desk-helping-held": () => shown(helping({ state: "on_hold", until_ms: NOON_MS + MINUTE_MS })),
  "desk-helped": () =>
    shown(helping(), {
      after: (_, link) => {
        link.say({
          id: "9-9",
          call: log.call,
          at_ms: NOON_MS,
          sender: null,
          to: null,
          body: { type: "end", by: null, reason: "hung_up" },
        });
        link.show(deskView(19));
      },
    }),
  "desk-call-paused": () => shown(talking({ status: "paused", pause: "lunch" })),
  "desk-call-offline": () => shown(talking(), { status: "offline" }),
  "desk-hold": () =>
    shown(talking({ call: callOf({ state: "on_hold", until_ms: NOON_MS + 14 * MINUTE_MS }) })),
  "desk-gone": () => shown(gone("visitor")),
  "desk-self-gone": () => shown(gone("attendant")),
  "desk-past": () => shown(talking({ person: WITH_A_PAST })),
  "desk-quality": () => shown(talking(), { press: ["quality"] }),
  "desk-more": () => shown(talking(), { press: ["person-more"] }),
  "desk-send-back": () => shown(talking(), { press: ["person-more", "send-back"] }),
  "desk-transfer": () => (
    <>
      {shown(talking())}
      <TransferDialog
        from={MARIA.unit}
        load={() => Promise.resolve({ ok: true, body: { units: [FAMILIA, SINOP, CHAPADA] } })}
        onTransfer={() => undefined}
        onClose={() => undefined}
      />
    </>
  ),
  "desk-tier": () => shown(talking(), { press: ["person-more", "set-tier"] }),
  "desk-remove": () => shown(talking(), { press: ["person-more", "remove"] }),
  "desk-cancel": () => shown(ringing(true), { press: ["cancel-call"] }),
  "desk-wrap-up-transferred": () => shown({ ...wrapUp("transferred"), outcome: "forwarded" }),
  "desk-wrap-up": () => shown(wrapUp("hung_up")),
  "desk-wrap-up-chosen": () => shown(wrapUp("visitor_left"), { after: (desk) => desk.choose("informed") }),
  "desk-paused": () => shown(deskView(19, { status: "paused", pause: "lunch" })),
  "desk-paused-cancelled": () => shown(deskView(19, { status: "paused", pause: "cancelled" })),
  "desk-paused-vanished": () => shown(deskView(19, { status: "paused", pause: "vanished" })),
  "desk-elsewhere": () => shown(deskView(19, { elsewhere: true })),
  "desk-offline": () => shown(deskView(19), { status: "offline" }),
  "desk-pause": () => (
    <>
      {shown(deskView(19))}
      <PauseDialog onPause={() => undefined} onClose={() => undefined} />
    </>
  ),
  "desk-out-of-order": () => (
    <>
      {shown(deskView(19, { line: lineOf(19, NOON_MS, true) }))}
      <OutOfOrderDialog
        line={lineOf(19, NOON_MS, true)}
        units={DESK_UNITS}
        now_ms={NOON_MS}
        onCall={() => undefined}
        onClose={() => undefined}
      />
    </>
  ),
  "desk-settings": () => (
    <>
      {shown(deskView(19))}
      <SettingsDialog
        units={DESK_UNITS}
        free
        bell={new Bell()}
        onSuspend={() => undefined}
        onSave={() => undefined}
        onClose={() => undefined}
      />
    </>
  ),
  "desk-suspended": () =>
    shown(
      deskView(19, {
        units: DESK_UNITS.map((unit, index) =>
          index > 0
            ? unit
            : {
                ...unit,
                suspended: {
                  message: "O sistema do fórum está fora do ar desde as 13h.",
                  alternative: null,
                  until: "2026-11-23T15:30:00-04:00",
                },
              },
        ),
      }),
    ),
  "desk-suspend": () => (
    <>
      {shown(deskView(19))}
      <SuspendDialog
        units={DESK_UNITS}
        now_ms={NOON_MS}
        onSuspend={() => undefined}
        onClose={() => undefined}
      />
    </>
  ),
  "desk-practice": () => shown(deskView(2), { practice: PRACTICE_READY }),
  "desk-practice-on": () => shown(talking({ waiting: 0, line: [] }), { practice: PRACTICE_ON }),
  "desk-practice-judged": () => shown(deskView(0), { practice: PRACTICE_JUDGED }),
  "desk-practice-over": () => shown(deskView(0), { practice: PRACTICE_OVER }),
  "desk-refused": () =>
    shown(deskView(19), {
      after: (desk, link) => {
        link.answer = () => ({ ok: false, code: "no_answer", details: {} });
        void desk.resume();
      },
    }),
} as const;
