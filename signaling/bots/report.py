"""How a day of simulated people went, in numbers and in words. No names: what a person did is counted, that is all."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from rooms.model.attendant import Activity
from rooms.model.ticket import TicketState
from signaling.bots.leg import Packets
from signaling.bots.visitor import Stage

ENDS: Final = {
    TicketState.SERVED.value: "atendidas",
    TicketState.LEFT.value: "desistiram",
    TicketState.NO_SHOW.value: "chamadas e ausentes",
    TicketState.LOST.value: "fora da fila por ausência",
    TicketState.CLOSED.value: "fora por fechamento",
    TicketState.REMOVED.value: "retiradas",
    TicketState.TRANSFERRED.value: "encaminhadas",
    "no_connection": "sem conexão",
    "still_here": "ainda lá no fim",
}
"""What became of people; a refusal is told by its code."""


@dataclass
class Report:
    """How a day went. No names: what a person did is counted, and that is all."""

    came: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    """By the ticket's last state, or the code of the refusal."""
    waits_s: list[float] = field(default_factory=list)
    """From the ticket to entering, of those who were served."""
    calls: int = 0
    unanswered: int = 0
    dropped: int = 0
    """Pages that died in mid-call and came back."""
    visitors_packets: Packets = field(default_factory=Packets)
    clerks_packets: Packets = field(default_factory=Packets)
    seconds: float = 0
    cpu_s: float = 0

    def wait_s(self, share: float) -> float | None:
        """The wait that this share of those served did not exceed."""
        if not self.waits_s:
            return None
        return sorted(self.waits_s)[min(len(self.waits_s) - 1, int(share * len(self.waits_s)))]


@dataclass(frozen=True, slots=True)
class Now:
    """A day at one moment."""

    elapsed_s: float
    expected: int
    stages: Counter[Stage]
    desks: Counter[Activity]
    report: Report


def table(now: Now) -> list[str]:
    """How it stands, in four lines."""
    stages, desks, report = now.stages, now.desks, now.report
    came = f"vieram {report.came} de {now.expected}, foram {sum(report.ends.values())}"
    visitors = {
        "na fila": stages[Stage.WAITING],
        "sendo chamados": stages[Stage.CALLED],
        "em atendimento": stages[Stage.IN_CALL],
        "sem a página": stages[Stage.DROPPED],
    }
    clerks = {
        "livres": desks[Activity.IDLE],
        "chamando": desks[Activity.CALLING],
        "em atendimento": desks[Activity.IN_CALL],
        "concluindo": desks[Activity.WRAP_UP],
        "ajudando colegas": desks[Activity.HELPING],
    }
    return [
        f"{now.elapsed_s:5.0f} s   {came}",
        f"   visitantes: {_listed(visitors)}",
        f"   atendentes: {_listed(clerks)}",
        f"   até agora:  {_said_ends(report.ends) or 'ninguém terminou'}",
    ]


def told(report: Report) -> Iterable[str]:
    """The whole day, for a person at a terminal."""
    yield f"Vieram {report.came} pessoas em {report.seconds:.0f} s: {_said_ends(report.ends) or 'nenhuma terminou'}."
    median, worst = report.wait_s(0.5), report.wait_s(0.9)
    if median is not None and worst is not None:
        yield f"Espera das atendidas: {median:.0f} s no meio da lista; nove de cada dez, até {worst:.0f} s."
    yield (
        f"Atendimentos: {report.calls}. Chamadas sem resposta: {report.unanswered}."
        f" Páginas que caíram e voltaram: {report.dropped}."
    )
    for who, packets in (("visitantes", report.visitors_packets), ("atendentes", report.clerks_packets)):
        yield f"Pacotes de som e imagem, {who}: {packets.sent} enviados, {packets.received} recebidos."
    yield f"Processador usado pelas pessoas simuladas: {report.cpu_s:.1f} s."


def _said_ends(ends: Counter[str]) -> str:
    return ", ".join(f"{count} {ENDS.get(end, end)}" for end, count in ends.most_common())


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.items())
