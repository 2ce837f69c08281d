import type { PanelWords } from "~/i18n/panel/pt";

export const en: PanelWords = {
  title: "Virtual counter",
  waiting: (count) => (count === 0 ? "Nobody in line" : count === 1 ? "person in line" : "people in line"),
  join: "Service by video, from home:",
  updated: (time) => `Updated ${time}.`,
  opening: "Opening",
  unknown: "We did not find this unit. Check this screen's address.",
  away: "No internet. We are trying again.",
};
