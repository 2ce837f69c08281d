import { Bell } from "~/attendant/bell";
import { Desk } from "~/attendant/desk";
import { tell } from "~/attendant/tell";
import { CallModel } from "~/call/call";
import { ownCertificate } from "~/call/certificate";
import { MediaModel } from "~/call/media";
import { staffPage } from "~/components/staff_page";
import { deskWords } from "~/i18n/desk";
import { language, speakAsBefore } from "~/i18n/language";
import { staffWords } from "~/i18n/staff";
import { DeskModel } from "~/models/desk";
import { findPractice, PracticeModel, practising } from "~/models/practice";
import { connect, type Connection } from "~/transport";
import "~/styles/base.css";
import "~/styles/components.css";

/** Everything of one signed-in person, ended together. */
class Counter {
  readonly connection: Connection<"/attendant"> = connect("/attendant");
  readonly media = new MediaModel();
  readonly bell = new Bell();
  readonly desk: DeskModel<CallModel>;
  readonly practice = practising.peek() ? new PracticeModel(() => language.peek()) : null;
  private readonly ends: readonly (() => void)[];

  constructor() {
    void ownCertificate();
    const { connection, media } = this;
    this.desk = new DeskModel({
      link: connection,
      makeCall: (call, party) => new CallModel({ wire: connection, party, call, media }),
    });
    this.ends = [
      tell(this.desk, this.bell),
      // A page that is opened again while its person attends needs its devices again.
      media.askWhile(() => {
        const screen = this.desk.screen.value;
        return screen === "ready" || screen === "ringing" || screen === "in_call" || screen === "helping";
      }),
    ];
  }

  /** Away from the counter: nobody is called by a desk that is on its way out. */
  async leave(): Promise<void> {
    const view = this.desk.view.peek();
    if (view?.elsewhere === false && view.status !== "offline") await this.desk.goOffline();
  }

  dispose(): void {
    this.ends.forEach((end) => end());
    this.desk.dispose();
    this.practice?.dispose();
    this.connection.close();
    this.media.dispose();
    this.bell.dispose();
  }
}

await Promise.all([speakAsBefore(), findPractice()]);
await staffPage({
  role: "attendant",
  heading: () => staffWords.value.attendant,
  title: () => deskWords.peek().title(0),
  opening: "desk-opening",
  open: () => new Counter(),
  show: (counter, line, staff) => (
    <Desk
      {...line}
      desk={counter.desk}
      media={counter.media}
      bell={counter.bell}
      practice={counter.practice}
      onSignOut={() => void counter.leave().then(() => staff.signOut())}
    />
  ),
});
