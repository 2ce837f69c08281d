/** What a check found waits in the tab's drawer until the counter has it: one may be done before there is a ticket. */

import type { FoundOnCall } from "~/models/found";
import type { Drawer } from "~/models/drawer";
import type { Checked, Found as Told } from "~/protocol/types";

const KEY = "balcao.check";
/** Older than a day, it is of another visit. */
const DAY_S = 86_400;

export interface KeptCheck {
  readonly atMs: number;
  readonly found: Told;
}

/** What the wire says of it: whether it works, not why not. */
export function toldOf({ camera, microphone, path, udp, relay, rttMs, loss, kbitPerS }: FoundOnCall): Told {
  return {
    camera: camera === "on",
    microphone: microphone === "on",
    path,
    udp,
    relay,
    round_trip_ms: within(rttMs, 60_000),
    lost_percent: within(loss === null ? null : loss * 100, 100),
    kbit_per_s: within(kbitPerS, 100_000),
  };
}

/** For a ticket that there is, or may be soon; replaces what was found before. */
export function keepCheck(drawer: Drawer, kept: KeptCheck): void {
  drawer.keep(KEY, JSON.stringify(kept));
}

/** Out of the drawer; null: nothing is to be told. */
export function takeCheck(drawer: Drawer): KeptCheck | null {
  const text = drawer.read(KEY);
  if (text === null) return null;
  drawer.empty(KEY);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this page wrote it
  return JSON.parse(text) as KeptCheck;
}

/** What tells it to the counter; null: too old for that. */
export function checkedOf({ atMs, found }: KeptCheck, nowMs: number): Checked | null {
  const ago = Math.max(0, Math.round((nowMs - atMs) / 1_000));
  return ago > DAY_S ? null : { type: "checked", ago_s: ago, found };
}

function within(value: number | null, most: number): number | null {
  return value === null ? null : Math.min(most, Math.max(0, Math.round(value)));
}
