import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { CourtCard, PracticeAct, PracticeAsk, PracticeCard, Situation } from "~/protocol/types";
import { get, post, type Reply } from "~/transport/http";

/** What happened at the counter shows in the steps within so long. */
export const EVERY_MS = 1_000;

const found = signal(false);

/** Whether clerks practise at this court, as far as this page has heard. */
export const practising: ReadonlySignal<boolean> = found;

/** Asks once whose counter this is; answers whether clerks practise here. */
export async function findPractice(read = () => get<CourtCard>("court")): Promise<boolean> {
  const reply = await read();
  found.value = reply.ok && reply.body.practice;
  return found.value;
}

/** The counter's practice, by its API. */
export interface PracticeSource {
  read(language: string): Promise<Reply<PracticeCard>>;
  ask(ask: PracticeAsk, language: string): Promise<Reply<PracticeCard>>;
}

const API: PracticeSource = {
  read: (language) => get(`practice?language=${language}`),
  ask: (ask, language) => post(`practice?language=${language}`, ask),
};

/** One clerk's practice: which situation is on, what is done of it, how each went. */
export class PracticeModel {
  readonly #card = signal<PracticeCard | null>(null);
  readonly #busy = signal(false);
  readonly #away = signal(false);
  readonly #language: () => string;
  readonly #source: PracticeSource;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Rises with each question: an answer to an older one comes too late. */
  #asked = 0;

  readonly card: ReadonlySignal<PracticeCard | null> = this.#card;
  readonly busy: ReadonlySignal<boolean> = this.#busy;
  /** Whether the last question was left without an answer. */
  readonly away: ReadonlySignal<boolean> = this.#away;
  /** Whether nothing is left but the result. */
  readonly isLast = computed(() => this.#card.value?.results.every(({ grade }) => grade !== null) ?? false);

  constructor(language: () => string, source: PracticeSource = API) {
    this.#language = language;
    this.#source = source;
    this.#timer = setInterval(() => void this.look(), EVERY_MS);
    void this.look();
  }

  async look(): Promise<void> {
    if (!this.#busy.peek()) await this.#take(this.#source.read(this.#language()));
  }

  async act(act: PracticeAct, situation: Situation | null = null): Promise<void> {
    if (this.#busy.peek()) return;
    this.#busy.value = true;
    await this.#take(this.#source.ask({ act, situation }, this.#language()));
    this.#busy.value = false;
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  async #take(coming: Promise<Reply<PracticeCard>>): Promise<void> {
    const asked = ++this.#asked;
    const reply = await coming;
    if (asked !== this.#asked) return;
    batch(() => {
      this.#away.value = !reply.ok;
      if (reply.ok && JSON.stringify(reply.body) !== JSON.stringify(this.#card.peek()))
        this.#card.value = reply.body;
    });
  }
}
