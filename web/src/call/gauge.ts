/** How a leg has gone so far: told to the other side while it goes on, and to the counter. Pure but for its signal. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Reading } from "~/call/quality";
import type { Measure } from "~/protocol/types";
import { randomId } from "~/transport/tab";

/** The beginning of a leg, in the order in which it happens. */
export type Stage = "ice" | "connected" | "sound" | "picture";

/** How a leg is now; null: not known yet. */
export interface Gauged {
  readonly path: "direct" | "relay" | "none";
  readonly roundTripMs: number | null;
  /** Of what the other side sent. */
  readonly lostPercent: number | null;
}

/** Less than that and one lost packet of a pause in talking would be the worst of the call. */
const EVERY_MS = 5_000;
const LONGEST_MS = 600_000;

export class Gauge {
  readonly #id = randomId();
  readonly #now = signal<Gauged>({ path: "none", roundTripMs: null, lostPercent: null });
  readonly #roundTrips: number[] = [];
  readonly #losses: number[] = [];
  readonly #stages = new Map<Stage, number>();
  #spells = 0;
  #restarts = 0;
  #sinceMs: number | null = null;
  #came = 0;
  #lost = 0;

  readonly now: ReadonlySignal<Gauged> = this.#now;

  /** Two readings of one leg that follow each other. Where nothing came, nothing is known of how well it comes. */
  read(before: Reading, after: Reading): void {
    if (after.bytes === before.bytes) return;
    this.#sinceMs ??= before.atMs;
    this.#came += after.received - before.received;
    this.#lost += Math.max(0, after.lost - before.lost);
    if (after.atMs - this.#sinceMs < EVERY_MS && this.#now.peek().roundTripMs !== null) return;
    const roundTripMs = after.roundTripS === null ? null : within(after.roundTripS * 1_000, 60_000);
    const expected = this.#came + this.#lost;
    const lostPercent = expected > 0 ? within((100 * this.#lost) / expected, 100) : null;
    if (roundTripMs !== null) this.#roundTrips.push(roundTripMs);
    if (lostPercent !== null) this.#losses.push(lostPercent);
    this.#spells += 1;
    this.#sinceMs = after.atMs;
    this.#came = 0;
    this.#lost = 0;
    const path = after.relayed === null ? this.#now.peek().path : after.relayed ? "relay" : "direct";
    this.#now.value = { path, roundTripMs, lostPercent };
  }

  /** A stage of the beginning took so long; only the first time counts. */
  reached(stage: Stage, ms: number): void {
    if (!this.#stages.has(stage)) this.#stages.set(stage, within(ms, LONGEST_MS));
  }

  /** This page began to find the way anew. */
  restarted(): void {
    this.#restarts += 1;
  }

  /** The whole of it. */
  get measure(): Measure {
    const stage = (name: Stage): number | null => this.#stages.get(name) ?? null;
    return {
      gauge: this.#id,
      path: this.#now.peek().path,
      round_trip_ms: median(this.#roundTrips),
      worst_round_trip_ms: worst(this.#roundTrips),
      lost_percent: median(this.#losses),
      worst_lost_percent: worst(this.#losses),
      spells: within(this.#spells, 100_000),
      restarts: within(this.#restarts, 1_000),
      ice_ms: stage("ice"),
      connected_ms: stage("connected"),
      sound_ms: stage("sound"),
      picture_ms: stage("picture"),
    };
  }
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)));
}

function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;
}

function worst(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}
