import { useSignal } from "@preact/signals";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { common } from "~/i18n/common";
import { handoverWords } from "~/i18n/handover";
import type { SessionCard } from "~/protocol/types";
import { type AnyCode, remove } from "~/transport/http";

/** "Não sou eu": on a shared machine the browser forgets somebody else's ticket, which keeps its place. */
export function NotMeDialog(props: { readonly onForgotten: () => void; readonly onClose: () => void }) {
  const words = handoverWords.value;
  const busy = useSignal(false);
  const refusal = useSignal<AnyCode | null>(null);
  const forget = async (): Promise<void> => {
    busy.value = true;
    const reply = await remove<SessionCard>("session");
    busy.value = false;
    if (reply.ok) props.onForgotten();
    else refusal.value = reply.code;
  };
  return (
    <Dialog
      title={words.notMeTitle}
      onClose={props.onClose}
      actions={
        <>
          <Button kind="main" onClick={props.onClose}>
            {words.notMeNo}
          </Button>
          <Button kind="danger" disabled={busy.value} onClick={() => void forget()} data-testid="not-me-yes">
            {words.notMeYes}
          </Button>
        </>
      }
    >
      <p>{words.notMeHow}</p>
      {refusal.value === null ? null : (
        <p class="field-error" role="alert">
          {common.value.refusals[refusal.value]}
        </p>
      )}
    </Dialog>
  );
}
