import { signal } from "@preact/signals";

const polite = signal("");
const assertive = signal("");

/** Has a screen reader say `text`: politely when it is free, assertively at once. Shown to nobody. */
export function announce(text: string, how: "polite" | "assertive" = "polite"): void {
  const region = how === "polite" ? polite : assertive;
  // The same sentence twice is no change to a screen reader; a no-break space makes it one.
  region.value = region.peek() === text ? `${text}\u00a0` : text;
}

/** The page's two live regions; every entry renders them once, always. */
export function Announcer() {
  return (
    <div class="unseen">
      <p aria-live="polite">{polite}</p>
      <p aria-live="assertive">{assertive}</p>
    </div>
  );
}
