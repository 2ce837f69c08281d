import { countdown } from "~/attendant/sentences";
import { Button } from "~/components/button";
import { deskWords } from "~/i18n/desk";
import { guestWords } from "~/i18n/guest";
import type { AtDesk } from "~/models/desk";
import { secondsUntil } from "~/models/ticker";
import type { AskedIn, DeskCall } from "~/protocol/types";

/** It rings at this desk: somebody asks for help in their call. */
export function AskedCard(props: {
  readonly asked: AskedIn;
  readonly now_ms: number;
  readonly busy: boolean;
  readonly onAnswer: (answer: "come" | "decline") => void;
}) {
  const words = deskWords.value;
  const { asked, onAnswer } = props;
  const { clerk } = asked;
  return (
    <section class="asked" aria-labelledby="asked-title" data-testid="asked">
      <h2 id="asked-title">{words.asked(clerk.name)}</h2>
      <p>{[clerk.function, clerk.unit].filter((part) => part !== "").join(" · ")}</p>
      <p class="numbers">
        {words.askedHow(asked.number, countdown(secondsUntil(asked.until_ms, props.now_ms)))}
      </p>
      <div class="asked-answers">
        <Button data-testid="come" disabled={props.busy} onClick={() => onAnswer("come")}>
          {words.come}
        </Button>
        <Button kind="quiet" data-testid="decline" disabled={props.busy} onClick={() => onAnswer("decline")}>
          {words.decline}
        </Button>
      </div>
    </section>
  );
}

/** Whom one has asked into the call, and what came of it. */
export function AskedLine(props: {
  readonly call: DeskCall;
  readonly now_ms: number;
  readonly onAct: (command: AtDesk) => void;
}) {
  const words = guestWords.value;
  const { asked, call } = props.call;
  if (asked === null) return null;
  const name = asked.name ?? words.kinds[asked.kind];
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it holds a button, an output may not
    <div class="person-line" role="status" data-testid="asked-line">
      <span>
        {asked.answer === null
          ? words.asking(name, countdown(secondsUntil(asked.until_ms ?? 0, props.now_ms)))
          : asked.name === null
            ? words.noInterpreter[asked.answer]
            : words.answers[asked.answer](name)}
      </span>
      {asked.answer === null ? (
        <Button
          kind="link"
          data-testid="stop-asking"
          onClick={() => props.onAct({ type: "stop_asking", call })}
        >
          {words.stopAsking}
        </Button>
      ) : null}
    </div>
  );
}
