import type { JSX } from "preact";
import { CallModel } from "~/call/call";
import { MediaModel } from "~/call/media";
import { TestLog } from "~/call/testing/log";
import { GuestScreens } from "~/guest/guest";
import { FakeConnection } from "~/models/fake_connection";
import { NOON_MS } from "~/models/fixtures";
import { GuestModel, type InvitationRequests } from "~/models/guest";
import { company, INTERPRETER } from "~/states/company";
import { page } from "~/states/frame";
import type { GuestCall, GuestCard, GuestView, WhyLeft } from "~/protocol/types";
import { NO_ANSWER, type Reply } from "~/transport";

const CARD: GuestCard = {
  kind: "interpreter",
  clerk: {
    name: "Maria Aparecida dos Santos Albuquerque",
    function: "analista judiciária",
    unit: "2ª Vara de Família e Sucessões de Cuiabá",
  },
  until_ms: NOON_MS + 600_000,
};

/** Before the link is used. */
function invited(reply: Reply<GuestCard>, press = false): JSX.Element {
  const requests: InvitationRequests = {
    look: () => Promise.resolve(reply),
    join: () => Promise.resolve({ ok: false, code: "name_missing", details: {} }),
  };
  const model = modelOf(new FakeConnection<"/guest">(NOON_MS), new TestLog(), requests);
  void model.open().then(() => (press ? model.join() : undefined));
  return page(<GuestScreens model={model} />);
}

function modelOf(
  connection: FakeConnection<"/guest">,
  log: TestLog,
  requests?: InvitationRequests,
): GuestModel<CallModel> {
  const media = new MediaModel();
  const used = requests === undefined ? "code" : null;
  return new GuestModel<CallModel>({
    code: "code",
    drawer: { read: () => used, keep: () => undefined, empty: () => undefined },
    connect: () => connection,
    makeCall: (_, call, party) => new CallModel({ wire: log.wire(party), party, call, media }),
    ...(requests === undefined ? {} : { requests }),
  });
}

/** In the call, or out of it. */
function inside(changes: Partial<GuestView> = {}, call: Partial<GuestCall> = {}): JSX.Element {
  const log = new TestLog();
  log.append(null, { type: "ring", until_ms: NOON_MS, clerk: CARD.clerk });
  log.append(null, { type: "go", media: "video" });
  const talks = changes.left === undefined && call.state === undefined;
  if (talks) void company(log, ["visitor", "attendant"], []);
  log.append(null, { type: "came", ...INTERPRETER });
  const connection = new FakeConnection<"/guest">(NOON_MS);
  const model = modelOf(connection, log);
  void model.open();
  connection.show({
    kind: "guest",
    as_of: { epoch: 1, n: 1, now_ms: NOON_MS },
    mirror: false,
    me: INTERPRETER,
    left: null,
    call: {
      call: log.call,
      state: "active",
      gone: null,
      until_ms: null,
      started_ms: NOON_MS,
      end: null,
      clerk: CARD.clerk,
      ...call,
    },
    ...changes,
  });
  return page(<GuestScreens model={model} />);
}

const left = (reason: WhyLeft): JSX.Element => inside({ left: reason });

/** Every state of the page that an invitation opens. */
export const GUEST_STATES = {
  "guest-invited": () => invited({ ok: true, body: CARD }),
  "guest-invited-no-name": () => invited({ ok: true, body: CARD }, true),
  "guest-refused": () => invited({ ok: false, code: "invitation_unknown", details: {} }),
  "guest-no-answer": () => invited(NO_ANSWER),
  "guest-in-call": () => inside(),
  "guest-held": () => inside({}, { state: "on_hold", until_ms: NOON_MS + 60_000 }),
  "guest-mirror": () => inside({ mirror: true }),
  "guest-dismissed": () => left("dismissed"),
  "guest-gone": () => left("gone"),
  "guest-over": () => left("over"),
} as const;
