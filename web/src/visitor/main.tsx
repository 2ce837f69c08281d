import { signal } from "@preact/signals";
import { render } from "preact";
import { Announcer } from "~/components/announcer";
import { speakAsBefore } from "~/i18n/language";
import type { CourtCard } from "~/protocol/types";
import { get } from "~/transport/http";
import { Frame } from "~/visitor/frame";
import { HomePage } from "~/visitor/home";
import { ReceiptPage } from "~/visitor/receipt";
import { routeOf } from "~/visitor/route";
import { UnitPage } from "~/visitor/unit";
import "~/styles/base.css";
import "~/styles/components.css";
import "~/visitor/visitor.css";

const court = signal<CourtCard | null>(null);
const route = routeOf(location.pathname);

function Visitor() {
  return (
    <>
      <Announcer />
      <Frame court={court.value}>
        {route.page === "home" ? <HomePage /> : null}
        {route.page === "unit" ? <UnitPage slug={route.unit} /> : null}
        {route.page === "receipt" ? <ReceiptPage code={route.code} /> : null}
      </Frame>
    </>
  );
}

const place = document.querySelector("#app");
if (place !== null) {
  void get<CourtCard>("court").then((reply) => {
    if (reply.ok) court.value = reply.body;
  });
  await speakAsBefore();
  place.replaceChildren();
  render(<Visitor />, place);
}
