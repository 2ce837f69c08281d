/**
 * One call on one page: made when it rings, disposed by whoever made it.
 *
 * While it rings the whole connection is built with empty senders; `go` puts the tracks in. Everything that is said
 * goes through the call's log, so a page that was away or reloaded asks for what it missed and goes on.
 */

import { batch, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Word } from "~/call/channel";
import { ChatModel } from "~/call/chat";
import { Entries } from "~/call/entries";
import { hasTurn, Leg } from "~/call/leg";
import type { MediaModel } from "~/call/media";
import { Negotiation, type Step } from "~/call/negotiation";
import { quality, type Quality, type Reading } from "~/call/quality";
import { type Remedy, Watch } from "~/call/watch";
import type {
  Clerk,
  End,
  HangUp,
  Ice,
  MediaState,
  Party,
  Replay,
  Sent,
  Signal,
  SignalEntry,
} from "~/protocol/types";
import type { CommandReply, LinkStatus } from "~/transport/connection";

/** What a call needs of the page's connection. */
export interface CallWire {
  readonly status: ReadonlySignal<LinkStatus>;
  onSignal(listener: (entry: SignalEntry) => void): () => void;
  send(command: Signal | Replay | HangUp): Promise<CommandReply>;
  /** Court time, ms. */
  serverNow(): number;
}

export interface CallParts {
  readonly wire: CallWire;
  readonly party: Party;
  readonly call: string;
  /** Lent: the page that shows the self-view made it and disposes of it. */
  readonly media: MediaModel;
}

/**
 * - `ringing`: nobody has entered yet; the leg is being built meanwhile;
 * - `active`: the visitor has entered;
 * - `ended`: over for both, whoever ended it.
 */
export type CallPhase = "ringing" | "active" | "ended";

/** `none`: this browser has no WebRTC; text still works. `broken`: it stood and is being mended by itself. */
export type LegState = "none" | "connecting" | "connected" | "broken";

const TICK_MS = 500;
const READ_EVERY = 4;

export class CallModel {
  readonly id: string;
  readonly party: Party;
  readonly media: MediaModel;
  readonly chat: ChatModel;

  readonly #wire: CallWire;
  readonly #phase = signal<CallPhase>("ringing");
  readonly #leg = signal<LegState>("connecting");
  readonly #quality = signal<Quality>("good");
  readonly #clerk = signal<Clerk | null>(null);
  readonly #remote = signal<MediaStream | null>(null);
  readonly #peer = signal<Pick<MediaState, "microphone" | "camera"> | null>(null);
  readonly #started = signal<number | null>(null);
  readonly #elapsed = signal(0);
  readonly #end = signal<Pick<End, "by" | "reason"> | null>(null);

  readonly phase: ReadonlySignal<CallPhase> = this.#phase;
  readonly leg: ReadonlySignal<LegState> = this.#leg;
  readonly quality: ReadonlySignal<Quality> = this.#quality;
  /** Who serves, with or without video. */
  readonly clerk: ReadonlySignal<Clerk | null> = this.#clerk;
  /** Sound and picture of the other side; there before anything flows in it. */
  readonly remote: ReadonlySignal<MediaStream | null> = this.#remote;
  /** What the other side says that it sends; null until it has said so. */
  readonly peer: ReadonlySignal<Pick<MediaState, "microphone" | "camera"> | null> = this.#peer;
  /** Seconds since the visitor entered. */
  readonly elapsed: ReadonlySignal<number> = this.#elapsed;
  readonly end: ReadonlySignal<Pick<End, "by" | "reason"> | null> = this.#end;

  readonly #entries = new Entries();
  readonly #negotiation: Negotiation;
  readonly #watch: Watch;
  readonly #endings: (() => void)[] = [];
  #connection: Leg | null = null;
  #ice: Ice | null = null;
  /** Whether this page has read the log to its end once, and so knows whether it is new in the call. */
  #read = false;
  #replaying = false;
  /** A replay found no answer: there is something to ask for. */
  #missed = false;
  #heard = 0;
  #ticks = 0;
  #reading: Reading | null = null;

  constructor({ wire, party, call, media }: CallParts) {
    this.id = call;
    this.party = party;
    this.media = media;
    this.#wire = wire;
    this.chat = new ChatModel({
      party,
      now: () => wire.serverNow(),
      say: async (text) => (await this.#say({ type: "chat", text })).ok,
    });
    this.#negotiation = new Negotiation(party);
    this.#watch = new Watch(party);
    if (!("RTCPeerConnection" in globalThis)) this.#leg.value = "none";
    this.chat.show(media.media.peek() === "text" || this.#leg.peek() === "none");
    this.#endings.push(
      wire.onSignal((entry) => {
        if (entry.call === call) this.#take(this.#entries.live(entry));
      }),
      // Every time the line comes back, whatever was said meanwhile is asked for.
      effect(() => {
        if (wire.status.value === "online") untracked(() => void this.#replay());
      }),
      // Whenever the call begins, or a track or its state changes.
      effect(() => {
        const state = this.#sending();
        if (this.#phase.value === "active") untracked(() => this.#send(state));
      }),
    );
    const timer = setInterval(() => this.#tick(), TICK_MS);
    this.#endings.push(() => clearInterval(timer));
  }

  /** End the call for both. Over here at once; the other side hears it directly, and from the counter. */
  async hangUp(): Promise<void> {
    if (this.#phase.value === "ended") return;
    this.#connection?.word({ type: "bye" });
    this.#over({ by: this.party, reason: "hung_up" });
    await this.#wire.send({ type: "hang_up", call: this.id });
  }

  dispose(): void {
    for (const end of this.#endings.splice(0)) end();
    this.#close();
  }

  // ------------------------------------------------------------------------------------------------ the log

  /** Reads what this page has not seen. The first reading decides whether the leg begins or is built again. */
  async #replay(): Promise<void> {
    if (this.#replaying) return;
    this.#replaying = true;
    this.#missed = false;
    this.#entries.hold();
    const first: SignalEntry[] = [];
    for (let more = true; more;) {
      const reply = await this.#wire.send({ type: "replay", call: this.id, after: this.#entries.last });
      if (!reply.ok || reply.result.type !== "replayed") {
        this.#missed = true;
        break;
      }
      more = reply.result.more;
      this.#ice = reply.result.ice;
      const due = this.#entries.replayed(reply.result.entries, more);
      if (this.#read) this.#take(due);
      else first.push(...due);
      if (!more && !this.#read) this.#begin(first);
    }
    this.#replaying = false;
  }

  #begin(entries: readonly SignalEntry[]): void {
    this.#read = true;
    // Words of one's own in the log are those of the page that was here before: it is gone, and its leg with it.
    const newcomer = entries.some(({ sender, body }) => sender === this.party && isLegWord(body));
    for (const { sender, body } of entries) {
      if (newcomer && isLegWord(body) && sender !== null) this.#negotiation.remember(body);
    }
    batch(() => {
      if (newcomer) this.#take(entries.filter(({ body }) => !isLegWord(body)));
      if (newcomer) {
        this.#perform(this.#negotiation.rejoin());
      } else {
        this.#build();
        this.#perform(this.#negotiation.begin());
        this.#take(entries);
      }
    });
  }

  #take(entries: readonly SignalEntry[]): void {
    batch(() => {
      for (const entry of entries) this.#hear(entry);
    });
  }

  #hear(entry: SignalEntry): void {
    const { body, sender } = entry;
    switch (body.type) {
      case "ring":
        this.#clerk.value = body.clerk;
        return;
      case "go":
        this.#go(entry.at_ms);
        return;
      case "end":
        this.#over(body);
        return;
      case "chat":
        this.chat.logged(entry);
        return;
      case "media":
        if (sender !== this.party) this.#peer.value = body;
        return;
      case "description":
      case "candidate":
      case "rejoin":
        if (sender === this.party) this.#negotiation.remember(body);
        else this.#perform(this.#negotiation.receive(body));
        return;
      case "seen":
      case "extended":
        // The views say these.
        return;
    }
  }

  #say(body: Sent): Promise<CommandReply> {
    return this.#wire.send({ type: "signal", call: this.id, to: null, body });
  }

  // ------------------------------------------------------------------------------------------------ the leg

  #perform(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.do === "say") void this.#say(step.body);
      else if (step.do === "rebuild") this.#build();
      else this.#connection?.perform([step]);
    }
  }

  #build(): void {
    this.#close();
    if (this.#ice === null || this.#leg.value === "none" || this.#phase.value === "ended") return;
    this.#watch.rebuilt();
    const leg = new Leg({
      party: this.party,
      ice: this.#ice,
      relay: this.#relay(this.#ice),
      say: (body) => {
        // While the server is away the leg itself carries what would keep it alive.
        if (this.#wire.status.value === "online" || !leg.word(body)) void this.#say(body);
      },
      heard: (word) => this.#word(word),
      appeared: (stream) => {
        this.#remote.value = stream;
      },
    });
    this.#connection = leg;
    this.#heard = 0;
    this.#reading = null;
    // What is sent was said before and is in the log: a new leg only carries it.
    if (this.#phase.value === "active") leg.send(this.media.audio.value, this.media.video.value);
  }

  /** A clerk's address stays hidden until "Entrar" where the court wants it; a line that failed twice tries TURN only. */
  #relay(ice: Ice): boolean {
    return (ice.relay_until_go && this.#phase.value === "ringing") || this.#watch.rebuilds > 2;
  }

  #close(): void {
    this.#connection?.close();
    this.#connection = null;
    this.#remote.value = null;
  }

  #go(atMs: number): void {
    if (this.#phase.value !== "ringing") return;
    this.#started.value = atMs;
    this.#phase.value = "active";
    if (this.#ice?.relay_until_go === true && hasTurn(this.#ice)) {
      this.#connection?.configure(this.#ice, false);
      this.#perform(this.#negotiation.renegotiate(true));
    }
  }

  #sending(): MediaState {
    const microphone = this.media.audio.value !== null && this.media.microphone.value === "on";
    return { type: "media", microphone, camera: this.media.video.value !== null };
  }

  #send(state: MediaState): void {
    this.#connection?.send(this.media.audio.value, this.media.video.value);
    this.#connection?.word(state);
    void this.#say(state);
  }

  #word(word: Word): void {
    switch (word.type) {
      case "beat":
        return;
      case "bye":
        this.#over({ by: this.party === "visitor" ? "attendant" : "visitor", reason: "hung_up" });
        return;
      case "media":
        this.#peer.value = word;
        return;
      case "description":
      case "candidate":
        this.#perform(this.#negotiation.receive(word));
        return;
    }
  }

  #tick(): void {
    const started = this.#started.value;
    if (this.#phase.value === "ended") return;
    if (started !== null)
      this.#elapsed.value = Math.max(0, Math.floor((this.#wire.serverNow() - started) / 1_000));
    this.#ticks += 1;
    if (this.#missed && this.#ticks % READ_EVERY === 0) void this.#replay();
    const leg = this.#connection;
    if (leg === null) return;
    leg.word({ type: "beat" });
    const beaten = leg.heard > this.#heard;
    this.#heard = leg.heard;
    if (beaten && this.#ticks % READ_EVERY !== 0) this.#look(leg, true);
    else void this.#measure(leg, beaten);
  }

  /** Reads the counters: where no beat came they may still prove that packets do. */
  async #measure(leg: Leg, beaten: boolean): Promise<void> {
    const before = this.#reading;
    const after = await leg.read(performance.now());
    if (leg !== this.#connection) return;
    this.#reading = after;
    if (before !== null) this.#quality.value = quality(before, after);
    this.#look(leg, beaten || (before !== null && after.bytes > before.bytes));
  }

  #look(leg: Leg, alive: boolean): void {
    const reachable = this.#wire.status.value === "online";
    const remedy = this.#watch.look({ nowMs: performance.now(), state: leg.state, alive, reachable });
    this.#leg.value = this.#watch.broken ? "broken" : leg.state === "connected" ? "connected" : "connecting";
    if (remedy !== null) void this.#mend(leg, remedy);
  }

  /** Credentials of a relay are short-lived: a remedy begins with fresh ones. */
  async #mend(leg: Leg, remedy: Remedy): Promise<void> {
    await this.#replay();
    if (leg !== this.#connection || this.#ice === null) return;
    if (remedy === "rebuild") {
      this.#perform(this.#negotiation.rejoin());
    } else {
      leg.configure(this.#ice, this.#relay(this.#ice));
      this.#perform(this.#negotiation.renegotiate(true));
    }
  }

  #over({ by, reason }: Pick<End, "by" | "reason">): void {
    if (this.#phase.value === "ended") return;
    batch(() => {
      this.#end.value = { by, reason };
      this.#phase.value = "ended";
    });
    this.#close();
  }
}

function isLegWord(body: SignalEntry["body"]): body is Extract<Sent, { number: number }> {
  return body.type === "description" || body.type === "candidate" || body.type === "rejoin";
}
