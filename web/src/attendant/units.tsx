import { Notice } from "~/components/notice";
import { deskWords } from "~/i18n/desk";
import type { DeskUnit } from "~/protocol/types";

/** Which of one's units to attend; at least one. */
export function Units(props: {
  readonly units: readonly DeskUnit[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}) {
  const words = deskWords.value;
  if (props.units.length === 0) return <Notice tone="warn">{words.noUnits}</Notice>;
  const toggle = (slug: string): void => {
    const next = new Set(props.chosen);
    if (!next.delete(slug)) next.add(slug);
    props.onChoose(next);
  };
  return (
    <fieldset class="units" aria-describedby={props.chosen.size === 0 ? "units-none" : undefined}>
      <legend>{words.choose}</legend>
      {props.units.map((unit) => (
        <label key={unit.slug} class="unit-option" data-unit={unit.slug}>
          <input type="checkbox" checked={props.chosen.has(unit.slug)} onChange={() => toggle(unit.slug)} />
          <span>
            {unit.name}
            {unit.open ? null : <span class="desk-small unit-closed">{words.closedUnit}</span>}
          </span>
        </label>
      ))}
      {props.chosen.size === 0 ? (
        <p class="field-error" id="units-none">
          {words.chooseOne}
        </p>
      ) : null}
    </fieldset>
  );
}

/** What is ticked when the page opens: what was chosen before, else all. */
export function firstChoice(units: readonly DeskUnit[]): ReadonlySet<string> {
  const chosen = units.filter((unit) => unit.chosen);
  return new Set((chosen.length > 0 ? chosen : units).map((unit) => unit.slug));
}
