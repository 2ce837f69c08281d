import type { ComponentChildren } from "preact";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { common } from "~/i18n/common";

/** Why something is done: one click says it and does it. */
export function WhyDialog<Reason extends string>(props: {
  readonly title: string;
  readonly reasons: readonly (readonly [Reason, string])[];
  /** Each button is found by it and by its `data-reason`. */
  readonly testId: string;
  readonly danger?: boolean;
  readonly onPick: (reason: Reason) => void;
  readonly onClose: () => void;
  /** What will become of it. */
  readonly children?: ComponentChildren;
}) {
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      actions={
        <Button kind="quiet" onClick={props.onClose}>
          {common.value.back}
        </Button>
      }
    >
      {props.children}
      <div class="whys">
        {props.reasons.map(([reason, label]) => (
          <Button
            key={reason}
            kind={props.danger === true ? "danger" : "plain"}
            wide
            data-testid={props.testId}
            data-reason={reason}
            onClick={() => props.onPick(reason)}
          >
            {label}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
