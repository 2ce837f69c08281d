import type { Plugin } from "vite";
import { pages } from "../src/i18n/pages.ts";

/** Fills `%visitor.title%` in the HTML entries from `i18n/pages.ts`; a key that is not there fails the build. */
export function pageWords(): Plugin {
  const words = new Map<string, string>(
    Object.entries(pages).flatMap(([page, said]) =>
      Object.entries(said).map(([key, text]: [string, string]) => [`${page}.${key}`, text] as const),
    ),
  );
  return {
    name: "balcao:page-words",
    transformIndexHtml: (html) =>
      html.replaceAll(/%([a-z]+\.[a-zA-Z]+)%/g, (_, key: string) => {
        const text = words.get(key);
        if (text === undefined) throw new Error(`i18n/pages.ts has no ${key}`);
        return text;
      }),
  };
}
