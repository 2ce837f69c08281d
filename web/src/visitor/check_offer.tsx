import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { MediaModel } from "~/call/media";
import { Button } from "~/components/button";
import { visitorWords } from "~/i18n/visitor";
import type { Found } from "~/models/found";
import { tabDrawer } from "~/models/drawer";
import { keepCheck, toldOf } from "~/models/kept_check";
import { browser } from "~/visitor/browser";

interface CheckOfferProps {
  readonly media?: MediaModel;
  readonly onFound?: (found: Found) => void;
}

function keep(found: Found): void {
  keepCheck(tabDrawer(), { atMs: Date.now(), found: toldOf(found) });
}

type Shown = FunctionComponent<{ readonly onClose: () => void }>;

/**
 * The way to the check; the check itself is fetched when it is wanted. `media`: lent by the page, else its own.
 * What is found goes to `onFound`, else it waits in the tab for a ticket.
 */
export function CheckOffer({ media, onFound = keep }: CheckOfferProps) {
  const shown = useSignal<Shown | null>(null);
  const own = useMemo(() => (media === undefined ? new MediaModel() : null), [media]);
  useEffect(() => () => own?.dispose(), [own]);
  if (!browser().video) return null;
  const open = async (): Promise<void> => {
    const [{ CheckDialog }, { CheckModel }] = await Promise.all([
      import("~/visitor/check"),
      import("~/models/check"),
    ]);
    const used = media ?? own;
    if (used === null) return;
    const model = new CheckModel(used, onFound);
    shown.value = ({ onClose }) => <CheckDialog model={model} onClose={onClose} />;
  };
  return (
    <>
      <Button kind="link" onClick={() => void open()} data-testid="check">
        {visitorWords.value.check}
      </Button>
      {shown.value === null ? null : (
        <shown.value
          onClose={() => {
            shown.value = null;
            own?.stop();
          }}
        />
      )}
    </>
  );
}
