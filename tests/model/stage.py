"""The people of a story, and what several of its happenings ask about them."""

from rooms.ids import UnitId
from rooms.model.attendant import Activity
from rooms.model.ticket import TALKING
from rooms.model.unit import Policy
from tests.model import clerk_acts, visitor_acts
from tests.model.both import Both, Clerk, Person, clerk, person
from tests.model.words import Words
from tests.scene import CIVEL, FAMILIA

JUMPS_MS = (1, 400, 3_000, 5_000, 5_001, 9_000, 20_000, 31_000, 61_000, 1_000_000)


class Stage:
    """Five visitors, three clerks, two units, two nodes; time moves when somebody moves it."""

    def __init__(self, both: Both) -> None:
        self.both = both
        self.people = [person(name) for name in ("maria", "joão", "rosa", "lia", "davi")]
        self.clerks = [clerk("ana", CIVEL, FAMILIA), clerk("bruno", CIVEL), clerk("caio", FAMILIA)]
        self.policies: dict[UnitId, Policy] = {}
        self.orders: dict[UnitId, Policy] = {}
        self.codes: list[str] = []
        self.words = Words()

    def called(self) -> list[Person]:
        """Those who ring or talk."""
        holders = {place.holder for place in self.both.model.places.values() if place.live and not place.waiting}
        return [who for who in self.people if who.holder in holders]

    def talking(self) -> list[Person]:
        """Those whose call has begun, in a random order."""
        live = [(who, self.both.model.live_of(who.holder)) for who in self.people]
        talking = [who for who, place in live if place is not None and place.shown.state in TALKING]
        return self.words.chance.sample(talking, len(talking))

    def clerk_of(self, who: Person) -> Clerk:
        place = self.both.model.live_of(who.holder)
        return next(clerk for clerk in self.clerks if clerk.id == place.shown.attendant)

    def is_busy(self, who: Clerk) -> bool:
        desk = self.both.model.desks.get(who.id)
        return desk is not None and desk.shown.activity is not Activity.IDLE

    def does_something(self, who: Person | Clerk) -> None:
        """What fits, at once, every other time."""
        if self.words.of(True, False):
            acts = visitor_acts.fitting(self, who) if isinstance(who, Person) else clerk_acts.fitting(self, who)
            self.words.of(*acts)(self, who)

    def ticket_of(self, who: Person) -> str:
        return self.both.model.holders.get(who.holder, "")

    def until(self, kind: str, who: Person | Clerk) -> None:
        """The house works until that deadline of theirs, or just before."""
        model = self.both.model
        at_ms = model.deadlines.get((kind, self.ticket_of(who) if isinstance(who, Person) else who.id))
        if at_ms is not None:
            self.both("move_clock", max(1, at_ms - model.now_ms + self.words.of(-1, 0, 0, 0, 1)))
            self.renew()
            self.both("sweep")

    def renew(self) -> None:
        """Each node renews, in one batch, the people it has."""
        model = self.both.model
        tickets = [place.id for who in self.people if who.alive and (place := model.live_of(who.holder))]
        desks = [(who.id, self.words.slip(who.fences[-1], *who.fences)) for who in self.clerks if who.alive]
        self.both("renew", tickets, desks)

    def jump(self) -> int:
        """So long; or to one side of the next deadline, or onto it."""
        model = self.both.model
        ends = sorted({at_ms for at_ms in (*model.deadlines.values(), model.grace) if at_ms > model.now_ms})
        edge = self.words.of(*ends[:4], *ends) if ends else model.now_ms + 1
        return self.words.of(self.words.of(*JUMPS_MS), max(1, edge - model.now_ms + self.words.of(-1, 0, 0, 1)))
