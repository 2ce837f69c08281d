import type { Answer, Namespace, Wire } from "~/protocol/types";
import type { Heard, Plug } from "~/transport/plug";

/** A plug that a test holds in its hand. */
export class FakePlug implements Plug {
  readonly asked: Wire[Namespace]["ask"][] = [];
  reconnects = 0;
  renewals = 0;
  closed = false;
  /** What comes of closing the line for a new one. */
  onRenewal: () => void = () => undefined;
  /** What comes back; null: nothing in time. */
  answer: (ask: Wire[Namespace]["ask"]) => Answer | null = () => ({
    ok: true,
    result: { type: "done", rev: null },
  });
  #heard: Heard | null = null;

  get heard(): Heard {
    if (this.#heard === null) throw new Error("the plug was not opened");
    return this.#heard;
  }

  open(heard: Heard): void {
    this.#heard = heard;
  }

  ask(ask: Wire[Namespace]["ask"]): Promise<Answer | null> {
    this.asked.push(ask);
    return Promise.resolve(this.answer(ask));
  }

  reconnect(): void {
    this.reconnects += 1;
  }

  renew(): void {
    this.renewals += 1;
    this.onRenewal();
  }

  close(): void {
    this.closed = true;
  }
}
