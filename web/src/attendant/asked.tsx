import { useId } from "preact/hooks";
import { countdown } from "~/attendant/sentences";
import { Button } from "~/components/button";
import { deskWords } from "~/i18n/desk";
import { guestWords } from "~/i18n/guest";
import type { AtDesk } from "~/models/desk";
import { secondsUntil } from "~/models/ticker";
import type { AskedIn, DeskCall, OfferedView } from "~/protocol/types";

/** Who waits for an answer at this desk, and what they want. */
export interface Ringing {
  readonly title: string;
  readonly about: string;
  readonly how: string;
  readonly come: string;
}

/** Somebody asks for help in their call. */
export function askedHere({ clerk, number, until_ms }: AskedIn, now_ms: number): Ringing {
  const words = deskWords.value;
  return {
    title: words.asked(clerk.name),
    about: [clerk.function, clerk.unit].filter((part) => part !== "").join(" · "),
    how: words.askedHow(number, countdown(secondsUntil(until_ms, now_ms))),
    come: words.come,
  };
}

/** An interpreter offers to come into the call at this desk. */
export function offeredHere({ function: about, name, until_ms }: OfferedView, now_ms: number): Ringing {
  const words = deskWords.value;
  return {
    title: words.offered(name),
    about,
    how: words.offeredHow(countdown(secondsUntil(until_ms, now_ms))),
    come: words.letIn,
  };
}

/** It rings at this desk. */
export function RingCard(props: {
  readonly ringing: Ringing;
  readonly busy: boolean;
  readonly onAnswer: (answer: "come" | "decline") => void;
}) {
  const { onAnswer, ringing } = props;
  const title = useId();
  return (
    <section class="asked" aria-labelledby={title} data-testid="asked">
      <h2 id={title}>{ringing.title}</h2>
      <p class="asked-about">{ringing.about}</p>
      <p class="numbers">{ringing.how}</p>
      <div class="asked-answers">
        <Button data-testid="come" disabled={props.busy} onClick={() => onAnswer("come")}>
          {ringing.come}
        </Button>
        <Button kind="quiet" data-testid="decline" disabled={props.busy} onClick={() => onAnswer("decline")}>
          {deskWords.value.decline}
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
  const answer = asked.answer;
  const told =
    answer === null
      ? words.asking(name)
      : asked.name === null
        ? words.noInterpreter[answer]
        : words.answers[answer](name);
  return (
    <Waiting
      told={told}
      until_ms={asked.until_ms}
      now_ms={props.now_ms}
      testId="asked-line"
      stop={words.stopAsking}
      onStop={() => props.onAct({ type: "stop_asking", call })}
    />
  );
}

/** It rings at somebody else's page: for how long yet, and the way to wait no more; or what came of it. */
export function Waiting(props: {
  readonly told: string;
  /** Null: it rings no more. */
  readonly until_ms: number | null;
  readonly now_ms: number;
  readonly testId: string;
  readonly stop: string;
  readonly onStop: () => void;
}) {
  return (
    <div class="person-line" data-testid={props.testId}>
      <p role="status">{props.told}</p>
      {props.until_ms === null ? null : (
        <>
          <span class="numbers">{countdown(secondsUntil(props.until_ms, props.now_ms))}</span>
          <Button kind="link" data-testid={`${props.testId}-stop`} onClick={props.onStop}>
            {props.stop}
          </Button>
        </>
      )}
    </div>
  );
}
