/** What one side gives, and what it says of it to each of the others. */

import { PICTURES, type Rung } from "~/call/ladder";
import type { MediaState } from "~/protocol/types";

/** What this side gives to everybody; null: nothing of that kind. */
export interface Outgoing {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
  /** Whether somebody who speaks here would be heard. */
  readonly microphone: boolean;
  /** Whether `video` shows the screen. */
  readonly screen: boolean;
  readonly saving: boolean;
}

/** What is said to whom gets it on this rung: `weak` where the way carries less than there is. */
export function said({ audio, microphone, saving, screen, video }: Outgoing, rung: Rung): MediaState {
  const on = { sound: audio !== null && microphone, picture: video !== null };
  const sound = on.sound && rung !== "text";
  const picture = on.picture && PICTURES[rung] !== null;
  return {
    type: "media",
    microphone: sound,
    camera: picture && !screen,
    screen: picture && screen,
    weak: sound !== on.sound || picture !== on.picture,
    saving,
  };
}

export function same(a: MediaState, b: MediaState | null): boolean {
  return b !== null && JSON.stringify(a) === JSON.stringify(b);
}
