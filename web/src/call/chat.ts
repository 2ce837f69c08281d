/** Text beside the video: one's own lines appear at once and settle when the call's log has them. */

import type { Party, SignalEntry } from "~/protocol/types";

export interface Line {
  /** The entry's id, or a local one until the log has it. */
  readonly id: string;
  readonly sender: Party;
  readonly text: string;
  readonly atMs: number;
  /** `sending`, `sent`, or `unsent`: it may be sent again. */
  readonly state: "sending" | "sent" | "unsent";
}

/** One's own line, on its way. */
export function write(lines: readonly Line[], line: Omit<Line, "state">): readonly Line[] {
  return [...lines, { ...line, state: "sending" }];
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
export function logged(lines: readonly Line[], entry: SignalEntry): readonly Line[] {
  const { id, sender, body, at_ms: atMs } = entry;
  if (body.type !== "chat" || sender === null || lines.some((line) => line.id === id)) return lines;
  const said: Line = { id, sender, text: body.text, atMs, state: "sent" };
  const mine = lines.findIndex(
    (line) => line.sender === sender && line.text === body.text && isLocal(line.id),
  );
  return mine === -1 ? [...lines, said] : lines.map((line, index) => (index === mine ? said : line));
}

/** Ids of the log are `<milliseconds>-<sequence>`; a local one has no number in front. */
export function isLocal(id: string): boolean {
  return !/^\d/.test(id);
}
