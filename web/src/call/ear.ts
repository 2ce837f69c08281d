/** Listens to a track beside the person: how loud it is, and whether it howls. */

const LOOK_MS = 100;
/** Quieter than this is silence, in decibels of full scale. */
const FLOOR_DB = -60;

/** 0 (silence) to 1 (as loud as it can be) from samples between -1 and 1. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  if (power === 0) return 0;
  return Math.min(1, Math.max(0, 1 - (10 * Math.log10(power)) / FLOOR_DB));
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

export interface Heard {
  readonly loudness: number;
  readonly howls: boolean;
}

/** Tells ten times a second what `stream` sounds like, until the returned end. Null where the browser cannot listen. */
export function listen(stream: MediaStream, tell: (heard: Heard) => void): (() => void) | null {
  if (!("AudioContext" in globalThis) || stream.getAudioTracks().length === 0) return null;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const howl = new Howl();
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    analyser.getFloatFrequencyData(spectrum);
    tell({ loudness: loudness(samples), howls: howl.look(spectrum, performance.now()) });
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}
