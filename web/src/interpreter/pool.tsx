import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { askedHere, RingCard } from "~/attendant/asked";
import type { Bell } from "~/attendant/bell";
import { PauseDialog } from "~/attendant/dialogs";
import { HelpingStage } from "~/attendant/helping";
import { listenToKeys } from "~/attendant/keys";
import { OwnPicture } from "~/attendant/own_picture";
import { Elsewhere, Quiet } from "~/attendant/screens";
import { refusalSentence } from "~/attendant/sentences";
import type { CallModel } from "~/call/call";
import type { MediaModel } from "~/call/media";
import { Button } from "~/components/button";
import { Urgent } from "~/components/dialog";
import { Notice } from "~/components/notice";
import { Offline } from "~/components/offline";
import type { LineProps } from "~/components/staff_page";
import { State } from "~/components/state";
import { common } from "~/i18n/common";
import { deskWords } from "~/i18n/desk";
import { interpreterWords } from "~/i18n/interpreter";
import { staffWords } from "~/i18n/staff";
import { PoolUnits } from "~/interpreter/pool_units";
import type { InterpreterModel, PoolScreen } from "~/models/interpreter";
import { minutesSince } from "~/models/ticker";
import type { InterpreterView } from "~/protocol/types";
import "~/attendant/desk.css";
import "~/components/stage/in_call.css";
import "~/interpreter/pool.css";

export interface PoolProps extends LineProps {
  readonly model: InterpreterModel<CallModel>;
  readonly media: MediaModel;
  readonly bell: Bell;
  readonly onSignOut: () => void;
}

/** The Libras interpreters' page: whether one may be called, who calls, and the call. */
export function Pool(props: PoolProps) {
  const { model } = props;
  const view = model.view.value;
  const screen = model.screen.value;
  if (view === null || screen === null) {
    return (
      <main class="desk-opening">
        <h1 class="unseen">{interpreterWords.value.title}</h1>
        {props.status === "offline" ? (
          <Offline sentence={staffWords.value.offline} onRetry={props.onRetry} />
        ) : (
          <p>{staffWords.value.finding}</p>
        )}
      </main>
    );
  }
  return <OpenPool {...props} view={view} screen={screen} />;
}

function OpenPool(props: PoolProps & { readonly view: InterpreterView; readonly screen: PoolScreen }) {
  const { bell, media, model, screen, view } = props;
  const [pausing, setPausing] = useState(false);
  const busy = model.busy.value;
  const asked = model.asked.value;
  const ring =
    asked === null ? null : (
      <RingCard
        ringing={askedHere(asked, model.now.value)}
        busy={busy}
        onAnswer={(answer) => void model.answer(answer)}
      />
    );
  // A pause is chosen between two calls.
  useEffect(() => {
    if (screen !== "ready") setPausing(false);
  }, [screen]);
  const pause = (): void => {
    if (busy) return;
    if (screen === "paused") void model.goAvailable();
    else if (screen === "ready") setPausing(true);
  };

  // With the paint and not some time after it: a key does what the buttons on the screen do.
  useLayoutEffect(() =>
    listenToKeys((action) => {
      bell.unlock();
      if (action === "come" || action === "decline") void model.answer(action);
      if (action === "microphone") void media.setMicrophone(!media.speaks.peek());
      if (action === "pause" && !pausing) pause();
      if (action === "end") void model.leave();
    }),
  );

  if (screen === "helping" && view.helping !== null) {
    return (
      <main class="in-call pool-in-call">
        <h1 class="unseen">{interpreterWords.value.title}</h1>
        <div class="pool-notices">
          <Notices {...props} />
        </div>
        <HelpingStage helping={view.helping} call={model.call.value} offline={props.status === "offline"} />
      </main>
    );
  }
  return (
    <Urgent shown={ring}>
      <div class="pool" onClickCapture={() => bell.unlock()}>
        <PoolBar {...props} onPause={pause} />
        <main class="pool-main">
          <Notices {...props} />
          {ring ?? <Middle {...props} />}
          {screen === "ready" && asked === null ? <PoolUnits model={model} view={view} /> : null}
          {screen === "elsewhere" ? null : <OwnPicture media={media} before={screen === "offline"} />}
        </main>
        {pausing ? (
          <PauseDialog
            onPause={(reason) => {
              setPausing(false);
              void model.pause(reason);
            }}
            onClose={() => setPausing(false)}
          />
        ) : null}
      </div>
    </Urgent>
  );
}

/** Who this is, whether they may be called, and what is not done every minute. */
function PoolBar(
  props: PoolProps & {
    readonly view: InterpreterView;
    readonly screen: PoolScreen;
    readonly onPause: () => void;
  },
) {
  const words = deskWords.value;
  const { bell, model, screen, view } = props;
  return (
    <header class="desk-bar">
      <h1>
        {view.name} · {interpreterWords.value.title}
      </h1>
      <div class="desk-bar-end">
        {screen === "elsewhere" ? null : (
          <State tone={view.status === "available" ? "ok" : "quiet"}>
            {words.status[screen === "offline" ? "offline" : view.status]}
          </State>
        )}
        {screen === "ready" ? (
          <Button kind="link" data-testid="pause" disabled={model.busy.value} onClick={props.onPause}>
            {words.pause}
          </Button>
        ) : null}
        {screen === "elsewhere" ? null : (
          <Button kind="link" data-testid="sound" onClick={() => bell.setMuted(!bell.muted.value)}>
            {bell.muted.value ? interpreterWords.value.soundOn : interpreterWords.value.soundOff}
          </Button>
        )}
        <Button kind="link" data-testid="sign-out" onClick={props.onSignOut}>
          {staffWords.value.signOut}
        </Button>
      </div>
    </header>
  );
}

function Notices(props: PoolProps & { readonly screen: PoolScreen }) {
  const { model, screen, status } = props;
  const refusal = model.refusal.value ?? props.trouble ?? null;
  const over = model.helpOver.value;
  return (
    <>
      {status === "offline" ? (
        <Offline
          sentence={screen === "helping" ? deskWords.value.offlineInCall : staffWords.value.offline}
          onRetry={props.onRetry}
        />
      ) : null}
      {refusal === null ? null : (
        <Notice tone="bad" role="alert">
          {refusalSentence(refusal)}
        </Notice>
      )}
      {over === null ? null : <Notice>{deskWords.value.helped[over]}</Notice>}
    </>
  );
}

function Middle(props: PoolProps & { readonly view: InterpreterView; readonly screen: PoolScreen }) {
  const words = interpreterWords.value;
  const { bell, model, screen, view } = props;
  const busy = model.busy.value;
  switch (screen) {
    case "elsewhere":
      return <Elsewhere busy={busy} onTakeOver={() => void model.takeOver()} />;
    case "ready":
    case "helping":
      return (
        <Quiet title={words.ready}>
          <p>{bell.muted.value ? deskWords.value.nobodyHintMuted : words.readyHow}</p>
        </Quiet>
      );
    case "offline":
    case "paused": {
      const { pause, since_ms } = view;
      const title =
        pause === null ? words.begin : `${words.paused}: ${deskWords.value.pauses[pause].toLowerCase()}`;
      const minutes = minutesSince(since_ms, model.now.value);
      return (
        <Quiet title={title}>
          <p>
            {pause === null
              ? words.startHow
              : `${minutes === 0 ? "" : `${deskWords.value.pausedSince(common.value.duration(minutes))} `}${words.pausedHow}`}
          </p>
          <Button
            kind="main"
            wide
            data-testid="go-available"
            disabled={busy}
            onClick={() => void model.goAvailable()}
          >
            {busy ? words.starting : words.start}
          </Button>
        </Quiet>
      );
    }
    default:
      return screen satisfies never;
  }
}
