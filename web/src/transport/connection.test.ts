import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Refused, WireCode } from "~/protocol/types";
import { ticketView } from "~/models/visit_fixtures";
import { PluggedConnection } from "~/transport/connection";
import { FakePlug } from "~/transport/fake_plug";

const refused = (code: WireCode | "store_away"): Refused => ({ ok: false, code, details: {} });

let plug: FakePlug;
let renewals: number;
let renewable: boolean;
let ids: number;

function connected(): PluggedConnection<"/visitor"> {
  return new PluggedConnection<"/visitor">({
    plug,
    here: () => Date.now(),
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    chance: () => 0.25,
    renew: () => {
      renewals += 1;
      return Promise.resolve(renewable);
    },
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  plug = new FakePlug();
  renewals = 0;
  renewable = true;
  ids = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

describe("views", () => {
  it("are told once each, and never an older one after a newer", () => {
    const connection = connected();
    const told: number[] = [];
    connection.onView((view) => told.push(view.as_of.n));
    for (const n of [3, 2, 4]) plug.heard.view(ticketView({}, n));
    expect(told).toEqual([3, 4]);
  });

  it("of a higher epoch replace everything before", () => {
    const connection = connected();
    const told: number[] = [];
    connection.onView((view) => told.push(view.as_of.epoch));
    plug.heard.view(ticketView({}, 900));
    plug.heard.view({ ...ticketView({}, 1), as_of: { epoch: 2, n: 1, now_ms: 0 } });
    plug.heard.view(ticketView({}, 901));
    expect(told).toEqual([1, 2]);
  });

  it("set the court's clock, which then runs at this device's pace", () => {
    const connection = connected();
    const view = ticketView({});
    plug.heard.view(view);
    vi.advanceTimersByTime(1_500);
    expect(connection.serverNow()).toBe(view.as_of.now_ms + 1_500);
  });

  it("reach whoever listens later", () => {
    const connection = connected();
    plug.heard.view(ticketView({}));
    const listener = vi.fn<() => void>();
    const end = connection.onView(listener);
    expect(listener).toHaveBeenCalledOnce();
    end();
    plug.heard.view(ticketView({}, 2));
    expect(listener).toHaveBeenCalledOnce();
  });
});

describe("a command", () => {
  it("waits for the line, and is asked again under the same id after silence", async () => {
    const connection = connected();
    const answers = [null, null, { ok: true, result: { type: "done", rev: 2 } }] as const;
    plug.answer = () => answers[plug.asked.length - 1] ?? null;
    const reply = connection.send({ type: "continue_here" });
    expect(plug.asked).toHaveLength(0);
    plug.heard.connected();
    await vi.advanceTimersByTimeAsync(0);
    expect(await reply).toEqual(answers[2]);
    expect(plug.asked.map((ask) => ask.id)).toEqual(["id-1", "id-1", "id-1"]);
  });

  it("is asked again after a refusal that passes by itself", async () => {
    const connection = connected();
    plug.heard.connected();
    plug.answer = () =>
      plug.asked.length < 3 ? refused("store_away") : { ok: true, result: { type: "done", rev: null } };
    const reply = connection.send({ type: "continue_here" });
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await reply).ok).toBe(true);
    expect(new Set(plug.asked.map((ask) => ask.id)).size).toBe(1);
  });

  it("is not asked again after any other refusal", async () => {
    const connection = connected();
    plug.heard.connected();
    plug.answer = () => refused("other_role");
    expect(await connection.send({ type: "continue_here" })).toEqual(refused("other_role"));
    expect(plug.asked).toHaveLength(1);
  });

  it("ends in our own word where nobody answers in time", async () => {
    const connection = connected();
    const reply = connection.send({ type: "continue_here" }, { patience_ms: 5_000 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await reply).toMatchObject({ ok: false, code: "no_answer" });
  });

  it("that is urgent takes a silent line for dead, and tries another every two seconds until one answers", async () => {
    const connection = connected();
    plug.heard.connected();
    plug.answer = () => null;
    plug.renew = () => {
      plug.renewals += 1;
      plug.heard.lost(false);
    };
    const reply = connection.send({ type: "continue_here" }, { urgent: () => true });
    await vi.advanceTimersByTimeAsync(0);
    expect(plug.renewals).toBe(1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(plug.renewals).toBe(4);
    plug.answer = () => ({ ok: true, result: { type: "done", rev: null } });
    plug.heard.connected();
    expect((await reply).ok).toBe(true);
  });

  it("that is not urgent waits for the line that there is", async () => {
    const connection = connected();
    plug.heard.connected();
    plug.heard.lost(false);
    const reply = connection.send({ type: "continue_here" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(plug.renewals).toBe(0);
    plug.heard.connected();
    expect((await reply).ok).toBe(true);
  });

  it("ends at once where the page was closed", async () => {
    const connection = connected();
    const reply = connection.send({ type: "continue_here" });
    connection.close();
    expect(await reply).toMatchObject({ code: "no_answer" });
    expect(plug.closed).toBe(true);
  });
});

describe("the line", () => {
  it("gets a session once where there is none, and gives up where that does not help", async () => {
    const connection = connected();
    plug.heard.refused(refused("no_session"));
    await vi.advanceTimersByTimeAsync(0);
    expect([renewals, plug.reconnects, connection.status.value]).toEqual([1, 1, "connecting"]);
    plug.heard.refused(refused("no_session"));
    await vi.advanceTimersByTimeAsync(0);
    expect([renewals, connection.status.value]).toEqual([1, "refused"]);
  });

  it("comes back by itself after a restart of the server, also where the server hung up", () => {
    const connection = connected();
    plug.heard.connected();
    plug.heard.lost(true);
    expect(connection.status.value).toBe("offline");
    vi.advanceTimersByTime(1_000);
    expect(plug.reconnects).toBe(1);
    plug.heard.refused(refused("starting"));
    vi.advanceTimersByTime(1_000);
    expect([plug.reconnects, connection.status.value]).toEqual([2, "offline"]);
    plug.heard.connected();
    expect(connection.status.value).toBe("online");
  });

  it("moves to another server when its own is about to end, at a moment of its own", () => {
    const connection = connected();
    plug.heard.connected();
    plug.heard.move({ within_ms: 10_000 });
    vi.advanceTimersByTime(2_499);
    expect([plug.renewals, connection.status.value]).toEqual([0, "online"]);
    vi.advanceTimersByTime(1);
    expect(plug.renewals).toBe(1);
  });

  it("is moving meanwhile, which is nothing to tell anybody, and asks what there is to ask once it is there", async () => {
    const connection = connected();
    const seen: string[] = [];
    connection.status.subscribe((status) => seen.push(status));
    plug.heard.connected();
    plug.onRenewal = () => plug.heard.lost(false);
    plug.heard.move({ within_ms: 10_000 });
    vi.advanceTimersByTime(2_500);
    const reply = connection.send({ type: "continue_here" });
    await vi.advanceTimersByTimeAsync(300);
    expect(plug.asked).toEqual([]);
    plug.heard.connected();
    expect((await reply).ok).toBe(true);
    vi.advanceTimersByTime(10_000);
    expect(seen).toEqual(["connecting", "online", "moving", "online"]);
  });

  it("says that it is offline where a move finds no other server, or takes seconds", () => {
    const connection = connected();
    plug.onRenewal = () => plug.heard.lost(false);
    const asked = (): void => {
      plug.heard.connected();
      plug.heard.move({ within_ms: 0 });
      vi.advanceTimersByTime(0);
      expect(connection.status.value).toBe("moving");
    };
    asked();
    plug.heard.refused(null);
    expect(connection.status.value).toBe("offline");
    asked();
    vi.advanceTimersByTime(2_499);
    expect(connection.status.value).toBe("moving");
    vi.advanceTimersByTime(1);
    expect(connection.status.value).toBe("offline");
  });

  it("moves no more once it was cut, comes back instead, and not twice", () => {
    const connection = connected();
    plug.heard.connected();
    plug.heard.move({ within_ms: 10_000 });
    plug.heard.lost(true);
    vi.advanceTimersByTime(1_000);
    plug.heard.connected();
    vi.advanceTimersByTime(10_000);
    expect([plug.renewals, plug.reconnects, connection.status.value]).toEqual([0, 1, "online"]);
  });

  it("moves nowhere once the page is closed", () => {
    const connection = connected();
    plug.heard.connected();
    plug.heard.move({ within_ms: 10_000 });
    connection.close();
    vi.advanceTimersByTime(10_000);
    expect(plug.renewals).toBe(0);
  });

  it("stays closed after goodbye", () => {
    const connection = connected();
    plug.heard.connected();
    plug.heard.goodbye({ reason: "signed_out" });
    plug.heard.lost(true);
    vi.advanceTimersByTime(60_000);
    connection.retry();
    expect([connection.status.value, connection.farewell.value, plug.reconnects]).toEqual([
      "refused",
      "signed_out",
      0,
    ]);
  });
});
