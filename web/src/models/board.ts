import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { Ticker } from "~/models/ticker";
import type {
  BoardAttendant,
  BoardUnit,
  BoardView,
  Place,
  RemoveReason,
  Suspend,
  Tier,
  TierReason,
} from "~/protocol/types";
import type { AnyCode, CommandOf, CommandReply, Connection } from "~/transport";

/** A table that jumps cannot be read: rows change places no more often than this. */
export const RESORT_MS = 15_000;

/** What a unit's row says of it, most urgent first. */
export type Standing =
  "unattended_waiting" | "unattended" | "long_wait" | "suspended" | "attending" | "nobody_yet" | "closed";

/** The standing of a unit; `nobody_yet` is open and without attendants, but not for long enough to alarm. */
export function standingOf(unit: BoardUnit): Standing {
  if (unit.attention !== null) return unit.attention;
  if (!unit.open) return "closed";
  if (unit.suspended !== null) return "suspended";
  return unit.attendants.some(attends) ? "attending" : "nobody_yet";
}

/** Behind the counter now: free, or busy with somebody. */
export function attends(attendant: BoardAttendant): boolean {
  return attendant.status === "available" || attendant.activity !== "idle";
}

/** How many attendants are doing what. Busy wins over paused: a pause asked for in a call begins after it. */
export interface Staffing {
  readonly free: number;
  readonly calling: number;
  readonly in_call: number;
  readonly wrap_up: number;
  readonly helping: number;
  readonly paused: number;
}

export function staffingOf(attendants: readonly BoardAttendant[]): Staffing {
  const count = (test: (attendant: BoardAttendant) => boolean): number => attendants.filter(test).length;
  return {
    free: count(({ activity, status }) => activity === "idle" && status === "available"),
    calling: count(({ activity }) => activity === "calling"),
    in_call: count(({ activity }) => activity === "in_call"),
    wrap_up: count(({ activity }) => activity === "wrap_up"),
    helping: count(({ activity }) => activity === "helping"),
    paused: count(({ activity, status }) => activity === "idle" && status === "paused"),
  };
}

/** `units` in the order shown before; those that were not shown come last, as they came. */
export function arranged(order: readonly string[], units: readonly BoardUnit[]): readonly BoardUnit[] {
  const place = new Map(order.map((slug, index) => [slug, index]));
  // Not `toSorted`: desks run browsers of 2021.
  // oxlint-disable-next-line unicorn/no-array-sort
  return [...units].sort((a, b) => (place.get(a.slug) ?? order.length) - (place.get(b.slug) ?? order.length));
}

/** What holds rows in their place: somebody points at one or stands on one. */
export type Hold = "pointer" | "focus" | "question";

type Link = Pick<Connection<"/supervisor">, "onView" | "send" | "serverNow">;

/** The supervisor's board: what the court's units need, in an order that can be read. */
export class BoardModel {
  private readonly newest = signal<BoardView | null>(null);
  private readonly order = signal<readonly string[]>([]);
  private readonly opened = signal<ReadonlySet<string>>(new Set());
  private readonly leaving = signal<ReadonlySet<string>>(new Set());
  private readonly said = signal<AnyCode | null>(null);
  private readonly holds = new Set<Hold>();
  private readonly ticker: Ticker;
  private readonly ends: readonly (() => void)[];
  private sorted_ms = Number.NEGATIVE_INFINITY;

  readonly view: ReadonlySignal<BoardView | null> = this.newest;
  readonly now: ReadonlySignal<number>;
  readonly rows = computed(() => arranged(this.order.value, this.newest.value?.units ?? []));
  /** The units that need the supervisor now, most urgent first, whatever the order of the rows. */
  readonly needing = computed(() =>
    (this.newest.value?.units ?? []).filter((unit) => unit.attention !== null),
  );
  /** Units whose attendants are listed by name. */
  readonly expanded: ReadonlySignal<ReadonlySet<string>> = this.opened;
  /** Attendants whose sign-out was asked and not yet answered. */
  readonly signingOut: ReadonlySignal<ReadonlySet<string>> = this.leaving;
  /** Why the last command was refused. */
  readonly refusal: ReadonlySignal<AnyCode | null> = this.said;

  constructor(private readonly link: Link) {
    this.ticker = new Ticker(() => link.serverNow());
    this.now = this.ticker.now;
    this.ends = [
      link.onView((view) =>
        batch(() => {
          this.newest.value = view;
          this.ticker.tick();
          this.resort();
        }),
      ),
      effect(() => {
        void this.now.value;
        this.resort();
      }),
    ];
  }

  /** Keeps rows in place while `why` lasts. */
  hold(why: Hold, on: boolean): void {
    if (on) this.holds.add(why);
    else this.holds.delete(why);
  }

  toggle(slug: string): void {
    const next = new Set(this.opened.peek());
    if (!next.delete(slug)) next.add(slug);
    this.opened.value = next;
  }

  /** Signs a stuck attendant out. The view that follows shows it; a refusal stands in `refusal`. */
  async signOut(attendant: string): Promise<CommandReply> {
    this.said.value = null;
    this.leaving.value = new Set([...this.leaving.peek(), attendant]);
    const reply = await this.link.send({ type: "sign_out", attendant });
    batch(() => {
      this.leaving.value = new Set([...this.leaving.peek()].filter((id) => id !== attendant));
      if (!reply.ok) this.said.value = reply.code;
    });
    return reply;
  }

  /** No new tickets for a while. The view that follows shows it; a refusal stands in `refusal`. */
  async suspend(command: Suspend): Promise<void> {
    await this.ask(command);
  }

  /** A limited network may ask again. */
  async clearFlood(network: string): Promise<void> {
    await this.ask({ type: "clear_flood", network });
  }

  /** Who waits in a unit, without names; null: refused, and `refusal` says why. */
  async line(unit: string): Promise<readonly Place[] | null> {
    const reply = await this.ask({ type: "show_line", unit });
    return reply.ok && reply.result.type === "line" ? reply.result.places : null;
  }

  /** Somebody who waits is off the line. */
  async remove(ticket: string, reason: RemoveReason): Promise<void> {
    await this.ask({ type: "remove", ticket, reason });
  }

  async setTier({ ticket, rev }: Place, tier: Tier, reason: TierReason): Promise<void> {
    await this.ask({ type: "set_tier", ticket, rev, tier, reason });
  }

  async resumeUnit(unit: string): Promise<void> {
    await this.ask({ type: "resume_unit", unit });
  }

  dispose(): void {
    this.ends.forEach((end) => end());
    this.ticker.dispose();
  }

  private async ask(command: CommandOf<"/supervisor">): Promise<CommandReply> {
    this.said.value = null;
    const reply = await this.link.send(command);
    if (!reply.ok) this.said.value = reply.code;
    return reply;
  }

  private resort(): void {
    const view = this.newest.peek();
    const now = this.now.peek();
    if (view === null || this.holds.size > 0 || now - this.sorted_ms < RESORT_MS) return;
    this.sorted_ms = now;
    this.order.value = view.units.map((unit) => unit.slug);
  }
}
