import { describe, expect, it } from "vitest";
import { clock } from "~/components/stage/elapsed";
import { fitOf } from "~/components/stage/video";

describe("the stage's measures", () => {
  it.each([
    [0, "0:00"],
    [65, "1:05"],
    [3_599, "59:59"],
    [3_845, "1:04:05"],
  ])("shows %i seconds as %s", (seconds, shown) => {
    expect(clock(seconds)).toBe(shown);
  });

  it("fills the place, unless that would cut nearly half of the picture away", () => {
    expect(fitOf(16 / 9, 4 / 3)).toBe("cover");
    expect(fitOf(4 / 3, 360 / 420)).toBe("cover");
    expect(fitOf(16 / 9, 360 / 420)).toBe("contain");
  });
});
