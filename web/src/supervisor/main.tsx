import { effect } from "@preact/signals";
import { staffPage } from "~/components/staff_page";
import { boardWords } from "~/i18n/board";
import { speakAsBefore } from "~/i18n/language";
import { staffWords } from "~/i18n/staff";
import { BoardModel } from "~/models/board";
import { findPractice } from "~/models/practice";
import { Board } from "~/supervisor/board";
import { connect, type Connection } from "~/transport";
import "~/styles/base.css";
import "~/styles/components.css";

/** Everything of one signed-in supervisor, ended together. */
class Watch {
  readonly connection: Connection<"/supervisor"> = connect("/supervisor");
  readonly board = new BoardModel(this.connection);
  private readonly end = effect(() => {
    document.title = boardWords.value.pageTitle(this.board.needing.value.length);
  });

  dispose(): void {
    this.end();
    this.board.dispose();
    this.connection.close();
  }
}

await speakAsBefore();
void findPractice();
await staffPage({
  role: "supervisor",
  heading: () => staffWords.value.supervisor,
  title: () => boardWords.peek().title,
  open: () => new Watch(),
  show: ({ board }, line, staff) => <Board {...line} board={board} onSignOut={() => void staff.signOut()} />,
});
