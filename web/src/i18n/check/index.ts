import { pt } from "~/i18n/check/pt";
import { section } from "~/i18n/language";

export type { CheckWords } from "~/i18n/check/pt";

/** The check of devices and internet; fetched with its own screen. */
export const checkWords = section(pt, {
  en: async () => (await import("~/i18n/check/en")).en,
  es: async () => (await import("~/i18n/check/es")).es,
});
