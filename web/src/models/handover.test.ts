import { describe, expect, it } from "vitest";
import { BringingModel, codeOf, type HandoverRequests, TakingModel } from "~/models/handover";
import type { HandoverCard, HandoverCode } from "~/protocol/types";
import { NO_ANSWER } from "~/transport/http";

const SECRET = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE";
const CODE: HandoverCode = {
  link: `https://balcao.example/continuar/${SECRET}`,
  qr: "data:image/svg+xml,",
  short: "BCDF-GHJK",
  until_ms: 60_000,
  now_ms: 0,
};
const CARD: HandoverCard = { number: "CV1 014", unit: "civel-1", name: "1ª Vara Cível" };

const gone = { ok: false, code: "handover_unknown", details: {} } as const;

function requests(changes: Partial<HandoverRequests> = {}): HandoverRequests & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    begin: () => Promise.resolve({ ok: true, body: CODE }),
    look: (code) => (asked.push(`look ${code}`), Promise.resolve({ ok: true, body: CARD })),
    bring: (code) => (asked.push(`bring ${code}`), Promise.resolve({ ok: true, body: { unit: "civel-1" } })),
    session: () => (asked.push("session"), Promise.resolve({ ok: true, body: { unit: null } })),
    ...changes,
  };
}

describe("a code", () => {
  it("is eight letters, however they are typed, or what a link ends in", () => {
    expect(codeOf(" bcdf-ghjk ")).toBe("BCDFGHJK");
    expect(codeOf("BCDF GHJK")).toBe("BCDFGHJK");
    expect(codeOf(SECRET)).toBe(SECRET);
    expect(codeOf(CODE.link)).toBe(SECRET);
  });

  it("is nothing shorter, longer or with figures", () => {
    for (const text of ["", "BCDF-GHJ", "BCDF-GHJKL", "BCDF-GHJ1", `${SECRET}x`])
      expect(codeOf(text)).toBeNull();
  });
});

describe("taking a ticket along", () => {
  it("shows the code, and the reason where there is none", async () => {
    const taking = new TakingModel(() => 5_000, requests());
    await taking.make();
    expect(taking.code.value).toEqual(CODE);
    expect(taking.until.value, "a minute from now, by this page's clock").toBe(65_000);
    const away = new TakingModel(() => 5_000, requests({ begin: () => Promise.resolve(NO_ANSWER) }));
    await away.make();
    expect([away.code.value, away.refusal.value]).toEqual([null, "no_answer"]);
  });
});

describe("bringing a ticket", () => {
  it("shows what would come, and brings it only when told", async () => {
    const api = requests();
    const bringing = new BringingModel(api);
    bringing.type("bcdf-ghjk");
    expect(await bringing.look()).toBe(true);
    expect(bringing.found.value).toEqual(CARD);
    expect(api.asked).toEqual(["look BCDFGHJK"]);
    await bringing.bring();
    expect(api.asked.slice(1)).toEqual(["session", "bring BCDFGHJK"]);
    expect(bringing.brought.value).toBe("civel-1");
  });

  it("asks nobody about what is no code", async () => {
    const api = requests();
    const bringing = new BringingModel(api);
    bringing.type("BCDF");
    expect(await bringing.look()).toBe(false);
    expect(api.asked).toEqual([]);
  });

  it("goes back to the code where it is over", async () => {
    const bringing = new BringingModel(requests({ bring: () => Promise.resolve(gone) }));
    bringing.type(SECRET);
    await bringing.look();
    await bringing.bring();
    expect([bringing.found.value, bringing.refusal.value]).toEqual([null, "handover_unknown"]);
  });

  it("may be repeated after silence", async () => {
    let silent = true;
    const bringing = new BringingModel(
      requests({
        bring: () => Promise.resolve(silent ? NO_ANSWER : { ok: true, body: { unit: "civel-1" } }),
      }),
    );
    bringing.type(SECRET);
    await bringing.look();
    await bringing.bring();
    expect(bringing.found.value).toEqual(CARD);
    silent = false;
    await bringing.bring();
    expect([bringing.refusal.value, bringing.brought.value]).toEqual([null, "civel-1"]);
  });

  it("leads to the ticket that is here already", async () => {
    const bringing = new BringingModel(
      requests({
        session: () => Promise.resolve({ ok: true, body: { unit: "familia" } }),
        bring: () => Promise.resolve({ ok: false, code: "ticket_exists", details: { ticket: "t" } }),
      }),
    );
    bringing.type(SECRET);
    await bringing.look();
    await bringing.bring();
    expect(bringing.holding.value).toBe("familia");
  });
});
