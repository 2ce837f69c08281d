import { Button } from "~/components/button";
import { State, type Tone } from "~/components/state";
import { suspendedSentence } from "~/components/suspend";
import { boardWords } from "~/i18n/board";
import { common } from "~/i18n/common";
import { staffWords } from "~/i18n/staff";
import { type Standing, staffingOf, standingOf } from "~/models/board";
import { minutesSince } from "~/models/ticker";
import type { BoardAttendant, BoardUnit } from "~/protocol/types";
import { doingSentence, staffingSentence, unitSentence } from "~/supervisor/sentences";

const TONES: Readonly<Record<Standing, Tone>> = {
  unattended_waiting: "bad",
  unattended: "bad",
  long_wait: "warn",
  suspended: "warn",
  attending: "ok",
  nobody_yet: "quiet",
  closed: "quiet",
};

/** One unit: its row, and the names behind its counter where they were asked for. */
export function UnitRows(props: {
  readonly unit: BoardUnit;
  readonly now_ms: number;
  readonly open: boolean;
  readonly leaving: ReadonlySet<string>;
  readonly onToggle: () => void;
  readonly onSignOut: (attendant: BoardAttendant) => void;
  readonly onLine: () => void;
  readonly onSuspend: () => void;
  readonly onResume: () => void;
}) {
  const words = boardWords.value;
  const { now_ms, open, unit } = props;
  const standing = standingOf(unit);
  const sentence = unitSentence(unit, now_ms);
  const names = `names-${unit.slug}`;
  const staffing = staffingSentence(staffingOf(unit.attendants));
  return (
    <tbody
      class={`board-unit board-${standing}`}
      data-testid="board-unit"
      data-unit={unit.slug}
      data-standing={standing}
    >
      <tr>
        <td class="board-standing">
          <State tone={TONES[standing]}>{words.standings[standing]}</State>
        </td>
        <th scope="row" class="board-name">
          {unit.name.includes(unit.comarca) ? unit.name : `${unit.name} · ${unit.comarca}`}
          {sentence === null ? null : <span class="board-why">{sentence}</span>}
        </th>
        <td class="board-number" data-label={words.columns.waiting}>
          <span data-testid="board-waiting">{unit.waiting}</span>
          {unit.away > 0 ? <span class="board-small"> {words.away(unit.away)}</span> : null}
        </td>
        <td class="board-number" data-label={words.columns.longest}>
          {unit.longest_ms === null ? (
            <span class="board-small">{words.none}</span>
          ) : (
            words.minutes(minutesSince(unit.longest_ms, now_ms))
          )}
        </td>
        <td class="board-staff" data-label={words.columns.attendants} data-testid="board-attendants">
          {unit.attendants.length === 0 && !unit.open ? (
            <span class="board-small">{staffing}</span>
          ) : (
            <Button
              kind="link"
              aria-expanded={open}
              aria-controls={names}
              aria-label={`${staffing}. ${open ? words.hideNames(unit.name) : words.showNames(unit.name)}`}
              onClick={props.onToggle}
            >
              {staffing}
            </Button>
          )}
        </td>
        <td class="board-number" data-label={words.columns.served}>
          {unit.served_today}
          {unit.out_of_order_today > 0 ? (
            <span class="board-small" data-testid="board-out-of-order">
              {" "}
              {words.outOfOrder(unit.out_of_order_today)}
            </span>
          ) : null}
          {unit.cancelled_today > 0 ? (
            <span class="board-small"> {words.cancelled(unit.cancelled_today)}</span>
          ) : null}
        </td>
        <td class="board-number" data-label={words.columns.left}>
          {unit.left_today}
          {unit.refused_today > 0 ? (
            <span class="board-small"> {words.refused(unit.refused_today)}</span>
          ) : null}
        </td>
        <td data-label={words.columns.phone} class="board-phone">
          <a href={`tel:${unit.phone.replaceAll(/[^+\d]/gu, "")}`}>{unit.phone}</a>
        </td>
      </tr>
      {open && (unit.attendants.length > 0 || unit.open) ? (
        <tr id={names} class="board-names">
          <td class="board-indent" aria-hidden="true" />
          <td class="board-listed" colSpan={7}>
            <ul>
              {unit.attendants.map((attendant) => (
                <li key={attendant.id} data-attendant={attendant.id}>
                  <span>
                    <strong>{attendant.name}</strong> · {doingSentence(attendant)}{" "}
                    {words.since(common.value.duration(minutesSince(attendant.since_ms, now_ms)))}
                  </span>
                  <Button
                    kind="link"
                    data-testid="board-sign-out"
                    aria-label={`${words.signOut}: ${attendant.name}`}
                    disabled={props.leaving.has(attendant.id)}
                    onClick={() => props.onSignOut(attendant)}
                  >
                    {props.leaving.has(attendant.id) ? words.signingOut : words.signOut}
                  </Button>
                </li>
              ))}
              {unit.waiting + unit.away > 0 ? (
                <li>
                  <span />
                  <Button kind="link" data-testid="board-line" onClick={props.onLine}>
                    {words.line}
                  </Button>
                </li>
              ) : null}
              {unit.open ? (
                <li>
                  <span>{unit.suspended === null ? null : suspendedSentence(unit.suspended, now_ms)}</span>
                  {unit.suspended === null ? (
                    <Button kind="link" data-testid="board-suspend" onClick={props.onSuspend}>
                      {staffWords.value.suspend.do}
                    </Button>
                  ) : (
                    <Button kind="link" data-testid="board-resume" onClick={props.onResume}>
                      {staffWords.value.suspend.resume}
                    </Button>
                  )}
                </li>
              ) : null}
            </ul>
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}
