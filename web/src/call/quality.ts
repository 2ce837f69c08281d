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
}

export type Quality = "good" | "weak";

const WEAK_LOSS = 0.08;
const WEAK_ROUND_TRIP_S = 0.6;

/** `weak`: more than 8 % lost, or more than 0.6 s to the other side and back, between the two readings. */
export function quality(before: Reading, after: Reading): Quality {
  const received = after.received - before.received;
  const lost = Math.max(0, after.lost - before.lost);
  if (received + lost > 0 && lost / (received + lost) > WEAK_LOSS) return "weak";
  return after.roundTripS !== null && after.roundTripS > WEAK_ROUND_TRIP_S ? "weak" : "good";
}

/** The reading in a report of `RTCPeerConnection.getStats()`. */
export function read(report: RTCStatsReport, atMs: number): Reading {
  let received = 0;
  let lost = 0;
  let bytes = 0;
  let roundTripS: number | null = null;
  // The DOM types a report as a map of `any`: these are the fields of W3C webrtc-stats that are read here.
  for (const entry of report.values() as Iterable<{
    readonly type: string;
    readonly nominated?: boolean;
    readonly packetsReceived?: number;
    readonly packetsLost?: number;
    readonly bytesReceived?: number;
    readonly currentRoundTripTime?: number;
  }>) {
    if (entry.type === "inbound-rtp") {
      received += entry.packetsReceived ?? 0;
      lost += entry.packetsLost ?? 0;
    } else if (entry.type === "candidate-pair") {
      bytes += entry.bytesReceived ?? 0;
      if (entry.nominated === true) roundTripS = entry.currentRoundTripTime ?? roundTripS;
    }
  }
  return { atMs, received, lost, roundTripS, bytes };
}
