/**
 * One call on one page: made when it rings, disposed by whoever made it.
 *
 * While it rings the whole connection is built with empty senders; `go` puts the tracks in. Everything that is said
 * goes through the call's log, so a page that was away or reloaded asks for what it missed and goes on.
 */

import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Word } from "~/call/channel";
import { ChatModel } from "~/call/chat";
import { Journal } from "~/call/journal";
import { hasTurn, Leg } from "~/call/leg";
import type { MediaModel } from "~/call/media";
import { Negotiation, type Step } from "~/call/negotiation";
import { type LegState, LOOK_MS, Pulse } from "~/call/pulse";
import { Ladder, OPENING, OPENING_MS, PICTURES, type Rung, RUNGS, SAVING } from "~/call/ladder";
import type { Quality, Reading } from "~/call/quality";
import { report } from "~/call/report";
import type { Remedy } from "~/call/watch";
import type {
  Clerk,
  End,
  Go,
  HangUp,
  Ice,
  Interrupted,
  Leg as LegCommand,
  MediaState,
  OnHold,
  Party,
  Replay,
  Sent,
  Signal,
  SignalEntry,
} from "~/protocol/types";
import type { CommandReply, LinkStatus, SendOptions } from "~/transport/connection";
import type { AnyCode } from "~/transport/http";

/** What a call needs of the page's connection. */
export interface CallWire {
  readonly status: ReadonlySignal<LinkStatus>;
  onSignal(listener: (entry: SignalEntry) => void): () => void;
  send(command: Signal | Replay | HangUp | LegCommand, options?: SendOptions): Promise<CommandReply>;
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

const THEY_TELL_MS = 5_000;
/** What a command gets that the counter did not carry out, but would in a while. */
const UNHEARD: ReadonlySet<AnyCode> = new Set(["no_answer", "store_away", "starting", "too_many_messages"]);

export class CallModel {
  readonly id: string;
  readonly party: Party;
  readonly media: MediaModel;
  readonly chat: ChatModel;

  readonly #wire: CallWire;
  readonly #phase = signal<CallPhase>("ringing");
  readonly #clerk = signal<Clerk | null>(null);
  readonly #remote = signal<MediaStream | null>(null);
  readonly #peer = signal<MediaState | null>(null);
  readonly #started = signal<number | null>(null);
  readonly #elapsed = signal(0);
  readonly #end = signal<Pick<End, "by" | "reason"> | null>(null);
  readonly #gone = signal<Interrupted | null>(null);
  readonly #hold = signal<OnHold | null>(null);

  readonly phase: ReadonlySignal<CallPhase> = this.#phase;
  readonly leg: ReadonlySignal<LegState>;
  /** Of what comes from the other side. */
  readonly quality: ReadonlySignal<Quality>;
  /** Who serves, with or without video. */
  readonly clerk: ReadonlySignal<Clerk | null> = this.#clerk;
  /** Sound and picture of the other side; there before anything flows in it. */
  readonly remote: ReadonlySignal<MediaStream | null> = this.#remote;
  /** What the other side says that it sends; null until it has said so. */
  readonly peer: ReadonlySignal<MediaState | null> = this.#peer;
  /** How much this side sends of what is on. */
  readonly rung: ReadonlySignal<Rung>;
  /** Seconds since the visitor entered. */
  readonly elapsed: ReadonlySignal<number> = this.#elapsed;
  readonly end: ReadonlySignal<Pick<End, "by" | "reason"> | null> = this.#end;
  /** Who is missing and until when they are waited for; null: nobody. */
  readonly gone: ReadonlySignal<Interrupted | null> = this.#gone;
  /** Until when nobody talks; null: they talk. Nothing is sent meanwhile. */
  readonly hold: ReadonlySignal<OnHold | null> = this.#hold;

  readonly #negotiation: Negotiation;
  readonly #journal: Journal;
  readonly #pulse: Pulse;
  readonly #ladder = new Ladder();
  readonly #opening = signal(true);
  #opened: ReturnType<typeof setTimeout> | undefined;
  readonly #endings: (() => void)[] = [];
  #connection: Leg | null = null;
  #said: MediaState | null = null;
  /** Whether the log says that the call has ended. */
  #told = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

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
    this.#pulse = new Pulse({
      party,
      answered: () => this.#negotiation.answered,
      pictured: () => this.#phase.value === "active" && this.#peer.value?.camera === true,
      hidden: () => globalThis.document?.visibilityState === "hidden",
      read: (before, after) => this.#climb(before, after),
      mend: (leg, remedy, needed) => this.#mend(leg, remedy, needed),
    });
    this.leg = this.#pulse.state;
    this.rung = computed(() => {
      const saving = media.saving.value || this.#peer.value?.saving === true;
      const best = saving ? RUNGS.indexOf(SAVING) : 0;
      const first = this.#opening.value ? RUNGS.indexOf(OPENING) : 0;
      return RUNGS[Math.max(best, first, RUNGS.indexOf(this.#ladder.rung.value))] ?? SAVING;
    });
    this.quality = this.#pulse.quality;
    this.chat.show(media.media.peek() === "text" || this.leg.peek() === "none");
    this.#journal = new Journal({
      wire,
      call,
      begin: (entries) => this.#begin(entries),
      hear: (entries) => this.#take(entries),
    });
    const timer = setInterval(() => this.#tick(), LOOK_MS);
    this.#endings.push(
      () => clearInterval(timer),
      () => this.#journal.dispose(),
      report({ wire, call, phase: this.#phase, leg: this.leg, gone: this.#gone }),
      // Whenever the call begins, is put on hold or goes on, or a track or its state changes.
      effect(() => {
        const state = this.#sending();
        if (this.#phase.value === "active") untracked(() => this.#send(state));
      }),
    );
  }

  /** End the call for both. Over here at once; the other side hears it directly, and from the counter. */
  async hangUp(): Promise<void> {
    if (this.#phase.value === "ended") return;
    this.#connection?.word({ type: "bye" });
    this.#over({ by: this.party, reason: "hung_up" });
    await this.#tellEnd();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#later);
    clearTimeout(this.#opened);
    for (const end of this.#endings.splice(0)) end();
    this.#close();
  }

  /** Said until the counter has heard it, as long as this page lives: without it, the visit would seem to go on. */
  async #tellEnd(): Promise<void> {
    while (!this.#disposed && !this.#told) {
      const reply = await this.#wire.send({ type: "hang_up", call: this.id });
      if (reply.ok || !UNHEARD.has(reply.code) || this.#wire.status.value === "refused") return;
    }
  }

  // ------------------------------------------------------------------------------------------------ the log

  #begin(entries: readonly SignalEntry[]): void {
    // Words of one's own in the log are those of the page that was here before: it is gone, and its leg with it.
    if (!entries.some(({ sender, body }) => sender === this.party && isLegWord(body))) {
      this.#build();
      this.#perform(this.#negotiation.begin());
      this.#take(entries);
      return;
    }
    for (const { body } of entries) if (isLegWord(body)) this.#negotiation.remember(body);
    this.#take(entries.filter(({ body }) => !isLegWord(body)));
    this.#perform(this.#negotiation.rejoin());
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
        this.#go(body, entry.at_ms);
        return;
      case "interrupted":
        // Who comes back from it talks; a hold is not waited out.
        this.#hold.value = null;
        this.#gone.value = body;
        return;
      case "resumed":
        this.#gone.value = null;
        return;
      case "hold":
        this.#hold.value = body;
        return;
      case "unhold":
        this.#hold.value = null;
        return;
      case "end":
        this.#told = true;
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
    if (this.leg.value === "none") return;
    for (const step of steps) {
      if (step.do === "say") void this.#say(step.body);
      else if (step.do === "rebuild") this.#build();
      else this.#connection?.perform([step]);
    }
  }

  #build(): void {
    this.#close();
    const { ice } = this.#journal;
    if (ice === null || this.leg.value === "none" || this.#phase.value === "ended") return;
    const leg = new Leg({
      party: this.party,
      ice,
      relay: this.#relay(ice),
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
    this.#pulse.follow(leg);
    // What is sent was said before and is in the log: a new leg only carries it.
    if (this.#phase.value === "active") this.#carry(leg);
  }

  /** A clerk's address stays hidden until "Entrar" where the court wants it; a line that failed twice tries TURN only. */
  #relay(ice: Ice): boolean {
    return (ice.relay_until_go && this.#phase.value === "ringing") || this.#pulse.rebuilds > 2;
  }

  #close(): void {
    this.#connection?.close();
    this.#connection = null;
    this.#pulse.follow(null);
    this.#remote.value = null;
  }

  #go({ media }: Go, atMs: number): void {
    if (this.#phase.value !== "ringing") return;
    this.#started.value = atMs;
    this.#opened = setTimeout(() => {
      this.#opening.value = false;
    }, OPENING_MS);
    this.#phase.value = "active";
    // Whoever came by text is answered by text.
    if (media === "text") this.chat.show(true);
    const { ice } = this.#journal;
    if (ice?.relay_until_go === true && hasTurn(ice)) {
      this.#connection?.configure(ice, false);
      this.#perform(this.#negotiation.renegotiate(true));
    }
  }

  #sending(): MediaState {
    const { media } = this;
    const rung = this.rung.value;
    const talks = this.#hold.value === null;
    const on = {
      microphone: talks && media.audio.value !== null && media.microphone.value === "on",
      camera: talks && media.video.value !== null,
    };
    const microphone = on.microphone && rung !== "text";
    const camera = on.camera && PICTURES[rung] !== null;
    const weak = microphone !== on.microphone || camera !== on.camera;
    return { type: "media", microphone, camera, weak, saving: media.saving.value };
  }

  #send(state: MediaState): void {
    if (this.#connection !== null) this.#carry(this.#connection);
    if (this.rung.value === "text") this.chat.show(true);
    if (same(state, this.#said)) return;
    this.#said = state;
    this.#connection?.word(state);
    void this.#say(state);
  }

  #carry(leg: Leg): void {
    const rung = this.rung.value;
    leg.limit(PICTURES[rung], rung !== "text");
    // On hold the tracks are taken out of the connection: the other side cannot see or hear what is not sent.
    const talks = this.#hold.value === null;
    leg.send(talks ? this.media.audio.value : null, talks ? this.media.video.value : null);
  }

  /** The way to the other side was looked at: more or less may be sent from now on. */
  #climb(before: Reading, after: Reading): void {
    const { audio, video } = this.media;
    const sends = this.#phase.value === "active" && (audio.value !== null || video.value !== null);
    if (!sends || this.#pulse.broken || after.bytes === before.bytes) this.#ladder.rest();
    else {
      const { atMs: nowMs, carriesBitsPerS: bitsPerS, lossThere, roundTripS } = after;
      this.#ladder.look({
        nowMs,
        // Without a picture, or with one that needs less, the estimate follows what is sent.
        bitsPerS: video.value === null ? null : bitsPerS,
        loss: lossThere ?? 0,
        roundTripS,
      });
    }
  }

  #word(word: Word): void {
    switch (word.type) {
      case "beat":
        // The leg itself takes these.
        return;
      case "bye":
        this.#over({ by: this.party === "visitor" ? "attendant" : "visitor", reason: "hung_up" });
        // Whoever said it tells the counter; if their page is gone with the call, somebody must.
        this.#later = setTimeout(() => void this.#tellEnd(), THEY_TELL_MS);
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
    if (this.#phase.value === "ended") return;
    const started = this.#started.value;
    if (started !== null)
      this.#elapsed.value = Math.max(0, Math.floor((this.#wire.serverNow() - started) / 1_000));
    if (this.#journal.missed && this.#wire.status.value === "online") void this.#journal.read();
    this.#pulse.tick();
  }

  /**
   * A remedy begins with fresh credentials, which also prove that the counter hears us: a line that lies dead with the
   * leg is replaced by asking. What came back by itself meanwhile, or was begun by the other side, is left alone.
   */
  async #mend(leg: Leg, remedy: Remedy, needed: () => boolean): Promise<boolean> {
    const { agreed } = this.#negotiation;
    if (!(await this.#journal.read(true))) return false;
    const { ice } = this.#journal;
    if (ice === null || !needed()) return false;
    if (this.#negotiation.agreed !== agreed) return remedy === "restart";
    if (remedy === "rebuild") {
      this.#perform(this.#negotiation.rejoin());
    } else {
      leg.configure(ice, this.#relay(ice));
      this.#perform(this.#negotiation.renegotiate(true));
    }
    return true;
  }

  #over({ by, reason }: Pick<End, "by" | "reason">): void {
    if (this.#phase.value === "ended") return;
    batch(() => {
      this.#end.value = { by, reason };
      this.#gone.value = null;
      this.#hold.value = null;
      this.#phase.value = "ended";
    });
    this.#close();
  }
}

function isLegWord(body: SignalEntry["body"]): body is Extract<Sent, { number: number }> {
  return body.type === "description" || body.type === "candidate" || body.type === "rejoin";
}

function same(a: MediaState, b: MediaState | null): boolean {
  return b !== null && JSON.stringify(a) === JSON.stringify(b);
}
