/**
 * The check of devices and internet: one's own picture and sound go to the echo and come back, for ten seconds.
 *
 * What is found out is kept as facts (`Found`); `adviceOf` turns them into what the page says. WebRTC and requests come
 * in through the door, so that every ending can be shown without a line.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { DeviceState, MediaModel } from "~/call/media";
import type { CheckCard, EchoAsk, EchoTurn, Ice } from "~/protocol/types";
import { type AnyCode, post, type Reply } from "~/transport/http";

/** How one's packets travelled: straight, through a relay, or not at all. `untried`: the site has no echo. */
export type Path = "direct" | "relay" | "none" | "untried";

export interface Found {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  readonly path: Path;
  /** Whether the relay answered; null: the site has none. */
  readonly relay: boolean | null;
  readonly rttMs: number | null;
  /** Of the sound sent, what did not come back: 0 to 1. */
  readonly loss: number | null;
  /** What was sent at the end. */
  readonly kbitPerS: number | null;
}

export type Phase =
  | { readonly is: "rest" }
  | { readonly is: "asking" }
  | { readonly is: "connecting" }
  /** Other people are being tested: so many are before this one. */
  | { readonly is: "waiting"; readonly ahead: number }
  | { readonly is: "seen"; readonly left: number }
  | { readonly is: "found"; readonly found: Found }
  | { readonly is: "refused"; readonly code: AnyCode };

/** Sentences of the result, worst first. */
export type Advice =
  "all_well" | "no_line" | "much_lost" | "slow" | "relayed" | "no_camera" | "no_microphone" | "line_untried";

/** Over a second one waits for each other's words; above a twentieth lost, words go missing (ITU-T G.114, G.1070). */
export const SLOW_MS = 400;
export const MUCH_LOST = 0.05;
/** Less than this carries no picture worth having. */
const LITTLE_KBIT = 100;

export function adviceOf(found: Found): Advice[] {
  const advice: Advice[] = [];
  if (found.path === "none") advice.push("no_line");
  if ((found.loss ?? 0) > MUCH_LOST) advice.push("much_lost");
  if (
    (found.rttMs ?? 0) > SLOW_MS ||
    (found.camera === "on" && (found.kbitPerS ?? LITTLE_KBIT) < LITTLE_KBIT)
  ) {
    advice.push("slow");
  }
  if (found.microphone !== "on") advice.push("no_microphone");
  if (found.camera !== "on") advice.push("no_camera");
  if (advice.length === 0) advice.push(found.path === "untried" ? "line_untried" : "all_well");
  if (found.path === "relay") advice.push("relayed");
  return advice;
}

export interface CheckRequests {
  begin(): Promise<Reply<CheckCard>>;
  echo(sdp: string): Promise<Reply<EchoTurn>>;
}

const overHttp: CheckRequests = {
  begin: async () => {
    const session = await post("session");
    return session.ok ? post<CheckCard>("check") : session;
  },
  echo: (sdp) => post<EchoTurn>("check/echo", { sdp } satisfies EchoAsk),
};

const GATHER_MS = 3_000;
const CONNECT_MS = 10_000;
const SECOND_MS = 1_000;
/** An echo that is only starting says so; it is asked again this often. */
const TRIES = 5;

export class CheckModel {
  readonly #media: MediaModel;
  readonly #onFound: (found: Found) => void;
  readonly #requests: CheckRequests;
  readonly #phase = signal<Phase>({ is: "rest" });
  readonly #back = signal<MediaStream | null>(null);
  #run = new AbortController();

  readonly phase: ReadonlySignal<Phase> = this.#phase;
  /** One's own picture and sound, as they come back. */
  readonly back: ReadonlySignal<MediaStream | null> = this.#back;

  /** `media` is lent: whoever made it gives the devices back. `onFound`: a check has come to its end. */
  constructor(media: MediaModel, onFound: (found: Found) => void, requests: CheckRequests = overHttp) {
    this.#media = media;
    this.#onFound = onFound;
    this.#requests = requests;
  }

  get media(): MediaModel {
    return this.#media;
  }

  /** Check everything, from the beginning. Never rejects. */
  async start(): Promise<void> {
    this.stop();
    const run = new AbortController();
    this.#run = run;
    this.#say(run, { is: "asking" });
    await this.#media.ask(this.#media.media.peek());
    const card = await this.#requests.begin();
    if (run.signal.aborted) return;
    if (!card.ok) return this.#say(run, { is: "refused", code: card.code });
    if (!card.body.echo) return this.#say(run, { is: "found", found: this.#found("untried", null) });
    this.#say(run, { is: "connecting" });
    await this.#call(run, card.body.ice);
  }

  /** Nothing goes on any more; what was found stays to be read. */
  stop(): void {
    this.#run.abort();
    this.#back.value = null;
  }

  async #call(run: AbortController, ice: Ice): Promise<void> {
    const connection = new RTCPeerConnection({
      iceServers: ice.servers.map(({ urls, username, credential }) => ({
        urls: [...urls],
        ...(username !== null && { username }),
        ...(credential !== null && { credential }),
      })),
      bundlePolicy: "max-bundle",
    });
    run.signal.addEventListener("abort", () => connection.close(), { once: true });
    const back = new MediaStream();
    connection.addEventListener("track", ({ track }) => back.addTrack(track));
    connection.addTransceiver(this.#media.audio.peek() ?? "audio", { direction: "sendrecv" });
    connection.addTransceiver(this.#media.video.peek() ?? "video", { direction: "sendrecv" });
    await connection.setLocalDescription();
    await gathered(connection, run.signal);
    const sdp = connection.localDescription?.sdp ?? "";
    const hasTurn = ice.servers.some(({ urls }) => urls.some((url) => url.startsWith("turn")));
    const relay = hasTurn ? / typ relay /.test(sdp) : null;
    const turn = await this.#turn(run, sdp);
    if (turn === null || run.signal.aborted) return;
    await connection.setRemoteDescription({ type: "answer", sdp: turn.sdp });
    const connected = await standing(connection, run.signal);
    if (run.signal.aborted) return;
    if (!connected) {
      this.#say(run, { is: "found", found: this.#found("none", relay) });
      this.stop();
      return;
    }
    this.#back.value = back;
    let before = await read(connection);
    let found = this.#found("direct", relay);
    for (let left = turn.seconds - 1; left > 0; left -= 1) {
      this.#say(run, { is: "seen", left });
      await pause(SECOND_MS, run.signal);
      if (run.signal.aborted) return;
      const now = await read(connection);
      if (now.path === null) continue;
      found = {
        ...this.#found(now.path, relay),
        rttMs: now.rttMs,
        loss: now.received + now.lost === 0 ? null : now.lost / (now.received + now.lost),
        kbitPerS: ((now.sent - before.sent) * 8) / SECOND_MS,
      };
      before = now;
    }
    this.#say(run, { is: "found", found });
    this.stop();
  }

  /** The echo's answer; null where the check ended meanwhile. */
  async #turn(
    run: AbortController,
    sdp: string,
  ): Promise<{ readonly sdp: string; readonly seconds: number } | null> {
    for (let tries = 0; !run.signal.aborted;) {
      const reply = await this.#requests.echo(sdp);
      if (run.signal.aborted) return null;
      if (reply.ok) {
        if (reply.body.type === "answer") return reply.body;
        this.#say(run, { is: "waiting", ahead: reply.body.ahead });
        await pause(reply.body.retry_s * SECOND_MS, run.signal);
        continue;
      }
      tries += 1;
      if (reply.code !== "starting" || tries === TRIES) {
        this.#say(run, { is: "refused", code: reply.code });
        this.stop();
        return null;
      }
      await pause(SECOND_MS, run.signal);
    }
    return null;
  }

  #found(path: Path, relay: boolean | null): Found {
    const { camera, microphone } = this.#media;
    return {
      camera: camera.peek(),
      microphone: microphone.peek(),
      path,
      relay,
      rttMs: null,
      loss: null,
      kbitPerS: null,
    };
  }

  #say(run: AbortController, phase: Phase): void {
    if (run !== this.#run || run.signal.aborted) return;
    this.#phase.value = phase;
    if (phase.is === "found") this.#onFound(phase.found);
  }
}

/** What the screen of a check needs. */
export type Checking = Pick<CheckModel, "phase" | "back" | "media" | "start" | "stop">;

interface Sample {
  readonly path: "direct" | "relay" | null;
  readonly rttMs: number | null;
  readonly received: number;
  readonly lost: number;
  readonly sent: number;
}

interface Entry {
  readonly type: string;
  readonly id: string;
  readonly kind?: string;
  readonly state?: string;
  readonly nominated?: boolean;
  readonly localCandidateId?: string;
  readonly candidateType?: string;
  readonly currentRoundTripTime?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly bytesSent?: number;
}

async function read(connection: RTCPeerConnection): Promise<Sample> {
  const entries: Entry[] = [];
  (await connection.getStats()).forEach((entry: Entry) => entries.push(entry));
  const pair = entries.find(
    ({ type, state, nominated }) => type === "candidate-pair" && state === "succeeded" && nominated === true,
  );
  const local = entries.find(({ id }) => id === pair?.localCandidateId);
  const sound = entries.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
  const sent = entries.reduce(
    (sum, { type, bytesSent }) => sum + (type === "outbound-rtp" ? (bytesSent ?? 0) : 0),
    0,
  );
  const rtt = pair?.currentRoundTripTime;
  return {
    path: pair === undefined ? null : local?.candidateType === "relay" ? "relay" : "direct",
    rttMs: rtt === undefined ? null : rtt * 1_000,
    received: sound?.packetsReceived ?? 0,
    lost: Math.max(0, sound?.packetsLost ?? 0),
    sent,
  };
}

/** Every address is known, or enough time has gone for those that matter. */
function gathered(connection: RTCPeerConnection, ended: AbortSignal): Promise<void> {
  return until(
    connection,
    "icegatheringstatechange",
    () => connection.iceGatheringState === "complete",
    GATHER_MS,
    ended,
  );
}

async function standing(connection: RTCPeerConnection, ended: AbortSignal): Promise<boolean> {
  const over = (): boolean => ["connected", "failed", "closed"].includes(connection.connectionState);
  await until(connection, "connectionstatechange", over, CONNECT_MS, ended);
  return connection.connectionState === "connected";
}

function until(
  on: EventTarget,
  event: string,
  true_: () => boolean,
  ms: number,
  ended: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      on.removeEventListener(event, look);
      ended.removeEventListener("abort", done);
      resolve();
    };
    const look = (): void => {
      if (true_()) done();
    };
    const timer = setTimeout(done, ms);
    on.addEventListener(event, look);
    ended.addEventListener("abort", done);
    look();
  });
}

function pause(ms: number, ended: AbortSignal): Promise<void> {
  return until(new EventTarget(), "never", () => ended.aborted, ms, ended);
}
