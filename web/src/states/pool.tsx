import type { JSX } from "preact";
import { Bell } from "~/attendant/bell";
import { CallModel } from "~/call/call";
import { MediaModel } from "~/call/media";
import { TestLog } from "~/call/testing/log";
import { SignIn } from "~/components/sign_in";
import { staffWords } from "~/i18n/staff";
import { Pool } from "~/interpreter/pool";
import { FakeLink } from "~/models/fake_link";
import { NOON_MS } from "~/models/fixtures";
import { InterpreterModel } from "~/models/interpreter";
import { StaffModel } from "~/models/staff";
import { company, INTERPRETER, pressWhenThere } from "~/states/company";
import type { AskedIn, GuestCall, InterpreterView } from "~/protocol/types";
import { type LinkStatus, NO_ANSWER } from "~/transport";

const CLERK = {
  name: "Maria Aparecida dos Santos Albuquerque",
  function: "analista judiciária",
  unit: "2ª Vara de Família e Sucessões de Cuiabá",
};
const ASKS: AskedIn = {
  call: "call-1",
  kind: "interpreter",
  number: "FA2 014",
  clerk: CLERK,
  until_ms: NOON_MS + 24_000,
};

const UNITS: InterpreterView["units"] = [
  { slug: "2-vara-familia-cuiaba", name: CLERK.unit, calls: 2 },
  { slug: "1-vara-civel-cuiaba", name: "1ª Vara Cível de Cuiabá", calls: 1 },
];

interface Told {
  readonly status?: LinkStatus;
  readonly after?: (model: InterpreterModel<CallModel>, link: FakeLink<"/interpreter">) => void;
}

/** The page as one view shows it; null: none has come. */
function shown(
  changes: Partial<InterpreterView> | null,
  { status = "online", after }: Told = {},
): JSX.Element {
  const log = new TestLog();
  log.append(null, { type: "ring", until_ms: NOON_MS, clerk: CLERK });
  log.append(null, { type: "go", media: "video" });
  const helping = changes?.helping ?? null;
  if (helping?.call.state === "active") void company(log, ["visitor", "attendant"], []);
  log.append(null, { type: "came", ...INTERPRETER });
  const link = new FakeLink<"/interpreter">(NOON_MS);
  const media = new MediaModel();
  const model = new InterpreterModel<CallModel>({
    link,
    makeCall: (call, party) => new CallModel({ wire: log.wire(party), party, call, media }),
  });
  if (changes !== null) {
    link.show({
      kind: "interpreter",
      as_of: { epoch: 1, n: 1, now_ms: NOON_MS },
      elsewhere: false,
      name: INTERPRETER.name,
      function: "intérprete de Libras",
      status: "available",
      pause: null,
      activity: "idle",
      since_ms: NOON_MS - 20 * 60_000,
      asked: null,
      helping: null,
      units: UNITS,
      offer: null,
      ...changes,
    });
  }
  after?.(model, link);
  return (
    <Pool
      model={model}
      media={media}
      bell={new Bell()}
      status={status}
      onRetry={() => undefined}
      onSignOut={() => undefined}
    />
  );
}

const helping = (call: Partial<GuestCall> = {}, told: Told = {}): JSX.Element =>
  shown(
    {
      activity: "helping",
      helping: {
        me: INTERPRETER,
        number: "FA2 014",
        call: {
          call: "call-1",
          state: "active",
          gone: null,
          until_ms: null,
          started_ms: NOON_MS,
          end: null,
          clerk: CLERK,
          ...call,
        },
      },
    },
    told,
  );

function signIn(): JSX.Element {
  const staff = new StaffModel("interpreter", {
    read: () => Promise.resolve(NO_ANSWER),
    start: () => Promise.resolve(NO_ANSWER),
    end: () => Promise.resolve(NO_ANSWER),
  });
  staff.leave(null);
  return <SignIn staff={staff} title={staffWords.value.interpreter} />;
}

/** Every state of the interpreters' page. */
export const POOL_STATES = {
  "pool-sign-in": () => signIn(),
  "pool-opening": () => shown(null),
  "pool-opening-offline": () => shown(null, { status: "offline" }),
  "pool-begin": () => shown({ status: "paused" }),
  "pool-ready": () => shown({}),
  "pool-no-units": () => shown({ units: [] }),
  "pool-offering": () => shown({ offer: { unit: CLERK.unit, until_ms: NOON_MS + 24_000, answer: null } }),
  "pool-not-needed": () => shown({ offer: { unit: CLERK.unit, until_ms: null, answer: "declined" } }),
  "pool-paused": () => shown({ status: "paused", pause: "lunch" }),
  "pool-asked": () => shown({ asked: ASKS }),
  "pool-asked-pausing": () => {
    void pressWhenThere('[data-testid="pause"]');
    return shown({ asked: ASKS });
  },
  "pool-in-call": () => helping(),
  "pool-in-call-offline": () => helping({}, { status: "offline" }),
  "pool-held": () => helping({ state: "on_hold", until_ms: NOON_MS + 60_000 }),
  "pool-elsewhere": () => shown({ elsewhere: true }),
  "pool-offline": () => shown({}, { status: "offline" }),
  "pool-refused": () =>
    shown(
      { asked: ASKS },
      {
        after: (model, link) => {
          link.answer = () => ({ ok: false, code: "not_asked", details: {} });
          void model.answer("come");
        },
      },
    ),
} as const;
