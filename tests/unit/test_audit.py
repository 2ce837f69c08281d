"""A known weakness fails the check; a service that cannot be asked does not."""

import importlib.util
import json
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "tools" / "audit.py"


@pytest.fixture
def audit(monkeypatch):
    """The script as a module of its own, which tells what it says."""
    spec = importlib.util.spec_from_file_location("audit", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.said = []
    monkeypatch.setattr(module.bootstrap, "say", module.said.append)
    return module


def answering(monkeypatch, audit, pypi: object, npm: object) -> None:
    monkeypatch.setattr(audit.Path, "exists", lambda _: True)
    monkeypatch.setattr(audit.bootstrap, "find_node", lambda: ["npm"])
    told = {"pip-audit": json.dumps(pypi), "npm": json.dumps(npm)}
    monkeypatch.setattr(audit, "told_by", lambda command, *_: told[Path(command[0]).name])


SOUND = {"name": "aiohttp", "version": "3.13.0", "vulns": []}
WEAK = SOUND | {"vulns": [{"id": "PYSEC-1", "fix_versions": ["3.13.1"]}]}
UNKNOWN = {"name": "aiohttp", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("pypi", "npm", "status", "words"),
    [
        ([SOUND], {"vulnerabilities": {}}, 0, ["PyPI conhece 0", "npm conhece 0"]),
        ([SOUND, WEAK], {"vulnerabilities": {}}, 1, ["PyPI conhece 1", "npm conhece 0", "PYSEC-1"]),
        (
            [SOUND],
            {"vulnerabilities": {"a": {"range": "<2", "severity": "high"}}},
            1,
            ["", "npm conhece 1", "a <2: hi"],
        ),
        ([UNKNOWN], {"message": "405 Method - POST"}, 0, ["PyPI não pôde ser consultado", "npm não pôde"]),
        ([UNKNOWN, WEAK], {"error": {}}, 1, ["PyPI conhece 1", "npm não pôde", "PYSEC-1"]),
    ],
)
def test_what_is_known_fails_and_who_cannot_be_asked_does_not(monkeypatch, audit, pypi, npm, status, words):
    answering(monkeypatch, audit, {"dependencies": pypi, "fixes": []}, npm)
    assert audit.main() == status
    assert len(audit.said) == len(words)
    assert all(word in said for word, said in zip(words, audit.said, strict=True)), audit.said


def test_a_tool_that_breaks_off_or_is_not_there_is_nobody_who_could_be_asked(monkeypatch, audit):
    monkeypatch.setattr(audit.Path, "exists", lambda _: True)
    monkeypatch.setattr(audit.bootstrap, "find_node", lambda: ["false"])
    monkeypatch.setattr(audit, "ENVIRONMENT", Path("/nowhere"))
    assert audit.main() == 0
    assert all("não pôde ser consultado" in line for line in audit.said)
