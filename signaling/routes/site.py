"""What the routes of one site need, given once by the composition root."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rooms.ids import CourtId, UnitId
from rooms.model.unit import Court
from rooms.ports import Directory, History, Store
from rooms.services.company import Company
from rooms.services.house import House
from signaling.auth.gate import Gate
from signaling.auth.permits import Permits
from signaling.echoing import Echo
from signaling.protocol.practice import PracticeAsk, PracticeCard
from signaling.protocol.reminders import Language
from signaling.protocol.views import PublicUnit
from signaling.settings import Settings
from signaling.turn import Turn


class Counted(Protocol):
    """One court on this node, in numbers: connected pages by role, and gaps seen in its streams."""

    @property
    def court(self) -> CourtId:
        """Which."""
        ...

    @property
    def visitors(self) -> int:
        """Pages of visitors."""
        ...

    @property
    def desks(self) -> int:
        """Pages of attendants."""
        ...

    @property
    def boards(self) -> int:
        """Pages of supervisors."""
        ...

    @property
    def gaps(self) -> int:
        """How often a stream's counter showed that entries were missed."""
        ...


class Crowd(Protocol):
    """What routes ask of the fan-out."""

    @property
    def served(self) -> Collection[CourtId]:
        """The courts whose units have been read."""
        ...

    def unit_list(self, court: CourtId) -> tuple[PublicUnit, ...]:
        """The court's units as last read, open ones first. STORE_AWAY: its store has not answered yet."""
        ...

    def unit(self, court: CourtId, unit: UnitId) -> PublicUnit | None:
        """One of them; None where it is unknown. STORE_AWAY: as `unit_list`."""
        ...

    def signed_out(self, court: CourtId, session: str) -> None:
        """A sign-in is over: its pages here are told."""
        ...

    def figures(self) -> Iterable[Counted]:
        """Every court in numbers."""
        ...


class Reminders(Protocol):
    """What routes ask of Web Push."""

    @property
    def key(self) -> str | None:
        """The public key; None where this site sends nothing."""
        ...

    def knows(self, endpoint: str) -> bool:
        """Whether the address is one of a push service that we write to."""
        ...


class Led(Protocol):
    """What the routes ask of a practice."""

    def card(self, language: Language) -> PracticeCard:
        """How it stands."""
        ...

    async def act(self, ask: PracticeAsk) -> None:
        """Go on, repeat, skip."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """One site as its routes see it."""

    settings: Settings
    house: House
    store: Store
    company: Company
    directory: Directory
    history: History
    crowd: Crowd
    mended: Mapping[tuple[CourtId, str], int]
    """How often this node put right what contradicted itself, by court and cause."""
    is_ending: Callable[[], bool]
    """Whether this node asks its pages to go elsewhere."""
    gate: Gate
    turn: Turn
    permits: Permits
    echo: Echo | None
    receipt_key: Ed25519PrivateKey
    push: Reminders
    static: Path
    """The built web part."""
    demo: bool
    practice: Led | None = None
    """The practice, where clerks practise here."""

    def court_of(self, request: web.Request) -> Court | None:
        """The court that the request's host name chooses; None on an empty site."""
        return self.house.court_of(request.host)
