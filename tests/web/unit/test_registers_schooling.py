"""School and childcare on the registers: what a file must say, what takes whose place, what figures read."""

from datetime import date

import pytest

from goldenthread.records_writing import write_records
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.registers import queries, schooling_services, standard_rows
from goldenthread_web.registers.models import ChildcareTerm, SchoolMove, SchoolReturn
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db
HEAD = "child_id,term,ended_on,sessions_possible,sessions_missed,suspensions\n"
AUTUMN = HEAD + "C1,Autumn 2017,2017-12-20,140,14,0\nC2,Autumn 2017,20/12/2017,138,,\n\n"


@pytest.fixture
def keeper():
    return a_person("programme_manager")


def counted(by, **changes):
    said = {"term": "Autumn 2017", "counted_on": date(2017, 12, 20), "eligible_count": 400}
    return schooling_services.count_childcare(**(said | {"taking_up_count": 300} | changes), by=by)


def test_a_term_is_counted_and_counted_again(keeper):
    counted(keeper)
    counted(keeper, taking_up_count=310)
    assert ChildcareTerm.objects.get().taking_up_count == 310
    event = Event.objects.filter(what="childcare.counted").latest("id")
    assert event.changes == {"on": "2017-12-20", "of": 400, "taking": 310}
    refused = {
        "Name the term": {"term": " "},
        "lies ahead": {"counted_on": date(2018, 2, 1)},
        "at least one": {"eligible_count": 0, "taking_up_count": 0},
        "No more can take it up": {"taking_up_count": 401},
    }
    for words, change in refused.items():
        with pytest.raises(Refused, match=words):
            counted(keeper, **change)
    with pytest.raises(NotAllowed):
        counted(a_person("auditor"))


def test_a_file_takes_the_place_of_its_terms(keeper):
    assert schooling_services.take_returns(AUTUMN.encode(), by=keeper) == 2
    summer = HEAD + "C1,Summer 2017,2017-07-21,120,3,1\n"
    schooling_services.take_returns(summer.encode("utf-8-sig"), by=keeper)
    again = HEAD + "C1,Autumn 2017,2017-12-20,140,15,0\n"
    schooling_services.take_returns(again.encode(), by=keeper)
    assert queries.schooling().returns == (
        ("Autumn 2017", date(2017, 12, 20), 1),
        ("Summer 2017", date(2017, 7, 21), 1),
    )
    assert SchoolReturn.objects.get(term="Autumn 2017").sessions_missed == 15
    event = Event.objects.filter(what="school_returns.taken").latest("id")
    assert (event.about_key, event.changes) == ("virtual_school", {"rows": 1, "terms": 1})


def test_a_list_of_moves_takes_the_place_of_the_list(keeper):
    moves = "moved_on,child_id\n2017-11-06,C1\n2017-12-04,C1\n,C2\n"
    schooling_services.take_moves(b"child_id,moved_on\nC9,\n", by=keeper)
    assert schooling_services.take_moves(moves.encode(), by=keeper) == 3
    found = queries.schooling()
    assert (found.children, found.moves) == (2, 2)
    assert not SchoolMove.objects.filter(reference=reference("C9")).exists()
    assert Event.objects.filter(what="school_moves.taken").latest("id").changes == {"rows": 3}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("child_id,term\nC1,Autumn\n", "first line has no ended_on and no sessions_possible"),
        ("", "first line has no child_id"),
        (HEAD + ",,,,,\n", "no line under its first"),
        (HEAD + ",Autumn 2017,2017-12-20,1,1,1\n", "Line 2: child_id is blank"),
        (HEAD + "C1,,2017-12-20,1,1,1\n", "Line 2: term is blank"),
        (HEAD + "\nC1,Autumn 2017,December,1,1,1\n", "Line 3: ended_on is no day"),
        (HEAD + "C1,Autumn 2017,2017-12-20,-1,1,1\n", "Line 2: sessions_possible is no whole number"),
        (HEAD + "C1,Autumn 2017,2017-12-20,10,11,1\n", "Line 2: more sessions were missed"),
        (AUTUMN + "C1,Autumn 2017,2017-12-20,1,1,1\n", "stands in the file twice"),
    ],
)
def test_a_file_that_is_not_right_is_refused_whole_and_names_no_child(keeper, text, words):
    with pytest.raises(Refused, match=words) as refusal:
        schooling_services.take_returns(text.encode(), by=keeper)
    assert "C1" not in str(refusal.value)
    assert not SchoolReturn.objects.exists() and not Event.objects.filter(what__startswith="school").exists()


def test_a_file_that_is_no_text_or_too_large_is_refused(keeper):
    with pytest.raises(Refused, match="cannot be read as text"):
        schooling_services.take_moves(b"child_id,moved_on\n\xff\xfe", by=keeper)
    with pytest.raises(Refused, match="too large"):
        schooling_services.take_moves(b"x" * 5_000_001, by=keeper)
    with pytest.raises(Refused, match="child and day stands in the file twice"):
        schooling_services.take_moves(b"child_id,moved_on\nC1,\nC1,\n", by=keeper)


def test_what_figures_read_fits_the_tables_and_names_no_child(keeper, tmp_path):
    counted(keeper)
    schooling_services.take_returns(AUTUMN.encode(), by=keeper)
    schooling_services.take_moves(b"child_id,moved_on\nC1,2017-11-06\nC2,\n", by=keeper)
    rows = {
        "childcare_takeup": list(standard_rows.childcare_takeup()),
        "virtual_school": list(standard_rows.virtual_school()),
        "school_moves": list(standard_rows.school_moves()),
    }
    for table, found in rows.items():
        # The child's id is put in place of the reference where figures are worked out.
        named = [
            {("child_id" if name == "reference" else name): value for name, value in row.items()}
            for row in found
        ]
        assert write_records(tmp_path, table, named, authority="991").is_file()
    assert {row["reference"] for row in rows["virtual_school"]} == {reference("C1"), reference("C2")}
    blank = next(row for row in rows["virtual_school"] if row["sessions_missed"] is None)
    assert (blank["sessions_possible"], blank["suspensions"]) == (138, None)
