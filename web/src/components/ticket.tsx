import type { ComponentChildren } from "preact";

/** The paper ticket: the only ornament. `children` stand under the tear line. */
export function Ticket(props: {
  readonly label: string;
  readonly aside?: string;
  readonly number: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <section class="ticket" aria-label={`${props.label} ${props.number}`}>
      <div class="ticket-stub">
        <p class="ticket-line">
          <span>{props.label}</span>
          {props.aside === undefined ? null : <span class="numbers">{props.aside}</span>}
        </p>
        <p class="ticket-number" data-testid="ticket-number">
          {props.number}
        </p>
      </div>
      {props.children === undefined ? null : (
        <>
          <div class="ticket-tear" />
          <div class="ticket-rest">{props.children}</div>
        </>
      )}
    </section>
  );
}
