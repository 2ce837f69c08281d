/**
 * One of the others in a call, as this page has them: the leg that joins the two, what comes through it and what is sent.
 *
 * Every pair of participants has a leg of its own, with its own negotiation, pulse and ladder: one that drops or is
 * narrow costs the others nothing.
 */

import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { Allowance } from "~/call/allowance";
import type { Equipment, Told, Word } from "~/call/channel";
import { Firsts } from "~/call/firsts";
import { Gauge, type Gauged } from "~/call/gauge";
import { hasTurn } from "~/call/ice";
import type { Rung } from "~/call/ladder";
import { Leg } from "~/call/leg";
import { Negotiation, type Side, type Step } from "~/call/negotiation";
import { type LegState, Pulse } from "~/call/pulse";
import type { Quality } from "~/call/quality";
import { type Outgoing, said, same } from "~/call/sending";
import { Speech } from "~/call/speech";
import type { Remedy } from "~/call/watch";
import type { CallPhase, CallWire } from "~/call/wire";
import type {
  Came,
  Candidate,
  Description,
  Ice,
  Measure,
  MediaState,
  Party,
  Rejoin,
  Sent,
} from "~/protocol/types";
import type { CommandReply } from "~/transport/connection";

export type LegWord = Description | Candidate | Rejoin;

/** Who came beside the two at the counter, as the log says. */
export type Guest = Pick<Came, "kind" | "name" | "function">;

export interface PeerParts {
  readonly wire: CallWire;
  readonly call: string;
  /** This page's own. */
  readonly self: Party;
  readonly party: Party;
  /** Null: one of the two at the counter. */
  readonly guest: Guest | null;
  readonly phase: ReadonlySignal<CallPhase>;
  readonly outgoing: ReadonlySignal<Outgoing>;
  /** Whether the visitor is entering: what is on leaves at once, though the counter has not said `go` yet. */
  readonly entering: ReadonlySignal<boolean>;
  /** More than this is sent to nobody. */
  readonly best: ReadonlySignal<Rung>;
  /** What to connect with, as last heard; null: nothing yet. */
  readonly ice: () => Ice | null;
  /** What this page is known by, on each of its legs. */
  readonly certificates: () => readonly RTCCertificate[];
  /** Asks for fresh credentials. False: the counter gave no answer. */
  readonly refresh: () => Promise<boolean>;
  /** What this page's person takes part with, for whoever serves them. */
  readonly equipment: () => Equipment;
  /** The other side said goodbye. */
  readonly bye: () => void;
  /** The other side says that its person pressed "Entrar". */
  readonly enters: () => void;
}

/** How many looks between two words of how it goes. */
const TELL_EVERY = 20;

/** Of a pair, the visitor is polite to the attendant, and a guest to whoever has an earlier seat. */
const SEATS: readonly Party[] = ["attendant", "visitor", "guest_1", "guest_2"];

export function sideOf(self: Party, other: Party): Side {
  return SEATS.indexOf(self) > SEATS.indexOf(other) ? "polite" : "impolite";
}

export class PeerModel {
  readonly party: Party;
  readonly guest: Guest | null;

  readonly #parts: PeerParts;
  readonly #side: Side;
  readonly #remote = signal<MediaStream | null>(null);
  readonly #media = signal<MediaState | null>(null);
  readonly #speaking = signal(false);
  readonly #begun = signal(false);

  readonly leg: ReadonlySignal<LegState>;
  /** Of what comes from them. */
  readonly quality: ReadonlySignal<Quality>;
  /** Their sound and picture; there before anything flows in it. */
  readonly remote: ReadonlySignal<MediaStream | null> = this.#remote;
  /** What they say that they send; null until they have said so. */
  readonly media: ReadonlySignal<MediaState | null> = this.#media;
  /** Whether they are heard now. */
  readonly speaking: ReadonlySignal<boolean> = this.#speaking;
  /** How it goes for this side. */
  readonly gauged: ReadonlySignal<Gauged>;
  /** How it goes for the other side, where they tell: the visitor does, to the attendant. */
  readonly told: ReadonlySignal<Told | null>;
  /** How much is sent to them of what is on here. */
  readonly rung: ReadonlySignal<Rung>;

  readonly #negotiation: Negotiation;
  readonly #pulse: Pulse;
  readonly #allowance: Allowance;
  readonly #speech = new Speech();
  readonly #gauge = new Gauge();
  readonly #firsts = new Firsts({
    gauge: this.#gauge,
    comes: (kind) => this.#connection?.comes(kind) === true,
  });
  readonly #told = signal<Told | null>(null);
  readonly #endings: (() => void)[];
  /** The leg's words until it has begun. */
  #past: { readonly mine: boolean; readonly body: LegWord }[] = [];
  #connection: Leg | null = null;
  #looks = 0;
  #said: MediaState | null = null;

  constructor(parts: PeerParts) {
    const { best, outgoing, phase } = parts;
    this.#parts = parts;
    this.party = parts.party;
    this.guest = parts.guest;
    this.#side = sideOf(parts.self, parts.party);
    this.#negotiation = new Negotiation(this.#side);
    this.#allowance = new Allowance({ best, outgoing, theirs: this.#media });
    this.#pulse = new Pulse({
      side: this.#side,
      answered: () => this.#negotiation.answered,
      pictured: () => phase.value === "active" && this.#media.value?.camera === true,
      hidden: () => globalThis.document?.visibilityState === "hidden",
      read: (before, after) => {
        this.#gauge.read(before, after);
        this.#allowance.look(before, after, phase.value === "active" && !this.#pulse.broken);
      },
      mend: (leg, remedy, needed) => this.#mend(leg, remedy, needed),
    });
    this.gauged = this.#gauge.now;
    this.told = this.#told;
    this.leg = this.#pulse.state;
    this.quality = this.#pulse.quality;
    this.rung = this.#allowance.rung;
    this.#endings = [
      // Whenever the call begins, is put on hold or goes on, or a track or its state changes.
      effect(() => {
        const state = said(outgoing.value, this.rung.value);
        if (this.#begun.value && phase.value === "active") untracked(() => this.#send(state));
      }),
      // Somebody enters, or does not after all; until then, the picture that there will be is kept ready.
      effect(() => {
        if (phase.value !== "ringing") return;
        void parts.entering.value;
        void outgoing.value.video;
        untracked(() => {
          if (this.#connection !== null) this.#carry(this.#connection);
        });
      }),
    ];
  }

  /** What the log says until `begin`, and from then on: a word of this leg, from here (`mine`) or from there. */
  hear(body: LegWord, mine: boolean): void {
    if (!this.#begun.value) this.#past.push({ mine, body });
    else if (mine) this.#negotiation.remember(body);
    else this.#perform(this.#negotiation.receive(body));
  }

  /** They say that they send this. */
  tells(media: MediaState): void {
    this.#media.value = media;
  }

  /** What the log has said so far was not for this page. */
  forget(): void {
    if (this.#begun.value) return;
    this.#past = [];
    this.#media.value = null;
  }

  /** The log was read to its end: the leg is built. */
  begin(): void {
    const past = this.#past.splice(0);
    this.#begun.value = true;
    // Words of one's own in the log are those of the page that was here before: it is gone, and its leg with it.
    if (past.some(({ mine }) => mine)) {
      for (const { body } of past) this.#negotiation.remember(body);
      this.#perform(this.#negotiation.rejoin());
      return;
    }
    this.#build();
    this.#perform(this.#negotiation.begin());
    for (const { body } of past) this.#perform(this.#negotiation.receive(body));
  }

  /** The visitor has entered: addresses need no hiding any more. */
  entered(): void {
    const ice = this.#parts.ice();
    if (!this.#begun.value || ice?.relay_until_go !== true || !hasTurn(ice)) return;
    this.#connection?.configure(ice, this.#relay(ice));
    this.#perform(this.#negotiation.renegotiate(true));
  }

  /** Says something directly, where the leg stands. */
  word(word: Word): void {
    this.#connection?.word(word);
  }

  /** Somebody looks at this page now, or nobody does any more. */
  looked(): void {
    this.#pulse.beat();
  }

  /** Every `LOOK_MS`. */
  tick(): void {
    this.#pulse.tick();
    this.#looks += 1;
    if (this.#looks % TELL_EVERY === 0) this.#tell();
    const loudness = this.#media.value?.microphone === false ? 0 : (this.#connection?.loudness() ?? 0);
    this.#speaking.value = this.#speech.look(loudness, performance.now());
  }

  /** Nothing comes or goes any more; what they last said stays. */
  close(): void {
    this.#connection?.close();
    this.#connection = null;
    this.#pulse.follow(null);
    this.#remote.value = null;
    this.#speaking.value = false;
  }

  /** How the call went on this leg. */
  get measure(): Measure {
    return this.#gauge.measure;
  }

  dispose(): void {
    this.#allowance.dispose();
    this.#firsts.dispose();
    for (const end of this.#endings.splice(0)) end();
    this.close();
  }

  #say(body: Sent): Promise<CommandReply> {
    const { call, party, wire } = this.#parts;
    return wire.send({ type: "signal", call, to: party, body });
  }

  #perform(steps: readonly Step[]): void {
    if (this.leg.value === "none") return;
    for (const step of steps) {
      if (step.do === "say") void this.#say(step.body);
      else if (step.do === "rebuild") this.#build();
      else this.#connection?.perform([step]);
    }
  }

  #build(): void {
    const ice = this.#parts.ice();
    this.close();
    if (ice === null || this.leg.value === "none" || this.#parts.phase.value === "ended") return;
    const leg = this.#made(ice, this.#parts.certificates());
    if (leg === null) {
      this.#pulse.missed();
      return;
    }
    this.#connection = leg;
    this.#pulse.follow(leg);
    // What is sent was said before and is in the log: a new leg only carries it.
    this.#carry(leg);
  }

  /** Null: the browser refuses (an address in `ice` that it does not take, too many connections in this page). */
  #made(ice: Ice, certificates: readonly RTCCertificate[]): Leg | null {
    try {
      return this.#new(ice, certificates);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      // A certificate may be what it refuses, and can be done without.
      return certificates.length > 0 ? this.#made(ice, []) : null;
    }
  }

  #new(ice: Ice, certificates: readonly RTCCertificate[]): Leg {
    const { wire } = this.#parts;
    const beganMs = performance.now();
    const leg = new Leg({
      side: this.#side,
      ice,
      relay: this.#relay(ice),
      certificates,
      say: (body) => {
        // While the server is away the leg itself carries what would keep it alive.
        if (wire.status.value === "online" || !leg.word(body)) void this.#say(body);
      },
      heard: (word) => this.#word(word),
      reached: (stage) => this.#gauge.reached(stage, performance.now() - beganMs),
      appeared: (stream) => {
        this.#remote.value = stream;
      },
    });
    return leg;
  }

  get #sends(): boolean {
    return this.#parts.phase.value === "active" || this.#parts.entering.value;
  }

  /** A clerk's address stays hidden until "Entrar" where the court wants it; where two remedies failed, TURN only is tried. */
  #relay(ice: Ice): boolean {
    return (ice.relay_until_go && this.#parts.phase.value === "ringing") || this.#pulse.last;
  }

  #send(state: MediaState): void {
    this.#allowance.open();
    if (this.#connection !== null) this.#carry(this.#connection);
    if (same(state, this.#said)) return;
    this.#said = state;
    this.#connection?.word(state);
    void this.#say(state);
  }

  #carry(leg: Leg): void {
    const { audio, video } = this.#parts.outgoing.value;
    if (this.#sends) this.#firsts.begin();
    this.#allowance.limit(leg);
    if (this.#sends) leg.send(audio, video);
    else leg.ready(video);
  }

  /** How it goes for the visitor, for the clerk's eyes. */
  #tell(): void {
    const { equipment, self } = this.#parts;
    if (self !== "visitor" || this.party !== "attendant") return;
    this.word({ type: "gauged", ...this.gauged.peek(), ...equipment() });
  }

  #word(word: Word): void {
    switch (word.type) {
      case "beat":
        // The leg itself takes these.
        return;
      case "bye":
        this.#parts.bye();
        return;
      case "entering":
        this.#parts.enters();
        return;
      case "gauged":
        this.#told.value = word;
        return;
      case "media":
        this.#media.value = word;
        return;
      case "description":
      case "candidate":
        this.#perform(this.#negotiation.receive(word));
        return;
    }
  }

  /**
   * A remedy begins with fresh credentials, which also prove that the counter hears us: a line that lies dead with the
   * leg is replaced by asking. What came back by itself meanwhile, or was begun by the other side, is left alone.
   */
  async #mend(leg: Leg | null, remedy: Remedy, needed: () => boolean): Promise<boolean> {
    const { agreed } = this.#negotiation;
    if (!(await this.#parts.refresh())) return false;
    const ice = this.#parts.ice();
    if (ice === null || !needed()) return false;
    if (this.#negotiation.agreed !== agreed) return remedy === "restart";
    this.#gauge.restarted();
    if (remedy === "rebuild" || leg === null) {
      this.#perform(this.#negotiation.rejoin());
    } else {
      leg.configure(ice, this.#relay(ice));
      this.#perform(this.#negotiation.renegotiate(true));
    }
    return true;
  }
}
