import { describe, expect, it } from "vitest";
import { Speech } from "~/call/speech";

describe("who speaks", () => {
  it("is heard, and still speaks while they take breath", () => {
    const speech = new Speech();
    expect(speech.look(0.2, 0)).toBe(true);
    expect(speech.look(0, 750)).toBe(true);
    expect(speech.look(0, 1_000)).toBe(false);
  });

  it("is not a room that hums", () => {
    const speech = new Speech();
    expect([0, 250, 500].map((nowMs) => speech.look(0.01, nowMs))).toEqual([false, false, false]);
  });
});
