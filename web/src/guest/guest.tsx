import { useEffect, useRef, useState } from "preact/hooks";
import { CallModel } from "~/call/call";
import { ownCertificate } from "~/call/certificate";
import { MediaModel } from "~/call/media";
import { Button } from "~/components/button";
import { guestApart } from "~/components/guest_apart";
import { TextField } from "~/components/field";
import { Notice } from "~/components/notice";
import { Stage } from "~/components/stage/stage";
import { common } from "~/i18n/common";
import { guestWords } from "~/i18n/guest";
import { browserDrawer } from "~/models/drawer";
import { GuestModel } from "~/models/guest";
import type { GuestView } from "~/protocol/types";
import { connect } from "~/transport";
import "~/components/stage/in_call.css";

function prepared(code: string): { readonly media: MediaModel; readonly model: GuestModel<CallModel> } {
  void ownCertificate();
  const media = new MediaModel();
  const model = new GuestModel<CallModel>({
    code,
    drawer: browserDrawer(),
    connect: () => connect("/guest"),
    makeCall: (wire, call, party) => new CallModel({ wire, party, call, media }),
  });
  return { media, model };
}

/** `/acompanhar/<code>`: the link by which somebody else joins a call. */
export function GuestPage({ code }: { readonly code: string }) {
  const [{ media, model }] = useState(() => prepared(code));
  useEffect(() => {
    void model.open();
    return () => {
      model.dispose();
      media.dispose();
    };
  }, [media, model]);
  const screen = model.screen.value;
  // A page that is opened again in the call needs its devices again.
  useEffect(() => {
    if (screen === "in_call" && media.camera.peek() === "unasked") void media.ask("video");
  }, [media, screen]);
  return <GuestScreens model={model} />;
}

export function GuestScreens({ model }: { readonly model: GuestModel<CallModel> }) {
  const words = guestWords.value;
  const title = useRef<HTMLHeadingElement>(null);
  const screen = model.screen.value;
  useEffect(() => title.current?.focus(), [screen]);
  const view = model.view.value;
  const call = model.call.value;
  const refusal = model.refusal.value;
  if (screen === "in_call" && view !== null && call !== null) {
    return (
      <main class="in-call">
        <h1 class="unseen" ref={title} tabIndex={-1}>
          {words.title}
        </h1>
        <InCall model={model} view={view} call={call} />
      </main>
    );
  }
  return (
    <main class="page" data-testid={`guest-${screen}`}>
      <h1 class="title" ref={title} tabIndex={-1}>
        {screen === "left" ? words.overTitle : words.title}
      </h1>
      {screen === "opening" || screen === "in_call" ? <p role="status">{words.opening}</p> : null}
      {screen === "invited" ? <Invited model={model} /> : null}
      {screen === "refused" && refusal !== null ? (
        <>
          <Notice tone={refusal === "no_answer" ? "warn" : "bad"} role="alert">
            <p>{common.value.refusals[refusal === "no_session" ? "invitation_unknown" : refusal]}</p>
          </Notice>
          {refusal === "no_answer" ? (
            <Button kind="main" wide disabled={model.busy.value} onClick={() => void model.look()}>
              {words.again}
            </Button>
          ) : null}
        </>
      ) : null}
      {screen === "mirror" ? (
        <>
          <p>{words.mirror}</p>
          <Button kind="main" wide onClick={() => location.reload()}>
            {words.here}
          </Button>
        </>
      ) : null}
      {screen === "left" && view?.left ? <p role="status">{words.left[view.left]}</p> : null}
    </main>
  );
}

function Invited({ model }: { readonly model: GuestModel<CallModel> }) {
  const words = guestWords.value;
  const card = model.card.value;
  const refusal = model.refusal.value;
  if (card === null) return null;
  const missing = refusal === "name_missing";
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void model.join();
      }}
    >
      <p>{words.from(card.clerk.name, card.clerk.unit)}</p>
      <p>{words.as(words.kinds[card.kind])}</p>
      {refusal === null || missing ? null : (
        <Notice tone="bad" role="alert">
          <p>{common.value.refusals[refusal]}</p>
        </Notice>
      )}
      <TextField
        id="guest-name"
        label={words.name}
        hint={words.nameHow}
        value={model.name.value}
        onText={(name) => model.type(name)}
        error={missing ? words.nameMissing : null}
        testId="guest-name"
      />
      <Button kind="main" wide submit disabled={model.busy.value} data-testid="guest-enter">
        {model.busy.value ? words.entering : words.enter}
      </Button>
    </form>
  );
}

function InCall(props: {
  readonly model: GuestModel<CallModel>;
  readonly view: GuestView;
  readonly call: CallModel;
}) {
  const { call, model, view } = props;
  const { clerk } = view.call;
  const about = [clerk.function, clerk.unit].filter((part) => part !== "").join(" · ");
  const cut = model.connection.value?.status.value !== "online" && call.leg.value === "broken";
  return <Stage call={call} name={clerk.name} about={about} apart={guestApart(view.call.state, cut)} />;
}
