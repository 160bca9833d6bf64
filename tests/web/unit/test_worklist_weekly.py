"""The weekly compliance sheet: a snapshot every Monday, what it counts, what is told by e-mail."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.trail.models import Event
from goldenthread_web.worklist import jobs, weeks
from goldenthread_web.worklist.models import WeeklyLine, WeeklySnapshot
from goldenthread_web.worklist.weekly import LEVELS, Cell, sheet, the_week_before
from goldenthread_web.worklist.weekly_services import (
    delete_rows,
    monday_of,
    send_weekly_digest,
    take_weekly_snapshot,
)
from tests.web.builders import a_person
from tests.web.morning import a_morning

pytestmark = pytest.mark.django_db
MONDAY = date(2018, 1, 1)  # a bank holiday


@pytest.fixture
def council(settings, tmp_path):
    return a_morning(settings, tmp_path, mondays=True)


def numbers(snapshot):
    return {
        (one.team, one.item): (one.open, one.overdue, one.soon, one.children) for one in snapshot.lines.all()
    }


def test_a_snapshot_counts_every_duty_in_every_team(council):
    found = numbers(take_weekly_snapshot(MONDAY))
    assert found == {
        # open, overdue, due in the next 10 working days, children with something overdue
        ("FSP 1", "cin_visit"): (2, 1, 1, 1),
        ("FSP 1", "oversight"): (3, 1, 0, 1),
        ("FSP 1", "contact_decision"): (1, 1, 0, 1),
        ("FSP 1", "assessment"): (1, 1, 0, 1),
        ("FSP 1", "cin_plan"): (1, 1, 0, 1),
        ("FSP 2", "cin_visit"): (1, 1, 0, 1),
        ("FSP 2", "oversight"): (1, 0, 0, 0),
        ("not known", "cin_visit"): (1, 0, 1, 0),
        ("not known", "oversight"): (1, 0, 0, 0),
        ("FSP 1", ""): (8, 5, 1, 2),
        ("FSP 2", ""): (2, 1, 0, 1),
        ("not known", ""): (2, 0, 1, 0),
        ("", "cin_visit"): (4, 2, 2, 2),
        ("", "oversight"): (5, 1, 0, 1),
        ("", "contact_decision"): (1, 1, 0, 1),
        ("", "assessment"): (1, 1, 0, 1),
        ("", "cin_plan"): (1, 1, 0, 1),
        ("", ""): (12, 6, 2, 3),
    }


def test_it_is_an_event_and_says_what_it_rests_on(council):
    snapshot = take_weekly_snapshot(MONDAY)
    event = Event.objects.get(what="weekly.snapshot_taken")
    assert (event.about_kind, event.about_key, event.by_id) == ("week", "2018-01-01", None)
    assert event.changes["rows"] == 12
    assert event.changes["load"] == snapshot.load_hash
    assert (snapshot.as_at_on, snapshot.rows_hash) == (date(2017, 12, 31), event.changes["rows_hash"])


@pytest.mark.both_databases
def test_each_monday_has_one_that_never_changes(council):
    first = take_weekly_snapshot(date(2018, 1, 2))
    again = take_weekly_snapshot(MONDAY)
    assert (first.pk, first.monday) == (again.pk, MONDAY)
    assert Event.objects.filter(what="weekly.snapshot_taken").count() == 1
    assert WeeklyLine.objects.count() == 18


def test_the_week_of_a_day_begins_on_its_monday():
    assert [monday_of(date(2018, 1, day)) for day in (1, 2, 7, 8)] == [
        MONDAY,
        MONDAY,
        MONDAY,
        date(2018, 1, 8),
    ]


def test_the_rows_of_children_are_kept_as_a_file_and_never_in_the_database(council):
    snapshot = take_weekly_snapshot(MONDAY)
    (file,) = (council / "weeks" / "2018-01-01").iterdir()
    assert file.suffix == ".parquet"
    assert set(weeks.rows_of(snapshot)["child_id"].to_pylist()) == {"c1", "c2", "c3", "c4", "c5"}
    values = [str(value) for one in (snapshot, *WeeklyLine.objects.all()) for value in vars(one).values()]
    assert not [value for value in values if value in {"c1", "c2", "c3", "c4", "c5", "W1", "W2"}]


def test_rows_that_were_changed_are_not_shown_under_the_number(council):
    snapshot = take_weekly_snapshot(MONDAY)
    (file,) = (council / "weeks" / "2018-01-01").iterdir()
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(weeks.RowsChanged):
        weeks.rows_of(snapshot)


def test_without_a_load_there_is_nothing_to_take(settings, tmp_path):
    from tests.web.deliveries import a_place

    a_place(settings, tmp_path)
    with pytest.raises(Refused, match="No extract has been loaded yet"):
        take_weekly_snapshot(MONDAY)
    jobs.weekly(by=None)
    assert not WeeklySnapshot.objects.exists()


# What the worker does by itself


def test_the_job_takes_the_snapshot_of_a_bank_holiday_and_tells_once(
    council, django_capture_on_commit_callbacks
):
    people = [a_person("team_manager"), a_person("programme_manager")]
    a_person("board_member")
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            jobs.weekly(by=None)
    assert WeeklySnapshot.objects.get().monday == MONDAY
    assert sorted(one.to[0] for one in mail.outbox) == sorted(person.email for person in people)
    assert [len(one.to) for one in mail.outbox] == [1, 1], "nobody learns who else is told"
    assert Event.objects.filter(what="weekly.digest_sent").count() == 1


def test_the_worker_knows_the_job():
    from goldenthread_web.extracts.named_calls import named_call
    from goldenthread_web.extracts.routines import routines

    (routine,) = [one for one in routines() if one.name == "weekly_snapshot"]
    assert named_call(routine.calls) is jobs.weekly


def test_rows_go_after_half_a_year_and_numbers_stay(council):
    old = take_weekly_snapshot(MONDAY - timedelta(weeks=27))
    kept = take_weekly_snapshot(MONDAY - timedelta(weeks=26))
    jobs.weekly(by=None)
    assert [path.name for path in sorted((council / "weeks").iterdir())] == ["2017-07-03", "2018-01-01"]
    old.refresh_from_db()
    kept.refresh_from_db()
    assert old.rows_deleted_at and old.lines.exists()
    assert kept.rows_deleted_at is None
    assert Event.objects.filter(what="weekly.rows_deleted", about_key="2017-06-26").count() == 1
    with pytest.raises(weeks.RowsChanged):
        weeks.rows_of(old)


def test_letting_go_of_rows_is_an_event(council):
    snapshot = take_weekly_snapshot(MONDAY)
    delete_rows(snapshot, by=None)
    assert Event.objects.get(what="weekly.rows_deleted").about_key == "2018-01-01"


# The digest


def test_the_digest_is_a_link_and_no_small_number(council, django_capture_on_commit_callbacks):
    """Test 85 of the security notes: never a child's data."""
    a_person("head_of_service")
    snapshot = take_weekly_snapshot(MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        send_weekly_digest(snapshot, by=None)
    (message,) = mail.outbox
    words = f"{message.subject}\n{message.body}"
    assert "/weekly/2018-01-01/" in words
    assert "duties are overdue" in words and "6 of 12" in words, "both 6 and the 6 that are not are no few"
    for told in (*[f"c{n}" for n in range(1, 8)], "W1", "W2", "W3", "FSP", "CIN visit"):
        assert told not in words.replace("localhost", "")
    with pytest.raises(Refused, match="sent before"):
        send_weekly_digest(snapshot, by=None)


def test_a_small_number_is_in_no_digest(council, django_capture_on_commit_callbacks):
    a_person("head_of_service")
    snapshot = take_weekly_snapshot(MONDAY)
    WeeklyLine.objects.filter(team="", item="").update(open=200, overdue=195)
    with django_capture_on_commit_callbacks(execute=True):
        send_weekly_digest(snapshot, by=None)
    assert "overdue" not in mail.outbox[0].body, "that 195 of 200 are overdue tells of the other 5"


# The sheet


def cell(overdue, of, before=None):
    return Cell(team="T", item="i", label="I", open=of, overdue=overdue, soon=0, children=0, before=before)


@pytest.mark.parametrize(
    ("overdue", "of", "letter"),
    [
        (0, 10, "N"),
        (0, 0, "N"),
        (9, 100, "F"),
        (10, 100, "S"),
        (24, 100, "S"),
        (25, 100, "M"),
        (49, 100, "M"),
        (50, 100, "H"),
        (1, 2, "M"),
        (4, 4, "M"),
        (5, 5, "H"),
    ],
)
def test_the_shade_has_a_letter(overdue, of, letter):
    assert cell(overdue, of).level.letter == letter


def test_letters_and_words_tell_the_shades_apart():
    assert len({level.letter for level in LEVELS}) == len({level.word for level in LEVELS}) == len(LEVELS)


def test_change_is_said_in_words():
    assert [cell(5, 9, before).change for before in (None, 5, 4, 7, 1005)] == [
        "",
        "the same",
        "1 more",
        "2 fewer",
        "1,000 fewer",
    ]


def test_week_on_week_only_against_the_monday_before(council):
    two_before = take_weekly_snapshot(MONDAY - timedelta(weeks=2))
    now = take_weekly_snapshot(MONDAY)
    assert the_week_before(now, [now, two_before]) is None, "a gap is not bridged"
    found = sheet(now, None)
    assert found.whole.change == ""
    before = take_weekly_snapshot(MONDAY - timedelta(weeks=1))
    assert the_week_before(now, [now, before, two_before]) == before
    found = sheet(now, before)
    assert found.whole.before == before.lines.get(team="", item="").overdue
    assert {one.team: one.change for one in found.teams}["FSP 2"] == "the same"


def test_teams_stand_side_by_side_within_their_service(council):
    found = sheet(take_weekly_snapshot(MONDAY), None)
    (family, elsewhere) = found.services
    assert (family.name, family.teams) == ("Family Support", ["FSP 1", "FSP 2"])
    assert elsewhere.teams == ["not known"]
    rows = {label: [cell and (cell.overdue, cell.open) for cell in cells] for _, label, cells in family.rows}
    assert rows["CIN visit"] == [(1, 2), (1, 1)]
    assert rows["Contact decision"] == [(1, 1), None], "no such duty is not none overdue"
    assert list(rows)[-1] == "All duties"
    assert [one.team for one in found.teams] == ["FSP 1", "FSP 2", "not known"], "the largest share first"


def test_whoever_is_told_may_see_the_sheet():
    from goldenthread_web.accounts.roles import roles

    told = [role for role in roles().values() if Permission.SEE_COMPLIANCE in role.permissions]
    assert told and not [role.code for role in told if role.is_public_view]


def test_the_demonstration_has_sheets_of_the_weeks_before(council, settings):
    settings.DEMO = True
    call_command("make_demo_weeks")
    call_command("make_demo_weeks")
    assert list(WeeklySnapshot.objects.order_by("monday").values_list("monday", flat=True)) == [
        date(2017, 12, 11),
        date(2017, 12, 18),
        date(2017, 12, 25),
    ]
    assert not mail.outbox, "nobody is told of weeks that are over"


def test_a_council_has_no_sheet_of_a_week_before_it_began(council, settings):
    settings.DEMO = False
    with pytest.raises(Refused, match="each Monday"):
        call_command("make_demo_weeks")
    assert not WeeklySnapshot.objects.exists()
