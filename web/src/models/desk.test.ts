import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DeskModel, STEADY_MS } from "~/models/desk";
import { arrived, mainOf, screenOf } from "~/models/desk_screen";
import { DONE, FakeLink } from "~/models/fake_link";
import { deskView, MARIA, NOON_MS } from "~/models/fixtures";
import type {
  AskedIn,
  DeskCall,
  DeskView,
  EndOfCall,
  Helping,
  Party,
  SignalEntry,
  WhyLeft,
} from "~/protocol/types";
import type { CommandReply } from "~/transport";

const RINGING: CommandReply = {
  ok: true,
  result: { type: "ringing", call: "c1", ticket: MARIA.ticket, ice: { servers: [], relay_until_go: false } },
};

const callOf = (changes: Partial<DeskCall> = {}): DeskCall => ({
  call: "c1",
  state: "ringing",
  gone: null,
  until_ms: NOON_MS + 60_000,
  seen: false,
  started_ms: null,
  end: null,
  guests: [],
  invited_until_ms: null,
  asked: null,
  colleagues: [],
  ...changes,
});
const ringing = (): DeskView => deskView(3, { activity: "calling", person: MARIA, call: callOf() });
const talking = (): DeskView =>
  deskView(3, { activity: "in_call", person: MARIA, call: callOf({ state: "active", started_ms: NOON_MS }) });
const wrappingUp = (): DeskView =>
  deskView(3, {
    activity: "wrap_up",
    person: MARIA,
    call: callOf({ state: "ended", end: "hung_up" }),
    wrap_until_ms: NOON_MS + 30_000,
  });
const end = (reason: EndOfCall, call = "c1"): SignalEntry => ({
  id: "1-1",
  call,
  at_ms: NOON_MS,
  sender: null,
  to: null,
  body: { type: "end", by: null, reason },
});

const CLERK = { name: "Bruno", function: "técnico", unit: "1ª Vara Cível" };
const asked: AskedIn = {
  call: "c9",
  kind: "colleague",
  number: "CV1 014",
  clerk: CLERK,
  until_ms: NOON_MS + 30_000,
};
const helping: Helping = {
  me: { party: "guest_1", kind: "colleague", name: "Ana Souza", function: "analista" },
  number: "CV1 014",
  call: {
    call: "c9",
    state: "active",
    gone: null,
    until_ms: null,
    started_ms: NOON_MS,
    end: null,
    clerk: CLERK,
  },
};
const left = (party: Party, reason: WhyLeft): SignalEntry => ({
  id: "1-2",
  call: "c9",
  at_ms: NOON_MS,
  sender: null,
  to: null,
  body: { type: "left", party, reason },
});

class FakeCall {
  hungUp = false;
  disposed = false;
  constructor(
    readonly id: string,
    readonly party: Party,
  ) {}
  hangUp(): Promise<void> {
    this.hungUp = true;
    return Promise.resolve();
  }
  dispose(): void {
    this.disposed = true;
  }
}

function steady(): void {
  vi.advanceTimersByTime(STEADY_MS);
}

describe("the screen", () => {
  it("is what the counter knows before what the attendant said", () => {
    expect(screenOf(deskView(0, { status: "paused", pause: "lunch", activity: "in_call" }))).toBe("in_call");
    expect(screenOf(deskView(0, { status: "paused", pause: "lunch" }))).toBe("paused");
  });

  it("asks whoever has just come for their units: that is no pause", () => {
    expect(screenOf(deskView(0, { status: "paused", pause: null }))).toBe("offline");
    expect(screenOf(deskView(0, { status: "offline" }))).toBe("offline");
  });

  it("is nothing but the way back where another page has the desk", () => {
    expect(screenOf({ ...talking(), elsewhere: true })).toBe("elsewhere");
  });

  it("has one main action, and none while it rings", () => {
    expect(mainOf("ready")).toBe("call");
    expect(mainOf("ringing")).toBeNull();
    expect(mainOf("in_call")).toBe("hang_up");
    expect(mainOf("wrap_up")).toBe("finish");
    expect(mainOf("helping")).toBe("leave");
  });
});

describe("the bell", () => {
  it("rings when the line goes from empty to somebody, for one who could call", () => {
    expect(arrived(deskView(0), deskView(1))).toBe(true);
    expect(arrived(deskView(1), deskView(2))).toBe(false);
    expect(arrived(null, deskView(1))).toBe(false);
    expect(arrived(deskView(0), deskView(1, { status: "paused", pause: "lunch" }))).toBe(false);
  });
});

describe("the desk", () => {
  let link: FakeLink<"/attendant">;
  let calls: FakeCall[];
  let desk: DeskModel<FakeCall>;
  beforeEach(() => {
    vi.useFakeTimers();
    link = new FakeLink(NOON_MS);
    calls = [];
    desk = new DeskModel({
      link,
      makeCall: (id, party) => {
        const call = new FakeCall(id, party);
        calls.push(call);
        return call;
      },
    });
  });

  afterEach(() => {
    desk.dispose();
    vi.useRealTimers();
  });

  it("calls somebody whose turn it is not, with the reason, and follows the call", async () => {
    link.show(deskView(3));
    link.answer = () => RINGING;
    await desk.callOutOfOrder("t-9", "hearing");
    expect(link.sent).toEqual([{ type: "call_out_of_order", ticket: "t-9", reason: "hearing" }]);
    expect(desk.call.value?.id).toBe("c1");
  });

  it("calls the next person, and has one call whether its answer or the view comes first", async () => {
    link.show(deskView(3));
    steady();
    link.answer = () => RINGING;
    await desk.press();
    link.show(ringing());
    expect(link.sent).toEqual([{ type: "call_next" }]);
    expect(calls.map(({ id }) => id)).toEqual(["c1"]);
  });

  it("has the call of a view whose answer was lost", async () => {
    link.show(deskView(3));
    steady();
    link.answer = () => {
      link.show(ringing());
      return { ok: false, code: "no_answer", details: {} };
    };
    await desk.press();
    expect(calls.map(({ id }) => id)).toEqual(["c1"]);
    expect(desk.refusal.value).toBe("no_answer");
  });

  it("keeps the new call through an older view, and drops it where it came and went unseen", async () => {
    link.show(deskView(3));
    steady();
    link.answer = () => RINGING;
    await desk.press();
    link.show(deskView(3));
    expect(calls[0]?.disposed).toBe(false);
    link.show(deskView(3, { as_of: { epoch: 1, n: 9, now_ms: NOON_MS + 60_000 } }));
    expect(calls[0]?.disposed).toBe(true);
  });

  it("calls nobody where nobody waits", async () => {
    link.show(deskView(0));
    steady();
    expect(desk.mainReady.value).toBe(false);
    await desk.press();
    expect(link.sent).toEqual([]);
  });

  it("ignores a click within half a second of the button's change", async () => {
    link.show(talking());
    vi.advanceTimersByTime(STEADY_MS - 1);
    expect(desk.settled.value).toBe(false);
    await desk.press();
    expect(calls[0]?.hungUp).toBe(false);
    vi.advanceTimersByTime(1);
    expect(desk.settled.value).toBe(true);
    await desk.press();
    expect(calls[0]?.hungUp).toBe(true);
  });

  it("asks once while an answer is on its way", async () => {
    link.show(deskView(3));
    steady();
    link.answer = async () => {
      await desk.press();
      return DONE;
    };
    await desk.press();
    expect(link.sent).toHaveLength(1);
  });

  it("finishes with the outcome chosen while talking, and with none refuses to", async () => {
    link.show(talking());
    desk.choose("informed");
    link.show(wrappingUp());
    steady();
    await desk.press();
    expect(link.sent).toEqual([{ type: "finish", call: "c1", outcome: "informed" }]);
    link.show(deskView(2));
    expect(desk.outcome.value).toBeNull();
    link.show(wrappingUp());
    steady();
    await desk.press();
    expect(link.sent).toHaveLength(1);
  });

  it("ends the call with the view that ends it", () => {
    link.show(talking());
    expect(calls[0]?.disposed).toBe(false);
    link.show(wrappingUp());
    expect(calls[0]?.disposed).toBe(true);
    expect(desk.call.value).toBeNull();
  });

  it("knows that the visitor ended the call", () => {
    link.show(talking());
    const said = end("hung_up");
    link.say({ ...said, body: { type: "end", by: "visitor", reason: "hung_up" } });
    link.show(wrappingUp());
    expect(desk.endedByVisitor.value).toBe("c1");
  });

  it.each([
    ["before", true],
    ["after", false],
  ])("says who did not enter, with the reason told %s the view", (_, told) => {
    link.show(ringing());
    if (told) link.say(end("not_entered"));
    link.show(deskView(3));
    if (!told) link.say(end("not_entered"));
    expect(desk.missed.value).toEqual({ call: "c1", person: MARIA, reason: "not_entered" });
  });

  it("names the one behind as next while whoever missed a ring lets a turn pass", () => {
    link.show(ringing());
    link.say(end("not_entered"));
    link.show(deskView(3));
    expect(desk.next.value?.number).toBe("FA2 015");
    link.show(deskView(1));
    expect(desk.next.value?.number).toBe(MARIA.number);
    link.show(ringing());
    expect(desk.next.value?.number).toBe(MARIA.number);
  });

  it("forgets who did not enter at the next action", async () => {
    link.show(ringing());
    link.say(end("not_entered"));
    link.show(deskView(3));
    steady();
    link.answer = () => RINGING;
    await desk.press();
    expect(desk.missed.value).toBeNull();
  });

  it("does not tell a clerk who cancelled that somebody was missed", () => {
    link.show(ringing());
    link.say(end("cancelled"));
    link.show(deskView(3, { status: "paused", pause: "cancelled" }));
    expect(desk.missed.value).toBeNull();
  });

  it("does not call an entered call missed", () => {
    link.show(ringing());
    link.show(talking());
    link.say(end("hung_up"));
    link.show(wrappingUp());
    expect(desk.missed.value).toBeNull();
  });

  it("keeps the call through an interruption and a hold, and does not tell it was missed", () => {
    link.show(ringing());
    link.show(talking());
    const call = desk.call.value;
    for (const state of ["interrupted", "on_hold", "active"] as const)
      link.show(deskView(3, { activity: "in_call", person: MARIA, call: callOf({ state }) }));
    expect(desk.call.value).toBe(call);
    expect(desk.screen.value).toBe("in_call");
    link.show(deskView(3, { call: callOf({ state: "ended", end: "released" }) }));
    expect(desk.missed.value).toBeNull();
    expect(desk.call.value).toBeNull();
  });

  it("has the outcome that is plain, until another is chosen", () => {
    link.show(talking());
    link.show({ ...wrappingUp(), outcome: "forwarded" });
    expect(desk.outcome.value).toBe("forwarded");
    expect(desk.mainReady.value).toBe(true);
    desk.choose("informed");
    link.show({ ...wrappingUp(), outcome: "forwarded" });
    expect(desk.outcome.value).toBe("informed");
  });

  it("says what is done with the person, and why it was refused", async () => {
    link.show(talking());
    link.answer = () => ({ ok: false, code: "unit_unattended", details: {} });
    await desk.act({ type: "transfer", call: "c1", unit: "b" });
    expect(link.sent).toEqual([{ type: "transfer", call: "c1", unit: "b" }]);
    expect(desk.refusal.value).toBe("unit_unattended");
  });

  it("chooses units only where they change, and stays away where that is refused", async () => {
    const view = deskView(0, { status: "offline" });
    link.show(view);
    await desk.goAvailable(view.units.map((unit) => unit.slug));
    expect(link.sent.map((command) => command.type)).toEqual(["set_status"]);
    link.answer = () => ({ ok: false, code: "not_your_unit", details: {} });
    await desk.goAvailable(["1-vara-civel-cuiaba"]);
    expect(link.sent.map((command) => command.type)).toEqual(["set_status", "choose_units"]);
    expect(desk.refusal.value).toBe("not_your_unit");
  });

  it("stops the new tickets of a unit and starts them again", async () => {
    const told = {
      type: "suspend",
      unit: "a",
      message: "Sem luz",
      alternative: null,
      until_ms: null,
    } as const;
    link.show(deskView(0));
    await desk.suspend(told);
    await desk.resumeUnit("a");
    expect(link.sent).toEqual([told, { type: "resume_unit", unit: "a" }]);
  });

  it("lets its call go where another page takes the desk", () => {
    link.show(talking());
    link.show({ ...talking(), elsewhere: true });
    expect(calls[0]?.disposed).toBe(true);
  });

  it("answers who asks it into their call, while it rings and nothing else is asked", async () => {
    await desk.answer("come");
    link.show(deskView(3, { asked }));
    expect(desk.asked.value).toEqual(asked);
    await desk.answer("decline");
    await desk.answer("come");
    link.show(deskView(3));
    await desk.answer("come");
    expect(link.sent).toEqual([
      { type: "decline", call: "c9" },
      { type: "come", call: "c9" },
    ]);
    link.show(deskView(3, { asked, elsewhere: true }));
    expect(desk.asked.value).toBeNull();
  });

  it("lets in the interpreter who offers to come, or not", async () => {
    const offered = { name: "Lia Nunes", function: "intérprete de Libras", until_ms: NOON_MS + 30_000 };
    await desk.answer("come");
    link.show({ ...talking(), offered });
    expect(desk.offered.value).toEqual(offered);
    await desk.answer("decline");
    await desk.answer("come");
    expect(link.sent).toEqual([
      { type: "refuse_offer", call: "c1" },
      { type: "let_in", call: "c1" },
    ]);
    link.show({ ...talking(), offered, elsewhere: true });
    expect(desk.offered.value).toBeNull();
  });

  it("is in another's call in a guest's seat, and leaves it by the main button", async () => {
    link.show(deskView(3, { activity: "helping", helping }));
    expect(desk.screen.value).toBe("helping");
    expect(calls.map(({ id, party }) => [id, party])).toEqual([["c9", "guest_1"]]);
    steady();
    await desk.press();
    expect(calls[0]?.hungUp).toBe(true);
    link.say(left("guest_1", "left"));
    link.show(deskView(3));
    expect(calls[0]?.disposed).toBe(true);
    expect([desk.screen.value, desk.helping.value, desk.helpOver.value]).toEqual(["ready", null, null]);
  });

  it.each([
    [left("guest_1", "dismissed"), "dismissed"],
    [left("guest_2", "left"), null],
    [end("hung_up", "c9"), "over"],
    [end("hung_up", "c1"), null],
  ])("says why it is not in another's call any more, until the next action", async (entry, why) => {
    link.show(deskView(3, { activity: "helping", helping }));
    link.say(entry);
    link.show(deskView(3));
    expect(desk.helpOver.value).toBe(why);
    await desk.resume();
    expect(desk.helpOver.value).toBeNull();
  });

  it("counts arrivals", () => {
    link.show(deskView(0));
    link.show(deskView(2));
    link.show(deskView(0));
    link.show(deskView(1));
    expect(desk.bell.value).toBe(2);
  });

  it("lets go of the line, the clock and the call", () => {
    link.show(talking());
    desk.dispose();
    expect(link.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(calls[0]?.disposed).toBe(true);
  });
});
