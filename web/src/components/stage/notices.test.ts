import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { CallPhase } from "~/call/wire";
import type { Rung } from "~/call/ladder";
import type { DeviceState, Replaced } from "~/call/media";
import type { LegState } from "~/call/pulse";
import type { Quality } from "~/call/quality";
import type { ScreenState } from "~/call/screen";
import { deviceNotice, noticeOf, type Talk } from "~/components/stage/notices";
import { pt as words } from "~/i18n/call/pt";
import type { Party } from "~/protocol/types";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only whether there is one is asked
const TRACK = {} as MediaStreamTrack;
const NAMES: Record<Party, string> = {
  visitor: "Maria",
  attendant: "Ana",
  guest_1: "Rita",
  guest_2: "João",
};

interface Way {
  readonly leg?: LegState;
  readonly rung?: Rung;
  readonly quality?: Quality;
}

interface Told {
  readonly ways?: Partial<Record<Party, Way>>;
  readonly camera?: DeviceState;
  readonly microphone?: DeviceState;
  readonly replaced?: Replaced;
  readonly screen?: ScreenState;
  readonly phase?: CallPhase;
}

function talk({ ways = { attendant: {} }, ...told }: Told): Talk {
  const peers = (["visitor", "attendant", "guest_1", "guest_2"] as const).flatMap((party) => {
    const way = ways[party];
    if (way === undefined) return [];
    const { leg = "connected", quality = "good", rung = "720p" } = way;
    return [{ party, leg: signal(leg), rung: signal<Rung>(rung), quality: signal<Quality>(quality) }];
  });
  const { camera = "on", microphone = "on" } = told;
  return {
    phase: signal<CallPhase>(told.phase ?? "active"),
    leg: signal(ways.attendant?.leg ?? "connected"),
    peers: signal(peers),
    media: {
      camera: signal(camera),
      microphone: signal(microphone),
      video: signal(camera === "on" ? TRACK : null),
      audio: signal(microphone === "on" ? TRACK : null),
      replaced: signal(told.replaced ?? null),
    },
    screen: { state: signal(told.screen ?? "off") },
  };
}

const told = (about: Told, { returns = false, news = false } = {}): string | null =>
  noticeOf(talk(about), { returns, news, nameOf: (party) => NAMES[party] }, words);

describe("of several things to know one is told", () => {
  const absent = { camera: "absent" } as const;

  it.each<[string, Told, string]>([
    ["nobody hears them", { ways: { attendant: { rung: "text" } } }, words.onlyWords],
    ["the line is slow", { ways: { attendant: { quality: "weak" } } }, words.weak],
    ["they show their screen", { screen: "on" }, words.screenShown],
    ["the screen was not shown", { screen: "refused" }, words.screenRefused],
    ["the video has dropped", { ways: { attendant: { leg: "broken" } } }, words.broken],
  ])("who has no camera is told that %s", (_, about, sentence) => {
    expect(told({ ...about, ...absent })).toBe(sentence);
  });

  it("who has no camera is told that their sound comes back", () => {
    expect(told(absent, { returns: true })).toBe(words.ownSound);
  });

  it("who has no microphone is told that only their sound would have gone", () => {
    const narrow = { ways: { attendant: { rung: "audio" } }, microphone: "refused" } as const;
    expect(told(narrow)).toBe(words.onlySound);
  });

  it("a device that is not there is told first while it is news, and at last as long as nothing else is", () => {
    const slow = { ...absent, ways: { attendant: { quality: "weak" } } } as const;
    expect(told(slow, { news: true })).toBe(words.absent.camera);
    expect(told(slow)).toBe(words.weak);
    expect(told(absent)).toBe(words.absent.camera);
  });

  it("the microphone goes before the camera", () => {
    expect(deviceNotice(talk({ camera: "absent", microphone: "busy" }).media, words)).toBe(
      words.busy.microphone,
    );
  });

  it("that nobody hears them goes before a sound that comes back, and that before a picture that is gone", () => {
    expect(told({ ways: { attendant: { rung: "text" } } }, { returns: true })).toBe(words.onlyWords);
    expect(told({ ways: { attendant: { rung: "audio" } } }, { returns: true })).toBe(words.ownSound);
  });

  it("a device that took another's place is told before the line", () => {
    const replaced = { kind: "microphone", label: "Fone" } as const;
    expect(told({ replaced, ways: { attendant: { rung: "text" } } })).toBe(words.replaced.microphone("Fone"));
  });

  it("nothing is told of a call that is over, or that goes well", () => {
    expect(told({ phase: "ended", ...absent })).toBeNull();
    expect(told({})).toBeNull();
  });
});

describe("of several people the one with whom it goes worst is named", () => {
  const three = (attendant: Way, guest: Way): Told => ({ ways: { attendant, guest_1: guest } });

  it.each<[string, Told, string]>([
    ["a picture that does not reach one", three({}, { rung: "audio" }), words.between.onlySound("Rita")],
    [
      "a sound that does not reach one",
      three({ rung: "audio" }, { rung: "text" }),
      words.between.onlyWords("Rita"),
    ],
    ["a slow line to one", three({ quality: "weak" }, {}), words.between.weak("Ana")],
    ["a way to one that has dropped", three({}, { leg: "broken" }), words.peerBroken("Rita")],
    ["the way to the clerk that has dropped", three({ leg: "broken" }, {}), words.peerBroken("Ana")],
  ])("%s", (_, about, sentence) => {
    expect(told(about)).toBe(sentence);
  });

  it.each<[string, Way, string]>([
    ["nobody is named where no picture reaches anybody", { rung: "audio" }, words.onlySound],
    ["nobody is named where the line is slow to everybody", { quality: "weak" }, words.weak],
    ["nobody is named where all ways have dropped", { leg: "broken" }, words.broken],
  ])("%s", (_, way, sentence) => {
    expect(told(three(way, way))).toBe(sentence);
  });
});
