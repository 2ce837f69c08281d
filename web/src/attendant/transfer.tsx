import { useEffect, useState } from "preact/hooks";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { Choice, TextField } from "~/components/field";
import { common } from "~/i18n/common";
import { deskWords } from "~/i18n/desk";
import { search } from "~/models/units";
import type { PublicUnit, UnitList } from "~/protocol/types";
import { get, type Reply } from "~/transport/http";

/** More would not fit beside the answer; whoever looks for another writes its name. */
const SHOWN = 6;

/** Counters open and close while one chooses. */
const EVERY_MS = 3_000;

/** Whether somebody may be sent there now. */
const receives = (unit: PublicUnit): boolean =>
  unit.open && unit.suspended === null && !unit.full && unit.attending > 0;

/** To which unit: of those that can take somebody now, by name. */
export function TransferDialog(props: {
  /** Where the person is. */
  readonly from: string;
  readonly load?: () => Promise<Reply<UnitList>>;
  readonly onTransfer: (unit: string) => void;
  readonly onClose: () => void;
}) {
  const words = deskWords.value;
  const { from, load = () => get<UnitList>("units") } = props;
  const [reply, setReply] = useState<Reply<UnitList> | null>(null);
  const [text, setText] = useState("");
  const [unit, setUnit] = useState<string | null>(null);
  useEffect(() => {
    const look = (): void => void load().then(setReply);
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- as long as it is open
  }, []);
  const units =
    reply?.ok === true ? reply.body.units.filter((one) => one.slug !== from && receives(one)) : [];
  const found = search(units, text).slice(0, SHOWN);
  const chosen = found.find((one) => one.slug === unit) ?? null;
  return (
    <Dialog
      title={words.transfer}
      onClose={props.onClose}
      actions={
        <>
          <Button
            kind="main"
            data-testid="confirm-transfer"
            disabled={chosen === null}
            onClick={() => {
              if (chosen !== null) props.onTransfer(chosen.slug);
            }}
          >
            {words.transferDo}
          </Button>
          <Button kind="quiet" onClick={props.onClose}>
            {common.value.cancel}
          </Button>
        </>
      }
    >
      <p>{words.transferHow}</p>
      {reply === null ? <p>{words.transferLoading}</p> : null}
      {reply?.ok === false ? <p class="field-error">{common.value.refusals[reply.code]}</p> : null}
      {units.length > SHOWN ? (
        <TextField
          id="transfer-search"
          label={words.transferSearch}
          inputMode="search"
          value={text}
          onText={setText}
        />
      ) : null}
      {found.length > 0 ? (
        <Choice
          id="transfer-unit"
          legend={words.transferWhich}
          value={unit}
          options={found.map((one) => ({
            value: one.slug,
            label: `${one.name} · ${words.waiting(one.waiting).toLowerCase()}`,
          }))}
          onPick={setUnit}
        />
      ) : null}
      {reply?.ok === true ? <p class="desk-small">{words.transferWhere(found.length > 0)}</p> : null}
    </Dialog>
  );
}
