import { effect } from "@preact/signals";
import { Bell } from "~/attendant/bell";
import { tellAsked } from "~/attendant/tell";
import { CallModel } from "~/call/call";
import { ownCertificate } from "~/call/certificate";
import { guestWire } from "~/call/guest_wire";
import { MediaModel } from "~/call/media";
import { staffPage } from "~/components/staff_page";
import { deskWords } from "~/i18n/desk";
import { interpreterWords } from "~/i18n/interpreter";
import { speakAsBefore } from "~/i18n/language";
import { staffWords } from "~/i18n/staff";
import { Pool } from "~/interpreter/pool";
import { InterpreterModel } from "~/models/interpreter";
import { findPractice } from "~/models/practice";
import { connect, type Connection } from "~/transport";
import "~/styles/base.css";
import "~/styles/components.css";

/** Everything of one signed-in interpreter, ended together. */
class Place {
  readonly connection: Connection<"/interpreter"> = connect("/interpreter");
  readonly media = new MediaModel();
  readonly bell = new Bell();
  readonly model: InterpreterModel<CallModel>;
  private readonly ends: readonly (() => void)[];

  constructor() {
    void ownCertificate();
    const { bell, connection, media } = this;
    this.model = new InterpreterModel({
      link: connection,
      makeCall: (call, party) => new CallModel({ wire: guestWire(connection), party, call, media }),
    });
    const { model } = this;
    this.ends = [
      ...tellAsked(model, bell),
      effect(() => {
        const asked = model.asked.value;
        document.title =
          asked === null ? interpreterWords.value.title : deskWords.value.askedTitle(asked.clerk.name);
      }),
      // Whoever is available needs the devices at hand; so does a page that is opened again.
      media.askWhile(() => model.screen.value === "ready" || model.screen.value === "helping"),
    ];
  }

  /** Out of the pool: nobody is called who is on the way out. */
  async leave(): Promise<void> {
    const view = this.model.view.peek();
    if (view?.elsewhere === false && view.status !== "offline") await this.model.goOffline();
  }

  dispose(): void {
    this.ends.forEach((end) => end());
    this.model.dispose();
    this.connection.close();
    this.media.dispose();
    this.bell.dispose();
  }
}

await speakAsBefore();
void findPractice();
await staffPage({
  role: "interpreter",
  heading: () => staffWords.value.interpreter,
  title: () => interpreterWords.peek().title,
  open: () => new Place(),
  show: (place, line, staff) => (
    <Pool
      {...line}
      model={place.model}
      media={place.media}
      bell={place.bell}
      onSignOut={() => void place.leave().then(() => staff.signOut())}
    />
  ),
});
