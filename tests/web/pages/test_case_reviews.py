"""Pages of reviews of whole services: progress, handing out, one case on a tablet, closing."""

import pytest
from django.urls import reverse

from goldenthread_web.accounts import restriction_services
from goldenthread_web.case_reviews import services
from goldenthread_web.case_reviews.models import Case, Exercise
from goldenthread_web.concerns.models import Concern
from goldenthread_web.trail.models import Event, Seen
from tests.web.builders import a_person, signed_in
from tests.web.reading import page_of
from tests.web.sampling_builders import a_council, a_lead
from tests.web.unit.test_case_reviews import ANSWERS, WHY, an_exercise, gone, reviewed

pytestmark = pytest.mark.django_db
TEXT = "The plan works and the child is seen."


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def lead():
    return a_lead()


@pytest.fixture
def auditor():
    return a_person("auditor")


@pytest.fixture
def exercise(lead, auditor):
    found = an_exercise(lead)
    services.hand_out(found, reviewer=auditor, number=6, by=lead)
    return found


@pytest.fixture
def case(exercise):
    return exercise.cases.exclude(reviewer=None).first()


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def posted_to(client, address, **said):
    answer = client.post(address, said)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def at(case, name="case"):
    return reverse(f"case_reviews:{name}", args=[case.exercise.ref, case.pk])


def review(**said):
    answers = {f"question-{code}": answer for code, answer in ANSWERS.items()}
    return answers | {"outcome": "remains", "text": TEXT, "concern_text": "", "version": "1"} | said


def test_empty_lists_say_what_to_do(client, lead):
    signed_in(client, person=lead)
    assert "No service is reviewed as a whole" in read(client, "/case-reviews/")
    assert "No case to review" in read(client, "/case-reviews/mine/")


def test_an_exercise_begins_on_a_page_and_cases_are_handed_out(client, lead, auditor):
    signed_in(client, person=lead)
    page = read(client, "/case-reviews/begin/")
    assert "Every open case" in page and "Assessments authorised lately" not in page  # children, not events
    said = {"title": "Family support", "why": WHY, "cohort": "open_cases", "teams": ["FSP 1", "FSP 2"]}
    page = read(client, "/case-reviews/begin/", 400, **said, due_on="2018-01-02")
    assert "after the day on which it begins" in page
    assert posted_to(client, "/case-reviews/begin/", **said, due_on="2018-02-01") == "/case-reviews/R1/"
    page = read(client, "/case-reviews/R1/hand-out/")
    assert "27 cases with nobody yet" in page and "FSP 1 (18)" in page
    posted_to(client, "/case-reviews/R1/hand-out/", reviewer=auditor.pk, number="10", teams=["FSP 2"])
    page = read(client, "/case-reviews/R1/")
    assert "9 cases handed out" in page and "Take back" in page and "0%" in page
    where = reverse("case_reviews:take_back", args=["R1", auditor.pk])
    posted_to(client, where)
    assert "9 cases taken back" in read(client, "/case-reviews/R1/")
    posted_to(client, where)
    assert "no case of this exercise" in read(client, "/case-reviews/R1/")


def test_one_case_is_reviewed(client, case, auditor):
    signed_in(client, person=auditor)
    page = read(client, "/case-reviews/mine/")
    assert page.count("not begun") == 6 and at(case) in page
    page = read(client, at(case))
    assert "Has the child been seen as often" in page and "https://cases.example/child/c" in page
    page = read(client, at(case), 400, **review(**{"question-seen": ""}))
    assert "Answer every question" in page and TEXT in page
    unfinished = review(go_on_later="1", **{"question-seen": ""})
    posted_to(client, at(case), **unfinished)
    assert "begun" in read(client, "/case-reviews/mine/") and TEXT in read(client, at(case))
    assert posted_to(client, at(case), **review(version="2")) == "/case-reviews/mine/"
    assert "Reviewed: child c" in read(client, "/case-reviews/mine/")
    read(client, at(case), 404)
    case.refresh_from_db()
    assert case.reviewed_on is not None
    seen = Event.objects.filter(what="child.seen", by_id=auditor.pk)
    assert Seen.objects.filter(event_id__in=seen.values("pk"), reference=case.child.reference).exists()


@pytest.mark.both_databases
def test_48_two_windows_and_nothing_is_lost(client, case, auditor):
    signed_in(client, person=auditor)
    posted_to(client, at(case), **review(go_on_later="1", outcome="close"))
    page = read(client, at(case), 409, **review(go_on_later="1"))
    assert "Somebody else changed this" in page and "Remains as it is" in page
    posted_to(client, at(case), **review(version="2"))


def test_what_is_chosen_is_kept_at_once(client, case, auditor):
    signed_in(client, person=auditor)
    page = read(client, at(case, "keep"), **review(text=""))
    assert 'name="version" value="2"' in page and "Kept at" in page and "<html" not in page
    assert "another window" in read(client, at(case, "keep"), **review())
    page = read(client, at(case, "keep"), **review(version="2", text="Ring 020 7946 0000 about it."))
    assert "Not kept yet" in page
    read(client, at(case, "keep"), **review(version="2", outcome="concern"))
    case.refresh_from_db()
    assert case.outcome == "remains" and not Concern.objects.exists()  # that waits for its button
    page = read(client, at(case, "keep"), **review(version="3", **{"outcome": "close"}))
    assert "Kept at" in page
    assert client.get(at(case, "keep")).status_code == 405


def test_76_an_immediate_concern_is_raised_at_once(client, case, auditor):
    signed_in(client, person=auditor)
    page = read(client, at(case), 400, **review(outcome="concern"))
    assert "fear for the child" in page
    text = "Nobody has seen the child for ten weeks."
    posted_to(client, at(case), **review(outcome="concern", concern_text=text, go_on_later="1"))
    made = Concern.objects.get()
    assert f"Concern {made.ref} was raised from here" in read(client, at(case))


def test_4_16_nobody_else_opens_a_case_and_a_restricted_child_leaves(client, case, auditor):
    signed_in(client, "auditor")
    read(client, at(case), 404)
    assert client.post(at(case, "keep"), review()).status_code == 404
    head = a_person("head_of_service")
    reference = case.child.reference
    restriction_services.propose_restriction(reference, reason="adoption", viewers=[head], by=head)
    signed_in(client, person=auditor)
    read(client, at(case), 404)
    page = read(client, "/case-reviews/mine/")
    assert page.count("not begun") == 5 and at(case) not in page


def test_progress_is_read_by_those_who_lead(client, exercise, auditor):
    for one in exercise.cases.exclude(reviewer=None):
        reviewed(one, auditor)
    signed_in(client, "service_manager")
    page = read(client, "/case-reviews/R1/")
    for words in ("22%", WHY, "Remains as it is", "FSP 2", "still to be reviewed"):
        assert words in page, words
    assert "Hand out" not in page and "With whom" not in page
    assert not any(one.child.reference in page for one in exercise.cases.all())
    assert "22%" in read(client, "/case-reviews/")
    read(client, "/case-reviews/R9/", 404)


def test_whoever_sees_no_small_numbers_reads_none(client, exercise, auditor):
    for one in exercise.cases.exclude(reviewer=None)[:3]:
        reviewed(one, auditor)
    signed_in(client, "scrutiny_member")
    page = read(client, "/case-reviews/R1/")
    assert "hidden: small numbers" in page and "11%" not in page and "Numbers are rounded" in page
    assert "hidden: small numbers" in read(client, "/case-reviews/")


def test_who_has_left_is_looked_up_and_the_exercise_closed(client, exercise, lead, monkeypatch):
    signed_in(client, person=lead)
    posted_to(client, "/case-reviews/R1/left")
    assert "Nobody has left since" in read(client, "/case-reviews/R1/")
    gone(monkeypatch, 7)
    posted_to(client, "/case-reviews/R1/left")
    page = read(client, "/case-reviews/R1/")
    assert "1 case closed before anybody had looked" in page and "last looked up as on 2 January 2018" in page
    page = read(client, "/case-reviews/R1/close/", 400, found="So.", version="1")
    assert "what became of the cases" in page and "26 cases not reviewed" in page
    posted_to(
        client, "/case-reviews/R1/close/", found="Most of what was looked at was in order.", version="1"
    )
    page = read(client, "/case-reviews/R1/")
    assert "Closed on 2 January 2018" in page and "Hand out cases" not in page
    assert "Closed 2 Jan 2018" in read(client, "/case-reviews/")
    posted_to(client, "/case-reviews/R1/left")
    assert "R1 is closed" in read(client, "/case-reviews/R1/")


def test_an_exercise_past_its_day_says_so(client, exercise):
    Exercise.objects.update(due_on="2017-12-30")
    signed_in(client, "head_of_service")
    assert "It was to be done by 30 December 2017" in read(client, "/case-reviews/R1/")
    assert "Late" in read(client, "/case-reviews/")


def test_pages_of_case_reviews_ask_the_database_seldom(
    client, exercise, case, lead, auditor, django_assert_max_num_queries
):
    an_exercise(lead)
    addresses = (
        "/case-reviews/",
        "/case-reviews/R1/",
        "/case-reviews/R1/hand-out/",
        "/case-reviews/R1/close/",
    )
    for person, asked in ((lead, addresses), (auditor, ("/case-reviews/mine/", at(case)))):
        signed_in(client, person=person)
        for address in asked:
            client.get(address)
            with django_assert_max_num_queries(14):
                client.get(address)
    assert Case.objects.count() == 54
