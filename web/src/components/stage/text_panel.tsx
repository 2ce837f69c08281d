import { useEffect, useRef } from "preact/hooks";
import type { ChatModel, Line } from "~/call/chat";
import { callWords } from "~/i18n/call";
import { LIMITS, type Party } from "~/protocol/types";

/** Text beside the video, over the lower half of the stage. What is half written stays where the panel is closed. */
export function TextPanel(props: {
  readonly chat: ChatModel;
  readonly nameOf: (party: Party) => string;
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
  /** False once the call has ended: what was written may still be read. */
  readonly open: boolean;
}) {
  const words = callWords.value;
  const lines = props.chat.lines.value;
  const log = useRef<HTMLOListElement>(null);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    input.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [lines.length]);

  return (
    <section class="stage-text" aria-label={words.messages}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long log is scrolled by keyboard */}
      <ol class="stage-log" ref={log} data-testid="chat-log" tabIndex={0} aria-label={words.messages}>
        {lines.length === 0 ? <li class="stage-log-none">{words.noMessages}</li> : null}
        {lines.map((line) => (
          <TextLine key={line.id} {...props} line={line} />
        ))}
      </ol>
      {props.open ? (
        <form
          class="stage-write"
          onSubmit={(event) => {
            event.preventDefault();
            void props.chat.write(props.draft);
            props.onDraft("");
            input.current?.focus({ preventScroll: true });
          }}
        >
          <input
            ref={input}
            class="input stage-input"
            data-testid="chat-input"
            aria-label={words.write}
            placeholder={words.writeHere}
            autoComplete="off"
            enterkeyhint="send"
            maxLength={LIMITS.Chat.text}
            value={props.draft}
            onInput={(event) => props.onDraft(event.currentTarget.value)}
          />
          <button type="submit" class="stage-send" data-testid="chat-send">
            {words.send}
          </button>
        </form>
      ) : null}
    </section>
  );
}

function TextLine(props: {
  readonly chat: ChatModel;
  readonly nameOf: (party: Party) => string;
  readonly line: Line;
}) {
  const words = callWords.value;
  const { chat, line } = props;
  const mine = line.sender === chat.party;
  return (
    <li class={mine ? "stage-line stage-line-mine" : "stage-line"}>
      <span class="stage-line-name">{mine ? words.you : (line.name ?? props.nameOf(line.sender))}</span>
      <span class="stage-line-words">{line.text}</span>
      {line.state === "sending" ? <span class="stage-line-state">{words.sending}</span> : null}
      {line.state === "unsent" ? (
        <span class="stage-line-state">
          {words.unsent}{" "}
          <button type="button" class="stage-again" onClick={() => void chat.writeAgain(line.id)}>
            {words.sendAgain}
          </button>
        </span>
      ) : null}
    </li>
  );
}
