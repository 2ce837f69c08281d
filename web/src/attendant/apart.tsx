import { countdown } from "~/attendant/sentences";
import { Button } from "~/components/button";
import { deskWords } from "~/i18n/desk";
import type { AtDesk } from "~/models/desk";
import { secondsUntil } from "~/models/ticker";
import type { DeskCall } from "~/protocol/types";

/** Over the stage while they do not talk: on hold, or somebody gone; and what the clerk can do about it. */
export function Apart(props: {
  readonly call: DeskCall;
  readonly name: string;
  readonly now_ms: number;
  readonly busy: boolean;
  readonly onAct: (command: AtDesk) => void;
}) {
  const words = deskWords.value;
  const { call, name } = props;
  const left = countdown(call.until_ms === null ? 0 : secondsUntil(call.until_ms, props.now_ms));
  if (call.state === "on_hold") {
    return (
      <>
        <p class="stage-card-name">{words.held}</p>
        <p class="numbers">{words.heldHow(name, left)}</p>
        <Button
          kind="main"
          data-testid="unhold"
          disabled={props.busy}
          onClick={() => props.onAct({ type: "unhold", call: call.call })}
        >
          {words.unhold}
        </Button>
      </>
    );
  }
  if (call.gone !== "visitor") return <p>{words.selfGone}</p>;
  return (
    <>
      <p class="stage-card-name">{words.gone(name)}</p>
      <p class="numbers">{words.goneHow(left)}</p>
      <Button
        kind="main"
        data-testid="release"
        disabled={props.busy}
        onClick={() => props.onAct({ type: "release", call: call.call })}
      >
        {words.release}
      </Button>
      <p>{words.releaseHow}</p>
    </>
  );
}
