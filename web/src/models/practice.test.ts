import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PRACTICE_ON } from "~/models/fixtures";
import { EVERY_MS, findPractice, PracticeModel, practising } from "~/models/practice";
import type { CourtCard, PracticeAsk, PracticeCard } from "~/protocol/types";
import { NO_ANSWER, type Reply } from "~/transport/http";

const COURT: CourtCard = {
  slug: "treino",
  name: "Tribunal de treino",
  crest: null,
  ombudsman: null,
  demo: false,
  practice: true,
};

describe("a court", () => {
  it("says whether clerks practise there, and silence means that they do not", async () => {
    expect(await findPractice(() => Promise.resolve({ ok: true, body: COURT }))).toBe(true);
    expect(practising.value).toBe(true);
    expect(await findPractice(() => Promise.resolve(NO_ANSWER))).toBe(false);
    expect(practising.value).toBe(false);
  });
});

describe("a practice", () => {
  const asked: (readonly [PracticeAsk, string])[] = [];
  let told: Reply<PracticeCard> = { ok: true, body: PRACTICE_ON };
  let language = "pt";
  let practice: PracticeModel;

  beforeEach(() => {
    vi.useFakeTimers();
    asked.length = 0;
    told = { ok: true, body: PRACTICE_ON };
    practice = new PracticeModel(() => language, {
      read: (wanted) =>
        Promise.resolve(
          wanted === "pt" || !told.ok ? told : { ok: true, body: { ...told.body, title: wanted } },
        ),
      ask: (ask, wanted) => {
        asked.push([ask, wanted]);
        return Promise.resolve({ ok: true, body: { ...PRACTICE_ON, attempt: 2 } });
      },
    });
  });

  afterEach(() => {
    practice.dispose();
    vi.useRealTimers();
    language = "pt";
  });

  it("is looked at once a second, in the language that the page speaks", async () => {
    await vi.advanceTimersByTimeAsync(0);
    expect(practice.card.value).toEqual(PRACTICE_ON);
    language = "es";
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(practice.card.value?.title).toBe("es");
  });

  it("keeps what it knows through silence, and says so", async () => {
    await vi.advanceTimersByTimeAsync(0);
    told = NO_ANSWER;
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(practice.away.value).toBe(true);
    expect(practice.card.value).toEqual(PRACTICE_ON);
  });

  it("goes on at a press, once, and an older answer does not undo it", async () => {
    const late = practice.look();
    const pressed = practice.act("next");
    void practice.act("next");
    await Promise.all([late, pressed]);
    expect(asked).toEqual([[{ act: "next", situation: null }, "pt"]]);
    expect(practice.card.value?.attempt).toBe(2);
    expect(practice.busy.value).toBe(false);
  });

  it("knows when nothing is left but the result", async () => {
    await vi.advanceTimersByTimeAsync(0);
    expect(practice.isLast.value).toBe(false);
    const results = PRACTICE_ON.results.map((result) => ({ ...result, grade: "well" as const }));
    told = { ok: true, body: { ...PRACTICE_ON, results } };
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(practice.isLast.value).toBe(true);
  });
});
