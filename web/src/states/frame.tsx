import type { ComponentChildren, JSX } from "preact";
import type { CourtCard } from "~/protocol/types";
import { Frame } from "~/visitor/frame";

const COURT: CourtCard = {
  slug: "tjmt",
  name: "Tribunal de Justiça de Mato Grosso",
  crest: null,
  ombudsman: "https://ouvidoria.tribunal.example",
  demo: false,
  practice: false,
};

/** What the visitors' page puts around each of its screens. */
export function page(children: ComponentChildren): JSX.Element {
  document.body.className = "visitor";
  return <Frame court={COURT}>{children}</Frame>;
}
