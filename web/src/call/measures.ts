/**
 * Tells the counter how the call has gone so far, now and then: a page that dies has told nearly all of it. The last word
 * is said when the call is over, whoever ended it; the counter hears it for a while.
 */

import { effect, type ReadonlySignal } from "@preact/signals";
import type { CallPhase, CallWire } from "~/call/wire";
import type { Measure } from "~/protocol/types";

const FIRST_MS = 5_000;
const EVERY_MS = 15_000;

export interface MeasuresParts {
  readonly wire: Pick<CallWire, "status" | "send">;
  readonly call: string;
  readonly phase: ReadonlySignal<CallPhase>;
  readonly measure: () => Measure;
}

export class Measures {
  readonly #parts: MeasuresParts;
  readonly #end: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = "";

  constructor(parts: MeasuresParts) {
    this.#parts = parts;
    this.#end = effect(() => {
      clearTimeout(this.#timer);
      if (parts.phase.value === "active") this.#wait(FIRST_MS);
    });
  }

  /** All of it, unless it was told already; now, or when the line is back. */
  tell(): void {
    const { wire, call, measure } = this.#parts;
    const now = measure();
    const text = JSON.stringify(now);
    if (text === this.#told) return;
    this.#told = text;
    void wire.send({ type: "measured", call, measure: now });
  }

  dispose(): void {
    this.#end();
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      // There is more to tell when the line is back.
      if (this.#parts.wire.status.value === "online") this.tell();
      this.#wait(EVERY_MS);
    }, ms);
  }
}
