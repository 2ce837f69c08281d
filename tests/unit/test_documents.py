"""What is written for people leads somewhere: every link between our own files has its other end."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("deploy", "docs", "rooms", "signaling", "tests", "web")
PAGES = [*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))]
OURS = [page for page in PAGES if "node_modules" not in page.parts]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
WRITTEN = {"figures.md"}
"""What `make bench` writes; a clone may not have it yet."""


@pytest.mark.parametrize("page", OURS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_of_ours_finds_it(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = {link for link in LINK.findall(text) if Path(link).name not in WRITTEN}
    assert [link for link in links if not (page.parent / link).exists()] == []
