"""Figures are worked out beside the set in force, once, and put in force whole; each write is an Event."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from goldenthread.figures.publication import Asked, publish
from goldenthread.figures.work_out import figures
from goldenthread.periods import Every, Period, periods
from goldenthread.settings import Settings
from goldenthread.store import Store
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.services import make_demo_account
from goldenthread_web.figures import services, set_services
from goldenthread_web.figures.annotations import owner_of
from goldenthread_web.figures.card import current_set
from goldenthread_web.figures.lines import MONTH, ROLLING
from goldenthread_web.figures.models import Annotation, Caveats, FigureLine, Neighbours, Target, WorkedOut
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person
from tests.web.deliveries import AS_AT, a_load, a_place
from tests.web.figure_sets import a_set, over_two_years

pytestmark = pytest.mark.django_db

CONTACTS = """contact_id,child_id,received_at,source,decided_at,outcome,team,worker_id
k1,c1,2017-12-04T10:00,5A,2017-12-04T15:00,referral,FSP 1,w1
k2,c2,2017-12-05T10:00,5A,2017-12-11T15:00,nfa,FSP 1,w1
k3,c3,2017-11-06T10:00,5A,2017-11-06T15:00,nfa,FSP 2,w2
k4,c4,2017-10-06T10:00,5A,,,FSP 2,w2
"""
CHILDREN = "child_id,born_on,sex\n" + "".join(f"c{n},2010-05-0{n},F\n" for n in range(1, 5))


@pytest.fixture
def load(settings, tmp_path):
    return a_load(a_place(settings, tmp_path), children=CHILDREN, contacts=CONTACTS)


def as_the_library_says(place, **by):
    """FD-02 as the command line works it out."""
    store = Store.open(place / "store")
    months = periods(as_at_on=AS_AT, every=Every.MONTH, starts_on=date(2015, 1, 1), ends_on=AS_AT)
    return {
        (tuple(one.breakdown.values()), one.period.starts_on): (one.numerator, one.denominator, one.value)
        for one in figures(store, months, Settings(), refs=["FD-02"], **by)
    }


def test_figures_are_those_of_the_command_line(load, tmp_path):
    made = set_services.take_over_figures(load)
    kept = made.figure_lines.filter(ref="FD-02", every=MONTH)
    for by in ("", "team"):
        found = {
            ((one.breakdown_value,) if by else (), one.period_start): (
                one.numerator,
                one.denominator,
                one.value,
            )
            for one in kept.filter(breakdown=by)
        }
        assert found == as_the_library_says(tmp_path, by=[by] if by else [])
    assert len(kept.filter(breakdown="")) == 36
    year = made.figure_lines.get(ref="FD-02", every=ROLLING, breakdown="sex", breakdown_value="F")
    assert (year.numerator, year.denominator) == (2, 4)


def test_whatever_a_member_may_see_was_judged_and_small_numbers_are_hidden(load):
    made = set_services.take_over_figures(load)
    judged = made.figure_lines.exclude(hidden=None)
    assert not judged.filter(every=MONTH, ref="FD-02").exclude(breakdown="").exists()
    year = judged.get(ref="FD-02", every=ROLLING, breakdown="")
    assert "numerator" in year.hidden and "value" in year.hidden


def test_a_take_over_is_an_event_and_is_not_done_twice(load):
    made = set_services.take_over_figures(load)
    event = Event.objects.get(what="figures.put_in_force")
    assert event.changes == {"load": load.folder.name, "lines": made.lines} and event.by_id is None
    assert made.lines == FigureLine.objects.count()
    assert Caveats.objects.filter(worked_out=made, ref="FD-02").count() <= 1
    assert set_services.take_over_figures(load).pk == made.pk
    assert Event.objects.filter(what="figures.put_in_force").count() == 1
    assert WorkedOut.objects.count() == 1


def test_other_settings_give_another_set_and_the_old_one_keeps_its_values(load, tmp_path):
    first = set_services.take_over_figures(load)
    path = tmp_path / "store" / "settings.toml"
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(before + "\n[parameters]\ncontact_decision_wd = 5\n", "utf-8")
    second = set_services.take_over_figures(load)
    first.refresh_from_db()
    assert (first.state, second.state) == ("earlier", "current")
    asked = {"ref": "FD-02", "every": MONTH, "breakdown": "", "period_start": date(2017, 12, 1)}
    assert first.figure_lines.get(**asked).value == Decimal("50.0")
    assert second.figure_lines.get(**asked).value == Decimal("100.0")
    assert first.settings["contact_decision_wd"] == 1
    path.write_text(before, "utf-8")
    assert set_services.take_over_figures(load).pk == first.pk  # it is there already: one switch
    assert current_set().worked_out.pk == first.pk


def test_what_was_published_otherwise_is_told_beside_the_indicator(load, tmp_path):
    december = Period(date(2017, 12, 1), AS_AT, AS_AT)
    (then,) = figures(Store.open(tmp_path / "store"), [december], Settings(), refs=["FD-02"])
    then = replace(then, numerator=Decimal(2), value=Decimal(100))
    asked = Asked(on=AS_AT, indicators=("FD-02",))
    publish(tmp_path / "store", "Board", [then], asked, Settings(), [load])
    made = set_services.take_over_figures(load)
    (told,) = Caveats.objects.get(worked_out=made, ref="FD-02").restatements
    assert told["published"] == {"numerator": "2", "denominator": "2", "value": "100"}
    assert told["present"]["value"] == "50.0" and told["is_flagged"] and told["publication"] == "Board"


def test_what_a_killed_worker_left_is_begun_again(load):
    made = set_services.take_over_figures(load)
    lines = made.lines
    WorkedOut.objects.filter(pk=made.pk).update(state="working", finished_at=None)
    again = set_services.take_over_figures(load)
    assert again.pk != made.pk and again.lines == lines == FigureLine.objects.count()


def test_groups_of_sets_long_out_of_force_go_and_the_whole_stays(load):
    old = [
        a_set(
            [*over_two_years("FD-02", [80]), *over_two_years("FD-02", [80], breakdown={"team": "FSP 1"})],
            state="earlier",
            in_force_at=f"2017-12-0{day}T09:00Z",
        )
        for day in range(1, 5)
    ]
    set_services.take_over_figures(load)
    kept = [list(one.figure_lines.values_list("breakdown", flat=True)) for one in old]
    assert kept == [[""], [""], ["", "team"], ["", "team"]]


def test_a_note_on_a_chart_is_an_event_without_its_words():
    by = a_person("performance_analyst")
    made = services.annotate("FD-02", on=date(2017, 9, 1), kind="visit", text=" A visit ", by=by)
    event = Event.objects.get(what="annotation.entered")
    assert event.changes == {"kind": "visit", "on": "2017-09-01", "ref": "FD-02"}
    assert (made.text, made.ref, event.by_id) == ("A visit", "FD-02", by.pk)
    everywhere = services.annotate(
        "FD-02", on=date(2017, 9, 1), kind="team", text="B", everywhere=True, by=by
    )
    assert everywhere.ref == ""


def test_a_note_is_taken_off_once_and_stays_in_the_record():
    by = a_person("director")
    made = services.annotate("FD-02", on=date(2017, 9, 1), kind="visit", text="A visit", by=by)
    services.withdraw(made, by=by)
    assert Event.objects.get(what="annotation.withdrawn").about_key == str(made.pk)
    assert Annotation.objects.get().withdrawn_by == by
    with pytest.raises(Refused, match="taken off already"):
        services.withdraw(made, by=by)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"ref": "XX-99"}, "There is no indicator XX-99"), ({"on": date(2018, 2, 1)}, "still to come")],
)
def test_notes_that_are_refused(changed, sentence):
    given = {"ref": "FD-02", "on": date(2017, 9, 1), "kind": "visit", "text": "x"} | changed
    with pytest.raises(Refused, match=sentence):
        services.annotate(**given, by=a_person("director"))


def test_neighbours_are_chosen_from_a_day_on():
    by = a_person("head_of_service")
    services.choose_neighbours(["Tameside", "Tameside"], starts_on=date(2017, 4, 1), by=by)
    assert Neighbours.objects.get().areas == ["Tameside"]
    assert Event.objects.get(what="neighbours.chosen").changes == {"areas": 1, "from": "2017-04-01"}
    with pytest.raises(Refused, match="no published figures of Atlantis"):
        services.choose_neighbours(["Atlantis"], starts_on=date(2017, 4, 1), by=by)


def test_a_post_answers_for_an_indicator_from_a_day_on():
    by = a_person("performance_analyst")
    services.name_owner("FD-02", post="Head of service", starts_on=date(2017, 4, 1), by=by)
    services.name_owner("FD-02", post=" Director ", starts_on=date(2017, 9, 1), by=by)
    services.name_owner("FD-02", post="Nobody yet", starts_on=date(2018, 4, 1), by=by)
    assert owner_of("FD-02") == "Director" and owner_of("FD-01") == ""
    named = Event.objects.filter(what="owner.named").order_by("id").first()
    assert (named.about_key, named.changes) == ("FD-02", {"from": "2017-04-01"})
    with pytest.raises(Refused, match="There is no indicator XX-99"):
        services.name_owner("XX-99", post="Director", starts_on=date(2017, 4, 1), by=by)


def test_the_demonstration_has_targets_owners_notes_and_neighbours_once():
    make_demo_account(
        email="performance-analyst@demo.example",
        title="Performance analyst",
        role="performance_analyst",
        unit=None,
        worker_id="",
        ends_on=None,
        by=None,
    )
    for _ in range(2):
        call_command("make_demo_choices", stdout=StringIO())
    assert Target.objects.filter(ref="SO-01", value=95, is_approved=True).count() == 1
    assert owner_of("SO-01") == "Head of service"
    assert Annotation.objects.filter(ref="").count() == 4 and Neighbours.objects.count() == 1


def test_where_there_is_no_demonstration_nothing_is_chosen():
    with pytest.raises(Refused, match="no demonstration here"):
        call_command("make_demo_choices")


def test_who_may_not_propose_targets_writes_nothing():
    by = a_person("board_member")
    with pytest.raises(NotAllowed):
        services.name_owner("FD-02", post="Director", starts_on=date(2017, 4, 1), by=by)
    with pytest.raises(NotAllowed):
        services.annotate("FD-02", on=date(2017, 9, 1), kind="visit", text="x", by=by)
    with pytest.raises(NotAllowed):
        services.choose_neighbours([], starts_on=date(2017, 4, 1), by=by)
    assert not Annotation.objects.exists() and not Neighbours.objects.exists()
