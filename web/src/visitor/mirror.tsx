import { useEffect, useRef } from "preact/hooks";
import { Button } from "~/components/button";
import { Notice } from "~/components/notice";
import { common } from "~/i18n/common";
import { visitorWords, type VisitorWords } from "~/i18n/visitor";
import type { TicketState } from "~/protocol/types";
import type { Visit } from "~/visitor/visit";
import { Place } from "~/visitor/waiting";

/** Another page of this browser is the active one: this one follows, and can take over. */
export function Mirror({ visit }: { readonly visit: Visit }) {
  const { model } = visit;
  const words = visitorWords.value.mirror;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const ticket = model.ticket.value;
  if (ticket === null) return null;
  const [head, how] = toldOf(ticket.state, words);
  return (
    <main class="page">
      <h1 class="unit-name" ref={title} tabIndex={-1}>
        {ticket.unit.name}
      </h1>
      <Notice tone="warn">
        <h2 class="subtitle">{head}</h2>
        <p>{how}</p>
      </Notice>
      <Button
        kind="main"
        wide
        disabled={model.asking.value !== null}
        onClick={() => {
          void model.continueHere();
        }}
        data-testid="continue-here"
      >
        {words.here}
      </Button>
      {model.refusal.value === null ? null : (
        <Notice tone="bad" role="alert">
          {common.value.refusals[model.refusal.value]}
        </Notice>
      )}
      {ticket.state === "waiting" ? <Place ticket={ticket} /> : null}
    </main>
  );
}

/** Where the ticket is open, and what goes on there. */
function toldOf(state: TicketState, words: VisitorWords["mirror"]): readonly [string, string] {
  if (state === "waiting") return [words.title, words.how];
  return state === "called" ? [words.called, words.calledHow] : [words.inCall, words.inCallHow];
}
