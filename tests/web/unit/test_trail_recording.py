"""The trail: what becomes an Event, that nothing changes it, and that every change shows (tests 37-40)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from goldenthread_web.config import clock
from goldenthread_web.trail.chain import START, verify
from goldenthread_web.trail.models import Event, Seen
from goldenthread_web.trail.recording import NotRecordable, TrailUnavailable, record
from tests.web.builders import a_person
from tests.web.full_disk import full_disk

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CHILD, OTHER = "0" * 19 + "1", "0" * 19 + "2"
ON_POSTGRESQL = connection.vendor == "postgresql"


def three():
    return [record("child.seen", ("child", CHILD), by=None, children=[CHILD, OTHER]) for _ in range(3)]


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def unprotected():
    """What somebody with every right on the database can do first."""
    for table in ("trail_event", "trail_seen"):
        if ON_POSTGRESQL:
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for what in ("update", "delete", "replace"):
                run(f"DROP TRIGGER {table}_no_{what}")


# Writing


def test_an_event_keeps_who_as_what_about_what_and_from_where():
    person = a_person("head_of_service")
    event = record(
        "figure.opened",
        ("indicator", "AS-02"),
        by=person,
        reason="checking",
        changes={"rows": 12, "status": ["open", "done"]},
    )
    event.refresh_from_db()
    assert (event.by_id, event.by_role, event.what) == (person.pk, "head_of_service", "figure.opened")
    assert (event.about_kind, event.about_key, event.reason) == ("indicator", "AS-02", "checking")
    assert event.changes == {"rows": 12, "status": ["open", "done"]}
    assert event.previous == START


def test_the_role_is_the_one_held_at_the_time():
    person = a_person("team_manager")
    record("child.seen", ("child", CHILD), by=person)
    person.role = "director"
    person.save()
    assert Event.objects.get().by_role == "team_manager"


def test_each_event_holds_the_hash_of_the_one_before():
    first, second, third = three()
    assert (second.previous, third.previous) == (first.hash, second.hash)
    found = verify()
    assert (found.events, found.first_broken, found.head) == (3, None, third.hash)


def test_a_child_seen_twice_in_one_list_is_seen_once():
    record("children.seen", by=None, children=[CHILD, OTHER, CHILD])
    assert list(Seen.objects.order_by("reference").values_list("reference", flat=True)) == [CHILD, OTHER]


FREE_TEXT = [
    {"about": ("child", "Ann Example")},
    {"reason": "because I wanted to"},
    {"changes": {"note": "spoke to the mother"}},
    {"changes": {"a name": 1}},
    {"changes": {"deep": {"deeper": ["fine", "not fine"]}}},
    {"about": ("child", "line\nbreak")},
    {"about": ("child", "\x1b[31mred")},
    {"about": ("child", "<script>")},
    {"reason": "x" * 81},
]


@pytest.mark.parametrize("values", FREE_TEXT)
def test_free_text_is_refused(values):
    with pytest.raises(NotRecordable, match="free text"):
        record("child.seen", values.get("about"), by=None, reason=values.get("reason", ""),
               changes=values.get("changes"))  # fmt: skip
    assert not Event.objects.exists()


@pytest.mark.parametrize("what", ["seen", "Child.seen", "child seen", "child.", "child.seen\n", ""])
def test_an_event_has_a_name_of_two_words(what):
    with pytest.raises(NotRecordable):
        record(what, by=None)


def test_the_order_is_that_of_writing_whatever_the_clock_says(monkeypatch):
    moments = iter([clock.now(), clock.now() - timedelta(days=1), clock.now() - timedelta(days=1)])
    monkeypatch.setattr("django.utils.timezone.now", lambda: next(moments))
    written = three()
    assert list(Event.objects.all()) == written
    assert verify().first_broken is None


def test_what_is_undone_leaves_no_event_and_no_gap_in_the_chain():
    three()
    with pytest.raises(RuntimeError), transaction.atomic():
        record("child.seen", ("child", CHILD), by=None)
        raise RuntimeError
    record("child.seen", ("child", CHILD), by=None)
    assert verify().events == 4 and verify().first_broken is None


def test_a_trail_that_cannot_be_written_is_said():
    with pytest.raises(TrailUnavailable), full_disk():
        record("child.seen", ("child", CHILD), by=None)


# Nothing is changed

CHANGES = [
    "UPDATE trail_event SET by_role = 'director'",
    "UPDATE trail_event SET by_role = by_role",
    "DELETE FROM trail_event",
    "DELETE FROM trail_event WHERE id = (SELECT max(id) FROM trail_event)",
    "UPDATE trail_seen SET reference = 'somebody else'",
    "DELETE FROM trail_seen",
]
IN_SQLITE = [
    "INSERT OR REPLACE INTO trail_event SELECT * FROM trail_event",
    "INSERT OR REPLACE INTO trail_seen SELECT id, event_id, 'somebody else' FROM trail_seen",
    "REPLACE INTO trail_seen SELECT id + 100, event_id, reference FROM trail_seen",
    "INSERT INTO trail_event SELECT * FROM trail_event WHERE true ON CONFLICT DO UPDATE SET by_role = ''",
]
IN_POSTGRESQL = [
    "TRUNCATE trail_event",
    "TRUNCATE trail_seen",
    "INSERT INTO trail_event SELECT * FROM trail_event ON CONFLICT (id) DO UPDATE SET by_role = ''",
]


@pytest.mark.parametrize("sql", CHANGES + (IN_POSTGRESQL if ON_POSTGRESQL else IN_SQLITE))
def test_the_database_refuses_to_change_or_remove(sql):
    three()
    before = list(Event.objects.values_list()), list(Seen.objects.order_by("id").values_list())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(sql)
    assert (list(Event.objects.values_list()), list(Seen.objects.order_by("id").values_list())) == before


def test_django_cannot_change_or_remove_either():
    event = three()[0]
    event.by_role = "director"
    for change in (event.save, event.delete, Event.objects.all().delete, Seen.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


# Every change shows


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by_id", 4711),
        ("by_role", "director"),
        ("what", "child.forgotten"),
        ("about_key", OTHER),
        ("reason", "cover"),
        ("request_id", "another"),
        ("address", "198.51.100.1"),
        ("at", "2018-01-01 00:00:00+00:00"),
        ("changes", '{"rows": 1}'),
    ],
)
def test_a_changed_event_is_named(column, value):
    second = three()[1]
    unprotected()
    run(f"UPDATE trail_event SET {column} = %s WHERE id = %s", value, second.pk)
    found = verify()
    assert (found.first_broken, found.events, found.why) == (second.pk, 1, "its content was changed")


def test_a_removed_event_is_noticed_at_the_next():
    _, second, third = three()
    unprotected()
    run("DELETE FROM trail_event WHERE id = %s", second.pk)
    assert (verify().first_broken, verify().why) == (third.pk, "an Event before it was removed or put in")


def test_a_first_event_that_is_gone_is_noticed():
    first, second, _ = three()
    unprotected()
    run("DELETE FROM trail_event WHERE id = %s", first.pk)
    assert verify().first_broken == second.pk


def test_a_child_taken_out_of_a_list_or_put_in_is_noticed():
    first = three()[0]
    unprotected()
    run("DELETE FROM trail_seen WHERE event_id = %s AND reference = %s", first.pk, OTHER)
    assert verify().first_broken == first.pk


def test_an_end_that_was_cut_off_is_noticed_with_a_head_kept_elsewhere():
    third = three()[2]
    unprotected()
    run("DELETE FROM trail_event WHERE id = %s", third.pk)
    run("DELETE FROM trail_seen WHERE event_id = %s", third.pk)
    assert verify().first_broken is None, "which is why the head is kept elsewhere"
    assert verify(expected=third.hash).why == "the Events after it were removed"


def test_an_event_forged_without_the_key_is_noticed(settings, monkeypatch):
    three()
    with monkeypatch.context() as other:
        other.setitem(settings.INSTALLATION.secrets, "trail", "a key that was guessed" * 3)
        forged = record("child.seen", ("child", CHILD), by=None)
    assert verify().first_broken == forged.pk


def test_only_the_newest_can_be_verified_when_there_are_many():
    first, _, third = three()
    assert (verify(newest=2).events, verify(newest=2).head) == (2, third.hash)
    assert verify(newest=50).events == 3
    unprotected()
    run("UPDATE trail_event SET by_role = 'director' WHERE id = %s", first.pk)
    assert verify(newest=2).first_broken is None
    assert verify(newest=3).first_broken == first.pk


def test_the_command_says_where_it_is_broken_and_ends_with_1(capsys):
    from django.core.management import call_command

    second = three()[1]
    call_command("verify_trail")
    said = capsys.readouterr().out
    assert "The trail is whole: 3 Events" in said
    head = said.split("head ")[1].strip()
    call_command("verify_trail", expect=head)
    unprotected()
    run("UPDATE trail_event SET by_role = 'director' WHERE id = %s", second.pk)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_trail")
    assert ended.value.code == 1
    assert f"broken at Event {second.pk}" in capsys.readouterr().err
    assert Event.objects.last().changes["broken"] == second.pk
