import { useEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "~/components/button";
import { handoverWords } from "~/i18n/handover";
import { BringingModel } from "~/models/handover";
import { Bring } from "~/visitor/bring";
import { ContactLines } from "~/visitor/contact";
import type { ScreenProps } from "~/visitor/visit";

/** The ticket is not this browser's any more: where it is, and how it comes back. */
export function Moved({ visit, onAgain }: ScreenProps) {
  const { model } = visit;
  const words = handoverWords.value;
  const bringing = useMemo(() => new BringingModel(), []);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const ticket = model.ticket.value;
  if (ticket === null) return null;
  const forgotten = model.connection.farewell.value === "forgotten";
  return (
    <main class="page">
      <h1 class="title" ref={title} tabIndex={-1}>
        {forgotten ? words.forgotten : words.moved}
      </h1>
      <p>{forgotten ? words.forgottenHow : words.movedHow(ticket.number)}</p>
      {forgotten ? (
        <Button
          kind="main"
          wide
          onClick={() => {
            model.forget();
            onAgain();
          }}
          data-testid="take-another"
        >
          {words.again}
        </Button>
      ) : (
        <>
          <h2 class="subtitle">{words.bringTitle}</h2>
          <Bring model={bringing} />
        </>
      )}
      <ContactLines contact={ticket.unit.contact} />
    </main>
  );
}
