import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useId, useRef } from "preact/hooks";

const Shown = createContext<ComponentChildren>(null);

/** Around a page: what no dialog of it may hide, such as somebody who rings. An open dialog shows it too. */
export function Urgent(props: { readonly shown: ComponentChildren; readonly children: ComponentChildren }) {
  return <Shown.Provider value={props.shown}>{props.children}</Shown.Provider>;
}

/** A question that must be answered first. The browser's own dialog: it keeps focus inside, Escape closes it. */
export function Dialog(props: {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly actions: ComponentChildren;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const urgent = useContext(Shown);
  // Closing comes as an event of its own, later: whoever took the dialog away may show another by then.
  const there = useRef(true);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      there.current = false;
      shown?.close();
    };
  }, []);
  const close = (): void => {
    if (there.current) props.onClose();
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={title} onCancel={close} onClose={close}>
      {urgent === null ? null : (
        <div class="dialog-urgent" role="alert">
          {urgent}
        </div>
      )}
      <div class="dialog-body">
        <h2 id={title}>{props.title}</h2>
        {props.children}
      </div>
      <div class="dialog-actions">{props.actions}</div>
    </dialog>
  );
}
