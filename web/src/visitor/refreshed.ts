import { type ReadonlySignal, signal } from "@preact/signals";
import { get, type Reply } from "~/transport/http";

const EVERY_MS = 60_000;

/** Something of the API as it was last told. */
export interface Fresh<Body> {
  readonly reply: ReadonlySignal<Reply<Body> | null>;
  /** When it was told, ms by this device. */
  readonly at: ReadonlySignal<number>;
  fetch(): Promise<void>;
}

/** A public page of the API that stays fresh while somebody looks at it: on return to the page, and once a minute. */
export class Refreshed<Body> implements Fresh<Body> {
  readonly reply: ReadonlySignal<Reply<Body> | null>;
  readonly at: ReadonlySignal<number>;

  readonly #reply = signal<Reply<Body> | null>(null);
  readonly #at = signal(Date.now());
  readonly #path: string;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(path: string) {
    this.#path = path;
    this.reply = this.#reply;
    this.at = this.#at;
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
    document.addEventListener("visibilitychange", this.#look);
    void this.fetch();
  }

  async fetch(): Promise<void> {
    const reply = await get<Body>(this.#path);
    // What is shown stays where nothing better came.
    if (!reply.ok && reply.code === "no_answer" && this.#reply.peek()?.ok === true) return;
    this.#at.value = Date.now();
    this.#reply.value = reply;
  }

  dispose(): void {
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#look);
  }

  #look = (): void => {
    if (document.visibilityState === "visible") void this.fetch();
  };
}
