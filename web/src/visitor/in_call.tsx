import { useEffect, useRef } from "preact/hooks";
import { Button } from "~/components/button";
import { Stage } from "~/components/stage/stage";
import { common } from "~/i18n/common";
import { visitorWords } from "~/i18n/visitor";
import { clerkOf, type VisitModel } from "~/models/visit";
import type { TicketBody } from "~/protocol/types";
import { untilAt } from "~/visitor/sentences";
import type { Visit } from "~/visitor/visit";
import "~/components/stage/in_call.css";

/** The conversation, from "Entrar" to its end. */
export function InCall({ visit }: { readonly visit: Visit }) {
  const { model } = visit;
  const words = visitorWords.value.call;
  const title = useRef<HTMLHeadingElement>(null);
  const call = model.call.value;
  const ticket = model.ticket.value;
  const clerk = ticket && clerkOf(ticket);
  const there = Boolean(call && clerk);
  useEffect(() => title.current?.focus(), [there]);
  if (!call || !ticket || !clerk) {
    return (
      <main class="page">
        <p role="status">{words.opening}</p>
      </main>
    );
  }
  const about = [clerk.function, clerk.unit].filter((part) => part !== "").join(" · ");
  // Offline this page sees no view: that the leg is dead too is all it can know.
  const cut = model.connection.status.value !== "online" && call.leg.value === "broken";
  return (
    <main class="in-call">
      <h1 class="unseen" ref={title} tabIndex={-1}>
        {visitorWords.value.document.inCall(clerk.name)}
      </h1>
      <Stage
        call={call}
        name={clerk.name}
        about={about}
        apart={
          cut ? (
            <p>{words.dropped(clerk.name)}</p>
          ) : ticket.state === "called" || ticket.state === "in_call" ? null : (
            <Apart model={model} ticket={ticket} clerk={clerk.name} />
          )
        }
      />
    </main>
  );
}

/** Over the stage while they do not talk: on hold, or somebody gone; and what the visitor can do about it. */
function Apart(props: { readonly model: VisitModel; readonly ticket: TicketBody; readonly clerk: string }) {
  const words = visitorWords.value.call;
  const { clerk, model, ticket } = props;
  const until = untilAt(ticket.call?.until_ms ?? 0, ticket.unit.zone, common.value);
  if (ticket.state === "on_hold") {
    return (
      <>
        <p class="stage-card-name">{words.held}</p>
        <p class="numbers">{words.heldHow(clerk, until)}</p>
      </>
    );
  }
  if (ticket.call?.gone !== "attendant") return <p>{words.dropped(clerk)}</p>;
  const refusal = model.refusal.value;
  return (
    <>
      <p class="stage-card-name">{words.gone(clerk)}</p>
      <p class="numbers">{words.goneHow(until)}</p>
      <Button
        kind="main"
        data-testid="other-attendant"
        disabled={model.asking.value !== null}
        onClick={() => void model.otherAttendant()}
      >
        {words.other}
      </Button>
      <p>{words.otherHow}</p>
      {refusal === null ? null : <p role="alert">{common.value.refusals[refusal]}</p>}
    </>
  );
}
