import { computed, effect } from "@preact/signals";
import type { Bell } from "~/attendant/bell";
import { missedSentence } from "~/attendant/sentences";
import { announce } from "~/components/announcer";
import { deskWords } from "~/i18n/desk";
import type { Conversation, DeskModel } from "~/models/desk";

/** Somebody asks for help until they are answered; whoever looks elsewhere hears it again. */
const RING_AGAIN_MS = 3_000;

/** Tells by sound, by screen reader and by the window's title what somebody who looks elsewhere must know. Returns its end. */
export function tell(desk: DeskModel<Conversation>, bell: Bell): () => void {
  const ringing = computed(() => desk.asked.value?.call ?? null);
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
      if (ringing.value === null) return;
      const { clerk } = desk.asked.peek() ?? {};
      announce(deskWords.peek().asked(clerk?.name ?? ""), "assertive");
      bell.ring();
      const again = setInterval(() => bell.ring(), RING_AGAIN_MS);
      return () => clearInterval(again);
    }),
    effect(() => {
      const over = desk.helpOver.value;
      if (over !== null) announce(deskWords.peek().helped[over]);
    }),
    effect(() => {
      const words = deskWords.value;
      const asked = desk.asked.value;
      document.title =
        asked === null ? words.title(desk.view.value?.waiting ?? 0) : words.askedTitle(asked.clerk.name);
    }),
  ];
  return () => ends.forEach((end) => end());
}
