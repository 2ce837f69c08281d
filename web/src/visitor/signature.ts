import type { Receipt } from "~/protocol/types";

/** `unknown`: this browser cannot check (Ed25519 is young in browsers, and needs HTTPS). */
export type Verdict = "genuine" | "altered" | "unknown";

const bytes = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);

/** Whether the court's key signed exactly this text (RFC 8032). */
export async function verify(
  receipt: Pick<Receipt, "signed" | "signature" | "public_key">,
): Promise<Verdict> {
  if (!("crypto" in globalThis) || !("subtle" in crypto)) return "unknown";
  try {
    const key = await crypto.subtle.importKey("raw", bytes(receipt.public_key), "Ed25519", false, ["verify"]);
    const good = await crypto.subtle.verify(
      "Ed25519",
      key,
      bytes(receipt.signature),
      new TextEncoder().encode(receipt.signed),
    );
    return good ? "genuine" : "altered";
  } catch (refusal) {
    if (refusal instanceof DOMException) return "unknown";
    throw refusal;
  }
}
