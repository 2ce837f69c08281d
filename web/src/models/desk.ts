import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import {
  arrived,
  type CHOSEN_PAUSES,
  type MainAction,
  mainOf,
  type Screen,
  screenOf,
} from "~/models/desk_screen";
import { HelpModel } from "~/models/help";
import { Ticker } from "~/models/ticker";
import type {
  AskedIn,
  CancelReason,
  DeskView,
  EndOfCall,
  Invite,
  Invited,
  LineRow,
  OfferedView,
  Outcome,
  OutOfOrder,
  Party,
  Person,
  SignalEntry,
  Suspend,
  WhyLeft,
} from "~/protocol/types";
import type { AnyCode, CommandOf, CommandReply, Connection } from "~/transport";

/** A click that was meant for what the button said before is ignored for so long. */
export const STEADY_MS = 500;

/** A view that left the server before the answer to `call_next` arrives within so long. */
const PROMISE_MS = 3_000;

/** What may be done with the person at the desk, beside talking. */
export type AtDesk = Extract<
  CommandOf<"/attendant">,
  {
    type:
      | "note"
      | "hold"
      | "unhold"
      | "release"
      | "send_back"
      | "transfer"
      | "remove"
      | "set_tier"
      | "dismiss"
      | "ask_colleague"
      | "ask_interpreters"
      | "stop_asking";
  }
>;

/** Asks for a link by which somebody else may join the call; null: refused, and the desk says why. */
export type Inviting = (call: string, kind: Invite["kind"]) => Promise<Invited | null>;

/** The third ring nobody entered closes the ticket (`DESIGN.md` §4). */
export const LAST_TRY = 2;

/** A ring that nobody entered, or a call that ended before it began. */
export interface Missed {
  readonly call: string;
  readonly person: Person;
  readonly reason: EndOfCall;
}

/** What the desk needs of a call: that it can be ended for both, and let go of. */
export interface Conversation {
  hangUp(): Promise<void>;
  dispose(): void;
}

type Link = Pick<Connection<"/attendant">, "onView" | "onSignal" | "send" | "serverNow">;

export interface DeskSurroundings<Call extends Conversation> {
  readonly link: Link;
  readonly makeCall: (call: string, party: Party) => Call;
}

/** The attendant's desk: the line, the person called, the call, and the one thing to do next. */
export class DeskModel<Call extends Conversation> {
  private readonly newest = signal<DeskView | null>(null);
  private readonly talk = signal<{ readonly id: string; readonly model: Call } | null>(null);
  private readonly picked = signal<Outcome | null>(null);
  private readonly asking = signal<CommandOf<"/attendant">["type"] | null>(null);
  private readonly said = signal<AnyCode | null>(null);
  private readonly lost = signal<Missed | null>(null);
  private readonly closed = signal<string | null>(null);
  private readonly help: HelpModel<Call>;
  private readonly passing = signal<string | null>(null);
  private readonly arrivals = signal(0);
  private readonly still = signal(true);
  private readonly ticker: Ticker;
  private readonly ends: (() => void)[];
  /** Why calls of this page ended, told by their log; a view may be newer or older than that. */
  private readonly endings = new Map<string, EndOfCall>();
  /** The call the server has just given us, which no view has shown yet. */
  private promised: { readonly call: string; readonly at_ms: number } | null = null;
  /** Who was called last, and whether their call began. */
  private rung: { readonly call: string; readonly person: Person } | null = null;
  private settling: ReturnType<typeof setTimeout> | undefined;

  readonly view: ReadonlySignal<DeskView | null> = this.newest;
  readonly now: ReadonlySignal<number>;
  readonly screen = computed<Screen | null>(() =>
    this.newest.value === null ? null : screenOf(this.newest.value),
  );
  readonly main = computed<MainAction | null>(() =>
    this.screen.value === null ? null : mainOf(this.screen.value),
  );
  /** Whom the counter would call now: whoever has just missed a ring here keeps their place but lets one turn pass. */
  readonly next = computed<LineRow | null>(() => {
    const line = this.newest.value?.line ?? [];
    return line.find((row) => row.number !== this.passing.value) ?? line[0] ?? null;
  });
  /** Whether pressing the main button does something now. */
  readonly mainReady = computed(() => {
    const main = this.main.value;
    if (main === null || this.asking.value !== null) return false;
    const ready = {
      call: this.next.value !== null,
      finish: this.picked.value !== null,
      hang_up: true,
      leave: true,
    };
    return ready[main];
  });
  /** False for half a second after the main button became another: what was meant for the one before is ignored. */
  readonly settled: ReadonlySignal<boolean> = this.still;
  readonly call: ReadonlySignal<{ readonly id: string; readonly model: Call } | null> = this.talk;
  /** The outcome chosen for this person; it may be chosen while still talking. */
  readonly outcome: ReadonlySignal<Outcome | null> = this.picked;
  /** The command that waits for its answer. */
  readonly busy: ReadonlySignal<CommandOf<"/attendant">["type"] | null> = this.asking;
  /** Why the last command was refused; null once another is accepted. */
  readonly refusal: ReadonlySignal<AnyCode | null> = this.said;
  /** The last ring that came to nothing, until the next action. */
  readonly missed: ReadonlySignal<Missed | null> = this.lost;
  /** The call that the visitor ended; told by its log, so not known after a reload. */
  readonly endedByVisitor: ReadonlySignal<string | null> = this.closed;
  /** The call into which somebody asks this desk, while it rings. */
  readonly asked = computed<AskedIn | null>(() => {
    const view = this.newest.value;
    return view === null || view.elsewhere ? null : view.asked;
  });
  /** The interpreter who offers to come into this desk's call, while it rings. */
  readonly offered = computed<OfferedView | null>(() => {
    const view = this.newest.value;
    return view === null || view.elsewhere ? null : view.offered;
  });
  /** The call of somebody else that this desk is in. */
  get helping(): ReadonlySignal<Call | null> {
    return this.help.call;
  }
  /** Why it is in that no more, until the next action. */
  get helpOver(): ReadonlySignal<WhyLeft | null> {
    return this.help.over;
  }
  /** Rises each time the line goes from empty to somebody. */
  readonly bell: ReadonlySignal<number> = this.arrivals;

  constructor(private readonly around: DeskSurroundings<Call>) {
    const { link } = around;
    this.help = new HelpModel((call, party) => around.makeCall(call, party));
    this.ticker = new Ticker(() => link.serverNow());
    this.now = this.ticker.now;
    this.ends = [
      link.onSignal((entry) => this.heard(entry)),
      link.onView((view) => batch(() => this.viewed(view))),
    ];
    let shown = this.main.peek();
    this.ends.push(
      effect(() => {
        if (this.main.value === shown) return;
        shown = this.main.value;
        this.still.value = false;
        clearTimeout(this.settling);
        this.settling = setTimeout(() => (this.still.value = true), STEADY_MS);
      }),
    );
  }

  /** Presses the main button. Nothing happens while it is not ready or has only just changed. */
  async press(): Promise<void> {
    if (!this.mainReady.peek() || !this.still.peek()) return;
    const main = this.main.peek();
    const call = this.newest.peek()?.call?.call ?? null;
    const outcome = this.picked.peek();
    if (main === "call") this.rings(await this.ask({ type: "call_next" }));
    if (main === "hang_up") await this.talk.peek()?.model.hangUp();
    if (main === "leave") await this.help.call.peek()?.hangUp();
    if (main === "finish" && call !== null && outcome !== null)
      await this.ask({ type: "finish", call, outcome });
  }

  /** Attend these units and take people. */
  async goAvailable(units: readonly string[]): Promise<void> {
    if (await this.chooseUnits(units)) await this.resume();
  }

  /** Whether the units are now these. */
  async chooseUnits(units: readonly string[]): Promise<boolean> {
    const before = (this.newest.peek()?.units ?? []).filter((unit) => unit.chosen).map((unit) => unit.slug);
    if (units.length === before.length && units.every((slug) => before.includes(slug))) return true;
    return (await this.ask({ type: "choose_units", units })).ok;
  }

  async resume(): Promise<void> {
    await this.ask({ type: "set_status", status: "available", pause: null });
  }

  /** In a call it begins when the call is finished. */
  async pause(reason: (typeof CHOSEN_PAUSES)[number]): Promise<void> {
    await this.ask({ type: "set_status", status: "paused", pause: reason });
  }

  async goOffline(): Promise<void> {
    await this.ask({ type: "set_status", status: "offline", pause: null });
  }

  /** No new tickets in one of one's units for a while. */
  async suspend(command: Suspend): Promise<void> {
    await this.ask(command);
  }

  async resumeUnit(unit: string): Promise<void> {
    await this.ask({ type: "resume_unit", unit });
  }

  /** Somebody whose turn it is not. */
  async callOutOfOrder(ticket: string, reason: OutOfOrder): Promise<void> {
    this.rings(await this.ask({ type: "call_out_of_order", ticket, reason }));
  }

  async cancel(reason: CancelReason): Promise<void> {
    const call = this.newest.peek()?.call;
    if (call?.state === "ringing") await this.ask({ type: "cancel_call", call: call.call, reason });
  }

  /** What is done with the person at the desk, beside talking. */
  async act(command: AtDesk): Promise<void> {
    await this.ask(command);
  }

  async invite(call: string, kind: Invite["kind"]): Promise<Invited | null> {
    const reply = await this.ask({ type: "invite", call, kind });
    return reply.ok && reply.result.type === "invited" ? reply.result : null;
  }

  /** Into the call to which it rings here, or not; where an interpreter offers to come into this one, they or nobody. */
  async answer(type: "come" | "decline"): Promise<void> {
    if (this.asking.peek() !== null) return;
    const asked = this.asked.peek();
    const call = this.newest.peek()?.call?.call;
    if (asked !== null) await this.ask({ type, call: asked.call });
    else if (this.offered.peek() !== null && call !== undefined)
      await this.ask({ type: type === "come" ? "let_in" : "refuse_offer", call });
  }

  async takeOver(): Promise<void> {
    await this.ask({ type: "take_over" });
  }

  async extendWrapUp(): Promise<void> {
    await this.ask({ type: "extend_wrap_up" });
  }

  choose(outcome: Outcome): void {
    this.picked.value = outcome;
  }

  dispose(): void {
    this.ends.forEach((end) => end());
    clearTimeout(this.settling);
    this.ticker.dispose();
    this.help.dispose();
    this.end();
  }

  /** The counter has given us somebody. */
  private rings(reply: CommandReply): void {
    if (!reply.ok || reply.result.type !== "ringing") return;
    const { call } = reply.result;
    // The ring may be over before its answer came: a visitor who left at once.
    if (this.endings.has(call)) return;
    if (this.newest.peek()?.call?.call !== call)
      this.promised = { call, at_ms: this.around.link.serverNow() };
    this.begin(call);
  }

  private async ask(command: CommandOf<"/attendant">): Promise<CommandReply> {
    batch(() => {
      this.asking.value = command.type;
      this.said.value = null;
      this.lost.value = null;
      this.help.forget();
    });
    const reply = await this.around.link.send(command);
    batch(() => {
      this.asking.value = null;
      if (!reply.ok) this.said.value = reply.code;
    });
    return reply;
  }

  private viewed(view: DeskView): void {
    const before = this.newest.peek();
    this.newest.value = view;
    this.ticker.tick();
    if (arrived(before, view)) this.arrivals.value += 1;
    const { call, person } = view;
    if (this.promised !== null && (call?.call === this.promised.call || this.outlived(view)))
      this.promised = null;
    if (person?.ticket !== before?.person?.ticket) this.picked.value = null;
    if (call?.state === "ringing") this.passing.value = null;
    if (call?.state === "ringing" && person !== null) this.rung = { call: call.call, person };
    else if (call !== null && call.state !== "ended") this.rung = null;
    else this.ringOver(call?.end ?? null);
    if (view.outcome !== null && this.picked.peek() === null) this.picked.value = view.outcome;
    this.follow(view);
  }

  /** Has the call that the view shows, and no other. */
  private follow(view: DeskView): void {
    const { call, helping } = view;
    this.help.show(view.elsewhere ? null : helping);
    const running = call !== null && call.state !== "ended" && !view.elsewhere;
    if (running) this.begin(call.call);
    else if (this.promised === null) this.end();
  }

  /** Whether `view` is certainly newer than the promise: the call came and went between two views. */
  private outlived(view: DeskView): boolean {
    return this.promised !== null && view.as_of.now_ms - this.promised.at_ms > PROMISE_MS;
  }

  private heard(entry: SignalEntry): void {
    this.help.heard(entry);
    if (entry.body.type !== "end") return;
    this.endings.set(entry.call, entry.body.reason);
    if (entry.body.by === "visitor") this.closed.value = entry.call;
    if (this.promised?.call === entry.call) this.promised = null;
    batch(() => {
      const call = this.newest.peek()?.call;
      if (this.rung !== null && call?.call !== this.rung.call) this.ringOver(null);
    });
  }

  /** The ring is over and nobody entered: says so once its reason is known. */
  private ringOver(end: EndOfCall | null): void {
    if (this.rung === null) return;
    const reason = end ?? this.endings.get(this.rung.call) ?? null;
    if (reason === null) return;
    if (reason === "not_entered") this.passing.value = this.rung.person.number;
    // Who cancelled knows it; the pause that follows says what became of the place.
    if (reason !== "cancelled") this.lost.value = { ...this.rung, reason };
    this.rung = null;
  }

  private begin(id: string): void {
    if (this.talk.peek()?.id === id) return;
    this.end();
    this.talk.value = { id, model: this.around.makeCall(id, "attendant") };
  }

  private end(): void {
    this.talk.peek()?.model.dispose();
    this.talk.value = null;
  }
}
