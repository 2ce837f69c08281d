import {
  batch,
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";
import type { CallModel } from "~/call/call";
import type { MediaModel } from "~/call/media";
import type { Found } from "~/models/found";
import type { Drawer } from "~/models/drawer";
import type { JoinForm } from "~/models/join_form";
import { checkedOf, keepCheck, takeCheck, toldOf } from "~/models/kept_check";
import {
  type Clerk,
  EVERY_MEDIA,
  type Media,
  type TicketBody,
  type TicketState,
  type TicketView,
  type VisitorCommand,
} from "~/protocol/types";
import type { AnyCode, CommandReply, Connection } from "~/transport";

/**
 * Which page a visitor sees.
 *
 * `opening`: no view yet. `none`: this browser holds no ticket. `mirror`: another page of this browser is the active one.
 * `moved`: the ticket was taken to another device, or this browser was told to forget it.
 */
export type Screen = "opening" | "none" | "mirror" | "waiting" | "called" | "in_call" | "ended" | "moved";

export interface VisitParts {
  readonly connection: Connection<"/visitor">;
  readonly media: MediaModel;
  /** Made here, when it rings; disposed here. */
  readonly makeCall: (call: string) => CallModel;
  readonly drawer: Drawer;
}

/** A no-show is the third ring that nobody entered (`DESIGN.md` §4). */
export const RINGS = 3;

const MEDIA_KEY = "balcao.media";
const VISIT_KEY = "balcao.visit";

const SCREENS: Record<TicketState, Screen> = {
  waiting: "waiting",
  called: "called",
  in_call: "in_call",
  interrupted: "in_call",
  on_hold: "in_call",
  served: "ended",
  left: "ended",
  lost: "ended",
  no_show: "ended",
  closed: "ended",
  removed: "ended",
  transferred: "ended",
};

const LIVE: ReadonlySet<TicketState> = new Set(["waiting", "called", "in_call", "interrupted", "on_hold"]);

/** One visit on one page, from the ticket to its end: what is shown, and what may be asked. */
export class VisitModel {
  readonly connection: Connection<"/visitor">;
  readonly media: MediaModel;
  readonly screen: ReadonlySignal<Screen>;
  readonly ticket: ReadonlySignal<TicketBody | null>;
  /** The call that rings or is under way on this page. */
  readonly call: ReadonlySignal<CallModel | null>;
  /** The command on its way: its button says so and is not pressed twice. */
  readonly asking: ReadonlySignal<VisitorCommand["type"] | null>;
  /** The last command that was refused, until the next. */
  readonly refusal: ReadonlySignal<AnyCode | null>;
  /** While the line is lost: until when, in court time, the place is surely kept. */
  readonly keptUntil: ReadonlySignal<number | null>;
  /** Whether camera and microphone were talked about on this page. */
  readonly mediaChosen: ReadonlySignal<boolean>;

  readonly #view = signal<TicketView | null>(null);
  readonly #call = signal<CallModel | null>(null);
  readonly #asking = signal<VisitorCommand["type"] | null>(null);
  readonly #refusal = signal<AnyCode | null>(null);
  readonly #keptUntil = signal<number | null>(null);
  readonly #mediaChosen = signal(false);
  /** The ticket that this tab saw live: how an older visit ended is no business of a new one. */
  readonly #followed: Signal<string | null>;
  readonly #parts: VisitParts;
  readonly #endings: (() => void)[];
  #rung: string | null = null;

  constructor(parts: VisitParts) {
    this.#parts = parts;
    this.#followed = signal(parts.drawer.read(VISIT_KEY));
    this.connection = parts.connection;
    this.media = parts.media;
    this.call = this.#call;
    this.asking = this.#asking;
    this.refusal = this.#refusal;
    this.keptUntil = this.#keptUntil;
    this.mediaChosen = this.#mediaChosen;
    this.ticket = computed(() => this.#view.value?.ticket ?? null);
    this.screen = computed(() => {
      const farewell = parts.connection.farewell.value;
      if (this.ticket.value !== null && (farewell === "moved" || farewell === "forgotten")) return "moved";
      const screen = screenOf(this.#view.value);
      // The stage is there before the first picture is, which comes sooner than the counter's answer.
      if (screen === "called" && this.#call.value?.entered.value === true) return "in_call";
      if (screen !== "ended" || this.ticket.value?.id === this.#followed.value) return screen;
      return this.#mayComeBack() ? "ended" : "none";
    });
    this.#endings = [
      parts.connection.onView((view) => this.#show(view)),
      effect(() => {
        const there = isThere(parts.connection);
        untracked(() => this.#lineIs(there));
      }),
      effect(() => {
        if (this.screen.value === "moved") untracked(() => this.#goes());
      }),
    ];
  }

  /** Takes the ticket. False: refused; the form shows what to check, or `refusal` says why. */
  async join(unit: string, form: JoinForm): Promise<boolean> {
    const command = form.toJoin(unit);
    if (command === null) return false;
    const reply = await this.#ask(command);
    if (reply === null) return false;
    if (reply.ok) {
      form.clear();
      if (reply.result.type === "joined") this.#follow(reply.result.ticket);
      return true;
    }
    if (reply.code !== "no_answer" && form.refuse(reply)) this.#refusal.value = null;
    return false;
  }

  async leave(): Promise<void> {
    const ticket = this.ticket.value;
    if (ticket !== null) await this.#ask({ type: "leave", rev: ticket.rev });
  }

  /** "Voltei": the place again, after rings that nobody entered. */
  async comeBack(): Promise<void> {
    const ticket = this.ticket.value;
    if (ticket !== null) await this.#ask({ type: "come_back", rev: ticket.rev });
  }

  async moreTime(): Promise<void> {
    const ticket = this.ticket.value;
    if (ticket !== null) await this.#ask({ type: "more_time", rev: ticket.rev });
  }

  /** "Já voltei": what was to be fetched is there. */
  async ready(): Promise<void> {
    const ticket = this.ticket.value;
    if (ticket !== null) await this.#ask({ type: "ready", rev: ticket.rev });
  }

  /** Somebody else, instead of waiting for a clerk who is gone. */
  async otherAttendant(): Promise<void> {
    const call = this.ticket.value?.call;
    if (call) await this.#ask({ type: "other_attendant", call: call.call });
  }

  async continueHere(): Promise<void> {
    await this.#ask({ type: "continue_here" });
  }

  /** "Entrar". Whoever has not spoken of camera and microphone is asked now; entering does not wait for the answer. */
  async enter(): Promise<void> {
    const ring = this.ticket.value?.ring;
    if (!ring) return;
    if (!this.#mediaChosen.value) this.choose("video");
    const call = this.#call.value;
    call?.enters();
    const reply = await this.#ask({ type: "enter", call: ring.call, media: this.entering() });
    if (reply?.ok === false) call?.stays();
  }

  /** How this person would enter now: what is blocked or missing is left out, what may still come is not. */
  entering(): Media {
    const { media, camera, microphone } = this.media;
    const lost = (state: typeof camera.value): boolean =>
      state === "refused" || state === "absent" || state === "unsupported";
    if (media.value === "text") return "text";
    if (media.value === "video" && !lost(camera.value)) return "video";
    return lost(microphone.value) ? "text" : "audio";
  }

  /** Takes part with picture, sound or text. Asks the browser for what is needed, lets go of the rest. */
  choose(media: Media): void {
    this.#mediaChosen.value = true;
    this.#parts.drawer.keep(MEDIA_KEY, media);
    void this.media.ask(media);
  }

  /** A check of devices and internet came to its end: whoever serves this person sees what was found. */
  checked(found: Found): void {
    keepCheck(this.#parts.drawer, { atMs: Date.now(), found: toldOf(found) });
    void this.#tellCheck();
  }

  /** The visit is over and done with on this page: another ticket may be taken. */
  forget(): void {
    this.#followed.value = null;
    this.#parts.drawer.empty(VISIT_KEY);
    this.#parts.drawer.empty(MEDIA_KEY);
  }

  dispose(): void {
    for (const end of this.#endings.splice(0)) end();
    this.#drop();
    this.media.dispose();
    this.connection.close();
  }

  #mayComeBack(): boolean {
    const until = this.ticket.value?.end?.back_until_ms ?? null;
    return until !== null && until > this.connection.serverNow();
  }

  async #ask(command: VisitorCommand): Promise<CommandReply | null> {
    // Entering waits for no other answer: who asked for more time and is ready meanwhile taps once, not in vain.
    const asking = this.#asking.value;
    if (asking !== null && (command.type !== "enter" || asking === "enter")) return null;
    batch(() => {
      this.#asking.value = command.type;
      this.#refusal.value = null;
    });
    const reply = await this.connection.send(command);
    batch(() => {
      if (this.#asking.value === command.type) this.#asking.value = null;
      // A place that changed meanwhile explains itself: the view that follows shows it.
      if (!reply.ok && reply.code !== "stale_rev") this.#refusal.value = reply.code;
    });
    return reply;
  }

  #show(view: TicketView): void {
    batch(() => {
      this.#view.value = view;
      this.#lineIs(isThere(this.connection));
      const screen = screenOf(view);
      const ticket = view.ticket;
      const call = ticket?.ring?.call ?? ticket?.call?.call ?? null;
      if (screen === "called" || screen === "in_call") this.#pick(call);
      else this.#drop();
      if (ticket !== null && LIVE.has(ticket.state)) {
        this.#follow(ticket.id);
        if (!view.mirror) void this.#tellCheck();
      }
      if (screen === "waiting" || screen === "called" || screen === "in_call") this.#resumeMedia();
      if (screen === "ended" || screen === "mirror") this.media.stop();
      // Continuing here opens again what was chosen, as a reload does.
      if (screen === "mirror") this.#mediaChosen.value = false;
    });
    const ring = view.ticket?.ring ?? null;
    if (ring !== null && !view.mirror && ring.call !== this.#rung) {
      this.#rung = ring.call;
      void this.connection.send({ type: "ring_seen", call: ring.call });
    }
  }

  /** What a check found is told once; where the counter did not hear it, with the next view. */
  async #tellCheck(): Promise<void> {
    const kept = takeCheck(this.#parts.drawer);
    const command = kept === null ? null : checkedOf(kept, Date.now());
    if (kept === null || command === null) return;
    const reply = await this.connection.send(command);
    if (!reply.ok && reply.code === "no_answer") keepCheck(this.#parts.drawer, kept);
  }

  /** What goes on with the ticket goes on elsewhere: this page neither hears nor is heard any more. */
  #goes(): void {
    batch(() => {
      this.#drop();
      this.media.stop();
      this.#parts.drawer.empty(VISIT_KEY);
      this.#parts.drawer.empty(MEDIA_KEY);
    });
  }

  #follow(ticket: string): void {
    this.#followed.value = ticket;
    this.#parts.drawer.keep(VISIT_KEY, ticket);
  }

  #pick(call: string | null): void {
    if (this.#call.value?.id === call) return;
    this.#drop();
    if (call !== null) this.#call.value = this.#parts.makeCall(call);
  }

  #drop(): void {
    this.#call.value?.dispose();
    this.#call.value = null;
  }

  /**
   * After a reload: what was allowed before is opened again, without a word. A page that takes a conversation over goes
   * on as its person entered: else the clerk would neither see nor hear them any more.
   */
  #resumeMedia(): void {
    if (this.#mediaChosen.value) return;
    const kept = this.#parts.drawer.read(MEDIA_KEY) ?? this.ticket.value?.call?.media;
    const media = EVERY_MEDIA.find((one) => one === kept);
    if (media !== undefined) this.choose(media);
  }

  #lineIs(there: boolean): void {
    const ticket = this.ticket.value;
    if (there || ticket === null) this.#keptUntil.value = null;
    else this.#keptUntil.value ??= this.connection.serverNow() + ticket.kept_s * 1_000;
  }
}

/** As far as people are concerned: a line that moves to another server is as good as there. */
export function isThere({ status }: Pick<Connection<"/visitor">, "status">): boolean {
  return status.value === "online" || status.value === "moving";
}

function screenOf(view: TicketView | null): Screen {
  if (view === null) return "opening";
  if (view.ticket === null) return "none";
  const screen = SCREENS[view.ticket.state];
  return view.mirror && screen !== "ended" ? "mirror" : screen;
}

/** Who serves this person, or calls them. */
export function clerkOf({ call, ring }: TicketBody): Clerk | null {
  return (call ?? ring)?.clerk ?? null;
}

/** Whether this tab follows a visit: its state is then asked for again, so that a reload shows how it ended. */
export function visitedHere(drawer: Drawer): boolean {
  return drawer.read(VISIT_KEY) !== null;
}
