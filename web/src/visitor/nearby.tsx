import { useEffect, useMemo } from "preact/hooks";
import { visitorWords } from "~/i18n/visitor";
import { nearby } from "~/models/units";
import type { PublicUnit, UnitList } from "~/protocol/types";
import { type Fresh, Refreshed } from "~/visitor/refreshed";
import { UnitCard } from "~/visitor/unit_card";

/** No dead end: where a unit gives out no ticket, the others of its comarca that do. */
export function Nearby(props: { readonly unit: PublicUnit; readonly units?: Fresh<UnitList> | undefined }) {
  const asked = useMemo(() => (props.units === undefined ? new Refreshed<UnitList>("units") : null), []);
  useEffect(() => () => asked?.dispose(), [asked]);
  const units = props.units ?? asked;
  const reply = units?.reply.value ?? null;
  const found = reply?.ok === true ? nearby(reply.body.units, props.unit) : [];
  if (units === null || found.length === 0) return null;
  return (
    <section class="nearby">
      <h2 class="subtitle">{visitorWords.value.unit.nearby(props.unit.comarca)}</h2>
      <ul class="units">
        {found.map((unit) => (
          <li key={unit.slug}>
            <UnitCard unit={unit} nowMs={units.at.value} />
          </li>
        ))}
      </ul>
    </section>
  );
}
