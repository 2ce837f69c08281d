import { type ReadonlySignal, signal } from "@preact/signals";

/** Two notes, as at a counter: seconds from the start, and Hz. */
const CHIME = [
  [0, 659.25],
  [0.28, 880],
] as const;
const NOTE_S = 0.5;
const EVERY_MS = 3_000;
const SHAKE_MS = [400, 200, 400, 200, 800];

/**
 * The sound of one's turn.
 *
 * Browsers let a page sound only from a tap on; `unlock` belongs into the tap that joins the line. After a reload there
 * was no tap yet: `locked` says so, and any tap on the page unlocks.
 */
export class Alarm {
  readonly locked: ReadonlySignal<boolean>;

  readonly #locked = signal(true);
  #audio: AudioContext | null = null;
  #ringing: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.locked = this.#locked;
  }

  /** Call it inside a tap. */
  unlock(): void {
    if (!("AudioContext" in globalThis)) return;
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    audio.addEventListener("statechange", () => this.#look(audio));
    void audio.resume().then(() => this.#look(audio));
    this.#look(audio);
  }

  /** Sounds and shakes until `stop`. */
  ring(): void {
    if (this.#ringing !== undefined) return;
    const once = (): void => {
      this.chime();
      // Before the first tap, which unlocks, a browser refuses to shake and says so in its console.
      if (this.#audio !== null) navigator.vibrate?.(SHAKE_MS);
    };
    once();
    this.#ringing = setInterval(once, EVERY_MS);
  }

  stop(): void {
    if (this.#ringing === undefined) return;
    clearInterval(this.#ringing);
    this.#ringing = undefined;
    navigator.vibrate?.(0);
  }

  /** The two notes once. */
  chime(): void {
    const audio = this.#audio;
    if (audio === null || audio.state !== "running") return;
    for (const [start, hertz] of CHIME) {
      const note = new OscillatorNode(audio, { type: "sine", frequency: hertz });
      const loudness = new GainNode(audio, { gain: 0 });
      const at = audio.currentTime + start;
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(0.5, at + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
      note.connect(loudness).connect(audio.destination);
      note.start(at);
      note.stop(at + NOTE_S);
    }
  }

  #look(audio: AudioContext): void {
    this.#locked.value = audio.state !== "running";
  }
}

/** The page's one alarm: the tap that joins unlocks it, the ring much later uses it. */
export const alarm = new Alarm();
