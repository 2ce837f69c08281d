import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { arranged, BoardModel, RESORT_MS, staffingOf, standingOf } from "~/models/board";
import { FakeLink } from "~/models/fake_link";
import { boardAttendant, boardUnit, boardView, NOON_MS } from "~/models/fixtures";

const slugs = (units: readonly { readonly slug: string }[]): string[] => units.map((unit) => unit.slug);

describe("a unit's standing", () => {
  it("is its alarm where the counter raised one", () => {
    expect(standingOf(boardUnit("a", { attention: "unattended" }))).toBe("unattended");
  });

  it("is calm while open without attendants for less than the alarm takes", () => {
    expect(standingOf(boardUnit("a"))).toBe("nobody_yet");
  });

  it("is attending while somebody talks, even somebody who asked for a pause", () => {
    const ana = boardAttendant("Ana", { status: "paused", activity: "in_call" });
    expect(standingOf(boardUnit("a", { attendants: [ana] }))).toBe("attending");
  });

  it("is unattended where everybody pauses", () => {
    expect(standingOf(boardUnit("a", { attendants: [boardAttendant("Ana", { status: "paused" })] }))).toBe(
      "nobody_yet",
    );
  });

  it("is suspended while it gives out no tickets, unless somebody must be there first", () => {
    const suspended = { message: "Sem luz", alternative: null, until: null };
    expect(standingOf(boardUnit("a", { suspended }))).toBe("suspended");
    expect(standingOf(boardUnit("a", { suspended, attention: "long_wait" }))).toBe("long_wait");
  });

  it("is closed outside its hours", () => {
    expect(standingOf(boardUnit("a", { open: false }))).toBe("closed");
  });
});

describe("staffing", () => {
  it("counts each attendant once, by what they do before by what they said", () => {
    const staff = [
      boardAttendant("Ana"),
      boardAttendant("Bruno", { status: "paused", activity: "in_call" }),
      boardAttendant("Caio", { status: "paused" }),
      boardAttendant("Dora", { activity: "calling" }),
      boardAttendant("Eva", { activity: "wrap_up" }),
      boardAttendant("Fabio", { status: "offline" }),
    ];
    expect(staffingOf(staff)).toEqual({ free: 1, calling: 1, in_call: 1, wrap_up: 1, helping: 0, paused: 1 });
  });
});

describe("the order of rows", () => {
  it("keeps known rows where they were and adds new ones at the end", () => {
    const units = ["new", "b", "a"].map((slug) => boardUnit(slug));
    expect(slugs(arranged(["a", "gone", "b"], units))).toEqual(["a", "b", "new"]);
  });
});

describe("the board", () => {
  let link: FakeLink<"/supervisor">;
  let board: BoardModel;
  const need = (...order: string[]): void =>
    link.show(
      boardView(
        order.map((slug) => boardUnit(slug)),
        link.now_ms,
      ),
    );
  const later = (ms: number): void => {
    link.now_ms += ms;
    vi.advanceTimersByTime(1_000);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    link = new FakeLink(NOON_MS);
    board = new BoardModel(link);
  });

  afterEach(() => {
    board.dispose();
    vi.useRealTimers();
  });

  it("sorts its first view by need", () => {
    need("b", "a");
    expect(slugs(board.rows.value)).toEqual(["b", "a"]);
  });

  it("keeps rows in place until fifteen seconds have passed", () => {
    need("a", "b");
    later(RESORT_MS - 1);
    need("b", "a");
    expect(slugs(board.rows.value)).toEqual(["a", "b"]);
    later(1);
    expect(slugs(board.rows.value)).toEqual(["b", "a"]);
  });

  it("never moves a row under the pointer or the focus", () => {
    need("a", "b");
    board.hold("pointer", true);
    board.hold("focus", true);
    later(RESORT_MS);
    need("b", "a");
    board.hold("pointer", false);
    later(1_000);
    expect(slugs(board.rows.value)).toEqual(["a", "b"]);
    board.hold("focus", false);
    later(1_000);
    expect(slugs(board.rows.value)).toEqual(["b", "a"]);
  });

  it("changes what a row says at once, in its place", () => {
    need("a", "b");
    link.show(boardView([boardUnit("b", { waiting: 4, attention: "unattended_waiting" }), boardUnit("a")]));
    expect(board.rows.value.map((unit) => unit.waiting)).toEqual([0, 4]);
    expect(slugs(board.needing.value)).toEqual(["b"]);
  });

  it("says why a sign-out was refused, and forgets it at the next", async () => {
    link.answer = () => ({ ok: false, code: "attendant_unknown", details: {} });
    await board.signOut("ana");
    expect(board.refusal.value).toBe("attendant_unknown");
    link.answer = () => ({ ok: true, result: { type: "done", rev: null } });
    const asked = board.signOut("ana");
    expect([...board.signingOut.value]).toEqual(["ana"]);
    expect(board.refusal.value).toBeNull();
    await asked;
    expect(board.signingOut.value.size).toBe(0);
    expect(link.sent).toEqual([
      { type: "sign_out", attendant: "ana" },
      { type: "sign_out", attendant: "ana" },
    ]);
  });

  it("stops a unit's new tickets and starts them again, or says why not", async () => {
    const told = {
      type: "suspend",
      unit: "a",
      message: "Sem luz",
      alternative: null,
      until_ms: null,
    } as const;
    await board.suspend(told);
    link.answer = () => ({ ok: false, code: "wrong_state", details: {} });
    await board.resumeUnit("a");
    expect(link.sent).toEqual([told, { type: "resume_unit", unit: "a" }]);
    expect(board.refusal.value).toBe("wrong_state");
  });

  it("lets a limited network ask again", async () => {
    await board.clearFlood("0123456789abcdef");
    expect(link.sent).toEqual([{ type: "clear_flood", network: "0123456789abcdef" }]);
  });

  it("asks for a unit's line when somebody wants to see it, and corrects with the version it showed", async () => {
    const place = { ticket: "t", rev: 4, number: "CV1 001", tier: 3, joined_ms: 0, present: true } as const;
    link.answer = () => ({ ok: true, result: { type: "line", places: [place] } });
    expect(await board.line("a")).toEqual([place]);
    await board.setTier(place, 1, "document");
    await board.remove("t", "duplicate");
    expect(link.sent.slice(1)).toEqual([
      { type: "set_tier", ticket: "t", rev: 4, tier: 1, reason: "document" },
      { type: "remove", ticket: "t", reason: "duplicate" },
    ]);
    link.answer = () => ({ ok: false, code: "unit_unknown", details: {} });
    expect(await board.line("b")).toBeNull();
    expect(board.refusal.value).toBe("unit_unknown");
  });

  it("lets go of the line and of the clock", () => {
    board.dispose();
    expect(link.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
