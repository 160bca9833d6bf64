"""The demonstration's year of case audits: what its words are, and that it tells nothing without children."""

import re
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.roles import roles
from goldenthread_web.case_audits import demo_writing
from goldenthread_web.case_audits.models import AuditProgramme, CaseAudit
from goldenthread_web.standards.domains import domains, impact
from goldenthread_web.worklist.free_text import warnings_about
from tests.web.builders import a_person, a_unit
from tests.web.sampling_builders import a_council

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    """The demonstration's accounts, in a unit that no child of these tests is in."""
    units = {
        "team": a_unit("Assessment 9", service="Assessment"),
        "service": a_unit("Assessment", kind="service"),
    }
    for code, role in roles().items():
        unit = units.get(role.reach.value)
        a_person(code, email=f"{code.replace('_', '-')}@{DOMAIN}", **({"unit": unit} if unit else {}))


def every_text(said):
    if isinstance(said, str):
        yield said
    for inner in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from every_text(inner)


def test_its_words_are_about_nobody():
    said = demo_writing.told()
    assert set(said["texts"]["seen"]) == {*domains(), impact().code}
    for text in every_text(said):
        assert not warnings_about(text), text
        assert not re.search(r"\b(Mr|Mrs|Ms|Miss|Dr)\b\.?", text), text


def test_its_rounds_are_of_its_programmes_in_order():
    said = demo_writing.told()
    programmes = {one["code"]: one for one in said["programmes"]}
    days = [one["on"] for one in said["rounds"]]
    assert days == sorted(days) and all(one["programme"] in programmes for one in said["rounds"])
    assert all(set(one["judged"]) <= set("OGRIP:") for one in said["rounds"])
    asked = [len(one["judged"]) for one in said["rounds"]]
    assert 70 <= sum(asked) + len(said["asked"]) <= 100
    for one in said["rounds"]:
        assert len(one["judged"]) == programmes[one["programme"]]["size"], one
        assert programmes[one["programme"]]["starts_on"] <= one["on"]
    rounds = {(one["programme"], one["on"]) for one in said["rounds"]}
    assert all((one["programme"], one["on"]) in rounds for one in said["concerns"])


def test_grades_get_better():
    rounds = demo_writing.told()["rounds"]
    year = Counter("".join(one["judged"] for one in rounds if one["on"] < date(2017, 8, 1)))
    later = Counter("".join(one["judged"] for one in rounds if one["on"] >= date(2017, 11, 1)))
    weak = [found["I"] / sum(found[letter] for letter in "OGRIP") for found in (year, later)]
    good = [(found["G"] + found["O"]) / sum(found[letter] for letter in "OGRIP") for found in (year, later)]
    assert weak[0] > 0.45 > 0.15 > weak[1] and good[0] < 0.1 < 0.25 < good[1]


def test_without_children_there_is_nothing_to_tell(people, capsys):
    call_command("make_demo_case_audits")
    assert "Nothing is loaded" in capsys.readouterr().out
    assert not AuditProgramme.objects.exists()


def test_a_year_is_told(people, settings, tmp_path, capsys):
    a_council(settings, tmp_path)
    call_command("make_demo_standards")
    call_command("make_demo_case_audits")
    said = capsys.readouterr().out
    assert "4 programmes" in said and "found nobody" in said  # thirty children are few
    found = CaseAudit.objects.all()
    assert found.count() > 20 and found.filter(state="completed").count() > 15
    assert {one.state for one in found} >= {"completed", "under_way"}
    assert found.filter(kind="supervision_file", reference="").count() == 2
    assert all(one.completed_on <= date(2018, 1, 2) for one in found.filter(state="completed"))
    call_command("make_demo_case_audits")
    assert "There are case audits already" in capsys.readouterr().out
