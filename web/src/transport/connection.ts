import { type ReadonlySignal, signal } from "@preact/signals";
import type { Accepted, Farewell, Namespace, Refused, SignalEntry, Wire } from "~/protocol/types";
import { CourtClock, notOlder } from "~/transport/court_clock";
import { NO_ANSWER, type Unanswered } from "~/transport/http";
import type { Plug } from "~/transport/plug";

export type CommandOf<N extends Namespace> = Wire[N]["ask"]["command"];
export type ViewOf<N extends Namespace> = Wire[N]["view"];

/**
 * `moving`: on its way to another server, as it was asked; in a moment it is `online`, or `offline`, and nobody need know.
 * `refused`: the server does not want this page, and trying again by itself will not help.
 */
export type LinkStatus = "connecting" | "online" | "moving" | "offline" | "refused";

/** The server's answer to a command, or none in time. */
export type CommandReply = Accepted | Refused | Unanswered;

/** One page's line to the counter. Made by an entry, closed by it. */
export interface Connection<N extends Namespace> {
  readonly status: ReadonlySignal<LinkStatus>;
  /** Why the server refused the last handshake. */
  readonly refusal: ReadonlySignal<Refused | null>;
  /** Why the server said goodbye; the page does not come back by itself. */
  readonly farewell: ReadonlySignal<Farewell | null>;
  /** Calls `listener` with the newest view, at once if there is one; never with an older one. Returns its end. */
  onView(listener: (view: ViewOf<N>) => void): () => void;
  /** Calls `listener` with each entry of a call's log as it arrives. A reconnect may leave gaps: ask `replay`. */
  onSignal(listener: (entry: SignalEntry) => void): () => void;
  /**
   * Asks, and asks again under the same id after every reconnect, until an answer or `patience_ms`.
   *
   * Safe to repeat: the server carries out one id once.
   */
  send(command: CommandOf<N>, options?: SendOptions): Promise<CommandReply>;
  /** Court time now, ms. */
  serverNow(): number;
  /** Tries at once, where a person asks for it. */
  retry(): void;
  close(): void;
}

export interface SendOptions {
  readonly id?: string;
  readonly patience_ms?: number;
  /** Asked at every attempt. True: a line that does not answer soon is taken for dead and replaced, until one answers. */
  readonly urgent?: () => boolean;
}

const PATIENCE_MS = 15_000;
const ATTEMPT_MS = 4_000;
const PAUSE_MS = 1_000;
/**
 * How long an urgent attempt may take: TCP asks again after one second, so two seconds are two tries and the third is
 * a new one. Never less than thrice what the last connection took, and more after every sixth attempt in vain.
 */
const URGENT_MS = 2_000;
const URGENT_MAX_MS = 8_000;
const URGENT_TRIES = 6;

/** A move that takes longer is a line that is lost: people are told. */
const MOVING_MS = 2_500;

/** Refusals that pass by themselves; the same request may be repeated. */
const PASSING: ReadonlySet<Refused["code"]> = new Set(["store_away", "starting", "too_many_messages"]);

export interface Surroundings {
  readonly plug: Plug;
  readonly here: () => number;
  readonly newId: () => string;
  /** By chance, from 0 to below 1. */
  readonly chance: () => number;
  /** Gets what the handshake lacks (the session cookie); asked after a `no_session`. False: it cannot. */
  readonly renew: (() => Promise<boolean>) | null;
}

/** The connection over a plug; `connect` is its everyday form. */
export class PluggedConnection<N extends Namespace> implements Connection<N> {
  readonly status = signal<LinkStatus>("connecting");
  readonly refusal = signal<Refused | null>(null);
  readonly farewell = signal<Farewell | null>(null);

  readonly #around: Surroundings;
  readonly #clock: CourtClock;
  readonly #views = new Set<(view: ViewOf<N>) => void>();
  readonly #entries = new Set<(entry: SignalEntry) => void>();
  readonly #waiters = new Set<() => void>();
  #newest: ViewOf<N> | null = null;
  #renewed = false;
  /** When the attempt to connect began that is under way, and how long the last one took that succeeded. */
  #began: number | null;
  #took = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#clock = new CourtClock(around.here);
    this.#began = around.here();
    around.plug.open({
      connected: () => this.#connected(),
      refused: (refused) => this.#refused(refused),
      lost: (forGood) => this.#lost(forGood),
      view: (view) => this.#viewed(view),
      signal: (entry) => this.#entries.forEach((listener) => listener(entry)),
      move: (move) => this.#move(move.within_ms * around.chance()),
      goodbye: (goodbye) => {
        this.farewell.value = goodbye.reason;
        this.status.value = "refused";
      },
    });
  }

  onView(listener: (view: ViewOf<N>) => void): () => void {
    this.#views.add(listener);
    if (this.#newest !== null) listener(this.#newest);
    return () => this.#views.delete(listener);
  }

  onSignal(listener: (entry: SignalEntry) => void): () => void {
    this.#entries.add(listener);
    return () => this.#entries.delete(listener);
  }

  async send(command: CommandOf<N>, options: SendOptions = {}): Promise<CommandReply> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript does not see that Ask<N> is made of Command<N>
    const ask = { id: options.id ?? this.#around.newId(), command } as Wire[N]["ask"];
    const end = this.#around.here() + (options.patience_ms ?? PATIENCE_MS);
    let last: Refused | Unanswered = NO_ANSWER;
    for (let tries = 0; ; tries += 1) {
      const left = end - this.#around.here();
      if (left <= 0 || this.#closed || this.status.value === "refused") return last;
      const urgent = options.urgent?.() === true;
      const attempt = Math.min(left, urgent ? this.#urgency(tries) : ATTEMPT_MS);
      if (this.status.value !== "online") {
        const changed = await this.#change(urgent ? attempt : left);
        if (urgent && !changed) this.#replace();
        continue;
      }
      const answer = await this.#around.plug.ask(ask, attempt);
      if (answer === null) {
        if (urgent && this.status.value === "online") this.#replace();
        continue;
      }
      if (answer.ok || !PASSING.has(answer.code)) return answer;
      last = answer;
      await this.#change(Math.min(PAUSE_MS, left));
    }
  }

  serverNow(): number {
    return this.#clock.now();
  }

  retry(): void {
    if (this.#closed || this.farewell.value !== null) return;
    if (this.status.value === "refused") this.status.value = "connecting";
    this.#renewed = false;
    this.#around.plug.reconnect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#views.clear();
    this.#entries.clear();
    this.#around.plug.close();
    this.#wake();
  }

  #urgency(tries: number): number {
    const longer = 2 ** Math.floor(tries / URGENT_TRIES);
    return Math.min(Math.max(URGENT_MS, 3 * this.#took) * longer, URGENT_MAX_MS);
  }

  /** The line that there is does not answer: another is tried. */
  #replace(): void {
    if (this.#closed || this.status.value === "refused") return;
    this.#began = this.#around.here();
    this.#around.plug.renew();
  }

  #connected(): void {
    if (this.#began !== null) this.#took = this.#around.here() - this.#began;
    this.#began = null;
    this.#renewed = false;
    this.refusal.value = null;
    this.status.value = "online";
    this.#wake();
  }

  #lost(forGood: boolean): void {
    clearTimeout(this.#again);
    // Where the server closed, socket.io-client waits to be told; a handshake then says why, if there is a why.
    if (this.farewell.value === null && !this.#closed) {
      if (this.status.value !== "moving") this.status.value = "offline";
      if (forGood) this.#later();
    }
    this.#wake();
  }

  #refused(refused: Refused | null): void {
    if (this.#closed || this.farewell.value !== null) return;
    if (refused === null) {
      this.status.value = "offline";
      return;
    }
    this.refusal.value = refused;
    if (PASSING.has(refused.code)) {
      this.status.value = "offline";
      this.#later();
      return;
    }
    if (refused.code === "no_session" && this.#around.renew !== null && !this.#renewed) {
      this.#renewed = true;
      void this.#around.renew().then((done) => {
        if (this.#closed) return;
        if (done) this.#around.plug.reconnect();
        else this.status.value = "refused";
        this.#wake();
      });
      return;
    }
    this.status.value = "refused";
    this.#wake();
  }

  #later(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#around.plug.reconnect(), PAUSE_MS);
  }

  /** This server is about to end: the line moves before it is cut, at another moment than everybody else's. */
  #move(in_ms: number): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      this.status.value = "moving";
      this.#around.plug.renew();
      this.#again = setTimeout(() => {
        if (this.status.value === "moving") this.status.value = "offline";
      }, MOVING_MS);
    }, in_ms);
  }

  #viewed(view: ViewOf<N>): void {
    if (!notOlder(view.as_of, this.#newest?.as_of ?? null)) return;
    this.#newest = view;
    this.#clock.set(view.as_of.now_ms);
    this.#views.forEach((listener) => listener(view));
  }

  /** Until the link changes (true), or so long. */
  #change(at_most_ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (changed: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        resolve(changed);
      };
      const done = (): void => end(true);
      const timer = setTimeout(() => end(false), at_most_ms);
      this.#waiters.add(done);
    });
  }

  #wake(): void {
    [...this.#waiters].forEach((done) => done());
  }
}
