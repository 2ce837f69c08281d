import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Drawer } from "~/models/drawer";
import { GuestModel, type InvitationRequests } from "~/models/guest";
import type { GuestCard, GuestView, Refused, WhyLeft } from "~/protocol/types";
import type { Connection, LinkStatus } from "~/transport";

const CODE = "x".repeat(43);
const CARD: GuestCard = {
  kind: "companion",
  clerk: { name: "Ana", function: "analista", unit: "1ª Vara Cível" },
  until_ms: 1,
};

function view(left: WhyLeft | null = null, mirror = false): GuestView {
  return {
    kind: "guest",
    as_of: { epoch: 1, n: 1, now_ms: 1 },
    mirror,
    me: { party: "guest_1", kind: "companion", name: "Rosa", function: null },
    left,
    call: {
      call: "c1",
      state: "active",
      gone: null,
      until_ms: null,
      started_ms: 1,
      end: null,
      clerk: CARD.clerk,
    },
  };
}

/** A line to the counter that the test speaks through. */
class Line implements Connection<"/guest"> {
  readonly status = signal<LinkStatus>("online");
  readonly refusal = signal<Refused | null>(null);
  readonly farewell = signal(null);
  closed = false;
  show: (view: GuestView) => void = () => undefined;

  onView(listener: (view: GuestView) => void): () => void {
    this.show = listener;
    return () => undefined;
  }
  onSignal(): () => void {
    return () => undefined;
  }
  send(): Promise<never> {
    throw new Error("nothing is asked here");
  }
  serverNow(): number {
    return 0;
  }
  retry(): void {}
  close(): void {
    this.closed = true;
  }
}

function page(requests: Partial<InvitationRequests> = {}, used: string | null = null) {
  const line = new Line();
  const kept = new Map(used === null ? [] : [["balcao.guest", used]]);
  const drawer: Drawer = {
    read: (key) => kept.get(key) ?? null,
    keep: (key, text) => void kept.set(key, text),
    empty: (key) => void kept.delete(key),
  };
  const calls: { readonly of: string; disposed: boolean; dispose: () => void }[] = [];
  const model = new GuestModel({
    code: CODE,
    drawer,
    connect: () => line,
    makeCall: (_, call, party) => {
      const made = { of: `${call} ${party}`, disposed: false, dispose: () => void (made.disposed = true) };
      calls.push(made);
      return made;
    },
    requests: {
      look: () => Promise.resolve({ ok: true, body: CARD }),
      join: () => Promise.resolve({ ok: true, body: CARD }),
      ...requests,
    },
  });
  return { model, line, kept, calls };
}

describe("somebody else's way into a call", () => {
  it("shows what the link is, and enters only when told", async () => {
    const { calls, kept, line, model } = page();
    expect(model.screen.value).toBe("opening");
    await model.open();
    expect([model.screen.value, model.card.value]).toEqual(["invited", CARD]);
    model.type("Rosa");
    await model.join();
    line.show(view());
    expect(model.screen.value).toBe("in_call");
    expect(calls.map(({ of }) => of)).toEqual(["c1 guest_1"]);
    expect(kept.get("balcao.guest")).toBe(CODE);
    line.show(view());
    expect(calls).toHaveLength(1);
  });

  it("is back in the call after a reload without asking again", async () => {
    const asked: string[] = [];
    const look: InvitationRequests["look"] = (code) => {
      asked.push(code);
      return Promise.resolve({ ok: true, body: CARD });
    };
    const { line, model } = page({ look }, CODE);
    await model.open();
    line.show(view());
    expect([model.screen.value, asked]).toEqual(["in_call", []]);
  });

  it("says that a link is over, and asks for the name that is missing", async () => {
    const over = page({
      look: () => Promise.resolve({ ok: false, code: "invitation_unknown", details: {} }),
    });
    await over.model.open();
    expect([over.model.screen.value, over.model.refusal.value]).toEqual(["refused", "invitation_unknown"]);
    const nameless = page({ join: () => Promise.resolve({ ok: false, code: "name_missing", details: {} }) });
    await nameless.model.open();
    await nameless.model.join();
    expect([nameless.model.screen.value, nameless.model.refusal.value]).toEqual(["invited", "name_missing"]);
  });

  it("lets the call go when it is over here, or goes on in another window", async () => {
    const { calls, line, model } = page({}, CODE);
    await model.open();
    line.show(view());
    line.show(view(null, true));
    expect([model.screen.value, calls[0]?.disposed, model.call.value]).toEqual(["mirror", true, null]);
    line.show(view());
    line.show(view("dismissed"));
    expect([model.screen.value, calls[1]?.disposed]).toEqual(["left", true]);
    model.dispose();
    expect(line.closed).toBe(true);
  });

  it("says so when the counter knows of no seat", async () => {
    const { line, model } = page({}, CODE);
    await model.open();
    line.refusal.value = { ok: false, code: "no_session", details: {} };
    expect([model.screen.value, model.refusal.value]).toEqual(["refused", "no_session"]);
  });
});
