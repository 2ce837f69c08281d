import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type DeviceKind, MediaModel } from "~/call/media";
import { Later } from "~/call/testing/later";

class FakeTrack extends EventTarget {
  readonly kind: "video" | "audio";
  readonly id: string;
  enabled = true;
  contentHint = "";
  muted = false;
  readonly label: string;
  stopped = false;

  constructor(kind: "video" | "audio", id: string) {
    super();
    this.kind = kind;
    this.id = id;
    this.label = id;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.id };
  }

  stop(): void {
    this.stopped = true;
  }
}

/** A machine with these devices; `deny` names what the person or the system refuses, and how. */
class Machine extends EventTarget {
  readonly given: FakeTrack[] = [];
  readonly asked: string[] = [];
  deny: Partial<Record<"video" | "audio", string>> = {};
  answer: Promise<void> = Promise.resolve();
  /** What the system would give to who does not choose. */
  first: string | null = null;

  async getUserMedia(wanted: MediaStreamConstraints): Promise<{ getTracks: () => FakeTrack[] }> {
    const kinds = (["video", "audio"] as const).filter(
      (kind) => wanted[kind] !== undefined && wanted[kind] !== false,
    );
    this.asked.push(kinds.join("+"));
    await this.answer;
    for (const kind of kinds) if (this.deny[kind] !== undefined) throw new DOMException("", this.deny[kind]);
    const tracks = kinds.map((kind) => {
      const constraints = wanted[kind];
      const chosen = typeof constraints === "object" ? constraints.deviceId : undefined;
      const id =
        typeof chosen === "object" && "ideal" in chosen ? String(chosen.ideal) : (this.first ?? `${kind}-1`);
      return new FakeTrack(kind, id);
    });
    this.given.push(...tracks);
    return { getTracks: () => tracks };
  }

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const device = { groupId: "", toJSON: () => ({}) };
    return [
      { ...device, deviceId: "video-1", kind: "videoinput", label: "Frontal" },
      { ...device, deviceId: "video-2", kind: "videoinput", label: "Traseira" },
      { ...device, deviceId: "audio-1", kind: "audioinput", label: "Microfone" },
    ];
  }
}

type Query = (of: { readonly name: DeviceKind }) => Promise<{ readonly state: PermissionState }>;

/* oxlint-disable typescript/no-unsafe-type-assertion -- the few members of MediaDevices and Permissions that are used */
const media = (machine: Machine, query?: Query): MediaModel =>
  new MediaModel(
    machine as unknown as MediaDevices,
    query === undefined ? undefined : ({ query } as unknown as Permissions),
  );
/* oxlint-enable typescript/no-unsafe-type-assertion */

describe("camera and microphone", () => {
  it("are asked for in one prompt and told as on, with their names", async () => {
    const machine = new Machine();
    const model = media(machine);
    await model.ask("video");
    expect(machine.asked).toEqual(["video+audio"]);
    expect([model.camera.value, model.microphone.value]).toEqual(["on", "on"]);
    expect(model.cameras.value.map(({ label }) => label)).toEqual(["Frontal", "Traseira"]);
  });

  it("a missing camera does not cost the microphone", async () => {
    const machine = new Machine();
    machine.deny = { video: "NotFoundError" };
    const model = media(machine);
    await model.ask("video");
    expect([model.camera.value, model.microphone.value]).toEqual(["absent", "on"]);
  });

  it.each([
    ["NotAllowedError", "refused"],
    ["NotReadableError", "busy"],
    ["NotFoundError", "absent"],
  ])("%s is said as %s", async (name, state) => {
    const machine = new Machine();
    machine.deny = { video: name, audio: name };
    const model = media(machine);
    await model.ask("video");
    expect([model.camera.value, model.microphone.value]).toEqual([state, state]);
  });

  it("a page without a way to ask says so", async () => {
    const model = new MediaModel(undefined);
    await model.ask("audio");
    expect(model.microphone.value).toBe("unsupported");
  });

  it("a prompt answered after the person chose text gives its devices straight back", async () => {
    const machine = new Machine();
    const prompt = new Later<void>();
    machine.answer = prompt.promise;
    const model = media(machine);
    const asking = model.ask("video");
    expect(model.camera.value).toBe("asking");
    await model.ask("text");
    prompt.settle();
    await asking;
    expect(machine.given.map(({ stopped }) => stopped)).toEqual([true, true]);
    expect([model.video.value, model.audio.value, model.camera.value]).toEqual([null, null, "unasked"]);
  });

  describe("once the person wants something else", () => {
    /** A prompt for both that is open; then what the person chose, and what became of the prompt. */
    async function meanwhile(
      choose: (model: MediaModel) => Promise<void>,
      closed: boolean,
    ): Promise<[Machine, MediaModel]> {
      const machine = new Machine();
      const prompt = new Later<void>();
      machine.answer = prompt.promise;
      const model = media(machine);
      const asking = model.ask("video");
      const choosing = choose(model);
      if (closed) machine.deny = { video: "NotAllowedError", audio: "NotAllowedError" };
      prompt.settle();
      await Promise.all([asking, choosing]);
      return [machine, model];
    }

    it("a prompt that is closed after they chose text is the last", async () => {
      const [machine, model] = await meanwhile((asked) => asked.ask("text"), true);
      expect(machine.asked).toEqual(["video+audio"]);
      expect([model.camera.value, model.microphone.value]).toEqual(["unasked", "unasked"]);
    });

    it("the camera turned off while the prompt is open does not cost the microphone", async () => {
      const [machine, model] = await meanwhile((asked) => asked.setCamera(false), false);
      expect(machine.asked).toEqual(["video+audio"]);
      expect(machine.given.map(({ kind, stopped }) => [kind, stopped])).toEqual([
        ["video", true],
        ["audio", false],
      ]);
      expect([model.camera.value, model.microphone.value]).toEqual(["off", "on"]);
      expect([model.video.value, model.audio.value === null]).toEqual([null, false]);
    });

    it("a prompt that is closed after the camera was turned off is said of the microphone alone", async () => {
      const [, model] = await meanwhile((asked) => asked.setCamera(false), true);
      expect([model.camera.value, model.microphone.value]).toEqual(["off", "refused"]);
    });

    it("who mutes themself is muted when it is answered, and is not asked again; once more, and they are heard", async () => {
      const shown: boolean[] = [];
      const mute = async (asked: MediaModel): Promise<void> => {
        shown.push(asked.speaks.value);
        await asked.setMicrophone(!asked.speaks.value);
        shown.push(asked.speaks.value);
      };
      const [machine, model] = await meanwhile(mute, false);
      expect(machine.asked).toEqual(["video+audio"]);
      expect(shown).toEqual([true, false]);
      expect([model.microphone.value, model.speaks.value, model.audio.value?.enabled]).toEqual([
        "off",
        false,
        false,
      ]);
      await model.setMicrophone(true);
      expect([model.microphone.value, model.speaks.value, model.audio.value?.enabled]).toEqual([
        "on",
        true,
        true,
      ]);

      const [, heard] = await meanwhile(async (asked) => {
        await mute(asked);
        await mute(asked);
      }, false);
      expect([heard.microphone.value, heard.audio.value?.enabled]).toEqual(["on", true]);
    });

    it("a prompt that is closed after they muted themself says so, and pressing again asks to be heard", async () => {
      const [machine, model] = await meanwhile((asked) => asked.setMicrophone(false), true);
      expect([model.microphone.value, model.speaks.value]).toEqual(["refused", false]);
      machine.deny = {};
      await model.setMicrophone(true);
      expect([model.microphone.value, model.audio.value?.enabled]).toEqual(["on", true]);
    });

    it("who chose sound only and closes the first prompt is asked for the microphone", async () => {
      const [machine, model] = await meanwhile((asked) => asked.ask("audio"), true);
      expect(machine.asked).toEqual(["video+audio", "audio"]);
      expect([model.camera.value, model.microphone.value]).toEqual(["unasked", "refused"]);
    });
  });

  describe("that were refused together", () => {
    it.each([
      ["closed without an answer: nobody is asked twice", { camera: "prompt", microphone: "prompt" }, []],
      ["blocked, both: it was said", { camera: "denied", microphone: "denied" }, []],
      [
        "the camera blocked long ago: there was no prompt yet",
        { camera: "denied", microphone: "prompt" },
        ["audio"],
      ],
      ["by the system, not by the person", { camera: "granted", microphone: "granted" }, ["video", "audio"]],
      ["in a browser that does not say why", null, ["audio"]],
    ] as const)("%s", async (_, states, alone) => {
      const machine = new Machine();
      machine.deny = { video: "NotAllowedError", audio: "NotAllowedError" };
      const model = media(machine, async ({ name }) => {
        if (states === null) throw new TypeError("no such name");
        return { state: states[name] };
      });
      await model.ask("video");
      expect(machine.asked).toEqual(["video+audio", ...alone]);
      expect([model.camera.value, model.microphone.value]).toEqual(["refused", "refused"]);
    });
  });

  it("the camera turned off is given back, so that its light goes out; on asks again", async () => {
    const machine = new Machine();
    const model = media(machine);
    await model.ask("video");
    await model.setCamera(false);
    expect(machine.given[0]?.stopped).toBe(true);
    expect([model.camera.value, model.video.value]).toEqual(["off", null]);
    await model.setCamera(true);
    expect([model.camera.value, machine.asked.at(-1)]).toEqual(["on", "video"]);
  });

  it("a muted microphone keeps its device", async () => {
    const machine = new Machine();
    const model = media(machine);
    await model.ask("audio");
    await model.setMicrophone(false);
    expect([model.microphone.value, machine.given[0]?.enabled, machine.given[0]?.stopped]).toEqual([
      "off",
      false,
      false,
    ]);
  });

  it("another camera is used from then on, also after off and on", async () => {
    const machine = new Machine();
    const model = media(machine);
    await model.ask("video");
    await model.choose("camera", "video-2");
    expect(model.using("camera")).toBe("video-2");
    await model.setCamera(false);
    await model.setCamera(true);
    expect(model.using("camera")).toBe("video-2");
  });

  describe("that go without anybody having asked", () => {
    beforeEach(() => vi.useFakeTimers());
    afterEach(() => vi.useRealTimers());

    const talking = async (): Promise<[Machine, MediaModel]> => {
      const machine = new Machine();
      const model = media(machine);
      await model.ask("audio");
      await vi.advanceTimersByTimeAsync(5_000);
      return [machine, model];
    };

    it("an unplugged one is replaced by the next, muted as it was, and that is told for a while", async () => {
      const [machine, model] = await talking();
      await model.setMicrophone(false);
      machine.first = "audio-2";
      machine.given[0]?.dispatchEvent(new Event("ended"));
      await vi.advanceTimersByTimeAsync(0);
      expect([model.using("microphone"), model.microphone.value]).toEqual(["audio-2", "off"]);
      expect(model.replaced.value).toEqual({ kind: "microphone", label: "audio-2" });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(model.replaced.value).toBeNull();
    });

    it("is said where there is no other, and taken back when it is plugged in again", async () => {
      const [machine, model] = await talking();
      machine.deny = { audio: "NotFoundError" };
      machine.given[0]?.dispatchEvent(new Event("ended"));
      await vi.advanceTimersByTimeAsync(0);
      expect([model.microphone.value, model.audio.value]).toEqual(["absent", null]);
      machine.deny = {};
      machine.dispatchEvent(new Event("devicechange"));
      await vi.advanceTimersByTimeAsync(0);
      expect(model.microphone.value).toBe("on");
    });

    it("a muted one that was missing for a while comes back muted", async () => {
      const [machine, model] = await talking();
      await model.setMicrophone(false);
      machine.deny = { audio: "NotFoundError" };
      machine.given[0]?.dispatchEvent(new Event("ended"));
      await vi.advanceTimersByTimeAsync(0);
      machine.deny = {};
      machine.dispatchEvent(new Event("devicechange"));
      await vi.advanceTimersByTimeAsync(0);
      expect([model.microphone.value, model.audio.value?.enabled]).toEqual(["off", false]);
    });

    it("one that a phone call silenced is asked for again after three seconds", async () => {
      const [machine, model] = await talking();
      const [track] = machine.given;
      if (track === undefined) throw new Error("nothing was given");
      track.muted = true;
      track.dispatchEvent(new Event("mute"));
      await vi.advanceTimersByTimeAsync(2_900);
      expect(machine.asked).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(200);
      expect([machine.asked.length, track.stopped, model.microphone.value]).toEqual([2, true, "on"]);
      expect(model.replaced.value).toBeNull();
    });

    it("one that was silent for an instant only is kept", async () => {
      const [machine] = await talking();
      const [track] = machine.given;
      if (track === undefined) throw new Error("nothing was given");
      track.muted = true;
      track.dispatchEvent(new Event("mute"));
      await vi.advanceTimersByTimeAsync(1_000);
      track.muted = false;
      track.dispatchEvent(new Event("unmute"));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(machine.asked).toHaveLength(1);
    });

    it("one that is lost again at once is not asked for without end", async () => {
      const [machine, model] = await talking();
      machine.given[0]?.dispatchEvent(new Event("ended"));
      await vi.advanceTimersByTimeAsync(0);
      machine.given[1]?.dispatchEvent(new Event("ended"));
      await vi.advanceTimersByTimeAsync(0);
      expect([machine.asked.length, model.microphone.value]).toEqual([2, "absent"]);
    });

    it("one that the person gave back stays given back", async () => {
      const [machine, model] = await talking();
      await model.ask("text");
      machine.dispatchEvent(new Event("devicechange"));
      await vi.advanceTimersByTimeAsync(0);
      expect([machine.asked.length, model.microphone.value]).toEqual([1, "unasked"]);
    });
  });

  it("whoever gave the microphone back is heard when they ask for it again", async () => {
    const model = media(new Machine());
    await model.ask("audio");
    await model.setMicrophone(false);
    model.stop();
    await model.ask("audio");
    expect([model.microphone.value, model.speaks.value]).toEqual(["on", true]);
  });

  it("everything is given back at the end", async () => {
    const machine = new Machine();
    const model = media(machine);
    await model.ask("video");
    model.dispose();
    expect(machine.given.every(({ stopped }) => stopped)).toBe(true);
  });
});
