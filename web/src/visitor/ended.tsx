import { useEffect, useRef } from "preact/hooks";
import { Button } from "~/components/button";
import { Ticket } from "~/components/ticket";
import { common } from "~/i18n/common";
import { visitorWords, type VisitorWords } from "~/i18n/visitor";
import { type EndView, EVERY_REMOVE_REASON, type TicketBody } from "~/protocol/types";
import { portalOf } from "~/visitor/browser";
import { ContactLines } from "~/visitor/contact";
import { headStartPath } from "~/models/head_starts";
import { receiptPath } from "~/visitor/route";
import { momentAt, opening, timeAt, untilAt } from "~/visitor/sentences";
import type { ScreenProps } from "~/visitor/visit";

/** How the visit ended, its proof, and every way on. */
export function Ended({ visit, onAgain }: ScreenProps) {
  const { model, ticker } = visit;
  const words = visitorWords.value;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const ticket = model.ticket.value;
  if (ticket === null) return null;
  const { unit, end } = ticket;
  const portal = portalOf(location.search);
  const back = end?.back_until_ms ?? null;
  const mayComeBack = back !== null && back > ticker.now.value;
  const headStart = end?.head_start_until_ms ?? null;
  const keptUntil =
    headStart === null ? null : momentAt(headStart, ticker.now.value, unit.zone, common.value);
  const [head, how] = ending(ticket, end, words);
  return (
    <main class="page">
      <h1 class="title" ref={title} tabIndex={-1}>
        {head}
      </h1>
      <p>{mayComeBack ? words.ended.noShowBack(untilAt(back, unit.zone, common.value)) : how}</p>
      {mayComeBack ? (
        <Button
          kind="main"
          wide
          disabled={model.asking.value !== null}
          onClick={() => void model.comeBack()}
          data-testid="come-back"
        >
          {words.ended.back}
        </Button>
      ) : null}
      {end !== null && keptUntil !== null ? (
        <>
          <p>{words.ended.closedBack(keptUntil)}</p>
          <a
            class="button button-main"
            href={headStartPath(unit.slug, end.receipt)}
            onClick={() => model.forget()}
          >
            {words.ended.closedKeep}
          </a>
        </>
      ) : null}
      {model.refusal.value === null ? null : (
        <p class="field-error" role="alert">
          {common.value.refusals[model.refusal.value]}
        </p>
      )}
      <Ticket label={words.waiting.ticket} aside={unit.name} number={ticket.number}>
        {end === null ? null : <Proof end={end} />}
      </Ticket>
      {portal === null ? null : (
        <a class="button button-main" href={portal.href}>
          {words.ended.portal(portal.host)}
        </a>
      )}
      {unit.open ? (
        <Button
          kind="plain"
          wide
          onClick={() => {
            model.forget();
            onAgain();
          }}
          data-testid="take-another"
        >
          {words.ended.again}
        </Button>
      ) : (
        <p>{opening(unit, ticker.now.value, words.unit, common.value) ?? words.unit.closedNow}</p>
      )}
      <ContactLines contact={unit.contact} />
    </main>
  );
}

function Proof({ end }: { readonly end: EndView }) {
  const words = visitorWords.value.ended;
  const [before, protocol, after] = words.protocol(end.protocol);
  return (
    <>
      <p class="numbers">
        {before}
        <strong>{protocol}</strong>
        {after}
      </p>
      {end.outcome === null ? null : (
        <p>
          {words.outcome}: <strong>{words.outcomes[end.outcome]}</strong>
        </p>
      )}
      <p>
        <a href={receiptPath(end.receipt)} data-testid="receipt-code" data-code={end.receipt}>
          {words.receipt} <span class="numbers receipt-code">{end.receipt}</span>
        </a>
      </p>
    </>
  );
}

/** What happened, and what it means. */
function ending(ticket: TicketBody, end: EndView | null, all: VisitorWords): readonly [string, string] {
  const words = all.ended;
  const at = end === null ? "" : timeAt(end.at_ms, ticket.unit.zone, common.value);
  switch (ticket.state) {
    case "left":
      return [words.left, words.leftHow(at)];
    case "lost":
      return [words.lost, words.lostHow(at)];
    case "no_show":
      return [words.noShow, words.noShowHow(at)];
    case "closed":
      return [words.closed, words.closedHow];
    case "removed":
      return [
        words.removed,
        words.removedHow[EVERY_REMOVE_REASON.find((reason) => reason === end?.reason) ?? "other"],
      ];
    case "transferred":
      return [words.transferred, words.transferredHow];
    case "served":
    case "waiting":
    case "called":
    case "in_call":
    case "interrupted":
    case "on_hold":
      return [words.served, end?.clerk ? words.servedAt(at, end.clerk.name) : words.servedAlone(at)];
  }
}
