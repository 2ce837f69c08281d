import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeLink } from "~/models/fake_link";
import { NOON_MS } from "~/models/fixtures";
import { InterpreterModel, poolScreenOf } from "~/models/interpreter";
import type { AskedIn, Helping, InterpreterView, SignalEntry, WhyLeft } from "~/protocol/types";

const CLERK = { name: "Ana Souza", function: "analista", unit: "1ª Vara Cível" };
const asked: AskedIn = {
  call: "c1",
  kind: "interpreter",
  number: "CV1 014",
  clerk: CLERK,
  until_ms: NOON_MS + 30_000,
};
const helping = (party: "guest_1" | "guest_2" = "guest_1"): Helping => ({
  me: { party, kind: "interpreter", name: "Lia Nunes", function: "intérprete de Libras" },
  number: "CV1 014",
  call: {
    call: "c1",
    state: "active",
    gone: null,
    until_ms: null,
    started_ms: NOON_MS,
    end: null,
    clerk: CLERK,
  },
});
const view = (changes: Partial<InterpreterView> = {}): InterpreterView => ({
  kind: "interpreter",
  as_of: { epoch: 1, n: 1, now_ms: NOON_MS },
  elsewhere: false,
  name: "Lia Nunes",
  function: "intérprete de Libras",
  status: "available",
  pause: null,
  activity: "idle",
  since_ms: NOON_MS,
  asked: null,
  helping: null,
  units: [],
  offer: null,
  ...changes,
});
const left = (reason: WhyLeft): SignalEntry => ({
  id: "1-1",
  call: "c1",
  at_ms: NOON_MS,
  sender: null,
  to: null,
  body: { type: "left", party: "guest_1", reason },
});

class FakeCall {
  hungUp = false;
  disposed = false;
  constructor(readonly of: string) {}
  hangUp(): Promise<void> {
    this.hungUp = true;
    return Promise.resolve();
  }
  dispose(): void {
    this.disposed = true;
  }
}

describe("an interpreter's page", () => {
  let link: FakeLink<"/interpreter">;
  let calls: FakeCall[];
  let model: InterpreterModel<FakeCall>;

  beforeEach(() => {
    vi.useFakeTimers();
    link = new FakeLink(NOON_MS);
    calls = [];
    model = new InterpreterModel({
      link,
      makeCall: (call, party) => {
        const made = new FakeCall(`${call} ${party}`);
        calls.push(made);
        return made;
      },
    });
  });

  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
  });

  it("shows whether one may be called", () => {
    expect(poolScreenOf(view())).toBe("ready");
    expect(poolScreenOf(view({ status: "paused" }))).toBe("offline");
    expect(poolScreenOf(view({ status: "paused", pause: "lunch" }))).toBe("paused");
    expect(poolScreenOf(view({ activity: "helping" }))).toBe("helping");
    expect(poolScreenOf(view({ elsewhere: true, activity: "helping" }))).toBe("elsewhere");
  });

  it("says that one is available, pauses, and goes", async () => {
    await model.goAvailable();
    await model.pause("lunch");
    await model.goOffline();
    await model.offer("civel-1");
    await model.stopOffering();
    await model.takeOver();
    expect(link.sent).toEqual([
      { type: "set_status", status: "available", pause: null },
      { type: "set_status", status: "paused", pause: "lunch" },
      { type: "set_status", status: "offline", pause: null },
      { type: "offer", unit: "civel-1" },
      { type: "stop_offering" },
      { type: "take_over" },
    ]);
  });

  it("answers while it rings, says why that was refused, and has the call in its seat", async () => {
    await model.answer("come");
    expect(link.sent).toEqual([]);
    link.show(view({ asked }));
    link.answer = () => ({ ok: false, code: "not_asked", details: {} });
    await model.answer("come");
    expect([link.sent, model.refusal.value]).toEqual([[{ type: "come", call: "c1" }], "not_asked"]);
    link.show(view({ activity: "helping", helping: helping() }));
    link.show(view({ activity: "helping", helping: helping() }));
    link.show(view({ activity: "helping", helping: helping("guest_2") }));
    expect(calls.map(({ of, disposed }) => [of, disposed])).toEqual([
      ["c1 guest_1", true],
      ["c1 guest_2", false],
    ]);
    await model.leave();
    expect(calls[1]?.hungUp).toBe(true);
  });

  it("says why it is in the call no more, and not to who left", async () => {
    link.show(view({ activity: "helping", helping: helping() }));
    link.say(left("dismissed"));
    link.show(view());
    expect([model.helpOver.value, model.call.value, calls[0]?.disposed]).toEqual(["dismissed", null, true]);
    await model.goAvailable();
    link.show(view({ activity: "helping", helping: helping() }));
    link.say(left("left"));
    link.show(view());
    expect(model.helpOver.value).toBeNull();
  });

  it("lets its call go where another page takes its place, and everything at its end", () => {
    link.show(view({ activity: "helping", helping: helping() }));
    link.show(view({ activity: "helping", helping: helping(), elsewhere: true }));
    expect(calls[0]?.disposed).toBe(true);
    model.dispose();
    expect([link.listeners, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
