/** What happens to a camera or a microphone without anybody having asked for it. */

/** A phone call or another program may take a device for an instant; longer, and it must be asked for again. */
export const TAKEN_MS = 3_000;

/** Whether anybody looks at the page: while nobody does, phones take the camera away as a matter of course. */
export interface Onlooker extends EventTarget {
  readonly visibilityState: DocumentVisibilityState;
}

/**
 * Calls `lost` once, when the track is of no more use: it has ended (unplugged, withdrawn), or it has been silent for
 * three seconds, or still is when somebody looks at the page again. Returns its end.
 */
export function mind(
  track: MediaStreamTrack,
  lost: () => void,
  page: Onlooker | undefined = globalThis.document,
): () => void {
  const over = new AbortController();
  const { signal } = over;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    clearTimeout(timer);
    over.abort();
  };
  const give = (): void => {
    if (signal.aborted) return;
    end();
    lost();
  };
  const look = (): void => {
    if (track.muted && page?.visibilityState !== "hidden") give();
  };
  const muted = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, TAKEN_MS);
  };
  track.addEventListener("ended", give, { signal });
  track.addEventListener("mute", muted, { signal });
  track.addEventListener("unmute", () => clearTimeout(timer), { signal });
  page?.addEventListener("visibilitychange", () => track.muted && muted(), { signal });
  return end;
}
