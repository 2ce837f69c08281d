import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { SignIn, StaffCard } from "~/protocol/types";
import { type AnyCode, get, post, remove, type Reply } from "~/transport";

export type StaffRole = SignIn["role"];

/** `asking`: the page does not know yet. */
export type StaffState = "asking" | "signed_out" | "signed_in";

/** Why the sign-in form is shown, where it is not the first thing seen. */
export type Why = "signed_out" | "session_over" | null;

/** What a refused sign-in needs to be explained. */
export interface SignInRefusal {
  readonly code: AnyCode;
  /** Seconds until another attempt, where there were too many. */
  readonly retry_s: number | null;
}

/** The session's three requests. */
export interface StaffSession {
  read(role: StaffRole): Promise<Reply<StaffCard>>;
  start(body: SignIn): Promise<Reply<StaffCard>>;
  end(role: StaffRole): Promise<Reply<null>>;
}

export const overHttp: StaffSession = {
  read: (role) => get<StaffCard>(`staff/session?role=${role}`),
  start: (body) => post<StaffCard>("staff/session", body),
  end: (role) => remove<null>(`staff/session?role=${role}`),
};

/** Who is signed in on this browser for one role; sign-in and sign-out. */
export class StaffModel {
  private readonly is = signal<StaffState>("asking");
  private readonly who = signal<StaffCard | null>(null);
  private readonly said = signal<SignInRefusal | null>(null);
  private readonly working = signal(false);
  private readonly reason = signal<Why>(null);

  readonly state: ReadonlySignal<StaffState> = this.is;
  readonly card: ReadonlySignal<StaffCard | null> = this.who;
  readonly refusal: ReadonlySignal<SignInRefusal | null> = this.said;
  readonly busy: ReadonlySignal<boolean> = this.working;
  readonly why: ReadonlySignal<Why> = this.reason;
  /** What was typed as the login; kept through refusals and sign-outs. */
  readonly login: ReadonlySignal<string>;
  private readonly typed = signal("");

  constructor(
    private readonly role: StaffRole,
    private readonly session: StaffSession = overHttp,
  ) {
    this.login = this.typed;
  }

  typeLogin(text: string): void {
    this.typed.value = text;
  }

  /** Asks the server whether this browser is signed in. Silence is retried by a person: `refusal` says so. */
  async find(): Promise<void> {
    const reply = await this.session.read(this.role);
    batch(() => {
      if (reply.ok) this.enter(reply.body);
      else {
        this.is.value = "signed_out";
        if (reply.code === "no_answer") this.refuse(reply);
      }
    });
  }

  async signIn(password: string): Promise<void> {
    if (this.working.peek()) return;
    this.working.value = true;
    const reply = await this.session.start({ login: loginOf(this.typed.peek()), password, role: this.role });
    batch(() => {
      this.working.value = false;
      if (reply.ok) this.enter(reply.body);
      else this.refuse(reply);
    });
  }

  /** Ends the session here. Without an answer the person is still signed in and is told. */
  async signOut(): Promise<void> {
    const reply = await this.session.end(this.role);
    batch(() => {
      if (reply.ok || reply.code === "no_session") this.leave(null);
      else this.refuse(reply);
    });
  }

  /** The server ended the session: the form comes back and says why. */
  leave(why: Why): void {
    batch(() => {
      this.is.value = "signed_out";
      this.who.value = null;
      this.said.value = null;
      this.reason.value = why;
    });
  }

  private enter(card: StaffCard): void {
    this.who.value = card;
    this.typed.value = card.login;
    this.said.value = null;
    this.reason.value = null;
    this.is.value = "signed_in";
  }

  private refuse(reply: Exclude<Reply<unknown>, { ok: true }>): void {
    const wait = reply.details["retry_s"];
    this.said.value = { code: reply.code, retry_s: typeof wait === "number" ? wait : null };
  }
}

/** A sign-in name as the server spells it: phones start fields with a capital and end them with a space. */
export function loginOf(typed: string): string {
  return typed.trim().toLowerCase();
}
