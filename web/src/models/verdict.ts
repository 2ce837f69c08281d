/** In one word, what is wrong between two people who talk, if anything is. */

import type { Gauged } from "~/call/gauge";
import { MUCH_LOST, SLOW_MS } from "~/models/found";

/**
 * - `apart`: nothing comes now, and the way is sought anew;
 * - `unknown`: nothing was measured yet;
 * - `lost_here`, `lost_there`: what the one side says does not reach the other whole.
 */
export type Verdict = "apart" | "unknown" | "lost_here" | "lost_there" | "slow" | "well";

/** `theirs`: as the other side tells it; null: it has not. The same limits as in the check before a call. */
export function verdictOf(mine: Gauged, theirs: Gauged | null, apart: boolean): Verdict {
  if (apart) return "apart";
  if (mine.roundTripMs === null) return "unknown";
  if ((mine.lostPercent ?? 0) > 100 * MUCH_LOST) return "lost_here";
  if ((theirs?.lostPercent ?? 0) > 100 * MUCH_LOST) return "lost_there";
  return mine.roundTripMs > SLOW_MS ? "slow" : "well";
}
