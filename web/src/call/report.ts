/** What this page tells the counter of its leg: whether it hears the other side. With a silent line it decides who is gone. */

import { effect, type ReadonlySignal, untracked } from "@preact/signals";
import type { CallPhase, CallWire } from "~/call/wire";
import type { LegState } from "~/call/pulse";
import type { Interrupted } from "~/protocol/types";

export interface ReportParts {
  readonly wire: Pick<CallWire, "status" | "send">;
  readonly call: string;
  readonly phase: ReadonlySignal<CallPhase>;
  readonly leg: ReadonlySignal<LegState>;
  readonly gone: ReadonlySignal<Interrupted | null>;
}

/**
 * Says it at the beginning and on every change, and anew whenever the counter may have forgotten: after the line was lost,
 * and after an interruption, which takes every leg for dead. Returns its end.
 */
export function report({ wire, call, phase, leg, gone }: ReportParts): () => void {
  let told: boolean | null = null;
  let before: Interrupted | null = null;
  return effect(() => {
    const online = wire.status.value === "online";
    const alive = leg.value === "connected";
    if (!online || gone.value !== before) told = null;
    before = gone.value;
    if (!online || phase.value !== "active" || told === alive) return;
    told = alive;
    untracked(
      () =>
        void wire.send({ type: "leg", call, alive }).then((reply) => {
          if (!reply.ok && told === alive) told = null;
        }),
    );
  });
}
