"""Pages of pro formas: made, changed, refused without a standard, published, previewed, withdrawn."""

from datetime import date

import pytest

from goldenthread_web.case_audits import pro_forma_services as services
from goldenthread_web.case_audits.models import ProForma
from goldenthread_web.case_audits.pro_forma_queries import questions_asked, seen_as
from goldenthread_web.standards import queries as standards
from tests.web.builders import a_person, signed_in
from tests.web.reading import page_of
from tests.web.standards_builders import an_edition, the_standard

pytestmark = pytest.mark.django_db

HERE = "/case-audits/pro-formas/"
ONE = HERE + "ten-day-reviews/1/"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """The second of January 2018, as in the demonstration."""
    monkeypatch.setattr(standards, "today", lambda: date(2018, 1, 2))


@pytest.fixture
def edition():
    return an_edition()


@pytest.fixture
def draft(edition):
    return services.make_pro_forma(
        title="Ten-day reviews",
        kind="thematic",
        edition=edition,
        standards=["ten-day-review", "no-drift"],
        by=a_person("qa_lead"),
    )


def published(draft):
    return services.publish_pro_forma(draft, seen=seen_as(draft, questions_asked(draft)), by=draft.made_by)


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def test_without_standards_the_page_says_where_to_begin(client):
    signed_in(client, "qa_lead")
    assert "Begin with the standards" in read(client, HERE)
    assert client.get(HERE + "add/")["Location"] == "/standards/"
    signed_in(client, "board_member")
    page = read(client, HERE)
    assert "There is no pro forma yet" in page and "Whoever keeps the practice standards" in page


def test_one_is_made_from_the_standards_and_published(client, edition):
    signed_in(client, "qa_lead")
    page = read(client, HERE + "add/?kind=closure")
    assert "edition 1 of the standards" in page and "Every domain of practice for one child." in page
    refused = read(client, HERE + "add/", 400, title="Ten-day reviews", kind="thematic")
    assert "choose the theme" in refused
    posted = {"title": "Ten-day reviews", "kind": "thematic", "standards": ["ten-day-review"]}
    nothing = read(client, HERE + "add/", 400, **posted, cohorts=["looked_after"])
    assert "No question of the standards matches" in nothing
    assert client.post(HERE + "add/", posted)["Location"] == ONE
    page = read(client, ONE)
    for words in (
        "2 questions from edition 1",
        "Every question rests on a practice standard: it can be published.",
        "1. Was progress reviewed at day ten",
        "What is always asked",
        "no draft can leave them out",
        "Ten working days into each assessment",
    ):
        assert words in page, words
    page = read(client, ONE + "publish/")
    seen = page.split('name="seen" value="')[1].split('"')[0]
    read(client, ONE + "publish/", 302, seen=seen)
    page = read(client, ONE)
    assert "Nothing of it changes any more" in page and "Take out" not in page and "Publish it" not in page


def test_a_question_without_a_standard_stops_it_and_is_named(client, draft):
    signed_in(client, "head_of_service")
    own = ONE + "questions/own/"
    assert "Domain: choose one" in read(client, own, 400, text="Was it a good day?")
    read(client, own, 302, text="Was it a good day?", domain="identity")
    page = read(client, ONE)
    assert "1 question cites no practice standard" in page and "No standard" in page
    assert "1 without a standard" in read(client, HERE)
    page = read(client, ONE + "publish/")
    assert "It cites no practice standard." in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    page = read(client, ONE + "publish/", 400, seen=seen)
    assert "Question 4 (“Was it a good day?”) cites no practice standard" in page
    question = draft.questions.get(standard=None)
    cite = f"{HERE}questions/{question.pk}/cite/"
    assert "Was it a good day?" in read(client, cite)
    read(client, cite, 302, standard="identity-shapes-the-work")
    assert the_standard(draft.edition, "identity-shapes-the-work").statement in read(client, ONE)
    read(client, own, 302, text="And the second?", standard="ten-day-review")
    assert "And the second?" in read(client, ONE)


def test_what_somebody_changed_meanwhile_is_looked_at_again(client, draft):
    signed_in(client, "qa_lead")
    seen = read(client, ONE + "publish/").split('name="seen" value="')[1].split('"')[0]
    services.drop_question(questions_asked(draft)[0], by=draft.made_by)
    assert "Somebody changed it while you read" in read(client, ONE + "publish/", 400, seen=seen)
    assert ProForma.objects.get().published_at is None


def test_questions_are_moved_taken_out_and_added(client, draft):
    signed_in(client, "qa_lead")
    first, second, third = questions_asked(draft)
    read(client, f"{HERE}questions/{second.pk}/move", 302, way="up")
    assert [one.pk for one in questions_asked(draft)] == [second.pk, first.pk, third.pk]
    answer = client.post(f"{HERE}questions/{third.pk}/move", {"way": "down"}, follow=True)
    assert "last of its domain already" in answer.content.decode()
    read(client, f"{HERE}questions/{third.pk}/drop", 302, way="x")
    assert draft.questions.count() == 2
    page = read(client, ONE + "questions/more/")
    assert "Was progress reviewed" not in page and "Plans and planning: Where the plan did not work" in page
    question = standards.questions_of(draft.edition).get(code="drift-ended")
    read(client, ONE + "questions/more/", 302, questions=[question.pk])
    assert draft.questions.count() == 3


def test_the_title_of_a_draft_is_changed_and_the_second_person_sees_both(client, draft):
    signed_in(client, "qa_lead")
    assert "title/" in read(client, ONE)
    version = read(client, ONE + "title/").split('name="version" value="')[1].split('"')[0]
    read(client, ONE + "title/", 302, version=version, title="Reviews at day ten")
    assert "Reviews at day ten" in read(client, ONE)
    page = read(client, ONE + "title/", 409, version=version, title="Day ten")
    assert "Reviews at day ten" in page and "Day ten" in page
    version = page.split('name="version" value="')[1].split('"')[0]
    read(client, ONE + "title/", 302, version=version, title="Day ten")
    draft.refresh_from_db()
    assert draft.title == "Day ten"
    published(draft)
    assert "title/" not in read(client, ONE)


def test_it_is_seen_as_its_auditor_will(client, draft):
    published(draft)
    signed_in(client, "elected_member")
    page = read(client, ONE + "preview/")
    for words in (
        "Was progress reviewed at day ten",
        "Partly met",
        "What is it like to be this child?",
        "Impact on the child",
        "Is the child unsafe now?",
        "no draft can leave it out",
        "What the standard says",
        "Grade of practice",
    ):
        assert words in page, words
    page = read(client, ONE + "preview/?cohort=looked_after")
    assert "Was progress reviewed at day ten" not in page and "something else decided in time" in page
    assert "Was progress reviewed at day ten" in read(client, ONE + "preview/?cohort=nonsense")


def test_one_about_no_child_says_so(client, edition):
    by = signed_in(client, "qa_lead")
    services.make_pro_forma(title="Supervision file", kind="supervision_file", edition=edition, by=by)
    page = read(client, HERE + "supervision-file/1/")
    assert "This kind is about no one child" in page
    assert "What is it like to be this child?" not in read(client, HERE + "supervision-file/1/preview/")


def test_drafts_are_there_for_those_who_write_them(client, draft):
    signed_in(client, "team_manager")
    read(client, ONE, 404)
    read(client, ONE + "preview/", 404)
    assert "Ten-day reviews" not in read(client, HERE)
    for address in ("publish/", "discard/", "questions/own/"):
        read(client, ONE + address, 403)
    published(draft)
    page = read(client, ONE)
    assert "Make a new version" not in page
    signed_in(client, "social_worker")
    read(client, HERE, 403)


def test_a_new_version_is_drafted_and_the_old_one_withdrawn(client, draft):
    published(draft)
    signed_in(client, "qa_lead")
    answer = client.post(ONE + "version/", {"edition": draft.edition.pk})
    assert answer["Location"] == HERE + "ten-day-reviews/2/"
    page = read(client, answer["Location"])
    assert "Version 1" in page and "Version 2" in page and "Throw the draft away" in page
    assert "being written already" in read(client, ONE + "version/", 400, edition=draft.edition.pk)
    read(client, HERE + "ten-day-reviews/2/discard/", 302, sure="1")
    assert ProForma.objects.count() == 1
    read(client, ONE + "withdraw/", 302, sure="1")
    assert "Withdrawn on" in read(client, ONE) and "Withdrawn" in read(client, HERE)


@pytest.mark.both_databases
def test_pages_ask_the_database_little(client, edition, django_assert_max_num_queries):
    by = signed_in(client, "qa_lead")
    services.make_pro_forma(title="Full", kind="full", edition=edition, by=by)
    for address in ("", "add/", "full/1/", "full/1/preview/", "full/1/publish/", "full/1/questions/more/"):
        with django_assert_max_num_queries(12):
            assert client.get(HERE + address).status_code == 200
