import type { DeviceKind, MediaModel } from "~/call/media";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { SelectField, Tick } from "~/components/field";
import { Meter } from "~/components/stage/meter";
import { callWords } from "~/i18n/call";

/** Which camera and which microphone. */
export function Devices(props: { readonly media: MediaModel; readonly onClose: () => void }) {
  const words = callWords.value;
  const { media } = props;
  const none = media.cameras.value.length + media.microphones.value.length === 0;
  return (
    <Dialog
      title={words.devices}
      onClose={props.onClose}
      actions={
        <Button kind="main" onClick={props.onClose}>
          {words.done}
        </Button>
      }
    >
      {none ? <p>{words.noDevices}</p> : null}
      <DeviceField media={media} kind="camera" label={words.chooseCamera} />
      <DeviceField media={media} kind="microphone" label={words.chooseMicrophone} />
      <Meter track={media.audio.value} />
      <Tick
        id="saving"
        testId="saving"
        label={words.saving}
        checked={media.saving.value}
        onTick={(on) => media.save(on)}
      />
    </Dialog>
  );
}

export function DeviceField(props: {
  readonly media: MediaModel;
  readonly kind: DeviceKind;
  readonly label: string;
}) {
  const words = callWords.value;
  const { media, kind } = props;
  const devices = kind === "camera" ? media.cameras.value : media.microphones.value;
  if (devices.length === 0) return null;
  return (
    <SelectField
      id={`choose-${kind}`}
      label={props.label}
      value={media.using(kind) ?? devices[0]?.id ?? ""}
      options={devices.map((device, place) => ({
        value: device.id,
        label: device.label === "" ? words.device(place + 1) : device.label,
      }))}
      onPick={(id) => void media.choose(kind, id)}
    />
  );
}
