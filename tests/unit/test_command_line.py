"""The command line: one clear sentence for each thing that can be refused, and a site that can be filled with it."""

import asyncio
import io
import os
import signal
from importlib.resources import files
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from rooms.errors import ForbiddenError
from rooms.sql.directory import SqlDirectory
from rooms.sql.engine import open_engine
from rooms.sql.importing import read_site
from signaling.__main__ import main
from signaling.settings import Settings, StartupError, explain_settings, read_settings

SITE = (files("rooms.sql.demo") / "tjmt.json").read_text(encoding="utf-8")
COURT = read_site(SITE).court.id
PASSWORD = "correta cavalo bateria"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A site of its own in an empty folder, whatever the environment says."""
    for name, _, _ in explain_settings():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BALCAO_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "site.json").write_text(SITE, encoding="utf-8")
    return tmp_path


def type_passwords(monkeypatch, *passwords):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{password}\n" for password in passwords)))


def directory(ask):
    """What the directory answers to `ask`, read from the file as the server would."""

    async def read():
        engine = open_engine(read_settings().sql_url)
        try:
            return await ask(SqlDirectory(engine))
        finally:
            await engine.dispose()

    return asyncio.run(read())


def test_settings_lists_every_variable_with_its_default_and_meaning(capsys):
    assert main(["settings"]) == 0
    said = capsys.readouterr().out
    for name in Settings.model_fields:
        assert f"BALCAO_{name.upper()}  [" in said
    assert "BALCAO_PORT  [8080]" in said


def test_every_setting_has_a_meaning():
    assert [name for name, _, meaning in explain_settings() if len(meaning) < 10] == []


def test_an_imported_file_is_the_directory(folder, capsys):
    assert main(["units", "import", str(folder / "site.json")]) == 0
    units = directory(lambda known: known.units(COURT))
    assert [unit.id for unit in units] == [unit.id for unit in read_site(SITE).units]
    assert "balcao staff add" in capsys.readouterr().out


def test_a_file_with_a_mistake_changes_nothing_and_says_where(folder, capsys):
    (folder / "site.json").write_text(SITE.replace('"letters"', '"leters"', 1), encoding="utf-8")
    assert main(["units", "import", str(folder / "site.json")]) == 2
    said = capsys.readouterr().err
    assert "Nada foi importado" in said
    assert "linha" in said
    assert not (folder / "data" / "balcao.sqlite").exists()


@pytest.mark.parametrize(("name", "content"), [("absent.json", None), ("latin.json", "São Félix".encode("latin-1"))])
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(folder, capsys, name, content):
    if content is not None:
        (folder / name).write_bytes(content)
    assert main(["units", "import", str(folder / name)]) == 2
    said = capsys.readouterr().err
    assert name in said
    assert len(said.splitlines()) == 1


def test_people_of_the_file_get_their_password_and_keep_who_they_are(folder, monkeypatch):
    main(["units", "import", str(folder / "site.json")])
    type_passwords(monkeypatch, PASSWORD)
    assert main(["staff", "add", "--password-stdin", "ana"]) == 0
    before = next(member for member in read_site(SITE).staff if member.id == "ana")
    assert directory(lambda known: known.verify(COURT, "ana", PASSWORD)) == before
    with pytest.raises(ForbiddenError):
        directory(lambda known: known.verify(COURT, "ana", "another password"))


def test_a_new_person_is_added_with_name_function_and_units(folder, monkeypatch):
    main(["units", "import", str(folder / "site.json")])
    type_passwords(monkeypatch, PASSWORD)
    unit = read_site(SITE).units[0].id
    told = ["--name", "Dora Lima", "--function", "técnica", "--unit", unit]
    assert main(["staff", "add", "--password-stdin", "dora", *told]) == 0
    dora = directory(lambda known: known.verify(COURT, "dora", PASSWORD))
    assert (dora.name, dora.function, dora.units, dora.attends, dora.supervises) == (
        "Dora Lima",
        "técnica",
        (unit,),
        True,
        False,
    )


def test_the_permission_to_call_out_of_order_is_given_and_kept(folder, monkeypatch):
    main(["units", "import", str(folder / "site.json")])
    for told, may in (([], False), (["--out-of-order"], True), ([], True)):
        type_passwords(monkeypatch, PASSWORD)
        assert main(["staff", "add", "--password-stdin", "ana", *told]) == 0
        assert directory(lambda known: known.verify(COURT, "ana", PASSWORD)).may_call_out_of_order is may


def test_an_interpreter_needs_no_unit_and_stays_one(folder, monkeypatch):
    main(["units", "import", str(folder / "site.json")])
    for told in (["--name", "Rita Prado", "--function", "intérprete de Libras", "--interpreter"], []):
        type_passwords(monkeypatch, PASSWORD)
        assert main(["staff", "add", "--password-stdin", "rita", *told]) == 0
        rita = directory(lambda known: known.verify(COURT, "rita", PASSWORD))
        assert (rita.interprets, rita.attends, rita.supervises, rita.units) == (True, False, False, ())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["dora"], "Diga quem é"),
        (["ana", "--court", "tjxx"], "Não há o tribunal tjxx"),
        (["dora", "--name", "Dora", "--unit", "no-such-unit"], "Não existe: no-such-unit"),
    ],
)
def test_what_cannot_be_added_is_said_in_one_sentence(folder, monkeypatch, capsys, arguments, sentence):
    main(["units", "import", str(folder / "site.json")])
    type_passwords(monkeypatch, PASSWORD)
    assert main(["staff", "add", "--password-stdin", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_a_short_password_is_refused(folder, monkeypatch, capsys):
    main(["units", "import", str(folder / "site.json")])
    type_passwords(monkeypatch, "curta")
    assert main(["staff", "add", "--password-stdin", "ana"]) == 2
    assert "pelo menos 10" in capsys.readouterr().err


def test_before_any_import_the_sentence_says_where_to_begin(monkeypatch, capsys):
    type_passwords(monkeypatch, PASSWORD)
    assert main(["staff", "add", "--password-stdin", "ana"]) == 2
    assert "balcao units import" in capsys.readouterr().err


def test_an_unwritable_data_folder_is_said_in_one_sentence(folder, monkeypatch, capsys):
    monkeypatch.setenv("BALCAO_DATA_DIR", str(folder / "site.json" / "data"))
    assert main(["units", "import", str(folder / "site.json")]) == 2
    assert "Não é possível escrever" in capsys.readouterr().err


def test_a_variable_that_does_not_hold_what_it_should_is_named(monkeypatch, capsys):
    monkeypatch.setenv("BALCAO_PORT", "oitenta")
    assert main(["serve"]) == 2
    assert "BALCAO_PORT" in capsys.readouterr().err


def test_a_secret_that_is_refused_is_not_printed(monkeypatch, capsys):
    monkeypatch.setenv("BALCAO_RECEIPT_KEY", "segredo-curto")
    assert main(["serve"]) == 2
    said = capsys.readouterr().err
    assert "BALCAO_RECEIPT_KEY" in said
    assert "segredo-curto" not in said


@pytest.fixture
def served(monkeypatch):
    """What the server was asked to serve, instead of a server."""
    asked: list[tuple[Settings, bool]] = []

    async def run(settings, _ending, *, demo, crowd, practice):
        asked.append((settings, demo))

    monkeypatch.setattr("signaling.app.run", run)
    return asked


def test_the_demo_keeps_its_data_apart_from_a_sites(served, monkeypatch):
    monkeypatch.delenv("BALCAO_DATA_DIR")
    assert main(["demo"]) == 0
    assert main(["serve"]) == 0
    [(demo, is_demo), (site, is_site_demo)] = served
    assert (is_demo, is_site_demo) == (True, False)
    assert demo.data_dir.is_relative_to(site.data_dir)
    assert demo.data_dir != site.data_dir


def test_the_port_of_the_command_line_wins(served, monkeypatch):
    monkeypatch.setenv("BALCAO_PORT", "9000")
    main(["serve", "--port", "9001"])
    assert served[0][0].port == 9001


def test_nothing_but_loopback_is_listened_to_unless_asked_for(served):
    main(["serve"])
    main(["demo"])
    assert [settings.host for settings, _ in served] == ["127.0.0.1", "127.0.0.1"]


def test_lan_serves_every_address_over_tls_and_draws_the_way_in(served, monkeypatch, capsys, folder):
    monkeypatch.setattr("signaling.__main__.lan_address", lambda: IPv4Address("192.168.0.7"))
    main(["demo", "--lan", "--port", "9001"])
    settings = served[0][0]
    assert settings.host == "0.0.0.0"
    assert settings.public_url == "https://192.168.0.7:9001"
    assert settings.tls_cert is not None
    assert settings.tls_cert.is_relative_to(folder / "data")
    said = capsys.readouterr().out
    assert "https://192.168.0.7:9001" in said
    assert "█" in said


def test_sigterm_lets_people_go_first(monkeypatch):
    ended = []

    async def run(_settings, ending, *, demo, crowd, practice):
        os.kill(os.getpid(), signal.SIGTERM)
        await ending.wait()
        await asyncio.to_thread(ended.append, demo)

    monkeypatch.setattr("signaling.app.run", run)
    assert main(["serve"]) == 0
    assert ended == [False]


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_an_impatient_signal_ends_the_server_in_its_own_order_once(monkeypatch, told):
    ended = []

    async def run(_settings, ending, *, demo, crowd, practice):
        if told is signal.SIGTERM:
            os.kill(os.getpid(), told)
            await ending.wait()
        os.kill(os.getpid(), told)
        try:
            await asyncio.Event().wait()
        finally:
            os.kill(os.getpid(), told)  # an impatient second one
            await asyncio.to_thread(ended.append, demo)

    monkeypatch.setattr("signaling.app.run", run)
    assert main(["serve"]) == 0
    assert ended == [False]


def test_a_misspelt_variable_is_told_with_the_one_it_seems_to_be(monkeypatch, capsys):
    monkeypatch.setenv("BALCAO_TURN_URL", "turn:turn.exemplo")
    monkeypatch.setenv("BALCAO_PORT", "oitenta")  # so that nothing is served here
    main(["serve"])
    assert "BALCAO_TURN_URL não existe: seria BALCAO_TURN_URLS?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"turn_urls": ("turn:turn.exemplo",)}, "BALCAO_TURN_SECRET"),
        ({"tls_cert": Path("cert.pem")}, "BALCAO_TLS_KEY"),
        ({"media_policy": "relay_staff"}, "BALCAO_TURN_URLS"),
        ({"public_url": "balcao.exemplo.jus.br"}, "BALCAO_PUBLIC_URL"),
    ],
)
def test_halves_of_a_setting_are_refused(given, sentence):
    with pytest.raises(StartupError, match=sentence):
        read_settings(**given)


def test_the_clerk_is_relayed_where_there_is_turn_unless_chosen_otherwise():
    turn = {"turn_urls": ("turn:turn.exemplo",), "turn_secret": "x" * 32}
    assert not read_settings().relays_staff
    assert read_settings(**turn).relays_staff
    assert not read_settings(**turn, media_policy="direct").relays_staff


def test_lists_and_networks_are_written_with_commas(monkeypatch):
    monkeypatch.setenv("BALCAO_STUN_URLS", "stun:a.exemplo, stun:b.exemplo,")
    monkeypatch.setenv("BALCAO_TRUSTED_PROXIES", "10.0.0.0/8,::1/128")
    settings = read_settings()
    assert settings.stun_urls == ("stun:a.exemplo", "stun:b.exemplo")
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8", "::1/128"]


def test_an_empty_variable_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("BALCAO_REDIS_URL", "")
    assert read_settings().redis_url is None
