import type { ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { common } from "~/i18n/common";
import { handoverWords } from "~/i18n/handover";
import type { TakingModel } from "~/models/handover";

/** The way to another device: eight letters for its keyboard, a drawing for its camera, and how long they hold. */
export function TakeDialog(props: {
  readonly model: TakingModel;
  readonly now: ReadonlySignal<number>;
  readonly onClose: () => void;
}) {
  const words = handoverWords.value;
  const { model } = props;
  useEffect(() => void model.make(), [model]);
  const code = model.code.value;
  const refusal = model.refusal.value;
  // Whole seconds that are surely left: the clock of the page moves once a second.
  const left = Math.floor((model.until.value - props.now.value) / 1_000);
  const [before, address, after] = words.typed(`${location.host}/continuar`);
  return (
    <Dialog
      title={words.title}
      onClose={props.onClose}
      actions={
        <>
          {code !== null && left > 0 ? null : (
            <Button
              kind="main"
              disabled={model.busy.value}
              onClick={() => void model.make()}
              data-testid="handover-again"
            >
              {model.busy.value ? words.making : words.another}
            </Button>
          )}
          <Button kind="quiet" onClick={props.onClose}>
            {common.value.close}
          </Button>
        </>
      }
    >
      {refusal === null ? null : (
        <p class="field-error" role="alert">
          {common.value.refusals[refusal]}
        </p>
      )}
      {code === null ? null : left > 0 ? (
        <>
          <p>
            {before}
            <strong>{address}</strong>
            {after}
          </p>
          <p class="handover-letters numbers" data-testid="handover-letters" data-link={code.link}>
            {code.short}
          </p>
          <p class="quiet numbers">{words.left(common.value.seconds(left))}</p>
          <p>{words.how}</p>
          <img class="handover-drawing" src={code.qr} alt={words.drawing} />
        </>
      ) : (
        <p role="status">{words.over}</p>
      )}
    </Dialog>
  );
}
