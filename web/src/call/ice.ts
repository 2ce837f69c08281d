/** The servers that the counter gives to connect with. */

import type { Ice } from "~/protocol/types";

/** As a browser takes them. */
export function servers(ice: Ice): RTCIceServer[] {
  return ice.servers.map(({ urls, username, credential }) => ({
    urls: [...urls],
    ...(username !== null && { username }),
    ...(credential !== null && { credential }),
  }));
}

/** Whether `ice` names a TURN server: without one, `relay` would mean no connection at all. */
export function hasTurn(ice: Ice): boolean {
  return urlsOf(ice).some((url) => url.startsWith("turn"));
}

/** Whether one of them is spoken to over UDP, which is what `turn:` means without more (RFC 7065 §3.1). */
export function hasTurnOverUdp(ice: Ice): boolean {
  return urlsOf(ice).some((url) => url.startsWith("turn:") && !url.includes("transport=tcp"));
}

function urlsOf(ice: Ice): readonly string[] {
  return ice.servers.flatMap((server) => server.urls);
}
