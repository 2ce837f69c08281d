import { describe, expect, it, vi } from "vitest";
import { MediaModel } from "~/call/media";
import { adviceOf, CheckModel, type CheckRequests, type Found } from "~/models/check";
import { NO_ANSWER } from "~/transport/http";

const WELL: Found = {
  camera: "on",
  microphone: "on",
  path: "direct",
  relay: true,
  rttMs: 30,
  loss: 0,
  kbitPerS: 900,
};

describe("what a check advises", () => {
  it("says that all is well only where it is", () => {
    expect(adviceOf(WELL)).toEqual(["all_well"]);
    expect(adviceOf({ ...WELL, path: "relay" })).toEqual(["all_well", "relayed"]);
    expect(adviceOf({ ...WELL, path: "untried", rttMs: null, loss: null, kbitPerS: null })).toEqual([
      "line_untried",
    ]);
  });

  it("names each trouble, the line before the devices", () => {
    expect(adviceOf({ ...WELL, path: "none", rttMs: null, loss: null, kbitPerS: null })).toEqual(["no_line"]);
    expect(adviceOf({ ...WELL, loss: 0.1, rttMs: 900 })).toEqual(["much_lost", "slow"]);
    expect(adviceOf({ ...WELL, kbitPerS: 40 })).toEqual(["slow"]);
    expect(adviceOf({ ...WELL, camera: "refused", microphone: "absent" })).toEqual([
      "no_microphone",
      "no_camera",
    ]);
  });

  it("asks no picture's line of somebody without a camera", () => {
    expect(adviceOf({ ...WELL, camera: "absent", kbitPerS: 30 })).toEqual(["no_camera"]);
  });
});

/** No devices, and a server that answers as told. */
function checking(
  requests: Partial<CheckRequests>,
  onFound: (found: Found) => void = () => undefined,
): CheckModel {
  const silent: CheckRequests = { begin: async () => NO_ANSWER, echo: async () => NO_ANSWER };
  return new CheckModel(new MediaModel(undefined), onFound, { ...silent, ...requests });
}

describe("a check without a line", () => {
  it("says that the system did not answer", async () => {
    const model = checking({});
    await model.start();
    expect(model.phase.value).toEqual({ is: "refused", code: "no_answer" });
  });

  it("says what of the devices works where the site has no echo", async () => {
    const told: Found[] = [];
    const model = checking(
      {
        begin: async () => ({ ok: true, body: { ice: { servers: [], relay_until_go: false }, echo: false } }),
      },
      (found) => told.push(found),
    );
    await model.start();
    expect(told).toMatchObject([{ path: "untried" }]);
    expect(model.phase.value).toMatchObject({
      is: "found",
      found: { path: "untried", camera: "unsupported" },
    });
  });

  it("shows nothing of a check that was stopped", async () => {
    let answer: (() => void) | undefined;
    const model = checking({
      begin: () =>
        new Promise((resolve) => {
          answer = () => resolve(NO_ANSWER);
        }),
    });
    const started = model.start();
    await vi.waitUntil(() => answer !== undefined);
    model.stop();
    answer?.();
    await started;
    expect(model.phase.value).toEqual({ is: "asking" });
  });
});
