import { practiceWords } from "~/i18n/practice";

/** On every page of a court where clerks practise: nothing here counts. */
export function PracticeBand(props: { readonly on: boolean }) {
  const words = practiceWords.value;
  return props.on ? (
    <aside class="practice-band" aria-label={words.title}>
      {words.band}
    </aside>
  ) : null;
}
