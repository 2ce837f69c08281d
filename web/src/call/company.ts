/** Who else is in the call, in the order of their seats: the one whom this page is there for, and whoever comes and goes. */

import { computed, type ReadonlySignal, signal, type Signal as Writable } from "@preact/signals";
import { roomFor } from "~/call/ladder";
import { type Guest, PeerModel, type PeerParts } from "~/call/peer";
import type { Came, Party, SignalEntry } from "~/protocol/types";
import { EVERY_PARTY } from "~/protocol/types";

export type CompanyParts = Omit<PeerParts, "best" | "bye" | "enters" | "guest" | "party"> & {
  /** One of the two at the counter said goodbye: it is over for all. */
  readonly over: (by: Party) => void;
  /** The visitor's page says that they pressed "Entrar". */
  readonly enters: () => void;
};

export class Company {
  readonly #parts: CompanyParts;
  readonly #peers: Writable<readonly PeerModel[]> = signal([]);
  readonly #best = computed(() => roomFor(this.#peers.value.length));
  #begun = false;

  readonly peers: ReadonlySignal<readonly PeerModel[]> = this.#peers;
  /** Of the two at the counter, the other; a guest is there for the clerk. */
  readonly main: PeerModel;

  constructor(parts: CompanyParts) {
    this.#parts = parts;
    this.main = this.#peer(parts.self === "attendant" ? "visitor" : "attendant", null);
    this.#peers.value = isGuest(parts.self) ? [this.#peer("visitor", null), this.main] : [this.main];
  }

  /** The other one whom this entry is from, or for. Who says nothing of whom it is for speaks to the one at the counter. */
  of({ sender, to }: SignalEntry): PeerModel | undefined {
    const other = sender === this.#parts.self ? (to ?? this.main.party) : sender;
    return this.#peers.value.find(({ party }) => party === other);
  }

  /** What somebody is called who is in the log as a guest; null: one of the two at the counter, or gone. */
  guestName(sender: Party): string | null {
    return this.#peers.peek().find(({ party }) => party === sender)?.guest?.name ?? null;
  }

  /** The log was read to its end: every leg is built. */
  begin(): void {
    this.#begun = true;
    for (const peer of this.#peers.value) peer.begin();
  }

  came({ party, kind, name, function: role }: Came): void {
    this.left(party);
    const peer = this.#peer(party, { kind, name, function: role });
    const all = [...this.#peers.value, peer];
    this.#peers.value = EVERY_PARTY.flatMap((seat) => all.filter((each) => each.party === seat));
    if (this.#begun) peer.begin();
  }

  left(party: Party): void {
    for (const peer of this.#peers.value) if (peer.party === party) peer.dispose();
    this.#peers.value = this.#peers.value.filter((peer) => peer.party !== party);
  }

  dispose(): void {
    for (const peer of this.#peers.value) peer.dispose();
  }

  #peer(party: Party, guest: Guest | null): PeerModel {
    return new PeerModel({
      ...this.#parts,
      party,
      guest,
      best: this.#best,
      bye: () => (isGuest(party) ? this.left(party) : this.#parts.over(party)),
      enters: () => {
        if (party === "visitor") this.#parts.enters();
      },
    });
  }
}

/** Neither of the two at the counter. */
export function isGuest(party: Party): boolean {
  return party !== "visitor" && party !== "attendant";
}
