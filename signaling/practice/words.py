"""The script in words: what happens, what to do, what is said of it afterwards, for page, terminal and file alike."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, get_args

from pydantic import TypeAdapter

from signaling.practice.judge import Note
from signaling.protocol.base import Wire
from signaling.protocol.practice import Situation
from signaling.protocol.reminders import Language

LANGUAGES: Final[Sequence[Language]] = get_args(Language)


class Told(Wire):
    """One situation in words; `notes` only where its own say more than those of any situation."""

    title: str
    told: str
    steps: Sequence[str]
    notes: Mapping[Note, str]


class Opening(Wire):
    """Before the first."""

    title: str
    told: str


class Closing(Wire):
    """After the last."""

    title: str
    all_well: str
    again: str


class Words(Wire):
    """All of it in one language."""

    notes: Mapping[Note, str]
    situations: Mapping[Situation, Told]
    ready: Opening
    over: Closing

    def feedback(self, situation: Situation, note: Note) -> str:
        """The sentence."""
        return self.situations[situation].notes.get(note) or self.notes[note]


@cache
def words(language: Language) -> Words:
    """The script in this language."""
    text = (files("signaling.practice") / "script" / f"{language}.json").read_text(encoding="utf-8")
    return TypeAdapter(Words).validate_python(json.loads(text), strict=False)
