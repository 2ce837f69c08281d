import { qualityWords } from "~/i18n/quality";
import { callAdviceOf } from "~/models/found";
import { minutesSince } from "~/models/ticker";
import type { CheckView } from "~/protocol/types";

/** What the person's check found before the call: words first, numbers after. */
export function CheckedBefore({ check, now_ms }: { readonly check: CheckView; readonly now_ms: number }) {
  const words = qualityWords.value;
  const { found } = check;
  const advice = callAdviceOf({
    camera: found.camera ? "on" : "absent",
    microphone: found.microphone ? "on" : "absent",
    path: found.path,
    udp: found.udp,
    relay: found.relay,
    rttMs: found.round_trip_ms,
    loss: found.lost_percent === null ? null : found.lost_percent / 100,
    kbitPerS: found.kbit_per_s,
  });
  const numbers =
    found.round_trip_ms === null || found.lost_percent === null
      ? null
      : words.measured(found.round_trip_ms, found.lost_percent);
  return (
    <p class="person-check" data-testid="person-check" data-path={found.path}>
      {words.checked(minutesSince(check.at_ms, now_ms))}: {advice.map((each) => words.advice[each]).join(" ")}
      {numbers === null ? null : <span class="desk-small numbers"> {numbers}.</span>}
    </p>
  );
}
