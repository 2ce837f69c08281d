import { Apart } from "~/attendant/apart";
import { HelpingStage } from "~/attendant/helping";
import { MainButton } from "~/attendant/main_button";
import { OwnPicture } from "~/attendant/own_picture";
import { Elsewhere, Paused, Quiet, Ready, Ringing, WrapUp } from "~/attendant/screens";
import { nameOf } from "~/attendant/sentences";
import { Units } from "~/attendant/units";
import type { Bell } from "~/attendant/bell";
import type { CallModel } from "~/call/call";
import type { MediaModel } from "~/call/media";
import { Button } from "~/components/button";
import { Stage } from "~/components/stage/stage";
import { deskWords } from "~/i18n/desk";
import type { DeskModel } from "~/models/desk";
import type { Screen } from "~/models/desk_screen";
import type { DeskView } from "~/protocol/types";
import type { LinkStatus } from "~/transport";

interface MiddleProps {
  readonly desk: DeskModel<CallModel>;
  readonly media: MediaModel;
  readonly bell: Bell;
  readonly status: LinkStatus;
  readonly view: DeskView;
  readonly screen: Screen;
  readonly now_ms: number;
  readonly busy: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onCancel: () => void;
}

/** The middle of the desk: paper at rest, the stage in a call. */
export function Middle(props: MiddleProps) {
  const words = deskWords.value;
  const { busy, desk, now_ms, screen, view } = props;
  const call = desk.call.value;
  switch (screen) {
    case "elsewhere":
      return <Elsewhere busy={busy} onTakeOver={() => void desk.takeOver()} />;
    case "offline":
      return (
        <div class="centre-paper">
          <Units units={view.units} chosen={props.chosen} onChoose={props.onChoose} />
          <OwnPicture media={props.media} before />
        </div>
      );
    case "paused":
      return <Paused view={view} now_ms={now_ms} />;
    case "ready":
      return <Ready view={view} next={desk.next.value} now_ms={now_ms} muted={props.bell.muted.value} />;
    case "ringing":
      // The stage is there before the first picture is, which comes sooner than the counter's word.
      if (call?.model.entered.value === true) return <Conversation {...props} />;
      if (view.person === null || view.call === null) return <Quiet title={words.ringing} />;
      return (
        <Ringing
          person={view.person}
          call={view.call}
          units={view.units}
          now_ms={now_ms}
          busy={busy}
          onCancel={props.onCancel}
        />
      );
    case "in_call":
      return <Conversation {...props} />;
    case "helping":
      if (view.helping === null) return <Quiet title={words.activities.helping} />;
      return (
        <HelpingStage
          helping={view.helping}
          call={desk.helping.value}
          offline={props.status === "offline"}
          keys
        />
      );
    case "wrap_up":
      return (
        <WrapUp
          view={view}
          outcome={desk.outcome.value}
          endedByVisitor={desk.endedByVisitor.value}
          now_ms={now_ms}
          busy={busy}
          onExtend={() => void desk.extendWrapUp()}
        />
      );
    default:
      return screen satisfies never;
  }
}

function Conversation({ busy, desk, now_ms, screen, view }: MiddleProps) {
  const call = desk.call.value;
  if (call === null || view.person === null) return <Quiet title={deskWords.value.activities.in_call} />;
  return (
    <Stage
      call={call.model}
      name={view.person.name}
      about={`${view.person.number} · ${nameOf(view.units, view.person.unit)}`}
      keys={{ microphone: "F8", hangUp: "F9" }}
      hangUp={false}
      apart={
        screen === "ringing" || view.call === null || view.call.state === "active" ? null : (
          <Apart
            call={view.call}
            name={view.person.name}
            now_ms={now_ms}
            busy={busy}
            onAct={(command) => void desk.act(command)}
          />
        )
      }
    />
  );
}

/** What stands where the main button stands: it, or the way to start attending. */
export function Bottom(props: {
  readonly desk: DeskModel<CallModel>;
  readonly screen: Screen;
  readonly busy: boolean;
  readonly chosen: boolean;
  readonly onGoAvailable: () => void;
  readonly onResume: () => void;
}) {
  const words = deskWords.value;
  const { busy, desk, screen } = props;
  const main = desk.main.value;
  if (main !== null) {
    return (
      <MainButton
        action={main}
        ready={desk.mainReady.value}
        settled={desk.settled.value}
        busy={busy}
        onPress={() => void desk.press()}
      />
    );
  }
  if (screen === "offline") {
    return (
      <Button
        kind="main"
        wide
        data-testid="go-available"
        disabled={busy || !props.chosen}
        onClick={props.onGoAvailable}
      >
        {busy ? words.goingAvailable : words.goAvailable}
      </Button>
    );
  }
  if (screen === "paused") {
    return (
      <Button kind="main" wide data-testid="go-available" disabled={busy} onClick={props.onResume}>
        {busy ? words.resuming : words.resume}
      </Button>
    );
  }
  return null;
}
