import { pt } from "~/i18n/call/pt";
import { section } from "~/i18n/language";

export type { CallWords } from "~/i18n/call/pt";

/** What the stage says. */
export const callWords = section(pt, {
  en: async () => (await import("~/i18n/call/en")).en,
  es: async () => (await import("~/i18n/call/es")).es,
});
