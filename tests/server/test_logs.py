"""A log line is an export of personal data: a whole visit is held, and nothing of the person is found in it."""

import io

from rooms.model.ticket import Media, Role, Tier
from signaling.logs import configure_logs
from signaling.protocol import commands as say
from signaling.protocol.signals import Chat, Description, Party
from signaling.settings import LogFormat, LogLevel
from tests.server.conftest import Crowd
from tests.server.harness import PASSWORD, UNIT, talk

SECRETS = ("Nascimento", "0000001-44", "12345", "segredo de justica", "a=candidate", PASSWORD, "127.0.0.1")
"""A name, a case, a lawyer's number, words, an SDP, a password, an address."""


async def test_nobody_can_be_read_out_of_the_log(place):
    """STYLE.md 12: at the most talkative level, with a refusal and a broken store in the middle."""
    log = io.StringIO()
    configure_logs(LogLevel.DEBUG, LogFormat.JSON, log)
    try:
        async with place.server() as server:
            crowd = Crowd(server)
            visitor, clerk = await crowd.visitor(), await crowd.attendant()
            await clerk.available()
            form = say.Join(
                unit=UNIT,
                name="Maria do Nascimento",
                role=Role.LAWYER,
                oab="MT 12345",
                case_number="0000001-44.2021.8.11.0041",
                tier=Tier.EVERYONE,
                terms=True,
            )
            await visitor.ask(form.model_copy(update={"oab": "MT 12345-?"}))
            await visitor.do(form)
            call = await talk(visitor, clerk, Media.VIDEO)
            await visitor.do(say.Signal(call=call, to=None, body=Chat(text="segredo de justica")))
            offer = Description(number=1, kind="offer", sdp="a=candidate 127.0.0.1")
            await visitor.do(say.Signal(call=call, to=Party.ATTENDANT, body=offer))
            await visitor.send({"id": "a", "command": {"type": "join", "name": "Maria do Nascimento"}})
            await visitor.do(say.HangUp(call=call))
            await clerk.until_said("end")
            await crowd.leave()
    finally:
        configure_logs(LogLevel.INFO, LogFormat.AUTO)
    written = log.getvalue()
    assert "listening" in written, "the log was not even written"
    assert [secret for secret in SECRETS if secret in written] == []
    assert visitor.cookies["balcao_visitor"] not in written
