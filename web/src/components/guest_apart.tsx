import { guestWords } from "~/i18n/guest";
import type { CallState } from "~/protocol/types";

/** Over the stage, for somebody in a call that is not theirs, while the others do not talk, or their own line is cut. */
export function guestApart(state: CallState, cut: boolean) {
  const words = guestWords.value;
  if (cut) return <p>{words.cut}</p>;
  if (state === "interrupted") return <p>{words.interrupted}</p>;
  if (state !== "on_hold") return null;
  return (
    <>
      <p class="stage-card-name">{words.held}</p>
      <p>{words.heldHow}</p>
    </>
  );
}
