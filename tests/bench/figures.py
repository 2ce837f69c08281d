"""The one writer of `docs/figures.md`: each benchmark publishes one section, which replaces its former self.

    publish(
        Section(
            title="Accept → first frame",
            compared_with="two peers inside one page, no server, starting cold",
            how="Medians of ten, loopback, one browser context per person.",
            rows=(Row("visitor's picture", "ms", measured=128.0, compared=139.0, target=0.9),),
            browser=browser.version,
        )
    )

A section is found again by its title, so a title is kept once it is chosen; other sections stay as they are. The ratio
is computed here, and the target is the ratio to stay below; a row without `compared` is told for itself. Nothing here
passes or fails: a benchmark fails only when it could not measure.

A page for people may quote a figure, in Portuguese: its number stands before `<!-- title: what -->`, or before
`<!-- title: what, compared -->`, and is put there anew whenever the section is published, or by
`python -m tests.bench.figures`.
"""

import os
import platform
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "figures.md"
SCALE: Final = PAGE.with_name("escala.md")
"""It quotes."""
_QUOTED: Final = re.compile(r"[\d.,]+(?P<of><!-- (?P<title>[^:]+): (?P<what>.+?)(?P<compared>, compared)? -->)")
COLUMNS: Final = 5
_IN_PORTUGUESE: Final = str.maketrans(",.", ".,")
BEGINNING: Final = """\
# Figures

Written by `make bench`, never by hand. Each figure stands beside what it is compared with, measured in the same run on
the same machine: read the ratios; milliseconds and kilobytes are that machine's, in that hour.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `compared` is what the other one took, `target` the ratio to stay below, or a limit in words."""

    what: str
    unit: str
    measured: float
    compared: float | None = None
    target: float | str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What one benchmark has to say; `browser` is its name and version, where there was one."""

    title: str
    compared_with: str
    how: str
    rows: Sequence[Row]
    browser: str | None = None


def publish(section: Section, page: Path = PAGE) -> None:
    """The section stands in the page, in the place of its former self, and its table in the terminal."""
    text = written(section, machine(), datetime.now(UTC).date())
    before = page.read_text(encoding="utf-8") if page.exists() else BEGINNING
    page.write_text(merged(before, section.title, text), encoding="utf-8")
    if page == PAGE:
        quote()
    print(f"\n{text}")


def merged(page: str, title: str, section: str) -> str:
    """The page with this section, in the place of the one with its title, else at the end."""
    beginning, *sections = page.split("\n## ")
    titles = [each.partition("\n")[0] for each in sections]
    new = section.removeprefix("## ").rstrip("\n")
    if title in titles:
        sections[titles.index(title)] = new
    else:
        sections.append(new)
    return "\n\n## ".join(part.strip("\n") for part in (beginning, *sections)) + "\n"


def quote() -> None:
    """The page for people quotes what was measured last."""
    SCALE.write_text(quoting(SCALE.read_text("utf-8"), PAGE.read_text("utf-8")), encoding="utf-8")


def quoting(text: str, page: str) -> str:
    """The text with the figures that it quotes, as the page has them; one that the page has not stays as it is."""
    rows = {
        (section.partition("\n")[0], cells[1]): cells
        for section in page.split("\n## ")
        for line in section.splitlines()
        if len(cells := [cell.strip() for cell in line.split("|")]) == COLUMNS + 2
    }

    def number(quoted: re.Match[str]) -> str:
        row = rows.get((quoted["title"], quoted["what"]))
        if row is None:
            return quoted[0]
        return row[3 if quoted["compared"] else 2].split(" ")[0].translate(_IN_PORTUGUESE) + quoted["of"]

    return _QUOTED.sub(number, text)


def written(section: Section, machine: str, day: date) -> str:
    """The section as Markdown."""
    where = f"{machine}, {section.browser}" if section.browser else machine
    lines = [
        f"## {section.title}",
        "",
        f"Compared with {section.compared_with}.",
        section.how,
        "",
        "| what | Balcão | compared | ratio | target |",
        "| --- | --- | --- | --- | --- |",
        *(_line(row) for row in section.rows),
        "",
        f"{day.isoformat()}, {where}.",
    ]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """What was measured on, with how busy it was: a figure from a busy machine is worth less."""
    cores = len(os.sched_getaffinity(0))
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return ", ".join(
        [
            f"{cores} cores ({_processor()})",
            f"{memory_gb:.0f} GB",
            f"Linux {platform.release()}" if sys.platform == "linux" else platform.platform(),
            f"Python {platform.python_version()}",
            f"load {os.getloadavg()[0]:.1f}",
        ]
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1] of the values do not exceed: nearest rank, nothing invented."""
    return sorted(values)[ceil(share * len(values)) - 1]


def _line(row: Row) -> str:
    compared = "–" if row.compared is None else _told(row.compared, row.unit)
    ratio = "–" if row.compared is None else f"**{row.measured / row.compared:.2f} ×**"
    target = f"≤ {row.target:g} ×" if isinstance(row.target, float) else row.target or "–"
    return f"| {row.what} | {_told(row.measured, row.unit)} | {compared} | {ratio} | {target} |"


def _told(value: float, unit: str) -> str:
    if isinstance(value, int):
        return f"{value:,} {unit}".rstrip()
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f} {unit}".rstrip()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    quote()
