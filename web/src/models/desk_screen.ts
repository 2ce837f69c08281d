import type { DeskView, PauseReason } from "~/protocol/types";

/** What the middle of the desk shows. */
export type Screen =
  "elsewhere" | "offline" | "paused" | "ready" | "ringing" | "in_call" | "wrap_up" | "helping";

/** The one main button: what it does now. */
export type MainAction = "call" | "hang_up" | "finish" | "leave";

/** The reasons a person may choose; the other two are the counter's own. */
export const CHOSEN_PAUSES = [
  "break",
  "lunch",
  "internal",
  "meeting",
  "technical",
] as const satisfies readonly PauseReason[];

export function screenOf(view: DeskView): Screen {
  if (view.elsewhere) return "elsewhere";
  if (view.activity === "calling") return "ringing";
  if (view.activity === "in_call") return "in_call";
  if (view.activity === "wrap_up") return "wrap_up";
  if (view.activity === "helping") return "helping";
  // Whoever has just come chooses units first; a pause that somebody chose has a reason.
  if (view.status === "paused" && view.pause === null) return "offline";
  return view.status === "available" ? "ready" : view.status;
}

const MAIN: Readonly<Record<Screen, MainAction | null>> = {
  elsewhere: null,
  offline: null,
  paused: null,
  ready: "call",
  ringing: null,
  in_call: "hang_up",
  wrap_up: "finish",
  helping: "leave",
};

export function mainOf(screen: Screen): MainAction | null {
  return MAIN[screen];
}

/** Whether the line just went from empty to somebody, for one who could call them. */
export function arrived(before: DeskView | null, view: DeskView): boolean {
  return before?.waiting === 0 && view.waiting > 0 && screenOf(view) === "ready";
}
