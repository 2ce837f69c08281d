/** What the two pages say to each other directly, over the data channel (id 0): it works while the server is away. */

import type { Gauged } from "~/call/gauge";
import type { DeviceState } from "~/call/media";
import type { Candidate, Description, MediaState } from "~/protocol/types";

/** Sent twice a second: the leg lives. A hidden page's browser lets it beat once a second only, and so it says so. */
export interface Beat {
  readonly type: "beat";
  readonly hidden?: boolean;
}

/** The sender ended the call; the server says the same when it can. */
export interface Bye {
  readonly type: "bye";
}

/** The visitor pressed "Entrar": whoever hears it need not wait for the counter to say so, but does not take it as said. */
export interface Entering {
  readonly type: "entering";
}

/** How it goes for the visitor, now and then, for whoever serves them. */
export interface Told extends Gauged, Equipment {
  readonly type: "gauged";
}

/** What somebody takes part with. */
export interface Equipment {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  /** A telephone or a tablet. */
  readonly touch: boolean;
}

export type Word = Beat | Bye | Entering | Told | MediaState | Description | Candidate;

const WORDS: ReadonlySet<unknown> = new Set<Word["type"]>([
  "beat",
  "bye",
  "entering",
  "gauged",
  "media",
  "description",
  "candidate",
]);

/** The other side's page is the court's own: what it names it also fills in. */
function isWord(word: unknown): word is Word {
  return typeof word === "object" && word !== null && "type" in word && WORDS.has(word.type);
}

/** The word in a message; null for what this page does not know (the other side may be newer). */
export function parseWord(message: unknown): Word | null {
  if (typeof message !== "string") return null;
  const word: unknown = JSON.parse(message);
  return isWord(word) ? word : null;
}
