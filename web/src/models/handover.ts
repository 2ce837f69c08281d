import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { HandoverCard, HandoverCode, SessionCard } from "~/protocol/types";
import { type AnyCode, get, post, type Reply } from "~/transport/http";

/** The requests by which a ticket moves. */
export interface HandoverRequests {
  begin(): Promise<Reply<HandoverCode>>;
  look(code: string): Promise<Reply<HandoverCard>>;
  bring(code: string): Promise<Reply<SessionCard>>;
  /** What this browser holds; it has a capability afterwards. */
  session(): Promise<Reply<SessionCard>>;
}

export const handoverOverHttp: HandoverRequests = {
  begin: () => post<HandoverCode>("handover"),
  look: (code) => get<HandoverCard>(`handover/${encodeURIComponent(code)}`),
  bring: (code) => post<SessionCard>(`handover/${encodeURIComponent(code)}`),
  session: () => post<SessionCard>("session"),
};

const LETTERS = 8;
const SECRET = 43;

/**
 * The code in what somebody typed or pasted: the secret of a link, or eight letters however they are set apart.
 * Null: neither.
 */
export function codeOf(typed: string): string | null {
  const last = typed.trim().split("/").pop() ?? "";
  if (last.length === SECRET && /^[\w-]+$/u.test(last)) return last;
  const letters = last.replaceAll(/[\s.-]/gu, "").toUpperCase();
  return letters.length === LETTERS && /^[A-Z]+$/u.test(letters) ? letters : null;
}

/** On the device that has the ticket: a code for the other one. */
export class TakingModel {
  private readonly made = signal<HandoverCode | null>(null);
  private readonly over = signal(0);
  private readonly said = signal<AnyCode | null>(null);
  private readonly working = signal(false);

  readonly code: ReadonlySignal<HandoverCode | null> = this.made;
  readonly refusal: ReadonlySignal<AnyCode | null> = this.said;
  readonly busy: ReadonlySignal<boolean> = this.working;
  /** Until when the code holds, by `now`. */
  readonly until: ReadonlySignal<number> = this.over;

  /** `now` is the page's clock: what it is ahead or behind of the counter's does not matter. */
  constructor(
    private readonly now: () => number,
    private readonly requests: HandoverRequests = handoverOverHttp,
  ) {}

  /** Another code; the one before it is worthless then. */
  async make(): Promise<void> {
    if (this.working.peek()) return;
    this.working.value = true;
    const reply = await this.requests.begin();
    batch(() => {
      this.working.value = false;
      this.made.value = reply.ok ? reply.body : null;
      if (reply.ok) this.over.value = this.now() + reply.body.until_ms - reply.body.now_ms;
      this.said.value = reply.ok ? null : reply.code;
    });
  }
}

/** On the device that the ticket comes to: looks first, brings when told. */
export class BringingModel {
  private readonly text = signal("");
  private readonly seen = signal<HandoverCard | null>(null);
  private readonly said = signal<AnyCode | null>(null);
  private readonly own = signal<string | null>(null);
  private readonly here = signal<string | null>(null);
  private readonly working = signal(false);

  readonly typed: ReadonlySignal<string> = this.text;
  /** What would come here; null: not looked at yet, or in vain. */
  readonly found: ReadonlySignal<HandoverCard | null> = this.seen;
  readonly refusal: ReadonlySignal<AnyCode | null> = this.said;
  /** The unit of the ticket that this device holds already. */
  readonly holding: ReadonlySignal<string | null> = this.own;
  /** The unit of the ticket that has just come. */
  readonly brought: ReadonlySignal<string | null> = this.here;
  readonly busy: ReadonlySignal<boolean> = this.working;

  constructor(private readonly requests: HandoverRequests = handoverOverHttp) {}

  type(text: string): void {
    this.text.value = text;
  }

  /** False: what is typed is no code. */
  async look(): Promise<boolean> {
    const code = codeOf(this.text.peek());
    if (code === null) return false;
    await this.work(async () => {
      const reply = await this.requests.look(code);
      this.seen.value = reply.ok ? reply.body : null;
      this.said.value = reply.ok ? null : reply.code;
    });
    return true;
  }

  async bring(): Promise<void> {
    const code = codeOf(this.text.peek());
    if (code === null) return;
    await this.work(async () => {
      const session = await this.requests.session();
      const reply = session.ok ? await this.requests.bring(code) : session;
      batch(() => {
        this.said.value = reply.ok ? null : reply.code;
        if (reply.ok) this.here.value = reply.body.unit;
        else if (reply.code === "ticket_exists" && session.ok) this.own.value = session.body.unit;
        // Silence may be repeated; every other answer is about this code.
        if (!reply.ok && reply.code !== "no_answer") this.seen.value = null;
      });
    });
  }

  private async work(act: () => Promise<void>): Promise<void> {
    if (this.working.peek()) return;
    this.working.value = true;
    await act();
    this.working.value = false;
  }
}
