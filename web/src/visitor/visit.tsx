import { effect } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { CallModel } from "~/call/call";
import { ownCertificate } from "~/call/certificate";
import { MediaModel } from "~/call/media";
import type { Drawer } from "~/models/drawer";
import { Ticker } from "~/models/ticker";
import { VisitModel } from "~/models/visit";
import { connect } from "~/transport";
import { attend } from "~/visitor/attend";
import { Called } from "~/visitor/called";
import { Ended } from "~/visitor/ended";
import { InCall } from "~/visitor/in_call";
import { Mirror } from "~/visitor/mirror";
import { Moved } from "~/visitor/moved";
import { Waiting } from "~/visitor/waiting";

/** One visit on this page: its model, its clock and its screens. Whoever opened it disposes of it. */
export interface Visit {
  readonly model: VisitModel;
  readonly ticker: Ticker;
  readonly Screens: FunctionComponent<ScreenProps>;
  dispose(): void;
}

export interface ScreenProps {
  readonly visit: Visit;
  /** Another ticket, please. */
  readonly onAgain: () => void;
}

/** Opens the line to the counter and shows what it says. */
export function openVisit(drawer: Drawer): Visit {
  void ownCertificate();
  const connection = connect("/visitor");
  const media = new MediaModel();
  return visitOf(
    new VisitModel({
      connection,
      media,
      makeCall: (call) => new CallModel({ wire: connection, party: "visitor", call, media }),
      drawer,
    }),
  );
}

/** A visit around a model; the gallery of states brings its own. */
export function visitOf(model: VisitModel): Visit {
  const ticker = new Ticker(() => model.connection.serverNow());
  // A view sets the clock: what counts down is right at once, not a second later.
  const endTick = effect(() => {
    void model.ticket.value;
    ticker.tick();
  });
  const endAttending = attend(model);
  return {
    model,
    ticker,
    Screens,
    dispose() {
      endAttending();
      endTick();
      ticker.dispose();
      model.dispose();
    },
  };
}

function Screens(props: ScreenProps) {
  const { model } = props.visit;
  const screen = model.screen.value;
  // Another screen begins at its top.
  useEffect(() => scrollTo(0, 0), [screen]);
  switch (screen) {
    case "waiting":
      return <Waiting {...props} />;
    case "called":
      return <Called visit={props.visit} />;
    case "in_call":
      return <InCall visit={props.visit} />;
    case "ended":
      return <Ended {...props} />;
    case "mirror":
      return <Mirror visit={props.visit} />;
    case "moved":
      return <Moved {...props} />;
    case "opening":
    case "none":
      return null;
  }
}
