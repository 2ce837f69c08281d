export type KeyAction = "call" | "pause" | "come" | "decline" | "microphone" | "end";

/** Keys of the desk. Function keys, because they work while somebody is typing; single letters would not. */
const KEYS: ReadonlyMap<string, KeyAction> = new Map([
  ["F2", "call"],
  ["F4", "pause"],
  ["F6", "come"],
  ["F7", "decline"],
  ["F8", "microphone"],
  ["F9", "end"],
]);

/** What a key asks for; null where it is not ours: a held key, or one with Alt, Ctrl (Ctrl+F4 closes a tab). */
export function actionOf(
  event: Pick<KeyboardEvent, "key" | "repeat" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">,
): KeyAction | null {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  return KEYS.get(event.key) ?? null;
}

/** Listens until the returned end is called. A key of ours never reaches the browser. */
export function listenToKeys(press: (action: KeyAction) => void): () => void {
  const listener = (event: KeyboardEvent): void => {
    const action = actionOf(event);
    if (action === null) return;
    event.preventDefault();
    press(action);
  };
  addEventListener("keydown", listener);
  return () => removeEventListener("keydown", listener);
}
