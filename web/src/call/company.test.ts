import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PeerModel } from "~/call/peer";
import { made } from "~/call/testing/connections";
import { TestLog } from "~/call/testing/log";
import { CLERK, settled, Side, withoutBrowser } from "~/call/testing/side";
import type { GuestKind, Party } from "~/protocol/types";

let log: TestLog;
let visitor: Side;
let attendant: Side;
let sides: Side[];

/** A guest takes a seat: the counter says so, and their page opens. */
async function comes(party: Party, kind: GuestKind, name: string): Promise<Side> {
  log.append(null, { type: "came", party, kind, name, function: null });
  const side = new Side(log, party);
  side.media.open();
  sides.push(side);
  await settled();
  return side;
}

/** How `of` has `other`. */
function seen(of: Side, other: Party): PeerModel {
  const peer = of.call.peers.value.find(({ party }) => party === other);
  if (peer === undefined) throw new Error(`${of.call.party} has no ${other}`);
  return peer;
}
const others = (side: Side): Party[] => side.call.peers.value.map(({ party }) => party);
/** Who has said a word of this type to whom, in order. */
const said = (type: string): string[] =>
  log.entries.filter(({ body }) => body.type === type).map(({ sender, to }) => `${sender}→${to}`);
const standing = (): number => made.filter(({ connectionState }) => connectionState === "connected").length;

beforeEach(async () => {
  withoutBrowser();
  log = new TestLog();
  log.append(null, { type: "ring", until_ms: 60_000, clerk: CLERK });
  visitor = new Side(log, "visitor");
  attendant = new Side(log, "attendant");
  sides = [visitor, attendant];
  visitor.media.open();
  attendant.media.open();
  log.append(null, { type: "go", media: "video" });
  await settled();
});

afterEach(() => {
  for (const { call } of sides) call.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a third and a fourth person", () => {
  it("join everybody who is there, each by a leg of its own, which the newcomer offers", async () => {
    const offers = said("description").length;
    const interpreter = await comes("guest_1", "interpreter", "Rita Prado");
    expect([others(visitor), others(attendant), others(interpreter)]).toEqual([
      ["attendant", "guest_1"],
      ["visitor", "guest_1"],
      ["visitor", "attendant"],
    ]);
    expect(standing()).toBe(2 * 3);
    expect(said("description").slice(offers).toSorted()).toEqual([
      "attendant→guest_1",
      "guest_1→attendant",
      "guest_1→visitor",
      "visitor→guest_1",
    ]);
    const companion = await comes("guest_2", "companion", "João");
    expect(others(companion)).toEqual(["visitor", "attendant", "guest_1"]);
    expect(standing()).toBe(2 * 6);
    expect(seen(visitor, "guest_1").guest).toMatchObject({ kind: "interpreter", name: "Rita Prado" });
  });

  it("learn what everybody sends, and tell it", async () => {
    visitor.media.microphone.value = "off";
    const interpreter = await comes("guest_1", "interpreter", "Rita Prado");
    expect(seen(interpreter, "visitor").media.value).toMatchObject({ microphone: false, camera: true });
    expect(seen(interpreter, "attendant").media.value).toMatchObject({ microphone: true, camera: true });
    expect(seen(visitor, "guest_1").media.value).toMatchObject({ microphone: true, camera: true });
  });

  it("get a smaller picture each, the more there are", async () => {
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen(visitor, "attendant").rung.value).toBe("720p");
    await comes("guest_1", "interpreter", "Rita Prado");
    expect(seen(visitor, "attendant").rung.value).toBe("480p");
    await comes("guest_2", "companion", "João");
    expect(seen(visitor, "attendant").rung.value).toBe("360p");
  });

  it("read what is written from now on, each line with who wrote it", async () => {
    const interpreter = await comes("guest_1", "interpreter", "Rita Prado");
    await interpreter.call.chat.write("Boa tarde");
    await visitor.call.chat.write("Boa tarde, Rita");
    await settled();
    expect(attendant.call.chat.lines.value.map(({ sender, name, text }) => [sender, name, text])).toEqual([
      ["guest_1", "Rita Prado", "Boa tarde"],
      ["visitor", null, "Boa tarde, Rita"],
    ]);
  });

  it("who speaks is known", async () => {
    await comes("guest_1", "interpreter", "Rita Prado");
    const fromGuest = made.find(
      ({ channel, connectionState }, place) =>
        place > 1 && connectionState === "connected" && channel.readyState === "open",
    );
    if (fromGuest !== undefined) fromGuest.loudness = 0.2;
    await vi.advanceTimersByTimeAsync(250);
    expect(
      sides.flatMap(({ call }) => call.peers.value.filter(({ speaking }) => speaking.value)),
    ).toHaveLength(1);
  });
});

describe("one of several", () => {
  it("leaves, and the others talk on", async () => {
    const interpreter = await comes("guest_1", "interpreter", "Rita Prado");
    const before = made.slice(0, 2);
    log.append(null, { type: "left", party: "guest_1", reason: "left" });
    await settled();
    expect([others(visitor), others(attendant)]).toEqual([["attendant"], ["visitor"]]);
    expect(interpreter.call.phase.value).toBe("ended");
    expect(before.map(({ connectionState }) => connectionState)).toEqual(["connected", "connected"]);
    expect(standing()).toBe(2);
  });

  it("says goodbye as a guest: it is their goodbye alone", async () => {
    await comes("guest_1", "interpreter", "Rita Prado");
    const offered = made.filter((connection) => connection.localDescription?.type === "answer");
    offered.at(-1)?.channel.hear({ type: "bye" });
    offered.at(-2)?.channel.hear({ type: "bye" });
    expect([visitor.call.phase.value, attendant.call.phase.value]).toEqual(["active", "active"]);
    expect([others(visitor), others(attendant)]).toEqual([["attendant"], ["visitor"]]);
  });

  it("is followed in the seat by another, whose leg counts from nought", async () => {
    await comes("guest_1", "interpreter", "Rita Prado");
    log.append(null, { type: "left", party: "guest_1", reason: "left" });
    await settled();
    const rejoins = said("rejoin").length;
    const companion = await comes("guest_1", "companion", "João");
    expect(said("rejoin")).toHaveLength(rejoins);
    expect(seen(visitor, "guest_1").guest?.name).toBe("João");
    expect(others(companion)).toEqual(["visitor", "attendant"]);
    expect(standing()).toBe(2 * 3);
  });

  it("comes back with a reloaded page: only their own legs are built again", async () => {
    const interpreter = await comes("guest_1", "interpreter", "Rita Prado");
    const between = made.slice(0, 2);
    interpreter.reload();
    await settled();
    expect(said("rejoin").toSorted()).toEqual(["guest_1→attendant", "guest_1→visitor"]);
    expect(between.map(({ connectionState }) => connectionState)).toEqual(["connected", "connected"]);
    expect(standing()).toBe(2 * 3);
  });

  it("drops, and only the leg to them is mended", async () => {
    await comes("guest_1", "interpreter", "Rita Prado");
    for (const connection of made) connection.channel.hear({ type: "beat" });
    await vi.advanceTimersByTimeAsync(500);
    const [between, ...rest] = made;
    const beats = setInterval(() => {
      for (const connection of made.slice(0, 2)) connection.channel.hear({ type: "beat" });
    }, 400);
    await vi.advanceTimersByTimeAsync(3_000);
    clearInterval(beats);
    expect(seen(visitor, "attendant").leg.value).toBe("connected");
    expect(seen(visitor, "guest_1").leg.value).toBe("broken");
    expect(between?.localDescription?.sdp).toBe("offer");
    expect(rest.some(({ localDescription }) => localDescription?.sdp === "offer restarted")).toBe(true);
    expect(visitor.call.leg.value).toBe("connected");
  });

  it("two who restart the same leg at once agree on one offer", async () => {
    await comes("guest_1", "interpreter", "Rita Prado");
    const before = said("description").length;
    for (const connection of made) connection.channel.hear({ type: "beat" });
    await vi.advanceTimersByTimeAsync(7_000);
    const after = log.entries.filter(({ body }) => body.type === "description").slice(before);
    // Numbers belong to the leg: the same ones are used on each of the three.
    const legs = new Map<string, number[]>();
    for (const { sender, to, body } of after) {
      if (body.type !== "description") continue;
      const leg = [`${sender}`, `${to}`].toSorted((a, b) => a.localeCompare(b)).join();
      legs.set(leg, [...(legs.get(leg) ?? []), body.number]);
    }
    expect(legs.size).toBe(3);
    expect(new Set([...legs.values()].map((numbers) => numbers.join())).size).toBe(1);
  });
});

describe("what is for all", () => {
  it("on hold nothing is sent to anybody, and all know", async () => {
    const interpreter = await comes("guest_1", "interpreter", "Rita Prado");
    log.append(null, { type: "hold", until_ms: 900_000 });
    await settled();
    const sent = made.flatMap(({ transceivers }) => transceivers.map(({ sender }) => sender.sent));
    expect(sent.every((track) => track === null)).toBe(true);
    expect(interpreter.call.hold.value).not.toBeNull();
    expect(seen(interpreter, "visitor").media.value).toMatchObject({ microphone: false, camera: false });
  });

  it("a clerk's screen takes the camera's place everywhere, for newcomers too, until a hold", async () => {
    const screen = new EventTarget();
    Object.assign(screen, { stop: () => undefined, getSettings: () => ({}) });
    const stream = { getVideoTracks: () => [screen], getTracks: () => [screen] };
    vi.stubGlobal("navigator", { mediaDevices: { getDisplayMedia: async () => stream } });
    attendant.reload();
    await attendant.call.screen?.share();
    await settled();
    const interpreter = await comes("guest_1", "interpreter", "Rita Prado");
    for (const side of [visitor, interpreter])
      expect(seen(side, "attendant").media.value).toMatchObject({ camera: false, screen: true });
    const carrying = made.filter(({ transceivers }) =>
      transceivers.some(({ sender }) => sender.track === screen),
    );
    expect(carrying).toHaveLength(2);
    log.append(null, { type: "hold", until_ms: 900_000 });
    log.append(null, { type: "unhold" });
    await settled();
    expect(seen(visitor, "attendant").media.value).toMatchObject({ camera: true, screen: false });
    expect(visitor.call.screen).toBeNull();
  });

  it("hanging up ends it for all", async () => {
    const interpreter = await comes("guest_1", "interpreter", "Rita Prado");
    await attendant.call.hangUp();
    await settled();
    expect([visitor, attendant, interpreter].map(({ call }) => call.phase.value)).toEqual([
      "ended",
      "ended",
      "ended",
    ]);
    expect(standing()).toBe(0);
  });

  it("a disposed call leaves nothing running", async () => {
    await comes("guest_1", "interpreter", "Rita Prado");
    for (const { call } of sides) call.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
