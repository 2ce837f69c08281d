import { pt } from "~/i18n/quality/pt";
import { section } from "~/i18n/language";

export type { QualityWords } from "~/i18n/quality/pt";

/** How well a person is heard and seen, told to whoever serves them. */
export const qualityWords = section(pt, {
  en: async () => (await import("~/i18n/quality/en")).en,
  es: async () => (await import("~/i18n/quality/es")).es,
});
