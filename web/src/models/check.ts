/**
 * The check of devices and internet: one's own picture and sound go to the echo and come back, for ten seconds.
 *
 * What is found out is kept as facts (`Found`); `adviceOf` turns them into what the page says. Requests come in through
 * the door, so that every ending can be shown without a line.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import { hasTurn, hasTurnOverUdp, servers } from "~/call/ice";
import type { MediaModel } from "~/call/media";
import type { Found } from "~/models/found";
import { type Sample, sampleOf } from "~/models/line";
import type { CheckCard, EchoAnswer, EchoAsk, EchoTurn, Ice, Path } from "~/protocol/types";
import { type AnyCode, post, type Reply } from "~/transport/http";
import { opensLine } from "~/transport/reach";

export type Phase =
  | { readonly is: "rest" }
  | { readonly is: "asking" }
  | { readonly is: "connecting" }
  /** Other people are being tested: so many are before this one. */
  | { readonly is: "waiting"; readonly ahead: number }
  | { readonly is: "seen"; readonly left: number }
  | { readonly is: "found"; readonly found: Found }
  | { readonly is: "refused"; readonly code: AnyCode };

export interface CheckRequests {
  begin(): Promise<Reply<CheckCard>>;
  echo(permit: string, sdp: string): Promise<Reply<EchoTurn>>;
  /** Whether the line opens on which a page waits. */
  opensLine(ended: AbortSignal): Promise<boolean>;
}

const overHttp: CheckRequests = {
  begin: async () => {
    const session = await post("session");
    return session.ok ? post<CheckCard>("check") : session;
  },
  echo: (permit, sdp) => post<EchoTurn>("check/echo", { permit, sdp } satisfies EchoAsk),
  opensLine,
};

/** As long as a relay has to answer: browsers look for no more addresses once a call stands. */
const GATHER_MS = 5_000;
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
    this.#say(run, { is: "connecting" });
    const [card, server] = await Promise.all([this.#requests.begin(), this.#requests.opensLine(run.signal)]);
    if (run.signal.aborted) return;
    if (!card.ok) return this.#say(run, { is: "refused", code: card.code });
    const connection = new RTCPeerConnection({
      iceServers: servers(card.body.ice),
      bundlePolicy: "max-bundle",
    });
    run.signal.addEventListener("abort", () => connection.close(), { once: true });
    const found = await this.#call(run, connection, card.body);
    if (found === null || run.signal.aborted) return;
    this.#say(run, { is: "found", found: { ...found, server } });
    this.stop();
  }

  /** Nothing goes on any more; what was found stays to be read. */
  stop(): void {
    this.#run.abort();
    this.#back.value = null;
  }

  /** What the line does with a call; null where the check ended meanwhile. */
  async #call(
    run: AbortController,
    connection: RTCPeerConnection,
    { ice, permit }: CheckCard,
  ): Promise<Omit<Found, "server"> | null> {
    const back = new MediaStream();
    connection.addEventListener("track", ({ track }) => back.addTrack(track));
    connection.addTransceiver(this.#media.audio.peek() ?? "audio", { direction: "sendrecv" });
    connection.addTransceiver(this.#media.video.peek() ?? "video", { direction: "sendrecv" });
    await connection.setLocalDescription();
    await gathered(connection, permit === null ? CONNECT_MS : GATHER_MS, run.signal);
    if (run.signal.aborted) return null;
    if (permit === null) return this.#found("untried", ice, await sampleOf(connection));
    const turn = await this.#turn(run, permit, connection.localDescription?.sdp ?? "");
    if (turn === null) return null;
    await connection.setRemoteDescription({ type: "answer", sdp: turn.sdp });
    const connected = await standing(connection, run.signal);
    if (run.signal.aborted) return null;
    let before = await sampleOf(connection);
    if (!connected) return this.#found("none", ice, before);
    this.#back.value = back;
    let found = this.#found(before.path ?? "direct", ice, before);
    for (let left = turn.seconds - 1; left > 0; left -= 1) {
      this.#say(run, { is: "seen", left });
      await pause(SECOND_MS, run.signal);
      if (run.signal.aborted) return null;
      const now = await sampleOf(connection);
      // The echo has gone a little before its time.
      if (now.path === null) continue;
      found = {
        ...this.#found(now.path, ice, now),
        rttMs: now.rttMs,
        loss: now.received + now.lost === 0 ? null : now.lost / (now.received + now.lost),
        kbitPerS: ((now.sent - before.sent) * 8) / SECOND_MS,
      };
      before = now;
    }
    return found;
  }

  /** The echo's answer; null where the check ended meanwhile. */
  async #turn(run: AbortController, permit: string, sdp: string): Promise<EchoAnswer | null> {
    for (let tries = 0; !run.signal.aborted;) {
      const reply = await this.#requests.echo(permit, sdp);
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

  #found(path: Path, ice: Ice, { udp, relay }: Sample): Omit<Found, "server"> {
    const { camera, microphone } = this.#media;
    // Nothing that speaks UDP was there to be reached: that none was, tells nothing.
    const tried = hasTurnOverUdp(ice) || path === "none" || path === "relay";
    return {
      camera: camera.peek(),
      microphone: microphone.peek(),
      path,
      udp: udp === false && !tried ? null : udp,
      relay: hasTurn(ice) ? relay : null,
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

/** Every address is known, or enough time has gone for those that matter. */
function gathered(connection: RTCPeerConnection, within_ms: number, ended: AbortSignal): Promise<void> {
  return until(
    connection,
    "icegatheringstatechange",
    () => connection.iceGatheringState === "complete",
    within_ms,
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
