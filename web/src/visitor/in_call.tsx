import { useEffect, useRef } from "preact/hooks";
import { Stage } from "~/components/stage/stage";
import { visitorWords } from "~/i18n/visitor";
import type { Visit } from "~/visitor/visit";

/** The conversation, from "Entrar" to its end. */
export function InCall({ visit }: { readonly visit: Visit }) {
  const { model } = visit;
  const words = visitorWords.value.call;
  const title = useRef<HTMLHeadingElement>(null);
  const call = model.call.value;
  const clerk = model.ticket.value?.call?.clerk;
  const there = Boolean(call && clerk);
  useEffect(() => title.current?.focus(), [there]);
  if (!call || !clerk) {
    return (
      <main class="page">
        <p role="status">{words.opening}</p>
      </main>
    );
  }
  const about = [clerk.function, clerk.unit].filter((part) => part !== "").join(" · ");
  return (
    <main class="in-call">
      <h1 class="unseen" ref={title} tabIndex={-1}>
        {visitorWords.value.document.inCall(clerk.name)}
      </h1>
      <Stage call={call} name={clerk.name} about={about} />
    </main>
  );
}
