/** What somebody in a call should know now; one thing at most, the most important. */

import type { ReadonlySignal } from "@preact/signals";
import type { CallModel } from "~/call/call";
import type { DeviceKind, DeviceState, MediaModel } from "~/call/media";
import type { PeerModel } from "~/call/peer";
import type { ScreenModel } from "~/call/screen";
import type { CallWords } from "~/i18n/call";
import type { Party } from "~/protocol/types";

type Other = Pick<PeerModel, "party" | "leg" | "quality" | "rung">;

/** As much of a call as is told. */
export interface Talk extends Pick<CallModel, "leg" | "phase"> {
  readonly media: Pick<MediaModel, DeviceKind | "audio" | "replaced" | "video">;
  readonly peers: ReadonlySignal<readonly Other[]>;
  readonly screen: Pick<ScreenModel, "state"> | null;
}

export interface Circumstances {
  /** Whether one's own sound comes back. */
  readonly returns: boolean;
  /** Whether what `deviceNotice` says has only just become true: then it goes first, and later it gives way. */
  readonly news: boolean;
  readonly nameOf: (party: Party) => string;
}

export function noticeOf(
  call: Talk,
  { nameOf, news, returns }: Circumstances,
  words: CallWords,
): string | null {
  if (call.phase.value === "ended") return null;
  const devices = deviceNotice(call.media, words);
  const replaced = call.media.replaced.value;
  const line = lineTrouble(call);
  return (
    legNotice(call, nameOf, words) ??
    (news ? devices : null) ??
    (replaced === null ? null : words.replaced[replaced.kind](replaced.label)) ??
    (line?.what === "onlyWords" ? said(line, nameOf, words) : null) ??
    (returns ? words.ownSound : null) ??
    (line === null ? null : said(line, nameOf, words)) ??
    screenNotice(call, words) ??
    // For the whole call some devices are not there: whatever else happens is told before.
    devices
  );
}

/** What cannot be used here; where nobody can be heard that is said first. */
export function deviceNotice(media: Talk["media"], words: CallWords): string | null {
  return ofDevice(media, "microphone", words) ?? ofDevice(media, "camera", words);
}

function legNotice(call: Talk, nameOf: Circumstances["nameOf"], words: CallWords): string | null {
  const others = call.peers.value;
  const broken = others.filter(({ leg }) => leg.value === "broken");
  const [first] = broken;
  if (first !== undefined && broken.length < others.length) return words.peerBroken(nameOf(first.party));
  const ofAll = {
    none: words.noVideoHere,
    broken: words.broken,
    connecting: words.connecting,
    connected: null,
  };
  return ofAll[call.leg.value];
}

/** Worst first. */
const TROUBLES = ["onlyWords", "onlySound", "weak"] as const;

interface Trouble {
  readonly what: (typeof TROUBLES)[number];
  /** With whom; null: with everybody. */
  readonly party: Party | null;
}

/** What one of the ways does not carry of what is on here; else that it is slow. The worst of all. */
function lineTrouble({ media, peers }: Talk): Trouble | null {
  const has = {
    onlyWords: ({ rung }: Other) => rung.value === "text" && media.audio.value !== null,
    onlySound: ({ rung }: Other) => rung.value === "audio" && media.video.value !== null,
    weak: ({ quality }: Other) => quality.value === "weak",
  };
  for (const what of TROUBLES) {
    const those = peers.value.filter(has[what]);
    const [first] = those;
    if (first !== undefined) return { what, party: those.length < peers.value.length ? first.party : null };
  }
  return null;
}

function said({ party, what }: Trouble, nameOf: Circumstances["nameOf"], words: CallWords): string {
  return party === null ? words[what] : words.between[what](nameOf(party));
}

function screenNotice(call: Talk, words: CallWords): string | null {
  const state = call.screen?.state.value;
  if (state === "on") return words.screenShown;
  return state === "refused" ? words.screenRefused : null;
}

function ofDevice(media: Talk["media"], kind: DeviceKind, words: CallWords): string | null {
  const state: DeviceState = media[kind].value;
  switch (state) {
    case "unasked":
    case "on":
    case "off":
      return null;
    case "asking":
      return words.asking;
    case "refused":
    case "absent":
    case "busy":
    case "unsupported":
      return words[state][kind];
    default:
      return state satisfies never;
  }
}
