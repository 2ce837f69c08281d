import { Button } from "~/components/button";
import { common } from "~/i18n/common";
import { language, LANGUAGE_NAMES, LANGUAGES, speak, TAGS } from "~/i18n/language";

/** The page's languages, each in its own words: a setting of this device. */
export function Languages() {
  return (
    <nav class="languages" aria-label={common.value.language}>
      {LANGUAGES.map((one) => (
        <Button
          key={one}
          kind="link"
          lang={TAGS[one]}
          aria-current={one === language.value ? "true" : undefined}
          onClick={() => void speak(one)}
        >
          {LANGUAGE_NAMES[one]}
        </Button>
      ))}
    </nav>
  );
}
