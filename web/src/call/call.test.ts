import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { certificatesMade, type FakeConnection, FakeSender, made } from "~/call/testing/connections";
import { TestLog } from "~/call/testing/log";
import { CLERK, settled, Side, withoutBrowser } from "~/call/testing/side";
import type { Party } from "~/protocol/types";

let log: TestLog;
let visitor: Side;
let attendant: Side;

const said = (party: Party | null, type: string): number =>
  log.entries.filter((entry) => entry.sender === party && entry.body.type === type).length;
const senders = (connection: FakeConnection | undefined): unknown[] =>
  connection?.transceivers.map(({ sender }) => sender.sent) ?? [];

beforeEach(async () => {
  withoutBrowser();
  log = new TestLog();
  log.append(null, { type: "ring", until_ms: 60_000, clerk: CLERK });
  visitor = new Side(log, "visitor");
  attendant = new Side(log, "attendant");
  await settled();
});

afterEach(() => {
  visitor.call.dispose();
  attendant.call.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("how it goes", () => {
  const measures = (party: Party) => log.measures.filter((one) => one.party === party);

  it("is told by both sides under way", async () => {
    log.append(null, { type: "go", media: "video" });
    await settled();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(log.measures).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect([measures("visitor"), measures("attendant")].map(({ length }) => length)).toEqual([1, 1]);
    expect(measures("visitor")[0]?.measure).toMatchObject({ path: "none", restarts: 0, picture_ms: null });
    // Sound is there at once in these connections, which have neither pictures nor statistics.
    expect(measures("visitor")[0]?.measure.sound_ms).toBeLessThan(100);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(measures("visitor").at(-1)?.measure.restarts, "no beat is heard here").toBeGreaterThan(0);
  });

  it("tells the clerk's page what the visitor takes part with", async () => {
    visitor.media.open();
    log.append(null, { type: "go", media: "video" });
    await settled();
    await vi.advanceTimersByTimeAsync(6_000);
    const word = made[0]?.channel.sent.find((text) => text.includes("gauged")) ?? "{}";
    expect(JSON.parse(word)).toMatchObject({ camera: "on", microphone: "on", path: "none", touch: false });
    expect(made[1]?.channel.sent.filter((text) => text.includes("gauged"))).toEqual([]);
    made[1]?.channel.hear(JSON.parse(word));
    expect(attendant.call.main.told.value).toMatchObject({ camera: "on", lostPercent: null });
  });

  it("is not told of a ring that nobody entered", async () => {
    await vi.advanceTimersByTimeAsync(30_000);
    await visitor.call.hangUp();
    expect(log.measures).toEqual([]);
  });

  it("is told when it is over, by whoever ends it and by whoever hears of it from the counter", async () => {
    log.append(null, { type: "go", media: "video" });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(log.measures).toEqual([]);
    await visitor.call.hangUp();
    await settled();
    expect(attendant.call.end.value).toMatchObject({ by: "visitor" });
    expect(log.measures.map(({ party }) => party)).toEqual(["visitor", "attendant"]);
  });

  it("is told by whoever hears of the end directly, though the call was short", async () => {
    log.append(null, { type: "go", media: "video" });
    await settled();
    made[1]?.channel.hear({ type: "bye" });
    await settled();
    expect(measures("attendant")).toHaveLength(1);
  });

  it("is told by a page whose view says before the log that it is over", async () => {
    log.append(null, { type: "go", media: "video" });
    await settled();
    attendant.call.dispose();
    await settled();
    expect(measures("attendant")).toHaveLength(1);
  });

  it("is not told by a page that was opened when all was over", async () => {
    log.append(null, { type: "go", media: "video" });
    await settled();
    await visitor.call.hangUp();
    await settled();
    const before = log.measures.length;
    const late = new Side(log, "visitor");
    await settled();
    expect(late.call.phase.value).toBe("ended");
    expect(log.measures).toHaveLength(before);
    late.call.dispose();
  });
});

describe("while it rings", () => {
  it("both sides connect, and nothing is sent, whatever is on", async () => {
    visitor.media.open();
    await settled();
    expect(made.map(({ connectionState }) => connectionState)).toEqual(["connected", "connected"]);
    expect([...senders(made[0]), ...senders(made[1])]).toEqual([null, null, null, null]);
    expect(made[0]?.transceivers.map(({ sender }) => sender.track)).toEqual([
      null,
      visitor.media.video.value,
    ]);
    expect(made[1]?.transceivers.map(({ direction }) => direction)).toEqual(["sendrecv", "sendrecv"]);
    expect(said("visitor", "media")).toBe(0);
    expect(visitor.call.clerk.value).toEqual(CLERK);
  });

  it("a browser that cannot be told to wait gets no picture to wait with", async () => {
    vi.spyOn(FakeSender.prototype, "setParameters").mockResolvedValue();
    visitor.media.open();
    visitor.reload();
    await settled();
    expect(made[2]?.connectionState).toBe("connected");
    expect(made[2]?.transceivers.map(({ sender }) => sender.track)).toEqual([null, null]);
    vi.restoreAllMocks();
  });

  it("a visitor's page that is opened again builds the leg again on both sides", async () => {
    visitor.reload();
    await settled();
    expect(said("visitor", "rejoin")).toBe(1);
    expect(made.map(({ connectionState }) => connectionState)).toEqual([
      "closed",
      "closed",
      "connected",
      "connected",
    ]);
  });

  it("all legs of a page have its one certificate, also the ones that are built again", async () => {
    visitor.reload();
    await settled();
    const own = made.map(({ configuration }) => configuration.certificates?.[0]);
    expect(own).toHaveLength(4);
    expect(new Set(own).size, "this test is one page").toBe(1);
    expect(own[0]).toBeDefined();
    expect(certificatesMade()).toBe(1);
  });

  it("a page that is hidden says so at once: its next beat may come late", async () => {
    class Page extends EventTarget {
      visibilityState = "visible";
    }
    const page = new Page();
    vi.stubGlobal("document", page);
    visitor.reload();
    await settled();
    const beats = (): string[] => made.at(-2)?.channel.sent.filter((word) => word.includes("beat")) ?? [];
    expect(beats()).toEqual([]);
    page.visibilityState = "hidden";
    page.dispatchEvent(new Event("visibilitychange"));
    page.visibilityState = "visible";
    page.dispatchEvent(new Event("visibilitychange"));
    expect(beats().map((word): unknown => JSON.parse(word))).toEqual([
      { type: "beat", hidden: true },
      { type: "beat", hidden: false },
    ]);
  });

  it("a leg that fell silent gets fresh credentials and a new way, and is not built again for it", async () => {
    for (const { channel } of made) channel.hear({ type: "beat" });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(made[0]?.localDescription?.sdp).toBe("offer restarted");
    expect(made).toHaveLength(2);
  });

  it("a clerk's page that comes late finds the offer in the log", async () => {
    attendant.reload();
    await settled();
    expect(made.at(-1)?.connectionState).toBe("connected");
  });
});

describe("when the visitor presses Entrar", () => {
  /** What the visitor's page said last over the leg arrives on the attendant's. */
  const overTheLeg = (): void => made[1]?.channel.hear(JSON.parse(made[0]?.channel.sent.at(-1) ?? ""));

  beforeEach(async () => {
    visitor.media.open();
    attendant.media.open();
    await settled();
    visitor.call.enters();
    overTheLeg();
    await settled();
  });

  it("both send at once, before the counter has said go, and the log is told nothing of it", () => {
    expect(senders(made[0])).toEqual([visitor.media.audio.value, visitor.media.video.value]);
    expect(senders(made[1])).toEqual([attendant.media.audio.value, attendant.media.video.value]);
    expect([visitor.call.phase.value, attendant.call.phase.value]).toEqual(["ringing", "ringing"]);
    expect([visitor.call.entered.value, attendant.call.entered.value]).toEqual([true, true]);
    expect([said("visitor", "media"), said("attendant", "media")]).toEqual([0, 0]);
  });

  it("goes on with the same tracks once it has", async () => {
    log.append(null, { type: "go", media: "video" });
    await settled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(senders(made[0])).toEqual([visitor.media.audio.value, visitor.media.video.value]);
    expect(senders(made[1])).toEqual([attendant.media.audio.value, attendant.media.video.value]);
    expect([said("visitor", "media"), said("attendant", "media")]).toEqual([1, 1]);
  });

  it("stops where the counter does not let them in; the clerk's side by itself, and for good", async () => {
    visitor.call.stays();
    await settled();
    expect(senders(made[0])).toEqual([null, null]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(senders(made[1])).toEqual([null, null]);
    expect([visitor.call.entered.value, attendant.call.entered.value]).toEqual([false, false]);
    visitor.call.enters();
    overTheLeg();
    await settled();
    expect(senders(made[1])).toEqual([null, null]);
  });
});

describe("from go on", () => {
  beforeEach(async () => {
    visitor.media.open();
    log.append(null, { type: "go", media: "video" });
    await settled();
  });

  it("what is on is sent without another negotiation, and told", () => {
    expect(senders(made[0])).toEqual([visitor.media.audio.value, visitor.media.video.value]);
    expect(senders(made[1])).toEqual([null, null]);
    expect(said("visitor", "description")).toBe(1);
    expect(attendant.call.main.media.value).toMatchObject({ microphone: true, camera: true });
    expect(visitor.call.main.media.value).toMatchObject({ microphone: false, camera: false });
  });

  it("a prompt that is answered later adds its tracks", async () => {
    attendant.media.open();
    await settled();
    expect(senders(made[1])).toEqual([attendant.media.audio.value, attendant.media.video.value]);
    expect(visitor.call.main.media.value).toMatchObject({ microphone: true, camera: true });
  });

  it("a muted microphone is told directly and in the log", async () => {
    visitor.media.microphone.value = "off";
    await settled();
    expect(attendant.call.main.media.value).toMatchObject({ microphone: false, camera: true });
    expect(made[0]?.channel.sent.at(-1)).toContain('"microphone":false');
  });

  it("a reloaded page gets the text, the time and the leg back, and sends again what is on", async () => {
    await attendant.call.chat.write("Bom dia");
    await visitor.call.chat.write("Bom dia, doutora");
    visitor.reload();
    await settled();
    expect(visitor.call.phase.value).toBe("active");
    expect(visitor.call.chat.lines.value.map(({ text }) => text)).toEqual(["Bom dia", "Bom dia, doutora"]);
    expect(senders(made[2])).toEqual([visitor.media.audio.value, visitor.media.video.value]);
  });

  it("what was said while the line was away is heard when it is back, once", async () => {
    visitor.wire.status.value = "offline";
    await attendant.call.chat.write("Ainda aí?");
    await settled();
    expect(visitor.call.chat.lines.value).toEqual([]);
    visitor.wire.status.value = "online";
    await settled();
    expect(visitor.call.chat.lines.value.map(({ text }) => text)).toEqual(["Ainda aí?"]);
  });

  it("a leg from which nothing comes any more is restarted, and then built again, by itself", async () => {
    made[0]?.channel.hear({ type: "beat" });
    await vi.advanceTimersByTimeAsync(500);
    expect(visitor.call.leg.value).toBe("connected");
    await vi.advanceTimersByTimeAsync(2_500);
    expect(visitor.call.leg.value).toBe("broken");
    expect(made[0]?.localDescription?.sdp).toBe("offer restarted");
    await vi.advanceTimersByTimeAsync(6_500);
    expect(said("visitor", "rejoin")).toBe(1);
    expect(made[0]?.connectionState).toBe("closed");
  });

  it("the other side's goodbye ends it, the server away or not", () => {
    made[0]?.channel.hear({ type: "bye" });
    expect(visitor.call.phase.value).toBe("ended");
    expect(visitor.call.end.value).toEqual({ by: "attendant", reason: "hung_up" });
    expect(made[0]?.connectionState).toBe("closed");
  });

  it("ending it ends it for both, and closes both connections", async () => {
    await visitor.call.hangUp();
    await settled();
    expect([visitor.call.phase.value, attendant.call.phase.value]).toEqual(["ended", "ended"]);
    expect(attendant.call.end.value).toMatchObject({ by: "visitor", reason: "hung_up" });
    expect(made.map(({ connectionState }) => connectionState)).toEqual(["closed", "closed"]);
  });

  it("a disposed call leaves nothing running", () => {
    visitor.call.dispose();
    attendant.call.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a visit by text", () => {
  it("opens the text on both sides", async () => {
    log.append(null, { type: "go", media: "text" });
    await settled();
    expect([visitor.call.chat.open.value, attendant.call.chat.open.value]).toEqual([true, true]);
  });

  it("works in a browser without WebRTC", async () => {
    vi.stubGlobal("RTCPeerConnection", undefined);
    Reflect.deleteProperty(globalThis, "RTCPeerConnection");
    visitor.reload();
    await settled();
    expect(visitor.call.leg.value).toBe("none");
    await visitor.call.chat.write("Sem vídeo aqui");
    await settled();
    expect(attendant.call.chat.lines.value.map(({ text }) => text)).toEqual(["Sem vídeo aqui"]);
  });
});
