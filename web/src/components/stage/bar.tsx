import type { ComponentChildren } from "preact";
import type { CallModel } from "~/call/call";
import {
  CameraIcon,
  HangUpIcon,
  MicrophoneIcon,
  MoreIcon,
  ScreenIcon,
  TextIcon,
} from "~/components/stage/icons";
import { callWords } from "~/i18n/call";

/** Keys that the page gives to controls, printed on them. */
export interface Keys {
  readonly microphone: string;
  readonly hangUp: string;
}

/** What can be done in a call: an icon and a word each. */
export function Bar(props: {
  readonly call: CallModel;
  readonly keys: Keys | null;
  readonly hangUp: boolean;
  readonly onMore: () => void;
}) {
  const words = callWords.value;
  const { media, chat, screen } = props.call;
  const showing = screen?.state.value === "on";
  const unread = chat.unread.value.length;
  const text = chat.open.value;
  const speaks = media.speaks.value;
  const films = media.films.value;
  return (
    // Two taps on "Entrar" are one: what is under the second is not meant before the counter has let them in.
    <div class="stage-bar" inert={props.call.phase.value === "ringing"}>
      <Control
        testId="mute"
        word={words.microphone}
        hotkey={props.keys?.microphone}
        label={speaks ? words.microphoneOff : words.microphoneOn}
        off={!speaks}
        onPress={() => void media.setMicrophone(!speaks)}
      >
        <MicrophoneIcon off={!speaks} />
      </Control>
      <Control
        testId="camera"
        word={words.camera}
        label={films ? words.cameraOff : words.cameraOn}
        off={!films}
        onPress={() => void media.setCamera(!films)}
      >
        <CameraIcon off={!films} />
      </Control>
      {screen === null || props.call.phase.value !== "active" || props.call.hold.value !== null ? null : (
        <Control
          testId="screen"
          word={words.screen}
          label={showing ? words.screenOff : words.screenOn}
          off={showing}
          onPress={() => {
            if (showing) screen.stop();
            else void screen.share();
          }}
        >
          <ScreenIcon off={showing} />
        </Control>
      )}
      <Control
        testId="text"
        word={words.text}
        label={text ? words.textClose : words.textOpen}
        more={unread > 0 ? words.unread(unread) : undefined}
        count={unread}
        expanded={text}
        onPress={() => chat.show(!text)}
      >
        <TextIcon />
      </Control>
      {props.hangUp ? (
        <Control
          testId="hang-up"
          word={words.hangUp}
          hotkey={props.keys?.hangUp}
          label={words.hangUp}
          end
          onPress={() => void props.call.hangUp()}
        >
          <HangUpIcon />
        </Control>
      ) : null}
      <Control
        testId="more"
        word={words.more}
        label={`${words.more}: ${words.devices}`}
        onPress={props.onMore}
      >
        <MoreIcon />
      </Control>
    </div>
  );
}

function Control(props: {
  readonly testId: string;
  readonly word: string;
  /** What pressing does, in words that contain the visible one. */
  readonly label: string;
  readonly more?: string | undefined;
  readonly hotkey?: string | undefined;
  readonly count?: number;
  readonly off?: boolean;
  readonly end?: boolean;
  readonly expanded?: boolean;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}) {
  const tone = props.end === true ? " stage-control-end" : props.off === true ? " stage-control-off" : "";
  return (
    <button
      type="button"
      class={`stage-control${tone}`}
      data-testid={props.testId}
      aria-label={[props.label, props.hotkey, props.more].filter((part) => part !== undefined).join(", ")}
      aria-expanded={props.expanded}
      onClick={props.onPress}
    >
      {props.children}
      <span>
        {props.word}
        {props.hotkey === undefined ? "" : ` ${props.hotkey}`}
      </span>
      {props.count !== undefined && props.count > 0 ? (
        <span class="stage-count" data-count={props.count} />
      ) : null}
    </button>
  );
}
