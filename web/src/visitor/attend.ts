import { computed, effect, type ReadonlySignal, untracked } from "@preact/signals";
import { announce } from "~/components/announcer";
import { keepAwake } from "~/components/awake";
import { common } from "~/i18n/common";
import { visitorWords } from "~/i18n/visitor";
import { browserDrawer } from "~/models/drawer";
import { HeadStarts } from "~/models/head_starts";
import { secondsUntil } from "~/models/ticker";
import { clerkOf, type VisitModel } from "~/models/visit";
import { alarm } from "~/visitor/alarm";
import { helping } from "~/visitor/frame";
import { notifications } from "~/visitor/notifications";

/** Said once more when so many seconds are left, and never in between. */
const LAST_CALL_S = 20;

/**
 * What a visit does outside its page: the window's title, the screen kept awake, sound and vibration,
 * the notification, and what a screen reader says. Returns its end.
 */
export function attend(model: VisitModel): () => void {
  const ring = computed(() => (model.screen.value === "called" ? (model.ticket.value?.ring ?? null) : null));
  const ringing = computed(() => ring.value?.call ?? null);
  const until = computed(() => ring.value?.until_ms ?? null);
  // In the call the stage does it, for everybody.
  const awake = computed(() => ["waiting", "called"].includes(model.screen.value));
  const ahead = computed(() =>
    model.screen.value === "waiting" ? (model.ticket.value?.ahead ?? null) : null,
  );
  const before = document.title;

  const endings = [
    effect(() => {
      document.title = titleOf(model, before);
    }),
    effect(() => (awake.value ? keepAwake() : undefined)),
    effect(() => {
      if (ringing.value === null) return undefined;
      const sentence = untracked(() => called(model));
      helping.value = false;
      announce(sentence, "assertive");
      alarm.ring();
      void notifications.say(visitorWords.peek().called.title, sentence);
      return () => {
        alarm.stop();
        void notifications.clear();
      };
    }),
    effect(() => {
      if (until.value === null) return undefined;
      const { called: words } = visitorWords.peek();
      const left = until.value - model.connection.serverNow() - LAST_CALL_S * 1_000;
      if (left <= 0) return undefined;
      const timer = setTimeout(
        () => announce(words.announceLeft(common.peek().seconds(LAST_CALL_S)), "assertive"),
        left,
      );
      return () => clearTimeout(timer);
    }),
    tellMoreTime(ringing, until),
    tellNear(model),
    remindAway(model),
    keepHeadStart(model),
    effect(() => {
      if (ahead.value !== null) announce(visitorWords.peek().waiting.ahead(ahead.value));
    }),
    unlockOnTap(),
  ];
  return () => {
    for (const end of endings) end();
    document.title = before;
  };
}

/** A ticket that closing ended gives the next one a head start: this browser keeps the receipt until it was used. */
function keepHeadStart(model: VisitModel): () => void {
  const kept = new HeadStarts(browserDrawer());
  return effect(() => {
    const ticket = model.ticket.value;
    const until = ticket?.end?.head_start_until_ms ?? null;
    if (ticket?.end && until !== null) kept.remember(ticket.unit.slug, ticket.end.receipt, until);
    if (ticket?.head_start === true) kept.forget(ticket.unit.slug);
  });
}

/** Each ticket is told anew where its reminders go: the permission outlives the ticket. */
function remindAway(model: VisitModel): () => void {
  const live = computed(() => (model.screen.value === "waiting" ? (model.ticket.value?.id ?? null) : null));
  return effect(() => {
    if (live.value !== null) void notifications.subscribe();
  });
}

/** The turn came near while this page was open: heard, and said where the person looks elsewhere. */
function tellNear(model: VisitModel): () => void {
  const near = computed(() => (model.screen.value === "waiting" ? (model.ticket.value?.near ?? null) : null));
  let before: boolean | null = null;
  return effect(() => {
    const now = near.value;
    if (before === false && now === true) {
      const { waiting, document: titles } = visitorWords.peek();
      alarm.chime();
      announce(waiting.near);
      void notifications.say(titles.near, waiting.near);
    }
    before = now;
  });
}

/** "Preciso de mais tempo" was granted: the same ring, a later end. */
function tellMoreTime(
  ringing: ReadonlySignal<string | null>,
  until: ReadonlySignal<number | null>,
): () => void {
  let before: { readonly call: string; readonly until: number } | null = null;
  return effect(() => {
    const [call, end] = [ringing.value, until.value];
    if (call === null || end === null) return;
    if (before?.call === call && end > before.until) announce(visitorWords.peek().called.moreTimeUsed);
    before = { call, until: end };
  });
}

function called(model: VisitModel): string {
  const ring = model.ticket.value?.ring;
  if (!ring) return "";
  const left = secondsUntil(ring.until_ms, model.connection.serverNow());
  return visitorWords.peek().called.announce(ring.clerk.name, common.peek().seconds(left));
}

function titleOf(model: VisitModel, before: string): string {
  const words = visitorWords.value;
  const ticket = model.ticket.value;
  if (ticket === null) return before;
  if (model.screen.value === "mirror" && ticket.state !== "waiting") return visitorWords.value.mirror.title;
  switch (model.screen.value) {
    case "waiting":
    case "mirror":
      return words.document.waiting(ticket.number, words.waiting.ahead(ticket.ahead ?? 0));
    case "called":
      return words.document.called(ticket.number);
    case "in_call":
      return words.document.inCall(clerkOf(ticket)?.name ?? ticket.unit.name);
    case "ended":
      return words.document.ended;
    case "opening":
    case "none":
    case "moved":
      return before;
  }
}

const unlock = (): void => alarm.unlock();

/** After a reload nobody has tapped yet: the first tap anywhere gives the sound back. */
function unlockOnTap(): () => void {
  addEventListener("pointerup", unlock);
  addEventListener("keydown", unlock);
  const end = (): void => {
    removeEventListener("pointerup", unlock);
    removeEventListener("keydown", unlock);
  };
  const endLook = effect(() => {
    if (!alarm.locked.value) end();
  });
  return () => {
    endLook();
    end();
  };
}
