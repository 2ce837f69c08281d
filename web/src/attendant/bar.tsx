import { Button } from "~/components/button";
import { State } from "~/components/state";
import { deskWords } from "~/i18n/desk";
import { staffWords } from "~/i18n/staff";
import type { Screen } from "~/models/desk_screen";
import type { DeskView } from "~/protocol/types";

/** Screens on which a pause may be asked for; in a call it begins after it. */
export const PAUSABLE: ReadonlySet<Screen> = new Set(["ready", "ringing", "in_call", "wrap_up", "helping"]);
/** Screens that one may leave without leaving anybody alone. */
const LEAVABLE: ReadonlySet<Screen> = new Set(["ready", "paused", "offline", "elsewhere"]);

/** Whose desk this is, what they are doing, and what is not done every minute. */
export function Bar(props: {
  readonly view: DeskView;
  readonly screen: Screen;
  readonly busy: boolean;
  readonly muted: boolean;
  readonly onPause: () => void;
  readonly onSettings: () => void;
  readonly onSignOut: () => void;
}) {
  const words = deskWords.value;
  const { screen, view } = props;
  const attended = view.units.filter((unit) => unit.chosen).length;
  return (
    <header class="desk-bar">
      <h1>
        {view.name} · {screen === "offline" ? view.function : words.units(attended)}
      </h1>
      <div class="desk-bar-end">
        <Standing view={view} screen={screen} />
        {PAUSABLE.has(screen) ? (
          <Button kind="link" data-testid="pause" disabled={props.busy} onClick={props.onPause}>
            {view.status === "paused" ? words.resume : words.pause}
          </Button>
        ) : null}
        {props.muted && screen === "ready" ? <span class="desk-small">{words.soundOff}</span> : null}
        {screen === "elsewhere" ? null : (
          <Button kind="link" onClick={props.onSettings}>
            {words.settings}
          </Button>
        )}
        {LEAVABLE.has(screen) ? (
          <Button kind="link" data-testid="sign-out" onClick={props.onSignOut}>
            {staffWords.value.signOut}
          </Button>
        ) : null}
      </div>
    </header>
  );
}

/** What one is doing, in a word and a shape. */
function Standing(props: { readonly view: DeskView; readonly screen: Screen }) {
  const words = deskWords.value;
  const { activity, pause, status } = props.view;
  if (props.screen === "elsewhere") return null;
  if (activity !== "idle") {
    return (
      <State tone="ok">
        {words.activities[activity]}
        {status === "paused" && pause !== null ? ` · ${words.pauseNext(words.pauses[pause])}` : null}
      </State>
    );
  }
  const standing = props.screen === "offline" ? "offline" : status;
  return <State tone={standing === "available" ? "ok" : "quiet"}>{words.status[standing]}</State>;
}
