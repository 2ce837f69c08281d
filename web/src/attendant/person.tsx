import { useState } from "preact/hooks";
import { Button } from "~/components/button";
import { deskWords } from "~/i18n/desk";
import { minutesSince } from "~/models/ticker";
import { type DeskUnit, EVERY_OUTCOME, type Outcome, type Person } from "~/protocol/types";

/** Who was called: only what helps to serve them. */
export function PersonCard(props: {
  readonly person: Person;
  readonly units: readonly DeskUnit[];
  readonly now_ms: number;
}) {
  const words = deskWords.value;
  const { person } = props;
  const tier = words.tiers[person.tier];
  const unit = props.units.find((one) => one.slug === person.unit);
  return (
    <div class="person">
      <h2>{person.name}</h2>
      <p class="person-line">
        <strong class="numbers">{person.number}</strong>
        {tier === null ? null : <span class="tier">{tier}</span>}
      </p>
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
