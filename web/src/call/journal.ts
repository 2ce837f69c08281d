/** A call's log as one page reads it: what happens live, and after every silence what was missed, each entry once. */

import { effect, untracked } from "@preact/signals";
import type { CallWire } from "~/call/wire";
import { Entries } from "~/call/entries";
import type { Ice, SignalEntry } from "~/protocol/types";

export interface JournalParts {
  readonly wire: CallWire;
  readonly call: string;
  /** Waited for before the beginning. Never rejects: nothing would be read then. */
  readonly ready: () => Promise<void>;
  /** The log from its beginning to now, once, before anything else. */
  readonly begin: (entries: readonly SignalEntry[]) => void;
  readonly hear: (entries: readonly SignalEntry[]) => void;
}

export class Journal {
  readonly #parts: JournalParts;
  readonly #entries = new Entries();
  readonly #endings: (() => void)[];
  #ice: Ice | null = null;
  #begun = false;
  #reading: Promise<boolean> | null = null;
  #urgent = false;
  #missed = false;

  constructor(parts: JournalParts) {
    this.#parts = parts;
    const { wire, call } = parts;
    this.#entries.hold();
    this.#endings = [
      wire.onSignal((entry) => {
        if (entry.call === call) parts.hear(this.#entries.live(entry));
      }),
      // Every time the line comes back, whatever was said meanwhile is asked for.
      effect(() => {
        if (wire.status.value === "online") untracked(() => void this.read());
      }),
    ];
  }

  /** What to connect with, as of the last reading: credentials of a relay are short-lived. */
  get ice(): Ice | null {
    return this.#ice;
  }

  /** A reading found no answer: there is something to ask for. */
  get missed(): boolean {
    return this.#missed;
  }

  /**
   * Reads what this page has not seen; joins a reading that is under way. False: the counter gave no answer.
   *
   * `urgent`: the leg is dead as well, so a line that does not answer soon is replaced by another.
   */
  read(urgent = false): Promise<boolean> {
    this.#urgent ||= urgent;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null;
      this.#urgent = false;
    });
    return this.#reading;
  }

  dispose(): void {
    for (const end of this.#endings.splice(0)) end();
  }

  async #readAll(): Promise<boolean> {
    const { wire, call } = this.#parts;
    const first: SignalEntry[] = [];
    this.#missed = false;
    this.#entries.hold();
    if (!this.#begun) await this.#parts.ready();
    for (;;) {
      const reply = await wire.send(
        { type: "replay", call, after: this.#entries.last },
        { urgent: () => this.#urgent },
      );
      if (!reply.ok || reply.result.type !== "replayed") {
        this.#missed = true;
        return false;
      }
      const { entries, more, ice } = reply.result;
      this.#ice = ice;
      const due = this.#entries.replayed(entries, more);
      if (this.#begun) this.#parts.hear(due);
      else first.push(...due);
      if (!more) break;
    }
    if (!this.#begun) {
      this.#begun = true;
      this.#parts.begin(first);
    }
    return true;
  }
}
