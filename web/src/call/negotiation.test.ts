import { describe, expect, it } from "vitest";
import { Negotiation, type Side, type Step } from "~/call/negotiation";
import type { Candidate, Description, Rejoin } from "~/protocol/types";

const offer = (number: number): Description => ({
  type: "description",
  number,
  kind: "offer",
  sdp: `offer ${number}`,
});
const answer = (number: number): Description => ({
  type: "description",
  number,
  kind: "answer",
  sdp: `answer ${number}`,
});
const candidate = (number: number, name = "a"): Candidate => ({
  type: "candidate",
  number,
  candidate: name,
  mid: "0",
  line: 0,
});
const rejoin = (number: number): Rejoin => ({ type: "rejoin", number });
const doing = (steps: readonly Step[]): string[] =>
  steps.map((step) => ("number" in step ? `${step.do} ${step.number}` : step.do));

describe("the first negotiation of a leg", () => {
  it("is the polite side's, number 0; the other waits and answers", () => {
    expect(doing(new Negotiation("polite").begin())).toEqual(["offer 0"]);
    const impolite = new Negotiation("impolite");
    expect(impolite.begin()).toEqual([]);
    expect(impolite.receive(offer(0))).toEqual([{ do: "answer", number: 0, sdp: "offer 0" }]);
  });

  it("never begins with the impolite side, even where it wants new candidates", () => {
    expect(new Negotiation("impolite").renegotiate(true)).toEqual([]);
  });

  it("takes the answer to its own offer, once, and no other", () => {
    const polite = new Negotiation("polite");
    polite.begin();
    expect(polite.receive(answer(2))).toEqual([]);
    expect(doing(polite.receive(answer(0)))).toEqual(["accept 0"]);
    expect(polite.receive(answer(0))).toEqual([]);
  });
});

describe("candidates", () => {
  it("wait for the description of their number, in order", () => {
    const impolite = new Negotiation("impolite");
    expect(impolite.receive(candidate(0, "a"))).toEqual([]);
    expect(impolite.receive(candidate(0, "b"))).toEqual([]);
    expect(impolite.receive(offer(0))).toEqual([
      { do: "answer", number: 0, sdp: "offer 0" },
      { do: "add", candidate: candidate(0, "a") },
      { do: "add", candidate: candidate(0, "b") },
    ]);
    expect(doing(impolite.receive(candidate(0, "c")))).toEqual(["add"]);
  });

  it("of an older number are dropped, of a newer one kept", () => {
    const impolite = new Negotiation("impolite");
    impolite.receive(offer(0));
    impolite.receive(candidate(4));
    impolite.receive(offer(2));
    expect(impolite.receive(candidate(0))).toEqual([]);
    expect(doing(impolite.receive(offer(4)))).toEqual(["answer 4", "add"]);
  });
});

/** Both sides after the first negotiation. */
const settled = (): [Negotiation, Negotiation] => {
  const [polite, impolite] = [new Negotiation("polite"), new Negotiation("impolite")];
  polite.begin();
  impolite.receive(offer(0));
  polite.receive(answer(0));
  return [polite, impolite];
};

describe("offers that cross", () => {
  it("made knowing the same: the impolite side's wins", () => {
    const [polite, impolite] = settled();
    expect(doing(polite.renegotiate(true))).toEqual(["offer 2"]);
    expect(doing(impolite.renegotiate(true))).toEqual(["offer 3"]);
    expect(doing(polite.receive(offer(3)))).toEqual(["answer 3"]);
    expect(impolite.receive(offer(2))).toEqual([]);
    expect(doing(impolite.receive(answer(3)))).toEqual(["accept 3"]);
    expect(polite.receive(answer(2))).toEqual([]);
  });

  it("the answer to an offer that lost is dropped with its candidates", () => {
    const [polite, impolite] = settled();
    polite.renegotiate(true);
    impolite.renegotiate(true);
    polite.receive(offer(3));
    expect(polite.receive(candidate(2))).toEqual([]);
    expect(doing(polite.receive(candidate(3)))).toEqual(["add"]);
  });
});

describe("a leg built again", () => {
  it("begins at the next hundred, so that nothing of the leg before can be taken for it", () => {
    const polite = new Negotiation("polite");
    polite.begin();
    expect(doing(polite.rejoin())).toEqual(["say", "rebuild", "offer 100"]);
    expect(polite.receive(answer(0))).toEqual([]);
    expect(polite.receive(offer(3))).toEqual([]);
    expect(doing(polite.receive(answer(100)))).toEqual(["accept 100"]);
  });

  it("takes no offer that was still on its way from the leg before", () => {
    const impolite = new Negotiation("impolite");
    impolite.receive(offer(0));
    impolite.rejoin();
    expect(impolite.receive(offer(2))).toEqual([]);
    expect(doing(impolite.receive(offer(100)))).toEqual(["answer 100"]);
  });

  it("is built on the other side's word, and the polite side offers", () => {
    const polite = new Negotiation("polite");
    polite.begin();
    expect(doing(polite.receive(rejoin(100)))).toEqual(["rebuild", "offer 102"]);
    const impolite = new Negotiation("impolite");
    impolite.receive(offer(0));
    expect(doing(impolite.receive(rejoin(100)))).toEqual(["rebuild"]);
  });

  it("is built once where both give the same leg up", () => {
    const [polite, impolite] = [new Negotiation("polite"), new Negotiation("impolite")];
    polite.begin();
    impolite.receive(offer(0));
    polite.rejoin();
    impolite.rejoin();
    expect(impolite.receive(rejoin(100))).toEqual([]);
    expect(polite.receive(rejoin(100))).toEqual([]);
    expect(doing(impolite.receive(offer(100)))).toEqual(["answer 100"]);
    expect(doing(polite.receive(answer(100)))).toEqual(["accept 100"]);
  });

  it("knows the numbers that an earlier page of the same person used", () => {
    const polite = new Negotiation("polite");
    for (const body of [offer(0), answer(0), candidate(0), rejoin(100), offer(102)]) polite.remember(body);
    expect(polite.rejoin()[0]).toEqual({ do: "say", body: rejoin(200) });
  });

  it("follows by itself where a leg has used its hundred numbers", () => {
    const polite = new Negotiation("polite");
    polite.begin();
    const all = Array.from({ length: 60 }, () => doing(polite.renegotiate(true)));
    expect(all.findIndex((steps) => steps.includes("rebuild"))).toBe(49);
  });
});

/** A small linear generator (Numerical Recipes): the same schedule in every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One side of a simulated leg: what it would tell WebRTC, as the number of the description that holds. */
class End {
  readonly negotiation: Negotiation;
  readonly inbox: (Description | Candidate | Rejoin)[] = [];
  holds = "";
  /** Candidates of the description that holds. */
  candidates: string[] = [];

  constructor(side: Side) {
    this.negotiation = new Negotiation(side);
  }

  perform(steps: readonly Step[], say: (...bodies: End["inbox"]) => void): void {
    for (const step of steps) {
      if (step.do === "offer") say(offer(step.number), candidate(step.number));
      if (step.do === "answer") say(answer(step.number), candidate(step.number));
      if (step.do === "answer" || step.do === "accept") {
        this.holds = `${step.number}`;
        this.candidates = [];
      }
      if (step.do === "add") {
        // WebRTC would refuse what belongs to another description.
        if (`${step.candidate.number}` !== this.holds) throw new Error("a stranger's candidate");
        this.candidates.push(step.candidate.candidate);
      }
      if (step.do === "rebuild") this.holds = "";
      if (step.do === "say") say(step.body);
    }
  }
}

/** What may become of a message on its way, in percent. */
interface Road {
  readonly lost: number;
  readonly twice: number;
  /** Overtaken by any other that is under way. */
  readonly late: number;
}

class Pair {
  readonly sides = [new End("polite"), new End("impolite")] as const;
  readonly #below: (below: number) => number;
  readonly #road: Road;

  constructor(seed: number, road: Road) {
    this.#below = chance(seed);
    this.#road = road;
    this.act(0, this.sides[0].negotiation.begin());
  }

  /** `who` does these steps; what is said goes by this road. */
  act(who: 0 | 1, steps: readonly Step[], road = this.#road): void {
    const { inbox } = this.sides[who === 0 ? 1 : 0];
    this.sides[who].perform(steps, (...bodies) => {
      for (const body of bodies) {
        if (this.#below(100) < road.lost) continue;
        inbox.push(body);
        if (this.#below(100) < road.twice) inbox.push(body);
      }
    });
  }

  deliver(who: 0 | 1, road = this.#road): void {
    const { inbox, negotiation } = this.sides[who];
    const place = this.#below(100) < road.late ? this.#below(inbox.length) : 0;
    const [body] = inbox.splice(place, 1);
    if (body !== undefined) this.act(who, negotiation.receive(body), road);
  }

  /** Sixty turns in which anybody may restart, give up, or hear something. */
  live(): void {
    for (let turn = 0; turn < 60; turn += 1) {
      const who = this.#below(2) === 0 ? 0 : 1;
      const { negotiation } = this.sides[who];
      const act = this.#below(10);
      if (act === 0) this.act(who, negotiation.renegotiate(true));
      else if (act === 1) this.act(who, negotiation.rejoin());
      else this.deliver(who);
    }
  }

  /** Everything that is under way arrives; nothing new is lost. */
  settle(road: Road): void {
    for (let turn = 0; this.sides.some(({ inbox }) => inbox.length > 0); turn += 1) {
      if (turn > 1_000) throw new Error("they never stop talking");
      this.deliver(this.sides[0].inbox.length > 0 ? 0 : 1, road);
    }
  }

  get agreed(): boolean {
    const [polite, impolite] = this.sides;
    return polite.holds !== "" && polite.holds === impolite.holds;
  }
}

const seeds = Array.from({ length: 300 }, (_, seed) => seed);
const IN_ORDER: Road = { lost: 0, twice: 0, late: 0 };

describe("any schedule of restarts, rebuilds and late messages", () => {
  it.each(seeds)("ends with both sides on one description (%i)", (seed) => {
    const pair = new Pair(seed, IN_ORDER);
    pair.live();
    pair.settle(IN_ORDER);
    expect(pair.agreed).toBe(true);
    for (const side of pair.sides) expect(side.candidates).toEqual(["a"]);
  });

  it.each(seeds)("does so where messages come twice and in any order (%i)", (seed) => {
    const road = { lost: 0, twice: 20, late: 50 };
    const pair = new Pair(seed, road);
    pair.live();
    pair.settle(road);
    expect(pair.agreed).toBe(true);
    for (const side of pair.sides) expect(side.candidates).toContain("a");
  });

  it.each(seeds)("does so after losses, once whoever hears nothing builds the leg again (%i)", (seed) => {
    const pair = new Pair(seed, { lost: 30, twice: 10, late: 50 });
    pair.live();
    const road = { lost: 0, twice: 10, late: 50 };
    pair.settle(road);
    if (!pair.agreed) {
      pair.act(0, pair.sides[0].negotiation.rejoin(), road);
      pair.settle(road);
    }
    expect(pair.agreed).toBe(true);
  });
});
