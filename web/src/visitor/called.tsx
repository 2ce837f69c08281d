import { useEffect, useRef } from "preact/hooks";
import { Button } from "~/components/button";
import { Video } from "~/components/stage/video";
import { common } from "~/i18n/common";
import { visitorWords } from "~/i18n/visitor";
import { secondsUntil } from "~/models/ticker";
import type { Visit } from "~/visitor/visit";

/** It is your turn: the whole page says so. */
export function Called({ visit }: { readonly visit: Visit }) {
  const { model, ticker } = visit;
  const words = visitorWords.value;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const ticket = model.ticket.value;
  const ring = ticket?.ring;
  if (!ticket || !ring) return null;
  const left = secondsUntil(ring.until_ms, ticker.now.value);
  const { clerk } = ring;
  const [name, calling] =
    clerk.function === ""
      ? words.called.whoPlain(clerk.name, clerk.unit)
      : words.called.who(clerk.name, clerk.function, clerk.unit);
  const [before, seconds, after] = words.called.left(common.value.seconds(left));
  const preview = model.media.preview.value;
  const entering = model.asking.value === "enter";
  return (
    <main class="called">
      <div class="called-body">
        <h1 class="called-title" ref={title} tabIndex={-1}>
          {words.called.title}
        </h1>
        <p>
          <strong>{name}</strong>
          {calling}
        </p>
        {preview === null ? null : (
          <div class="called-preview">
            <Video
              stream={preview}
              muted
              shown
              name="preview"
              label={words.media.preview}
              testId="local-video"
            />
          </div>
        )}
        <p class="numbers">
          {words.called.ticket(ticket.number)}{" "}
          {left === 0 ? (
            words.called.over
          ) : (
            <>
              {before}
              <strong>{seconds}</strong>
              {after}
            </>
          )}
        </p>
        {preview === null && model.mediaChosen.value ? (
          <p>{model.entering() === "audio" ? words.called.audioOnly : words.called.textOnly}</p>
        ) : null}
        {model.refusal.value === null ? null : (
          <p class="called-refusal" role="alert">
            {common.value.refusals[model.refusal.value]}
          </p>
        )}
      </div>
      <div class="called-actions">
        <Button
          wide
          disabled={entering || left === 0}
          onClick={() => {
            void model.enter();
          }}
          data-testid="enter-call"
        >
          {entering ? words.called.entering : words.called.enter}
        </Button>
        {ring.more_time ? (
          <Button
            wide
            disabled={model.asking.value !== null || left === 0}
            onClick={() => {
              void model.moreTime();
            }}
            data-testid="more-time"
          >
            {words.called.moreTime}
          </Button>
        ) : null}
      </div>
    </main>
  );
}
