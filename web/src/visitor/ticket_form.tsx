import type { Ref } from "preact";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Button } from "~/components/button";
import { Choice, TextField, Tick } from "~/components/field";
import { Notice } from "~/components/notice";
import { common } from "~/i18n/common";
import { visitorWords } from "~/i18n/visitor";
import { type Field, type JoinForm, PRIORITIES, type Problem } from "~/models/join_form";
import { EVERY_ROLE, LIMITS, type PublicUnit } from "~/protocol/types";
import type { AnyCode } from "~/transport";
import { alarm } from "~/visitor/alarm";
import { ContactLines } from "~/visitor/contact";
import { Nearby } from "~/visitor/nearby";
import type { Visit } from "~/visitor/visit";

/** Where each field stands on the page, for its label and for the list of problems. */
const PLACES: Record<Field, string> = {
  name: "field-name",
  oab: "field-oab",
  case_number: "field-case",
  terms: "field-terms",
};

/** Refusals for which another unit may be the way. */
const TURNED_AWAY: ReadonlySet<AnyCode> = new Set(["unit_full", "unit_suspended", "unit_closing"]);

/** The form of a ticket. Errors stand beside the field and in a linked list on top. */
export function TicketForm(props: {
  readonly unit: PublicUnit;
  readonly form: JoinForm;
  readonly open: () => Promise<Visit | null>;
  readonly visit: Visit | null;
  readonly first: Ref<HTMLInputElement>;
}) {
  const words = visitorWords.value.join;
  const { form } = props;
  const tried = useSignal(false);
  const joining = useSignal(false);
  /** The line to the counter could not even be opened. */
  const unopened = useSignal(false);
  const summary = useRef<HTMLDivElement>(null);
  const problems = form.problems.value;
  const refusal = unopened.value ? "no_answer" : (props.visit?.model.refusal.value ?? null);
  const problemOf = (field: Field): string | null => {
    const problem = problems.get(field);
    return problem === undefined ? null : sentenceOf(problem);
  };

  const join = async (): Promise<void> => {
    // From this tap on the browser lets the page sound; a ring much later could not ask for it.
    alarm.unlock();
    tried.value = true;
    if (form.toJoin(props.unit.slug) === null) {
      focusSoon(summary);
      return;
    }
    joining.value = true;
    const visit = await props.open();
    unopened.value = visit === null;
    const joined = visit !== null && (await visit.model.join(props.unit.slug, form));
    joining.value = false;
    if (!joined && form.problems.value.size > 0) focusSoon(summary);
  };

  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
    >
      <h2 class="subtitle">{words.title}</h2>
      {tried.value && problems.size > 0 ? (
        <div ref={summary} tabIndex={-1} class="notice notice-bad" role="alert">
          <p>{words.problems(problems.size)}</p>
          <ul>
            {[...problems].map(([field, problem]) => (
              <li key={field}>
                <a href={`#${PLACES[field]}`} onClick={(event) => jump(event, PLACES[field])}>
                  {sentenceOf(problem)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <TextField
        id={PLACES.name}
        label={words.name}
        hint={words.nameHint}
        error={problemOf("name")}
        value={form.name.value}
        onText={(text) => (form.name.value = text)}
        onBlur={() => form.look("name")}
        maxLength={LIMITS.Join.name}
        autoComplete="name"
        autoCapitalize="words"
        inputRef={props.first}
        required
        testId="visitor-name"
      />
      <Choice
        id="field-role"
        legend={words.role}
        value={form.role.value}
        options={EVERY_ROLE.map((role) => ({ value: role, label: words.roles[role] }))}
        onPick={(role) => (form.role.value = role)}
      />
      {form.role.value === "lawyer" ? (
        <TextField
          id={PLACES.oab}
          label={words.oab}
          hint={words.oabHint}
          error={problemOf("oab")}
          value={form.oab.value}
          onText={(text) => (form.oab.value = text)}
          onBlur={() => form.look("oab")}
          maxLength={LIMITS.Join.oab}
          autoCapitalize="characters"
          required
          testId="visitor-oab"
        />
      ) : null}
      <Choice
        id="field-priority"
        legend={words.priority}
        hint={words.priorityHint}
        value={form.priority.value}
        options={PRIORITIES.map((priority) => ({ value: priority, label: words.priorities[priority] }))}
        onPick={(priority) => (form.priority.value = priority)}
      />
      <Tick
        id="field-libras"
        label={words.libras}
        checked={form.libras.value}
        onTick={(ticked) => (form.libras.value = ticked)}
        testId="needs-libras"
      />
      <CaseNumberField form={form} error={problemOf("case_number")} />
      <Tick
        id={PLACES.terms}
        label={words.terms}
        error={problemOf("terms")}
        checked={form.terms.value}
        onTick={(ticked) => (form.terms.value = ticked)}
        testId="accept-terms"
      />
      <p class="quiet">{words.privacy}</p>
      {refusal !== null && !joining.value ? (
        <Notice tone="bad" role="alert">
          <p>{common.value.refusals[refusal]}</p>
          <ContactLines contact={props.unit.contact} />
          {TURNED_AWAY.has(refusal) ? <Nearby unit={props.unit} /> : null}
        </Notice>
      ) : null}
      <Button kind="main" wide submit disabled={joining.value} data-testid="join-queue">
        {joining.value ? words.joining : words.submit}
      </Button>
    </form>
  );
}

/** Checked while it is typed: how many digits are missing, that it is right, or what to check. */
function CaseNumberField({ form, error }: { readonly form: JoinForm; readonly error: string | null }) {
  const words = visitorWords.value.join;
  const check = form.caseCheck.value;
  const hint = check.is === "partial" ? words.caseMissing(check.missing) : words.caseHint;
  return (
    <TextField
      id={PLACES.case_number}
      label={words.caseNumber}
      hint={hint}
      error={error}
      right={check.is === "right" ? words.caseRight : null}
      value={form.caseNumber.value}
      onText={(text) => form.typeCaseNumber(text)}
      onBlur={() => form.look("case_number")}
      maxLength={LIMITS.Join.case_number}
      inputMode="numeric"
      testId="visitor-case"
    />
  );
}

function sentenceOf(problem: Problem): string {
  return problem === "oab_missing" ? visitorWords.value.join.oabMissing : common.value.refusals[problem];
}

/** A link to a field puts the focus into it; the address stays the unit's stable one. */
function jump(event: Event, place: string): void {
  event.preventDefault();
  document.querySelector<HTMLElement>(`#${place}`)?.focus();
}

/** The list appears with the next frame; its problems are read first. */
function focusSoon(place: { readonly current: HTMLElement | null }): void {
  requestAnimationFrame(() => place.current?.focus());
}
