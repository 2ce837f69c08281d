/** Listens to a track beside the person: how loud it is, and whether it is their own sound that comes back. */

import { decibels, OwnVoice, STEP_MS } from "~/call/own_voice";

const LOOK_MS = 100;
/** Quieter than this is silence, in decibels of full scale. */
const FLOOR_DB = -60;

/** 0 (silence) to 1 (as loud as it can be) from samples between -1 and 1. */
export function loudness(samples: Float32Array): number {
  return Math.min(1, Math.max(0, 1 - decibels(samples) / FLOOR_DB));
}

/** A tone is that much stronger than what sounds beside it, and loud in itself, in decibels. */
const ABOVE_DB = 30;
const LOUD_DB = -45;
/** Speech and alarms do not hold one tone for so long. */
const HELD_MS = 1_500;

/** Whether sound goes round between a loudspeaker and a microphone: one loud tone that does not end. */
export class Howl {
  #tone: number | null = null;
  #sinceMs = 0;

  /** One look at a spectrum, decibels by frequency. */
  look(spectrum: Float32Array, nowMs: number): boolean {
    let tone = 0;
    let sum = 0;
    spectrum.forEach((level, place) => {
      if (level > (spectrum[tone] ?? FLOOR_DB)) tone = place;
      sum += Math.max(level, -120);
    });
    const peak = spectrum[tone] ?? FLOOR_DB;
    if (peak < LOUD_DB || peak - sum / Math.max(1, spectrum.length) < ABOVE_DB) {
      this.#tone = null;
      return false;
    }
    if (this.#tone === null || Math.abs(tone - this.#tone) > 1) {
      this.#tone = tone;
      this.#sinceMs = nowMs;
    }
    return nowMs - this.#sinceMs >= HELD_MS;
  }
}

/** More than half a second of 48 kHz: a look may come late. */
const KEPT = 32_768;
/** Looks between two comparisons of one's own voice with what is heard. */
const COMPARE_EVERY = 3;
/** So long after it was last heard it is still told: somebody draws breath. */
const TOLD_MS = 5_000;

/** What was played of two sounds since the last reading, cut into the same steps. */
class Steps {
  readonly #context: AudioContext;
  readonly #analysers: readonly AnalyserNode[];
  readonly #samples = new Float32Array(KEPT);
  #last: number | null = null;

  constructor(context: AudioContext, sources: readonly AudioNode[]) {
    this.#context = context;
    this.#analysers = sources.map((source) => {
      const analyser = context.createAnalyser();
      analyser.fftSize = KEPT;
      source.connect(analyser);
      return analyser;
    });
  }

  /** Decibels, step by step, a list for each sound. Null: more was played than is kept, or this is the first reading. */
  read(): number[][] | null {
    const { currentTime, sampleRate } = this.#context;
    const step = Math.round((sampleRate * STEP_MS) / 1_000);
    const played = Math.round(currentTime * sampleRate);
    const last = this.#last;
    this.#last = Math.floor(played / step);
    if (last === null) return null;
    const begin = KEPT - (played - last * step);
    if (begin < 0) return null;
    return this.#analysers.map((analyser) => {
      analyser.getFloatTimeDomainData(this.#samples);
      return Array.from({ length: (this.#last ?? last) - last }, (_, place) =>
        decibels(this.#samples.subarray(begin + place * step, begin + (place + 1) * step)),
      );
    });
  }
}

export interface Heard {
  readonly loudness: number;
  /** Whether one's own sound comes back: as a howl, or, where `own` is listened to beside it, as one's own voice. */
  readonly returns: boolean;
}

/** What a browser takes for a sign that somebody is there: only then may a page listen, or sound. */
const SIGNS = ["pointerup", "click", "keydown"] as const;

/**
 * Tells ten times a second what `stream` sounds like, until the returned end; null while the browser lets nobody listen,
 * as it does after a reload until the next tap or key. `own`: what this side sends. Null where the browser cannot listen.
 */
export function listen(
  stream: MediaStream,
  tell: (heard: Heard | null) => void,
  own: MediaStream | null = null,
): (() => void) | null {
  if (!("AudioContext" in globalThis) || stream.getAudioTracks().length === 0) return null;
  const over = new AbortController();
  const context = new AudioContext();
  const resume = (): void => {
    if (context.state !== "running" && context.state !== "closed") void context.resume();
  };
  for (const sign of SIGNS) globalThis.document?.addEventListener(sign, resume, { signal: over.signal });
  const source = context.createMediaStreamSource(stream);
  const analyser = context.createAnalyser();
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const howl = new Howl();
  const voice = new OwnVoice();
  const steps = own === null ? null : new Steps(context, [context.createMediaStreamSource(own), source]);
  let looks = 0;
  let returnedMs = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => {
    if (context.state !== "running") {
      tell(null);
      return;
    }
    const nowMs = performance.now();
    looks += 1;
    if (steps !== null && looks % COMPARE_EVERY === 0) {
      const [mine, theirs] = steps.read() ?? [];
      if (mine === undefined || theirs === undefined) voice.forget();
      else if (voice.look(mine, theirs)) returnedMs = nowMs;
    }
    analyser.getFloatTimeDomainData(samples);
    analyser.getFloatFrequencyData(spectrum);
    const howls = howl.look(spectrum, nowMs);
    tell({ loudness: loudness(samples), returns: howls || nowMs - returnedMs < TOLD_MS });
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    over.abort();
    source.disconnect();
    void context.close();
  };
}
