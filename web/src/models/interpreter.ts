import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Conversation } from "~/models/desk";
import type { CHOSEN_PAUSES } from "~/models/desk_screen";
import { HelpModel } from "~/models/help";
import { Ticker } from "~/models/ticker";
import type { AskedIn, InterpreterView, Party } from "~/protocol/types";
import type { AnyCode, CommandOf, Connection } from "~/transport";

/** What the page shows: not begun, free, in a pause, in a call, or open on another page. */
export type PoolScreen = "elsewhere" | "offline" | "paused" | "ready" | "helping";

export function poolScreenOf(view: InterpreterView): PoolScreen {
  if (view.elsewhere) return "elsewhere";
  if (view.activity === "helping") return "helping";
  // Whoever has just come begins first; a pause that somebody chose has a reason.
  if (view.status === "paused" && view.pause === null) return "offline";
  return view.status === "available" ? "ready" : view.status;
}

type Link = Pick<Connection<"/interpreter">, "onView" | "onSignal" | "send" | "serverNow">;

export interface PoolSurroundings<Call extends Conversation> {
  readonly link: Link;
  readonly makeCall: (call: string, party: Party) => Call;
}

/** A Libras interpreter of the court: whether they may be called, who calls, and the call they are in. */
export class InterpreterModel<Call extends Conversation> {
  private readonly newest = signal<InterpreterView | null>(null);
  private readonly asking = signal(false);
  private readonly said = signal<AnyCode | null>(null);
  private readonly link: Link;
  private readonly help: HelpModel<Call>;
  private readonly ticker: Ticker;
  private readonly ends: (() => void)[];

  readonly view: ReadonlySignal<InterpreterView | null> = this.newest;
  readonly now: ReadonlySignal<number>;
  readonly screen = computed<PoolScreen | null>(() =>
    this.newest.value === null ? null : poolScreenOf(this.newest.value),
  );
  /** The call into which somebody asks, while it rings here. */
  readonly asked = computed<AskedIn | null>(() => {
    const view = this.newest.value;
    return view === null || view.elsewhere ? null : view.asked;
  });
  readonly busy: ReadonlySignal<boolean> = this.asking;
  /** Why the last command was refused; null once another is accepted. */
  readonly refusal: ReadonlySignal<AnyCode | null> = this.said;

  constructor(around: PoolSurroundings<Call>) {
    this.link = around.link;
    this.help = new HelpModel((call, party) => around.makeCall(call, party));
    this.ticker = new Ticker(() => around.link.serverNow());
    this.now = this.ticker.now;
    this.ends = [
      around.link.onSignal((entry) => this.help.heard(entry)),
      around.link.onView((view) =>
        batch(() => {
          this.newest.value = view;
          this.ticker.tick();
          this.help.show(view.elsewhere ? null : view.helping);
        }),
      ),
    ];
  }

  /** The call that this page is in. */
  get call(): ReadonlySignal<Call | null> {
    return this.help.call;
  }

  /** Why it is in no call any more, until the next action. */
  get helpOver(): HelpModel<Call>["over"] {
    return this.help.over;
  }

  async goAvailable(): Promise<void> {
    await this.ask({ type: "set_status", status: "available", pause: null });
  }

  async pause(reason: (typeof CHOSEN_PAUSES)[number]): Promise<void> {
    await this.ask({ type: "set_status", status: "paused", pause: reason });
  }

  async goOffline(): Promise<void> {
    await this.ask({ type: "set_status", status: "offline", pause: null });
  }

  /** Into the call to which it rings here, or not. */
  async answer(type: "come" | "decline"): Promise<void> {
    const asked = this.asked.peek();
    if (asked !== null && !this.asking.peek()) await this.ask({ type, call: asked.call });
  }

  /** Offers a unit to come into a call of its. */
  async offer(unit: string): Promise<void> {
    if (!this.asking.peek()) await this.ask({ type: "offer", unit });
  }

  async stopOffering(): Promise<void> {
    await this.ask({ type: "stop_offering" });
  }

  async takeOver(): Promise<void> {
    await this.ask({ type: "take_over" });
  }

  async leave(): Promise<void> {
    await this.help.call.peek()?.hangUp();
  }

  dispose(): void {
    this.ends.forEach((end) => end());
    this.ticker.dispose();
    this.help.dispose();
  }

  private async ask(command: CommandOf<"/interpreter">): Promise<void> {
    batch(() => {
      this.asking.value = true;
      this.said.value = null;
      this.help.forget();
    });
    const reply = await this.link.send(command);
    batch(() => {
      this.asking.value = false;
      if (!reply.ok) this.said.value = reply.code;
    });
  }
}
