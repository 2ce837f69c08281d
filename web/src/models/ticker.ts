import { type ReadonlySignal, signal } from "@preact/signals";

/** Court time as a signal that moves once a second, for what counts up or down on a page. */
export class Ticker {
  readonly now: ReadonlySignal<number>;

  private readonly shown;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(private readonly serverNow: () => number) {
    this.shown = signal(serverNow());
    this.now = this.shown;
    this.timer = setInterval(() => this.tick(), 1_000);
  }

  /** Reads the clock now, where a view has just set it. */
  tick(): void {
    this.shown.value = this.serverNow();
  }

  dispose(): void {
    clearInterval(this.timer);
  }
}

/** Whole minutes from `since` to `now`, never less than none. */
export function minutesSince(since_ms: number, now_ms: number): number {
  return Math.max(0, Math.floor((now_ms - since_ms) / 60_000));
}

/** Whole seconds until `until`, counting the one that has begun; 0 when it is over. */
export function secondsUntil(until_ms: number, now_ms: number): number {
  return Math.max(0, Math.ceil((until_ms - now_ms) / 1_000));
}
