/** A line to the counter that a test holds in its hand. */

import type { Namespace, SignalEntry } from "~/protocol/types";
import type { CommandOf, CommandReply, ViewOf } from "~/transport";

export const DONE: CommandReply = { ok: true, result: { type: "done", rev: null } };

export class FakeLink<N extends Namespace> {
  readonly sent: CommandOf<N>[] = [];
  /** What the counter answers. */
  answer: (command: CommandOf<N>) => CommandReply | Promise<CommandReply> = () => DONE;

  private readonly views = new Set<(view: ViewOf<N>) => void>();
  private readonly entries = new Set<(entry: SignalEntry) => void>();

  constructor(public now_ms: number) {}

  onView(listener: (view: ViewOf<N>) => void): () => void {
    this.views.add(listener);
    return () => this.views.delete(listener);
  }

  onSignal(listener: (entry: SignalEntry) => void): () => void {
    this.entries.add(listener);
    return () => this.entries.delete(listener);
  }

  async send(command: CommandOf<N>): Promise<CommandReply> {
    this.sent.push(command);
    return this.answer(command);
  }

  serverNow(): number {
    return this.now_ms;
  }

  show(view: ViewOf<N>): void {
    this.now_ms = Math.max(this.now_ms, view.as_of.now_ms);
    this.views.forEach((listener) => listener(view));
  }

  say(entry: SignalEntry): void {
    this.entries.forEach((listener) => listener(entry));
  }

  /** How many listeners are left; a disposed model has none. */
  get listeners(): number {
    return this.views.size + this.entries.size;
  }
}
