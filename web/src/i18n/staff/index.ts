import { section } from "~/i18n/language";
import { pt } from "~/i18n/staff/pt";

export type { StaffWords } from "~/i18n/staff/pt";

export const staffWords = section(pt, {
  en: async () => (await import("~/i18n/staff/en")).en,
  es: async () => (await import("~/i18n/staff/es")).es,
});
