"""The people of a practice: whoever the situation that is on needs, as long as it is on; and a colleague elsewhere.

What is on is asked of the court itself, by the public wire, as a page asks it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from rooms.model.call import Outcome
from rooms.model.ticket import Media, Role, Tier
from signaling.bots.attendant import Attendant, Shift
from signaling.bots.clip import prepare
from signaling.bots.crowd import Clerk, units_of
from signaling.bots.leg import listen_without_decoding
from signaling.bots.visitor import Habits, Visitor
from signaling.bots.wire import Browser
from signaling.protocol.practice import Phase, PracticeCard, Situation

LOOK_EVERY_S: Final = 0.4
"""A page asks no more often."""
COLLEAGUE_TALKS_S: Final = 8.0
GONE_S: Final = 20.0
"""Longer than the court of a practice takes to notice that a line has dropped."""

PEOPLE: Final[Mapping[Situation, Sequence[Habits]]] = {
    Situation.PLAIN: (
        Habits(
            "Maria da Silva",
            case_number="0000001-44.2021.8.11.0041",
            says=("Bom dia. Saiu a decisão do meu processo?",),
            replies=("Entendi. Muito obrigada.",),
        ),
    ),
    Situation.PRIORITY: (
        Habits("Lucas Ferreira", says=("Bom dia. Quero saber a data da minha audiência.",), replies=("Obrigado.",)),
        Habits(
            "Antônia Lopes",
            tier=Tier.PRIORITY,
            colour=1,
            says=("Bom dia, minha filha. E o meu processo?",),
            replies=("Obrigada pela atenção.",),
        ),
    ),
    Situation.NO_ANSWER: (
        Habits("Paulo Nunes", ignores_rings=1, says=("Desculpe, eu tinha ido até a porta.",), replies=("Obrigado.",)),
        Habits("Juliana Alves", colour=1, says=("Bom dia. Preciso de uma certidão.",), replies=("Obrigada.",)),
    ),
    Situation.DROPS_AND_RETURNS: (
        Habits(
            "Sandra Dias",
            drops_in_s=5,
            returns_in_s=GONE_S,
            says=("Bom dia. Minha internet está ruim hoje.",),
            replies=("Voltei. Pode repetir?", "Obrigada."),
        ),
    ),
    Situation.DROPS_FOR_GOOD: (
        Habits("Marcos Vieira", drops_in_s=5, returns_in_s=None, says=("Bom dia. Estou no ônibus, pode cair.",)),
    ),
    Situation.TEXT_ONLY: (
        Habits(
            "Rafael Barbosa",
            media=Media.TEXT,
            says=("Bom dia. Estou sem câmera e sem som. Qual é o horário do fórum?",),
            replies=("Era isso. Obrigado.",),
        ),
    ),
    Situation.FETCHES: (
        Habits(
            "Francisca Ribeiro",
            says=("O número do processo está num papel no outro cômodo. Posso buscar?",),
            replies=("Está bem.", "Obrigada."),
        ),
    ),
    Situation.OTHER_UNIT: (
        Habits("Adriana Rocha", says=("Bom dia. É sobre a pensão do meu filho.",), replies=("Sim, é de família.",)),
    ),
    Situation.INTERPRETER: (
        Habits(
            "Daniel Carvalho",
            interpreter="Rosa Lima",
            says=("Sou surdo. Minha intérprete de Libras pode entrar?",),
            replies=("Pode me mandar o endereço por aqui?", "Obrigado."),
        ),
    ),
    Situation.MISTAKEN_TIER: (
        Habits(
            "Carlos Soares",
            tier=Tier.EIGHTY,
            says=("Marquei 80 anos sem querer. Tenho 45 e nenhuma prioridade.",),
            replies=("Obrigado por corrigir.",),
        ),
    ),
    Situation.MISCONDUCT: (
        Habits(
            "José Gomes",
            says=("Vocês aí não prestam para nada.",),
            replies=("Não paro não. Bando de incompetentes.", "Vá trabalhar."),
        ),
    ),
    Situation.MOMENT: (
        Habits(
            "Luiz Oliveira",
            role=Role.LAWYER,
            oab="MT 12345",
            case_number="1234567-70.2023.8.11.0001",
            says=("Bom dia. O alvará já foi assinado? Pode olhar no processo?",),
            replies=("Fico no aguardo.", "Obrigado."),
        ),
    ),
}
"""Who comes, in the order of their coming."""


class Cast:
    """Brings the people of the situation that is on, and takes them away with it. `run` needs an owner that ends it."""

    def __init__(
        self,
        url: str,
        unit: str,
        colleague: Clerk,
        *,
        people: Mapping[Situation, Sequence[Habits]] = PEOPLE,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        """Everybody comes to `unit`; `colleague` attends in their own."""
        self._url: Final = url
        self._unit: Final = unit
        self._colleague: Final = colleague
        self._people: Final = people
        self._look_every_s: Final = look_every_s
        self.here: Final[set[Visitor]] = set()
        """Who is there now."""

    async def run(self) -> None:
        """Follow the practice, for ever.

        Raises:
            TurnedAwayError: there is no practice, or the colleague may not sign in.

        """
        listen_without_decoding()
        prepare()
        async with Browser(self._url) as looking, asyncio.TaskGroup() as tasks:
            colleague = tasks.create_task(self._serve_elsewhere())
            on: tuple[Situation | None, int] = (None, 0)
            now = on
            there: asyncio.Task[None] | None = None
            try:
                while True:
                    with suppress(ConnectionError):  # asked again in a moment
                        card = PracticeCard.model_validate(await looking.get("practice"), strict=False)
                        now = (card.situation if card.phase is Phase.ON else None, card.attempt)
                    if now != on:
                        await _gone(there)
                        on, situation = now, now[0]
                        there = None if situation is None else tasks.create_task(self._bring(self._people[situation]))
                    await asyncio.sleep(self._look_every_s)
            finally:
                colleague.cancel()
                await _gone(there)

    async def _bring(self, people: Sequence[Habits]) -> None:
        """All of them, one behind the other; ends when they have gone."""
        async with asyncio.TaskGroup() as visits:
            for habits in people:
                has_joined = asyncio.Event()
                visits.create_task(self._visit(habits, has_joined))
                await has_joined.wait()

    async def _visit(self, habits: Habits, has_joined: asyncio.Event) -> None:
        async with Browser(self._url) as browser:
            visitor = Visitor(browser, self._unit, habits)
            self.here.add(visitor)
            visiting = asyncio.create_task(visitor.run())
            joining = asyncio.create_task(visitor.page.until(lambda view: view.ticket is not None))
            try:
                await asyncio.wait({visiting, joining}, return_when=asyncio.FIRST_COMPLETED)
                has_joined.set()
                await visiting
            finally:
                self.here.discard(visitor)
                for task in (joining, visiting):
                    task.cancel()
                await asyncio.gather(joining, visiting, return_exceptions=True)

    async def _serve_elsewhere(self) -> None:
        """The colleague takes whoever is passed on."""
        async with Browser(self._url) as browser:
            clerk = self._colleague
            await Attendant(
                browser,
                Shift(
                    clerk.login,
                    clerk.password,
                    clerk.units,
                    lambda: COLLEAGUE_TALKS_S,
                    lambda: Outcome.INFORMED,
                    colour=5,
                ),
            ).run()


async def _gone(people: asyncio.Task[None] | None) -> None:
    """They leave, each giving up the place there still is."""
    if people is not None:
        people.cancel()
        await asyncio.wait([people])


async def bring(url: str, unit: str, login: str, password: str) -> None:
    """The people of the practice at this address, until cancelled."""
    elsewhere = [each for each in await units_of(url) if each != unit]
    await Cast(url, unit, Clerk(login, password, elsewhere)).run()
