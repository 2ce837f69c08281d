/** Text beside the video: one's own lines appear at once and settle when the call's log has them. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Party, SignalEntry } from "~/protocol/types";

export interface Line {
  /** The entry's id, or a local one until the log has it. */
  readonly id: string;
  readonly sender: Party;
  /** Of a guest; whoever has that seat now may be another. */
  readonly name: string | null;
  readonly text: string;
  readonly atMs: number;
  /** `sending`, `sent`, or `unsent`: it may be sent again. */
  readonly state: "sending" | "sent" | "unsent";
}

/** One's own line, on its way. */
export function write(lines: readonly Line[], line: Omit<Line, "name" | "state">): readonly Line[] {
  return [...lines, { ...line, name: null, state: "sending" }];
}

/** What became of it. */
export function settle(lines: readonly Line[], id: string, state: Line["state"]): readonly Line[] {
  return lines.map((line) => (line.id === id ? { ...line, state } : line));
}

/** Not to be sent any more: taken back to be written again. */
export function drop(lines: readonly Line[], id: string): readonly Line[] {
  return lines.filter((line) => line.id !== id);
}

/**
 * An entry of the log. One's own may come back (live, or in a replay): the line that was written here first becomes it,
 * so that nothing is shown twice.
 */
export function logged(lines: readonly Line[], entry: SignalEntry, name: string | null): readonly Line[] {
  const { id, sender, body, at_ms: atMs } = entry;
  if (body.type !== "chat" || sender === null || lines.some((line) => line.id === id)) return lines;
  const said: Line = { id, sender, name, text: body.text, atMs, state: "sent" };
  const mine = lines.findIndex(
    (line) => line.sender === sender && line.text === body.text && isLocal(line.id),
  );
  return mine === -1 ? [...lines, said] : lines.map((line, index) => (index === mine ? said : line));
}

/** Ids of the log are `<milliseconds>-<sequence>`; a local one has no number in front. */
export function isLocal(id: string): boolean {
  return !/^\d/.test(id);
}

export interface ChatParts {
  readonly party: Party;
  /** Court time, ms. */
  readonly now: () => number;
  /** Says it in the call; true once the log has it. */
  readonly say: (text: string) => Promise<boolean>;
  /** What a guest is called; null: one of the two at the counter. */
  readonly nameOf: (party: Party) => string | null;
}

export class ChatModel {
  readonly party: Party;
  readonly #parts: ChatParts;
  readonly #lines = signal<readonly Line[]>([]);
  readonly #open = signal(false);
  readonly #read = signal(0);
  #written = 0;

  readonly lines: ReadonlySignal<readonly Line[]> = this.#lines;
  /** Whether the person sees the lines. */
  readonly open: ReadonlySignal<boolean> = this.#open;
  /** What the others wrote while they were out of sight. */
  readonly unread: ReadonlySignal<readonly Line[]> = computed(() =>
    this.#open.value ? [] : this.#theirs().slice(this.#read.value),
  );

  constructor(parts: ChatParts) {
    this.party = parts.party;
    this.#parts = parts;
  }

  show(open: boolean): void {
    this.#read.value = this.#theirs().length;
    this.#open.value = open;
  }

  /** Send a line. It shows at once and stays, marked, where it could not be sent. */
  async write(text: string): Promise<void> {
    const words = text.trim();
    if (words === "") return;
    this.#written += 1;
    const id = `own-${this.#written}`;
    this.#lines.value = write(this.#lines.value, {
      id,
      sender: this.party,
      text: words,
      atMs: this.#parts.now(),
    });
    const sent = await this.#parts.say(words);
    this.#lines.value = settle(this.#lines.value, id, sent ? "sent" : "unsent");
  }

  /** Send a line again that could not be sent. */
  async writeAgain(id: string): Promise<void> {
    const line = this.#lines.value.find((each) => each.id === id && each.state === "unsent");
    if (line === undefined) return;
    this.#lines.value = drop(this.#lines.value, id);
    await this.write(line.text);
  }

  /** The call's log has this. */
  logged(entry: SignalEntry): void {
    const name = entry.sender === null ? null : this.#parts.nameOf(entry.sender);
    this.#lines.value = logged(this.#lines.value, entry, name);
  }

  #theirs(): readonly Line[] {
    return this.#lines.value.filter((line) => line.sender !== this.party);
  }
}
