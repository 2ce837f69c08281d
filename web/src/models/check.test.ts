import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MediaModel } from "~/call/media";
import { FakeConnection, made } from "~/call/testing/connections";
import { Later } from "~/call/testing/later";
import { FakeMedia, settled, withoutBrowser } from "~/call/testing/side";
import { CheckModel, type CheckRequests } from "~/models/check";
import type { Found } from "~/models/found";
import type { CheckCard, EchoTurn, IceServer } from "~/protocol/types";
import { NO_ANSWER, type Reply } from "~/transport/http";

const STUN: IceServer = { urls: ["stun:turn.example:3478"], username: null, credential: null };
const TURN: IceServer = {
  urls: ["turn:turn.example:3478?transport=udp", "turns:turn.example:5349?transport=tcp"],
  username: "1700000000:check-3",
  credential: "secret",
};
const TURN_OVER_TCP: IceServer = { ...TURN, urls: ["turn:turn.example:3478?transport=tcp"] };

const host = { type: "local-candidate", id: "host", candidateType: "host" };
const reflexive = { type: "local-candidate", id: "reflexive", candidateType: "srflx" };
const relay = (relayProtocol?: string) => ({
  type: "local-candidate",
  id: "relay",
  candidateType: "relay",
  ...(relayProtocol !== undefined && { relayProtocol }),
});
const used = ({ id }: { readonly id: string }) => ({
  type: "candidate-pair",
  id: "pair",
  state: "succeeded",
  nominated: true,
  localCandidateId: id,
  currentRoundTripTime: 0.042,
});
const sound = (packetsReceived: number, packetsLost: number) => ({
  type: "inbound-rtp",
  id: "sound",
  kind: "audio",
  packetsReceived,
  packetsLost,
});
const sent = (id: string, bytesSent: number) => ({ type: "outbound-rtp", id, bytesSent });

/** A browser's connection to an echo, with the statistics that a test gives it. */
class ToEcho extends FakeConnection {
  static reports: readonly (readonly object[])[] = [];
  static passes = true;
  static gathering: RTCIceGatheringState = "complete";
  readonly iceGatheringState = ToEcho.gathering;
  #asked = 0;

  override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    await super.setRemoteDescription(description);
    if (!ToEcho.passes) this.connectionState = "failed";
  }

  /** One report after the other; the last again. */
  override async getStats(): Promise<Map<string, object>> {
    if (this.connectionState === "closed") throw new DOMException("", "InvalidStateError");
    const entries = ToEcho.reports[Math.min(this.#asked, ToEcho.reports.length - 1)] ?? [];
    this.#asked += 1;
    return new Map(entries.map((entry, at) => [String(at), entry]));
  }
}

class Lent extends FakeMedia {
  async ask(): Promise<void> {
    this.open();
  }
}

const ANSWER: EchoTurn = { type: "answer", sdp: "the echo's", seconds: 3 };

const begun = (servers: readonly IceServer[], permit: string | null = "permit-1"): Reply<CheckCard> => ({
  ok: true,
  body: { ice: { servers, relay_until_go: false }, permit },
});

/** What a check finds is in `told`; the server answers as it is told to. */
function checking(requests: Partial<CheckRequests>, media: MediaModel | Lent = new Lent()) {
  const told: Found[] = [];
  const silent: CheckRequests = {
    begin: async () => begun([STUN, TURN]),
    echo: async () => ({ ok: true, body: ANSWER }),
    opensLine: async () => true,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the few members of MediaModel that are used
  const model = new CheckModel(media as MediaModel, (found) => told.push(found), { ...silent, ...requests });
  return { model, told };
}

/** From its beginning to its end, all of its seconds. */
async function whole(model: CheckModel): Promise<void> {
  const ended = model.start();
  await vi.advanceTimersByTimeAsync(60_000);
  await ended;
}

beforeEach(() => {
  withoutBrowser();
  vi.stubGlobal("RTCPeerConnection", ToEcho);
  ToEcho.passes = true;
  ToEcho.gathering = "complete";
  ToEcho.reports = [[host, reflexive, relay("udp"), used(host)]];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a check that reaches nobody", () => {
  it("says that the system did not answer", async () => {
    const { model, told } = checking({ begin: async () => NO_ANSWER });
    await whole(model);
    expect(model.phase.value).toEqual({ is: "refused", code: "no_answer" });
    expect(told).toEqual([]);
  });

  it("shows nothing of a check that was stopped", async () => {
    const answer = new Later<Reply<CheckCard>>();
    const { model, told } = checking({ begin: () => answer.promise });
    const started = model.start();
    await settled();
    model.stop();
    answer.settle(begun([]));
    await started;
    expect(model.phase.value).toEqual({ is: "connecting" });
    expect(told).toEqual([]);
    expect(made).toEqual([]);
  });

  it("asks an echo that is only starting again, and gives up after five times", async () => {
    const echo = vi.fn<CheckRequests["echo"]>(async () => ({ ok: false, code: "starting", details: {} }));
    const { model } = checking({ echo });
    await whole(model);
    expect(model.phase.value).toEqual({ is: "refused", code: "starting" });
    expect(echo).toHaveBeenCalledTimes(5);
    expect(made[0]?.connectionState).toBe("closed");
  });

  it("is over where the echo says so", async () => {
    const { model } = checking({ echo: async () => ({ ok: false, code: "check_over", details: {} }) });
    await whole(model);
    expect(model.phase.value).toEqual({ is: "refused", code: "check_over" });
  });
});

describe("the call of a check", () => {
  it("offers both devices with the servers it was given, and asks with its permit", async () => {
    const echo = vi.fn<CheckRequests["echo"]>(async () => ({ ok: true, body: ANSWER }));
    const { model } = checking({ echo });
    await whole(model);
    expect(echo.mock.calls).toEqual([["permit-1", "answer"]]);
    expect(made).toHaveLength(1);
    expect(made[0]?.configuration.iceServers).toEqual([
      { urls: STUN.urls },
      { urls: TURN.urls, username: "1700000000:check-3", credential: "secret" },
    ]);
    expect(made[0]?.transceivers.map(({ direction }) => direction)).toEqual(["sendrecv", "sendrecv"]);
    expect(made[0]?.remoteDescription).toEqual({ type: "answer", sdp: "the echo's" });
    expect(made[0]?.connectionState).toBe("closed");
  });

  it("shows what comes back for its seconds, and then what was found, once", async () => {
    const { model, told } = checking({});
    const ended = model.start();
    await settled();
    expect(model.phase.value).toEqual({ is: "seen", left: 2 });
    expect(model.back.value).not.toBeNull();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(model.phase.value).toEqual({ is: "seen", left: 1 });
    await vi.advanceTimersByTimeAsync(1_000);
    await ended;
    expect(model.phase.value).toMatchObject({ is: "found" });
    expect(model.back.value).toBeNull();
    expect(told).toHaveLength(1);
  });

  it("tells round trip, loss of all the sound, and the last second's bits of both", async () => {
    ToEcho.reports = [
      [host, used(host), sound(10, 0), sent("sound", 1_000), sent("picture", 2_000)],
      [host, used(host), sound(55, 5), sent("sound", 2_000), sent("picture", 99_000)],
      [host, used(host), sound(90, 10), sent("sound", 4_000), sent("picture", 147_000)],
    ];
    const { model, told } = checking({});
    await whole(model);
    expect(told).toMatchObject([{ path: "direct", rttMs: 42, loss: 0.1, kbitPerS: 400 }]);
  });

  it("keeps what it knew of an echo that went a little before its time", async () => {
    ToEcho.reports = [
      [host, used(host), sound(10, 0), sent("sound", 1_000)],
      [host, used(host), sound(60, 0), sent("sound", 26_000)],
      [host],
    ];
    const { model, told } = checking({});
    await whole(model);
    expect(told).toMatchObject([{ path: "direct", loss: 0, kbitPerS: 200 }]);
  });

  it("says by which way an echo came that went at once", async () => {
    ToEcho.reports = [[relay("udp"), used(relay())], []];
    const { model, told } = checking({});
    await whole(model);
    expect(told).toMatchObject([{ path: "relay", rttMs: null, loss: null, kbitPerS: null }]);
  });

  it("does not measure the loss of a sound that never came", async () => {
    const { model, told } = checking({});
    await whole(model);
    expect(told).toMatchObject([{ path: "direct", loss: null }]);
  });

  it("ends where it was stopped in the middle, and tells nothing", async () => {
    const { model, told } = checking({});
    const ended = model.start();
    await settled();
    model.stop();
    await ended;
    expect(made[0]?.connectionState).toBe("closed");
    expect(told).toEqual([]);
    expect(model.back.value).toBeNull();
  });
});

describe("a check that gathers slowly", () => {
  it("offers what it has after five seconds, and not before", async () => {
    ToEcho.gathering = "gathering";
    const echo = vi.fn<CheckRequests["echo"]>(async () => ({ ok: true, body: ANSWER }));
    const { model, told } = checking({ echo });
    const ended = model.start();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(echo).not.toHaveBeenCalled();
    expect(model.phase.value).toEqual({ is: "connecting" });
    await vi.advanceTimersByTimeAsync(10_000);
    await ended;
    expect(told).toMatchObject([{ path: "direct" }]);
  });
});

describe("whoever waits for the echo", () => {
  it("is told how many are before, asks again when it was told to, and has its turn", async () => {
    const turns: EchoTurn[] = [
      { type: "wait", ahead: 2, retry_s: 2 },
      { type: "wait", ahead: 0, retry_s: 2 },
      ANSWER,
    ];
    const echo = vi.fn<CheckRequests["echo"]>(async () => ({ ok: true, body: turns.shift() ?? ANSWER }));
    const { model, told } = checking({ echo });
    const ended = model.start();
    await settled();
    expect(model.phase.value).toEqual({ is: "waiting", ahead: 2 });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(echo).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(model.phase.value).toEqual({ is: "waiting", ahead: 0 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(model.phase.value).toEqual({ is: "seen", left: 2 });
    await vi.advanceTimersByTimeAsync(5_000);
    await ended;
    expect(new Set(echo.mock.calls.map(([permit, sdp]) => `${permit} ${sdp}`)).size).toBe(1);
    expect(told).toHaveLength(1);
  });

  it("no longer asks when they have gone", async () => {
    const echo = vi.fn<CheckRequests["echo"]>(async () => ({
      ok: true,
      body: { type: "wait", ahead: 1, retry_s: 2 },
    }));
    const { model } = checking({ echo });
    const ended = model.start();
    await settled();
    model.stop();
    await ended;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(echo).toHaveBeenCalledTimes(1);
  });
});

describe("the lines of the result", () => {
  it.each([
    ["straight, with the relay in reach", [host, relay("udp"), used(host)], [TURN], "direct", true, true],
    ["straight, and the relay does not answer", [host, used(host)], [TURN], "direct", true, false],
    ["straight, on a site without a relay", [host, used(host)], [], "direct", true, null],
    ["by the relay, over UDP", [host, relay("udp"), used(relay())], [TURN], "relay", true, true],
    ["by the relay, over TLS", [host, relay("tls"), used(relay())], [TURN], "relay", false, true],
    [
      "by the relay, UDP seen otherwise",
      [reflexive, relay("tcp"), used(relay())],
      [TURN],
      "relay",
      true,
      true,
    ],
    [
      "by the relay, in a browser that does not say how",
      [relay(), used(relay())],
      [TURN],
      "relay",
      null,
      true,
    ],
  ] as const)("%s", async (_, report, servers, path, udp, has) => {
    ToEcho.reports = [report];
    const { model, told } = checking({ begin: async () => begun(servers) });
    await whole(model);
    expect(told).toMatchObject([{ path, udp, relay: has, server: true }]);
  });

  it.each([
    ["nothing passes", [host], false, false],
    ["the relay is reached over TCP, and no further", [host, relay("tcp")], false, true],
    ["UDP passes to the relay, and no further", [host, relay("udp")], true, true],
  ] as const)("of a call that never stood: %s", async (_, report, udp, has) => {
    ToEcho.reports = [report];
    ToEcho.passes = false;
    const { model, told } = checking({});
    await whole(model);
    expect(told).toMatchObject([{ path: "none", udp, relay: has, rttMs: null, loss: null, kbitPerS: null }]);
    expect(made[0]?.connectionState).toBe("closed");
  });

  it.each([
    ["both ways to the relay", [host, relay("udp")], [STUN, TURN], true, true],
    ["the relay alone, over TLS", [host, relay("tls")], [STUN, TURN], false, true],
    ["no relay at all", [host], [STUN, TURN], false, false],
    ["a relay that could not tell of UDP", [host, relay("tcp")], [TURN_OVER_TCP], null, true],
    ["no servers", [host], [], null, null],
  ] as const)("of a site without an echo: %s", async (_, report, servers, udp, has) => {
    ToEcho.reports = [report];
    const echo = vi.fn<CheckRequests["echo"]>();
    const { model, told } = checking({ begin: async () => begun(servers, null), echo });
    await whole(model);
    expect(told).toMatchObject([{ path: "untried", udp, relay: has }]);
    expect(echo).not.toHaveBeenCalled();
    expect(made[0]?.connectionState).toBe("closed");
  });

  it("say that the line of the counter does not open, whatever the call does", async () => {
    const { model, told } = checking({ opensLine: async () => false });
    await whole(model);
    expect(told).toMatchObject([{ server: false, path: "direct" }]);
  });

  it("say of the devices what the page has of them", async () => {
    const { model, told } = checking({}, new MediaModel(undefined));
    await whole(model);
    expect(told).toMatchObject([{ camera: "unsupported", microphone: "unsupported" }]);
  });
});
