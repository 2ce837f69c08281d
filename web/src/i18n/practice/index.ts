import { section } from "~/i18n/language";
import { pt } from "~/i18n/practice/pt";

export type { PracticeWords } from "~/i18n/practice/pt";

export const practiceWords = section(pt, {
  en: async () => (await import("~/i18n/practice/en")).en,
  es: async () => (await import("~/i18n/practice/es")).es,
});
