/**
 * The certificate of this page, one for all its legs: none waits until a key is made, and a leg that is built anew has
 * the fingerprint of the one before.
 */

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;
/** A page may be open for weeks; browsers make certificates for thirty days, and build no leg with one that is over. */
const DAY_MS = 86_400_000;

let made: Promise<readonly RTCCertificate[]> | undefined;
let expiresMs = 0;

/**
 * Made at the first ask: a page that is going to talk asks early. Empty where the browser makes one for each leg, or makes
 * none now: the next ask asks it again. Never rejects.
 */
export function ownCertificate(): Promise<readonly RTCCertificate[]> {
  if (made === undefined || Date.now() > expiresMs - DAY_MS) {
    expiresMs = Number.POSITIVE_INFINITY;
    made = make();
  }
  return made;
}

async function make(): Promise<readonly RTCCertificate[]> {
  if (!("RTCPeerConnection" in globalThis) || !("generateCertificate" in RTCPeerConnection)) return [];
  try {
    const certificate = await RTCPeerConnection.generateCertificate(ALGORITHM);
    expiresMs = certificate.expires;
    return [certificate];
  } catch {
    // Whatever the reason: a leg with a certificate of its own is a leg.
    made = undefined;
    return [];
  }
}
