import { useEffect, useState } from "preact/hooks";
import { Button } from "~/components/button";
import { RemoveDialog, TierDialog } from "~/components/correct";
import { Dialog } from "~/components/dialog";
import { boardWords } from "~/i18n/board";
import { common } from "~/i18n/common";
import { staffWords } from "~/i18n/staff";
import type { BoardModel } from "~/models/board";
import { minutesSince } from "~/models/ticker";
import type { BoardUnit, Place } from "~/protocol/types";

/** A unit's line as it is when it is asked for: numbers, priorities, waits; and what a supervisor may correct. */
export function LineDialog(props: {
  readonly board: Pick<BoardModel, "line" | "remove" | "setTier">;
  readonly unit: BoardUnit;
  readonly now_ms: number;
  readonly onClose: () => void;
}) {
  const words = boardWords.value;
  const staff = staffWords.value;
  const { board, unit } = props;
  const [places, setPlaces] = useState<readonly Place[] | null>(null);
  const [asked, setAsked] = useState<readonly ["tier" | "remove", Place] | null>(null);
  const look = async (): Promise<void> => setPlaces(await board.line(unit.slug));
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- as it is when it opens, and after each correction
  useEffect(() => void look(), []);
  const corrected = async (correction: Promise<void>): Promise<void> => {
    setAsked(null);
    await correction;
    await look();
  };
  return (
    <>
      <Dialog
        title={words.lineOf(unit.name)}
        onClose={props.onClose}
        actions={
          <Button kind="quiet" onClick={props.onClose}>
            {common.value.close}
          </Button>
        }
      >
        {places?.length === 0 ? <p>{words.lineEmpty}</p> : null}
        <ul class="board-line">
          {(places ?? []).map((place) => (
            <li key={place.ticket} data-testid="board-place">
              <span>
                <strong class="numbers">{place.number}</strong> · {staff.tier.tiers[place.tier]} ·{" "}
                {words.minutes(minutesSince(place.joined_ms, props.now_ms))}
                {place.present ? null : ` · ${words.lineAway}`}
              </span>
              <Button
                kind="link"
                data-testid="board-tier"
                aria-label={`${staff.tier.do}: ${place.number}`}
                onClick={() => setAsked(["tier", place])}
              >
                {words.lineTier}
              </Button>
              <Button
                kind="link"
                data-testid="board-remove"
                aria-label={`${staff.remove.do}: ${place.number}`}
                onClick={() => setAsked(["remove", place])}
              >
                {words.lineRemove}
              </Button>
            </li>
          ))}
        </ul>
      </Dialog>
      {asked?.[0] === "tier" ? (
        <TierDialog
          tier={asked[1].tier}
          onCorrect={(tier, reason) => void corrected(board.setTier(asked[1], tier, reason))}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked?.[0] === "remove" ? (
        <RemoveDialog
          number={asked[1].number}
          onRemove={(reason) => void corrected(board.remove(asked[1].ticket, reason))}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  );
}
