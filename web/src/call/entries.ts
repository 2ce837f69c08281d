/** The order of a call's log on this page: every entry once, oldest first, whatever arrives live while older ones are being fetched. */

import type { SignalEntry } from "~/protocol/types";

/** Negative when `a` is older: ids are `<milliseconds>-<sequence>` (Redis streams), compared as numbers. */
export function compareIds(a: string, b: string): number {
  const [aMs = 0, aSeq = 0] = a.split("-").map(Number);
  const [bMs = 0, bSeq = 0] = b.split("-").map(Number);
  return aMs - bMs || aSeq - bSeq;
}

export class Entries {
  #last: string | null = null;
  #held: SignalEntry[] | null = null;

  /** The id to ask a replay behind; null: from the beginning. */
  get last(): string | null {
    return this.#last;
  }

  /** A replay is being asked for: live entries wait for it. */
  hold(): void {
    this.#held ??= [];
  }

  /** A live entry. Returns what may be acted on now. */
  live(entry: SignalEntry): SignalEntry[] {
    if (this.#held === null) return this.#take([entry]);
    this.#held.push(entry);
    return [];
  }

  /** A part of the replay; after the last part (`more` false) the live entries that waited follow. */
  replayed(entries: readonly SignalEntry[], more: boolean): SignalEntry[] {
    const due = this.#take(entries);
    if (more) return due;
    const held = this.#held ?? [];
    this.#held = null;
    return [...due, ...this.#take(held)];
  }

  #take(entries: readonly SignalEntry[]): SignalEntry[] {
    const due: SignalEntry[] = [];
    for (const entry of entries) {
      if (this.#last !== null && compareIds(entry.id, this.#last) <= 0) continue;
      this.#last = entry.id;
      due.push(entry);
    }
    return due;
  }
}
