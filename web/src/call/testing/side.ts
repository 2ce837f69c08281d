/** Somebody in a call without a browser, for tests. */

import { type Signal, signal } from "@preact/signals";
import { vi } from "vitest";
import { CallModel } from "~/call/call";
import type { DeviceState, MediaModel } from "~/call/media";
import { FakeConnection, made } from "~/call/testing/connections";
import type { TestLog, TestWire } from "~/call/testing/log";
import type { Media, Party } from "~/protocol/types";

export const CLERK = { name: "Ana Souza", function: "analista", unit: "1ª Vara Cível" };

/** From now on time stands still, and the page has connections that the test sees; until `vi.unstubAllGlobals`. */
export function withoutBrowser(): void {
  vi.useFakeTimers();
  vi.stubGlobal("RTCPeerConnection", FakeConnection);
  vi.stubGlobal(
    "MediaStream",
    class {
      addTrack(): void {
        // Nothing shows it here.
      }
    },
  );
  made.length = 0;
}

/** Everything that was said has been heard and done. */
export const settled = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);

/** What a call reads of a person's devices. */
export class FakeMedia {
  readonly media = signal<Media>("video");
  readonly audio = signal<MediaStreamTrack | null>(null);
  readonly video = signal<MediaStreamTrack | null>(null);
  readonly camera: Signal<DeviceState> = signal("unasked");
  readonly microphone: Signal<DeviceState> = signal("unasked");
  readonly saving = signal(false);

  /** Both devices are on. */
  open(): void {
    const track = (name: string): MediaStreamTrack =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a call only hands tracks on
      ({ name, getSettings: () => ({}) }) as unknown as MediaStreamTrack;
    this.audio.value = track("microphone");
    this.video.value = track("camera");
    this.camera.value = "on";
    this.microphone.value = "on";
  }
}

/** One of those in a call, with a page and devices. */
export class Side {
  readonly wire: TestWire;
  readonly media = new FakeMedia();
  call: CallModel;
  readonly #party: Party;
  readonly #log: TestLog;

  constructor(log: TestLog, party: Party) {
    this.#log = log;
    this.#party = party;
    this.wire = log.wire(party);
    this.call = this.#enter();
  }

  /** As a reloaded page does: another model on the same log. */
  reload(): void {
    this.call.dispose();
    this.call = this.#enter();
  }

  #enter(): CallModel {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the few members of MediaModel that are used
    const media = this.media as unknown as MediaModel;
    return new CallModel({ wire: this.wire, party: this.#party, call: this.#log.call, media });
  }
}
