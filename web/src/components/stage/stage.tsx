import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { CallModel } from "~/call/call";
import { listen } from "~/call/ear";
import type { PeerModel } from "~/call/peer";
import { keepAwake } from "~/components/awake";
import { Bar, type Keys } from "~/components/stage/bar";
import { Devices } from "~/components/stage/devices";
import { clock } from "~/components/stage/elapsed";
import { deviceNotice, noticeOf } from "~/components/stage/notices";
import { guestOf, People, type Who } from "~/components/stage/people";
import { TextPanel } from "~/components/stage/text_panel";
import { callWords } from "~/i18n/call";
import type { Party } from "~/protocol/types";
import "~/components/stage/stage.css";

/** So long a device that is not there is told before everything else. */
const NEWS_MS = 10_000;

export interface StageProps {
  readonly call: CallModel;
  /** Who is on the other side: large where there is no picture. */
  readonly name: string;
  /** Beside the name: function and unit of the clerk; number and unit at the desk. */
  readonly about: string;
  /** Whom a guest meets beside the clerk. */
  readonly visitor?: Who;
  /** Keys that the page listens to, printed on the buttons. */
  readonly keys?: Keys;
  /** False where the page has its own, larger button for it. */
  readonly hangUp?: boolean;
  /** Instead of the picture, while they do not talk: on hold, or somebody gone. */
  readonly apart?: ComponentChildren;
}

/** The call, as everybody in it sees it. Fills the place it is given. */
export function Stage(props: StageProps) {
  const { call, name, about, keys, hangUp = true, apart = null } = props;
  const words = callWords.value;
  const [draft, setDraft] = useState("");
  const [devices, setDevices] = useState(false);
  const [blocked, setBlocked] = useState<ReadonlyMap<Party, () => void>>(new Map());
  const onBlocked = useCallback((party: Party, play: (() => void) | null) => {
    setBlocked((before) => {
      if (play === null && !before.has(party)) return before;
      const after = new Map(before);
      if (play === null) after.delete(party);
      else after.set(party, play);
      return after;
    });
  }, []);
  const peers = call.peers.value;
  const returns = useOwnSound(peers, call.hold.value === null ? call.media.audio.value : null);
  const news = useNews(deviceNotice(call.media, words));
  const text = call.chat.open.value;
  const newest = call.chat.unread.value.at(-1);
  const main = call.main.media.value;
  const ended = call.phase.value === "ended";
  // A phone whose screen goes dark takes the camera with it.
  useEffect(() => (ended ? undefined : keepAwake()), [ended]);
  const whoOf = (peer: PeerModel): Who =>
    peer.guest === null
      ? peer === call.main
        ? { name, about }
        : (props.visitor ?? { name: words.visitor, about: "" })
      : guestOf(peer.guest, words);
  const nameOf = (party: Party): string => {
    const peer = peers.find((each) => each.party === party);
    return peer === undefined ? name : whoOf(peer).name;
  };
  const notice = apart === null ? noticeOf(call, { nameOf, news, returns }, words) : null;
  // Only a clerk shows a screen, and is who everybody else is here for.
  const screen = main?.screen === true && apart === null && !ended;

  return (
    <section
      class={["stage", text && "stage-with-text", peers.length > 1 && "stage-several"]
        .filter(Boolean)
        .join(" ")}
      aria-label={name}
    >
      <header class="stage-strip">
        <div class="stage-who">
          <h2 class="stage-name">{name}</h2>
          <p class="stage-about" role="status" data-testid="stage-about">
            {screen ? words.showsScreen(name) : about}
          </p>
        </div>
        <p class="stage-elapsed numbers">
          <span class="unseen">{words.elapsed}: </span>
          {clock(call.elapsed.value)}
        </p>
      </header>
      <div class="stage-picture">
        <People call={call} whoOf={whoOf} apart={apart !== null} onBlocked={onBlocked} />
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it holds buttons, an output may not */}
        {apart === null ? null : (
          <div class="stage-card" role="status" data-testid="stage-apart">
            {apart}
          </div>
        )}
        <div class="stage-over">
          {notice === null ? null : <output class="stage-notice">{notice}</output>}
          {apart === null &&
          !ended &&
          peers.length === 1 &&
          main?.camera === true &&
          !main.microphone &&
          !main.weak ? (
            <p class="stage-notice">{words.microphoneIsOff(name)}</p>
          ) : null}
          {blocked.size === 0 || ended ? null : (
            <button
              type="button"
              class="button button-main"
              data-testid="play"
              onClick={() => {
                for (const play of blocked.values()) play();
              }}
            >
              {words.play}
            </button>
          )}
        </div>
        {text ? (
          <TextPanel chat={call.chat} nameOf={nameOf} draft={draft} onDraft={setDraft} open={!ended} />
        ) : null}
      </div>
      {ended ? null : <Bar call={call} keys={keys ?? null} hangUp={hangUp} onMore={() => setDevices(true)} />}
      <p class="unseen" aria-live="polite">
        {newest === undefined ? null : words.said(newest.name ?? nameOf(newest.sender), newest.text)}
      </p>
      {devices ? <Devices media={call.media} onClose={() => setDevices(false)} /> : null}
    </section>
  );
}

/** Whether this has been true for less than `NEWS_MS`; null: there is nothing. */
function useNews(sentence: string | null): boolean {
  const [known, setKnown] = useState<string | null>(null);
  useEffect(() => {
    if (sentence === null) return undefined;
    const timer = setTimeout(() => setKnown(sentence), NEWS_MS);
    return () => {
      clearTimeout(timer);
      setKnown(null);
    };
  }, [sentence]);
  return sentence !== known;
}

/** Whether anybody's loudspeaker brings one's own sound back. */
function useOwnSound(peers: readonly PeerModel[], own: MediaStreamTrack | null): boolean {
  const [returns, setReturns] = useState(false);
  const remotes = peers.map(({ remote }) => remote.value);
  useEffect(() => {
    const found = remotes.map(() => false);
    const ends = remotes.map((remote, place) =>
      remote === null
        ? null
        : listen(
            remote,
            (heard) => {
              found[place] = heard?.returns === true;
              setReturns(found.includes(true));
            },
            own === null ? null : new MediaStream([own]),
          ),
    );
    return () => {
      for (const end of ends) end?.();
      setReturns(false);
    };
  }, [own, ...remotes]);
  return returns;
}
