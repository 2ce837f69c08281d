import type { CommonWords } from "~/i18n/common.pt";
import { daysBetween, wall } from "~/i18n/time";

/** An instant with its offset, on the wall of the place it names: "hoje às 12h". */
export function momentOf(iso: string, now_ms: number, common: CommonWords): string {
  const offset = offsetOf(iso);
  const at = wall(Date.parse(iso) + offset, "UTC");
  return common.moment(at, daysBetween(wall(now_ms + offset, "UTC"), at));
}

/** The offset an ISO 8601 instant carries, ms. */
export function offsetOf(iso: string): number {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/u.exec(iso) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === "-" ? -size : size;
}
