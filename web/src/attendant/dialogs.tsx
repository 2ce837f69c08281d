import { useState } from "preact/hooks";
import { firstChoice, Units } from "~/attendant/units";
import type { Bell } from "~/attendant/bell";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { Tick } from "~/components/field";
import { Languages } from "~/components/languages";
import { WhyDialog } from "~/components/why";
import { deskWords } from "~/i18n/desk";
import { staffWords } from "~/i18n/staff";
import { CHOSEN_PAUSES } from "~/models/desk_screen";
import { type CancelReason, type DeskUnit, EVERY_CANCEL_REASON } from "~/protocol/types";

/** Why one pauses: one click. */
export function PauseDialog(props: {
  readonly onPause: (reason: (typeof CHOSEN_PAUSES)[number]) => void;
  readonly onClose: () => void;
}) {
  const words = deskWords.value;
  return (
    <WhyDialog
      title={words.pauseWhy}
      reasons={CHOSEN_PAUSES.map((reason) => [reason, words.pauses[reason]] as const)}
      testId="pause-reason"
      onPick={props.onPause}
      onClose={props.onClose}
    />
  );
}

/** Why a ring is taken back: one click, and it is counted. */
export function CancelDialog(props: {
  readonly onCancel: (reason: CancelReason) => void;
  readonly onClose: () => void;
}) {
  const words = deskWords.value;
  return (
    <WhyDialog
      title={words.cancelWhy}
      reasons={EVERY_CANCEL_REASON.map((reason) => [reason, words.cancelReasons[reason]] as const)}
      testId="cancel-reason"
      onPick={props.onCancel}
      onClose={props.onClose}
    >
      <p>{words.cancelHint}</p>
    </WhyDialog>
  );
}

/** What one sets once in a while: units, sound, language. */
export function SettingsDialog(props: {
  readonly units: readonly DeskUnit[];
  /** Units may change between two people, not while one is being served. */
  readonly free: boolean;
  readonly bell: Bell;
  readonly onSuspend: () => void;
  readonly onSave: (units: readonly string[]) => void;
  readonly onClose: () => void;
}) {
  const words = deskWords.value;
  const { bell } = props;
  const [chosen, setChosen] = useState(() => firstChoice(props.units));
  return (
    <Dialog
      title={words.settings}
      onClose={props.onClose}
      actions={
        <Button
          kind="main"
          disabled={props.free && chosen.size === 0}
          onClick={() => {
            if (props.free) props.onSave([...chosen]);
            props.onClose();
          }}
        >
          {words.save}
        </Button>
      }
    >
      {props.free ? <Units units={props.units} chosen={chosen} onChoose={setChosen} /> : null}
      <Tick
        id="bell"
        label={words.sound}
        checked={!bell.muted.value}
        onTick={(on) => {
          bell.setMuted(!on);
          if (on) bell.sound();
        }}
      />
      {props.units.some((unit) => unit.open && unit.suspended === null) ? (
        <Button data-testid="suspend" onClick={props.onSuspend}>
          {staffWords.value.suspend.do}
        </Button>
      ) : null}
      <Languages />
    </Dialog>
  );
}
