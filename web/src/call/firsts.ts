/** When the first sound and the first picture of the other side come, after "Entrar". */

import type { Gauge } from "~/call/gauge";

const LOOK_MS = 20;
/** Somebody without a camera, or who says nothing into a browser that sends no silence, is not waited for for ever. */
const PATIENCE_MS = 20_000;

export interface FirstsParts {
  readonly gauge: Gauge;
  /** Whether anything of this kind has come. */
  readonly comes: (kind: "audio" | "video") => boolean;
}

export class Firsts {
  readonly #parts: FirstsParts;
  #began = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: FirstsParts) {
    this.#parts = parts;
  }

  /** Somebody enters, or has entered. Only the first time counts. */
  begin(): void {
    if (this.#began) return;
    this.#began = true;
    const { gauge, comes } = this.#parts;
    const since = performance.now();
    const missing = new Map([
      ["audio", "sound"],
      ["video", "picture"],
    ] as const);
    this.#timer = setInterval(() => {
      const waited = performance.now() - since;
      for (const [kind, stage] of missing) {
        if (!comes(kind)) continue;
        gauge.reached(stage, waited);
        missing.delete(kind);
      }
      if (missing.size === 0 || waited > PATIENCE_MS) this.dispose();
    }, LOOK_MS);
  }

  dispose(): void {
    clearInterval(this.#timer);
  }
}
