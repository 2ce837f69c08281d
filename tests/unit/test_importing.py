"""The import file is read whole, or refused with all there is to mend."""

import contextlib
import copy
import json
from datetime import date, time
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Staff
from rooms.model.hours import Hours, SpecialDay, Window
from rooms.model.unit import Court, Policy, Unit
from rooms.sql.directory import Site
from rooms.sql.importing import ImportRefusedError, read_site
from rooms.sql.json_lines import lines_of

FILE: dict[str, Any] = {
    "court": {
        "id": "tjmt",
        "name": "Tribunal de Justiça",
        "crest": "brasao.svg",
        "colour": "#0a5c56",
        "ombudsman": "https://ouvidoria.example/fale",
        "hosts": ["balcao.example"],
    },
    "units": [
        {
            "id": "civel-1",
            "name": "1ª Vara Cível",
            "comarca": "Cuiabá",
            "letters": "CV1",
            "phone": "(65) 0000-0000",
            "email": "civel1@tribunal.example",
            "hours": {
                "zone": "America/Cuiaba",
                "week": {"mon": ["10:00-12:00", "13:30-24:00"], "fri": ["00:00-24:00"]},
                "special_days": [
                    {"day": "2026-12-24", "windows": ["10:00-11:00"], "reason": "Véspera de Natal"},
                    {"day": "2026-12-30", "last_day": "2027-01-01", "reason": "Recesso"},
                ],
            },
            "policy": {"ring_s": 90},
        }
    ],
    "staff": [{"login": "ana", "name": "Ana Souza", "function": "analista", "units": ["civel-1"]}],
}


def test_a_whole_file_becomes_a_court():
    split = (Window(time(10), time(12)), Window(time(13, 30), None))
    recess = tuple(SpecialDay(day, (), "Recesso") for day in (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)))
    eve = SpecialDay(date(2026, 12, 24), (Window(time(10), time(11)),), "Véspera de Natal")
    hours = Hours("America/Cuiaba", (split, (), (), (), (Window(time(0), None),), (), ()), (eve, *recess))
    assert read_site(json.dumps(FILE)) == Site(
        Court(
            CourtId("tjmt"),
            "Tribunal de Justiça",
            "brasao.svg",
            "#0A5C56",
            "https://ouvidoria.example/fale",
            ("balcao.example",),
        ),
        (
            Unit(
                UnitId("civel-1"),
                "1ª Vara Cível",
                "Cuiabá",
                "CV1",
                "(65) 0000-0000",
                "civel1@tribunal.example",
                hours,
                Policy(ring_s=90),
            ),
        ),
        (Staff(AttendantId("ana"), "Ana Souza", "analista", (UnitId("civel-1"),), attends=True, supervises=False),),
    )


def test_only_the_courts_name_and_one_unit_are_needed():
    little = {"court": {"id": "tj", "name": "TJ"}, "units": [{**FILE["units"][0]}]}
    del little["units"][0]["policy"]
    site = read_site(json.dumps(little))
    assert site.court == Court(CourtId("tj"), "TJ", None, None, None)
    assert site.units[0].policy == Policy()
    assert site.staff == ()


def test_a_unit_may_keep_the_holidays_of_its_state():
    assert read_site(changed("units.0.hours.state", "MT")).units[0].hours.state == "MT"


def changed(path: str, value: Any) -> str:
    """The file with one value changed; `...` removes it."""
    said = copy.deepcopy(FILE)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = said
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(said, indent=2, ensure_ascii=False)


def refused(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ImportRefusedError) as error:
        read_site(text)
    return [(problem.line, problem.field, problem.sentence) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("path", "value", "field", "said"),
    [
        ("court.nome", "x", "court.nome", "não existe"),
        ("court.name", ..., "court.name", "falta"),
        ("court.name", " ", "court.name", "vazio"),
        ("court.name", "x" * 121, "court.name", "longo demais"),
        ("court.name", "Tribunal\0", "court.name", "imprimir"),
        ("units.0.email", "a\u0000b@t.example", "units[0].email", "imprimir"),
        ("units.0.name", "Vara \ud800", "units[0].name", "imprimir"),
        ("court.name", 3, "court.name", "entre aspas"),
        ("court.id", "TJ MT", "court.id", "letras minúsculas"),
        ("court.colour", "verde", "court.colour", "#0A5C56"),
        ("court.colour", "#FFC21F", "court.colour", "contraste 1,5"),
        ("court.colour", "#6A7772", "court.colour", "contraste 4,2"),
        ("court.ombudsman", "http://x.example", "court.ombudsman", "https://"),
        ("court.crest", "../../etc/x.svg", "court.crest", "pasta de dados"),
        ("court.crest", "/brasao.svg", "court.crest", "pasta de dados"),
        ("court.crest", "brasao.exe", "court.crest", "svg, png ou webp"),
        ("units", [], "units", "vazia"),
        ("units", {}, "units", "entre colchetes"),
        ("units.0", "x", "units[0]", "entre chaves"),
        ("units.0.id", "civel_1", "units[0].id", "hífens"),
        ("units.0.letters", "cv1", "units[0].letters", "CV1"),
        ("units.0.phone", "ligue", "units[0].phone", "DDD"),
        ("units.0.email", "civel1", "units[0].email", "e-mail completo"),
        ("units.0.hours.state", "mt", "units[0].hours.state", "sigla do estado"),
        ("units.0.hours.state", "ZZ", "units[0].hours.state", "sigla do estado"),
        ("units.0.hours.zone", "Cuiaba", "units[0].hours.zone", "America/Cuiaba"),
        ("units.0.hours.week.seg", [], "units[0].hours.week.seg", "não existe"),
        ("units.0.hours.week.mon", ["10h-12h"], "units[0].hours.week.mon[0]", "12:00-18:00"),
        ("units.0.hours.week.mon", ["10:00"], "units[0].hours.week.mon[0]", "12:00-18:00"),
        ("units.0.hours.week.mon", ["1:00-12:00"], "units[0].hours.week.mon[0]", "12:00-18:00"),
        ("units.0.hours.week.mon", ["10:00-25:00"], "units[0].hours.week.mon[0]", "12:00-18:00"),
        ("units.0.hours.week.mon", ["12:00-10:00"], "units[0].hours.week.mon", "sem se cruzar"),
        ("units.0.hours.week.mon", ["10:00-12:00", "11:00-13:00"], "units[0].hours.week.mon", "sem se cruzar"),
        ("units.0.hours.special_days.0.day", "24/12/2026", "units[0].hours.special_days[0].day", "2026-12-20"),
        ("units.0.hours.special_days.0.day", "2026-02-30", "units[0].hours.special_days[0].day", "2026-12-20"),
        ("units.0.hours.special_days.0.day", 20261220, "units[0].hours.special_days[0].day", "2026-12-20"),
        ("units.0.hours.special_days.0.reason", ..., "units[0].hours.special_days[0].reason", "falta"),
        ("units.0.hours.special_days.0.day", "2026-12-31", "units[0].hours.special_days[1].day", "31/12/2026"),
        ("units.0.hours.special_days.1.last_day", "2026-12-29", "units[0].hours.special_days[1].last_day", "depois"),
        ("units.0.hours.special_days.1.last_day", "2036-12-29", "units[0].hours.special_days[1].last_day", "um ano"),
        ("units.0.policy.ring", 60, "units[0].policy", "ring não existe"),
        ("units.0.policy.ring_s", 0, "units[0].policy.ring_s", "de 1 a 86400"),
        ("units.0.policy.order", "fifo", "units[0].policy.order", "strict, ratio, head_start, dedicated"),
        ("units.0.policy.order", 2, "units[0].policy.order", "entre aspas"),
        ("units.0.policy.order", "dedicated", "units[0].policy", "um login em dedicated"),
        ("units.0.policy.dedicated", "ana", "units[0].policy.dedicated", "entre colchetes"),
        ("units.0.policy.dedicated", ["Ana Souza"], "units[0].policy.dedicated[0]", "minúsculas"),
        ("units.0.policy.ring_s", "60", "units[0].policy.ring_s", "sem aspas"),
        ("staff.0.login", "Ana", "staff[0].login", "letras minúsculas"),
        ("staff.0.units", ["civel-2"], "staff[0].units[0]", "civel-2"),
        ("staff.0.units", [], "staff[0]", "pelo menos uma unidade"),
        ("staff.0.units", ["civel-1", "civel-1"], "staff[0].units[1]", "duas vezes"),
        ("staff.0.attends", False, "staff[0]", "supervisiona"),
        ("staff.0.attends", "sim", "staff[0].attends", "true ou false"),
        ("staff.0.password", "x", "staff[0].password", "não existe"),
    ],
)
def test_one_wrong_value_is_one_problem_at_its_field(path: str, value: Any, field: str, said: str):
    text = changed(path, value)
    ((line, at, sentence),) = refused(text)
    assert at == field
    assert said in sentence
    assert 1 <= line <= text.count("\n") + 1


def test_everything_wrong_is_said_at_once_each_with_its_line():
    text = changed("units.0.phone", "ligue").replace('"name": "Ana Souza"', '"nome": "Ana Souza"')
    lines = text.splitlines()
    problems = refused(text)
    assert [field for _, field, _ in problems] == ["units[0].phone", "staff[0].name", "staff[0].nome"]
    assert '"phone"' in lines[problems[0][0] - 1]
    assert lines[problems[1][0] - 1].strip() == "{", "what is missing is missing from its object"
    assert '"nome"' in lines[problems[2][0] - 1]


@pytest.mark.parametrize(("part", "field"), [("id", "id"), ("letters", "letters")])
def test_two_units_cannot_share_a_link_or_the_letters_of_their_tickets(part: str, field: str):
    said = copy.deepcopy(FILE)
    said["units"].append({**said["units"][0], "id": "civel-2", "letters": "CV2", part: said["units"][0][part]})
    assert [at for _, at, _ in refused(json.dumps(said))] == [f"units[0].{field}", f"units[1].{field}"]


def test_two_people_cannot_share_a_login():
    said = copy.deepcopy(FILE)
    said["staff"] *= 2
    assert [at for _, at, _ in refused(json.dumps(said))] == ["staff[0].login", "staff[1].login"]


def test_what_is_no_json_is_said_with_its_line():
    ((line, field, sentence),) = refused('{\n "court": {\n')
    assert (line, field) == (3, "")
    assert "JSON" in sentence
    assert refused('{\n"court": {\n"id": "a",\n"id": "b"\n}}') == [
        (4, "court.id", "este campo já apareceu antes, no mesmo objeto")
    ]
    assert [field for _, field, _ in refused("[]")] == [""]


def test_the_documents_example_is_a_file_that_can_be_imported():
    manual = (Path(__file__).parents[2] / "docs" / "importacao.md").read_text(encoding="utf-8")
    examples = [part.split("```")[0] for part in manual.split("```json\n")[1:]]
    site = read_site(examples[0])
    assert site.units
    assert site.staff


def test_the_document_names_every_rule_of_a_policy():
    manual = (Path(__file__).parents[2] / "docs" / "importacao.md").read_text(encoding="utf-8")
    for name in Policy.__dataclass_fields__:
        assert f"`{name}`" in manual, name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_read_or_refused_never_a_crash(said: Any):
    with pytest.raises(ImportRefusedError):
        read_site(json.dumps(said))


def paths(value: Any, path: str = "") -> list[str]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [each for key, below in inner for each in paths(below, f"{path}.{key}")]
    return [path.removeprefix("."), *found] if path else found


@given(st.sampled_from(paths(FILE)), JSON)
def test_whatever_stands_in_any_field_is_taken_or_refused_in_portuguese(path: str, value: Any):
    """Each refusal has a sentence of ours: pydantic's own English would be a KeyError."""
    with contextlib.suppress(ImportRefusedError):
        assert read_site(changed(path, value)).units


@given(JSON)
def test_every_value_of_any_json_has_the_line_it_stands_on(said: Any):
    """One value or key a line (`indent`), so that lines can be counted by walking the value."""
    text = json.dumps(said, indent=1)
    found = lines_of(text)
    line = 0

    def walk(value: Any, path: tuple[str | int, ...]) -> None:
        nonlocal line
        line += 1
        assert found[path] == line, path
        if isinstance(value, dict) and value:
            for key, inner in value.items():
                walk(inner, (*path, key))
            line += 1
        elif isinstance(value, list) and value:
            for place, inner in enumerate(value):
                walk(inner, (*path, place))
            line += 1

    walk(said, ())


def test_the_demos_file_is_an_import_file():
    assert len(read_site((files("rooms.sql.demo") / "tjmt.json").read_text(encoding="utf-8")).units) == 12
