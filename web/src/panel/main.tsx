import { render } from "preact";
import { speakAsBefore } from "~/i18n/language";
import { Panel } from "~/panel/panel";
import type { PublicUnit } from "~/protocol/types";
import { Refreshed } from "~/visitor/refreshed";
import "~/styles/base.css";
import "~/styles/components.css";

/** The unit of `/tv/<unit>`. */
const slug = location.pathname.split("/")[2] ?? "";
const unit = new Refreshed<PublicUnit>(`units/${encodeURIComponent(slug)}`);

await speakAsBefore();
const root = document.getElementById("app");
if (root !== null) render(<Panel unit={unit} host={location.host} />, root);
