/** The others of a call, for the gallery: real legs within one page, pictures drawn on a canvas. */

import { effect, signal } from "@preact/signals";
import { CallModel } from "~/call/call";
import { MediaModel } from "~/call/media";
import type { PeerModel } from "~/call/peer";
import type { TestLog } from "~/call/testing/log";
import { sheet, somebody } from "~/states/devices";
import type { Came, Party } from "~/protocol/types";

export type Coming = Omit<Came, "type">;

export const INTERPRETER: Coming = {
  party: "guest_1",
  kind: "interpreter",
  name: "Rita de Cássia Prado Vasconcelos",
  function: null,
};
export const COMPANION: Coming = {
  party: "guest_2",
  kind: "companion",
  name: "João dos Santos",
  function: null,
};

export const COLLEAGUE: Coming = {
  party: "guest_1",
  kind: "colleague",
  name: "Bruno Ferreira de Albuquerque Cavalcanti",
  function: "técnico judiciário",
};

/** What somebody says who is heard and shows no picture. */
export const QUIET = {
  type: "media",
  microphone: true,
  camera: false,
  screen: false,
  weak: false,
  saving: false,
} as const;

/** Once so many others are in the call: what happens to it then, before it is drawn. */
export function whenThere(
  current: () => CallModel | null,
  others: number,
  ...happens: readonly ((call: CallModel) => void)[]
): void {
  let done = false;
  effect(() => {
    const call = current();
    if (done || call === null || call.peers.value.length < others) return;
    done = true;
    for (const one of happens) one(call);
  });
}

/** From now on it is so between this page and that one, whatever its leg says. */
export function so<What extends "leg" | "quality" | "rung">(
  peer: PeerModel,
  what: What,
  value: PeerModel[What]["value"],
): void {
  Object.defineProperty(peer, what, { value: signal(value) });
}

/** The way to the one at the counter is gone, and looked for. */
export function broken(call: CallModel): void {
  so(call.main, "leg", "broken");
  Object.defineProperty(call, "leg", { value: call.main.leg });
}

/** The text is open, and this is the first of it. */
export function write(call: CallModel, text: string): void {
  queueMicrotask(() => {
    call.chat.show(true);
    void call.chat.write(text);
  });
}

/** Lets these in, everybody with a picture; `screen`: the clerk's shows a page, not a face. */
export async function company(
  log: TestLog,
  there: readonly Party[],
  coming: readonly Coming[],
  screen = false,
): Promise<void> {
  for (const one of coming) log.append(null, { type: "came", ...one });
  const everybody = [...there, ...coming.map(({ party }) => party)];
  await Promise.all(everybody.map((party) => enter(log, party, screen && party === "attendant")));
  const guest = coming[0];
  if (guest !== undefined) log.append(guest.party, { type: "chat", text: "Bom dia. Eu interpreto." });
}

async function enter(log: TestLog, party: Party, screen: boolean): Promise<void> {
  const picture = somebody();
  const moving = {
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    enumerateDevices: () => Promise.resolve([]),
    getUserMedia: ({ audio }: MediaStreamConstraints) =>
      audio === false
        ? Promise.resolve(picture.captureStream(5))
        : Promise.reject(new DOMException("", "NotFoundError")),
  };
  keepMoving(picture);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as MediaModel uses
  const media = new MediaModel(moving as unknown as MediaDevices);
  const call = new CallModel({ wire: log.wire(party), party, call: log.call, media });
  if (screen) await showScreen(call);
  else await media.ask("video");
  call.chat.show(true);
}

/** This side shows a written page. */
export async function showScreen(call: CallModel): Promise<void> {
  const page = sheet();
  keepMoving(page);
  Object.assign(navigator.mediaDevices, { getDisplayMedia: async () => page.captureStream(5) });
  await call.screen?.share();
}

/** A picture is sent when it changes. */
function keepMoving(picture: HTMLCanvasElement): void {
  setInterval(() => {
    const pen = picture.getContext("2d");
    pen?.drawImage(picture, 0, 0);
  }, 200);
}

/** Presses what is about to be drawn. */
export async function pressWhenThere(selector: string): Promise<void> {
  for (;;) {
    const button = document.querySelector<HTMLButtonElement>(selector);
    if (button !== null) {
      button.click();
      return;
    }
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
}
