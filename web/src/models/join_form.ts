import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type CaseNumberCheck, checkCaseNumber, spellCaseNumber } from "~/models/case_number";
import type { Drawer } from "~/models/drawer";
import { parseOab } from "~/models/oab";
import { EVERY_ROLE, type Join, type Refused, type Role, type Tier } from "~/protocol/types";

/** Priority in the words of the form; only its tier leaves this page. */
export const PRIORITIES = ["none", "eighty", "legal", "donor"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The legal order (Lei 10.048/2000, Lei 10.741/2003, Lei 14.626/2023). */
export const TIER_OF: Record<Priority, Tier> = { eighty: 0, legal: 1, donor: 2, none: 3 };

/** In the order of the page, so that the list of problems is in that order too. */
export const FIELDS = ["name", "oab", "case_number", "terms"] as const;
export type Field = (typeof FIELDS)[number];

export type Problem = "name_missing" | "oab_missing" | "oab_wrong" | "case_number_wrong" | "terms_missing";

const KEY = "balcao.form";

interface Typed {
  readonly name: string;
  readonly role: Role;
  readonly oab: string;
  readonly priority: Priority;
  readonly libras: boolean;
  readonly caseNumber: string;
  /** The case number with which a portal sent somebody here. */
  readonly sentWith: string | null;
}

/** What somebody writes to take a ticket. Kept in the tab's drawer until a ticket is theirs. */
export class JoinForm {
  readonly name = signal("");
  readonly role = signal<Role>("party");
  readonly oab = signal("");
  readonly priority = signal<Priority>("none");
  /** They ask for an interpreter of Libras. */
  readonly libras = signal(false);
  readonly caseNumber = signal("");
  readonly terms = signal(false);

  readonly caseCheck: ReadonlySignal<CaseNumberCheck> = computed(() =>
    checkCaseNumber(this.caseNumber.value),
  );
  /** Problems to show: of fields that were left, and of all of them once somebody tried to join. */
  readonly problems: ReadonlySignal<ReadonlyMap<Field, Problem>>;

  readonly #looked = signal<ReadonlySet<Field>>(new Set());
  /** What the server refused, and the text it refused: it stands until that text changes. */
  readonly #refused = signal<{
    readonly field: Field;
    readonly problem: Problem;
    readonly text: string;
  } | null>(null);
  readonly #drawer: Drawer;
  /** The receipt of a ticket that closing ended; it goes along with what was typed. */
  readonly #headStart: string | null;
  readonly #end: () => void;

  constructor(
    drawer: Drawer,
    prefill: { readonly caseNumber: string | null; readonly headStart?: string | null },
  ) {
    this.#drawer = drawer;
    this.#headStart = prefill.headStart ?? null;
    this.#restore(prefill.caseNumber);
    this.problems = computed(() => {
      const shown = new Map<Field, Problem>();
      for (const field of FIELDS) {
        const problem = this.#looked.value.has(field) ? this.#problem(field) : null;
        if (problem !== null) shown.set(field, problem);
      }
      const refused = this.#refused.value;
      if (refused !== null && !shown.has(refused.field) && this.#text(refused.field) === refused.text) {
        shown.set(refused.field, refused.problem);
      }
      return shown;
    });
    this.#end = effect(() => {
      const typed: Typed = {
        name: this.name.value,
        role: this.role.value,
        oab: this.oab.value,
        priority: this.priority.value,
        libras: this.libras.value,
        caseNumber: this.caseNumber.value,
        sentWith: prefill.caseNumber,
      };
      drawer.keep(KEY, JSON.stringify(typed));
    });
  }

  /** A field was left: from now on its problem is told beside it. An empty one is not scolded for being empty. */
  look(field: Field): void {
    if (field !== "terms" && this.#text(field).trim() === "") return;
    this.#looked.value = new Set([...this.#looked.value, field]);
  }

  typeCaseNumber(text: string): void {
    // Punctuation is put in where one types at the end; somebody who deletes is left alone.
    const growing = text.length > this.caseNumber.value.length;
    this.caseNumber.value = growing ? spellCaseNumber(text) : text;
    if (checkCaseNumber(this.caseNumber.value).is === "wrong") this.look("case_number");
  }

  /** The command, or null where a field must be looked at first; `problems` then says which. */
  toJoin(unit: string): Join | null {
    this.#looked.value = new Set(FIELDS);
    if (this.problems.value.size > 0) return null;
    const check = this.caseCheck.value;
    return {
      type: "join",
      unit,
      name: this.name.value.trim(),
      role: this.role.value,
      oab: this.role.value === "lawyer" ? parseOab(this.oab.value) : null,
      case_number: check.is === "right" ? check.canonical : null,
      tier: TIER_OF[this.priority.value],
      terms: this.terms.value,
      ...(this.#headStart !== null && { head_start: this.#headStart }),
      ...(this.libras.value && { libras: true }),
    };
  }

  /** Shows the server's refusal beside its field; false where it is about no field. */
  refuse(refused: Refused): boolean {
    const field = FIELDS.find((one) => one === refused.details["field"]);
    const problem = PROBLEMS.find((one) => one === refused.code);
    if (field === undefined || problem === undefined) return false;
    this.#refused.value = { field, problem, text: this.#text(field) };
    return true;
  }

  /** The ticket is taken: nothing of what was typed stays on this device. */
  clear(): void {
    this.dispose();
    this.#drawer.empty(KEY);
  }

  dispose(): void {
    this.#end();
  }

  #problem(field: Field): Problem | null {
    switch (field) {
      case "name":
        return this.name.value.trim() === "" ? "name_missing" : null;
      case "oab":
        if (this.role.value !== "lawyer") return null;
        if (this.oab.value.trim() === "") return "oab_missing";
        return parseOab(this.oab.value) === null ? "oab_wrong" : null;
      case "case_number": {
        const { is } = this.caseCheck.value;
        return is === "wrong" || is === "partial" ? "case_number_wrong" : null;
      }
      case "terms":
        return this.terms.value ? null : "terms_missing";
    }
  }

  #text(field: Field): string {
    switch (field) {
      case "name":
        return this.name.value;
      case "oab":
        return this.oab.value;
      case "case_number":
        return this.caseNumber.value;
      case "terms":
        return String(this.terms.value);
    }
  }

  #restore(prefill: string | null): void {
    const typed = parse(this.#drawer.read(KEY));
    batch(() => {
      this.name.value = typed.name ?? "";
      this.role.value = EVERY_ROLE.find((role) => role === typed.role) ?? "party";
      this.oab.value = typed.oab ?? "";
      this.priority.value = PRIORITIES.find((priority) => priority === typed.priority) ?? "none";
      this.libras.value = typed.libras === true;
      // A portal that sends the same person with another case means that one.
      const another = prefill !== null && typed.sentWith !== prefill;
      this.caseNumber.value = (another ? "" : typed.caseNumber) || spellCaseNumber(prefill ?? "");
    });
    if (prefill !== null) this.look("case_number");
  }
}

const PROBLEMS = ["name_missing", "oab_missing", "oab_wrong", "case_number_wrong", "terms_missing"] as const;

function parse(kept: string | null): Partial<Typed> {
  if (kept === null) return {};
  try {
    const typed: unknown = JSON.parse(kept);
    return typeof typed === "object" && typed !== null ? typed : {};
  } catch (broken) {
    if (broken instanceof SyntaxError) return {};
    throw broken;
  }
}
