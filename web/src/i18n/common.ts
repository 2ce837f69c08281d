import { common as pt } from "~/i18n/common.pt";
import { section } from "~/i18n/language";

/** Words that every page needs, in the chosen language. */
export const common = section(pt, {
  en: async () => (await import("~/i18n/common.en")).common,
  es: async () => (await import("~/i18n/common.es")).common,
});
