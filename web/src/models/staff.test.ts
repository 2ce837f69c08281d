import { beforeEach, describe, expect, it } from "vitest";
import { loginOf, StaffModel, type StaffSession } from "~/models/staff";
import type { SignIn, StaffCard } from "~/protocol/types";
import type { Reply } from "~/transport";

const ANA: StaffCard = { login: "ana", name: "Ana Souza", function: "analista", role: "attendant" };

class FakeSession implements StaffSession {
  readonly started: SignIn[] = [];
  card: Reply<StaffCard> = { ok: true, body: ANA };
  ended: Reply<null> = { ok: true, body: null };

  read(): Promise<Reply<StaffCard>> {
    return Promise.resolve(this.card);
  }
  start(body: SignIn): Promise<Reply<StaffCard>> {
    this.started.push(body);
    return Promise.resolve(this.card);
  }
  end(): Promise<Reply<null>> {
    return Promise.resolve(this.ended);
  }
}

describe("signing in", () => {
  let session: FakeSession;
  let staff: StaffModel;

  beforeEach(() => {
    session = new FakeSession();
    staff = new StaffModel("attendant", session);
  });

  it("is not asked of somebody who is signed in", async () => {
    await staff.find();
    expect(staff.state.value).toBe("signed_in");
    expect(staff.card.value).toEqual(ANA);
  });

  it("asks without a complaint where nobody is signed in", async () => {
    session.card = { ok: false, code: "no_session", details: {} };
    await staff.find();
    expect(staff.state.value).toBe("signed_out");
    expect(staff.refusal.value).toBeNull();
  });

  it("says that the system did not answer", async () => {
    session.card = { ok: false, code: "no_answer", details: {} };
    await staff.find();
    expect(staff.refusal.value?.code).toBe("no_answer");
  });

  it("keeps the login through a wrong password", async () => {
    session.card = { ok: false, code: "sign_in_wrong", details: {} };
    staff.typeLogin(" Ana ");
    await staff.signIn("wrong");
    expect(session.started).toEqual([{ login: "ana", password: "wrong", role: "attendant" }]);
    expect(staff.login.value).toBe(" Ana ");
    expect(staff.refusal.value).toEqual({ code: "sign_in_wrong", retry_s: null });
  });

  it("tells how long to wait after too many attempts", async () => {
    session.card = { ok: false, code: "too_many_attempts", details: { retry_s: 300 } };
    await staff.signIn("wrong");
    expect(staff.refusal.value).toEqual({ code: "too_many_attempts", retry_s: 300 });
  });

  it("asks once while an answer is on its way", async () => {
    const first = staff.signIn("right");
    await staff.signIn("right");
    await first;
    expect(session.started).toHaveLength(1);
  });

  it("comes back with the reason where the server ended the session, the login still there", async () => {
    await staff.signIn("right");
    staff.leave("session_over");
    expect([staff.state.value, staff.why.value, staff.login.value]).toEqual([
      "signed_out",
      "session_over",
      "ana",
    ]);
  });

  it("does not claim a sign-out that the server has not heard of", async () => {
    await staff.signIn("right");
    session.ended = { ok: false, code: "no_answer", details: {} };
    await staff.signOut();
    expect(staff.state.value).toBe("signed_in");
    expect(staff.refusal.value?.code).toBe("no_answer");
    session.ended = { ok: true, body: null };
    await staff.signOut();
    expect(staff.state.value).toBe("signed_out");
  });
});

describe("a login", () => {
  it("is read as the server spells it", () => {
    expect(loginOf(" Ana ")).toBe("ana");
  });
});
