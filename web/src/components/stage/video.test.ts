import { describe, expect, it } from "vitest";
import { playIn } from "~/components/stage/video";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is only handed on
const STREAM = {} as MediaStream;

/** A `<video>` that answers each `play` as told, last answer again and again; and what the page was told. */
function place(...answers: readonly ("plays" | "NotAllowedError" | "AbortError")[]) {
  const told: ((() => void) | null)[] = [];
  const left = [...answers];
  const element = {
    srcObject: null as MediaProvider | null,
    plays: 0,
    play: (): Promise<void> => {
      element.plays += 1;
      const answer = left.length > 1 ? left.shift() : left[0];
      return answer === "plays" ? Promise.resolve() : Promise.reject(new DOMException("", answer));
    },
  };
  const end = playIn(element, STREAM, (play) => told.push(play));
  return { element, told, end };
}

const settled = (): Promise<void> => new Promise((then) => setTimeout(then));

describe("a picture with its sound", () => {
  it("plays by itself where the browser lets it", async () => {
    const { element, told } = place("plays");
    await settled();
    expect(element.srcObject).toBe(STREAM);
    expect(told).toEqual([null]);
  });

  it("asks for a tap where the browser wants one, and plays from it", async () => {
    const { element, told } = place("NotAllowedError", "plays");
    await settled();
    const [tap] = told;
    expect(tap).toBeTypeOf("function");
    tap?.();
    await settled();
    expect(element.plays).toBe(2);
    expect(told).toEqual([tap, null]);
  });

  it("asks again where the tap was not enough", async () => {
    const { told } = place("NotAllowedError");
    await settled();
    told[0]?.();
    await settled();
    expect(told).toEqual([told[0], told[0]]);
  });

  it("asks for nothing when another stream takes its place", async () => {
    const { told } = place("AbortError");
    await settled();
    expect(told).toEqual([]);
  });

  it("whoever goes takes their question along, also one that was still to come", async () => {
    const asked = place("NotAllowedError");
    await settled();
    asked.end();
    expect(asked.told.at(-1)).toBeNull();
    expect(asked.element.srcObject).toBeNull();
    const early = place("NotAllowedError");
    early.end();
    await settled();
    expect(early.told).toEqual([null]);
  });
});
