import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { Meter } from "~/components/stage/meter";
import { Video } from "~/components/stage/video";
import { checkWords } from "~/i18n/check";
import { common } from "~/i18n/common";
import type { Checking } from "~/models/check";
import { adviceOf, type Found } from "~/models/found";

/** One's own picture and sound there and back, and what they tell about this device and this internet. */
export function CheckDialog({ model, onClose }: { readonly model: Checking; readonly onClose: () => void }) {
  const words = checkWords.value;
  useEffect(() => () => model.stop(), [model]);
  const phase = model.phase.value;
  const still = phase.is === "rest" || phase.is === "found" || phase.is === "refused";
  return (
    <Dialog
      title={phase.is === "found" ? words.results : words.title}
      onClose={onClose}
      actions={
        // Beside each other under a result, which is long.
        <div class={phase.is === "found" ? "strip-choices" : "dialog-body"}>
          {still ? (
            <Button
              kind={phase.is === "found" ? "plain" : "main"}
              onClick={() => void model.start()}
              data-testid="check-start"
            >
              {phase.is === "rest" ? words.start : words.again}
            </Button>
          ) : null}
          <Button kind="quiet" onClick={onClose} data-testid="check-close">
            {common.value.close}
          </Button>
        </div>
      }
    >
      <Said model={model} />
    </Dialog>
  );
}

function Said({ model }: { readonly model: Checking }) {
  const words = checkWords.value;
  const phase = model.phase.value;
  switch (phase.is) {
    case "rest":
      return (
        <>
          <p>{words.how}</p>
          <p class="quiet">{words.headphones}</p>
        </>
      );
    case "asking":
      return <p role="status">{words.asking}</p>;
    case "connecting":
      return <p role="status">{words.connecting}</p>;
    case "waiting":
      return <p role="status">{words.waiting(phase.ahead)}</p>;
    case "seen":
      return (
        <>
          <Video
            stream={model.back.value}
            muted={false}
            shown
            name="check-picture"
            label={words.picture}
            testId="check-picture"
          />
          <Meter track={model.media.audio.value} />
          <p class="numbers">{words.seen(phase.left)}</p>
        </>
      );
    case "found":
      return <Result found={phase.found} />;
    case "refused":
      return (
        <p class="field-error" role="alert">
          {common.value.refusals[phase.code]}
        </p>
      );
  }
}

const told = (passes: boolean | null): "yes" | "no" | "untried" =>
  passes === null ? "untried" : passes ? "yes" : "no";

/** What was found, in words first and numbers after. */
function Result({ found }: { readonly found: Found }) {
  const words = checkWords.value;
  const heard = useSignal<boolean | null>(null);
  const { rttMs, loss, kbitPerS } = found;
  const facts = [
    [words.camera, found.camera === "on" ? words.works : words.without],
    [words.microphone, found.microphone === "on" ? words.works : words.without],
    [words.video, words.paths[found.path]],
    [words.server, found.server ? words.serverWell : words.serverNot],
    [words.udp, words.udps[told(found.udp)]],
    [words.relay, words.relays[told(found.relay)]],
  ] as const;
  return (
    <div role="status" data-testid="check-result" data-path={found.path}>
      {adviceOf(found).map((advice) => (
        <p key={advice}>
          <strong>{words.advice[advice]}</strong>
        </p>
      ))}
      <dl class="check-facts">
        {facts.map(([name, what]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      {rttMs === null || loss === null || kbitPerS === null ? null : (
        <p class="quiet numbers">
          {words.measured(Math.round(rttMs), Math.round(loss * 100), Math.round(kbitPerS))}
        </p>
      )}
      {found.path === "none" || found.path === "untried" || found.microphone !== "on" ? null : heard.value ===
        null ? (
        <>
          <p>{words.heard}</p>
          <div class="strip-choices">
            <Button onClick={() => (heard.value = true)}>{words.heardYes}</Button>
            <Button kind="quiet" onClick={() => (heard.value = false)}>
              {words.heardNo}
            </Button>
          </div>
        </>
      ) : (
        <p>{heard.value ? words.speakerWell : words.speakerHow}</p>
      )}
    </div>
  );
}
