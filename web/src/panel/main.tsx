import { render } from "preact";
import { PracticeBand } from "~/components/practice_band";
import { speakAsBefore } from "~/i18n/language";
import { findPractice, practising } from "~/models/practice";
import { Panel } from "~/panel/panel";
import type { PublicUnit } from "~/protocol/types";
import { Refreshed } from "~/visitor/refreshed";
import "~/styles/base.css";
import "~/styles/components.css";

/** The unit of `/tv/<unit>`. */
const slug = location.pathname.split("/")[2] ?? "";
const unit = new Refreshed<PublicUnit>(`units/${encodeURIComponent(slug)}`);

function Page() {
  return (
    <>
      <PracticeBand on={practising.value} />
      <Panel unit={unit} host={location.host} />
    </>
  );
}

await speakAsBefore();
void findPractice();
const root = document.getElementById("app");
if (root !== null) render(<Page />, root);
