import { signal } from "@preact/signals";
import { NOON_MS } from "~/models/fixtures";
import { Panel } from "~/panel/panel";
import type { PublicUnit } from "~/protocol/types";
import { NO_ANSWER, type Reply } from "~/transport";

const UNIT: PublicUnit = {
  slug: "1-vara-familia-varzea-grande",
  name: "1ª Vara Especializada de Família e Sucessões de Várzea Grande",
  comarca: "Várzea Grande",
  letters: "FA1",
  open: true,
  until: "2026-11-23T18:00:00-04:00",
  opens_at: null,
  closed_reason: null,
  waiting: 7,
  attending: 2,
  estimate: { low_min: 10, high_min: 20 },
  suspended: null,
  full: false,
  closing: false,
  contact: { phone: "(65) 3688-0000", email: "familia1.vg@tribunal.example" },
  zone: "America/Cuiaba",
};

const shown = (reply: Reply<PublicUnit> | null) => (
  <Panel unit={{ reply: signal(reply), at: signal(NOON_MS) }} host="balcao.tribunal.example" />
);

/** Every state of the screen in the waiting room. */
export const PANEL_STATES = {
  "panel-opening": () => shown(null),
  "panel-open": () => shown({ ok: true, body: UNIT }),
  "panel-empty": () => shown({ ok: true, body: { ...UNIT, waiting: 0 } }),
  "panel-unattended": () => shown({ ok: true, body: { ...UNIT, attending: 0, estimate: null } }),
  "panel-closed": () =>
    shown({
      ok: true,
      body: {
        ...UNIT,
        open: false,
        until: null,
        opens_at: "2026-11-24T12:00:00-04:00",
        closed_reason: "Feriado municipal",
      },
    }),
  "panel-unknown": () => shown({ ok: false, code: "unit_unknown", details: {} }),
  "panel-away": () => shown(NO_ANSWER),
} as const;
