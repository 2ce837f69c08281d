import { useState } from "preact/hooks";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { SelectField, TextField } from "~/components/field";
import { common } from "~/i18n/common";
import { momentOf } from "~/i18n/moment";
import { staffWords } from "~/i18n/staff";
import { LIMITS, type Suspend, type SuspensionView } from "~/protocol/types";

/** How long a suspension lasts, by choice; `open` until somebody ends it. */
const LASTS = ["open", "30", "60", "120"] as const;
type Lasts = (typeof LASTS)[number];

const MINUTE_MS = 60_000;

/** Why and until when a unit gives out no tickets, in one sentence for those who work there. */
export function suspendedSentence(suspended: SuspensionView, now_ms: number): string {
  const { suspend: words } = staffWords.value;
  return suspended.until === null
    ? words.told(suspended.message)
    : words.toldUntil(momentOf(suspended.until, now_ms, common.value), suspended.message);
}

/** New tickets stop: where, what people read, what they can do instead, until when. */
export function SuspendDialog(props: {
  readonly units: readonly { readonly slug: string; readonly name: string }[];
  readonly now_ms: number;
  readonly onSuspend: (command: Suspend) => void;
  readonly onClose: () => void;
}) {
  const { suspend: words } = staffWords.value;
  const [unit, setUnit] = useState(props.units[0]?.slug ?? "");
  const [message, setMessage] = useState("");
  const [alternative, setAlternative] = useState("");
  const [lasts, setLasts] = useState<Lasts>("open");
  const [tried, setTried] = useState(false);
  const suspend = (): void => {
    setTried(true);
    if (message.trim() === "") return;
    props.onSuspend({
      type: "suspend",
      unit,
      message: message.trim(),
      alternative: alternative.trim() || null,
      until_ms: lasts === "open" ? null : props.now_ms + Number(lasts) * MINUTE_MS,
    });
    props.onClose();
  };
  return (
    <Dialog
      title={words.title}
      onClose={props.onClose}
      actions={
        <>
          <Button kind="danger" data-testid="confirm-suspend" onClick={suspend}>
            {words.confirm}
          </Button>
          <Button kind="quiet" onClick={props.onClose}>
            {common.value.cancel}
          </Button>
        </>
      }
    >
      <p>{words.how}</p>
      {props.units.length > 1 ? (
        <SelectField
          id="suspend-unit"
          label={words.unit}
          value={unit}
          options={props.units.map((one) => ({ value: one.slug, label: one.name }))}
          onPick={setUnit}
        />
      ) : (
        <p>
          <strong>{props.units[0]?.name}</strong>
        </p>
      )}
      <TextField
        id="suspend-message"
        label={words.message}
        hint={words.messageHint}
        error={tried && message.trim() === "" ? words.messageMissing : null}
        value={message}
        onText={setMessage}
        maxLength={LIMITS.Suspend.message}
        testId="suspend-message"
        required
      />
      <TextField
        id="suspend-alternative"
        label={words.alternative}
        hint={words.alternativeHint}
        value={alternative}
        onText={setAlternative}
        maxLength={LIMITS.Suspend.alternative}
        testId="suspend-alternative"
      />
      <SelectField
        id="suspend-lasts"
        label={words.lasts}
        value={lasts}
        options={LASTS.map((value) => ({ value, label: words.lastsFor[value] }))}
        onPick={setLasts}
      />
    </Dialog>
  );
}
