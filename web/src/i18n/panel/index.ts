import { section } from "~/i18n/language";
import { pt } from "~/i18n/panel/pt";

export type { PanelWords } from "~/i18n/panel/pt";

export const panelWords = section(pt, {
  en: async () => (await import("~/i18n/panel/en")).en,
  es: async () => (await import("~/i18n/panel/es")).es,
});
