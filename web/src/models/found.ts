/** What a check of devices and internet found, and what it advises. */

import type { DeviceState } from "~/call/media";
import type { Path } from "~/protocol/types";

/** Null: not tried, or it could not be measured. */
export interface FoundOnCall {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  /** How one's packets travelled: straight, through a relay, or not at all. `untried`: the site has no echo. */
  readonly path: Path;
  /** Whether UDP passes, on whatever way. */
  readonly udp: boolean | null;
  /** Whether the site's relay (TURN) was reached; null too where the site has none. */
  readonly relay: boolean | null;
  readonly rttMs: number | null;
  /** Of the sound sent, what did not come back: 0 to 1. */
  readonly loss: number | null;
  /** What was sent at the end. */
  readonly kbitPerS: number | null;
}

export interface Found extends FoundOnCall {
  /** Whether the line opened on which a page waits; whoever is at the counter has it. */
  readonly server: boolean;
}

/** Sentences about what a call will be like, worst first. */
export type CallAdvice =
  | "all_well"
  | "no_line"
  | "much_lost"
  | "slow"
  | "no_udp"
  | "relayed"
  | "no_relay"
  | "no_microphone"
  | "no_camera"
  | "line_untried";

export type Advice = CallAdvice | "no_server";

/** Over a second one waits for each other's words; above a twentieth lost, words go missing (ITU-T G.114, G.1070). */
export const SLOW_MS = 400;
export const MUCH_LOST = 0.05;
/** Less than this carries no picture worth having. */
const LITTLE_KBIT = 100;

/** For whoever serves this person. */
export function callAdviceOf(found: FoundOnCall): CallAdvice[] {
  const advice: CallAdvice[] = [];
  const { camera, microphone, path, udp, relay } = found;
  if (path === "none") advice.push("no_line");
  if ((found.loss ?? 0) > MUCH_LOST) advice.push("much_lost");
  if ((found.rttMs ?? 0) > SLOW_MS || (camera === "on" && (found.kbitPerS ?? LITTLE_KBIT) < LITTLE_KBIT)) {
    advice.push("slow");
  }
  // Where nothing passed at all, that says it.
  if (udp === false && path !== "none") advice.push("no_udp");
  if (relay === false && path !== "none") advice.push("no_relay");
  if (microphone !== "on") advice.push("no_microphone");
  if (camera !== "on") advice.push("no_camera");
  if (advice.length === 0) advice.push(path === "untried" ? "line_untried" : "all_well");
  if (path === "relay" && udp !== false) advice.push("relayed");
  return advice;
}

/** For the person themself. */
export function adviceOf(found: Found): Advice[] {
  const advice = callAdviceOf(found);
  return found.server ? advice : ["no_server", ...advice.filter((each) => each !== "all_well")];
}
