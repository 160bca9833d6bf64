"""Pages of immediate concerns: what a person reads, who may open which, what a form refuses."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.models import Relation
from goldenthread_web.concerns import answering_views, services, views
from goldenthread_web.concerns.models import Absence, Concern
from goldenthread_web.config.clock import now
from goldenthread_web.trail.models import Event, Seen
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.concern_builders import CHILD, FEARED, a_concern, an_absence, clock, people, runs
from tests.web.morning import a_morning
from tests.web.reading import page_of

pytestmark = pytest.mark.django_db
PLAN = "The window is locked; the child sleeps at the grandmother's tonight."
_ASKS_NOTHING = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT)\b")
EVENING = clock("2018-01-02 19:10")


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    """The small council of the morning: c1 is held by FSP 1, c4 by FSP 2."""
    return a_morning(settings, tmp_path)


@pytest.fixture(autouse=True)
def evening(monkeypatch):
    """Ten past seven on the second of January 2018."""
    for module in (views, answering_views, services):
        monkeypatch.setattr(module, "moment", lambda: EVENING)


@pytest.fixture
def by():
    return people()


@pytest.fixture
def concern(by):
    return a_concern(by["lead"], at="2018-01-02 18:30", source_ref="A7")


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def test_an_empty_list_says_what_happens_here(client, by):
    signed_in(client, person=by["head"])
    page = read(client, "/concerns/")
    assert "No concern has been raised" in page and "within 4 hours" in page


def test_the_list_says_how_long_is_left_and_who_was_told_when(client, by, concern):
    signed_in(client, person=by["team"])
    page = read(client, "/concerns/")
    for words in ("3 hours 20 minutes left", "by 2 January 2018 at 22:30", "child c1", "Nobody yet", "A7"):
        assert words in page, words
    assert "2 January 2018 at 18:30" in page
    assert FEARED not in page, "what is feared stands on the concern's own page"
    event = Event.objects.filter(what="children.seen").latest("pk")
    assert list(Seen.objects.filter(event_id=event.pk).values_list("reference", flat=True)) == [CHILD]


def test_one_concern_from_raised_to_resolved(client, by, concern):
    signed_in(client, person=by["team"])
    page = read(client, f"/concerns/{concern.ref}/")
    for words in (FEARED, "Child c1", "I take it on", "Not recorded yet", "At once: answers for the child"):
        assert words in page, words
    assert "https://cases.example/child/c1" in page and "copy it the same day" in page
    assert Event.objects.filter(what="concern.opened").count() == 1
    assert "Just now" in page
    assert client.post(f"/concerns/{concern.ref}/acknowledge").status_code == 302
    page = read(client, f"/concerns/{concern.ref}/")
    assert "In time" in page and "Just now" not in page
    assert "2 January 2018 at 19:10" in page  # when it was opened
    assert Event.objects.filter(what="concern.opened").count() == 1
    page = read(client, f"/concerns/{concern.ref}/safe/")
    assert FEARED in page and "by 3 January 2018 at 18:30" in page
    posted = {"version": "2", "is_safe": "yes", "plan": PLAN}
    answer = client.post(f"/concerns/{concern.ref}/safe/", posted, follow=True).content.decode()
    assert "Copy it to the case record today" in answer and PLAN.partition(";")[0] in answer
    ended = client.post(
        f"/concerns/{concern.ref}/resolve/",
        {"version": "3", "resolution": "The lock is in place and the plan names who checks it."},
        follow=True,
    ).content.decode()
    assert "Resolved. Copy it" in ended and "I take it on" not in ended
    assert "None has been resolved" not in read(client, "/concerns/")


def test_who_comes_second_reads_who_was_first(client, by, concern):
    services.acknowledge(concern, by=by["head"])
    signed_in(client, person=by["team"])
    page = client.post(f"/concerns/{concern.ref}/acknowledge", follow=True).content.decode()
    assert "head has acknowledged it already" in page


@pytest.mark.both_databases
def test_48_two_people_record_and_the_second_sees_both(client, by, concern):
    signed_in(client, person=by["team"])
    read(client, f"/concerns/{concern.ref}/safe/")
    services.record_safety(concern, version=1, is_safe=False, plan="The police look in now.", by=by["head"])
    page = read(
        client,
        f"/concerns/{concern.ref}/safe/",
        409,
        version="1",
        is_safe="yes",
        plan="The window is locked.",
    )
    assert "The police look in now." in page and "The window is locked." in page
    assert 'name="version" value="2"' in page


def test_not_safe_yet_is_said_loudly(client, by, concern):
    services.record_safety(concern, version=1, is_safe=False, plan="The police look in now.", by=by["head"])
    signed_in(client, person=by["director"])
    page = read(client, f"/concerns/{concern.ref}/")
    assert "Not safe yet" in page and "The child was recorded as not safe yet" in page
    assert "/resolve/" not in page


def test_81_what_looks_like_a_person_s_details_is_asked_about_once_more(client, by, concern):
    signed_in(client, person=by["team"])
    posted = {"version": "1", "is_safe": "yes", "plan": "The aunt at SW1A 1AA has the child with her."}
    page = read(client, f"/concerns/{concern.ref}/safe/", 400, **posted)
    assert "This looks like a postcode." in page and "I have read the warning" in page
    assert "I have read the warning" not in read(client, f"/concerns/{concern.ref}/safe/")
    assert client.post(f"/concerns/{concern.ref}/safe/", posted | {"is_checked": "on"}).status_code == 302


def test_1_other_teams_and_other_roles_find_no_such_concern(client, by, concern):
    signed_in(client, person=a_person("team_manager", unit=a_unit("FSP 2")))
    assert "/concerns/C1/" not in read(client, "/concerns/")
    for page in ("", "acknowledge", "safe/", "resolve/"):
        method = client.post if page == "acknowledge" else client.get
        assert method(f"/concerns/C1/{page}").status_code == 404, page
    for role in ("social_worker", "elected_member", "programme_manager", "auditor", "iro"):
        signed_in(client, role)
        assert client.get("/concerns/").status_code == 403
        assert client.get("/concerns/C1/").status_code == 403
    signed_in(client, "service_manager")
    assert FEARED in read(client, "/concerns/C1/")
    signed_in(client, "service_manager", unit=a_unit("Fostering", kind="service"))
    assert client.get("/concerns/C1/").status_code == 404


def test_16_a_child_who_is_barred_is_on_no_list(client, by, concern):
    Relation.objects.create(person=by["head"], reference=CHILD, declared_at=now())
    signed_in(client, person=by["head"])
    page = read(client, "/concerns/")
    assert "/concerns/C1/" not in page and "No concern has been raised" in page
    assert client.get("/concerns/C1/").status_code == 404


def test_the_quality_lead_sees_it_and_does_not_answer_it(client, by, concern):
    signed_in(client, person=by["lead"])
    page = read(client, "/concerns/C1/")
    assert FEARED in page and "I take it on" not in page
    assert client.get("/concerns/C1/safe/").status_code == 403


def test_emergency_access_reads_and_answers_nothing(client, by, concern):
    from goldenthread_web.accounts.models import EmergencyAccess

    other = signed_in(client, person=a_person("team_manager", unit=a_unit("FSP 2")))
    EmergencyAccess.objects.create(
        person=other,
        reference=CHILD,
        reason="risk",
        explanation="Out of hours.",
        opened_at=now(),
        ends_at=now().replace(year=now().year + 1, day=1),
    )
    page = read(client, "/concerns/C1/")
    assert FEARED in page and "I take it on" not in page
    assert client.get("/concerns/C1/safe/").status_code == 404


def test_a_concern_is_raised_by_hand_and_who_was_told_is_shown(client, by):
    signed_in(client, person=by["team"])
    assert "call 999 first" in read(client, "/concerns/raise/")
    said = {"child": "c4", "text": FEARED, "source": "practice_week", "source_ref": "W1-3"}
    page = read(client, "/concerns/raise/", 400, **said)
    assert "no such child on your list" in page and FEARED in page, "nothing typed is lost"
    answer = client.post("/concerns/raise/", said | {"child": " c1 "})
    made = Concern.objects.get()
    assert answer["Location"] == f"/concerns/raised/{made.ref}/"
    assert (made.reference, made.team, made.source_ref) == (CHILD, "FSP 1", "W1-3")
    page = read(client, f"/concerns/raised/{made.ref}/")
    assert "goes further up by itself" in page and "Raised it, and so does not answer it" in page
    assert FEARED not in page
    signed_in(client, "auditor")
    assert client.get(f"/concerns/raised/{made.ref}/").status_code == 404


def test_an_auditor_raises_one_about_a_child_handed_to_them_alone(client, by):
    person = signed_in(client, "auditor")
    said = {"child": "c1", "text": FEARED, "source": "case_audit"}
    assert "no such child" in read(client, "/concerns/raise/", 400, **said)
    from datetime import date

    person.assignments.create(
        reference=reference("c1"),
        purpose="case_audit",
        starts_on=date(2018, 1, 1),
        ends_on=date(2018, 1, 31),
    )
    page = client.post("/concerns/raise/", said, follow=True).content.decode()
    assert "Who was told" in page and "All immediate concerns" not in page
    assert client.get("/concerns/C1/").status_code == 403


def test_3_whoever_sees_no_child_is_told_whom_to_tell(client):
    signed_in(client, "elected_member")
    page = read(client, "/concerns/raise/")
    assert "You see no child here" in page and "<form method" not in page.partition("<main")[2]
    assert client.post("/concerns/raise/", {"child": "c1", "text": FEARED}).status_code == 200
    assert not Concern.objects.exists()


def test_52_a_mail_that_could_not_be_sent_stands_on_the_screen(
    client, by, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.web.concern_builders.NoMailServer"
    with django_capture_on_commit_callbacks(execute=True):
        a_concern(by["lead"], at="2018-01-02 18:30")
    signed_in(client, person=by["head"])
    assert "A mail could not be sent" in read(client, "/concerns/")
    assert "telephone them" in read(client, "/concerns/C1/")


def test_52_the_page_says_who_stands_in_and_which_post_is_empty(client, by):
    an_absence(by["team"], by["service"], "2018-01-01", "2018-01-05")
    by["director"].is_active = False
    by["director"].save()
    a_concern(by["lead"], at="2018-01-02 13:00")
    runs("2018-01-02 19:05")
    signed_in(client, person=by["service"])
    page = read(client, "/concerns/C1/")
    assert "stands in for team, who is away" in page
    assert "Nobody holds this post" in page and "2 hours 10 minutes late" in page


def test_absences_are_kept_by_managers_themselves(client, by):
    signed_in(client, person=by["team"])
    assert "Enter your own before you go" in read(client, "/concerns/absences/")
    page = read(client, "/concerns/absences/add/")
    assert f'value="{by["service"].pk}"' in page
    said = {"person": by["team"].pk, "starts_on": "2018-01-02", "ends_on": "2018-01-12"}
    refused = read(
        client, "/concerns/absences/add/", 400, **said | {"ends_on": "2018-01-01"}, deputy=by["head"].pk
    )
    assert "before the first" in refused
    assert client.post("/concerns/absences/add/", said | {"deputy": by["head"].pk}).status_code == 302
    made = Absence.objects.get()
    assert "Away now" in read(client, "/concerns/absences/")
    signed_in(client, person=by["service"])
    assert "not yours to change" in read(client, "/concerns/absences/")
    assert client.post(f"/concerns/absences/{made.pk}/end").status_code == 400
    signed_in(client, person=by["head"])
    assert client.post(f"/concerns/absences/{made.pk}/end").status_code == 302
    assert not Absence.objects.exists()


def test_no_page_asks_the_database_more_than_twelve_times(client, by, concern):
    for number in range(12):
        a_concern(by["lead"], at="2018-01-02 17:00", text=f"{FEARED} Looked at {number} times.")
    services.acknowledge(concern, by=by["team"])
    signed_in(client, person=by["service"])
    for page in ("/concerns/", "/concerns/C1/", "/concerns/C1/safe/", "/concerns/absences/"):
        read(client, page)
        with CaptureQueriesContext(connection) as found:
            read(client, page)
        asked = [one["sql"] for one in found if not _ASKS_NOTHING.match(one["sql"])]
        assert len(asked) <= 12, "\n".join([page, *asked])
