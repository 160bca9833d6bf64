"""Who is behind a number: reasons, reach, files; what is written is an Event."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import NoChildren, NotAllowed, Refused
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.behind import rows, services
from goldenthread_web.behind.files import workbook
from goldenthread_web.behind.models import Export, Reveal
from goldenthread_web.behind.rows import Filters
from goldenthread_web.config.clock import now
from goldenthread_web.trail.models import Event, Seen
from tests.web.builders import a_person, a_unit
from tests.web.deliveries import a_load, a_place

pytestmark = pytest.mark.django_db

CONTACTS = """contact_id,child_id,received_at,source,decided_at,outcome,team,worker_id
k1,c1,2017-12-04T10:00,5A,2017-12-04T15:00,referral,FSP 1,w1
k2,c2,2017-12-05T10:00,5A,2017-12-11T15:00,nfa,FSP 1,w1
k3,c3,2017-12-06T10:00,5A,2017-12-06T15:00,nfa,FSP 1,w2
k4,c4,2017-12-06T10:00,5A,2017-12-20T15:00,nfa,AI NE,w3
k5,c1,2017-11-06T10:00,5A,2017-11-06T15:00,nfa,FSP 1,w1
"""
DECEMBER = {"starts_on": date(2017, 12, 1), "ends_on": date(2017, 12, 31)}


@pytest.fixture
def loaded(settings, tmp_path):
    place = a_place(settings, tmp_path)
    children = "child_id,born_on\n" + "".join(f"c{n},2010-05-0{n}\n" for n in range(1, 5))
    a_load(place, children=children, contacts=CONTACTS)
    a_unit("AI NE")
    return place


def reveal(by, *, ref="FD-02", part="", team="", reason="working_through", **period) -> Reveal:
    return services.reveal_children(ref, part=part, team=team, reason=reason, by=by, **{**DECEMBER, **period})


def test_a_reveal_is_an_event_with_its_reason():
    person = a_person("team_manager")
    made = reveal(person, reason="supervision")
    event = Event.objects.get(what="children.revealed")
    assert (event.by_id, event.by_role, event.reason) == (person.pk, "team_manager", "supervision")
    assert (event.about_kind, event.about_key) == ("figure", "FD-02")
    assert event.changes == {"from": "2017-12-01", "to": "2017-12-31", "reveal": made.pk}
    assert made.until - made.at == services.LASTS


@pytest.mark.parametrize("role", ["board_member", "elected_member", "social_worker", "administrator"])
def test_who_may_not_see_children_behind_figures_gets_none(role):
    with pytest.raises(NotAllowed):
        reveal(a_person(role))
    assert not Reveal.objects.exists()


def test_a_role_without_reach_has_no_scope_whatever_its_permissions():
    with pytest.raises(NoChildren):
        child_scope(a_person("programme_manager"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ref": "XX-99"}, "There is no indicator XX-99."),
        ({"reason": "curiosity"}, "Choose why you need to see the children."),
        ({"starts_on": date(2018, 1, 1)}, "The period ends before it begins."),
    ],
)
def test_what_is_refused(changed, sentence):
    with pytest.raises(Refused, match=sentence):
        reveal(a_person("team_manager"), **changed)


def test_the_rows_are_those_of_the_figure_and_only_those_in_reach_are_shown(loaded):
    person = a_person("team_manager", unit=a_unit("FSP 1"))
    found = rows.behind(reveal(person), child_scope(person), Filters())
    assert (found.numerator, found.denominator, found.unknown) == (Decimal(2), Decimal(4), 0)
    assert [row["child_id"] for row in found.rows.to_pylist()] == ["c2", "c1", "c3"]
    assert found.not_in_reach == 1


def test_a_head_of_service_sees_every_row_and_the_list_adds_up_to_the_figure(loaded):
    person = a_person("head_of_service")
    found = rows.behind(reveal(person), child_scope(person), Filters())
    lines = rows.as_rows("CP-09", found.rows, child_scope(person), person)
    assert sum(line.is_in_numerator for line in lines) == found.numerator
    assert sum(line.is_counted for line in lines) == found.denominator


@pytest.mark.parametrize(
    ("filters", "children"),
    [
        (Filters(show="not_met"), ["c4", "c2"]),
        (Filters(team="AI NE"), ["c4"]),
        (Filters(worker="w2"), ["c3"]),
        (Filters(find="c1"), ["c1"]),
        (Filters(status="in_time", sort="child"), ["c1", "c3"]),
    ],
)
def test_filters(loaded, filters, children):
    person = a_person("head_of_service")
    found = rows.behind(reveal(person), child_scope(person), filters)
    assert [row["child_id"] for row in found.rows.to_pylist()] == children


def test_a_figure_that_cannot_be_worked_out_says_what_it_needs(loaded):
    person = a_person("head_of_service")
    with pytest.raises(Refused, match="CP-09 cannot be worked out: .*needs"):
        rows.behind(reveal(person, ref="CP-09"), child_scope(person), Filters())


def an_export(by, number=3, **values) -> Export:
    made = services.ask_for_export(reveal(by), kind="csv", filters=Filters(), rows=number, by=by)
    for name, value in values.items():
        setattr(made, name, value)
    if values:
        made.save()
    return made


def test_a_short_list_is_taken_alone_and_once_and_every_child_in_it_is_recorded():
    person = a_person("team_manager")
    made = an_export(person)
    children = {reference("c1"), reference("c2")}
    services.take_export(made, rows=3, children=children, by=person)
    event = Event.objects.get(what="children.exported")
    assert set(Seen.objects.filter(event_id=event.pk).values_list("reference", flat=True)) == children
    assert event.changes == {"export": made.pk, "rows": 3, "kind": "csv"}
    with pytest.raises(Refused, match="taken before"):
        services.take_export(made, rows=3, children=children, by=person)


def test_a_long_list_needs_somebody_else():
    person = a_person("head_of_service")
    made = an_export(person, services.ALONE + 1)
    with pytest.raises(Refused, match="needs somebody else's approval"):
        services.take_export(made, rows=201, children=(), by=person)
    with pytest.raises(Refused, match="Somebody else must approve"):
        services.decide_export(made, is_approved=True, by=person)
    with pytest.raises(NotAllowed):
        services.decide_export(made, is_approved=True, by=a_person("team_manager"))
    director = a_person("director")
    services.decide_export(made, is_approved=True, by=director)
    assert Event.objects.get(what="export.approved").by_id == director.pk
    services.take_export(made, rows=201, children=(), by=person)
    assert made.taken_at is not None


def test_a_list_of_exactly_the_limit_is_taken_alone():
    assert not an_export(a_person("team_manager"), services.ALONE).needs_second_person


@pytest.mark.parametrize(
    ("values", "number", "sentence"),
    [
        ({"is_approved": False}, 201, "needs somebody else's approval"),
        ({"is_approved": True, "decided_at": now() - timedelta(hours=25)}, 201, "more than a day old"),
        ({"is_approved": True, "decided_at": now()}, 202, "has grown"),
    ],
)
def test_an_approval_is_for_this_list_and_for_today(values, number, sentence):
    person = a_person("head_of_service")
    made = an_export(person, 201, decided_by=a_person("director"), **values)
    with pytest.raises(Refused, match=sentence):
        services.take_export(made, rows=number, children=(), by=person)


def test_nobody_takes_what_another_asked_for():
    made = an_export(a_person("team_manager"))
    with pytest.raises(Refused, match="Only the person who asked"):
        services.take_export(made, rows=3, children=(), by=a_person("team_manager"))
    with pytest.raises(Refused, match="Only the person who asked"):
        services.ask_for_export(
            made.reveal, kind="csv", filters=Filters(), rows=1, by=a_person("team_manager")
        )


def test_a_file_of_a_decision_made_twice_is_refused():
    made = an_export(a_person("head_of_service"), 201)
    services.decide_export(made, is_approved=False, by=a_person("director"))
    with pytest.raises(Refused, match="decided before"):
        services.decide_export(made, is_approved=True, by=a_person("director"))


def test_a_workbook_holds_values_and_nothing_else():
    content = workbook(["Child", "Why"], [["c1", "=1+1"], [None, True], ["\u200b@x", 3]], title="FD-02")
    book = openpyxl.load_workbook(BytesIO(content))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"]
    assert list(book.active.iter_rows(values_only=True)) == [
        ("Child", "Why"),
        ("c1", "'=1+1"),
        (None, "yes"),
        ("'\u200b@x", 3),
    ]
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    assert not book.defined_names
    assert book.properties.creator == "Golden Thread"
    assert book.properties.lastModifiedBy is None
    names = ZipFile(BytesIO(content)).namelist()
    assert not [name for name in names if "comment" in name or "pivot" in name or "external" in name]
