import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { AskedLine } from "~/attendant/asked";
import { CheckedBefore } from "~/attendant/checked";
import { More } from "~/attendant/more";
import { Button } from "~/components/button";
import { deskWords } from "~/i18n/desk";
import { guestWords } from "~/i18n/guest";
import type { AtDesk, Inviting } from "~/models/desk";
import { minutesSince } from "~/models/ticker";
import {
  type DeskCall,
  type DeskUnit,
  EVERY_OUTCOME,
  LIMITS,
  type Outcome,
  type Person,
} from "~/protocol/types";

/** Who was called: only what helps to serve them. */
export function PersonCard(props: {
  readonly person: Person;
  readonly call: DeskCall | null;
  readonly units: readonly DeskUnit[];
  readonly now_ms: number;
  readonly onAct: (command: AtDesk) => void;
  readonly onInvite: Inviting;
  /** How well they are heard and seen, where they are. */
  readonly quality?: ComponentChildren;
}) {
  const words = deskWords.value;
  const { call, person } = props;
  const live = call === null || call.state === "ended" ? null : call;
  const tier = words.tiers[person.tier];
  const unit = props.units.find((one) => one.slug === person.unit);
  return (
    <div class="person">
      <h2>{person.name}</h2>
      <div class="person-line">
        <strong class="numbers">{person.number}</strong>
        {tier === null ? null : <span class="tier">{tier}</span>}
        {live === null ? null : (
          <More person={person} call={live} onAct={props.onAct} onInvite={props.onInvite} />
        )}
      </div>
      {person.libras ? <NeedsLibras call={live} onAct={props.onAct} /> : null}
      {live === null ? null : <AskedLine call={live} now_ms={props.now_ms} onAct={props.onAct} />}
      {person.note === null ? null : <p class="person-note">{person.note}</p>}
      {person.check === null ? null : <CheckedBefore check={person.check} now_ms={props.now_ms} />}
      <p>{unit?.name}</p>
      <p>
        {words.roles[person.role]}
        {" · "}
        {words.waited(words.minutes(minutesSince(person.joined_ms, props.now_ms)))}
      </p>
      {person.tries === 0 ? null : <p>{words.triesBefore(person.tries)}</p>}
      {person.case_number === null ? <p class="desk-small">{words.noCase}</p> : null}
      {person.case_number === null && person.oab === null ? null : (
        <dl class="person-facts">
          {person.case_number === null ? null : <Fact name={words.caseNumber} value={person.case_number} />}
          {person.oab === null ? null : <Fact name={words.oab} value={person.oab} />}
        </dl>
      )}
      {person.history.length === 0 ? null : (
        <ul class="person-past" aria-label={words.past}>
          {person.history.map((met) => (
            <li key={met.at_ms} class="desk-small">
              {words.met[met.cause]}
            </li>
          ))}
        </ul>
      )}
      {live === null ? null : (
        <Note
          kept={person.note ?? ""}
          onNote={(text) => props.onAct({ type: "note", call: live.call, text })}
        />
      )}
      {props.quality}
    </div>
  );
}

/** They asked for an interpreter when they took their ticket: here is the way to one, until one is on the way. */
function NeedsLibras(props: { readonly call: DeskCall | null; readonly onAct: (command: AtDesk) => void }) {
  const { call } = props;
  const coming =
    (call?.asked?.kind === "interpreter" && call.asked.answer === null) ||
    call?.guests.some(({ kind }) => kind === "interpreter") === true;
  return (
    <div class="person-need">
      <strong>{deskWords.value.libras}</strong>
      {call === null || call.state === "ringing" || coming ? null : (
        <Button
          wide
          data-testid="call-interpreter"
          onClick={() => props.onAct({ type: "ask_interpreters", call: call.call })}
        >
          {guestWords.value.askInterpreters}
        </Button>
      )}
    </div>
  );
}

/** What whoever has the person next should know. Kept when one goes on to something else; gone with the ticket. */
function Note(props: { readonly kept: string; readonly onNote: (text: string) => void }) {
  const words = deskWords.value;
  const [text, setText] = useState(props.kept);
  const keep = (): void => {
    if (text.trim() !== props.kept) props.onNote(text.trim());
  };
  return (
    <div class="note">
      <label for="note">{words.note}</label>
      <textarea
        id="note"
        class="input"
        data-testid="note"
        maxLength={LIMITS.Note.text}
        value={text}
        aria-describedby="note-how"
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
      />
      <p class="desk-small" id="note-how">
        {text.trim() !== "" && text.trim() === props.kept ? words.noteKept : words.noteHow}
      </p>
    </div>
  );
}

/** A number one needs in another system. */
function Fact(props: { readonly name: string; readonly value: string }) {
  const words = deskWords.value;
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(props.value);
      setCopied(true);
    } catch {
      // Without HTTPS there is no clipboard, and a browser may refuse it: the number can still be selected.
      setCopied(false);
    }
  };
  return (
    <div class="fact">
      <dt>
        {props.name}{" "}
        <Button kind="link" aria-label={`${words.copy}: ${props.name}`} onClick={() => void copy()}>
          {copied === true ? words.copied : words.copy}
        </Button>
      </dt>
      <dd>
        <span class="fact-value numbers">{props.value}</span>
        <output class="desk-small">
          {copied === false ? words.notCopied : ""}
          <span class="unseen">{copied === true ? words.copied : ""}</span>
        </output>
      </dd>
    </div>
  );
}

/** What the visit came to: one click, and it may be chosen while still talking. */
export function Outcomes(props: {
  readonly chosen: Outcome | null;
  readonly onChoose: (outcome: Outcome) => void;
}) {
  const words = deskWords.value;
  return (
    <fieldset class="outcomes">
      <legend>{words.outcome}</legend>
      {EVERY_OUTCOME.map((outcome) => (
        <label key={outcome} class="outcome" data-testid="outcome" data-outcome={outcome}>
          <input
            type="radio"
            name="outcome"
            value={outcome}
            checked={outcome === props.chosen}
            onChange={() => props.onChoose(outcome)}
          />
          <span>{words.outcomes[outcome]}</span>
        </label>
      ))}
    </fieldset>
  );
}
