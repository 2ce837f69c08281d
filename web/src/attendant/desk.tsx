import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { askedHere, offeredHere, RingCard } from "~/attendant/asked";
import { Bar, PAUSABLE } from "~/attendant/bar";
import { CancelDialog, PauseDialog, SettingsDialog } from "~/attendant/dialogs";
import type { Bell } from "~/attendant/bell";
import { HelpingCard } from "~/attendant/helping";
import { listenToKeys } from "~/attendant/keys";
import { Line } from "~/attendant/line";
import { Bottom, Middle } from "~/attendant/middle";
import { OutOfOrderDialog } from "~/attendant/out_of_order";
import { OwnPicture } from "~/attendant/own_picture";
import { Outcomes, PersonCard } from "~/attendant/person";
import { Practice } from "~/attendant/practice";
import { QualityPanel } from "~/attendant/quality";
import { missedSentence, refusalSentence } from "~/attendant/sentences";
import { firstChoice } from "~/attendant/units";
import type { CallModel } from "~/call/call";
import type { MediaModel } from "~/call/media";
import { Button } from "~/components/button";
import { Urgent } from "~/components/dialog";
import { Notice } from "~/components/notice";
import { Offline } from "~/components/offline";
import type { LineProps } from "~/components/staff_page";
import { SuspendDialog, suspendedSentence } from "~/components/suspend";
import { deskWords } from "~/i18n/desk";
import { staffWords } from "~/i18n/staff";
import type { DeskModel } from "~/models/desk";
import type { Screen } from "~/models/desk_screen";
import type { PracticeModel } from "~/models/practice";
import type { DeskView } from "~/protocol/types";
import "~/attendant/desk.css";
import "~/attendant/practice.css";

export interface DeskProps extends LineProps {
  readonly desk: DeskModel<CallModel>;
  readonly media: MediaModel;
  readonly bell: Bell;
  readonly onSignOut: () => void;
  /** Where this person practises. */
  readonly practice?: PracticeModel | null;
}

/** Screens on which units may be chosen anew. */
const FREE: ReadonlySet<Screen> = new Set(["ready", "paused"]);

/** The clerk's desk: the line, the middle, the person; and one main button. */
export function Desk(props: DeskProps) {
  const view = props.desk.view.value;
  const screen = props.desk.screen.value;
  if (view === null || screen === null) return <Opening {...props} />;
  return <OpenDesk {...props} view={view} screen={screen} />;
}

function Opening(props: Pick<DeskProps, "status" | "onRetry">) {
  const words = deskWords.value;
  return (
    <main class="desk-opening">
      <h1 class="unseen">{words.title(0)}</h1>
      {props.status === "offline" ? (
        <Offline sentence={staffWords.value.offline} onRetry={props.onRetry} />
      ) : (
        <p>{words.connecting}</p>
      )}
    </main>
  );
}

function OpenDesk(props: DeskProps & { readonly view: DeskView; readonly screen: Screen }) {
  const words = deskWords.value;
  const { bell, desk, media, screen, view } = props;
  const [dialog, setDialog] = useState<"pause" | "settings" | "suspend" | "out_of_order" | "cancel" | null>(
    null,
  );
  const [chosen, setChosen] = useState(() => firstChoice(view.units));
  const busy = desk.busy.value !== null;
  const now_ms = desk.now.value;
  const missed = desk.missed.value;
  const refusal = desk.refusal.value ?? props.trouble ?? null;
  const call = desk.call.value;
  const talking =
    (screen === "in_call" && call !== null) || (screen === "helping" && desk.helping.value !== null);
  const helpOver = desk.helpOver.value;
  const asked = desk.asked.value;
  const offered = desk.offered.value;
  const ringing =
    asked !== null ? askedHere(asked, now_ms) : offered !== null ? offeredHere(offered, now_ms) : null;
  const ring =
    ringing === null ? null : (
      <RingCard ringing={ringing} busy={busy} onAnswer={(answer) => void desk.answer(answer)} />
    );
  // Whoever came to help has left what they were choosing.
  useEffect(() => {
    if (screen === "helping") setDialog(null);
  }, [screen]);

  const goAvailable = (): void => {
    if (busy || chosen.size === 0) return;
    void desk.goAvailable([...chosen]);
  };
  const resume = (): void => {
    if (busy) return;
    void desk.resume();
  };
  const pause = (): void => {
    if (screen === "paused" || view.status === "paused") resume();
    else if (PAUSABLE.has(screen)) setDialog("pause");
  };

  // With the paint and not some time after it: a key does what the buttons on the screen do.
  useLayoutEffect(() =>
    listenToKeys((action) => {
      bell.unlock();
      if (action === "come" || action === "decline") void desk.answer(action);
      if (action === "microphone") void media.setMicrophone(!media.speaks.peek());
      if (action === "pause" && dialog === null) pause();
      if (action === "call" && desk.main.peek() === "call") void desk.press();
      if (action === "end" && desk.main.peek() !== "call") void desk.press();
    }),
  );

  return (
    <Urgent shown={ring}>
      <div class={`desk desk-${screen}`} onClickCapture={() => bell.unlock()}>
        <Bar
          view={view}
          screen={screen}
          busy={busy}
          muted={bell.muted.value}
          onPause={pause}
          onSettings={() => setDialog("settings")}
          onSignOut={props.onSignOut}
        />

        <aside class="desk-line" aria-label={words.line}>
          {screen === "elsewhere" ? null : (
            <Line
              view={view}
              now_ms={now_ms}
              onOutOfOrder={
                screen === "ready" && view.line.some((row) => row.ticket !== null)
                  ? () => setDialog("out_of_order")
                  : null
              }
            />
          )}
          {props.practice ? <Practice practice={props.practice} /> : null}
        </aside>

        <main class={talking ? "desk-centre desk-centre-stage" : "desk-centre"}>
          {props.status === "offline" ? (
            <Offline sentence={talking ? words.offlineInCall : words.offline} onRetry={props.onRetry} />
          ) : null}
          {refusal === null ? null : (
            <Notice tone="bad" role="alert">
              {refusalSentence(refusal)}
            </Notice>
          )}
          {screen === "elsewhere" || talking ? null : (
            <Suspended
              view={view}
              now_ms={now_ms}
              busy={busy}
              onResume={(unit) => void desk.resumeUnit(unit)}
            />
          )}
          {missed === null ? null : <Notice tone="warn">{missedSentence(missed, words)}</Notice>}
          {helpOver === null ? null : <Notice>{words.helped[helpOver]}</Notice>}
          {ring}
          <div class="desk-middle">
            <Middle
              {...props}
              now_ms={now_ms}
              busy={busy}
              chosen={chosen}
              onChoose={setChosen}
              onCancel={() => setDialog("cancel")}
            />
          </div>
          <div class="desk-main">
            <Bottom
              {...props}
              busy={busy}
              chosen={chosen.size > 0}
              onGoAvailable={goAvailable}
              onResume={resume}
            />
          </div>
        </main>

        <aside class="desk-person" aria-label={words.person}>
          {screen === "elsewhere" ? null : view.helping !== null ? (
            <HelpingCard helping={view.helping} />
          ) : view.person === null ? (
            <div class="person">
              <h2>{words.person}</h2>
              <p class="desk-quiet">{words.personEmpty}</p>
            </div>
          ) : (
            <PersonCard
              key={view.person.ticket}
              person={view.person}
              call={view.call}
              units={view.units}
              now_ms={now_ms}
              onAct={(command) => void desk.act(command)}
              onInvite={(id, kind) => desk.invite(id, kind)}
              quality={
                screen === "in_call" && desk.call.value !== null ? (
                  <QualityPanel peer={desk.call.value.model.main} />
                ) : null
              }
            />
          )}
          {screen === "in_call" || screen === "wrap_up" ? (
            <Outcomes chosen={desk.outcome.value} onChoose={(outcome) => desk.choose(outcome)} />
          ) : null}
          {screen === "ready" || screen === "paused" || screen === "ringing" ? (
            <OwnPicture media={media} />
          ) : null}
        </aside>

        {dialog === "pause" ? (
          <PauseDialog
            onPause={(reason) => {
              setDialog(null);
              void desk.pause(reason);
            }}
            onClose={() => setDialog(null)}
          />
        ) : null}
        {dialog === "cancel" && screen === "ringing" ? (
          <CancelDialog
            onCancel={(reason) => {
              setDialog(null);
              void desk.cancel(reason);
            }}
            onClose={() => setDialog(null)}
          />
        ) : null}
        {dialog === "out_of_order" ? (
          <OutOfOrderDialog
            line={view.line}
            units={view.units}
            now_ms={now_ms}
            onCall={(ticket, reason) => {
              setDialog(null);
              void desk.callOutOfOrder(ticket, reason);
            }}
            onClose={() => setDialog(null)}
          />
        ) : null}
        {dialog === "settings" ? (
          <SettingsDialog
            units={view.units}
            free={FREE.has(screen)}
            bell={bell}
            onSuspend={() => setDialog("suspend")}
            onSave={(units) => void desk.chooseUnits(units)}
            onClose={() => setDialog((open) => (open === "settings" ? null : open))}
          />
        ) : null}
        {dialog === "suspend" ? (
          <SuspendDialog
            units={view.units.filter((unit) => unit.open && unit.suspended === null)}
            now_ms={now_ms}
            onSuspend={(command) => void desk.suspend(command)}
            onClose={() => setDialog(null)}
          />
        ) : null}
      </div>
    </Urgent>
  );
}

/** Units of one's own that give out no tickets, and the way to end it. */
function Suspended(props: {
  readonly view: DeskView;
  readonly now_ms: number;
  readonly busy: boolean;
  readonly onResume: (unit: string) => void;
}) {
  return props.view.units.map((unit) =>
    unit.suspended === null ? null : (
      <Notice key={unit.slug} tone="warn">
        <p>
          <strong>{unit.name}.</strong> {suspendedSentence(unit.suspended, props.now_ms)}
        </p>
        <Button
          kind="link"
          data-testid="resume-unit"
          disabled={props.busy}
          onClick={() => props.onResume(unit.slug)}
        >
          {staffWords.value.suspend.resume}
        </Button>
      </Notice>
    ),
  );
}
