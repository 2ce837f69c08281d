import { beforeEach, expect, it, vi } from "vitest";
import { FakeConnection } from "~/call/testing/connections";

let ownCertificate: () => Promise<readonly RTCCertificate[]>;

beforeEach(async () => {
  vi.resetModules();
  ({ ownCertificate } = await import("~/call/certificate"));
  return () => vi.unstubAllGlobals();
});

it("a page asks once for its certificate", async () => {
  vi.stubGlobal("RTCPeerConnection", FakeConnection);
  const [first, second] = await Promise.all([ownCertificate(), ownCertificate()]);
  expect(first).toHaveLength(1);
  expect(second).toBe(first);
});

it("a browser that makes none is no reason to have no leg, and is asked again next time", async () => {
  let refuses = true;
  class Moody extends FakeConnection {
    static override async generateCertificate(): Promise<{ readonly expires: number }> {
      if (refuses) throw new DOMException("", "OperationError");
      return super.generateCertificate();
    }
  }
  vi.stubGlobal("RTCPeerConnection", Moody);
  expect(await ownCertificate()).toEqual([]);
  refuses = false;
  expect(await ownCertificate()).toHaveLength(1);
});
