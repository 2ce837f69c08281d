import { useSignal } from "@preact/signals";
import type { DeviceState } from "~/call/media";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { Choice } from "~/components/field";
import { DeviceField } from "~/components/stage/devices";
import { Meter } from "~/components/stage/meter";
import { Video } from "~/components/stage/video";
import { common } from "~/i18n/common";
import { visitorWords } from "~/i18n/visitor";
import type { VisitModel } from "~/models/visit";
import { EVERY_MEDIA, type Media } from "~/protocol/types";
import { browser } from "~/visitor/browser";

/** Camera and microphone: explained before they are asked for, shown when they work, explained when they do not. */
export function MediaStrip({ model }: { readonly model: VisitModel }) {
  const words = visitorWords.value.media;
  const changing = useSignal(false);
  const { media } = model;
  if (!browser().video) {
    return (
      <section class="strip" aria-label={words.title}>
        <p>{words.unsupported}</p>
      </section>
    );
  }
  const preview = media.preview.value;
  return (
    <section class="strip" aria-label={words.title}>
      {preview === null ? null : (
        <div class="strip-preview">
          <Video stream={preview} muted shown name="preview" label={words.preview} testId="local-video" />
        </div>
      )}
      <div class="strip-words">
        {model.mediaChosen.value ? (
          <Chosen model={model} onChange={() => (changing.value = true)} />
        ) : (
          <Before model={model} />
        )}
      </div>
      {changing.value ? <Change model={model} onClose={() => (changing.value = false)} /> : null}
    </section>
  );
}

/** Nothing was asked yet: what for, and three ways. */
function Before({ model }: { readonly model: VisitModel }) {
  const words = visitorWords.value.media;
  return (
    <>
      <p>{words.ask}</p>
      <div class="strip-choices">
        <Button onClick={() => model.choose("video")} data-testid="media-video">
          {words.allow}
        </Button>
        <Button kind="quiet" onClick={() => model.choose("audio")} data-testid="media-audio">
          {words.audio}
        </Button>
        <Button kind="quiet" onClick={() => model.choose("text")} data-testid="media-text">
          {words.text}
        </Button>
      </div>
    </>
  );
}

/** How it stands with what was chosen, and the way out of what does not work. */
function Chosen({ model, onChange }: { readonly model: VisitModel; readonly onChange: () => void }) {
  const words = visitorWords.value.media;
  const { media } = model;
  const wanted = media.media.value;
  const camera = media.camera.value;
  const microphone = media.microphone.value;
  if (wanted === "text") {
    return <Ready title={words.ready.text} how={words.textHow} onChange={onChange} />;
  }
  if (camera === "asking" || microphone === "asking") {
    return (
      <>
        <p role="status">{words.asking}</p>
        <Button kind="link" onClick={() => model.choose("text")}>
          {words.text}
        </Button>
      </>
    );
  }
  const trouble =
    (wanted === "video" ? troubleOf("camera", camera) : null) ?? troubleOf("microphone", microphone);
  if (trouble !== null) return <Trouble model={model} sentences={trouble} onChange={onChange} />;
  return (
    <>
      <Ready title={words.ready[wanted]} how={words.private} onChange={onChange} />
      <Meter track={media.audio.value} />
    </>
  );
}

function Ready(props: { readonly title: string; readonly how: string; readonly onChange: () => void }) {
  return (
    <>
      <p role="status">
        <strong>{props.title}</strong>
      </p>
      <p class="quiet">{props.how}</p>
      <Button kind="link" onClick={props.onChange} data-testid="media-change">
        {visitorWords.value.media.change}
      </Button>
    </>
  );
}

function Trouble(props: {
  readonly model: VisitModel;
  readonly sentences: readonly string[];
  readonly onChange: () => void;
}) {
  const { model } = props;
  const words = visitorWords.value.media;
  const wanted = model.media.media.value;
  return (
    <>
      <div role="status">
        {props.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>{words.orLess}</p>
      </div>
      <div class="strip-choices">
        <Button onClick={() => model.choose(wanted)}>{common.value.tryAgain}</Button>
        {wanted === "video" ? (
          <Button kind="quiet" onClick={() => model.choose("audio")}>
            {words.audio}
          </Button>
        ) : null}
        <Button kind="quiet" onClick={() => model.choose("text")}>
          {words.text}
        </Button>
      </div>
    </>
  );
}

/** What is wrong with a device, and the way to undo it; null where nothing is. */
function troubleOf(kind: "camera" | "microphone", state: DeviceState): readonly string[] | null {
  const words = visitorWords.value.media;
  const camera = kind === "camera";
  switch (state) {
    case "refused":
      return [
        camera ? words.refusedCamera : words.refusedMicrophone,
        browser().ios ? words.undoIos : words.undo,
      ];
    case "absent":
      return [camera ? words.absentCamera : words.absentMicrophone];
    case "busy":
      return [camera ? words.busyCamera : words.busyMicrophone];
    case "unsupported":
      return [words.unsupported];
    case "unasked":
    case "asking":
    case "on":
    case "off":
      return null;
  }
}

/** Another way to take part, another device. */
function Change({ model, onClose }: { readonly model: VisitModel; readonly onClose: () => void }) {
  const words = visitorWords.value.media;
  const labels: Record<Media, string> = { video: words.video, audio: words.audio, text: words.text };
  return (
    <Dialog
      title={words.changeTitle}
      onClose={onClose}
      actions={
        <Button kind="main" onClick={onClose}>
          {words.done}
        </Button>
      }
    >
      <Choice
        id="media"
        legend={words.title}
        value={model.media.media.value}
        options={EVERY_MEDIA.map((media) => ({ value: media, label: labels[media] }))}
        onPick={(media) => model.choose(media)}
      />
      <DeviceField media={model.media} kind="camera" label={words.camera} />
      <DeviceField media={model.media} kind="microphone" label={words.microphone} />
    </Dialog>
  );
}
