import { describe, expect, it } from "vitest";
import { Howl, loudness } from "~/call/ear";

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
