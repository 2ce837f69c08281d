/** RTCPeerConnections that connect when both descriptions are there, for tests of what is said and when. */

/** All that were made, in order; a test empties it. */
export const made: FakeConnection[] = [];

let certificates = 0;

/** How many were made by connections of this kind, in all tests of this file. */
export const certificatesMade = (): number => certificates;

class FakeChannel extends EventTarget {
  readyState: RTCDataChannelState = "connecting";
  readonly sent: string[] = [];

  send(message: string): void {
    this.sent.push(message);
  }

  close(): void {
    this.readyState = "closed";
  }

  /** The other side said this. */
  hear(word: object): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(word) }));
  }
}

export class FakeSender {
  track: unknown = null;
  #encodings: RTCRtpEncodingParameters[] = [{ active: true }];

  /** What leaves. */
  get sent(): unknown {
    return this.#encodings[0]?.active === true ? this.track : null;
  }

  async replaceTrack(track: unknown): Promise<void> {
    this.track = track;
  }

  getParameters(): { encodings: RTCRtpEncodingParameters[] } {
    return { encodings: structuredClone(this.#encodings) };
  }

  async setParameters({ encodings }: { encodings: RTCRtpEncodingParameters[] }): Promise<void> {
    this.#encodings = encodings;
  }
}

interface FakeTransceiver {
  direction: RTCRtpTransceiverDirection;
  readonly sender: FakeSender;
  readonly receiver: { readonly track: { readonly kind: string } };
}

interface FakeReceiver {
  readonly track: { readonly kind: string };
  readonly getSynchronizationSources: () => readonly { readonly audioLevel: number }[];
}

export class FakeConnection extends EventTarget {
  connectionState: RTCPeerConnectionState = "new";
  localDescription: { readonly type: string; readonly sdp: string } | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  configuration: RTCConfiguration;
  /** Of what comes, 0..1. */
  loudness = 0;
  readonly channel = new FakeChannel();
  readonly transceivers: FakeTransceiver[] = [];
  readonly candidates: (string | undefined)[] = [];

  static async generateCertificate(): Promise<{ readonly expires: number }> {
    certificates += 1;
    return { expires: Date.now() + 30 * 86_400_000 };
  }

  constructor(configuration: RTCConfiguration) {
    super();
    this.configuration = configuration;
    made.push(this);
  }

  createDataChannel(): FakeChannel {
    return this.channel;
  }

  addTransceiver(kind: string, { direction }: { direction: RTCRtpTransceiverDirection }): void {
    this.transceivers.push({ direction, sender: new FakeSender(), receiver: { track: { kind } } });
  }

  getTransceivers(): readonly FakeTransceiver[] {
    return this.transceivers;
  }

  getReceivers(): readonly FakeReceiver[] {
    const sound = [{ audioLevel: this.loudness }];
    return [{ track: { kind: "audio" }, getSynchronizationSources: () => sound }];
  }

  setConfiguration(configuration: RTCConfiguration): void {
    // As browsers do: a connection keeps the certificate it was made with.
    if (configuration.certificates?.[0] !== this.configuration.certificates?.[0])
      throw new DOMException("", "InvalidModificationError");
    this.configuration = configuration;
  }

  async createOffer({ iceRestart }: RTCOfferOptions): Promise<RTCSessionDescriptionInit> {
    return { type: "offer", sdp: iceRestart === true ? "offer restarted" : "offer" };
  }

  async setLocalDescription(description?: RTCSessionDescriptionInit): Promise<void> {
    this.localDescription = { type: description?.type ?? "answer", sdp: description?.sdp ?? "answer" };
    this.#connect();
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.remoteDescription = description;
    if (description.type === "offer" && this.transceivers.length === 0) {
      for (const kind of ["audio", "video"]) this.addTransceiver(kind, { direction: "recvonly" });
    }
    this.#connect();
  }

  async addIceCandidate({ candidate }: RTCIceCandidateInit): Promise<void> {
    this.candidates.push(candidate);
  }

  async getStats(): Promise<Map<string, object>> {
    return new Map();
  }

  close(): void {
    this.connectionState = "closed";
  }

  #connect(): void {
    if (this.localDescription === null || this.remoteDescription === null) return;
    this.connectionState = "connected";
    this.channel.readyState = "open";
  }
}
