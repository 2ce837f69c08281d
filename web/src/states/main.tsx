/** The gallery: `states.html?screen=<name>` shows one state as fixed views make it. For people and screenshots; never shipped. */

import { type JSX, render } from "preact";
import { Announcer } from "~/components/announcer";
import { speakAsBefore } from "~/i18n/language";
import { BOARD_STATES } from "~/states/board";
import { DESK_STATES } from "~/states/desk";
import { GUEST_STATES } from "~/states/guest";
import { PANEL_STATES } from "~/states/panel";
import { POOL_STATES } from "~/states/pool";
import { VISITOR_STATES } from "~/states/visitor";
import "~/styles/base.css";
import "~/styles/components.css";

const STATES: ReadonlyMap<string, () => JSX.Element> = new Map(
  Object.entries({
    ...DESK_STATES,
    ...BOARD_STATES,
    ...GUEST_STATES,
    ...PANEL_STATES,
    ...POOL_STATES,
    ...VISITOR_STATES,
  }),
);

await speakAsBefore();
const name = new URLSearchParams(location.search).get("screen") ?? "";
const state = STATES.get(name);
const root = document.querySelector("#app");
if (root !== null) {
  render(
    <>
      <Announcer />
      {state === undefined ? (
        <ul>
          {[...STATES.keys()].map((one) => (
            <li key={one}>
              <a href={`?screen=${one}`}>{one}</a>
            </li>
          ))}
        </ul>
      ) : (
        state()
      )}
    </>,
    root,
  );
}
