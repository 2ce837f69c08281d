import { Button } from "~/components/button";
import { Notice } from "~/components/notice";
import { staffWords } from "~/i18n/staff";

/** The line to the counter is away: what that means here, and the way to try at once. */
export function Offline(props: { readonly sentence: string; readonly onRetry: () => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a notice holds paragraphs, an output may not
    <Notice tone="warn" role="status">
      <p>{props.sentence}</p>
      <Button kind="link" onClick={props.onRetry}>
        {staffWords.value.offlineNow}
      </Button>
    </Notice>
  );
}
