import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { Bell } from "~/attendant/bell";
import { tellAsked } from "~/attendant/tell";
import { CallModel } from "~/call/call";
import { guestWire } from "~/call/guest_wire";
import { MediaModel } from "~/call/media";
import { Announcer } from "~/components/announcer";
import { PracticeBand } from "~/components/practice_band";
import { SignIn } from "~/components/sign_in";
import { deskWords } from "~/i18n/desk";
import { interpreterWords } from "~/i18n/interpreter";
import { speakAsBefore } from "~/i18n/language";
import { staffWords } from "~/i18n/staff";
import { Pool } from "~/interpreter/pool";
import { InterpreterModel } from "~/models/interpreter";
import { findPractice, practising } from "~/models/practice";
import { StaffModel } from "~/models/staff";
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
      effect(() => {
        const screen = model.screen.value;
        if (screen !== "ready" && screen !== "helping") return;
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

  /** Leaves the pool and then the session: nobody is called who is on the way out. */
  async signOut(): Promise<void> {
    const view = this.model.view.peek();
    if (view?.elsewhere === false && view.status !== "offline") await this.model.goOffline();
    await staff.signOut();
  }

  dispose(): void {
    this.ends.forEach((end) => end());
    this.model.dispose();
    this.connection.close();
    this.media.dispose();
    this.bell.dispose();
  }
}

const staff = new StaffModel("interpreter");
const place = signal<Place | null>(null);

function Page() {
  const open = place.value;
  return (
    <>
      <Announcer />
      <PracticeBand on={practising.value} />
      {staff.state.value === "signed_out" ? (
        <SignIn staff={staff} title={staffWords.value.interpreter} />
      ) : null}
      {staff.state.value === "asking" ? <main class="sign-in">{staffWords.value.finding}</main> : null}
      {open === null ? null : (
        <Pool
          model={open.model}
          media={open.media}
          bell={open.bell}
          status={open.connection.status.value}
          onRetry={() => open.connection.retry()}
          onSignOut={() => void open.signOut()}
          trouble={staff.refusal.value?.code ?? null}
        />
      )}
    </>
  );
}

staff.state.subscribe((state) => {
  const open = place.peek();
  if (state === "signed_in" && open === null) place.value = new Place();
  if (state !== "signed_in" && open !== null) {
    place.value = null;
    open.dispose();
    document.title = interpreterWords.peek().title;
  }
});

await speakAsBefore();
void findPractice();
const root = document.getElementById("app");
if (root !== null) render(<Page />, root);
await staff.find();
