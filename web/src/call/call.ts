/**
 * One call on one page: made when it rings, disposed by whoever made it.
 *
 * While it rings the whole connection is built and sends nothing, with the picture at its encoder; `go` lets it out. Everything that is said
 * goes through the call's log, so a page that was away or reloaded asks for what it missed and goes on.
 */

import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { ownCertificate } from "~/call/certificate";
import { ChatModel } from "~/call/chat";
import { Company, isGuest } from "~/call/company";
import { Entering } from "~/call/entering";
import { Journal } from "~/call/journal";
import { Measures } from "~/call/measures";
import type { MediaModel } from "~/call/media";
import type { PeerModel } from "~/call/peer";
import { type LegState, LOOK_MS } from "~/call/pulse";
import { report } from "~/call/report";
import { ScreenModel } from "~/call/screen";
import type { Outgoing } from "~/call/sending";
import type { CallPhase, CallWire } from "~/call/wire";
import type { Came, Clerk, End, Go, Interrupted, OnHold, Party, Sent, SignalEntry } from "~/protocol/types";
import type { CommandReply } from "~/transport/connection";
import type { AnyCode } from "~/transport/http";

export interface CallParts {
  readonly wire: CallWire;
  readonly party: Party;
  readonly call: string;
  /** Lent: the page that shows the self-view made it and disposes of it. */
  readonly media: MediaModel;
}

const THEY_TELL_MS = 5_000;
/** What a command gets that the counter did not carry out, but would in a while. */
const UNHEARD: ReadonlySet<AnyCode> = new Set(["no_answer", "store_away", "starting", "too_many_messages"]);

export class CallModel {
  readonly id: string;
  readonly party: Party;
  readonly media: MediaModel;
  readonly chat: ChatModel;
  /** The clerk's, where the browser can show it. */
  readonly screen: ScreenModel | null;

  readonly #wire: CallWire;
  readonly #phase = signal<CallPhase>("ringing");
  readonly #clerk = signal<Clerk | null>(null);
  readonly #started = signal<number | null>(null);
  readonly #elapsed = signal(0);
  readonly #end = signal<Pick<End, "by" | "reason"> | null>(null);
  readonly #gone = signal<Interrupted | null>(null);
  readonly #hold = signal<OnHold | null>(null);
  readonly #entering = new Entering();
  readonly #company: Company;

  readonly phase: ReadonlySignal<CallPhase> = this.#phase;
  /** Whether the visitor has entered, or has pressed "Entrar" and the counter has not answered yet. */
  readonly entered: ReadonlySignal<boolean> = computed(
    () => this.#phase.value === "active" || (this.#phase.value === "ringing" && this.#entering.now.value),
  );
  /** The others, in the order of their seats. */
  readonly peers: ReadonlySignal<readonly PeerModel[]>;
  /** The one whom this page is in the call for: of the two at the counter, the other. */
  readonly main: PeerModel;
  /** The leg to `main`. */
  readonly leg: ReadonlySignal<LegState>;
  /** Who serves, with or without video. */
  readonly clerk: ReadonlySignal<Clerk | null> = this.#clerk;
  /** Seconds since the visitor entered. */
  readonly elapsed: ReadonlySignal<number> = this.#elapsed;
  readonly end: ReadonlySignal<Pick<End, "by" | "reason"> | null> = this.#end;
  /** Who is missing and until when they are waited for; null: nobody. */
  readonly gone: ReadonlySignal<Interrupted | null> = this.#gone;
  /** Until when nobody talks; null: they talk. Nothing is sent meanwhile. */
  readonly hold: ReadonlySignal<OnHold | null> = this.#hold;

  readonly #outgoing: ReadonlySignal<Outgoing>;
  readonly #journal: Journal;
  readonly #measures: Measures | null;
  readonly #endings: (() => void)[] = [];
  #certificates: readonly RTCCertificate[] = [];
  /** Whether the log was read to its end once. */
  #begun = false;
  /** Whether the log says that the call has ended. */
  #told = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  constructor({ wire, party, call, media }: CallParts) {
    this.id = call;
    this.party = party;
    this.media = media;
    this.screen = party === "attendant" ? ScreenModel.of() : null;
    this.#wire = wire;
    this.chat = new ChatModel({
      party,
      now: () => wire.serverNow(),
      say: async (text) => (await this.#say({ type: "chat", text })).ok,
      nameOf: (sender) => this.#company.guestName(sender),
    });
    this.#outgoing = computed(() => {
      // On hold the tracks are taken out of the connection: the other side cannot see or hear what is not sent.
      const talks = this.#hold.value === null;
      const screen = this.screen?.track.value ?? null;
      return {
        audio: talks ? media.audio.value : null,
        video: talks ? (screen ?? media.video.value) : null,
        microphone: media.microphone.value === "on",
        screen: screen !== null,
        saving: media.saving.value,
      };
    });
    this.#company = new Company({
      wire,
      call,
      self: party,
      phase: this.#phase,
      outgoing: this.#outgoing,
      entering: this.#entering.now,
      ice: () => this.#journal.ice,
      certificates: () => this.#certificates,
      refresh: () => this.#journal.read(true),
      equipment: () => ({
        camera: media.camera.peek(),
        microphone: media.microphone.peek(),
        touch: "matchMedia" in globalThis && matchMedia("(pointer: coarse)").matches,
      }),
      over: (by) => this.#theyEnd(by),
      enters: () => {
        if (this.#phase.value === "ringing") this.#entering.believe();
      },
    });
    this.main = this.#company.main;
    this.peers = this.#company.peers;
    this.leg = this.main.leg;
    this.chat.show(media.media.peek() === "text" || this.leg.peek() === "none");
    this.#journal = new Journal({
      wire,
      call,
      ready: async () => {
        this.#certificates = await ownCertificate();
      },
      begin: (entries) => this.#begin(entries),
      hear: (entries) => this.#take(entries),
    });
    this.#measures = isGuest(party)
      ? null
      : new Measures({ wire, call, phase: this.#phase, measure: () => this.main.measure });
    const timer = setInterval(() => this.#tick(), LOOK_MS);
    const looked = (): void => {
      for (const peer of this.peers.peek()) peer.looked();
    };
    globalThis.document?.addEventListener("visibilitychange", looked);
    this.#endings.push(
      () => clearInterval(timer),
      () => globalThis.document?.removeEventListener("visibilitychange", looked),
      () => this.#journal.dispose(),
      // Whether the call holds is said by the two at the counter, and so is how it goes.
      ...(isGuest(party)
        ? []
        : [report({ wire, call, phase: this.#phase, leg: this.leg, gone: this.#gone })]),
      () => this.#measures?.dispose(),
      // What cannot be heard is written.
      effect(() => {
        if (this.#phase.value !== "active") return;
        if (this.peers.value.some(({ rung }) => rung.value === "text")) untracked(() => this.chat.show(true));
      }),
    );
  }

  /**
   * The visitor pressed "Entrar". What they send leaves now, and the clerk's page hears it directly and answers in kind:
   * the way over the counter, which decides, is longer than the way between the two.
   */
  enters(): void {
    if (this.#phase.value !== "ringing") return;
    this.#entering.say(true);
    this.main.word({ type: "entering" });
  }

  /** The counter did not let them in: nothing is sent any more. */
  stays(): void {
    this.#entering.say(false);
  }

  /** End the call for all; a guest leaves it. Over here at once; the others hear it directly, and from the counter. */
  async hangUp(): Promise<void> {
    if (this.#phase.value === "ended") return;
    for (const peer of this.peers.value) peer.word({ type: "bye" });
    this.#over({ by: this.party, reason: "hung_up" });
    await this.#tellEnd();
  }

  dispose(): void {
    // Where a view said before the log that it is over.
    this.#tellLast();
    this.#disposed = true;
    clearTimeout(this.#later);
    this.#entering.dispose();
    this.screen?.stop();
    for (const end of this.#endings.splice(0)) end();
    this.#company.dispose();
  }

  /** Said until the counter has heard it, as long as this page lives: without it, the visit would seem to go on. */
  async #tellEnd(): Promise<void> {
    while (!this.#disposed && !this.#told) {
      const reply = await this.#wire.send({ type: "hang_up", call: this.id });
      if (reply.ok || !UNHEARD.has(reply.code) || this.#wire.status.value === "refused") return;
    }
  }

  /** How it went until now. A page that was opened when all was over has measured nothing. */
  #tellLast(): void {
    if (this.#phase.peek() === "active" && this.#begun) this.#measures?.tell();
  }

  // ------------------------------------------------------------------------------------------------ the log

  #begin(entries: readonly SignalEntry[]): void {
    // Before a guest came their seat may have been another's; what was written then was not for them.
    const came = entries.findLastIndex(({ body }) => body.type === "came" && body.party === this.party);
    this.#take(
      entries.filter(
        ({ body }, place) =>
          place >= came || !(body.type === "chat" || (body.type === "left" && body.party === this.party)),
      ),
    );
    this.#begun = true;
    if (this.#phase.value !== "ended") this.#company.begin();
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
        // Who talks again finds the camera, not a screen that they may have forgotten.
        this.screen?.stop();
        this.#hold.value = body;
        return;
      case "unhold":
        this.#hold.value = null;
        return;
      case "came":
        this.#came(body, entry.at_ms);
        return;
      case "left":
        if (body.party === this.party) {
          this.#told = true;
          this.#over({ by: body.reason === "dismissed" ? "attendant" : this.party, reason: "hung_up" });
        } else this.#company.left(body.party);
        return;
      case "end":
        this.#told = true;
        this.#over(body);
        return;
      case "chat":
        this.chat.logged(entry);
        return;
      case "media":
        if (sender !== this.party) this.#company.of(entry)?.tells(body);
        return;
      case "description":
      case "candidate":
      case "rejoin":
        this.#company.of(entry)?.hear(body, sender === this.party);
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

  // ------------------------------------------------------------------------------------------------ the others

  #came(body: Came, atMs: number): void {
    if (body.party !== this.party) {
      this.#company.came(body);
      return;
    }
    // What was said in this seat before was said by, and to, whoever had it.
    for (const peer of this.peers.value) peer.forget();
    // Guests are let into a call that goes on.
    this.#go({ type: "go", media: "video" }, atMs);
  }

  #go({ media }: Go, atMs: number): void {
    if (this.#phase.value !== "ringing") return;
    this.#started.value = atMs;
    this.#phase.value = "active";
    // Whoever came by text is answered by text.
    if (media === "text") this.chat.show(true);
    for (const peer of this.peers.value) peer.entered();
  }

  #theyEnd(by: Party): void {
    this.#over({ by, reason: "hung_up" });
    // Whoever said it tells the counter; if their page is gone with the call, somebody must.
    this.#later = setTimeout(() => void this.#tellEnd(), THEY_TELL_MS);
  }

  #tick(): void {
    if (this.#phase.value === "ended") return;
    const started = this.#started.value;
    if (started !== null)
      this.#elapsed.value = Math.max(0, Math.floor((this.#wire.serverNow() - started) / 1_000));
    if (this.#journal.missed && this.#wire.status.value === "online") void this.#journal.read();
    for (const peer of this.peers.value) peer.tick();
  }

  #over({ by, reason }: Pick<End, "by" | "reason">): void {
    if (this.#phase.value === "ended") return;
    this.#tellLast();
    batch(() => {
      this.#end.value = { by, reason };
      this.#gone.value = null;
      this.#hold.value = null;
      this.#phase.value = "ended";
    });
    this.screen?.stop();
    for (const peer of this.peers.value) peer.close();
  }
}
