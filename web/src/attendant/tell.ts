import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { Bell } from "~/attendant/bell";
import { missedSentence } from "~/attendant/sentences";
import { announce } from "~/components/announcer";
import { deskWords } from "~/i18n/desk";
import type { Conversation, DeskModel } from "~/models/desk";
import type { AskedIn, WhyLeft } from "~/protocol/types";

/** Somebody asks for help until they are answered; whoever looks elsewhere hears it again. */
const RING_AGAIN_MS = 3_000;

/** Tells by sound, by screen reader and by the window's title what somebody who looks elsewhere must know. Returns its end. */
export function tell(desk: DeskModel<Conversation>, bell: Bell): () => void {
  const offers = computed(() => desk.offered.value?.name ?? null);
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
    ...tellAsked(desk, bell),
    effect(() => {
      if (offers.value === null) return;
      // Once: whoever talks must be able to go on.
      bell.ring();
      announce(deskWords.peek().offered(offers.value), "assertive");
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

/** Tells that somebody asks for help, until they have an answer, and that a call in which one helped is over. */
export function tellAsked(
  who: {
    readonly asked: ReadonlySignal<AskedIn | null>;
    readonly helpOver: ReadonlySignal<WhyLeft | null>;
  },
  bell: Bell,
): readonly (() => void)[] {
  const asks = computed(() => who.asked.value?.clerk.name ?? null);
  return [
    effect(() => {
      if (asks.value === null) return undefined;
      announce(deskWords.peek().asked(asks.value), "assertive");
      bell.ring();
      const again = setInterval(() => bell.ring(), RING_AGAIN_MS);
      return () => clearInterval(again);
    }),
    effect(() => {
      const over = who.helpOver.value;
      if (over !== null) announce(deskWords.peek().helped[over]);
    }),
  ];
}
