import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { Bell } from "~/attendant/bell";
import { Desk } from "~/attendant/desk";
import { tell } from "~/attendant/tell";
import { CallModel } from "~/call/call";
import { ownCertificate } from "~/call/certificate";
import { MediaModel } from "~/call/media";
import { Announcer } from "~/components/announcer";
import { PracticeBand } from "~/components/practice_band";
import { SignIn } from "~/components/sign_in";
import { deskWords } from "~/i18n/desk";
import { language, speakAsBefore } from "~/i18n/language";
import { staffWords } from "~/i18n/staff";
import { DeskModel } from "~/models/desk";
import { findPractice, PracticeModel, practising } from "~/models/practice";
import { StaffModel } from "~/models/staff";
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
      effect(() => {
        const screen = this.desk.screen.value;
        if (screen !== "ready" && screen !== "ringing" && screen !== "in_call" && screen !== "helping")
          return;
        if (media.camera.peek() === "unasked" && media.microphone.peek() === "unasked")
          void media.ask("video");
      }),
      // The server said goodbye, or no longer knows this session.
      effect(() => {
        if (connection.status.value !== "refused") return;
        staff.leave(connection.farewell.peek() === null ? "session_over" : "signed_out");
      }),
    ];
  }

  /** Leaves the counter and then the session: nobody is called by a desk that is on its way out. */
  async signOut(): Promise<void> {
    const view = this.desk.view.peek();
    if (view?.elsewhere === false && view.status !== "offline") await this.desk.goOffline();
    await staff.signOut();
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

const staff = new StaffModel("attendant");
const counter = signal<Counter | null>(null);

function Page() {
  const open = counter.value;
  return (
    <>
      <Announcer />
      <PracticeBand on={practising.value} />
      {staff.state.value === "signed_out" ? (
        <SignIn staff={staff} title={staffWords.value.attendant} />
      ) : null}
      {staff.state.value === "asking" ? <main class="desk-opening">{staffWords.value.finding}</main> : null}
      {open === null ? null : <Signed counter={open} />}
    </>
  );
}

function Signed(props: { readonly counter: Counter }) {
  const { bell, connection, desk, media, practice } = props.counter;
  return (
    <Desk
      desk={desk}
      media={media}
      bell={bell}
      practice={practice}
      status={connection.status.value}
      onRetry={() => connection.retry()}
      onSignOut={() => void props.counter.signOut()}
      trouble={staff.refusal.value?.code ?? null}
    />
  );
}

staff.state.subscribe((state) => {
  const open = counter.peek();
  if (state === "signed_in" && open === null) counter.value = new Counter();
  if (state !== "signed_in" && open !== null) {
    counter.value = null;
    open.dispose();
    document.title = deskWords.peek().title(0);
  }
});

await Promise.all([speakAsBefore(), findPractice()]);
const root = document.getElementById("app");
if (root !== null) render(<Page />, root);
await staff.find();
