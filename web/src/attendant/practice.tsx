import { Button } from "~/components/button";
import { State, type Tone } from "~/components/state";
import { practiceWords } from "~/i18n/practice";
import type { PracticeModel } from "~/models/practice";
import type { Grade, PracticeCard, PracticeStep } from "~/protocol/types";

const TONES: Readonly<Record<Grade, Tone>> = { well: "ok", remark: "warn", missed: "bad", skipped: "quiet" };

/** Beside the line: what is happening, what to do, what is done, and what is said of it afterwards. */
export function Practice(props: { readonly practice: PracticeModel }) {
  const words = practiceWords.value;
  const { practice } = props;
  const card = practice.card.value;
  if (card === null) return null;
  return (
    <section class="practice" aria-labelledby="practice-title" data-testid="practice" data-phase={card.phase}>
      {card.number === 0 ? null : <p class="desk-small">{words.which(card.number, card.of)}</p>}
      <h2 id="practice-title">{card.title}</h2>
      {card.phase === "judged" ? null : <p>{card.told}</p>}
      <Steps steps={card.steps} />
      <div role="status">
        {card.grade === null ? null : (
          <>
            <p data-testid="practice-grade" data-grade={card.grade}>
              <State tone={TONES[card.grade]}>{words.grades[card.grade]}</State>
            </p>
            <p>{card.feedback}</p>
          </>
        )}
        {practice.away.value ? <p class="desk-small">{words.away}</p> : null}
      </div>
      <Ways practice={practice} card={card} />
      {card.phase === "over" ? <Results practice={practice} card={card} /> : null}
    </section>
  );
}

function Steps(props: { readonly steps: readonly PracticeStep[] }) {
  const words = practiceWords.value;
  if (props.steps.length === 0) return null;
  return (
    <ol class="practice-steps" aria-label={words.steps}>
      {props.steps.map(({ done, text }) => (
        <li key={text} data-testid="practice-step" data-done={done}>
          <State tone={done ? "ok" : "quiet"}>
            <span class="practice-step">{text}</span>
            <span class="unseen"> {done ? words.done : words.notDone}</span>
          </State>
        </li>
      ))}
    </ol>
  );
}

/** What one may ask for now. */
function Ways(props: { readonly practice: PracticeModel; readonly card: PracticeCard }) {
  const words = practiceWords.value;
  const { card, practice } = props;
  const busy = practice.busy.value;
  const next = card.phase === "ready" ? words.begin : practice.isLast.value ? words.last : words.next;
  if (card.phase === "over") return null;
  return (
    <div class="practice-ways">
      {card.phase === "on" ? (
        <Button
          kind="link"
          data-testid="practice-skip"
          disabled={busy}
          onClick={() => void practice.act("skip")}
        >
          {words.skip}
        </Button>
      ) : (
        <Button data-testid="practice-next" disabled={busy} onClick={() => void practice.act("next")}>
          {next}
        </Button>
      )}
      {card.phase === "ready" ? null : (
        <Button
          kind="link"
          data-testid="practice-again"
          disabled={busy}
          onClick={() => void practice.act("again")}
        >
          {words.again}
        </Button>
      )}
    </div>
  );
}

/** Each situation with what was said of it, and the way to do it again. */
function Results(props: { readonly practice: PracticeModel; readonly card: PracticeCard }) {
  const words = practiceWords.value;
  const { card, practice } = props;
  return (
    <ul class="practice-results">
      {card.results.map(({ feedback, grade, situation, title }) => (
        <li key={situation}>
          <p>{title}</p>
          {grade === null ? null : <State tone={TONES[grade]}>{words.grades[grade]}</State>}
          {grade === "well" || feedback === null ? null : <p class="desk-small">{feedback}</p>}
          {grade === "well" ? null : (
            <Button
              kind="link"
              aria-label={words.againOf(title)}
              disabled={practice.busy.value}
              onClick={() => void practice.act("again", situation)}
            >
              {words.again}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
