import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { PracticeBand } from "~/components/practice_band";
import { SelectField } from "~/components/field";
import { common } from "~/i18n/common";
import { language, LANGUAGE_NAMES, LANGUAGES, speak } from "~/i18n/language";
import { visitorWords } from "~/i18n/visitor";
import type { CourtCard } from "~/protocol/types";
import { portalOf } from "~/visitor/browser";

/** Whether the help lies over the page. Whoever is called must see it: their page closes it. */
export const helping = signal(false);

/** Around every page: whose counter this is, help, language, the way back to a portal. */
export function Frame(props: { readonly court: CourtCard | null; readonly children: ComponentChildren }) {
  const words = visitorWords.value;
  const portal = portalOf(location.search);
  const { court } = props;
  return (
    <>
      <PracticeBand on={court?.practice === true} />
      <header class="top">
        <a class="top-name" href={`/${location.search}`}>
          {court?.crest ? <img class="crest" src={court.crest} alt="" /> : null}
          <span>{common.value.product}</span>
        </a>
        <Button kind="link" onClick={() => (helping.value = true)}>
          {common.value.help}
        </Button>
      </header>
      {portal === null ? null : (
        <nav class="portal">
          <a href={portal.href}>{words.portal(portal.host)}</a>
        </nav>
      )}
      {props.children}
      <footer class="bottom">
        {court === null ? null : <p>{court.name}</p>}
        {court?.demo === true ? <p>{words.demo}</p> : null}
        {court?.ombudsman ? (
          <p>
            <a href={court.ombudsman} rel="noreferrer">
              {words.ended.ombudsman}
            </a>
          </p>
        ) : null}
        <SelectField
          id="language"
          label={common.value.language}
          value={language.value}
          options={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
          onPick={(wanted) => void speak(wanted)}
        />
      </footer>
      {helping.value ? (
        <Dialog
          title={words.help.title}
          onClose={() => (helping.value = false)}
          actions={
            <Button kind="main" onClick={() => (helping.value = false)}>
              {common.value.close}
            </Button>
          }
        >
          <ul class="help">
            {words.help.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{words.help.trouble}</p>
        </Dialog>
      ) : null}
    </>
  );
}
