import { section } from "~/i18n/language";
import { pt } from "~/i18n/interpreter/pt";

export type { InterpreterWords } from "~/i18n/interpreter/pt";

export const interpreterWords = section(pt, {
  en: async () => (await import("~/i18n/interpreter/en")).en,
  es: async () => (await import("~/i18n/interpreter/es")).es,
});
