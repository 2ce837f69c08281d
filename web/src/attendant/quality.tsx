import type { Told } from "~/call/channel";
import type { Gauged } from "~/call/gauge";
import type { DeviceState } from "~/call/media";
import type { PeerModel } from "~/call/peer";
import { qualityWords } from "~/i18n/quality";
import { verdictOf } from "~/models/verdict";

/** How both sides are heard and seen: closed until it is wanted, words before numbers. */
export function QualityPanel({ peer }: { readonly peer: Pick<PeerModel, "leg" | "gauged" | "told"> }) {
  const words = qualityWords.value;
  return (
    <details
      class="quality"
      onToggle={({ currentTarget }) => currentTarget.scrollIntoView({ block: "nearest" })}
    >
      <summary data-testid="quality">{words.title}</summary>
      <Sides mine={peer.gauged.value} theirs={peer.told.value} broken={peer.leg.value !== "connected"} />
    </details>
  );
}

function Sides(props: { readonly mine: Gauged; readonly theirs: Told | null; readonly broken: boolean }) {
  const words = qualityWords.value;
  const { mine, theirs } = props;
  const verdict = verdictOf(mine, theirs, props.broken);
  const rows: readonly (readonly [string, string, string | null])[] = [
    [words.path, words.paths[mine.path], theirs && words.paths[theirs.path]],
    [words.roundTrip, words.ms(mine.roundTripMs), theirs && words.ms(theirs.roundTripMs)],
    [words.lost, words.percent(mine.lostPercent), theirs && words.percent(theirs.lostPercent)],
  ];
  return (
    <>
      <p role="status" data-testid="quality-verdict" data-verdict={verdict}>
        {words.verdicts[verdict]}
      </p>
      {theirs === null ? null : <p>{withWhat(theirs)}</p>}
      <table class="quality-sides numbers desk-small" data-path={mine.path}>
        <thead>
          <tr>
            <th scope="col">{words.measure}</th>
            <th scope="col">{words.you}</th>
            <th scope="col">{words.them}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, here, there]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{here}</td>
              <td>{there ?? words.unknown}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** "Celular ou tablet. Câmera ligada, microfone bloqueado." */
function withWhat({ touch, camera, microphone }: Told): string {
  const words = qualityWords.value;
  const stateOf = (state: DeviceState): string => words.states[state];
  const device = touch ? words.phone : words.computer;
  return `${device}. ${words.camera}: ${stateOf(camera)}. ${words.microphone}: ${stateOf(microphone)}.`;
}
