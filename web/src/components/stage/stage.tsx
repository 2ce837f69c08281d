import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { CallModel } from "~/call/call";
import { listen } from "~/call/ear";
import type { DeviceKind, DeviceState } from "~/call/media";
import { Bar, type Keys } from "~/components/stage/bar";
import { Devices } from "~/components/stage/devices";
import { clock } from "~/components/stage/elapsed";
import { TextPanel } from "~/components/stage/text_panel";
import { Video } from "~/components/stage/video";
import { type CallWords, callWords } from "~/i18n/call";
import type { MediaState } from "~/protocol/types";
import "~/components/stage/stage.css";

export interface StageProps {
  readonly call: CallModel;
  /** Who is on the other side: large where there is no picture. */
  readonly name: string;
  /** Beside the name: function and unit of the clerk; number and unit at the desk. */
  readonly about: string;
  /** Keys that the page listens to, printed on the buttons. */
  readonly keys?: Keys;
  /** False where the page has its own, larger button for it. */
  readonly hangUp?: boolean;
  /** Instead of the picture, while they do not talk: on hold, or somebody gone. */
  readonly apart?: ComponentChildren;
}

/** The call, as both sides see it. Fills the place it is given. */
export function Stage({ call, name, about, keys, hangUp = true, apart = null }: StageProps) {
  const words = callWords.value;
  const { media } = call;
  const [draft, setDraft] = useState("");
  const [devices, setDevices] = useState(false);
  const [picture, setPicture] = useState(false);
  const [howls, setHowls] = useState(false);
  const [tap, setTap] = useState<{ readonly play: () => void } | null>(null);

  const onBlocked = useCallback((play: (() => void) | null) => setTap(play && { play }), []);
  const text = call.chat.open.value;
  const unread = call.chat.unread.value;
  const newest = unread.at(-1);
  const peer = call.main.media.value;
  const remote = call.main.remote.value;
  useEffect(() => {
    if (remote === null) return undefined;
    const end = listen(remote, (heard) => setHowls(heard.howls));
    return () => {
      end?.();
      setHowls(false);
    };
  }, [remote]);
  const preview = media.preview.value;
  const seen = picture && remote !== null && peer?.camera !== false && apart === null;
  const notice = apart === null ? noticeOf(call, howls, words) : null;
  const end = call.end.value;
  const ended = call.phase.value === "ended";

  return (
    <section class={text ? "stage stage-with-text" : "stage"} aria-label={name}>
      <header class="stage-strip">
        <div class="stage-who">
          <h2 class="stage-name">{name}</h2>
          <p class="stage-about">{about}</p>
        </div>
        <p class="stage-elapsed numbers">
          <span class="unseen">{words.elapsed}: </span>
          {clock(call.elapsed.value)}
        </p>
      </header>
      <div class="stage-picture">
        <Video
          stream={remote}
          muted={false}
          shown={seen}
          name="stage-remote"
          label={words.remote(name)}
          testId="remote-video"
          onPicture={setPicture}
          onBlocked={onBlocked}
        />
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it holds buttons, an output may not */}
        {apart === null ? null : (
          <div class="stage-card" role="status" data-testid="stage-apart">
            {apart}
          </div>
        )}
        {seen || apart !== null ? null : (
          <div class="stage-card">
            <p class="stage-card-name">{name}</p>
            <p class="stage-card-about">{about}</p>
            <p>{ended || peer === null ? null : sendingOf(peer, name, words)}</p>
            {end === null ? null : (
              <p class="stage-end">
                {end.by === null || end.by === call.party ? words.ended : words.endedBy(name)}
              </p>
            )}
          </div>
        )}
        <div class="stage-over">
          {notice === null ? null : <output class="stage-notice">{notice}</output>}
          {seen && !ended && peer?.microphone === false && !peer.weak ? (
            <p class="stage-notice">{words.microphoneIsOff(name)}</p>
          ) : null}
          {tap === null || ended ? null : (
            <button type="button" class="button button-main" onClick={tap.play}>
              {words.play}
            </button>
          )}
        </div>
        {preview === null || ended ? null : (
          <Video stream={preview} muted shown name="stage-self" label={words.self} testId="local-video" />
        )}
        {text ? (
          <TextPanel chat={call.chat} peer={name} draft={draft} onDraft={setDraft} open={!ended} />
        ) : null}
      </div>
      {ended ? null : <Bar call={call} keys={keys ?? null} hangUp={hangUp} onMore={() => setDevices(true)} />}
      <p class="unseen" aria-live="polite">
        {newest === undefined ? null : words.said(name, newest.text)}
      </p>
      {devices ? <Devices media={media} onClose={() => setDevices(false)} /> : null}
    </section>
  );
}

/** What to know now; one thing at most, the most important. */
function noticeOf(call: CallModel, howls: boolean, words: CallWords): string | null {
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
  return howls ? words.howl : lineNotice(call, words);
}

/** What the line does not carry of what is on here; else that it is slow. */
function lineNotice(call: CallModel, words: CallWords): string | null {
  const { media } = call;
  const rung = call.rung.value;
  if (rung === "text" && media.audio.value !== null) return words.onlyWords;
  if (rung === "audio" && media.video.value !== null) return words.onlySound;
  return call.main.quality.value === "weak" ? words.weak : null;
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

function sendingOf(peer: MediaState, name: string, words: CallWords): string | null {
  if (peer.camera) return null;
  if (peer.weak) return peer.microphone ? words.peerOnlySound(name) : words.peerOnlyWords(name);
  return peer.microphone ? words.cameraIsOff(name) : words.onlyText(name);
}
