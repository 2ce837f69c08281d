import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeConnection, made } from "~/call/testing/connections";
import { TestLog } from "~/call/testing/log";
import { CLERK, settled, Side, withoutBrowser } from "~/call/testing/side";
import type { Party } from "~/protocol/types";

/** Of Node, where these tests run; pages have no such thing. */
declare const process: Record<"on" | "off", (event: string, listener: (reason: unknown) => void) => void>;

const TURN = { urls: ["turn:turn.example:3478"], username: "ring", credential: "secret" };

let log: TestLog;
let sides: Side[];

/** Both sides' pages open while it rings. */
async function opens(): Promise<[Side, Side]> {
  const [visitor, attendant] = [new Side(log, "visitor"), new Side(log, "attendant")];
  sides = [visitor, attendant];
  await settled();
  return [visitor, attendant];
}

const said = (party: Party, type: string): number =>
  log.entries.filter((entry) => entry.sender === party && entry.body.type === type).length;
const policies = (): unknown[] => made.map(({ configuration }) => configuration.iceTransportPolicy);

beforeEach(() => {
  withoutBrowser();
  log = new TestLog();
  log.append(null, { type: "ring", until_ms: 60_000, clerk: CLERK });
});

afterEach(() => {
  for (const { call } of sides) call.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("which ways a leg may take", () => {
  it("is all of them, until a restart and another leg did not help: then TURN only, on both sides", async () => {
    log.ice = () => ({ servers: [TURN], relay_until_go: false });
    await opens();
    log.append(null, { type: "go", media: "video" });
    await settled();
    for (const { channel } of made) channel.hear({ type: "beat" });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(made.map(({ localDescription }) => localDescription?.sdp)).toContain("offer restarted");
    expect(policies()).toEqual(["all", "all"]);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(said("visitor", "rejoin") + said("attendant", "rejoin")).toBe(1);
    expect(policies()).toEqual(["all", "all", "all", "all"]);
    await vi.advanceTimersByTimeAsync(17_000);
    expect(policies().slice(4)).toEqual(["relay", "relay"]);
  });

  it("is all of them again once a leg has lived", async () => {
    log.ice = () => ({ servers: [TURN], relay_until_go: false });
    await opens();
    for (const { channel } of made) channel.hear({ type: "beat" });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(policies().at(-1)).toBe("relay");
    for (const { channel } of made.slice(-2)) channel.hear({ type: "beat" });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(policies().at(-1)).toBe("all");
  });

  it("is TURN only on the clerk's side until Entrar, where the court wants it, however often it is built", async () => {
    log.ice = (party) => ({ servers: [TURN], relay_until_go: party === "attendant" });
    const [visitor] = await opens();
    visitor.reload();
    await settled();
    expect(policies()).toEqual(["all", "relay", "all", "relay"]);
    log.append(null, { type: "go", media: "video" });
    await settled();
    expect(policies().slice(2)).toEqual(["all", "all"]);
    expect(made[3]?.localDescription?.sdp, "other ways are looked for").toBe("offer restarted");
    visitor.reload();
    await settled();
    expect(policies().slice(4)).toEqual(["all", "all"]);
  });

  it("is all of them where there is no TURN: only TURN would be none", async () => {
    log.ice = () => ({ servers: [], relay_until_go: true });
    await opens();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(made.length).toBeGreaterThan(4);
    expect(new Set(policies())).toEqual(new Set(["all"]));
  });
});

describe("a browser that refuses to build", () => {
  /** From now on connections are refused where `refuses` says so. */
  function refusing(refuses: (configuration: RTCConfiguration) => boolean): void {
    vi.stubGlobal(
      "RTCPeerConnection",
      class extends FakeConnection {
        constructor(configuration: RTCConfiguration) {
          if (refuses(configuration)) throw new DOMException("", "InvalidAccessError");
          super(configuration);
        }
      },
    );
  }

  it("a leg with the page's certificate gets one without it", async () => {
    refusing(({ certificates }) => certificates !== undefined);
    await opens();
    expect(made.map(({ connectionState }) => connectionState)).toEqual(["connected", "connected"]);
    expect(made[0]?.configuration.certificates).toBeUndefined();
  });

  it("the leg from the beginning is asked again, with patience, and the call comes about", async () => {
    let refuses = true;
    refusing(() => refuses);
    const [visitor, attendant] = await opens();
    expect(made).toEqual([]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(said("visitor", "rejoin")).toBe(1);
    refuses = false;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(made.map(({ connectionState }) => connectionState)).toContain("connected");
    expect([visitor.call.leg.value, attendant.call.leg.value]).toEqual(["connected", "connected"]);
  });

  it("another leg in the place of a dead one is asked again: recovery goes on for the rest of the call", async () => {
    await opens();
    log.append(null, { type: "go", media: "video" });
    await settled();
    for (const { channel } of made) channel.hear({ type: "beat" });
    let refused = 0;
    refusing(() => {
      refused += 1;
      return true;
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(refused).toBeGreaterThan(2);
    refusing(() => false);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(made.length).toBeGreaterThan(2);
    expect(made.at(-1)?.connectionState).toBe("connected");
  });
});

describe("a remedy in which something unforeseen happens", () => {
  it("is not the last: the next is begun", async () => {
    const [visitor] = await opens();
    for (const { channel } of made) channel.hear({ type: "beat" });
    const asked = vi.spyOn(visitor.wire, "send").mockRejectedValueOnce(new Error("unforeseen"));
    const seen = vi.fn<(reason: unknown) => void>();
    process.on("unhandledRejection", seen);
    await vi.advanceTimersByTimeAsync(3_000);
    process.off("unhandledRejection", seen);
    expect(seen).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalled();
    expect(made[0]?.localDescription?.sdp).toBe("offer restarted");
  });
});
