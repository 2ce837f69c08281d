import { useSignal } from "@preact/signals";
import { Button } from "~/components/button";
import { Notice } from "~/components/notice";
import { visitorWords } from "~/i18n/visitor";
import { type Browser, chromeAddress } from "~/visitor/browser";

/** What this browser lacks, and the way out. Text still works wherever the page itself does. */
export function BrowserNotice({ browser }: { readonly browser: Browser }) {
  const words = visitorWords.value.unsupported;
  if (!browser.socket) return <Notice tone="bad">{words.noSocket}</Notice>;
  if (browser.inApp) {
    return (
      <Notice tone="warn">
        <p>{words.inApp}</p>
        <p>{words.inAppHow}</p>
        {browser.android ? (
          <a class="button button-plain" href={chromeAddress(new URL(location.href))}>
            {words.openOutside}
          </a>
        ) : null}
        <CopyAddress />
      </Notice>
    );
  }
  if (!browser.secure) return <Notice tone="warn">{words.insecure}</Notice>;
  if (!browser.video) return <Notice tone="warn">{words.noVideo}</Notice>;
  return null;
}

function CopyAddress() {
  const words = visitorWords.value.unsupported;
  const copied = useSignal(false);
  if (!("clipboard" in navigator)) return <p class="numbers">{location.href}</p>;
  return (
    <>
      <Button
        onClick={() => {
          void navigator.clipboard.writeText(location.href).then(() => (copied.value = true));
        }}
      >
        {words.copy}
      </Button>
      <p role="status">{copied.value ? words.copied : null}</p>
    </>
  );
}
