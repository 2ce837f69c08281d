/**
 * Whether the visitor is entering though the counter has not said so yet: they pressed "Entrar" here, or their page says
 * directly that they did. Only the counter's `go` says that they have entered.
 */

import { type ReadonlySignal, signal } from "@preact/signals";

/** A visitor who says that they are entering has entered within so long, or is not believed again. */
const ENTERS_MS = 3_000;

export class Entering {
  readonly #now = signal(false);
  #believed: ReturnType<typeof setTimeout> | undefined;

  readonly now: ReadonlySignal<boolean> = this.#now;

  /** They pressed it here, or the counter did not let them in after all. */
  say(enters: boolean): void {
    this.#now.value = enters;
  }

  /** The other side says that they did. Once a call, and not for long. */
  believe(): void {
    if (this.#believed !== undefined) return;
    this.#now.value = true;
    this.#believed = setTimeout(() => {
      this.#now.value = false;
    }, ENTERS_MS);
  }

  dispose(): void {
    clearTimeout(this.#believed);
  }
}
