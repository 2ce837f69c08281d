import { pt } from "~/i18n/handover/pt";
import { section } from "~/i18n/language";

export type { HandoverWords } from "~/i18n/handover/pt";

/** A ticket that moves between devices; fetched with the screens that speak of it. */
export const handoverWords = section(pt, {
  en: async () => (await import("~/i18n/handover/en")).en,
  es: async () => (await import("~/i18n/handover/es")).es,
});
