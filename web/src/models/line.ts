/** What a connection's own statistics tell of the way that its packets take. */

export interface Sample {
  /** Null: none is in use. */
  readonly path: "direct" | "relay" | null;
  /** Whether a way over UDP was seen to work; null: the browser does not tell. */
  readonly udp: boolean | null;
  /** Whether a relay gave an address. */
  readonly relay: boolean;
  readonly rttMs: number | null;
  readonly received: number;
  readonly lost: number;
  readonly sent: number;
}

interface Entry {
  readonly type: string;
  readonly id: string;
  readonly kind?: string;
  readonly state?: string;
  readonly nominated?: boolean;
  readonly localCandidateId?: string;
  readonly candidateType?: string;
  /** How the browser speaks with the relay. */
  readonly relayProtocol?: string;
  readonly currentRoundTripTime?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly bytesSent?: number;
}

/** As it stands now; to be asked before the connection is closed. */
export async function sampleOf(connection: RTCPeerConnection): Promise<Sample> {
  const entries: Entry[] = [];
  (await connection.getStats()).forEach((entry: Entry) => entries.push(entry));
  const pair = entries.find(
    ({ type, state, nominated }) => type === "candidate-pair" && state === "succeeded" && nominated === true,
  );
  const own = entries.filter(({ type }) => type === "local-candidate");
  const relays = own.filter(({ candidateType }) => candidateType === "relay");
  const local = own.find(({ id }) => id === pair?.localCandidateId);
  const path = pair === undefined ? null : local?.candidateType === "relay" ? "relay" : "direct";
  // The echo speaks UDP only, and an address seen from outside was seen by UDP.
  const overUdp =
    path === "direct" ||
    own.some(({ candidateType }) => candidateType === "srflx") ||
    relays.some(({ relayProtocol }) => relayProtocol === "udp");
  const untold = relays.some(({ relayProtocol }) => relayProtocol === undefined);
  const sound = entries.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
  const sent = entries.reduce(
    (sum, { type, bytesSent }) => sum + (type === "outbound-rtp" ? (bytesSent ?? 0) : 0),
    0,
  );
  const rtt = pair?.currentRoundTripTime;
  return {
    path,
    udp: overUdp ? true : untold ? null : false,
    relay: relays.length > 0,
    rttMs: rtt === undefined ? null : rtt * 1_000,
    received: sound?.packetsReceived ?? 0,
    lost: Math.max(0, sound?.packetsLost ?? 0),
    sent,
  };
}
