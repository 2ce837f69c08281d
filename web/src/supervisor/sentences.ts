import { common } from "~/i18n/common";
import { type BoardWords, boardWords } from "~/i18n/board";
import { deskWords } from "~/i18n/desk";
import { momentOf } from "~/i18n/moment";
import { suspendedSentence } from "~/components/suspend";
import { type Staffing, standingOf } from "~/models/board";
import { minutesSince } from "~/models/ticker";
import type { BoardAttendant, BoardUnit } from "~/protocol/types";

/** What the court needs, in one sentence: the first thing on the board. */
export function courtSentence(needing: number, units: number, words: BoardWords): string {
  if (units === 0) return words.noUnits;
  return needing === 0 ? words.allWell(units) : words.needing(needing);
}

/** Why a unit stands as it does, in one sentence; null where its row says everything. */
export function unitSentence(unit: BoardUnit, now_ms: number): string | null {
  const words = boardWords.value;
  const standing = standingOf(unit);
  switch (standing) {
    case "unattended":
    case "unattended_waiting": {
      const minutes = unit.unattended_since_ms === null ? 0 : minutesSince(unit.unattended_since_ms, now_ms);
      if (minutes === 0) return words.unattendedNow(unit.waiting);
      return words.unattended(common.value.duration(minutes), unit.waiting);
    }
    case "long_wait":
      if (unit.longest_ms === null) return null;
      return words.longWait(common.value.duration(minutesSince(unit.longest_ms, now_ms)));
    case "suspended":
      return unit.suspended === null ? null : suspendedSentence(unit.suspended, now_ms);
    case "closed":
      return closedSentence(unit, now_ms);
    case "attending":
    case "nobody_yet":
      return null;
    default:
      return standing satisfies never;
  }
}

function closedSentence(unit: BoardUnit, now_ms: number): string | null {
  const words = boardWords.value;
  const opens = unit.opens_at === null ? null : words.opens(momentOf(unit.opens_at, now_ms, common.value));
  const told = [unit.closed_reason === null ? null : `${unit.closed_reason}.`, opens].filter(
    (part) => part !== null,
  );
  return told.length === 0 ? null : told.join(" ");
}

/** Who does what behind a counter, in words: "1 livre, 2 em atendimento". */
export function staffingSentence(staffing: Staffing): string {
  const words = boardWords.value;
  const told = [
    staffing.in_call > 0 ? words.inCall(staffing.in_call) : null,
    staffing.calling > 0 ? words.calling(staffing.calling) : null,
    staffing.wrap_up > 0 ? words.wrapUp(staffing.wrap_up) : null,
    staffing.helping > 0 ? words.helping(staffing.helping) : null,
    staffing.free > 0 ? words.free(staffing.free) : null,
    staffing.paused > 0 ? words.paused(staffing.paused) : null,
  ].filter((part) => part !== null);
  return told.length === 0 ? words.nobodyHere : told.join(", ");
}

/** What one attendant does now, and the pause that follows a call. */
export function doingSentence({ activity, pause, status }: BoardAttendant): string {
  const { doing } = boardWords.value;
  const paused =
    status === "paused" ? doing.paused(pause === null ? "" : deskWords.value.pauses[pause]) : null;
  if (activity !== "idle") return doing[activity];
  if (paused !== null) return paused;
  return status === "available" ? doing.free : doing.offline;
}
