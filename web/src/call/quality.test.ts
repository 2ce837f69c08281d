import { describe, expect, it } from "vitest";
import { quality, read, type Reading } from "~/call/quality";

const reading = (part: Partial<Reading>): Reading => ({
  atMs: 0,
  received: 0,
  lost: 0,
  roundTripS: 0.05,
  bytes: 0,
  carriesBitsPerS: null,
  lossThere: null,
  relayed: null,
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

describe("a reading", () => {
  const report = (...entries: readonly object[]): RTCStatsReport =>
    new Map(entries.map((entry, place) => [`${place}`, entry]));
  const pair = { type: "candidate-pair", id: "P", timestamp: 20_000, nominated: true, state: "succeeded" };

  it("adds up what came, and tells the way in use", () => {
    const seen = read(
      report(
        { type: "inbound-rtp", timestamp: 20_000, packetsReceived: 90, packetsLost: 10 },
        { type: "inbound-rtp", timestamp: 20_000, packetsReceived: 50, packetsLost: 0 },
        { ...pair, bytesReceived: 700, currentRoundTripTime: 0.1, availableOutgoingBitrate: 64_000 },
      ),
      5,
    );
    expect(seen).toMatchObject({ atMs: 5, received: 140, lost: 10, bytes: 700, roundTripS: 0.1 });
    expect(seen).toMatchObject({ carriesBitsPerS: 64_000, lossThere: null, relayed: false });
  });

  it("knows the way in use also while the browser asks whether it still is one", () => {
    const asked = { ...pair, state: "in-progress", availableOutgoingBitrate: 64_000 };
    const transport = { type: "transport", id: "T", timestamp: 20_000, selectedCandidatePairId: "P" };
    const before = { ...pair, id: "O", availableOutgoingBitrate: 9_000 };
    expect(read(report(before, transport, asked), 0).carriesBitsPerS).toBe(64_000);
    expect(read(report(asked), 0).carriesBitsPerS).toBeNull();
  });

  it("knows a relayed way by either end", () => {
    const end = { type: "remote-candidate", id: "R", timestamp: 0, candidateType: "relay" };
    expect(read(report({ ...pair, remoteCandidateId: "R" }, end), 0).relayed).toBe(true);
    expect(read(report(end), 0).relayed).toBeNull();
  });

  it("takes no old word for what is lost there", () => {
    const said = { type: "remote-inbound-rtp", fractionLost: 0.3 };
    expect(read(report(pair, { ...said, timestamp: 19_000 }), 0).lossThere).toBe(0.3);
    expect(read(report(pair, { ...said, timestamp: 13_000 }), 0).lossThere).toBeNull();
  });
});
