"""Local parameters and targets: dated, owned, by two people where something was published."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest

from goldenthread.settings import Settings, defaults
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.figures import target_services
from goldenthread_web.figures.models import Target
from goldenthread_web.figures.targets import in_force
from goldenthread_web.parameters import services
from goldenthread_web.parameters.catalogue import NOT_HERE, parameters
from goldenthread_web.parameters.models import ParameterChange
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person
from tests.web.deliveries import a_place

pytestmark = pytest.mark.django_db
WHY = "Agreed by the improvement board."


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    found = a_place(settings, tmp_path)
    (found / "store").mkdir()
    (found / "store" / "settings.toml").write_text(
        '# What we agreed\n[parameters]\n# with the board\nicpc_limit_wd = 12\n\n[authority]\ncode = "991"\n',
        "utf-8",
    )
    return found


def published(monkeypatch, *refs):
    for where in (services, target_services):
        monkeypatch.setattr(where, "standing", lambda: (frozenset(refs), []))


def kept(place) -> dict:
    return tomllib.loads((place / "store" / "settings.toml").read_text("utf-8"))


def test_every_parameter_has_a_kind_and_words_and_a_default_that_its_kind_can_show():
    for name, parameter in parameters().items():
        assert parameter.words and parameter.kind in ("switch", "number", "decimal", "choice", "list", "text")
        if parameter.kind == "choice":
            assert parameter.default in parameter.choices, name
    assert {name for name in parameters() if ":" not in name} == set(defaults()) - {"timeliness_basis"}


def test_values_are_said_with_their_unit_and_choices_in_words():
    def said(name, value):
        return parameters()[name].said(value)

    assert (said("cp_visit_interval_wd", 10), said("cp_visit_interval_wd", 1)) == (
        "10 working days",
        "1 working day",
    )
    assert said("months_convention", "days_91_183") == "91 and 183 days"
    assert said("timeliness_basis:AS-02", "due") == "those due in the period"
    assert (said("require_seen", False), said("oversight_target", 95)) == ("no", "95%")
    assert said("worker_change_populations", ["LAC", "CP"]) == (
        "looked after children, children on child protection plans"
    )


def test_a_change_of_what_was_never_published_counts_at_once_and_the_comments_stay(place):
    analyst = a_person("performance_analyst")
    change = services.propose_change("icpc_limit_wd", 14, because=WHY, by=analyst)
    assert (change.before, change.value, change.is_approved) == (12, 14, True)
    assert kept(place)["parameters"] == {"icpc_limit_wd": 14}
    text = (place / "store" / "settings.toml").read_text("utf-8")
    assert "# What we agreed" in text and "# with the board" in text
    assert Settings.read(place / "store" / "settings.toml").value("icpc_limit_wd") == 14
    assert list(Event.objects.values_list("what", "about_key")) == [
        ("parameter.proposed", "icpc_limit_wd"),
        ("parameter.changed", "icpc_limit_wd"),
    ]


def test_a_published_indicator_needs_a_second_person(place, monkeypatch):
    published(monkeypatch, "CP-03")
    analyst, head = a_person("performance_analyst"), a_person("head_of_service")
    change = services.propose_change("icpc_limit_wd", 14, because=WHY, by=analyst)
    assert change.is_approved is None and kept(place)["parameters"]["icpc_limit_wd"] == 12
    with pytest.raises(NotAllowed):
        services.decide_change(change, is_approved=True, by=analyst)
    services.decide_change(change, is_approved=True, by=head)
    assert kept(place)["parameters"]["icpc_limit_wd"] == 14
    with pytest.raises(Refused, match="decided before"):
        services.decide_change(change, is_approved=False, by=head)


def test_nobody_decides_on_their_own_and_a_refused_change_moves_nothing(place, monkeypatch):
    published(monkeypatch, "CP-03")
    head = a_person("head_of_service")
    change = services.propose_change("icpc_limit_wd", 14, because=WHY, by=head)
    with pytest.raises(Refused, match="Somebody else must decide"):
        services.decide_change(change, is_approved=True, by=head)
    services.decide_change(change, is_approved=False, by=a_person("director"))
    assert kept(place)["parameters"]["icpc_limit_wd"] == 12
    assert Event.objects.last().what == "parameter.refused"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("icpc_limit_wd", 12, "in force already"),
        ("nothing", 1, "changed in the settings file"),
        ("mandatory_courses", [], "changed in the settings file"),
        ("icpc_limit_wd", "twelve", "must be of the same kind"),
        ("timeliness_basis:CP-03", "sometimes", "completed or due"),
    ],
)
def test_what_is_refused(place, name, value, sentence):
    before = kept(place)
    with pytest.raises(Refused, match=sentence):
        services.propose_change(name, value, because=WHY, by=a_person("performance_analyst"))
    assert kept(place) == before and not ParameterChange.objects.exists()


def test_a_second_proposal_waits_for_the_first(monkeypatch):
    published(monkeypatch, "CP-03")
    analyst = a_person("performance_analyst")
    services.propose_change("icpc_limit_wd", 14, because=WHY, by=analyst)
    with pytest.raises(Refused, match="waits for a decision"):
        services.propose_change("icpc_limit_wd", 13, because=WHY, by=analyst)


def test_the_basis_of_one_indicator_is_a_parameter_too(place):
    services.propose_change("timeliness_basis:CP-03", "due", because=WHY, by=a_person("performance_analyst"))
    assert kept(place)["timeliness_basis"] == {"CP-03": "due"}
    assert "CP-03" not in NOT_HERE


def a_target(by, **values) -> Target:
    given = {
        "value": Decimal(95), "tolerance": None, "stretch": None, "owner": "Head of service",
        "starts_on": date(2018, 1, 1), "because": WHY,
    }  # fmt: skip
    return target_services.propose_target("SO-01", by=by, **given | values)


def test_a_target_counts_from_its_day_and_is_ended_by_a_blank_one():
    analyst = a_person("performance_analyst")
    a_target(analyst)
    assert "SO-01" not in in_force(date(2017, 12, 31))
    assert in_force(date(2018, 1, 1))["SO-01"].value == 95
    a_target(analyst, value=None, starts_on=date(2018, 2, 1))
    assert in_force(date(2018, 1, 31))["SO-01"].value == 95 and "SO-01" not in in_force(date(2018, 2, 1))


def test_a_target_of_a_published_indicator_needs_two_people(monkeypatch):
    published(monkeypatch, "SO-01")
    head = a_person("head_of_service")
    target = a_target(head)
    assert "SO-01" not in in_force(date(2018, 1, 2))
    with pytest.raises(Refused, match="Somebody else must decide"):
        target_services.decide_target(target, is_approved=True, by=head)
    director = a_person("director")
    target_services.decide_target(target, is_approved=True, by=director)
    assert in_force(date(2018, 1, 2))["SO-01"].value == 95
    assert Event.objects.get(what="target.approved").by_id == director.pk
    with pytest.raises(Refused, match="decided before"):
        target_services.decide_target(target, is_approved=True, by=director)
