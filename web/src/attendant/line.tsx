import { Button } from "~/components/button";
import { deskWords } from "~/i18n/desk";
import { minutesSince } from "~/models/ticker";
import type { DeskUnit, DeskView, LineRow } from "~/protocol/types";

/**
 * The line of one's units: numbers, priority, unit, wait. No names, and nothing to pick; whoever may call out of order
 * is asked for it apart.
 */
export function Line(props: {
  readonly view: DeskView;
  readonly now_ms: number;
  /** Null where this person may not, or not now. */
  readonly onOutOfOrder: (() => void) | null;
}) {
  const words = deskWords.value;
  const { view, now_ms } = props;
  const units = new Map(view.units.map((unit) => [unit.slug, unit]));
  const beyond = view.waiting - view.line.length;
  return (
    <div class="line" data-testid="waiting-list">
      <h2 id="line-title">{words.waiting(view.waiting)}</h2>
      {view.longest_ms === null ? null : (
        <p class="desk-small">{words.longest(words.minutes(minutesSince(view.longest_ms, now_ms)))}</p>
      )}
      {view.line.length === 0 ? (
        <p class="desk-small">{words.emptyLine}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long line is scrolled by keyboard
        <ol class="line-rows" tabIndex={0} aria-labelledby="line-title">
          {view.line.map((row) => (
            <Row key={row.number} row={row} unit={units.get(row.unit)} now_ms={now_ms} />
          ))}
        </ol>
      )}
      {beyond > 0 ? <p class="desk-small">{words.more(beyond)}</p> : null}
      {view.away > 0 ? <p class="desk-small">{words.away(view.away)}</p> : null}
      {props.onOutOfOrder === null ? null : (
        <Button kind="link" data-testid="out-of-order" onClick={props.onOutOfOrder}>
          {words.outOfOrder}
        </Button>
      )}
    </div>
  );
}

function Row(props: { readonly row: LineRow; readonly unit: DeskUnit | undefined; readonly now_ms: number }) {
  const words = deskWords.value;
  const { row } = props;
  const tier = words.shortTiers[row.tier];
  return (
    <li class="line-row" data-testid="waiting-item" data-number={row.number} title={props.unit?.name}>
      <span class="line-number numbers">{row.number}</span>
      {tier === null ? null : <span class="tier">{tier}</span>}
      <span class="unseen">{props.unit?.name}</span>
      <span class="line-wait numbers">{words.minutes(minutesSince(row.joined_ms, props.now_ms))}</span>
    </li>
  );
}
