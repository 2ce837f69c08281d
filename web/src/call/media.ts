/**
 * This person's camera and microphone: asked for once, shown, switched, turned off, given back.
 *
 * Nothing here ever blocks a visit. A prompt left unanswered stays `asking` while the person waits, is called and
 * enters; when it is answered later, the tracks appear. What cannot be had is said (`camera`, `microphone`), and what
 * can be had is used: video → audio → text.
 */

import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { mind } from "~/call/loss";
import { worthAskingAlone } from "~/call/permission";
import type { Media } from "~/protocol/types";

export type DeviceKind = "camera" | "microphone";

/**
 * - `unasked`: nothing was asked for; `asking`: the browser's prompt is open or the device is starting;
 * - `on`, `off`: it works, and it is or is not sent;
 * - `refused`: blocked by the person or by policy; `absent`: the machine has none; `busy`: another program holds it;
 * - `unsupported`: this browser or an insecure page has no way to ask.
 */
export type DeviceState = "unasked" | "asking" | "on" | "off" | "refused" | "absent" | "busy" | "unsupported";

export interface Device {
  readonly id: string;
  readonly label: string;
}

/** A device that was taken away, and the one that is in use instead. */
export interface Replaced {
  readonly kind: DeviceKind;
  readonly label: string;
}

/** It is there, or comes as soon as the browser's question is answered. */
const COMES: ReadonlySet<DeviceState> = new Set(["on", "asking"]);
/** How long a replaced device is told. */
const TOLD_MS = 10_000;
/** A device that is lost again sooner is not asked for again by itself. */
const STEADY_MS = 2_000;

const VIDEO: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const AUDIO: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** What a failed `getUserMedia` means (W3C Media Capture §10.2), in our words. */
export function stateOf(error: unknown): DeviceState {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "absent";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  throw error;
}

declare global {
  interface Navigator {
    readonly connection?: { readonly saveData?: boolean };
  }
}

export class MediaModel {
  readonly #devices: MediaDevices | undefined;
  readonly #permissions: Permissions | undefined;
  readonly #chosen: Record<DeviceKind, string | null> = { camera: null, microphone: null };
  readonly #states = { camera: signal<DeviceState>("unasked"), microphone: signal<DeviceState>("unasked") };
  readonly #tracks = {
    camera: signal<MediaStreamTrack | null>(null),
    microphone: signal<MediaStreamTrack | null>(null),
  };
  readonly #list = { camera: signal<readonly Device[]>([]), microphone: signal<readonly Device[]>([]) };
  /** Whether this person wants not to be heard: of the microphone in use, and of the one that is being asked for. */
  readonly #muted = signal(false);
  readonly #media = signal<Media>("video");
  readonly #saving = signal(saves());
  readonly #replaced = signal<Replaced | null>(null);
  /** Who looks after the track in use. */
  readonly #minding: Partial<Record<DeviceKind, () => void>> = {};
  /** Lost without anybody having asked: taken back as soon as the machine has one again. */
  readonly #missed = new Set<DeviceKind>();
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** Rises when what was asked is no longer wanted: a prompt answered after that gives that track straight back. */
  readonly #wishes: Record<DeviceKind, number> = { camera: 0, microphone: 0 };
  #disposed = false;

  readonly camera: ReadonlySignal<DeviceState> = this.#states.camera;
  readonly microphone: ReadonlySignal<DeviceState> = this.#states.microphone;
  /** What is sent; null while there is none or it is off. A muted microphone keeps its track, disabled. */
  readonly video: ReadonlySignal<MediaStreamTrack | null> = this.#tracks.camera;
  readonly audio: ReadonlySignal<MediaStreamTrack | null> = this.#tracks.microphone;
  /** Whether this person is heard, or will be as soon as the browser's question is answered: what "mute" turns off. */
  readonly speaks: ReadonlySignal<boolean> = computed(
    () => COMES.has(this.microphone.value) && !this.#muted.value,
  );
  /** The same of the picture. */
  readonly films: ReadonlySignal<boolean> = computed(() => COMES.has(this.camera.value));
  readonly cameras: ReadonlySignal<readonly Device[]> = this.#list.camera;
  readonly microphones: ReadonlySignal<readonly Device[]> = this.#list.microphone;
  /** How this person wants to take part. */
  readonly media: ReadonlySignal<Media> = this.#media;
  /** "Economizar dados": a smaller picture, both ways. */
  readonly saving: ReadonlySignal<boolean> = this.#saving;
  /** A device that went and the one that took its place, for as long as that is news. */
  readonly replaced: ReadonlySignal<Replaced | null> = this.#replaced;
  /** The self-view; null without a picture. */
  readonly preview: ReadonlySignal<MediaStream | null> = computed(() => {
    const track = this.video.value;
    return track === null ? null : new MediaStream([track]);
  });

  constructor(
    devices: MediaDevices | undefined = globalThis.navigator?.mediaDevices,
    permissions: Permissions | undefined = globalThis.navigator?.permissions,
  ) {
    this.#devices = devices;
    this.#permissions = permissions;
    this.#devices?.addEventListener("devicechange", this.#changed);
    globalThis.document?.addEventListener("visibilitychange", this.#seen);
  }

  /** Which device of a kind is in use, by id; null: none. */
  using(kind: DeviceKind): string | null {
    return this.#tracks[kind].value?.getSettings().deviceId ?? this.#chosen[kind];
  }

  /** Camera and microphone are asked for once `wanted` holds and nothing was asked for yet. Returns its end. */
  askWhile(wanted: () => boolean): () => void {
    return effect(() => {
      if (!wanted()) return;
      if (this.camera.peek() === "unasked" && this.microphone.peek() === "unasked") void this.ask("video");
    });
  }

  /** Ask for what `media` needs (one prompt), and let go of what it does not. Never rejects. */
  async ask(media: Media): Promise<void> {
    this.#media.value = media;
    if (media !== "video") this.#release("camera", "unasked");
    if (media === "text") this.#release("microphone", "unasked");
    const wanted: DeviceKind[] =
      media === "video" ? ["camera", "microphone"] : media === "audio" ? ["microphone"] : [];
    const missing = wanted.filter((kind) => this.#tracks[kind].value === null);
    if (missing.length === 0) return;
    await this.#askFor(missing);
  }

  /** Mute or unmute. Without a microphone it is asked for; one that is being asked for comes as was said last. */
  async setMicrophone(on: boolean): Promise<void> {
    const track = this.#tracks.microphone.value;
    const state = this.#states.microphone;
    if (track === null && state.value !== "asking") {
      if (!on) return;
      this.#muted.value = false;
      await this.#askFor(["microphone"]);
      return;
    }
    batch(() => {
      this.#muted.value = !on;
      if (track === null) return;
      track.enabled = on;
      state.value = on ? "on" : "off";
    });
  }

  /** Camera on or off. Off gives the device back, so its light goes out. */
  async setCamera(on: boolean): Promise<void> {
    if (!on) {
      this.#release("camera", "off");
    } else if (this.#tracks.camera.value === null) {
      await this.#askFor(["camera"]);
    }
  }

  /** Use this device from now on, without a gap where the browser allows it. */
  async choose(kind: DeviceKind, id: string): Promise<void> {
    this.#chosen[kind] = id;
    const before = this.#tracks[kind].value;
    if (before?.getSettings().deviceId === id) return;
    // Phones open one camera at a time, so the old one must go before the new one is asked for.
    this.#release(kind, "asking");
    await this.#askFor([kind]);
  }

  save(on: boolean): void {
    this.#saving.value = on;
  }

  /** Give both devices back; what was chosen is remembered. */
  stop(): void {
    batch(() => {
      this.#release("camera", "unasked");
      this.#release("microphone", "unasked");
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#devices?.removeEventListener("devicechange", this.#changed);
    globalThis.document?.removeEventListener("visibilitychange", this.#seen);
    clearTimeout(this.#telling);
    this.stop();
  }

  async #askFor(kinds: readonly DeviceKind[]): Promise<void> {
    const wishes = new Map(kinds.map((kind) => [kind, (this.#wishes[kind] += 1)]));
    batch(() => {
      for (const kind of kinds) this.#states[kind].value = "asking";
    });
    await this.#acquire(kinds, (kind) => this.#wishes[kind] === wishes.get(kind));
  }

  /** One prompt for all; where that fails and it can help, each on its own: a missing camera never costs the microphone. */
  async #acquire(kinds: readonly DeviceKind[], wanted: (kind: DeviceKind) => boolean): Promise<void> {
    if (this.#devices === undefined) {
      for (const kind of kinds) this.#states[kind].value = "unsupported";
      return;
    }
    let stream: MediaStream;
    try {
      stream = await this.#devices.getUserMedia({
        video: kinds.includes("camera") && this.#constraints("camera", VIDEO),
        audio: kinds.includes("microphone") && this.#constraints("microphone", AUDIO),
      });
    } catch (error) {
      const state = stateOf(error);
      const alone =
        kinds.length === 1 ? [] : state === "refused" ? await worthAskingAlone(this.#permissions) : kinds;
      for (const kind of kinds) if (wanted(kind) && !alone.includes(kind)) this.#states[kind].value = state;
      for (const kind of alone) if (wanted(kind)) await this.#acquire([kind], wanted);
      return;
    }
    batch(() => {
      for (const track of stream.getTracks()) {
        if (wanted(kindOf(track))) this.#adopt(track);
        else track.stop();
      }
    });
    await this.#refresh();
  }

  #constraints(kind: DeviceKind, base: MediaTrackConstraints): MediaTrackConstraints {
    const id = this.#chosen[kind];
    // `ideal`, not `exact`: a device that was unplugged must not cost the visit.
    if (id !== null) return { ...base, deviceId: { ideal: id } };
    return kind === "camera" ? { ...base, facingMode: "user" } : base;
  }

  #adopt(track: MediaStreamTrack): void {
    const kind = kindOf(track);
    track.contentHint = kind === "camera" ? "motion" : "speech";
    this.#minding[kind]?.();
    const since = performance.now();
    this.#minding[kind] = mind(track, () => void this.#lost(kind, track, performance.now() - since));
    this.#missed.delete(kind);
    this.#tracks[kind].value?.stop();
    track.enabled = kind === "camera" || !this.#muted.value;
    this.#tracks[kind].value = track;
    this.#states[kind].value = track.enabled ? "on" : "off";
  }

  /** Unplugged, or taken by the system: the next one is asked for, muted as this one was. */
  async #lost(kind: DeviceKind, track: MediaStreamTrack, livedMs: number): Promise<void> {
    if (this.#tracks[kind].value !== track) return;
    const before = this.using(kind);
    if (livedMs < STEADY_MS) {
      this.#release(kind, "absent");
      this.#missed.add(kind);
      return;
    }
    this.#release(kind, "asking");
    this.#missed.add(kind);
    await this.#askFor([kind]);
    const now = this.#tracks[kind].value;
    if (now === null) return;
    if (this.using(kind) !== before) this.#tell({ kind, label: now.label });
  }

  #tell(replaced: Replaced): void {
    clearTimeout(this.#telling);
    this.#replaced.value = replaced;
    this.#telling = setTimeout(() => {
      this.#replaced.value = null;
    }, TOLD_MS);
  }

  #release(kind: DeviceKind, state: DeviceState): void {
    this.#wishes[kind] += 1;
    if (kind === "microphone" && state === "unasked") this.#muted.value = false;
    this.#minding[kind]?.();
    this.#missed.delete(kind);
    this.#tracks[kind].value?.stop();
    this.#tracks[kind].value = null;
    this.#states[kind].value = state;
  }

  readonly #changed = (): void => {
    void this.#refresh();
    this.#takeBack();
  };

  readonly #seen = (): void => {
    if (globalThis.document?.visibilityState === "visible") this.#takeBack();
  };

  /** What was lost may be there again: plugged in, or given back by a phone call. */
  #takeBack(): void {
    for (const kind of this.#missed) if (this.#states[kind].value !== "asking") void this.#askFor([kind]);
  }

  /** Labels are told only after a permission, and devices come and go. */
  async #refresh(): Promise<void> {
    const all = (await this.#devices?.enumerateDevices()) ?? [];
    if (this.#disposed) return;
    const of = (kind: MediaDeviceKind): Device[] =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== "")
        .map((device) => ({ id: device.deviceId, label: device.label }));
    batch(() => {
      this.#list.camera.value = of("videoinput");
      this.#list.microphone.value = of("audioinput");
    });
  }
}

function kindOf(track: MediaStreamTrack): DeviceKind {
  return track.kind === "video" ? "camera" : "microphone";
}

/** Whether the device's owner has told their browser to save data (Network Information API; not everywhere). */
function saves(): boolean {
  return globalThis.navigator?.connection?.saveData === true;
}
