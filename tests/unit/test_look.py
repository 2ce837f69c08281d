"""The pages look and speak as agreed: one place for colours, contrasts that hold, words that people understand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
SOURCES = WEB / "src"
TOKENS = SOURCES / "styles" / "tokens.css"
WORDS = SOURCES / "i18n"
STATIC = ROOT / "signaling" / "static"

# ------------------------------------------------------------------------------------------------ colours


def tokens(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b", text))


@pytest.fixture(scope="module")
def palettes():
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    return {"light": tokens(light), "dark": tokens(light) | tokens(dark)}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ink", "paper", "light", "dark"),
    [
        ("ink", "page", 14.9, 16.2),
        ("ink-2", "page", 6.7, 9.2),
        ("edge", "surface", 4.4, 4.6),
        ("act", "page", 7.1, 9.2),
        ("on-act", "act", 7.8, 8.3),
        ("act", "soft", 6.5, 6.6),
        ("on-turn", "turn", 10.3, 10.3),
        ("bad", "bad-soft", 6.1, 7.9),
        ("warn", "warn-soft", 7.4, 9.8),
        ("ok", "ok-soft", 6.4, 8.2),
        ("on-stage", "stage", 19.1, 19.1),
        ("on-stage", "stage-bar", 15.7, 15.7),
        ("on-end", "end", 5.7, 5.7),
        ("end", "stage", 3.3, 3.3),
    ],
)
def test_contrasts_are_the_ones_agreed(palettes, ink, paper, light, dark):
    computed = [contrast(palettes[scheme][ink], palettes[scheme][paper]) for scheme in ("light", "dark")]
    assert computed == pytest.approx([light, dark], abs=0.06)


@pytest.mark.parametrize("tone", ["act", "bad", "warn", "ok", "ink-2"])
@pytest.mark.parametrize("paper", ["page", "surface"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_wherever_it_stands(palettes, scheme, paper, tone):
    assert contrast(palettes[scheme][tone], palettes[scheme][paper]) >= 4.5


COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color|color-mix)\(")
NAMED = re.compile(r":[^;{]*\b(?:white|black|red|green|blue|yellow|orange|gr[ae]y|silver)\b")


def test_no_colour_outside_the_tokens():
    found = [
        f"{path.relative_to(WEB)}: {line.strip()}"
        for path in SOURCES.rglob("*")
        if path.suffix in {".css", ".ts", ".tsx"} and path != TOKENS
        for line in uncommented(path.read_text(encoding="utf-8")).splitlines()
        if (COLOUR.search(line) and not re.search(r"\bthis\.#|\.#|#[a-z]\w*\(", line))
        or (path.suffix == ".css" and NAMED.search(line))
    ]
    assert found == []


def test_nothing_is_a_gradient_or_a_shadow():
    for path in SOURCES.rglob("*.css"):
        assert not re.search(r"gradient\(|(?:box|text|drop)-shadow", path.read_text(encoding="utf-8")), path


# ------------------------------------------------------------------------------------------------ words

STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
NEVER = re.compile(
    r"sala de espera|\blobby\b|\btokens?\b|\bsess(?:ão|ões)\b|\bchamadas?\b|\bdesconect\w*|\bredes?\b"
    r"|\bcone(?:xão|xões)\b|\bservidor\w*|\binválid\w*|\berros?\b|\bfalh\w*|\busuári\w*|\bclientes?\b"
    r"|\boperador\w*|\bops\b|por favor|aguarde|!|\((?:a|as|o|os)\)",
    re.IGNORECASE,
)
"""The column of words that the pages never say, and what goes with it."""

PORTUGUESE = re.compile(
    r"[áàâãéêíóôõúç]|\b(?:senha|fila|unidade|atendimento|atendente|agora|voc[eê]|pessoas?|minutos?|entrar|sair|tente)\b",
    re.IGNORECASE,
)


def uncommented(text: str) -> str:
    without = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"(?m)(?<!:)//.*$", "", without)


def strings(path: Path) -> Iterator[str]:
    """What is between quotes, without what is computed into it."""
    for plain, template in STRING.findall(uncommented(path.read_text(encoding="utf-8"))):
        yield re.sub(r"\$\{[^}]*\}", "", plain or template)


def portuguese_words() -> list[Path]:
    return [*WORDS.rglob("pt.ts"), *WORDS.glob("*.pt.ts"), WORDS / "pages.ts"]


def test_the_pages_never_say_these_words():
    found = [
        f"{path.relative_to(WEB)}: {text}"
        for path in portuguese_words()
        for text in strings(path)
        if not text.startswith("~/") and NEVER.search(text)
    ]
    assert found == []


def test_the_check_of_words_finds_what_it_looks_for():
    for text in ("Ops", "Sessão encerrada", "usuário inválido", "Bem-vindo!", "Por favor, aguarde", "o(a) atendente"):
        assert NEVER.search(text), text
    for text in ("Sua senha", "Chamamos sua senha", "O sistema não respondeu.", "redigir", "observar"):
        assert not NEVER.search(text), text


def shown_sources() -> Iterator[Path]:
    """What ships, without tests, fixtures and the gallery."""
    for path in SOURCES.rglob("*.ts*"):
        place = path.relative_to(SOURCES)
        if place.parts[0] in {"i18n", "protocol", "states"} or "testing" in place.parts:
            continue
        if not re.search(r"\.test\.tsx?$|fixtures|fake_", path.name):
            yield path


def test_no_portuguese_outside_the_words():
    found = [
        f"{path.relative_to(WEB)}: {text}"
        for path in shown_sources()
        for text in strings(path)
        # An address or a name is one word; a sentence has a space.
        if " " in text.strip() and PORTUGUESE.search(text)
    ]
    assert found == []


def test_no_text_is_written_into_a_component_or_a_page():
    told = re.compile(r">\s*([A-Za-zÀ-ú][^<>{}=;()]*[A-Za-zÀ-ú.])\s*</")
    found = [
        f"{path.relative_to(WEB)}: {text}"
        for path in [*(path for path in shown_sources() if path.suffix == ".tsx"), *WEB.glob("*.html")]
        if path.name not in {"states.html", "pair.html"}
        for text in told.findall(uncommented(path.read_text(encoding="utf-8")))
        if not text.startswith("%")
    ]
    assert found == []


# ------------------------------------------------------------------------------------------------ weight

MOST_BYTES = 60 * 1024


def first_load(page: Path) -> list[Path]:
    """Every script and style that the page asks for before it shows anything."""
    text = page.read_text(encoding="utf-8")
    names = re.findall(r'(?:src|href)="/(assets/[^"]+\.(?:js|css))"', text)
    return [STATIC / f"{name}.br" for name in names]


@pytest.mark.skipif(not (STATIC / "index.html").exists(), reason="the web part is not built: `make build`")
def test_the_visitors_first_load_is_light():
    parts = first_load(STATIC / "index.html")
    assert any(part.name.endswith(".js.br") for part in parts)
    assert any(part.name.endswith(".css.br") for part in parts)
    assert sum(part.stat().st_size for part in parts) <= MOST_BYTES


@pytest.mark.skipif(not (STATIC / "index.html").exists(), reason="the web part is not built: `make build`")
@pytest.mark.parametrize("page", ["index", "attendant", "supervisor", "interpreter", "panel"])
def test_a_page_asks_nobody_else_and_carries_nothing_inline(page):
    text = (STATIC / f"{page}.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="(?!/)[^"]*"', text) == []
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text)
