import { effect, signal } from "@preact/signals";
import { type JSX, render } from "preact";
import { Announcer } from "~/components/announcer";
import { PracticeBand } from "~/components/practice_band";
import { SignIn } from "~/components/sign_in";
import { staffWords } from "~/i18n/staff";
import { practising } from "~/models/practice";
import { StaffModel, type StaffRole } from "~/models/staff";
import type { AnyCode, Connection, LinkStatus } from "~/transport";

/** Everything of one signed-in person, ended together. */
export interface Opened {
  readonly connection: Pick<Connection<"/attendant">, "status" | "farewell" | "retry">;
  dispose(): void;
}

/** What each page for staff shows of its line to the counter. */
export interface LineProps {
  readonly status: LinkStatus;
  readonly onRetry: () => void;
  /** Why signing out did not work; the person is still here. */
  readonly trouble?: AnyCode | null;
}

export interface StaffPage<Open extends Opened> {
  readonly role: StaffRole;
  /** Above the form in which somebody signs in. */
  readonly heading: () => string;
  /** Of the window, while nobody is signed in. */
  readonly title: () => string;
  /** How the page looks while it is asked who is here. */
  readonly opening?: string;
  readonly open: () => Open;
  readonly show: (open: Open, line: LineProps, staff: StaffModel) => JSX.Element;
}

/** A page for which one signs in: the form, then what is opened for whoever is signed in, until they are not. */
export async function staffPage<Open extends Opened>(page: StaffPage<Open>): Promise<void> {
  const staff = new StaffModel(page.role);
  const opened = signal<{ readonly all: Open; readonly end: () => void } | null>(null);

  function open() {
    const all = page.open();
    const { farewell, status } = all.connection;
    // The server said goodbye, or no longer knows this session.
    const end = effect(() => {
      if (status.value !== "refused") return;
      staff.leave(farewell.peek() === null ? "session_over" : "signed_out");
    });
    opened.value = { all, end };
  }

  function close() {
    const before = opened.peek();
    if (before === null) return;
    opened.value = null;
    before.end();
    before.all.dispose();
    document.title = page.title();
  }

  function Page() {
    const all = opened.value?.all ?? null;
    const state = staff.state.value;
    return (
      <>
        <Announcer />
        <PracticeBand on={practising.value} />
        {state === "signed_out" ? <SignIn staff={staff} title={page.heading()} /> : null}
        {state === "asking" ? (
          <main class={page.opening ?? "sign-in"}>{staffWords.value.finding}</main>
        ) : null}
        {all === null
          ? null
          : page.show(
              all,
              {
                status: all.connection.status.value,
                onRetry: () => all.connection.retry(),
                trouble: staff.refusal.value?.code ?? null,
              },
              staff,
            )}
      </>
    );
  }

  staff.state.subscribe((state) => {
    if (state === "signed_in" && opened.peek() === null) open();
    if (state !== "signed_in") close();
  });
  const root = document.getElementById("app");
  if (root !== null) render(<Page />, root);
  await staff.find();
}
