import { Waiting } from "~/attendant/asked";
import type { CallModel } from "~/call/call";
import { Button } from "~/components/button";
import { interpreterWords } from "~/i18n/interpreter";
import type { InterpreterModel } from "~/models/interpreter";
import type { InterpreterView } from "~/protocol/types";

/** The units in which people talk: to which an interpreter may offer to come, and what came of it. */
export function PoolUnits(props: {
  readonly model: InterpreterModel<CallModel>;
  readonly view: InterpreterView;
}) {
  const words = interpreterWords.value;
  const { model, view } = props;
  const { offer, units } = view;
  return (
    <section class="pool-units" aria-labelledby="pool-units-title">
      <h2 id="pool-units-title">{words.units}</h2>
      {offer === null ? null : (
        <Waiting
          told={offer.answer === null ? words.offering(offer.unit) : words.answers[offer.answer](offer.unit)}
          until_ms={offer.until_ms}
          now_ms={model.now.value}
          testId="offer-line"
          stop={words.stopOffering}
          onStop={() => void model.stopOffering()}
        />
      )}
      <p class="desk-quiet">{units.length === 0 ? words.noUnits : words.unitsHow}</p>
      {units.map(({ calls, name, slug }) => (
        <Button
          key={slug}
          wide
          data-testid={`offer-${slug}`}
          disabled={model.busy.value}
          onClick={() => void model.offer(slug)}
        >
          {`${name} (${words.calls(calls)})`}
        </Button>
      ))}
    </section>
  );
}
