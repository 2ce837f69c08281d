import { useState } from "preact/hooks";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { Choice } from "~/components/field";
import { WhyDialog } from "~/components/why";
import { common } from "~/i18n/common";
import { staffWords } from "~/i18n/staff";
import {
  EVERY_REMOVE_REASON,
  EVERY_TIER,
  EVERY_TIER_REASON,
  type RemoveReason,
  type Tier,
  type TierReason,
} from "~/protocol/types";

/** Another tier, and why; the place among those of that tier is the one of the arrival. */
export function TierDialog(props: {
  readonly tier: Tier;
  readonly onCorrect: (tier: Tier, reason: TierReason) => void;
  readonly onClose: () => void;
}) {
  const words = staffWords.value.tier;
  const [tier, setTier] = useState<Tier | null>(null);
  const [reason, setReason] = useState<TierReason | null>(null);
  return (
    <Dialog
      title={words.title}
      onClose={props.onClose}
      actions={
        <>
          <Button
            kind="main"
            data-testid="confirm-tier"
            disabled={tier === null || reason === null}
            onClick={() => {
              if (tier !== null && reason !== null) props.onCorrect(tier, reason);
            }}
          >
            {words.confirm}
          </Button>
          <Button kind="quiet" onClick={props.onClose}>
            {common.value.cancel}
          </Button>
        </>
      }
    >
      <p>{words.how}</p>
      <div class="dialog-beside">
        <Choice
          id="tier"
          legend={words.which}
          value={tier === null ? null : String(tier)}
          options={EVERY_TIER.filter((one) => one !== props.tier).map((one) => ({
            value: String(one),
            label: words.tiers[one],
          }))}
          onPick={(value) => setTier(EVERY_TIER.find((one) => String(one) === value) ?? null)}
        />
        <Choice
          id="tier-reason"
          legend={words.why}
          value={reason}
          options={EVERY_TIER_REASON.map((value) => ({ value, label: words.reasons[value] }))}
          onPick={setReason}
        />
      </div>
    </Dialog>
  );
}

/** Off the line, for a reason that the person reads. */
export function RemoveDialog(props: {
  readonly number: string;
  readonly onRemove: (reason: RemoveReason) => void;
  readonly onClose: () => void;
}) {
  const words = staffWords.value.remove;
  return (
    <WhyDialog
      title={words.title(props.number)}
      reasons={EVERY_REMOVE_REASON.map((reason) => [reason, words.reasons[reason]] as const)}
      testId="remove-reason"
      danger
      onPick={props.onRemove}
      onClose={props.onClose}
    >
      <p>{words.how}</p>
    </WhyDialog>
  );
}
