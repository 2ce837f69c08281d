import { useState } from "preact/hooks";
import { InviteDialog } from "~/attendant/invite";
import { TransferDialog } from "~/attendant/transfer";
import { Button } from "~/components/button";
import { RemoveDialog, TierDialog } from "~/components/correct";
import { Dialog } from "~/components/dialog";
import { WhyDialog } from "~/components/why";
import { common } from "~/i18n/common";
import { deskWords } from "~/i18n/desk";
import { guestWords } from "~/i18n/guest";
import { staffWords } from "~/i18n/staff";
import type { AtDesk, Inviting } from "~/models/desk";
import { type DeskCall, EVERY_FETCH_REASON, type Person } from "~/protocol/types";

type Choosing = "invite" | "send_back" | "transfer" | "set_tier" | "remove";

/** What may be done with the person, beside talking; the rarer, the lower. */
export function More(props: {
  readonly person: Person;
  readonly call: DeskCall;
  readonly onAct: (command: AtDesk) => void;
  readonly onInvite: Inviting;
}) {
  const words = deskWords.value;
  const staff = staffWords.value;
  const { call, person } = props;
  const [shown, setShown] = useState<"menu" | Choosing | null>(null);
  const close = (): void => setShown(null);
  const act = (command: AtDesk): void => {
    close();
    props.onAct(command);
  };
  const talking = call.state !== "ringing" && call.state !== "ended";
  const choices: readonly (readonly [Choosing, string])[] = [
    ...(talking
      ? ([
          ["invite", guestWords.value.invite],
          ["send_back", words.sendBack],
          ["transfer", words.transfer],
        ] as const)
      : []),
    ["set_tier", staff.tier.do],
    ["remove", staff.remove.do],
  ];
  return (
    <>
      <Button kind="link" data-testid="person-more" onClick={() => setShown("menu")}>
        {words.moreActions}
      </Button>
      {shown === "menu" ? (
        <Dialog
          title={person.name}
          onClose={close}
          actions={
            <Button kind="quiet" onClick={close}>
              {common.value.back}
            </Button>
          }
        >
          <div class="whys">
            {call.state === "active" ? (
              <Button wide data-testid="hold" onClick={() => act({ type: "hold", call: call.call })}>
                {words.hold}
              </Button>
            ) : null}
            {choices.map(([choice, label]) => (
              <Button
                key={choice}
                kind={choice === "remove" ? "danger" : "plain"}
                wide
                data-testid={choice.replace("_", "-")}
                onClick={() => setShown(choice)}
              >
                {label}
              </Button>
            ))}
          </div>
        </Dialog>
      ) : null}
      {shown === "send_back" && talking ? (
        <WhyDialog
          title={words.sendBackWhy}
          reasons={EVERY_FETCH_REASON.map((reason) => [reason, words.sendBackReasons[reason]] as const)}
          testId="send-back-reason"
          onPick={(reason) => act({ type: "send_back", call: call.call, reason })}
          onClose={close}
        >
          <p>{words.sendBackHow}</p>
        </WhyDialog>
      ) : null}
      {shown === "invite" && talking ? (
        <InviteDialog call={call} onInvite={props.onInvite} onAct={props.onAct} onClose={close} />
      ) : null}
      {shown === "transfer" && talking ? (
        <TransferDialog
          from={person.unit}
          onTransfer={(unit) => act({ type: "transfer", call: call.call, unit })}
          onClose={close}
        />
      ) : null}
      {shown === "set_tier" ? (
        <TierDialog
          tier={person.tier}
          onCorrect={(tier, reason) =>
            act({ type: "set_tier", ticket: person.ticket, rev: person.rev, tier, reason })
          }
          onClose={close}
        />
      ) : null}
      {shown === "remove" ? (
        <RemoveDialog
          number={person.number}
          onRemove={(reason) => act({ type: "remove", ticket: person.ticket, reason })}
          onClose={close}
        />
      ) : null}
    </>
  );
}
