/** A call's log without a server: what two `CallModel`s of one page need of the counter, for tests. */

import { type Signal, signal } from "@preact/signals";
import type { CallWire } from "~/call/wire";
import type { Ice, Measure, Party, Said, SignalEntry } from "~/protocol/types";
import type { CommandReply, LinkStatus } from "~/transport/connection";

const CALL = "call-1";
const done: CommandReply = { ok: true, result: { type: "done", rev: null } };

/** One side's wire, whose line a test may cut. */
export interface TestWire extends CallWire {
  readonly status: Signal<LinkStatus>;
}

export class TestLog {
  readonly call = CALL;
  /** What each side is told to connect with. */
  ice: (party: Party) => Ice = () => ({ servers: [], relay_until_go: false });
  readonly entries: SignalEntry[] = [];
  /** What each side has said of its leg. */
  readonly legs: { readonly party: Party; readonly alive: boolean }[] = [];
  /** What each side has said of how it goes. */
  readonly measures: { readonly party: Party; readonly measure: Measure }[] = [];
  readonly #listeners = new Set<(entry: SignalEntry) => void>();

  /** Appends, as the counter does. */
  append(sender: Party | null, body: Said, to: Party | null = null): void {
    const entry: SignalEntry = {
      id: `${1_000 + this.entries.length}-0`,
      call: CALL,
      at_ms: Math.round(performance.now()),
      sender,
      to,
      body,
    };
    this.entries.push(entry);
    for (const listener of this.#listeners) queueMicrotask(() => listener(entry));
  }

  wire(party: Party): TestWire {
    const status = signal<LinkStatus>("online");
    return {
      status,
      serverNow: () => performance.now(),
      onSignal: (listener) => {
        const heard = (entry: SignalEntry): void => {
          if (status.value === "online" && concerns(party, entry)) listener(entry);
        };
        this.#listeners.add(heard);
        return () => this.#listeners.delete(heard);
      },
      send: async (command) => {
        await Promise.resolve();
        if (command.type === "replay") {
          const { after } = command;
          const entries = this.entries.filter(
            (entry) =>
              concerns(party, entry) &&
              (after === null || Number.parseInt(entry.id, 10) > Number.parseInt(after, 10)),
          );
          return { ok: true, result: { type: "replayed", entries, more: false, ice: this.ice(party) } };
        }
        if (command.type === "hang_up") this.append(null, { type: "end", by: party, reason: "hung_up" });
        else if (command.type === "measured") this.measures.push({ party, measure: command.measure });
        else if (command.type === "leg") this.legs.push({ party, alive: command.alive });
        else this.append(party, command.body, command.to);
        return done;
      },
    };
  }
}

/** What is said to one alone reaches that one and, in the log, who said it. */
function concerns(party: Party, { sender, to }: SignalEntry): boolean {
  return to === null || to === party || sender === party;
}
