/** How good a leg is, from two readings of its statistics: said to people only when it is not good. */

export interface Reading {
  readonly atMs: number;
  /** Packets of sound and picture that came and that were lost on the way, since the leg began. */
  readonly received: number;
  readonly lost: number;
  /** Round trip, seconds; null when unknown. */
  readonly roundTripS: number | null;
  /** Bytes of anything, since the leg began. */
  readonly bytes: number;
  /** What the browser believes that the way to the other side carries, bits/s; null: it does not say. */
  readonly carriesBitsPerS: number | null;
  /** Share of what this side sent that the other side lost, as it last said; null: nothing of late. */
  readonly lossThere: number | null;
  /** Whether packets go by way of TURN; null: no way is chosen yet. */
  readonly relayed: boolean | null;
}

export type Quality = "good" | "weak";

const WEAK_LOSS = 0.08;
const WEAK_ROUND_TRIP_S = 0.6;
/** A report about what was lost there says nothing about now when it is older. */
const REPORT_MS = 6_000;

/** `weak`: more than 8 % lost, or more than 0.6 s to the other side and back, between the two readings. */
export function quality(before: Reading, after: Reading): Quality {
  if (lossBetween(before, after) > WEAK_LOSS) return "weak";
  return after.roundTripS !== null && after.roundTripS > WEAK_ROUND_TRIP_S ? "weak" : "good";
}

/** Share of what should have come between two readings that did not, 0..1. */
export function lossBetween(before: Reading, after: Reading): number {
  const received = after.received - before.received;
  const lost = Math.max(0, after.lost - before.lost);
  return received + lost > 0 ? lost / (received + lost) : 0;
}

/** The fields of W3C webrtc-stats that are read here; the DOM types a report as a map of `any`. */
interface Entry {
  readonly id: string;
  readonly type: string;
  readonly timestamp: number;
  readonly selectedCandidatePairId?: string;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly fractionLost?: number;
  readonly bytesReceived?: number;
  readonly currentRoundTripTime?: number;
  readonly availableOutgoingBitrate?: number;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
}

/** The reading in a report of `RTCPeerConnection.getStats()`. */
export function read(report: RTCStatsReport, atMs: number): Reading {
  const entries = [...(report.values() as Iterable<Entry>)];
  const nowMs = Math.max(0, ...entries.map(({ timestamp }) => timestamp));
  const of = (type: string): Entry[] => entries.filter((entry) => entry.type === type);
  const sum = (type: string, field: (entry: Entry) => number | undefined): number =>
    of(type).reduce((total, entry) => total + (field(entry) ?? 0), 0);
  // A way in use is no longer `succeeded` while the browser asks whether it still is one, which takes long on a narrow line.
  const used = new Set(of("transport").map(({ selectedCandidatePairId }) => selectedCandidatePairId));
  const way =
    of("candidate-pair").findLast(({ id }) => used.has(id)) ??
    of("candidate-pair").findLast(({ nominated, state }) => nominated === true && state === "succeeded");
  const losses = of("remote-inbound-rtp")
    .filter(({ timestamp }) => nowMs - timestamp < REPORT_MS)
    .map(({ fractionLost }) => fractionLost ?? 0);
  const ends = [way?.localCandidateId, way?.remoteCandidateId].map((id) =>
    entries.find((entry) => entry.id === id),
  );
  return {
    atMs,
    received: sum("inbound-rtp", (entry) => entry.packetsReceived),
    lost: sum("inbound-rtp", (entry) => entry.packetsLost),
    roundTripS: way?.currentRoundTripTime ?? null,
    bytes: sum("candidate-pair", (entry) => entry.bytesReceived),
    carriesBitsPerS: way?.availableOutgoingBitrate ?? null,
    lossThere: losses.length === 0 ? null : Math.max(...losses),
    relayed: way === undefined ? null : ends.some((end) => end?.candidateType === "relay"),
  };
}
