import type { Tone } from "~/components/state";
import type { CommonWords } from "~/i18n/common.pt";
import { daysBetween, wall } from "~/i18n/time";
import type { VisitorWords } from "~/i18n/visitor";
import type { PublicUnit } from "~/protocol/types";

/** What a unit says of itself. */
export interface UnitSentences {
  readonly tone: Tone;
  /** Its state in a word or two: "Aberta" */
  readonly word: string;
  /** Its state: "Aberta até as 18h." */
  readonly state: string;
  /** Who waits and how long, or when it opens. */
  readonly rest: readonly string[];
  /** What one may do all the same, where nobody attends. */
  readonly advice: string | null;
  /** Whether a ticket may be taken. */
  readonly open: boolean;
}

export function unitSentences(
  unit: PublicUnit,
  nowMs: number,
  words: VisitorWords["unit"],
  common: CommonWords,
): UnitSentences {
  if (!unit.open) {
    const opens = opening(unit, nowMs, words, common);
    return {
      tone: "quiet",
      word: words.closed,
      state: unit.closed_reason === null ? words.closedNow : words.closedBecause(unit.closed_reason),
      rest: opens === null ? [] : [opens],
      advice: null,
      open: false,
    };
  }
  if (unit.suspended !== null) {
    const { alternative, message, until } = unit.suspended;
    return {
      tone: "warn",
      word: words.suspendedWord,
      state:
        until === null
          ? words.suspended
          : words.suspendedUntil(common.until(wall(Date.parse(until), unit.zone))),
      rest: alternative === null ? [message] : [message, alternative],
      advice: null,
      open: false,
    };
  }
  const waiting = words.waiting(unit.waiting);
  if (unit.full) {
    const wait = unit.estimate === null ? [] : [words.wait(unit.estimate.low_min, unit.estimate.high_min)];
    return {
      tone: "warn",
      word: words.fullWord,
      state: words.full,
      rest: [waiting, ...wait],
      advice: words.fullAdvice,
      open: false,
    };
  }
  if (unit.closing) {
    return {
      tone: "warn",
      word: words.closingWord,
      state: words.closing,
      rest: [openUntil(unit, words, common), waiting],
      advice: words.closingAdvice,
      open: true,
    };
  }
  if (unit.attending === 0) {
    return {
      tone: "warn",
      word: words.unattended,
      state: words.nobodyAttends(untilOf(unit, common)),
      rest: [waiting],
      advice: words.mayJoin,
      open: true,
    };
  }
  return {
    tone: "ok",
    word: words.open,
    state: openUntil(unit, words, common),
    rest:
      unit.estimate !== null && unit.waiting > 0
        ? [waiting, words.wait(unit.estimate.low_min, unit.estimate.high_min)]
        : [waiting],
    advice: null,
    open: true,
  };
}

/** "Aberta até as 18h." */
export function openUntil(unit: PublicUnit, words: VisitorWords["unit"], common: CommonWords): string {
  const until = untilOf(unit, common);
  return until === null ? words.openNow : words.openUntil(until);
}

/** "as 18h"; null where the unit does not close. */
function untilOf(unit: PublicUnit, common: CommonWords): string | null {
  return unit.until === null ? null : common.until(wall(Date.parse(unit.until), unit.zone));
}

/** "Abre amanhã, terça-feira, às 12h (horário de Cuiabá)."; null where it is not known. */
export function opening(
  unit: PublicUnit,
  nowMs: number,
  words: VisitorWords["unit"],
  common: CommonWords,
): string | null {
  if (unit.opens_at === null) return null;
  const at = wall(Date.parse(unit.opens_at), unit.zone);
  return words.opens(common.moment(at, daysBetween(wall(nowMs, unit.zone), at)), common.zone(unit.zone));
}

/** "amanhã, terça-feira, às 18h", in the unit's zone. */
export function momentAt(ms: number, nowMs: number, zone: string, common: CommonWords): string {
  const at = wall(ms, zone);
  return common.moment(at, daysBetween(wall(nowMs, zone), at));
}

/** "14h02", in the unit's zone. */
export function clockAt(ms: number, zone: string, common: CommonWords): string {
  return common.clock(wall(ms, zone));
}

/** "as 14h20", after "até", in the unit's zone. */
export function untilAt(ms: number, zone: string, common: CommonWords): string {
  return common.until(wall(ms, zone));
}

/** "às 14h02", in the unit's zone. */
export function timeAt(ms: number, zone: string, common: CommonWords): string {
  return common.at(wall(ms, zone));
}
