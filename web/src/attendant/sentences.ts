import { common } from "~/i18n/common";
import { type DeskWords, deskWords } from "~/i18n/desk";
import { LAST_TRY, type Missed } from "~/models/desk";
import type { DeskUnit } from "~/protocol/types";
import type { AnyCode } from "~/transport";

/** What was called and did not come to a conversation. */
export function missedSentence({ person, reason }: Missed, words: DeskWords): string {
  if (reason === "not_entered" && person.tries >= LAST_TRY) return words.noShow(person.name);
  return words.missed[reason](person.name);
}

/** Why a command was refused, in the desk's words where it has its own. */
export function refusalSentence(code: AnyCode): string {
  const here: Partial<Record<AnyCode, string>> = deskWords.value.refusals;
  return here[code] ?? common.value.refusals[code];
}

/** Seconds while they matter, then whole minutes. */
export function countdown(seconds: number): string {
  return seconds <= 90 ? common.value.seconds(seconds) : common.value.minutes(Math.ceil(seconds / 60));
}

/** A unit's name, by its slug. */
export function nameOf(units: readonly DeskUnit[], slug: string): string {
  return units.find((unit) => unit.slug === slug)?.name ?? "";
}
