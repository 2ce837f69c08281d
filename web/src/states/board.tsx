import { SuspendDialog } from "~/components/suspend";
import { BoardModel } from "~/models/board";
import { FakeLink } from "~/models/fake_link";
import { boardAttendant, boardUnit, boardView, lineOf, NOON_MS } from "~/models/fixtures";
import type { BoardUnit, BoardView, Place } from "~/protocol/types";
import { Board, SignOutDialog } from "~/supervisor/board";
import { LineDialog } from "~/supervisor/line";
import type { LinkStatus } from "~/transport";

const MINUTE_MS = 60_000;
const ago = (minutes: number): number => NOON_MS - minutes * MINUTE_MS;

const CALM: readonly BoardUnit[] = [
  boardUnit("1-vara-civel-cuiaba", {
    name: "1ª Vara Cível de Cuiabá",
    waiting: 3,
    longest_ms: ago(14),
    attendants: [
      boardAttendant("Ana Souza", { activity: "in_call", since_ms: ago(6) }),
      boardAttendant("Bruno Lima"),
      boardAttendant("Caio Dias", { status: "paused", pause: "lunch", since_ms: ago(25) }),
    ],
    in_call: 1,
    served_today: 14,
    out_of_order_today: 2,
    left_today: 1,
  }),
  boardUnit("1-vara-familia-varzea-grande", {
    name: "1ª Vara Especializada de Família e Sucessões de Várzea Grande",
    comarca: "Várzea Grande",
    attendants: [boardAttendant("Dora Prado", { activity: "wrap_up", status: "paused", pause: "break" })],
    served_today: 9,
  }),
  boardUnit("juizado-rondonopolis", {
    name: "Juizado Especial de Rondonópolis",
    comarca: "Rondonópolis",
    served_today: 1,
  }),
  boardUnit("vara-unica-chapada", {
    name: "Vara Única de Chapada dos Guimarães",
    comarca: "Chapada dos Guimarães",
    open: false,
    until: null,
    opens_at: "2026-11-24T12:00:00-04:00",
    closed_reason: "Feriado municipal",
  }),
  ...["Sinop", "Sorriso", "Tangará da Serra", "Cáceres", "Barra do Garças"].map((comarca, index) =>
    boardUnit(`vara-${index}`, {
      name: `2ª Vara Cível de ${comarca}`,
      comarca,
      waiting: index,
      longest_ms: index === 0 ? null : ago(3 * index),
      attendants: [boardAttendant("Eva Reis", { activity: "calling", since_ms: ago(0) })],
      served_today: 3 * index,
      left_today: index,
    }),
  ),
];

const NEEDING: readonly BoardUnit[] = [
  boardUnit("2-vara-civel-cuiaba", {
    name: "2ª Vara Cível de Cuiabá",
    waiting: 4,
    away: 2,
    longest_ms: ago(31),
    unattended_since_ms: ago(12),
    attention: "unattended_waiting",
    served_today: 5,
    left_today: 3,
  }),
  boardUnit("vara-criminal-cuiaba", {
    name: "1ª Vara Criminal de Cuiabá",
    unattended_since_ms: ago(5),
    attention: "unattended",
    attendants: [boardAttendant("Fabio Melo", { status: "paused", pause: "meeting", since_ms: ago(70) })],
  }),
  boardUnit("vara-fazenda", {
    name: "Vara da Fazenda Pública",
    waiting: 9,
    longest_ms: ago(74),
    attention: "long_wait",
    attendants: [boardAttendant("Gil Paz", { activity: "in_call", since_ms: ago(22) })],
    in_call: 1,
    served_today: 21,
    left_today: 6,
  }),
];

const SUSPENDED: BoardUnit = boardUnit("juizado-sorriso", {
  name: "Juizado Especial de Sorriso",
  comarca: "Sorriso",
  waiting: 2,
  longest_ms: ago(9),
  attendants: [boardAttendant("Iara Luz")],
  suspended: {
    message: "O sistema do fórum está fora do ar desde as 13h.",
    alternative: "Para audiência de hoje, ligue para a secretaria.",
    until: "2026-11-23T15:30:00-04:00",
  },
});

const PLACES: readonly Place[] = lineOf(6).map(({ joined_ms, number, tier }, index) => ({
  ticket: `t-${index}`,
  rev: 1,
  number,
  tier,
  joined_ms,
  present: index !== 2,
}));

const LINE = {
  line: () => Promise.resolve(PLACES),
  remove: () => Promise.resolve(),
  setTier: () => Promise.resolve(),
};

function shown(view: BoardView | null, status: LinkStatus = "online", expanded: readonly string[] = []) {
  const link = new FakeLink<"/supervisor">(NOON_MS);
  const board = new BoardModel(link);
  if (view !== null) link.show(view);
  expanded.forEach((slug) => board.toggle(slug));
  return <Board board={board} status={status} onRetry={() => undefined} onSignOut={() => undefined} />;
}

/** Every state of the supervisor's page. */
export const BOARD_STATES = {
  "board-opening": () => shown(null),
  "board-calm": () => shown(boardView(CALM)),
  "board-needs": () => shown(boardView([...NEEDING, ...CALM])),
  "board-names": () =>
    shown(boardView([...NEEDING, ...CALM]), "online", ["1-vara-civel-cuiaba", "vara-fazenda"]),
  "board-floods": () =>
    shown({
      ...boardView([boardUnit("full", { ...CALM[0], refused_today: 7 }), ...CALM.slice(1)]),
      floods: [
        { network: "4f1a0c2288aa91de", what: "joins", count: 131, until_ms: NOON_MS + 7 * MINUTE_MS },
        { network: "90cc03e18f7a2b44", what: "sign_ins", count: 64, until_ms: NOON_MS + 12 * MINUTE_MS },
      ],
    }),
  "board-suspended": () =>
    shown(boardView([SUSPENDED, ...CALM]), "online", [SUSPENDED.slug, "1-vara-civel-cuiaba"]),
  "board-suspend": () => (
    <>
      {shown(boardView([...NEEDING, ...CALM]))}
      <SuspendDialog
        units={CALM.slice(0, 1)}
        now_ms={NOON_MS}
        onSuspend={() => undefined}
        onClose={() => undefined}
      />
    </>
  ),
  "board-sign-out": () => (
    <>
      {shown(boardView([...NEEDING, ...CALM]))}
      <SignOutDialog
        attendant={boardAttendant("Maria Aparecida dos Santos Albuquerque", { activity: "in_call" })}
        onSignOut={() => undefined}
        onClose={() => undefined}
      />
    </>
  ),
  "board-empty": () => shown(boardView([])),
  "board-offline": () => shown(boardView([...NEEDING, ...CALM]), "offline"),
  "board-line": () => (
    <>
      {shown(boardView(CALM))}
      <LineDialog
        board={LINE}
        unit={boardUnit("civel", { name: "1ª Vara Cível de Cuiabá" })}
        now_ms={NOON_MS}
        onClose={() => undefined}
      />
    </>
  ),
} as const;
