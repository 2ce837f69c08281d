import { section } from "~/i18n/language";
import { pt } from "~/i18n/visitor/pt";

export type { VisitorWords } from "~/i18n/visitor/pt";

/** The visitor's words in the chosen language. */
export const visitorWords = section(pt, {
  en: async () => (await import("~/i18n/visitor/en")).en,
  es: async () => (await import("~/i18n/visitor/es")).es,
});
