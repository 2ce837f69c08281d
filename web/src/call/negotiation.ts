/**
 * Who offers what to whom on one leg, decided without WebRTC: a state that is told what arrived and says what to do.
 *
 * A leg joins two participants. Its negotiations are numbered, and the number alone decides what counts:
 *
 * - a leg owns one hundred numbers (leg 0: 0–99, leg 1: 100–199, …); `rejoin` opens the next hundred, so that nothing
 *   still on its way from the leg before can be taken for the new one;
 * - one side is polite (W3C WebRTC §10.7, perfect negotiation). It offers with even numbers and the other with odd ones, so
 *   no number is ever used twice;
 * - of two offers that cross, the higher wins on both sides. The impolite side leaves a step out, so that its offer beats
 *   one that the polite side made knowing the same;
 * - the first offer of a leg is the polite side's; an offer of a later leg opens that leg, its `rejoin` being late or lost;
 * - a candidate belongs to the description of its number: older is dropped, early waits.
 */

import type { Candidate, Description, Rejoin } from "~/protocol/types";

export const NUMBERS_PER_LEG = 100;

/** Which end of a leg: the polite one offers first, and gives way. */
export type Side = "polite" | "impolite";

/** What the leg must do now, in this order. */
export type Step =
  | { readonly do: "offer"; readonly number: number; readonly restart: boolean }
  | { readonly do: "answer"; readonly number: number; readonly sdp: string }
  | { readonly do: "accept"; readonly number: number; readonly sdp: string }
  | { readonly do: "add"; readonly candidate: Candidate }
  | { readonly do: "say"; readonly body: Rejoin }
  | { readonly do: "rebuild" };

export class Negotiation {
  readonly #side: Side;
  /** The first number of the leg under way. */
  #first = 0;
  /** The highest number seen or used, of any leg; -1: none. */
  #seen = -1;
  /** Our offer that waits for its answer. */
  #offered: number | null = null;
  /** The number of the remote description that holds. */
  #remote: number | null = null;
  #early: Candidate[] = [];

  constructor(side: Side) {
    this.#side = side;
  }

  /** Whether no offer of ours waits for its answer. */
  get answered(): boolean {
    return this.#offered === null;
  }

  /** The number of the last description that the other side gave and that counts; null: none on this leg. */
  get agreed(): number | null {
    return this.#remote;
  }

  /** The leg is built: the polite side offers, the other waits for that. */
  begin(): Step[] {
    return this.#side === "polite" ? this.#offer(false) : [];
  }

  /** New candidates, or a change of what is sent. Nothing before the leg's first answer: the offer is already out. */
  renegotiate(restart: boolean): Step[] {
    if (this.#remote === null && this.#side === "impolite") return [];
    return this.#next() < this.#first + NUMBERS_PER_LEG ? this.#offer(restart) : this.rejoin();
  }

  /** Give the leg up and build it again; the other side is told. */
  rejoin(): Step[] {
    const number = firstOf(Math.max(this.#seen, this.#first)) + NUMBERS_PER_LEG;
    return [{ do: "say", body: { type: "rejoin", number } }, ...this.#rebuild(number)];
  }

  /** What another page of this same participant said before: its numbers are used, nothing else follows from it. */
  remember(body: Description | Candidate | Rejoin): void {
    this.#seen = Math.max(this.#seen, body.number);
  }

  /** Something arrived from the other side. */
  receive(body: Description | Candidate | Rejoin): Step[] {
    const first = this.#first;
    this.remember(body);
    if (body.number < first) {
      // They do not know of the leg that we are building: our word about it was lost.
      return body.type === "rejoin" ? [{ do: "say", body: { type: "rejoin", number: first } }] : [];
    }
    switch (body.type) {
      case "rejoin":
        // Both sides may give the same leg up at once: the second `rejoin` names the leg that is already being built.
        return body.number > first ? this.#rebuild(body.number) : [];
      case "description":
        return body.kind === "offer" ? this.#offeredToUs(body) : this.#answered(body);
      case "candidate":
        return this.#found(body);
      default:
        return body satisfies never;
    }
  }

  #found(candidate: Candidate): Step[] {
    if (candidate.number === this.#remote) return [{ do: "add", candidate }];
    if (this.#remote === null || candidate.number > this.#remote) this.#early.push(candidate);
    return [];
  }

  #offeredToUs({ number, sdp }: Description): Step[] {
    if (number <= Math.max(this.#offered ?? -1, this.#remote ?? -1)) return [];
    const first = firstOf(number);
    const opened = first > this.#first ? this.#open(first) : [];
    this.#offered = null;
    return [...opened, { do: "answer", number, sdp }, ...this.#described(number)];
  }

  #answered({ number, sdp }: Description): Step[] {
    if (number !== this.#offered) return [];
    this.#offered = null;
    return [{ do: "accept", number, sdp }, ...this.#described(number)];
  }

  /** The remote description of `number` holds: its early candidates may be added, older ones are dropped. */
  #described(number: number): Step[] {
    this.#remote = number;
    const due = this.#early.filter((candidate) => candidate.number === number);
    this.#early = this.#early.filter((candidate) => candidate.number > number);
    return due.map((candidate) => ({ do: "add", candidate }));
  }

  #offer(restart: boolean): Step[] {
    const number = this.#next();
    this.#seen = number;
    this.#offered = number;
    return [{ do: "offer", number, restart }];
  }

  #next(): number {
    const after = Math.max(this.#seen + 1, this.#first);
    if (this.#side === "polite") return after + (after % 2);
    return after + 1 + (after % 2);
  }

  #rebuild(first: number): Step[] {
    return [...this.#open(first), ...this.begin()];
  }

  #open(first: number): Step[] {
    this.#first = first;
    this.#offered = null;
    this.#remote = null;
    this.#early = this.#early.filter((candidate) => candidate.number >= first);
    return [{ do: "rebuild" }];
  }
}

/** The first number of the leg that owns this one. */
function firstOf(number: number): number {
  return Math.floor(number / NUMBERS_PER_LEG) * NUMBERS_PER_LEG;
}
