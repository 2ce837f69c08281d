import { useEffect, useState } from "preact/hooks";
import { Button } from "~/components/button";
import { deskWords } from "~/i18n/desk";
import { type MainAction, STEADY_MS } from "~/models/desk";

const TEST_IDS: Readonly<Record<MainAction, string>> = {
  call: "call-next",
  hang_up: "hang-up",
  finish: "finish",
};

interface MainButtonProps {
  readonly action: MainAction;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly onPress: () => void;
}

/** The one main button, always in the same place: Chamar → Encerrar → Concluir. */
export function MainButton(props: MainButtonProps) {
  return <Steady key={props.action} {...props} />;
}

/** One of its three; says that it is not ready while a click may still be meant for the one before. */
function Steady(props: MainButtonProps) {
  const [steady, setSteady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSteady(true), STEADY_MS);
    return () => clearTimeout(timer);
  }, []);
  const words = deskWords.value;
  const { action, busy } = props;
  const label: Record<MainAction, string> = {
    call: busy ? words.calling : words.call,
    hang_up: words.hangUp,
    finish: busy ? words.finishing : words.finish,
  };
  return (
    <Button
      kind={action === "hang_up" ? "end" : "main"}
      wide
      data-testid={TEST_IDS[action]}
      disabled={!props.ready}
      aria-disabled={!steady}
      onClick={props.onPress}
    >
      {label[action]}
    </Button>
  );
}
