import { useSignal, useSignalEffect } from "@preact/signals";
import { Button } from "~/components/button";
import { TextField } from "~/components/field";
import { Notice } from "~/components/notice";
import { common } from "~/i18n/common";
import { handoverWords } from "~/i18n/handover";
import type { BringingModel } from "~/models/handover";
import type { AnyCode } from "~/transport/http";
import { unitPath } from "~/visitor/route";

/** The ticket comes to this device: the code is typed, what it brings is shown, and only then brought. */
export function Bring({ model }: { readonly model: BringingModel }) {
  const words = handoverWords.value;
  const incomplete = useSignal(false);
  useSignalEffect(() => {
    const unit = model.brought.value;
    if (unit !== null) location.assign(unitPath(unit));
  });
  const found = model.found.value;
  const busy = model.busy.value;
  const refusal = model.refusal.value;
  const trouble =
    refusal === null ? null : (
      <Notice tone={refusal === "no_answer" ? "warn" : "bad"} role="alert">
        <p>{sentenceOf(refusal)}</p>
        {model.holding.value === null ? null : <a href={unitPath(model.holding.value)}>{words.toOwn}</a>}
      </Notice>
    );
  if (found !== null) {
    return (
      <>
        <p class="subtitle numbers" data-testid="handover-found">
          {words.found(found.number, found.name)}
        </p>
        <p>{words.foundHow}</p>
        {trouble}
        <Button
          kind="main"
          wide
          disabled={busy || model.brought.value !== null}
          onClick={() => void model.bring()}
          data-testid="handover-bring"
        >
          {busy || model.brought.value !== null ? words.bringing : words.bring}
        </Button>
      </>
    );
  }
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void model.look().then((complete) => (incomplete.value = !complete));
      }}
    >
      <p>{words.bringHow}</p>
      {trouble}
      <TextField
        id="handover-code"
        label={words.letters}
        value={model.typed.value}
        onText={(text) => model.type(text)}
        autoCapitalize="characters"
        error={incomplete.value ? words.lettersMissing : null}
        testId="handover-code"
      />
      <Button kind="main" wide submit disabled={busy} data-testid="handover-look">
        {busy ? words.looking : words.look}
      </Button>
    </form>
  );
}

function sentenceOf(code: AnyCode): string {
  const words = handoverWords.value;
  if (code === "handover_unknown") return words.unknown;
  return code === "ticket_exists" ? words.own : common.value.refusals[code];
}
