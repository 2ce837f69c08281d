/** Keeps the screen from going dark while somebody waits or talks, where the browser can. Returns its end. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let asking = false;
  let over = false;
  const hold = async (): Promise<void> => {
    if (over || asking || lock?.released === false || document.visibilityState !== "visible") return;
    asking = true;
    try {
      const held = await navigator.wakeLock.request("screen");
      if (over) await held.release();
      else lock = held;
    } catch (refusal) {
      // A battery saver may refuse; the place is kept with a dark screen too.
      if (!(refusal instanceof DOMException)) throw refusal;
    } finally {
      asking = false;
    }
  };
  const look = (): void => void hold();
  if ("wakeLock" in navigator) {
    // The browser lets go whenever the page is hidden.
    document.addEventListener("visibilitychange", look);
    look();
  }
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", look);
    void lock?.release();
  };
}
