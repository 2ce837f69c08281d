import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Helping, Party, SignalEntry, WhyLeft } from "~/protocol/types";

/** Somebody of the court in the call of another: the call as this page has it, and why it is over. */
export class HelpModel<Call extends { dispose(): void }> {
  private readonly talk = signal<{ readonly id: string; readonly party: Party; readonly model: Call } | null>(
    null,
  );
  private readonly out = signal<WhyLeft | null>(null);
  private seat: { readonly call: string; readonly party: Party } | null = null;

  readonly call: ReadonlySignal<Call | null> = computed(() => this.talk.value?.model ?? null);
  /** Why this page is not in that call any more; null where it is, or who is at it left. */
  readonly over: ReadonlySignal<WhyLeft | null> = this.out;

  constructor(private readonly makeCall: (call: string, party: Party) => Call) {}

  /** Has the call that the view shows, and no other. */
  show(helping: Helping | null): void {
    const before = this.talk.peek();
    const { call, party } =
      helping === null ? { call: null, party: null } : { call: helping.call.call, party: helping.me.party };
    if (before?.id === call && before?.party === party) return;
    before?.model.dispose();
    this.talk.value = null;
    if (call === null) return;
    this.seat = { call, party };
    this.talk.value = { id: call, party, model: this.makeCall(call, party) };
  }

  heard({ body, call }: SignalEntry): void {
    if (call !== this.seat?.call) return;
    const left = body.type === "left" && body.party === this.seat.party ? body.reason : null;
    const why = body.type === "end" ? "over" : left;
    if (why === null) return;
    this.seat = null;
    // Who left knows it.
    if (why !== "left") this.out.value = why;
  }

  /** What was over is known by now. */
  forget(): void {
    this.out.value = null;
  }

  dispose(): void {
    this.show(null);
  }
}
