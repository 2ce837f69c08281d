import { section } from "~/i18n/language";
import { pt } from "~/i18n/guest/pt";

export type { GuestWords } from "~/i18n/guest/pt";

export const guestWords = section(pt, {
  en: async () => (await import("~/i18n/guest/en")).en,
  es: async () => (await import("~/i18n/guest/es")).es,
});
