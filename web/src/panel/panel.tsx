import { State } from "~/components/state";
import { common } from "~/i18n/common";
import { panelWords } from "~/i18n/panel";
import { visitorWords } from "~/i18n/visitor";
import type { PublicUnit } from "~/protocol/types";
import type { Refreshed } from "~/visitor/refreshed";
import { timeAt, unitSentences } from "~/visitor/sentences";
import "~/panel/panel.css";

/** The screen in the waiting room: what a unit says of itself to everybody, large. No names, and nothing guessed. */
export function Panel(props: {
  readonly unit: Pick<Refreshed<PublicUnit>, "reply" | "at">;
  readonly host: string;
}) {
  const words = panelWords.value;
  const reply = props.unit.reply.value;
  if (reply === null) {
    return (
      <main class="panel">
        <h1>{words.title}</h1>
        <p>{words.opening}</p>
      </main>
    );
  }
  if (!reply.ok) {
    return (
      <main class="panel">
        <h1>{words.title}</h1>
        <p>{reply.code === "unit_unknown" || reply.code === "not_found" ? words.unknown : words.away}</p>
      </main>
    );
  }
  const unit = reply.body;
  const at_ms = props.unit.at.value;
  const told = unitSentences(unit, at_ms, visitorWords.value.unit, common.value);
  // How many wait stands above, in the largest type of this screen.
  const waiting = visitorWords.value.unit.waiting(unit.waiting);
  return (
    <main class="panel">
      <header>
        <p class="panel-state">
          <State tone={told.tone}>{told.word}</State>
        </p>
        <h1>{unit.name}</h1>
      </header>
      {unit.open ? (
        <p class="panel-waiting numbers">
          {unit.waiting === 0 ? null : <strong>{unit.waiting}</strong>}
          <span>{words.waiting(unit.waiting)}</span>
        </p>
      ) : null}
      <ul class="panel-told">
        {[told.state, ...told.rest, ...(told.advice === null ? [] : [told.advice])]
          .filter((sentence) => sentence !== waiting)
          .map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
      </ul>
      <footer>
        <p>
          {words.join}{" "}
          <strong>
            {props.host}/balcao/{unit.slug}
          </strong>
        </p>
        <p>{words.updated(timeAt(at_ms, unit.zone, common.value))}</p>
      </footer>
    </main>
  );
}
