/** The others of a call, for the gallery: real legs within one page, pictures drawn on a canvas. */

import { CallModel } from "~/call/call";
import { MediaModel } from "~/call/media";
import type { TestLog } from "~/call/testing/log";
import { somebody } from "~/states/devices";
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

/** Lets these in, everybody with a picture. */
export async function company(
  log: TestLog,
  there: readonly Party[],
  coming: readonly Coming[],
): Promise<void> {
  for (const one of coming) log.append(null, { type: "came", ...one });
  const everybody = [...there, ...coming.map(({ party }) => party)];
  await Promise.all(everybody.map((party) => enter(log, party)));
  const guest = coming[0];
  if (guest !== undefined) log.append(guest.party, { type: "chat", text: "Bom dia. Eu interpreto." });
}

async function enter(log: TestLog, party: Party): Promise<void> {
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
  // A picture is sent when it changes.
  setInterval(() => {
    const pen = picture.getContext("2d");
    pen?.drawImage(picture, 0, 0);
  }, 200);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as MediaModel uses
  const media = new MediaModel(moving as unknown as MediaDevices);
  const call = new CallModel({ wire: log.wire(party), party, call: log.call, media });
  await media.ask("video");
  call.chat.show(true);
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
