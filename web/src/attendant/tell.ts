import { effect } from "@preact/signals";
import type { Bell } from "~/attendant/bell";
import { missedSentence } from "~/attendant/sentences";
import { announce } from "~/components/announcer";
import { deskWords } from "~/i18n/desk";
import type { Conversation, DeskModel } from "~/models/desk";

/** Tells by sound, by screen reader and by the window's title what somebody who looks elsewhere must know. Returns its end. */
export function tell(desk: DeskModel<Conversation>, bell: Bell): () => void {
  const ends = [
    effect(() => {
      if (desk.bell.value === 0) return;
      bell.ring();
      announce(deskWords.peek().somebodyArrived(desk.view.peek()?.waiting ?? 0));
    }),
    effect(() => {
      const missed = desk.missed.value;
      if (missed !== null) announce(missedSentence(missed, deskWords.peek()), "assertive");
    }),
    effect(() => {
      document.title = deskWords.value.title(desk.view.value?.waiting ?? 0);
    }),
  ];
  return () => ends.forEach((end) => end());
}
