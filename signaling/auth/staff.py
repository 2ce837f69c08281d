"""Who of the staff is signed in at a browser: one session for each role, named by its own cookie."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from rooms.ids import AttendantId, CourtId
from rooms.ports import Store
from signaling.auth.capability import LIFE_S, Cookie, key_of

StaffRole = Literal["attendant", "supervisor", "interpreter"]
COOKIES: Final[dict[StaffRole, Cookie]] = {
    "attendant": Cookie.ATTENDANT,
    "supervisor": Cookie.SUPERVISOR,
    "interpreter": Cookie.INTERPRETER,
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that lives."""

    key: str
    """The hash of its cookie."""
    who: AttendantId


async def signed_in(store: Store, court: CourtId, cookies: Mapping[str, str], role: StaffRole) -> SignedIn | None:
    """Whoever is signed in here for this role, their session's life renewed; None: nobody."""
    cookie = COOKIES[role]
    key = key_of(cookies.get(cookie))
    session = None if key is None else await store.session(court, key, LIFE_S[cookie])
    if key is None or session is None or session.role != role:
        return None
    return SignedIn(key, session.attendant)
