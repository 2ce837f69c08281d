"""A plot as PNG: an SVG of our own, photographed by the Chromium that the tests have anyway: no plotting library."""

import shutil
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from xml.sax.saxutils import escape

from playwright.async_api import async_playwright

from tests.e2e.conftest import FLAGS

WIDTH, HEIGHT, LEFT, BELOW, TOP, RIGHT = 800, 420, 70, 60, 50, 30
COLOURS = ("#1351b4", "#c2410c", "#168821", "#6b21a8")
STEPS = 200


def svg_of(title: str, x_axis: str, curves: Mapping[str, Sequence[float]], limit: float | None = None) -> str:
    """Which share of each curve's values is not above x; `limit` is marked."""
    most = max(max(values) for values in curves.values())
    end = float(ceil(max(most, limit or 0)))

    def at(x: float, share: float) -> str:
        across = LEFT + (WIDTH - LEFT - RIGHT) * x / end
        return f"{across:.1f},{TOP + (HEIGHT - TOP - BELOW) * (1 - share):.1f}"

    def text(place: str, words: str, more: str = "") -> str:
        x, y = place.split(",")
        return f'<text x="{x}" y="{y}" {more}>{escape(words)}</text>'

    drawn = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', text(f"{LEFT},28", title, 'font-weight="bold"')]
    for tenth in range(0, 11, 2):
        drawn.append(f'<polyline points="{at(0, tenth / 10)} {at(end, tenth / 10)}" stroke="#ddd"/>')
        x, y = at(0, tenth / 10).split(",")
        drawn.append(text(f"{float(x) - 8},{float(y) + 4}", f"{10 * tenth} %", 'text-anchor="end"'))
    for step in range(5):
        x, y = at(end * step / 4, 0).split(",")
        drawn.append(text(f"{x},{float(y) + 20}", f"{end * step / 4:g}", 'text-anchor="middle"'))
    drawn.append(text(f"{WIDTH / 2},{HEIGHT - 15}", x_axis, 'text-anchor="middle"'))
    if limit is not None:
        drawn.append(f'<polyline points="{at(limit, 0)} {at(limit, 1)}" stroke="#b91c1c" stroke-dasharray="6 4"/>')
    for number, (name, values) in enumerate(curves.items()):
        colour, kept = COLOURS[number % len(COLOURS)], sorted(values)
        points = " ".join(
            at(x, sum(value <= x for value in kept) / len(kept)) for x in (end * n / STEPS for n in range(STEPS + 1))
        )
        drawn.append(f'<polyline points="{points}" stroke="{colour}" stroke-width="2.5"/>')
        place = f"{WIDTH - RIGHT - 10},{HEIGHT - BELOW - 20 - 20 * number}"
        drawn.append(text(place, name, f'text-anchor="end" fill="{colour}"'))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" fill="none" '
        f'font-family="sans-serif" font-size="14"><style>text:not([fill]) {{ fill: #222 }}</style>'
        f"{''.join(drawn)}</svg>"
    )


async def draw(path: Path, svg: str) -> None:
    """The SVG is at `path` as PNG."""
    chromium = shutil.which("chromium")
    assert chromium is not None, "no Chromium: apt-get install chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        await page.set_content(f'<body style="margin:0">{svg}</body>')
        await page.screenshot(path=path)
        await browser.close()
