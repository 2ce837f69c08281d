import { section } from "~/i18n/language";
import { pt } from "~/i18n/desk/pt";

export type { DeskWords } from "~/i18n/desk/pt";

export const deskWords = section(pt, {
  en: async () => (await import("~/i18n/desk/en")).en,
  es: async () => (await import("~/i18n/desk/es")).es,
});
