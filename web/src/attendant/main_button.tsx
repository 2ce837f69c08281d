import { Button } from "~/components/button";
import { deskWords } from "~/i18n/desk";
import type { MainAction } from "~/models/desk_screen";

const TEST_IDS: Readonly<Record<MainAction, string>> = {
  call: "call-next",
  hang_up: "hang-up",
  finish: "finish",
  leave: "hang-up",
};

/** The one main button, always in the same place: Chamar → Encerrar → Concluir. */
export function MainButton(props: {
  readonly action: MainAction;
  readonly ready: boolean;
  readonly busy: boolean;
  /** It has been this button for long enough to be meant; until then it says that it is not ready. */
  readonly settled: boolean;
  readonly onPress: () => void;
}) {
  const words = deskWords.value;
  const { action, busy } = props;
  const label: Record<MainAction, string> = {
    call: busy ? words.calling : words.call,
    hang_up: words.hangUp,
    finish: busy ? words.finishing : words.finish,
    leave: words.leave,
  };
  return (
    <Button
      key={action}
      kind={action === "hang_up" || action === "leave" ? "end" : "main"}
      wide
      data-testid={TEST_IDS[action]}
      disabled={!props.ready}
      aria-disabled={props.settled ? undefined : "true"}
      onClick={props.onPress}
    >
      {label[action]}
    </Button>
  );
}
