/** What somebody in a call should know now; one thing at most, the most important. */

import type { CallModel } from "~/call/call";
import type { DeviceKind, DeviceState } from "~/call/media";
import type { CallWords } from "~/i18n/call";

export function noticeOf(call: CallModel, returns: boolean, words: CallWords): string | null {
  if (call.phase.value === "ended") return null;
  const leg = {
    none: words.noVideoHere,
    broken: words.broken,
    connecting: words.connecting,
    connected: null,
  };
  if (leg[call.leg.value] !== null) return leg[call.leg.value];
  const own = deviceNotice(call, "microphone", words) ?? deviceNotice(call, "camera", words);
  const replaced = call.media.replaced.value;
  if (own !== null) return own;
  if (replaced !== null) return words.replaced[replaced.kind](replaced.label);
  return returns ? words.ownSound : (lineNotice(call, words) ?? screenNotice(call, words));
}

/** What the line does not carry of what is on here; else that it is slow. */
function lineNotice(call: CallModel, words: CallWords): string | null {
  const { media } = call;
  const rung = call.rung.value;
  if (rung === "text" && media.audio.value !== null) return words.onlyWords;
  if (rung === "audio" && media.video.value !== null) return words.onlySound;
  return call.main.quality.value === "weak" ? words.weak : null;
}

function screenNotice(call: CallModel, words: CallWords): string | null {
  const state = call.screen?.state.value;
  if (state === "on") return words.screenShown;
  return state === "refused" ? words.screenRefused : null;
}

function deviceNotice(call: CallModel, kind: DeviceKind, words: CallWords): string | null {
  const state: DeviceState = call.media[kind].value;
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
