import { useEffect, useMemo } from "preact/hooks";
import { handoverWords } from "~/i18n/handover";
import { BringingModel } from "~/models/handover";
import { Bring } from "~/visitor/bring";

/** `/continuar`, with the code of a QR code or without one. Opening it changes nothing. */
export function ContinuePage({ code }: { readonly code: string | null }) {
  const model = useMemo(() => new BringingModel(), []);
  useEffect(() => {
    if (code === null) return;
    model.type(code);
    // The code is worth a ticket: it does not stay in the address, nor in the browser's history.
    history.replaceState(null, "", "/continuar");
    void model.look();
  }, [code, model]);
  return <Continue model={model} />;
}

export function Continue({ model }: { readonly model: BringingModel }) {
  return (
    <main class="page">
      <h1 class="title">{handoverWords.value.bringTitle}</h1>
      <Bring model={model} />
    </main>
  );
}
