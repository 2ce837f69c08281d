import { section } from "~/i18n/language";
import { pt } from "~/i18n/board/pt";

export type { BoardWords } from "~/i18n/board/pt";

export const boardWords = section(pt, {
  en: async () => (await import("~/i18n/board/en")).en,
  es: async () => (await import("~/i18n/board/es")).es,
});
