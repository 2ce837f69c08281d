/** One RTCPeerConnection, doing the steps that `Negotiation` decides, in order. The only place that knows WebRTC's objects. */

import { parseWord, type Word } from "~/call/channel";
import type { Stage } from "~/call/gauge";
import { hasTurn, servers } from "~/call/ice";
import type { Side, Step } from "~/call/negotiation";
import { type Picture, PICTURES } from "~/call/ladder";
import { read, type Reading } from "~/call/quality";
import { tuned } from "~/call/sdp";
import type { Candidate, Description, Ice } from "~/protocol/types";

const AUDIO_BITS_PER_S = 32_000;

export interface LegParts {
  readonly side: Side;
  readonly ice: Ice;
  /** Only through TURN, where there is one. */
  readonly relay: boolean;
  /** Of this page; empty: one of its own. */
  readonly certificates: readonly RTCCertificate[];
  readonly say: (body: Description | Candidate) => void;
  readonly heard: (word: Word) => void;
  readonly appeared: (stream: MediaStream) => void;
  /** A stage of the beginning is over; said at each restart too. */
  readonly reached: (stage: Stage) => void;
}

/** Certificates are said every time: to leave them out is to change them, which browsers refuse. */
function configuration(ice: Ice, relay: boolean, certificates: readonly RTCCertificate[]): RTCConfiguration {
  return {
    ...(certificates.length > 0 && { certificates: [...certificates] }),
    iceServers: servers(ice),
    iceTransportPolicy: relay && hasTurn(ice) ? "relay" : "all",
    bundlePolicy: "max-bundle",
    rtcpMuxPolicy: "require",
  };
}

export class Leg {
  readonly #parts: LegParts;
  readonly #connection: RTCPeerConnection;
  readonly #channel: RTCDataChannel;
  readonly #stream = new MediaStream();
  readonly #ended = new AbortController();
  /** Steps are done one after the other: a candidate must find its description. */
  #doing: Promise<void> = Promise.resolve();
  #number = 0;
  #refused = false;
  #opened = false;
  #heardMs: number | null = null;
  #peerHidden = false;
  #audio: MediaStreamTrack | null = null;
  #video: MediaStreamTrack | null = null;
  /** Whether any of it leaves. */
  #live = false;
  #picture: Picture | null = PICTURES["720p"];
  #sound = true;

  constructor(parts: LegParts) {
    this.#parts = parts;
    this.#connection = new RTCPeerConnection(configuration(parts.ice, parts.relay, parts.certificates));
    this.#channel = this.#connection.createDataChannel("words", { negotiated: true, id: 0 });
    if (parts.side === "polite") {
      // Empty senders: the whole connection stands before anybody has pressed "Entrar".
      this.#connection.addTransceiver("audio", { direction: "sendrecv" });
      this.#connection.addTransceiver("video", { direction: "sendrecv" });
    }
    this.#listen();
  }

  get state(): RTCPeerConnectionState {
    return this.#connection.connectionState;
  }

  /** The browser refused a step, or the channel that stood is closed: this connection is of no more use. */
  get useless(): boolean {
    return this.#refused || (this.#opened && !this.open);
  }

  /** When the last message came through the data channel, by `performance.now()`; null: none yet. */
  get heardMs(): number | null {
    return this.#heardMs;
  }

  /** Whether the other side's page says that nobody looks at it. */
  get peerHidden(): boolean {
    return this.#peerHidden;
  }

  get open(): boolean {
    return this.#channel.readyState === "open";
  }

  perform(steps: readonly Step[]): void {
    for (const step of steps) this.#next(() => this.#do(step));
  }

  /** Send these from now on; null: nothing of that kind. No negotiation is needed. */
  send(audio: MediaStreamTrack | null, video: MediaStreamTrack | null): void {
    this.#give(audio, video, true);
  }

  /**
   * Nothing leaves, but this picture is at its encoder, which is what a first picture waits for (W3C webrtc-pc §5.2: of
   * an encoding that is not `active`, nothing is sent). Sound needs no such start.
   */
  ready(video: MediaStreamTrack | null): void {
    this.#give(null, video, false);
  }

  /** How much of it may be sent; no picture, no sound: that track waits, and nothing is negotiated. */
  limit(picture: Picture | null, sound: boolean): void {
    this.#picture = picture;
    this.#sound = sound;
    this.#next(() => this.#attach());
  }

  /** Say something directly. False when the channel is not open. */
  word(word: Word): boolean {
    if (!this.open) return false;
    this.#channel.send(JSON.stringify(word));
    return true;
  }

  /** Use these servers from the next restart on; `relay` as when it was built. */
  configure(ice: Ice, relay: boolean): void {
    const { certificates } = this.#parts;
    this.#next(async () => this.#connection.setConfiguration(configuration(ice, relay, certificates)));
  }

  async read(nowMs: number): Promise<Reading> {
    return read(await this.#connection.getStats(), nowMs);
  }

  /** Whether something of this kind has come and was played lately. */
  comes(kind: "audio" | "video"): boolean {
    return this.#connection
      .getReceivers()
      .some((receiver) => receiver.track.kind === kind && receiver.getSynchronizationSources().length > 0);
  }

  /** How loud what comes is now, 0..1 as RFC 6464 has it, linear. */
  loudness(): number {
    const sources = this.#connection
      .getReceivers()
      .flatMap((receiver) => receiver.getSynchronizationSources());
    return Math.max(0, ...sources.map(({ audioLevel }) => audioLevel ?? 0));
  }

  close(): void {
    this.#ended.abort();
    this.#channel.close();
    this.#connection.close();
  }

  #listen(): void {
    const { signal } = this.#ended;
    this.#connection.addEventListener(
      "icecandidate",
      ({ candidate }) => {
        this.#parts.say({
          type: "candidate",
          number: this.#number,
          candidate: candidate?.candidate ?? "",
          mid: candidate?.sdpMid ?? null,
          line: candidate?.sdpMLineIndex ?? null,
        });
      },
      { signal },
    );
    this.#connection.addEventListener(
      "iceconnectionstatechange",
      () => {
        if (this.#connection.iceConnectionState === "connected") this.#parts.reached("ice");
      },
      { signal },
    );
    this.#connection.addEventListener(
      "connectionstatechange",
      () => {
        if (this.#connection.connectionState === "connected") this.#parts.reached("connected");
      },
      { signal },
    );
    this.#connection.addEventListener(
      "track",
      ({ track }) => {
        this.#stream.addTrack(track);
        this.#parts.appeared(this.#stream);
      },
      { signal },
    );
    this.#channel.addEventListener(
      "message",
      ({ data }) => {
        this.#heardMs = performance.now();
        this.#opened = true;
        const word = parseWord(data);
        if (word?.type === "beat") this.#peerHidden = word.hidden === true;
        else if (word !== null) this.#parts.heard(word);
      },
      { signal },
    );
  }

  #give(audio: MediaStreamTrack | null, video: MediaStreamTrack | null, live: boolean): void {
    this.#audio = audio;
    this.#video = video;
    this.#live = live;
    this.#next(() => this.#attach());
  }

  #next(work: () => Promise<void>): void {
    this.#doing = this.#doing.then(async () => {
      if (this.#ended.signal.aborted) return;
      try {
        await work();
      } catch (error) {
        // Closed while it was at it, or refused by the browser: nothing else is expected here.
        if (!(error instanceof DOMException)) throw error;
        this.#refused = true;
      }
    });
  }

  async #do(step: Step): Promise<void> {
    const connection = this.#connection;
    switch (step.do) {
      case "offer":
        this.#number = step.number;
        await connection.setLocalDescription(await connection.createOffer({ iceRestart: step.restart }));
        this.#describe("offer", step.number);
        return;
      case "answer":
        await connection.setRemoteDescription({ type: "offer", sdp: tuned(step.sdp) });
        // An answerer's transceivers begin as receivers only.
        for (const transceiver of connection.getTransceivers()) transceiver.direction = "sendrecv";
        this.#number = step.number;
        await connection.setLocalDescription();
        this.#describe("answer", step.number);
        await this.#attach();
        return;
      case "accept":
        await connection.setRemoteDescription({ type: "answer", sdp: tuned(step.sdp) });
        await this.#attach();
        return;
      case "add":
        await this.#add(step.candidate);
        return;
      case "say":
      case "rebuild":
        // The call's own steps: they concern more than this connection.
        return;
    }
  }

  #describe(kind: "offer" | "answer", number: number): void {
    const sdp = this.#connection.localDescription?.sdp;
    if (sdp !== undefined) this.#parts.say({ type: "description", number, kind, sdp });
  }

  async #add({ candidate, mid, line }: Candidate): Promise<void> {
    try {
      await this.#connection.addIceCandidate({ candidate, sdpMid: mid, sdpMLineIndex: line });
    } catch (error) {
      // One address that this browser cannot use (a form it does not know) is no reason to give the others up.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  /** What there is to send is sent, within its limits. */
  async #attach(): Promise<void> {
    await Promise.all(
      this.#connection.getTransceivers().map(async ({ sender, receiver }) => {
        const audio = receiver.track.kind === "audio";
        const track = audio ? this.#audio : this.#video;
        const limits = audio ? soundLimits(this.#sound) : pictureLimits(this.#picture, track);
        // Limits come first: a line that was narrow is not flooded by the first second.
        await restrain(sender, this.#live ? limits : { ...limits, active: false });
        const given = this.#live || waits(sender) ? track : null;
        if (sender.track !== given) await sender.replaceTrack(given);
      }),
    );
  }
}

type Limits = Pick<
  RTCRtpEncodingParameters,
  "active" | "maxBitrate" | "maxFramerate" | "scaleResolutionDownBy"
>;

function soundLimits(active: boolean): Limits {
  return { active, maxBitrate: AUDIO_BITS_PER_S };
}

function pictureLimits(picture: Picture | null, track: MediaStreamTrack | null): Limits {
  if (picture === null) return { active: false };
  const { width, height } = track?.getSettings() ?? {};
  // A phone held upright has its width where a laptop has its height.
  const side = Math.min(width ?? picture.height, height ?? picture.height);
  return {
    active: true,
    maxBitrate: picture.bitsPerS,
    maxFramerate: picture.framesPerS,
    scaleResolutionDownBy: Math.max(1, side / picture.height),
  };
}

/** Whether the browser took it that nothing is to be sent. */
function waits(sender: RTCRtpSender): boolean {
  const { encodings } = sender.getParameters();
  return encodings.length > 0 && encodings.every(({ active }) => active === false);
}

async function restrain(sender: RTCRtpSender, limits: Limits): Promise<void> {
  const parameters = sender.getParameters();
  const encoding = parameters.encodings[0];
  if (encoding === undefined || JSON.stringify(encoding) === JSON.stringify({ ...encoding, ...limits }))
    return;
  Object.assign(encoding, limits);
  await sender.setParameters(parameters);
}
