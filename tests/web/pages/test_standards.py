"""Pages of practice standards: what a person reads, drafts, proposes, adopts; two people at once."""

from datetime import date

import pytest

from goldenthread_web.standards import queries, services, standard_services
from goldenthread_web.standards.library import default_standards
from goldenthread_web.standards.models import Edition
from tests.web.builders import at, signed_in
from tests.web.figure_sets import a_set, over_two_years
from tests.web.reading import page_of
from tests.web.standards_builders import (
    a_draft,
    adopted,
    an_edition,
    proposed,
    said_of,
    the_question,
    the_standard,
)

pytestmark = pytest.mark.django_db

STANDARD = "/standards/editions/1/ten-day-review/"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """The second of January 2018, as in the demonstration."""
    from goldenthread_web.standards import adopting_views, views

    for module in (queries, views, adopting_views):
        monkeypatch.setattr(module, "today", lambda: date(2018, 1, 2))
    monkeypatch.setattr(services, "now", lambda: at("2018-01-02 09:00"))


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def posted_of(standard, **other):
    said = said_of(standard)
    said["expectations"] = "\n".join(said["expectations"])
    said["indicators"] = ", ".join(said["indicators"])
    return said | {"version": "1"} | other


# --- reading


def test_without_an_edition_the_page_says_what_to_do(client):
    signed_in(client, "social_worker")
    page = read(client, "/standards/")
    assert "No edition is in force yet" in page and "/standards/editions/begin/" not in page
    signed_in(client, "qa_lead")
    assert "Begin the first edition" in read(client, "/standards/")
    a_draft()
    assert "Open the draft" in read(client, "/standards/")


def test_the_library_stands_by_domain_with_the_edition_in_force(client):
    an_edition()
    signed_in(client, "social_worker")
    page = read(client, "/standards/")
    for words in (
        "Edition 1, in force since 14 August 2017",
        f"{len(default_standards())} standards in ten domains",
        "Child’s voice and lived experience",
        "Limits the overall grade",
        "Impact on the child",
        "A manager’s review on working day 10 of the assessment.",
    ):
        assert words in page, words
    assert page.index("Referral and threshold") < page.index("Recording and chronology")
    for words in ("Begin the next edition", "Change it"):
        assert words not in page


def test_the_library_is_searched_by_words_and_domain(client):
    an_edition()
    signed_in(client, "board_member")
    page = read(client, "/standards/?words=supervision+outcome")
    assert "every action gets an outcome" in page and "Whether somebody who opens the record" not in page
    assert "1 standard of" in read(client, "/standards/?words=telephone&domain=referral")
    assert "No standard says that" in read(client, "/standards/?words=zebra")
    assert "40 standards in ten domains" in read(client, "/standards/?domain=nonsense")


def test_one_standard_with_its_grades_side_by_side_and_its_figures(client):
    an_edition()
    a_set(over_two_years("AS-06", range(66, 90), of=1000) + over_two_years("AS-03", range(30, 54), of=None))
    signed_in(client, "qa_lead")
    page = read(client, STANDARD)
    for words in (
        "What it looks like",
        "Requires improvement to be good",
        "Outstanding",
        "Ten working days into each assessment",
        "Working Together to Safeguard Children; local standard",
        "I have seen the child before this review",
        "Was progress reviewed at day ten",
        "Assessment under way",
        "/indicators/AS-06/",
        "89.0%",
    ):
        assert words in page, words
    assert "/case-audits/results/standards/" in page
    assert "Change it" not in page  # an adopted edition is never changed
    signed_in(client, "social_worker")  # sees no figures: the definitions instead
    page = read(client, STANDARD)
    assert "/definitions/AS-06/" in page and "Against its target" not in page
    assert "What case audits found" not in page


def test_a_standard_that_names_training_shows_who_completed_theirs(client):
    draft = a_draft()
    a_set(over_two_years("WF-12", range(66, 90), of=1000))
    signed_in(client, "qa_lead")
    page = read(client, STANDARD)
    assert "/indicators/WF-12/" in page and "89.0%" in page and "names training" in page
    one = the_standard(draft)
    standard_services.change_standard(one, version=1, by=draft.drafted_by, **said_of(one, training=""))
    assert "WF-12" not in read(client, STANDARD)


def test_all_of_it_is_one_page_to_print(client):
    an_edition()
    signed_in(client, "inspector")
    page = read(client, "/standards/editions/1/whole")
    assert page.count("gt-standard") >= len(default_standards())
    assert "In force from 14 August 2017" in page
    assert client.get("/standards/editions/9/whole").status_code == 404


def test_a_draft_is_there_for_those_who_write_and_adopt(client):
    a_draft()
    for role, status in (("social_worker", 404), ("qa_lead", 200), ("director", 200), ("board_member", 404)):
        signed_in(client, role)
        read(client, "/standards/editions/1/", status)
        read(client, STANDARD, status)
    assert "No edition is in force" in read(client, "/standards/")


def test_two_editions_are_compared(client):
    an_edition()
    signed_in(client, "qa_lead")
    assert "not two editions yet" in read(client, "/standards/compare/")
    draft = a_draft(on="2017-12-20", about="After the visit.")
    one = the_standard(draft)
    said = said_of(one, clock="A manager’s review on working day 8 of the assessment.")
    standard_services.change_standard(one, version=1, by=draft.drafted_by, **said)
    page = read(client, "/standards/compare/")
    assert "0 added, 1 changed, 0 dropped" in page
    assert "10</del>" in page and "8</ins>" in page
    assert "two that are not the same" in read(client, "/standards/compare/?before=1&after=1")
    assert "1 changed" in read(client, "/standards/compare/?before=x&after=99")
    signed_in(client, "elected_member")  # sees no drafts
    assert "not two editions yet" in read(client, "/standards/compare/")


# --- drafting


def test_an_edition_goes_from_draft_to_force(client):
    signed_in(client, "qa_lead")
    assert "the default set" in read(client, "/standards/editions/begin/")
    assert "filled in yet" in read(client, "/standards/editions/begin/", 400, about="")
    answer = client.post("/standards/editions/begin/", {"about": "The first edition."})
    assert answer["Location"] == "/standards/editions/1/"
    page = read(client, "/standards/editions/1/")
    assert "This is a draft" in page and "Propose it" in page
    assert "being made already" in read(client, "/standards/editions/begin/", 400, about="Again.")
    read(client, "/standards/editions/1/about", 302, about="Sharper.", version="1")
    read(client, "/standards/editions/1/about", 409, about="Mine.", version="1")
    read(client, "/standards/editions/1/propose", 302, version="2")
    page = read(client, "/standards/editions/1/")
    assert "It waits to be adopted" in page and "Go on writing it" in page and "Adopt it" not in page
    signed_in(client, "director")
    assert "Adopt it" in read(client, "/standards/editions/1/")
    read(client, "/standards/editions/1/send-back", 302, because="Shorter, please.", version="3")
    signed_in(client, "qa_lead")
    assert "Shorter, please." in read(client, "/standards/editions/1/")
    read(client, "/standards/editions/1/propose", 302, version="4")
    read(client, "/standards/editions/1/take-back", 302, version="5")
    read(client, "/standards/editions/1/propose", 302, version="6")
    signed_in(client, "director")
    refused = read(client, "/standards/editions/1/adopt", 400, in_force_on="2018-01-01", version="7")
    assert "at the earliest" in refused
    read(client, "/standards/editions/1/adopt", 302, in_force_on="2018-01-15", version="7")
    assert Edition.objects.get().is_adopted
    assert "This edition holds from 15 January 2018" in read(client, "/standards/editions/1/")


def test_a_draft_is_thrown_away(client):
    a_draft()
    signed_in(client, "qa_lead")
    assert "Everything written in this draft is gone" in read(client, "/standards/editions/1/discard")
    assert client.post("/standards/editions/1/discard", {"version": "1"})["Location"] == "/standards/"
    assert not Edition.objects.exists()


def test_a_standard_is_added_changed_and_taken_out(client):
    draft = a_draft()
    one = the_standard(draft)
    signed_in(client, "qa_lead")
    posted = posted_of(one, code="nobody-waits", domain="referral", statement="Nobody waits.")
    page = read(client, "/standards/editions/1/add", 400, **posted | {"indicators": "AS-06, ZZ-01"})
    assert "there is no ZZ-01" in page
    page = read(client, "/standards/editions/1/add", 400, **posted | {"expectations": " \n "})
    assert "Key expectations: not filled in yet." in page
    answer = client.post("/standards/editions/1/add", posted)
    assert answer["Location"] == "/standards/editions/1/nobody-waits/"
    page = read(client, answer["Location"])
    assert "add a question" in page and "Take it out" in page
    read(client, STANDARD + "edit", 302, **posted_of(one, good="Much better."))
    assert "Much better." in read(client, STANDARD)
    assert "Its questions go with it" in read(client, STANDARD + "remove")
    read(client, STANDARD + "remove", 302, version="2")
    assert client.get(STANDARD).status_code == 404


@pytest.mark.both_databases
def test_a_standard_of_a_draft_is_moved_by_a_button_and_nowhere_else(client):
    draft = a_draft()
    signed_in(client, "qa_lead")
    page = read(client, "/standards/editions/1/")
    first, second = [one for one in queries.standards_of(draft) if one.domain == "plan"][:2]
    assert page.count('value="up"') == page.count('value="down"') == draft.standards.count() - 10
    assert 'value="up"' not in read(client, "/standards/editions/1/?domain=plan")
    answer = client.post(f"/standards/editions/1/{second.code}/move", {"way": "up"})
    assert answer["Location"] == "/standards/editions/1/#domain-plan"
    page = read(client, "/standards/editions/1/")
    assert "Moved." in page and page.index(second.statement) < page.index(first.statement)
    answer = client.post(f"/standards/editions/1/{second.code}/move", {"way": "up"}, follow=True)
    assert "first of its domain already" in answer.content.decode()
    adopted(proposed(draft))
    assert 'value="up"' not in read(client, "/standards/editions/1/")


def test_48_two_people_change_a_standard_and_the_second_sees_both(client):
    one = the_standard(a_draft())
    signed_in(client, "qa_lead")
    assert "I have seen the child before this review" in read(client, STANDARD + "edit")
    read(client, STANDARD + "edit", 302, **posted_of(one, good="As the first wrote."))
    page = read(client, STANDARD + "edit", 409, **posted_of(one, good="As the second wrote."))
    assert "As the first wrote." in page and "As the second wrote." in page
    assert 'name="version" value="2"' in page
    read(client, STANDARD + "edit", 302, **posted_of(one, good="As the second wrote.", version="2"))
    one.refresh_from_db()
    assert (one.good, one.version) == ("As the second wrote.", 3)


def test_questions_are_added_changed_and_taken_out(client):
    draft = a_draft()
    signed_in(client, "head_of_service")
    read(client, STANDARD + "questions/add", 302, text="Was it held?", cohorts=["in_need"])
    page = read(client, STANDARD)
    assert "Was it held?" in page and "Children in need" in page
    address = STANDARD + "questions/question-1"
    assert "checked" in read(client, address)
    read(client, address, 302, text="Was it of use?", version="1")
    assert "Was it of use?" in read(client, address, 409, text="Other?", version="1")
    assert "Was it of use?" in read(client, address + "/remove")
    read(client, address + "/remove", 302, version="2")
    assert the_question(draft).standard.questions.count() == 2
    assert client.get(address).status_code == 404


def test_what_is_adopted_is_refused_in_a_sentence(client):
    edition = an_edition()
    signed_in(client, "qa_lead")
    page = read(client, STANDARD + "edit", 400, **posted_of(the_standard(edition)))
    assert "adopted and never changed" in page


def test_nobody_else_may_write_or_adopt(client):
    proposed(a_draft())
    signed_in(client, "team_manager")
    for address in ("begin/", "1/about", "1/add", "1/propose", "1/adopt", "1/send-back", "1/discard"):
        assert client.get(f"/standards/editions/{address}").status_code == 403
    signed_in(client, "qa_lead")
    assert client.get("/standards/editions/1/adopt").status_code == 403
    signed_in(client, "director")
    assert client.get("/standards/editions/1/propose").status_code == 403


@pytest.mark.both_databases
def test_pages_ask_the_database_little(client, django_assert_max_num_queries):
    an_edition()
    a_draft(on="2017-12-20")
    a_set(over_two_years("AS-06", range(66, 90), of=1000))
    signed_in(client, "qa_lead")
    for address in (
        "/standards/",
        "/standards/editions/2/",
        STANDARD,
        "/standards/editions/2/ten-day-review/edit",
        "/standards/editions/1/whole",
        "/standards/compare/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
