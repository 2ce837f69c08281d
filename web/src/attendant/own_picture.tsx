import { useState } from "preact/hooks";
import type { MediaModel } from "~/call/media";
import { Button } from "~/components/button";
import { Devices } from "~/components/stage/devices";
import { Video } from "~/components/stage/video";
import { type DeskWords, deskWords } from "~/i18n/desk";

/** What those who are called will see and hear; never needed to attend. */
export function OwnPicture(props: { readonly media: MediaModel; readonly before?: boolean }) {
  const words = deskWords.value;
  const { media } = props;
  const [choosing, setChoosing] = useState(false);
  const preview = media.preview.value;
  const unasked = media.camera.value === "unasked" && media.microphone.value === "unasked";
  const sentence = props.before === true && unasked ? words.permission : sentenceOf(media, words);
  return (
    <section class="own" aria-labelledby="own-title">
      <h3 id="own-title">{words.camera}</h3>
      {preview === null ? null : (
        <Video stream={preview} muted shown name="own-video" label={words.yourPicture} testId="local-video" />
      )}
      {sentence === null ? null : <output class="desk-small">{sentence}</output>}
      {unasked ? (
        <Button kind="link" onClick={() => void media.ask("video")}>
          {props.before === true ? words.test : words.turnOn}
        </Button>
      ) : (
        <Button kind="link" onClick={() => setChoosing(true)}>
          {words.change}
        </Button>
      )}
      {choosing ? <Devices media={media} onClose={() => setChoosing(false)} /> : null}
    </section>
  );
}

/** What is not as it should be, or null. */
function sentenceOf(media: MediaModel, words: DeskWords): string | null {
  const states = [media.camera.value, media.microphone.value];
  if (states.includes("asking")) return words.asking;
  if (states.includes("busy")) return words.busyDevice;
  if (media.camera.value === "refused") return words.refused;
  if (media.microphone.value === "refused") return words.microphoneRefused;
  const [camera, microphone] = states.map((state) => state === "on" || state === "off");
  if (camera === true && microphone === true) return null;
  if (microphone === true) return words.noCamera;
  return camera === true ? words.noMicrophone : words.noDevices;
}
