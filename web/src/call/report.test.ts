import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it } from "vitest";
import type { CallPhase } from "~/call/wire";
import type { LegState } from "~/call/pulse";
import { report } from "~/call/report";
import { TestLog, type TestWire } from "~/call/testing/log";
import type { Interrupted } from "~/protocol/types";

const GONE: Interrupted = { type: "interrupted", gone: "attendant", until_ms: 1 };

describe("what a page tells of its leg", () => {
  const phase = signal<CallPhase>("ringing");
  const leg = signal<LegState>("connecting");
  const gone = signal<Interrupted | null>(null);
  let log: TestLog;
  let wire: TestWire;

  beforeEach(() => {
    phase.value = "ringing";
    leg.value = "connecting";
    gone.value = null;
    log = new TestLog();
    wire = log.wire("visitor");
    return report({ wire, call: log.call, phase, leg, gone });
  });

  const told = async (): Promise<readonly boolean[]> => {
    await Promise.resolve();
    return log.legs.map((one) => one.alive);
  };

  it("begins with the call, and says each change once", async () => {
    leg.value = "connected";
    expect(await told()).toEqual([]);
    phase.value = "active";
    leg.value = "broken";
    leg.value = "connecting";
    leg.value = "connected";
    expect(await told()).toEqual([true, false, true]);
  });

  it("says it anew when the line is back, because the counter may have missed it", async () => {
    phase.value = "active";
    leg.value = "connected";
    wire.status.value = "offline";
    leg.value = "broken";
    expect(await told()).toEqual([false, true]);
    wire.status.value = "online";
    expect(await told()).toEqual([false, true, false]);
  });

  it("says it anew when an interruption begins: the counter takes every leg for dead by it", async () => {
    phase.value = "active";
    leg.value = "connected";
    gone.value = GONE;
    expect(await told()).toEqual([false, true, true]);
  });

  it("has nothing more to say when the call is over", async () => {
    phase.value = "active";
    phase.value = "ended";
    leg.value = "connected";
    expect(await told()).toEqual([false]);
  });
});
