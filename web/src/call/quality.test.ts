import { describe, expect, it } from "vitest";
import { quality, type Reading } from "~/call/quality";

const reading = (part: Partial<Reading>): Reading => ({
  atMs: 0,
  received: 0,
  lost: 0,
  roundTripS: 0.05,
  bytes: 0,
  ...part,
});

describe("how good a leg is", () => {
  it("is good while nothing is lost, also where nothing comes", () => {
    expect(quality(reading({ received: 100 }), reading({ received: 300 }))).toBe("good");
    expect(quality(reading({}), reading({}))).toBe("good");
  });

  it("is weak above 8 % of loss between two readings, whatever was lost before", () => {
    expect(quality(reading({ received: 100, lost: 50 }), reading({ received: 191, lost: 59 }))).toBe("weak");
    expect(quality(reading({ received: 100, lost: 50 }), reading({ received: 193, lost: 57 }))).toBe("good");
  });

  it("is weak above 0.6 s to the other side and back", () => {
    expect(quality(reading({}), reading({ roundTripS: 0.7 }))).toBe("weak");
    expect(quality(reading({}), reading({ roundTripS: null }))).toBe("good");
  });
});
