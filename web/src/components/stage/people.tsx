import { useCallback, useState } from "preact/hooks";
import type { CallModel } from "~/call/call";
import type { Guest, PeerModel } from "~/call/peer";
import { MicrophoneIcon, PinIcon, SpeakingIcon } from "~/components/stage/icons";
import { Video } from "~/components/stage/video";
import { type CallWords, callWords } from "~/i18n/call";
import type { MediaState, Party } from "~/protocol/types";

/** How somebody is called, and what they are. */
export interface Who {
  readonly name: string;
  readonly about: string;
}

/** What a guest is, in words: of somebody of the court, their function. */
export function guestOf(guest: Guest, words: CallWords): Who {
  return { name: guest.name, about: guest.function ?? words.guests[guest.kind] };
}

/** Everybody in the call: one fills the place, several share it, and one of them may be large. */
export function People(props: {
  readonly call: CallModel;
  readonly whoOf: (peer: PeerModel) => Who;
  /** They do not talk: the place is the caller's to fill. */
  readonly apart: boolean;
  readonly onBlocked: (party: Party, play: (() => void) | null) => void;
}) {
  const words = callWords.value;
  const { call } = props;
  const [pinned, setPinned] = useState<Party | null>(null);
  const peers = call.peers.value;
  const ended = call.phase.value === "ended";
  const preview = ended ? null : call.media.preview.value;
  const alone = peers.length === 1;
  // Whoever is asked for is large; else whoever shows a screen: that is there to be read, and nothing may lie over it.
  const asked = alone ? undefined : peers.find(({ party }) => party === pinned);
  const small = peers.length - 1 + (preview === null ? 0 : 1);
  const large =
    small === 0 || props.apart
      ? undefined
      : (asked ?? peers.find(({ media }) => media.value?.screen === true));
  const shape = large === undefined ? `stage-grid-${peers.length}` : `stage-grid-large stage-small-${small}`;

  return (
    <div class="stage-people">
      <div class={`stage-grid ${shape}`}>
        {peers.map((peer) => (
          <Tile
            key={peer.party}
            call={call}
            peer={peer}
            who={props.whoOf(peer)}
            apart={props.apart}
            alone={alone}
            large={peer === large}
            pinned={peer.party === pinned}
            onPin={(on) => setPinned(on ? peer.party : null)}
            onBlocked={props.onBlocked}
          />
        ))}
        {preview === null ? null : (
          <Video stream={preview} muted shown name="stage-self" label={words.self} testId="local-video" />
        )}
      </div>
    </div>
  );
}

interface TileProps {
  readonly call: CallModel;
  readonly peer: PeerModel;
  readonly who: Who;
  readonly apart: boolean;
  /** Nobody else is there: the strip above says who it is. */
  readonly alone: boolean;
  readonly large: boolean;
  readonly pinned: boolean;
  readonly onPin: (on: boolean) => void;
  readonly onBlocked: (party: Party, play: (() => void) | null) => void;
}

function Tile(props: TileProps) {
  const words = callWords.value;
  const { alone, apart, call, large, onBlocked, peer, who } = props;
  const [picture, setPicture] = useState(false);
  const { party } = peer;
  const blocked = useCallback((play: (() => void) | null) => onBlocked(party, play), [onBlocked, party]);
  const remote = peer.remote.value;
  const media = peer.media.value;
  const shows = media === null || media.camera || media.screen;
  const seen = picture && remote !== null && shows && !apart;
  const speaking = !alone && !apart && peer.speaking.value;
  const kind = [large && "stage-tile-large", speaking && "stage-tile-speaking"].filter(Boolean).join(" ");

  return (
    <div
      class={`stage-tile ${kind}`}
      data-testid="stage-tile"
      data-party={party}
      role={alone ? undefined : "group"}
      aria-label={alone ? undefined : `${who.name}, ${who.about}`}
    >
      <Video
        stream={remote}
        muted={false}
        shown={seen}
        whole={media?.screen === true}
        name="stage-remote"
        label={media?.screen === true ? words.screenOf(who.name) : words.remote(who.name)}
        testId="remote-video"
        onPicture={setPicture}
        onBlocked={blocked}
      />
      {seen || apart ? null : <Card {...props} words={words} />}
      {alone || apart ? null : (
        <>
          <p class="stage-label">
            {speaking ? <SpeakingIcon /> : null}
            {media?.microphone === false ? <MicrophoneIcon off /> : null}
            <span class="stage-label-words">
              <span class="stage-label-name">{who.name}</span>
              <span class="stage-label-about">{who.about}</span>
              {speaking ? <span class="unseen">{words.speaking}</span> : null}
              {media?.microphone === false ? <span class="unseen">{words.withoutMicrophone}</span> : null}
            </span>
          </p>
          {call.phase.value === "ended" ? null : <Pin {...props} words={words} />}
        </>
      )}
    </div>
  );
}

/** Makes this one large, or no longer. Whoever needs the interpreter finds it by its words. */
function Pin({ peer, pinned, onPin, who, words }: TileProps & { readonly words: CallWords }) {
  const interpreter = peer.guest?.kind === "interpreter";
  const label = pinned ? words.unpin(who.name) : words.pin(who.name);
  return (
    <button
      type="button"
      class={interpreter && !pinned ? "stage-pin stage-pin-words" : "stage-pin"}
      data-testid="pin"
      aria-pressed={pinned}
      aria-label={
        interpreter ? `${pinned ? words.unpinInterpreter : words.pinInterpreter}: ${who.name}` : label
      }
      onClick={() => onPin(!pinned)}
    >
      <PinIcon off={pinned} />
      {interpreter && !pinned ? <span>{words.pinInterpreter}</span> : null}
    </button>
  );
}

/** In the place of a picture: who it is, and why there is none. */
function Card({ alone, call, peer, who, words }: TileProps & { readonly words: CallWords }) {
  const ended = call.phase.value === "ended";
  const media = peer.media.value;
  const end = call.end.value;
  if (!alone) {
    return (
      <div class="stage-card">
        <p>{ended ? null : (legOf(peer, who.name, words) ?? (media && sendingOf(media, who.name, words)))}</p>
      </div>
    );
  }
  return (
    <div class="stage-card">
      <p class="stage-card-name">{who.name}</p>
      <p class="stage-card-about">{who.about}</p>
      <p>{ended || media === null ? null : sendingOf(media, who.name, words)}</p>
      {end === null ? null : (
        <p class="stage-end">
          {end.by === null || end.by === call.party ? words.ended : words.endedBy(who.name)}
        </p>
      )}
    </div>
  );
}

/** What is wrong with the leg to one of several. */
function legOf(peer: PeerModel, name: string, words: CallWords): string | null {
  switch (peer.leg.value) {
    case "connecting":
      return words.peerComes(name);
    case "broken":
      return words.peerBroken(name);
    case "none":
    case "connected":
      return null;
  }
}

function sendingOf(media: MediaState, name: string, words: CallWords): string | null {
  if (media.camera || media.screen) return null;
  if (media.weak) return media.microphone ? words.peerOnlySound(name) : words.peerOnlyWords(name);
  return media.microphone ? words.cameraIsOff(name) : words.onlyText(name);
}
