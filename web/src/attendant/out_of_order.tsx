import { useState } from "preact/hooks";
import { nameOf } from "~/attendant/sentences";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { SelectField } from "~/components/field";
import { common } from "~/i18n/common";
import { deskWords } from "~/i18n/desk";
import { minutesSince } from "~/models/ticker";
import type { DeskUnit, LineRow, OutOfOrder } from "~/protocol/types";

const REASONS = ["urgent", "hearing", "companion", "other"] as const satisfies readonly OutOfOrder[];

/** Which ticket, and why: two choices, and what becomes of them is said before. */
export function OutOfOrderDialog(props: {
  readonly line: readonly LineRow[];
  readonly units: readonly DeskUnit[];
  readonly now_ms: number;
  readonly onCall: (ticket: string, reason: OutOfOrder) => void;
  readonly onClose: () => void;
}) {
  const words = deskWords.value;
  const [ticket, setTicket] = useState("");
  const [reason, setReason] = useState<OutOfOrder | "">("");
  const several = new Set(props.line.map((row) => row.unit)).size > 1;
  const described = (row: LineRow): string =>
    [
      row.number,
      words.shortTiers[row.tier],
      words.minutes(minutesSince(row.joined_ms, props.now_ms)),
      several ? nameOf(props.units, row.unit) : null,
    ]
      .filter((part) => part !== null)
      .join(" · ");
  return (
    <Dialog
      title={words.outOfOrder}
      onClose={props.onClose}
      actions={
        <>
          <Button
            kind="main"
            data-testid="call-out-of-order"
            disabled={ticket === "" || reason === ""}
            onClick={() => {
              if (ticket !== "" && reason !== "") props.onCall(ticket, reason);
            }}
          >
            {words.outOfOrderCall}
          </Button>
          <Button kind="quiet" onClick={props.onClose}>
            {common.value.cancel}
          </Button>
        </>
      }
    >
      <p>{words.outOfOrderHint}</p>
      <SelectField
        id="out-of-order-ticket"
        label={words.outOfOrderWhich}
        value={ticket}
        options={[
          { value: "", label: words.outOfOrderPick },
          ...props.line.flatMap((row) =>
            row.ticket === null ? [] : [{ value: row.ticket, label: described(row) }],
          ),
        ]}
        onPick={setTicket}
      />
      <SelectField<OutOfOrder | "">
        id="out-of-order-reason"
        label={words.outOfOrderWhy}
        value={reason}
        options={[
          { value: "", label: words.outOfOrderPickWhy },
          ...REASONS.map((value) => ({ value, label: words.outOfOrderReasons[value] })),
        ]}
        onPick={setReason}
      />
    </Dialog>
  );
}
