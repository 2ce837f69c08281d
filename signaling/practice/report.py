"""How a practice went, in lines for a terminal or a file; in Portuguese, as the command line speaks. Pure."""

from collections.abc import Iterator, Mapping
from typing import Final

from signaling.practice.course import ALL
from signaling.protocol.practice import Grade, PracticeCard

GRADES: Final[Mapping[Grade | None, str]] = {
    Grade.WELL: "bem feita",
    Grade.REMARK: "feita, com observação",
    Grade.MISSED: "não feita",
    Grade.SKIPPED: "pulada",
    None: "ainda não",
}


def begun(card: PracticeCard) -> str:
    """A situation begins."""
    return f"Situação {card.number} de {card.of}: {card.title}. {card.told}"


def judged(card: PracticeCard) -> str:
    """It is over, and this is to be said of it."""
    return f"  {GRADES[card.grade]}: {card.feedback}"


def report(card: PracticeCard) -> Iterator[str]:
    """Every situation with its feedback, and which to do again."""
    count = sum(result.grade is Grade.WELL for result in card.results)
    yield f"Treino: {count} de {card.of} situações bem feitas."
    numbered = [(ALL.index(result.situation) + 1, result) for result in card.results]
    for number, result in numbered:
        yield ""
        yield f"{number}. {result.title}: {GRADES[result.grade]}."
        if result.feedback is not None:
            yield f"   {result.feedback}"
    again = [number for number, result in numbered if result.grade is not Grade.WELL]
    if again:
        listed = ", ".join(str(number) for number in again)
        yield ""
        yield f"Para praticar de novo: {listed}. Uma só: balcao practice --situation {again[0]}"
