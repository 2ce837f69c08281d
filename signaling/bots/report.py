"""How a day of simulated people went, in numbers and in words. No names: what a person did is counted, that is all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rooms.model.attendant import Activity
from rooms.model.ticket import TicketState
from signaling.bots.leg import Packets
from signaling.bots.visitor import Stage

ENDS: Final = {
    TicketState.SERVED.value: ("foi atendida", "foram atendidas"),
    TicketState.LEFT.value: ("desistiu", "desistiram"),
    TicketState.NO_SHOW.value: ("não atendeu à chamada", "não atenderam à chamada"),
    TicketState.LOST.value: ("perdeu a vez por ausência", "perderam a vez por ausência"),
    TicketState.CLOSED.value: ("ficou de fora ao fechar", "ficaram de fora ao fechar"),
    TicketState.REMOVED.value: ("foi retirada", "foram retiradas"),
    TicketState.TRANSFERRED.value: ("foi encaminhada", "foram encaminhadas"),
    "gone": ("foi mandada embora pelo servidor", "foram mandadas embora pelo servidor"),
    "no_connection": ("ficou sem conexão", "ficaram sem conexão"),
    "still_here": ("ainda estava lá no fim", "ainda estavam lá no fim"),
}
"""What became of one person, and of several; a refusal is told by its code."""


@dataclass
class Report:
    """How a day went. No names: what a person did is counted, and that is all."""

    came: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    """By the ticket's last state, or the code of the refusal."""
    unforeseen: int = 0
    """Who neither lost patience nor was served, or for not answering was not: the counter may have lost them."""
    waits_s: list[float] = field(default_factory=list)
    """From the ticket to entering, of those who were served."""
    priority_waits_s: list[float] = field(default_factory=list)
    """Of these, the waits of those with priority."""
    calls: int = 0
    unanswered: int = 0
    dropped: int = 0
    """Pages that died in mid-call and came back."""
    visitors_packets: Packets = field(default_factory=Packets)
    clerks_packets: Packets = field(default_factory=Packets)
    seconds: float = 0
    cpu_s: float = 0


@dataclass(frozen=True, slots=True)
class Now:
    """A day at one moment."""

    elapsed_s: float
    expected: int
    stages: Counter[Stage]
    desks: Counter[Activity]
    in_demand: int
    """Idle desks, of those, in whose lines somebody waits: about to call."""
    report: Report


def table(now: Now) -> list[str]:
    """How it stands, in four lines."""
    stages, desks, report = now.stages, now.desks, now.report
    came = f"vieram {report.came} de {now.expected}, já saíram {sum(report.ends.values())}"
    visitors = {
        "na fila": stages[Stage.WAITING],
        "sendo chamados": stages[Stage.CALLED],
        "em atendimento": stages[Stage.IN_CALL],
        "sem a página": stages[Stage.DROPPED],
    }
    clerks = {
        "livres sem fila": desks[Activity.IDLE] - now.in_demand,
        "livres com fila": now.in_demand,
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
    yield _said_unforeseen(report.unforeseen)
    for what, waits_s in (("", report.waits_s), (" com prioridade", report.priority_waits_s)):
        if len(waits_s) == 1:
            yield f"Espera da pessoa atendida{what}: {waits_s[0]:.0f} s."
        elif waits_s:
            half, most = _share(waits_s, 0.5), _share(waits_s, 0.9)
            said = f"metade até {half:.0f} s, nove de cada dez até {most:.0f} s"
            yield f"Espera das {len(waits_s)} atendidas{what}: {said}."
    yield f"Chamadas sem resposta: {report.unanswered}. Páginas que caíram no atendimento: {report.dropped}."
    for who, packets in (("visitantes", report.visitors_packets), ("atendentes", report.clerks_packets)):
        yield f"Pacotes de som e imagem, {who}: {packets.sent} enviados, {packets.received} recebidos."
    yield f"Processador usado pelas pessoas simuladas: {report.cpu_s:.1f} s."


def _share(waits_s: Sequence[float], share: float) -> float:
    """The wait that this share of them did not exceed."""
    return sorted(waits_s)[min(len(waits_s) - 1, int(share * len(waits_s)))]


def _said_unforeseen(people: int) -> str:
    if people == 0:
        return "Ninguém perdeu o lugar: cada pessoa terminou como era de esperar dela."
    ended = "1 terminou" if people == 1 else f"{people} terminaram"
    return f"{ended} como não era de esperar: o balcão, ou esta máquina, não deu conta."


def _said_ends(ends: Counter[str]) -> str:
    told = []
    for end, count in ends.most_common():
        one, several = ENDS.get(end, (f"teve a recusa {end}", f"tiveram a recusa {end}"))
        told.append(f"{count} {one if count == 1 else several}")
    return ", ".join(told)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.items())
