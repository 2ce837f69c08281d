import { describe, expect, it } from "vitest";
import { adviceOf, callAdviceOf, type Found } from "~/models/found";

const WELL: Found = {
  camera: "on",
  microphone: "on",
  server: true,
  path: "direct",
  udp: true,
  relay: true,
  rttMs: 30,
  loss: 0,
  kbitPerS: 900,
};
const UNMEASURED = { rttMs: null, loss: null, kbitPerS: null } as const;

describe("what a check advises", () => {
  it("says that all is well only where it is", () => {
    expect(adviceOf(WELL)).toEqual(["all_well"]);
    expect(adviceOf({ ...WELL, relay: null })).toEqual(["all_well"]);
    expect(adviceOf({ ...WELL, path: "relay" })).toEqual(["all_well", "relayed"]);
    expect(adviceOf({ ...WELL, ...UNMEASURED, path: "untried", udp: null })).toEqual(["line_untried"]);
  });

  it("names each trouble, the line before the devices", () => {
    expect(adviceOf({ ...WELL, loss: 0.1, rttMs: 900 })).toEqual(["much_lost", "slow"]);
    expect(adviceOf({ ...WELL, kbitPerS: 40 })).toEqual(["slow"]);
    expect(adviceOf({ ...WELL, camera: "refused", microphone: "absent" })).toEqual([
      "no_microphone",
      "no_camera",
    ]);
  });

  it("says that the relay is away, though everything passes without it", () => {
    expect(adviceOf({ ...WELL, relay: false })).toEqual(["no_relay"]);
    expect(adviceOf({ ...WELL, ...UNMEASURED, path: "untried", relay: false })).toEqual(["no_relay"]);
  });

  it("tells a relay over UDP from one that is reached without it", () => {
    expect(adviceOf({ ...WELL, path: "relay", udp: false })).toEqual(["no_udp"]);
    expect(adviceOf({ ...WELL, path: "relay", udp: null })).toEqual(["all_well", "relayed"]);
  });

  it("says one thing of a line through which nothing passes", () => {
    expect(adviceOf({ ...WELL, ...UNMEASURED, path: "none", udp: false, relay: false })).toEqual(["no_line"]);
  });

  it("says first that nobody can wait in line from here, and then that nothing is well", () => {
    expect(adviceOf({ ...WELL, server: false })).toEqual(["no_server"]);
    expect(adviceOf({ ...WELL, server: false, loss: 0.2 })).toEqual(["no_server", "much_lost"]);
    expect(callAdviceOf({ ...WELL })).toEqual(["all_well"]);
  });

  it("asks no picture's line of somebody without a camera", () => {
    expect(adviceOf({ ...WELL, camera: "absent", kbitPerS: 30 })).toEqual(["no_camera"]);
  });
});
