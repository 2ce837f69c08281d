import { useEffect, useState } from "preact/hooks";
import { listen } from "~/call/ear";
import { callWords } from "~/i18n/call";

/** A bar that follows one's voice: the microphone works. Nothing where, or while, the browser does not let it listen. */
export function Meter({ track }: { readonly track: MediaStreamTrack | null }) {
  const words = callWords.value;
  const [loudness, setLoudness] = useState<number | null>(null);
  useEffect(() => {
    if (track === null) return undefined;
    const end = listen(new MediaStream([track]), (heard) => setLoudness(heard?.loudness ?? null));
    return () => {
      end?.();
      setLoudness(null);
    };
  }, [track]);
  if (loudness === null) return null;
  return (
    <label class="meter">
      <span class="meter-words">{words.meter}</span>
      <meter data-testid="microphone-meter" min={0} max={1} value={loudness} />
    </label>
  );
}
