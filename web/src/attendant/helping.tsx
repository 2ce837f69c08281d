import { Quiet } from "~/attendant/screens";
import type { CallModel } from "~/call/call";
import { guestApart } from "~/components/guest_apart";
import { Stage } from "~/components/stage/stage";
import { callWords } from "~/i18n/call";
import { deskWords } from "~/i18n/desk";
import type { Helping } from "~/protocol/types";

/** The call of somebody else, seen from this desk. */
export function HelpingStage(props: {
  readonly helping: Helping;
  readonly call: CallModel | null;
  readonly offline: boolean;
  /** At a desk: its keys, and its own, larger button to leave. */
  readonly keys?: boolean;
}) {
  const { call, helping, keys = false } = props;
  const { clerk, state } = helping.call;
  if (call === null) return <Quiet title={deskWords.value.activities.helping} />;
  const cut = props.offline && call.leg.value === "broken";
  return (
    <Stage
      call={call}
      name={clerk.name}
      about={[clerk.function, clerk.unit].filter((part) => part !== "").join(" · ")}
      visitor={{ name: callWords.value.visitor, about: helping.number }}
      {...(keys ? { keys: { microphone: "F8", hangUp: "F9" }, hangUp: false } : {})}
      apart={guestApart(state, cut)}
    />
  );
}

/** In the place of the person: in whose call one is. */
export function HelpingCard({ helping }: { readonly helping: Helping }) {
  const words = deskWords.value;
  return (
    <div class="person">
      <h2>{words.helping(helping.call.clerk.name)}</h2>
      <strong class="numbers">{helping.number}</strong>
      <p>{helping.call.clerk.unit}</p>
      <p class="desk-quiet">{words.helpingHow}</p>
    </div>
  );
}
