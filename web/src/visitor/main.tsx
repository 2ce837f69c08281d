import { effect, signal } from "@preact/signals";
import { type FunctionComponent, render } from "preact";
import { Announcer } from "~/components/announcer";
import { speakAsBefore } from "~/i18n/language";
import { visitorWords } from "~/i18n/visitor";
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
const Guest = signal<FunctionComponent<{ readonly code: string }> | null>(null);
const Continue = signal<FunctionComponent<{ readonly code: string | null }> | null>(null);

function Visitor() {
  return (
    <>
      <Announcer />
      <Frame court={court.value}>
        {route.page === "home" ? <HomePage /> : null}
        {route.page === "unit" ? <UnitPage slug={route.unit} /> : null}
        {route.page === "receipt" ? <ReceiptPage code={route.code} /> : null}
        {Continue.value === null || route.page !== "continue" ? null : <Continue.value code={route.code} />}
        {Guest.value === null || route.page !== "guest" ? null : <Guest.value code={route.code} />}
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
  effect(() => {
    const titles = visitorWords.value.document;
    // A unit's page has the unit's name, as soon as it is known.
    if (route.page !== "unit") document.title = route.page === "receipt" ? titles.receipt : titles.home;
  });
  // Few come this way: it is no part of everybody's first load.
  if (route.page === "continue") Continue.value = (await import("~/visitor/continue")).ContinuePage;
  if (route.page === "guest") Guest.value = (await import("~/guest/guest")).GuestPage;
  place.replaceChildren();
  render(<Visitor />, place);
}
