import { useState } from "preact/hooks";
import { Button } from "~/components/button";
import { Dialog } from "~/components/dialog";
import { Languages } from "~/components/languages";
import { Notice } from "~/components/notice";
import { Offline } from "~/components/offline";
import type { LineProps } from "~/components/staff_page";
import { SuspendDialog } from "~/components/suspend";
import { boardWords } from "~/i18n/board";
import { common } from "~/i18n/common";
import { staffWords } from "~/i18n/staff";
import type { BoardModel } from "~/models/board";
import type { BoardAttendant, BoardUnit, BoardView } from "~/protocol/types";
import { LineDialog } from "~/supervisor/line";
import { UnitRows } from "~/supervisor/row";
import { courtSentence } from "~/supervisor/sentences";
import "~/supervisor/board.css";

export interface BoardProps extends LineProps {
  readonly board: BoardModel;
  readonly onSignOut: () => void;
}

/** The supervisor's board: a sentence first, then a table by need. */
export function Board(props: BoardProps) {
  const words = boardWords.value;
  const view = props.board.view.value;
  return (
    <div class="board">
      <header class="board-bar">
        <h1>{view === null ? words.title : `${words.title} · ${view.court}`}</h1>
        <Button kind="link" data-testid="sign-out" onClick={props.onSignOut}>
          {staffWords.value.signOut}
        </Button>
      </header>
      <main class="board-main">
        {props.status === "offline" ? (
          <Offline
            sentence={view === null ? staffWords.value.offline : words.offline}
            onRetry={props.onRetry}
          />
        ) : null}
        {view === null ? (
          <p>{props.status === "offline" ? null : words.connecting}</p>
        ) : (
          <Units {...props} view={view} />
        )}
      </main>
      <footer class="board-foot">
        <Languages />
      </footer>
    </div>
  );
}

function Units(props: BoardProps & { readonly view: BoardView }) {
  const words = boardWords.value;
  const { board, view } = props;
  const [stuck, setStuck] = useState<BoardAttendant | null>(null);
  const [suspending, setSuspending] = useState<BoardUnit | null>(null);
  const [lined, setLined] = useState<BoardUnit | null>(null);
  const needing = board.needing.value;
  const now_ms = board.now.value;
  const refusal = board.refusal.value ?? props.trouble ?? null;
  const close = (): void => {
    board.hold("question", false);
    setStuck(null);
    setSuspending(null);
    setLined(null);
  };
  return (
    <>
      <h2 class="board-need" aria-live="polite">
        {courtSentence(needing.length, view.units.length, words)}
      </h2>
      <Totals view={view} />
      <Floods board={board} view={view} now_ms={now_ms} />
      {refusal === null ? null : (
        <Notice tone="bad" role="alert">
          {common.value.refusals[refusal]}
        </Notice>
      )}
      {view.units.length === 0 ? null : (
        <table
          class="board-table"
          onPointerEnter={() => board.hold("pointer", true)}
          onPointerLeave={() => board.hold("pointer", false)}
          onFocusIn={() => board.hold("focus", true)}
          onFocusOut={() => board.hold("focus", false)}
        >
          <thead>
            <tr>
              <th scope="col">{words.columns.standing}</th>
              <th scope="col">{words.columns.unit}</th>
              <th scope="col" class="board-number">
                {words.columns.waiting}
              </th>
              <th scope="col" class="board-number">
                {words.columns.longest}
              </th>
              <th scope="col">{words.columns.attendants}</th>
              <th scope="col" class="board-number">
                {words.columns.served}
              </th>
              <th scope="col" class="board-number">
                {words.columns.left}
              </th>
              <th scope="col">{words.columns.phone}</th>
            </tr>
          </thead>
          {board.rows.value.map((unit) => (
            <UnitRows
              key={unit.slug}
              unit={unit}
              now_ms={now_ms}
              open={board.expanded.value.has(unit.slug)}
              leaving={board.signingOut.value}
              onToggle={() => board.toggle(unit.slug)}
              onSignOut={(attendant) => {
                board.hold("question", true);
                setStuck(attendant);
              }}
              onLine={() => {
                board.hold("question", true);
                setLined(unit);
              }}
              onSuspend={() => {
                board.hold("question", true);
                setSuspending(unit);
              }}
              onResume={() => void board.resumeUnit(unit.slug)}
            />
          ))}
        </table>
      )}
      {suspending === null ? null : (
        <SuspendDialog
          units={[suspending]}
          now_ms={now_ms}
          onClose={close}
          onSuspend={(command) => void board.suspend(command)}
        />
      )}
      {lined === null ? null : <LineDialog board={board} unit={lined} now_ms={now_ms} onClose={close} />}
      {stuck === null ? null : (
        <SignOutDialog
          attendant={stuck}
          onClose={close}
          onSignOut={() => {
            close();
            void board.signOut(stuck.id);
          }}
        />
      )}
    </>
  );
}

function Totals(props: { readonly view: BoardView }) {
  const words = boardWords.value;
  const { view } = props;
  const totals: readonly (readonly [number, string])[] = [
    [view.waiting, words.totalWaiting],
    [view.attending, words.totalAttending(view.attending)],
    [view.in_call, words.totalInCall],
    [view.served_today, words.totalServed(view.served_today)],
    [view.left_today, words.totalLeft(view.left_today)],
    ...(view.refused_today > 0
      ? [[view.refused_today, words.totalRefused(view.refused_today)] as const]
      : []),
    ...(view.pool === null ? [] : [[view.pool.free, words.totalFree(view.pool)] as const]),
  ];
  return (
    <ul class="board-totals" aria-label={words.totals}>
      {totals.map(([count, word]) => (
        <li key={word}>
          <strong class="numbers">{count}</strong> {word}
        </li>
      ))}
    </ul>
  );
}

/** Networks that are limited now; what is behind a number like these may be a forum's whole hall. */
function Floods(props: { readonly board: BoardModel; readonly view: BoardView; readonly now_ms: number }) {
  const words = boardWords.value;
  return props.view.floods
    .filter((flood) => flood.until_ms > props.now_ms)
    .map((flood) => (
      <Notice key={flood.what + flood.network} tone="warn">
        <p data-testid="board-flood">
          {words.flood[flood.what](flood.network.slice(0, 6), flood.count)}{" "}
          {words.floodUntil(common.value.minutes(Math.ceil((flood.until_ms - props.now_ms) / 60_000)))}
        </p>
        <Button
          kind="link"
          data-testid="clear-flood"
          onClick={() => void props.board.clearFlood(flood.network)}
        >
          {words.floodClear}
        </Button>
      </Notice>
    ));
}

/** Signing somebody out ends what they are doing: it says what, and asks. */
export function SignOutDialog(props: {
  readonly attendant: BoardAttendant;
  readonly onSignOut: () => void;
  readonly onClose: () => void;
}) {
  const words = boardWords.value;
  const { activity, name } = props.attendant;
  return (
    <Dialog
      title={words.signOutTitle(name)}
      onClose={props.onClose}
      actions={
        <>
          <Button kind="danger" data-testid="confirm-sign-out" onClick={props.onSignOut}>
            {words.signOut}
          </Button>
          <Button kind="quiet" onClick={props.onClose}>
            {common.value.cancel}
          </Button>
        </>
      }
    >
      <p>{words.signOutIdle(name)}</p>
      {activity === "calling" ? <p>{words.signOutCalling}</p> : null}
      {activity === "in_call" ? <p>{words.signOutInCall(name)}</p> : null}
    </Dialog>
  );
}
