import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Drawer } from "~/models/drawer";
import type { GuestCard, GuestView, Party } from "~/protocol/types";
import { type AnyCode, type Connection, get, post, type Reply } from "~/transport";

const USED = "balcao.guest";

/** The link's two requests. */
export interface InvitationRequests {
  look(code: string): Promise<Reply<GuestCard>>;
  join(code: string, name: string): Promise<Reply<GuestCard>>;
}

export const invitationOverHttp: InvitationRequests = {
  look: (code) => get<GuestCard>(`guests/${encodeURIComponent(code)}`),
  join: (code, name) => post<GuestCard>(`guests/${encodeURIComponent(code)}`, { name }),
};

/** What the page needs of a call: that it can be let go of. */
export interface Company {
  dispose(): void;
}

export interface GuestSurroundings<Call extends Company> {
  readonly code: string;
  /** Keeps by which link this browser last took a seat. */
  readonly drawer: Drawer;
  readonly connect: () => Connection<"/guest">;
  readonly makeCall: (connection: Connection<"/guest">, call: string, party: Party) => Call;
  readonly requests?: InvitationRequests;
}

/**
 * - `opening`: the page does not know yet;
 * - `invited`: the link is good, a name is asked;
 * - `refused`: the link is over, or used by somebody else;
 * - `in_call`, `mirror` (another page of this browser is), `left`.
 */
export type GuestScreen = "opening" | "invited" | "refused" | "in_call" | "mirror" | "left";

/** Somebody else's way into a call, and out of it. */
export class GuestModel<Call extends Company> {
  private readonly found = signal<GuestCard | null>(null);
  private readonly said = signal<AnyCode | null>(null);
  private readonly working = signal(false);
  private readonly text = signal("");
  private readonly line = signal<Connection<"/guest"> | null>(null);
  private readonly newest = signal<GuestView | null>(null);
  private readonly talk = signal<{ readonly id: string; readonly party: Party; readonly model: Call } | null>(
    null,
  );
  private readonly requests: InvitationRequests;
  private readonly ends: (() => void)[] = [];

  readonly card: ReadonlySignal<GuestCard | null> = this.found;
  readonly refusal: ReadonlySignal<AnyCode | null> = this.said;
  readonly busy: ReadonlySignal<boolean> = this.working;
  readonly name: ReadonlySignal<string> = this.text;
  readonly view: ReadonlySignal<GuestView | null> = this.newest;
  readonly connection: ReadonlySignal<Connection<"/guest"> | null> = this.line;
  readonly call = computed(() => this.talk.value?.model ?? null);
  readonly screen = computed<GuestScreen>(() => {
    const view = this.newest.value;
    if (view !== null) return view.left !== null ? "left" : view.mirror ? "mirror" : "in_call";
    if (this.line.value !== null) return this.line.value.refusal.value === null ? "opening" : "refused";
    if (this.found.value !== null) return "invited";
    return this.said.value === null ? "opening" : "refused";
  });

  constructor(private readonly around: GuestSurroundings<Call>) {
    this.requests = around.requests ?? invitationOverHttp;
  }

  /** Whoever has used the link already is back in the call; who has not is shown what it is. */
  async open(): Promise<void> {
    if (this.around.drawer.read(USED) === this.around.code) this.connect();
    else await this.look();
  }

  async look(): Promise<void> {
    await this.work(async () => {
      const reply = await this.requests.look(this.around.code);
      batch(() => {
        this.found.value = reply.ok ? reply.body : null;
        this.said.value = reply.ok ? null : reply.code;
      });
    });
  }

  type(name: string): void {
    this.text.value = name;
  }

  /** Into the call, under the name that was written. */
  async join(): Promise<void> {
    await this.work(async () => {
      const reply = await this.requests.join(this.around.code, this.text.peek());
      this.said.value = reply.ok ? null : reply.code;
      if (!reply.ok) return;
      this.around.drawer.keep(USED, this.around.code);
      this.connect();
    });
  }

  dispose(): void {
    for (const end of this.ends.splice(0)) end();
    this.talk.peek()?.model.dispose();
    this.line.peek()?.close();
  }

  private connect(): void {
    const connection = this.around.connect();
    this.line.value = connection;
    this.ends.push(
      connection.onView((view) => batch(() => this.viewed(view, connection))),
      effect(() => {
        if (connection.refusal.value !== null) this.said.value = connection.refusal.value.code;
      }),
    );
  }

  private viewed(view: GuestView, connection: Connection<"/guest">): void {
    this.newest.value = view;
    const { call } = view.call;
    const { party } = view.me;
    const before = this.talk.peek();
    const here = view.left === null && !view.mirror;
    if (before !== null && here && before.id === call && before.party === party) return;
    before?.model.dispose();
    this.talk.value = here ? { id: call, party, model: this.around.makeCall(connection, call, party) } : null;
  }

  private async work(act: () => Promise<void>): Promise<void> {
    if (this.working.peek()) return;
    this.working.value = true;
    await act();
    this.working.value = false;
  }
}
