import { useState } from "preact/hooks";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { common } from "~/i18n/common";
import { guestWords } from "~/i18n/guest";
import type { AtDesk, Inviting } from "~/models/desk";
import type { DeskCall, Invite, Invited } from "~/protocol/types";

const KINDS: readonly Invite["kind"][] = ["companion", "interpreter"];
/** Beside the two whose call it is. */
const SEATS = 2;

/** Who else joins the call, by a link to pass on; who has, and the way out for them. */
export function InviteDialog(props: {
  readonly call: DeskCall;
  readonly onInvite: Inviting;
  readonly onAct: (command: AtDesk) => void;
  readonly onClose: () => void;
}) {
  const words = guestWords.value;
  const { call } = props;
  const [link, setLink] = useState<(Invited & Pick<Invite, "kind">) | null>(null);
  const [copied, setCopied] = useState(false);
  // A link that somebody has used, or that is over, is not shown on.
  const shown = link !== null && call.invited_until_ms === link.until_ms ? link : null;
  const invite = async (kind: Invite["kind"]): Promise<void> => {
    const invited = await props.onInvite(call.call, kind);
    setCopied(false);
    setLink(invited === null ? null : { ...invited, kind });
  };
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Dialog
      title={shown === null ? words.invite : words.linkOf(words.kinds[shown.kind])}
      onClose={props.onClose}
      actions={
        <Button kind="quiet" onClick={props.onClose}>
          {common.value.close}
        </Button>
      }
    >
      {shown === null ? (
        <>
          {call.guests.length < SEATS ? (
            <>
              <Staff {...props} />
              <h3>{words.byLink}</h3>
              <p>{words.inviteHow}</p>
              <div class="whys whys-beside" role="group" aria-label={words.inviteWho}>
                {KINDS.map((kind) => (
                  <Button key={kind} wide data-testid={`invite-${kind}`} onClick={() => void invite(kind)}>
                    {words.kinds[kind]}
                  </Button>
                ))}
              </div>
            </>
          ) : (
            <p>{common.value.refusals.call_full}</p>
          )}
          {call.guests.length === 0 ? null : (
            <>
              <h3>{words.inCall}</h3>
              <div class="whys">
                {call.guests.map(({ kind, name, party }) =>
                  party === "guest_1" || party === "guest_2" ? (
                    <Button
                      key={party}
                      kind="danger"
                      wide
                      data-testid={`dismiss-${party}`}
                      onClick={() => props.onAct({ type: "dismiss", call: call.call, party })}
                    >
                      {words.dismiss(`${name} (${words.kinds[kind]})`)}
                    </Button>
                  ) : null,
                )}
              </div>
            </>
          )}
        </>
      ) : (
        <>
          <p>{words.linkHow}</p>
          <p class="invite-link" data-testid="invite-link">
            {shown.link}
          </p>
          {"clipboard" in navigator ? (
            <Button wide onClick={() => void copy(shown.link)}>
              {copied ? words.copied : words.copy}
            </Button>
          ) : null}
          <img class="invite-drawing" src={shown.qr} alt={words.drawing} />
        </>
      )}
    </Dialog>
  );
}

/** Who of the court may come now: it rings at their page. */
function Staff(props: {
  readonly call: DeskCall;
  readonly onAct: (command: AtDesk) => void;
  readonly onClose: () => void;
}) {
  const words = guestWords.value;
  const { call, colleagues } = props.call;
  const ask = (command: AtDesk): void => {
    props.onClose();
    props.onAct(command);
  };
  return (
    <>
      <h3>{words.staff}</h3>
      <div class="whys" role="group" aria-label={words.staff}>
        {colleagues.map(({ id, name, status }) => (
          <Button
            key={id}
            wide
            data-testid={`ask-${id}`}
            onClick={() => ask({ type: "ask_colleague", call, colleague: id })}
          >
            {words.ask(status === "paused" ? `${name} (${words.paused})` : name)}
          </Button>
        ))}
        <Button wide data-testid="ask-interpreters" onClick={() => ask({ type: "ask_interpreters", call })}>
          {words.askInterpreters}
        </Button>
      </div>
      {colleagues.length === 0 ? <p class="desk-small">{words.noColleagues}</p> : null}
    </>
  );
}
