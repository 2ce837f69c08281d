import type { Drawer } from "~/models/drawer";

const KEY = "balcao.retorno.";

/**
 * The receipts of tickets that a unit's closing ended: each makes the next ticket there the first of its tier, once.
 * This browser remembers them; the link that carries one may come from elsewhere. The counter alone knows whether it holds.
 */
export class HeadStarts {
  readonly #drawer: Drawer;

  constructor(drawer: Drawer) {
    this.#drawer = drawer;
  }

  /** `until_ms` null: a link does not say it. */
  remember(unit: string, receipt: string, until_ms: number | null): void {
    this.#drawer.keep(KEY + unit, `${until_ms ?? ""} ${receipt}`);
  }

  /** The receipt kept for the unit, if it may still hold. */
  of(unit: string, now_ms: number): string | null {
    const [until, receipt] = (this.#drawer.read(KEY + unit) ?? "").split(" ");
    if (receipt === undefined || receipt === "") return null;
    return until === "" || now_ms <= Number(until) ? receipt : null;
  }

  forget(unit: string): void {
    this.#drawer.empty(KEY + unit);
  }
}

/** The unit's link that carries the receipt to another device, or to tomorrow. */
export function headStartPath(unit: string, receipt: string): string {
  return `/balcao/${encodeURIComponent(unit)}?retorno=${encodeURIComponent(receipt)}`;
}
