import { State } from "~/components/state";
import type { UnitSentences } from "~/visitor/sentences";

/** What a unit says of itself: its state with a shape, then the rest of the sentence. */
export function Said({ said, advice = false }: { readonly said: UnitSentences; readonly advice?: boolean }) {
  const rest = advice && said.advice !== null ? [...said.rest, said.advice] : said.rest;
  return (
    <span class="said">
      <State tone={said.tone}>{said.state}</State> {rest.join(" ")}
    </span>
  );
}
