import { common } from "~/i18n/common";
import { visitorWords } from "~/i18n/visitor";
import type { PublicUnit } from "~/protocol/types";
import { unitPath } from "~/visitor/route";
import { Said } from "~/visitor/said";
import { unitSentences } from "~/visitor/sentences";

/** One link: name, comarca, one status sentence. */
export function UnitCard({ unit, nowMs }: { readonly unit: PublicUnit; readonly nowMs: number }) {
  const said = unitSentences(unit, nowMs, visitorWords.value.unit, common.value);
  return (
    <a
      class="unit-card"
      href={unitPath(unit.slug) + location.search}
      data-testid="unit-card"
      data-unit={unit.slug}
    >
      <span class="unit-card-name">{unit.name}</span>
      <span class="unit-card-place">{unit.comarca}</span>
      <Said said={said} />
    </a>
  );
}
