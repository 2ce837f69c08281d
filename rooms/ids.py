"""The ids of the counter: one type per thing, so that two of them cannot be swapped."""

from typing import NewType

CourtId = NewType("CourtId", str)
"""A court's slug, `tjmt`: the hash tag of all its live keys. Letters, digits and hyphens."""

UnitId = NewType("UnitId", str)
"""A unit's slug inside its court, `civel-1-cuiaba`: the stable part of its link."""

TicketId = NewType("TicketId", str)
"""One visit's place: 16 random characters, never a person's number."""

AttendantId = NewType("AttendantId", str)
"""A member of staff: the sign-in name (`ana`). Supervisors have one too."""

CallId = NewType("CallId", str)
"""One conversation: 16 random characters."""

ParticipantId = NewType("ParticipantId", str)
"""A seat of one call: `visitor`, `attendant`, `guest_1`, `guest_2`."""

Holder = NewType("Holder", str)
"""SHA-256 (hex) of the visitor's capability cookie. The cookie itself never reaches a store."""

GuestId = NewType("GuestId", str)
"""SHA-256 (hex) of a guest's capability cookie: somebody else who is in a call. Of somebody of the court who helps from
their own desk: `staff-` and their sign-in name."""

TabId = NewType("TabId", str)
"""One page of one browser, from its sessionStorage."""

GaugeId = NewType("GaugeId", str)
"""What measures how a call goes on a page: another after every reload."""

RequestId = NewType("RequestId", str)
"""Chosen by the client, once per intention; the same id with the same payload gets the same answer."""

Fence = NewType("Fence", int)
"""Rises each time an attendant's desk is taken over; a command with an older one loses."""

Rev = NewType("Rev", int)
"""A ticket's version: rises with every transition of its state (not with presence)."""

EntryId = NewType("EntryId", str)
"""The id of a stream's entry, `1700000000000-0`."""

Millis = NewType("Millis", int)
"""Court time, milliseconds since 1970 (UTC): the store's clock plus the court's offset."""
