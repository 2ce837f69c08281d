import { computed, type ReadonlySignal, signal } from "@preact/signals";

/** The languages of the pages. Portuguese is the court's own and comes with the page; the others are fetched. */
export const LANGUAGES = ["pt", "en", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own words: somebody who reads only Spanish must find it. */
export const LANGUAGE_NAMES: Record<Language, string> = { pt: "Português", en: "English", es: "Español" };

/** BCP 47, for `<html lang>` and the browser's own formats. */
export const TAGS: Record<Language, string> = { pt: "pt-BR", en: "en", es: "es" };

const KEY = "balcao.language";
const chosen = signal<Language>("pt");
const loaders: ((language: Exclude<Language, "pt">) => Promise<void>)[] = [];

export const language: ReadonlySignal<Language> = chosen;

/** A section's words in the chosen language, typed by the Portuguese ones: a missing key does not compile. */
export function section<Words extends object>(
  pt: Words,
  others: Record<Exclude<Language, "pt">, () => Promise<Words>>,
): ReadonlySignal<Words> {
  const fetched = signal<Partial<Record<Language, Words>>>({ pt });
  const load = async (wanted: Exclude<Language, "pt">): Promise<void> => {
    if (fetched.peek()[wanted] === undefined) {
      const words = await others[wanted]();
      fetched.value = { ...fetched.peek(), [wanted]: words };
    }
  };
  loaders.push(load);
  // A section that comes with a later part of the page speaks as the page does by then.
  const now = chosen.peek();
  if (now !== "pt") void Promise.allSettled([load(now)]);
  return computed(() => fetched.value[chosen.value] ?? pt);
}

/** Speaks `wanted` from now on, on this device. Portuguese stays where the words cannot be fetched. */
export async function speak(wanted: Language): Promise<void> {
  if (wanted !== "pt") {
    const fetched = await Promise.allSettled(loaders.map((load) => load(wanted)));
    if (fetched.some((one) => one.status === "rejected")) return;
  }
  chosen.value = wanted;
  document.documentElement.lang = TAGS[wanted];
  try {
    localStorage.setItem(KEY, wanted);
  } catch {
    // Storage may be forbidden (private windows): the choice then lasts as long as the page.
  }
}

/** Speaks what this device chose before; an entry waits for it before it shows anything. */
export async function speakAsBefore(): Promise<void> {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden: Portuguese.
  }
  const known = LANGUAGES.find((one) => one === kept);
  if (known !== undefined && known !== "pt") await speak(known);
}
