import type { ComponentChildren } from "preact";
import { countdown, nameOf } from "~/attendant/sentences";
import { Button } from "~/components/button";
import { Notice } from "~/components/notice";
import { Ticket } from "~/components/ticket";
import { common } from "~/i18n/common";
import { deskWords } from "~/i18n/desk";
import { minutesSince, secondsUntil } from "~/models/ticker";
import type { DeskCall, DeskUnit, DeskView, LineRow, Outcome, Person } from "~/protocol/types";

/** At rest: the next ticket, large, or that nobody waits. */
export function Ready(props: {
  readonly view: DeskView;
  readonly next: LineRow | null;
  readonly now_ms: number;
  readonly muted: boolean;
}) {
  const words = deskWords.value;
  const { next, view } = props;
  const closed = view.units.every((unit) => !unit.chosen || !unit.open);
  const notice = closed ? <Notice tone="warn">{words.closed}</Notice> : null;
  if (next === null) {
    return (
      <Quiet title={words.nobody}>
        <p>{props.muted ? words.nobodyHintMuted : words.nobodyHint}</p>
        {notice}
      </Quiet>
    );
  }
  const tier = words.tiers[next.tier];
  const wait = words.waitingFor(words.minutes(minutesSince(next.joined_ms, props.now_ms)));
  return (
    <div class="centre-paper">
      <Ticket label={words.next} number={next.number}>
        <p class="next-why">{tier === null ? wait : `${tier} · ${wait}`}</p>
        <p class="next-unit">{nameOf(view.units, next.unit)}</p>
      </Ticket>
      {notice}
    </div>
  );
}

/** It rings on the other side. Cancelling stands apart from the main button. */
export function Ringing(props: {
  readonly person: Person;
  readonly call: DeskCall;
  readonly units: readonly DeskUnit[];
  readonly now_ms: number;
  readonly busy: boolean;
  readonly onCancel: () => void;
}) {
  const words = deskWords.value;
  const { call, person } = props;
  return (
    <div class="centre-paper">
      <Ticket label={words.ringing} number={person.number}>
        <p class="next-why">
          {call.seen ? words.ringingSeen(person.name) : words.ringingUnseen(person.name)}
        </p>
        {call.until_ms === null ? null : (
          <p class="ring-left numbers">
            {words.ringLeft(countdown(secondsUntil(call.until_ms, props.now_ms)))}
          </p>
        )}
        <p class="next-unit">{nameOf(props.units, person.unit)}</p>
      </Ticket>
      <div class="ring-cancel">
        <Button data-testid="cancel-call" disabled={props.busy} onClick={props.onCancel}>
          {words.cancelRing}
        </Button>
        <p class="desk-small">{words.cancelHint}</p>
      </div>
    </div>
  );
}

/** The conversation is over: what it came to, and then the next. */
export function WrapUp(props: {
  readonly view: DeskView;
  readonly outcome: Outcome | null;
  /** The call that the visitor ended, if it was they. */
  readonly endedByVisitor: string | null;
  readonly now_ms: number;
  readonly busy: boolean;
  readonly onExtend: () => void;
}) {
  const words = deskWords.value;
  const { view } = props;
  const byVisitor = view.call !== null && view.call.call === props.endedByVisitor;
  const end = byVisitor ? "visitor_left" : (view.call?.end ?? "hung_up");
  const left = view.wrap_until_ms === null ? null : secondsUntil(view.wrap_until_ms, props.now_ms);
  return (
    <Quiet title={words.ended[end](view.person?.name ?? "")}>
      <output>
        {props.outcome === null ? words.chooseOutcome : words.readyToFinish(words.outcomes[props.outcome])}
      </output>
      {left === null ? null : <p class="numbers">{words.wrapLeft(countdown(left))}</p>}
      {view.wrap_extendable ? (
        <Button data-testid="extend-wrap-up" disabled={props.busy} onClick={props.onExtend}>
          {words.wrapMore}
        </Button>
      ) : null}
    </Quiet>
  );
}

/** In a pause: which, for how long, and why where the counter began it. */
export function Paused(props: { readonly view: DeskView; readonly now_ms: number }) {
  const words = deskWords.value;
  const { pause, since_ms } = props.view;
  const minutes = minutesSince(since_ms, props.now_ms);
  return (
    <Quiet
      title={
        pause === null ? words.status.paused : `${words.status.paused}: ${words.pauses[pause].toLowerCase()}`
      }
    >
      {pause === "cancelled" ? <p>{words.pausedCancelled}</p> : null}
      {pause === "vanished" ? <p>{words.pausedVanished}</p> : null}
      <p>
        {minutes === 0 ? null : `${words.pausedSince(common.value.duration(minutes))} `}
        {words.paused}
      </p>
    </Quiet>
  );
}

/** Another page has the desk. */
export function Elsewhere(props: { readonly busy: boolean; readonly onTakeOver: () => void }) {
  const words = deskWords.value;
  return (
    <Quiet title={words.elsewhere}>
      <p>{words.elsewhereHint}</p>
      <Button kind="main" data-testid="take-over" disabled={props.busy} onClick={props.onTakeOver}>
        {words.takeOver}
      </Button>
    </Quiet>
  );
}

/** A calm middle: a title and a few words on paper. */
export function Quiet(props: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="centre-paper centre-quiet">
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}
