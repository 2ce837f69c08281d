import { type ReadonlySignal, signal } from "@preact/signals";

const KEY = "balcao.desk.muted";
/** Two soft tones, a third apart: heard across a room, gone in half a second. */
const TONES: readonly { readonly hertz: number; readonly at_s: number }[] = [
  { hertz: 659.25, at_s: 0 },
  { hertz: 830.61, at_s: 0.16 },
];
const LENGTH_S = 0.35;
const LOUDNESS = 0.2;

/** The sound of somebody arriving at an empty line; a person may turn it off, on this device. */
export class Bell {
  private readonly silent = signal(read());
  private context: AudioContext | null = null;

  readonly muted: ReadonlySignal<boolean> = this.silent;

  setMuted(muted: boolean): void {
    this.silent.value = muted;
    try {
      localStorage.setItem(KEY, muted ? "1" : "");
    } catch {
      // Storage may be forbidden (private windows): the choice then lasts as long as the page.
    }
  }

  /** Browsers let a page sound only after a person has touched it: called from every press. */
  unlock(): void {
    this.context ??= "AudioContext" in globalThis ? new AudioContext() : null;
    if (this.context?.state === "suspended") void this.context.resume();
  }

  ring(): void {
    if (!this.silent.peek()) this.sound();
  }

  /** Sounds even where it is muted: somebody asked to hear it. */
  sound(): void {
    const { context } = this;
    if (context?.state !== "running") return;
    for (const { hertz, at_s } of TONES) {
      const start = context.currentTime + at_s;
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(LOUDNESS, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + LENGTH_S);
      const tone = new OscillatorNode(context, { frequency: hertz });
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + LENGTH_S);
    }
  }

  dispose(): void {
    void this.context?.close();
    this.context = null;
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}
