import { type Signal, signal } from "@preact/signals";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CallModel } from "~/call/call";
import type { DeviceState, MediaModel } from "~/call/media";
import type { Found } from "~/models/found";
import type { Drawer } from "~/models/drawer";
import { FakeConnection } from "~/models/fake_connection";
import { NOON_MS } from "~/models/fixtures";
import { JoinForm } from "~/models/join_form";
import { keepCheck, toldOf } from "~/models/kept_check";
import { isThere, visitedHere, VisitModel } from "~/models/visit";
import { CALL, called, END, RING, ticketView } from "~/models/visit_fixtures";
import type { Media, TicketState } from "~/protocol/types";
import type { CommandReply } from "~/transport";
import { NO_ANSWER } from "~/transport/http";

/** As much of the devices as a visit touches. */
class FakeMedia {
  readonly media = signal<Media>("video");
  readonly camera = signal<DeviceState>("unasked");
  readonly microphone = signal<DeviceState>("unasked");
  readonly asked: Media[] = [];
  stops = 0;
  disposed = false;

  ask(media: Media): Promise<void> {
    this.asked.push(media);
    this.media.value = media;
    return Promise.resolve();
  }

  stop(): void {
    this.stops += 1;
  }

  dispose(): void {
    this.disposed = true;
  }
}

let kept: Map<string, string>;
let connection: FakeConnection<"/visitor">;
let media: FakeMedia;
let calls: { readonly id: string; disposed: boolean; readonly entered: Signal<boolean> }[];
let visit: VisitModel;
const drawer: Drawer = {
  read: (key) => kept.get(key) ?? null,
  keep: (key, text) => {
    kept.set(key, text);
  },
  empty: (key) => {
    kept.delete(key);
  },
};

function opened(): VisitModel {
  connection = new FakeConnection(NOON_MS);
  media = new FakeMedia();
  calls = [];
  return new VisitModel({
    connection,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as a visit touches
    media: media as unknown as MediaModel,
    makeCall: (id) => {
      const call = {
        id,
        disposed: false,
        entered: signal(false),
        enters() {
          call.entered.value = true;
        },
        stays() {
          call.entered.value = false;
        },
        dispose() {
          call.disposed = true;
        },
      };
      calls.push(call);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same
      return call as unknown as CallModel;
    },
    drawer,
  });
}

const types = (): readonly string[] => connection.sent.map((command) => command.type);

beforeEach(() => {
  kept = new Map();
  visit = opened();
});

describe("what a check found", () => {
  const FOUND: Found = {
    camera: "on",
    microphone: "on",
    path: "direct",
    server: true,
    udp: true,
    relay: null,
    rttMs: 38,
    loss: 0,
    kbitPerS: 900,
  };
  const told = (): readonly unknown[] => connection.sent.filter(({ type }) => type === "checked");

  it("is told once there is a ticket, once, and by the active page", () => {
    keepCheck(drawer, { atMs: Date.now(), found: toldOf(FOUND) });
    connection.show(ticketView(null));
    connection.show(ticketView({}, 2, true));
    expect(told()).toEqual([]);
    connection.show(ticketView({}, 3));
    connection.show(ticketView({}, 4));
    expect(told()).toEqual([{ type: "checked", ago_s: 0, found: toldOf(FOUND) }]);
  });

  it("is told at once while one waits, and again where the counter did not hear it", async () => {
    connection.show(ticketView());
    connection.answer = () => NO_ANSWER;
    visit.checked(FOUND);
    expect(told()).toHaveLength(1);
    await vi.waitFor(() => expect(kept.has("balcao.check")).toBe(true));
    connection.show(ticketView({}, 2));
    expect(told()).toHaveLength(2);
  });
});

describe("what a visitor sees", () => {
  it("is nothing before the first view, and the way in where there is no ticket", () => {
    expect(visit.screen.value).toBe("opening");
    connection.show(ticketView(null));
    expect(visit.screen.value).toBe("none");
  });

  it.each<[TicketState, string]>([
    ["waiting", "waiting"],
    ["served", "ended"],
    ["left", "ended"],
    ["lost", "ended"],
    ["no_show", "ended"],
    ["closed", "ended"],
    ["removed", "ended"],
    ["transferred", "ended"],
  ])("of a ticket that is %s is the page %s", (state, screen) => {
    connection.show(ticketView());
    connection.show(ticketView({ state, end: screen === "ended" ? END : null }, 2));
    expect(visit.screen.value).toBe(screen);
  });

  it("is the way in, where an older visit ended that this tab does not follow", () => {
    connection.show(ticketView({ state: "served", end: END }));
    expect(visit.screen.value).toBe("none");
    kept.set("balcao.visit", "t-1");
    visit.dispose();
    visit = opened();
    connection.show(ticketView({ state: "served", end: END }));
    expect(visit.screen.value).toBe("ended");
    visit.forget();
    expect(visit.screen.value).toBe("none");
  });

  it.each(["moved", "forgotten"] as const)(
    "is where the ticket went once the counter says %s",
    (farewell) => {
      connection.show(ticketView(called()));
      visit.choose("video");
      connection.farewell.value = farewell;
      expect(visit.screen.value).toBe("moved");
      expect(calls.map((call) => call.disposed)).toEqual([true]);
      expect(media.stops).toBe(1);
      expect([...kept.keys()], "a reload of this tab follows nothing").toEqual([]);
      expect(visit.ticket.value?.number).toBe("CV1 014");
    },
  );

  it("on a second page is a mirror, which neither rings nor opens the camera", () => {
    kept.set("balcao.media", "video");
    connection.show(ticketView(called(), 1, true));
    expect(visit.screen.value).toBe("mirror");
    expect([connection.sent, calls, media.asked]).toEqual([[], [], []]);
  });

  it("says since when the place is kept while the line is lost", () => {
    connection.show(ticketView({ kept_s: 900 }));
    expect(visit.keptUntil.value).toBeNull();
    connection.status.value = "offline";
    expect(visit.keptUntil.value).toBe(NOON_MS + 900_000);
    connection.now_ms += 60_000;
    connection.status.value = "connecting";
    expect(visit.keptUntil.value).toBe(NOON_MS + 900_000);
    connection.status.value = "online";
    expect(visit.keptUntil.value).toBeNull();
  });

  it("says nothing of a line that moves to another server", () => {
    connection.show(ticketView({ kept_s: 900 }));
    connection.status.value = "moving";
    connection.show(ticketView({ kept_s: 900 }, 2));
    expect([visit.keptUntil.value, isThere(connection)]).toEqual([null, true]);
    connection.status.value = "offline";
    expect([visit.keptUntil.value, isThere(connection)]).toEqual([NOON_MS + 900_000, false]);
  });

  it("is the end with its way back in any tab, while Voltei is to be had", () => {
    const end = { ...END, back_until_ms: NOON_MS + 60_000 };
    connection.show(ticketView({ state: "no_show", end }));
    expect(visit.screen.value).toBe("ended");
    connection.show(ticketView({ state: "no_show", end: { ...end, back_until_ms: NOON_MS } }, 2));
    expect(visit.screen.value).toBe("none");
  });

  it("asks for the place again with the version of the end that is shown", async () => {
    connection.show(ticketView({ state: "no_show", rev: 9, end: { ...END, back_until_ms: NOON_MS + 1 } }));
    await visit.comeBack();
    expect(connection.sent).toEqual([{ type: "come_back", rev: 9 }]);
  });
});

describe("joining", () => {
  it("does not show the end of the visit before while the new view is on its way", async () => {
    connection.show(ticketView({ id: "t-0" }));
    connection.show(ticketView({ id: "t-0", state: "served", end: END }, 2));
    visit.forget();
    connection.answer = () => ({
      ok: true,
      result: { type: "joined", ticket: "t-1", number: "CV1 002", rev: 1 },
    });
    await visit.join("civel", form());
    expect(visit.screen.value).toBe("none");
    connection.show(ticketView({ id: "t-1" }, 3));
    expect(visit.screen.value).toBe("waiting");
  });

  const form = (): JoinForm => {
    const filled = new JoinForm(drawer, { caseNumber: null });
    filled.name.value = "Maria";
    filled.terms.value = true;
    return filled;
  };

  it("asks the counter, forgets what was typed and remembers that this tab has a visit", async () => {
    connection.answer = () => ({
      ok: true,
      result: { type: "joined", ticket: "t", number: "CV1 001", rev: 1 },
    });
    expect(await visit.join("civel", form())).toBe(true);
    expect(types()).toEqual(["join"]);
    expect([kept.has("balcao.form"), visitedHere(drawer)]).toEqual([false, true]);
    visit.forget();
    expect(visitedHere(drawer)).toBe(false);
  });

  it("asks nothing while a field must be looked at", async () => {
    expect(await visit.join("civel", new JoinForm(drawer, { caseNumber: null }))).toBe(false);
    expect(connection.sent).toEqual([]);
  });

  it("puts a refusal beside its field, or says it on the page; nothing typed is lost", async () => {
    const filled = form();
    connection.answer = () => ({ ok: false, code: "name_missing", details: { field: "name" } });
    expect(await visit.join("civel", filled)).toBe(false);
    expect([filled.problems.value.get("name"), visit.refusal.value]).toEqual(["name_missing", null]);
    connection.answer = () => ({ ok: false, code: "unit_full", details: {} });
    filled.name.value = "Maria A";
    expect(await visit.join("civel", filled)).toBe(false);
    expect([visit.refusal.value, filled.name.value]).toEqual(["unit_full", "Maria A"]);
  });
});

describe("being called", () => {
  it("tells the counter once that the page rings, and makes the call once", () => {
    connection.show(ticketView(called()));
    connection.show(ticketView(called({ rev: 5 }), 2));
    expect(types()).toEqual(["ring_seen"]);
    expect(calls.map((call) => call.id)).toEqual([RING.call]);
    expect(visit.call.value?.id).toBe(RING.call);
  });

  it("keeps the call from the ring to the conversation, and ends it with it", () => {
    connection.show(ticketView(called()));
    connection.show(ticketView({ state: "in_call", call: CALL }, 2));
    expect([calls.length, calls[0]?.disposed]).toEqual([1, false]);
    connection.show(ticketView({ state: "served", end: END }, 3));
    expect([calls[0]?.disposed, visit.call.value, media.stops]).toEqual([true, null, 1]);
  });

  it("keeps the call while it is interrupted or on hold", () => {
    connection.show(ticketView({ state: "in_call", call: CALL }));
    const call = visit.call.value;
    for (const [n, state] of (["interrupted", "on_hold", "in_call"] as const).entries())
      connection.show(ticketView({ state, call: CALL }, n + 2));
    expect(visit.call.value).toBe(call);
    expect(visit.screen.value).toBe("in_call");
  });

  it("asks for somebody else, and says that what was to be fetched is there", async () => {
    connection.show(ticketView({ state: "interrupted", call: { ...CALL, gone: "attendant" } }));
    await visit.otherAttendant();
    connection.show(ticketView({ rev: 7, fetch_until_ms: NOON_MS + 1 }, 2));
    await visit.ready();
    expect(connection.sent.slice(-2)).toEqual([
      { type: "other_attendant", call: CALL.call },
      { type: "ready", rev: 7 },
    ]);
  });

  it("makes another call for another ring", () => {
    connection.show(ticketView(called()));
    connection.show(ticketView({ tries: 1 }, 2));
    connection.show(ticketView(called({ ring: { ...RING, call: "call-2" } }), 3));
    expect(calls.map((call) => [call.id, call.disposed])).toEqual([
      ["call-1", true],
      ["call-2", false],
    ]);
    expect(types()).toEqual(["ring_seen", "ring_seen"]);
  });

  it("asks for devices at Entrar where nobody did before, and does not wait for the answer", async () => {
    connection.show(ticketView(called()));
    await visit.enter();
    expect(media.asked).toEqual(["video"]);
    expect(connection.sent.at(-1)).toEqual({ type: "enter", call: RING.call, media: "video" });
  });

  it("tells the call at Entrar and shows the stage, and takes both back where the counter refuses", async () => {
    connection.show(ticketView(called()));
    let answer: (reply: CommandReply) => void = () => undefined;
    connection.answer = () => new Promise((resolve) => (answer = resolve));
    const entered = visit.enter();
    expect([calls.at(-1)?.entered.value, visit.screen.value]).toEqual([true, "in_call"]);
    answer({ ok: false, code: "too_late", details: {} });
    await entered;
    expect([calls.at(-1)?.entered.value, visit.screen.value]).toEqual([false, "called"]);
  });

  it.each<[Media, DeviceState, DeviceState, Media]>([
    ["video", "on", "on", "video"],
    ["video", "asking", "asking", "video"],
    ["video", "refused", "on", "audio"],
    ["video", "absent", "absent", "text"],
    ["audio", "unasked", "on", "audio"],
    ["audio", "unasked", "refused", "text"],
    ["text", "unasked", "unasked", "text"],
  ])("enters by %s with camera %s and microphone %s as %s", (wanted, camera, microphone, entered) => {
    visit.choose(wanted);
    media.camera.value = camera;
    media.microphone.value = microphone;
    expect(visit.entering()).toBe(entered);
  });

  it("sends one command at a time", async () => {
    let answer: () => void = () => undefined;
    connection.show(ticketView(called()));
    connection.answer = () =>
      new Promise((resolve) => {
        answer = () => resolve({ ok: false, code: "no_more_time", details: {} });
      });
    const asked = visit.moreTime();
    expect(visit.asking.value).toBe("more_time");
    await visit.leave();
    expect(types()).toEqual(["ring_seen", "more_time"]);
    answer();
    await asked;
    expect([visit.asking.value, visit.refusal.value]).toEqual([null, "no_more_time"]);
  });

  it("enters although an answer is still awaited, and once", async () => {
    const answers: (() => void)[] = [];
    connection.show(ticketView(called()));
    connection.answer = () =>
      new Promise((resolve) => answers.push(() => resolve({ ok: true, result: { type: "done", rev: 4 } })));
    const asked = [visit.moreTime(), visit.enter(), visit.enter()];
    expect(types()).toEqual(["ring_seen", "more_time", "enter"]);
    answers.forEach((answer) => answer());
    await Promise.all(asked);
    expect(visit.asking.value).toBeNull();
  });
});

describe("camera and microphone", () => {
  it("go on as the person entered, on a page that takes the conversation over", () => {
    connection.show(ticketView({ state: "in_call", call: { ...CALL, media: "audio" } }));
    expect(media.asked).toEqual(["audio"]);
    connection.show(ticketView({ state: "in_call", call: { ...CALL, media: "audio" } }, 2));
    expect(media.asked).toEqual(["audio"]);
  });

  it("are asked for by a tap, and opened again after a reload without one", () => {
    connection.show(ticketView());
    expect(media.asked).toEqual([]);
    visit.choose("audio");
    visit.dispose();
    visit = opened();
    connection.show(ticketView());
    expect([media.asked, visit.mediaChosen.value]).toEqual([["audio"], true]);
  });

  it("are given back when another page takes over", () => {
    connection.show(ticketView());
    visit.choose("video");
    connection.show(ticketView({}, 2, true));
    expect(media.stops).toBe(1);
  });
});

it("a visit that is disposed of leaves nothing behind", () => {
  connection.show(ticketView(called()));
  visit.dispose();
  expect([connection.listeners, connection.closed, media.disposed, calls[0]?.disposed]).toEqual([
    0,
    true,
    true,
    true,
  ]);
  const before = visit.keptUntil.value;
  connection.status.value = "offline";
  expect(visit.keptUntil.value).toBe(before);
});
