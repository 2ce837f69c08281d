import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Heard, Howl, listen, loudness } from "~/call/ear";

const wave = (loud: number): Float32Array =>
  Float32Array.from({ length: 480 }, (_, place) => loud * Math.sin(place / 4));

describe("how loud it is", () => {
  it("is nothing in silence and rises with the sound", () => {
    expect(loudness(new Float32Array(480))).toBe(0);
    expect(loudness(wave(0.0001))).toBe(0);
    expect(loudness(wave(0.05))).toBeGreaterThan(0.4);
    expect(loudness(wave(0.5))).toBeGreaterThan(loudness(wave(0.05)));
    expect(loudness(wave(1))).toBeLessThanOrEqual(1);
  });
});

/** Decibels by frequency: noise, and one tone above it. */
const spectrum = (tone: number, level: number, noise = -90): Float32Array =>
  Float32Array.from({ length: 512 }, (_, place) => (place === tone ? level : noise));

describe("a howl", () => {
  const after = (seconds: number, of: (ms: number) => Float32Array): boolean => {
    const howl = new Howl();
    let howls = false;
    for (let ms = 0; ms <= seconds * 1_000; ms += 100) howls = howl.look(of(ms), ms);
    return howls;
  };

  it("is one loud tone that does not end", () => {
    expect(after(1.4, () => spectrum(60, -20))).toBe(false);
    expect(after(1.5, () => spectrum(60, -20))).toBe(true);
    expect(after(3, (ms) => spectrum(60 + ((ms / 100) % 2), -20))).toBe(true);
  });

  it("is neither speech, whose tone moves, nor noise, nor a quiet hum", () => {
    expect(after(5, (ms) => spectrum(20 + ((ms / 100) % 10) * 7, -20))).toBe(false);
    expect(after(5, () => spectrum(60, -20, -35))).toBe(false);
    expect(after(5, () => spectrum(5, -60))).toBe(false);
  });

  it("is over when the tone is", () => {
    expect(after(4, (ms) => (ms < 3_000 ? spectrum(60, -20) : spectrum(60, -70)))).toBe(false);
  });
});

describe("listening to a track", () => {
  /** A browser's sound, asleep until it is resumed; it plays whatever `level` says. */
  class Sound {
    static made: Sound[] = [];
    state = "suspended";
    currentTime = 0;
    readonly sampleRate = 48_000;

    constructor() {
      Sound.made.push(this);
    }

    async resume(): Promise<void> {
      this.state = "running";
    }

    async close(): Promise<void> {
      this.state = "closed";
    }

    createMediaStreamSource(stream: { readonly level: () => number }) {
      return {
        disconnect: () => undefined,
        connect: (analyser: { level: () => number }) => Object.assign(analyser, { level: stream.level }),
      };
    }

    createAnalyser() {
      return {
        fftSize: 2_048,
        frequencyBinCount: 1_024,
        level: (): number => 0,
        getFloatTimeDomainData(samples: Float32Array): void {
          samples.fill(this.level());
        },
        getFloatFrequencyData: (levels: Float32Array) => levels.fill(-90),
      };
    }
  }

  const page = new EventTarget();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a stream, only that it has sound is asked
  const stream = { getAudioTracks: () => [{}], level: () => 0.1 } as unknown as MediaStream;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("AudioContext", Sound);
    vi.stubGlobal("document", page);
    Sound.made = [];
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it.each(["pointerup", "keydown"])(
    "tells that it hears nothing until somebody is there: %s",
    async (sign) => {
      const told: (Heard | null)[] = [];
      const end = listen(stream, (heard) => told.push(heard));
      await vi.advanceTimersByTimeAsync(300);
      expect(told).toEqual([null, null, null]);
      page.dispatchEvent(new Event(sign));
      await vi.advanceTimersByTimeAsync(100);
      expect(told.at(-1)?.loudness).toBeGreaterThan(0.5);
      end?.();
      expect([vi.getTimerCount(), Sound.made[0]?.state]).toEqual([0, "closed"]);
      page.dispatchEvent(new Event(sign));
      expect(Sound.made[0]?.state).toBe("closed");
    },
  );
});
