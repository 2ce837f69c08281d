/** What is on this person's screen, shown to the others in the camera's place for as long as they want. */

import { type ReadonlySignal, signal } from "@preact/signals";

/** `refused`: the browser's question was closed, or the machine does not allow it. */
export type ScreenState = "off" | "asking" | "on" | "refused";

/** What is written seldom moves. */
const FRAMES_PER_S = 10;

export class ScreenModel {
  readonly #devices: MediaDevices;
  readonly #state = signal<ScreenState>("off");
  readonly #track = signal<MediaStreamTrack | null>(null);
  /** Rises when what was asked is no longer wanted. */
  #wish = 0;

  readonly state: ReadonlySignal<ScreenState> = this.#state;
  readonly track: ReadonlySignal<MediaStreamTrack | null> = this.#track;

  private constructor(devices: MediaDevices) {
    this.#devices = devices;
  }

  /** Null where a browser cannot show its screen: telephones, and pages that came unencrypted. */
  static of(devices: MediaDevices | undefined = globalThis.navigator?.mediaDevices): ScreenModel | null {
    return devices !== undefined && "getDisplayMedia" in devices ? new ScreenModel(devices) : null;
  }

  /** Asks which screen or window; to be called from a press. Never rejects. */
  async share(): Promise<void> {
    if (this.#track.value !== null || this.#state.value === "asking") return;
    this.#wish += 1;
    const wish = this.#wish;
    this.#state.value = "asking";
    let stream: MediaStream;
    try {
      stream = await this.#devices.getDisplayMedia({
        video: { frameRate: { max: FRAMES_PER_S } },
        audio: false,
      });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      if (wish === this.#wish) this.#state.value = "refused";
      return;
    }
    const [track] = stream.getVideoTracks();
    if (wish !== this.#wish || track === undefined) {
      for (const each of stream.getTracks()) each.stop();
      return;
    }
    track.contentHint = "detail";
    // The browser's own "stop sharing", or a window that was closed.
    track.addEventListener("ended", () => this.#track.value === track && this.stop());
    this.#track.value = track;
    this.#state.value = "on";
  }

  /** Nobody sees it any more; an open question counts as answered with no. */
  stop(): void {
    this.#wish += 1;
    this.#track.value?.stop();
    this.#track.value = null;
    this.#state.value = "off";
  }
}
