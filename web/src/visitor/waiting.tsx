import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { Notice } from "~/components/notice";
import { Ticket } from "~/components/ticket";
import { common } from "~/i18n/common";
import { handoverWords } from "~/i18n/handover";
import { visitorWords } from "~/i18n/visitor";
import { browserDrawer } from "~/models/drawer";
import { TakingModel } from "~/models/handover";
import { HeadStarts } from "~/models/head_starts";
import { isThere, RINGS, type VisitModel } from "~/models/visit";
import {
  type Cause,
  EVERY_FETCH_REASON,
  type PublicUnit,
  type TicketBody,
  type Worsening,
} from "~/protocol/types";
import { alarm } from "~/visitor/alarm";
import { browser } from "~/visitor/browser";
import { BrowserNotice } from "~/visitor/browser_notice";
import { CheckOffer } from "~/visitor/check_offer";
import { ContactLines } from "~/visitor/contact";
import { MediaStrip } from "~/visitor/media_strip";
import { notifications } from "~/visitor/notifications";
import { clockAt, untilAt } from "~/visitor/sentences";
import { NotMeDialog } from "~/visitor/not_me";
import { TakeDialog } from "~/visitor/take";
import type { ScreenProps, Visit } from "~/visitor/visit";

/** Somebody whose place was over is back in time. */
const RECOVERED: ReadonlySet<Cause> = new Set(["lost_back", "no_show_back"]);

/** In line: the place, what it will take, and one notice at most. */
export function Waiting({ visit, onAgain }: ScreenProps) {
  const { model } = visit;
  const words = visitorWords.value;
  const leaving = useSignal(false);
  const asked = useSignal<"take" | "not_me" | null>(null);
  const taking = useMemo(() => new TakingModel(() => model.connection.serverNow()), []);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const ticket = model.ticket.value;
  if (ticket === null) return null;
  const { unit } = ticket;
  const toldFirst = ticket.fetch_until_ms !== null || model.mediaChosen.value;
  return (
    <main class="page">
      <header class="unit-head">
        <h1 class="unit-name" ref={title} tabIndex={-1}>
          {unit.name}
        </h1>
        <p class="quiet">{hoursOf(unit)}</p>
      </header>
      <Place ticket={ticket} />
      {/* What the person must do or know stands where it is seen without scrolling. */}
      {toldFirst ? null : <MediaStrip key="media" model={model} />}
      <Urgent visit={visit} ticket={ticket} />
      {toldFirst ? <MediaStrip key="media" model={model} /> : null}
      <Quiet />
      <p class="quiet">{words.waiting.keepOpen}</p>
      <BrowserNotice browser={browser()} />
      {stuck(model, ticket) ? <ContactLines contact={unit.contact} /> : null}
      <p class="offer">
        <CheckOffer media={model.media} onFound={(found) => model.checked(found)} />
        <Button kind="link" onClick={() => (asked.value = "take")} data-testid="handover">
          {handoverWords.value.take}
        </Button>
        <Button kind="link" onClick={() => (asked.value = "not_me")} data-testid="not-me">
          {handoverWords.value.notMe}
        </Button>
      </p>
      <Button kind="quiet" wide onClick={() => (leaving.value = true)} data-testid="leave-queue">
        {words.waiting.leave}
      </Button>
      {asked.value === "take" ? (
        <TakeDialog model={taking} now={visit.ticker.now} onClose={() => (asked.value = null)} />
      ) : null}
      {asked.value === "not_me" ? (
        <NotMeDialog
          onForgotten={() => {
            new HeadStarts(browserDrawer()).forget(unit.slug);
            model.forget();
            onAgain();
          }}
          onClose={() => (asked.value = null)}
        />
      ) : null}
      {leaving.value ? (
        <Dialog
          title={words.waiting.leaveTitle}
          onClose={() => (leaving.value = false)}
          actions={
            <>
              <Button kind="main" onClick={() => (leaving.value = false)}>
                {words.waiting.leaveNo}
              </Button>
              <Button
                kind="danger"
                disabled={model.asking.value !== null}
                onClick={() => void model.leave()}
                data-testid="leave-queue-yes"
              >
                {words.waiting.leaveYes}
              </Button>
            </>
          }
        >
          <p>{words.waiting.leaveHow}</p>
          {model.refusal.value === null ? null : (
            <p class="field-error" role="alert">
              {common.value.refusals[model.refusal.value]}
            </p>
          )}
        </Dialog>
      ) : null}
    </main>
  );
}

/** No dead end: where waiting may lead nowhere, the other ways stand on the page. */
function stuck(model: VisitModel, { unit, returned }: TicketBody): boolean {
  return unit.attending === 0 || !unit.open || !isThere(model.connection) || returned !== null;
}

/** The ticket and what is under its tear line. */
export function Place({ ticket }: { readonly ticket: TicketBody }) {
  const words = visitorWords.value.waiting;
  const ahead = ticket.ahead ?? 0;
  return (
    <Ticket
      label={words.ticket}
      aside={words.arrival(clockAt(ticket.joined_ms, ticket.unit.zone, common.value))}
      number={ticket.number}
    >
      {/* The key makes a changed place a new element: it moves in, and nothing else on the page does. */}
      <p class="ahead numbers" key={ahead} data-testid="position">
        {words.ahead(ahead)}
      </p>
      <p data-testid="estimate">{estimateOf(ticket)}</p>
    </Ticket>
  );
}

function estimateOf(ticket: TicketBody): string {
  const words = visitorWords.value.waiting;
  if (ticket.unit.attending === 0) return words.unattended;
  if (ticket.estimate === null) return words.noEstimate;
  return words.wait(ticket.estimate.low_min, ticket.estimate.high_min);
}

/** One notice, the most important: the line, a missed ring, a line that got longer. */
function Urgent({ visit, ticket }: { readonly visit: Visit; readonly ticket: TicketBody }) {
  const { model } = visit;
  const words = visitorWords.value.waiting;
  if (model.connection.status.value === "refused") {
    const code = model.connection.refusal.value?.code ?? "no_session";
    return (
      <Notice tone="bad" role="alert">
        <p>{common.value.refusals[code]}</p>
        <Button kind="link" onClick={() => model.connection.retry()}>
          {common.value.tryAgain}
        </Button>
      </Notice>
    );
  }
  const kept = model.keptUntil.value;
  if (kept !== null) {
    const sentence = navigator.onLine
      ? words.silent
      : words.offline(untilAt(kept, ticket.unit.zone, common.value));
    return (
      <Notice tone="warn" role="status">
        <p>{sentence}</p>
        <Button kind="link" onClick={() => model.connection.retry()}>
          {common.value.tryAgain}
        </Button>
      </Notice>
    );
  }
  if (ticket.fetch_until_ms !== null) return <Fetching model={model} ticket={ticket} />;
  if (ticket.worsening !== null) {
    return (
      <Notice tone="warn" role="status">
        <p>{worsened(ticket.worsening, ticket.ahead ?? 0)}</p>
      </Notice>
    );
  }
  const { returned } = ticket;
  if (returned !== null) {
    return (
      <Notice tone={RECOVERED.has(returned.cause) ? "ok" : "warn"} role="status">
        <p>
          {returned.cause === "not_entered"
            ? words.missed(RINGS - ticket.tries)
            : words.again[returned.cause]}
        </p>
      </Notice>
    );
  }
  if (ticket.tier_corrected !== null) {
    return (
      <Notice tone="plain" role="status">
        <p>{words.tierCorrected[ticket.tier_corrected]}</p>
      </Notice>
    );
  }
  if (!ticket.unit.open) {
    return (
      <Notice tone="plain" role="status">
        <p>{words.closedNow}</p>
      </Notice>
    );
  }
  if (ticket.unit.suspended !== null) {
    return (
      <Notice tone="plain" role="status">
        <p>{words.suspendedNow(ticket.unit.suspended.message)}</p>
      </Notice>
    );
  }
  if (ticket.head_start) {
    return (
      <Notice tone="ok">
        <p>{words.headStart}</p>
      </Notice>
    );
  }
  if (ticket.near && ticket.unit.attending > 0) {
    return (
      <Notice tone="ok">
        <p>{words.near}</p>
      </Notice>
    );
  }
  return null;
}

/** Sent back to fetch something: what, until when the place waits for it, and the button that says it is there. */
function Fetching(props: { readonly model: VisitModel; readonly ticket: TicketBody }) {
  const words = visitorWords.value.waiting;
  const { model, ticket } = props;
  const what = EVERY_FETCH_REASON.find((reason) => reason === ticket.returned?.detail) ?? "other";
  const refusal = model.refusal.value;
  return (
    <Notice tone="warn" role="status">
      <p>
        {words.fetch[what]}{" "}
        {words.fetchHow(untilAt(ticket.fetch_until_ms ?? 0, ticket.unit.zone, common.value))}
      </p>
      <Button
        kind="main"
        data-testid="ready"
        disabled={model.asking.value !== null}
        onClick={() => void model.ready()}
      >
        {words.ready}
      </Button>
      {refusal === null ? null : <p class="field-error">{common.value.refusals[refusal]}</p>}
    </Notice>
  );
}

function worsened(why: Worsening, ahead: number): string {
  const words = visitorWords.value.waiting;
  switch (why) {
    case "priority_entered":
    case "returned":
    case "order":
      return words.worsened(words.worsenings[why], words.ahead(ahead));
    case "attendant_left":
    case "slower":
      return words.slower(words.worsenings[why]);
  }
}

/** "Aberta até as 18h (horário de Cuiabá)" */
function hoursOf(unit: PublicUnit): string {
  const words = visitorWords.value.unit;
  if (!unit.open) return words.closedNow;
  const until = unit.until === null ? null : untilAt(Date.parse(unit.until), unit.zone, common.value);
  return until === null ? words.openNow : words.hours(until, common.value.zone(unit.zone));
}

/** Offers that may be left alone: the sound after a reload, a notification outside the page. */
function Quiet() {
  const words = visitorWords.value.waiting;
  if (alarm.locked.value) {
    return (
      <p class="offer">
        <span>{words.soundOff}</span>
        <Button kind="link" onClick={() => alarm.unlock()}>
          {words.soundOn}
        </Button>
      </p>
    );
  }
  if (notifications.state.value === "unasked") {
    return (
      <p class="offer">
        <Button kind="link" onClick={() => void notifications.ask()}>
          {words.notify}
        </Button>
      </p>
    );
  }
  return null;
}
