import type { Code, Refused, WireCode } from "~/protocol/types";

/** Nobody answered in time: this page's own word, never the server's. The same request may be repeated. */
export interface Unanswered {
  readonly ok: false;
  readonly code: "no_answer";
  readonly details: Readonly<Record<string, string | number>>;
}

export type AnyCode = Code | WireCode | Unanswered["code"];

/** What came of a request: its body, a refusal of the server, or silence. */
export type Reply<Body> = { readonly ok: true; readonly body: Body } | Refused | Unanswered;

export const NO_ANSWER: Unanswered = { ok: false, code: "no_answer", details: {} };

const PATIENCE_MS = 10_000;

/** `GET /api/v1/<path>`. Never throws: silence is an answer too. */
export function get<Body>(path: string): Promise<Reply<Body>> {
  return ask<Body>("GET", path);
}

/** `POST /api/v1/<path>` with a JSON body, or none. */
export function post<Body>(path: string, body?: object): Promise<Reply<Body>> {
  return ask<Body>("POST", path, body);
}

/** `DELETE /api/v1/<path>`. */
export function remove<Body>(path: string): Promise<Reply<Body>> {
  return ask<Body>("DELETE", path);
}

async function ask<Body>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<Reply<Body>> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`/api/v1/${path}`, {
      method,
      credentials: "same-origin",
      signal: patience.signal,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    const answer: unknown = response.status === 204 ? null : await response.json();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server, of the same build
    if (response.ok) return { ok: true, body: answer as Body };
    return isRefused(answer) ? answer : NO_ANSWER;
  } catch (failure) {
    // fetch rejects with TypeError (no internet), AbortError (too slow), SyntaxError (a proxy's own page).
    if (failure instanceof TypeError || failure instanceof SyntaxError || failure instanceof DOMException) {
      return NO_ANSWER;
    }
    throw failure;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a value from outside is a refusal of ours. */
export function isRefused(value: unknown): value is Refused {
  return (
    typeof value === "object" &&
    value !== null &&
    "ok" in value &&
    value.ok === false &&
    "code" in value &&
    typeof value.code === "string"
  );
}
