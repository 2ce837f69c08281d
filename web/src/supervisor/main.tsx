import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { Announcer } from "~/components/announcer";
import { PracticeBand } from "~/components/practice_band";
import { SignIn } from "~/components/sign_in";
import { boardWords } from "~/i18n/board";
import { speakAsBefore } from "~/i18n/language";
import { staffWords } from "~/i18n/staff";
import { BoardModel } from "~/models/board";
import { findPractice, practising } from "~/models/practice";
import { StaffModel } from "~/models/staff";
import { Board } from "~/supervisor/board";
import { connect, type Connection } from "~/transport";
import "~/styles/base.css";
import "~/styles/components.css";

/** Everything of one signed-in supervisor, ended together. */
class Watch {
  readonly connection: Connection<"/supervisor"> = connect("/supervisor");
  readonly board = new BoardModel(this.connection);
  private readonly ends = [
    effect(() => {
      document.title = boardWords.value.pageTitle(this.board.needing.value.length);
    }),
    // The server said goodbye, or no longer knows this session.
    effect(() => {
      if (this.connection.status.value !== "refused") return;
      staff.leave(this.connection.farewell.peek() === null ? "session_over" : "signed_out");
    }),
  ];

  dispose(): void {
    this.ends.forEach((end) => end());
    this.board.dispose();
    this.connection.close();
  }
}

const staff = new StaffModel("supervisor");
const watch = signal<Watch | null>(null);

function Page() {
  const open = watch.value;
  return (
    <>
      <Announcer />
      <PracticeBand on={practising.value} />
      {staff.state.value === "signed_out" ? (
        <SignIn staff={staff} title={staffWords.value.supervisor} />
      ) : null}
      {staff.state.value === "asking" ? <main class="sign-in">{staffWords.value.finding}</main> : null}
      {open === null ? null : (
        <Board
          board={open.board}
          status={open.connection.status.value}
          onRetry={() => open.connection.retry()}
          onSignOut={() => void staff.signOut()}
          trouble={staff.refusal.value?.code ?? null}
        />
      )}
    </>
  );
}

staff.state.subscribe((state) => {
  const open = watch.peek();
  if (state === "signed_in" && open === null) watch.value = new Watch();
  if (state !== "signed_in" && open !== null) {
    watch.value = null;
    open.dispose();
    document.title = boardWords.peek().title;
  }
});

await speakAsBefore();
void findPractice();
const root = document.getElementById("app");
if (root !== null) render(<Page />, root);
await staff.find();
