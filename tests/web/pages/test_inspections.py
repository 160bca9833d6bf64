"""Pages of inspections, the ledger and readiness: what a person reads, and what a form does."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread_web.governance.models import Countdown, Statement
from goldenthread_web.improvement.ledger_services import dispose
from goldenthread_web.inspections import intervention_services, services
from goldenthread_web.inspections.models import (
    Condition,
    Engagement,
    EvidenceItem,
    Finding,
    Inspection,
    Intervention,
    Interview,
    Letter,
    ReadinessItem,
    Recommendation,
    Review,
    SettingInspection,
    Visit,
)
from goldenthread_web.programme.services import set_aim
from goldenthread_web.ui.words import day_said
from tests.web.builders import a_person, signed_in
from tests.web.inspected import a_finding, a_letter, a_visit
from tests.web.reading import page_of

pytestmark = pytest.mark.django_db
REASON = "The team has put this right already, and its figures show it."
MOST_QUERIES = 12


@pytest.fixture
def story():
    """An inspection, a visit with a letter and two findings, a later visit, an intervention, a partner."""
    manager = a_person("programme_manager")
    set_aim(
        name="Programme",
        framework="SIF",
        target_grade="good",
        starts_on=date(2017, 4, 7),
        target_on=date(2019, 4, 7),
        by=manager,
    )
    inspection = services.enter_inspection(
        framework="SIF",
        starts_on=date(2017, 1, 23),
        ends_on=date(2017, 2, 16),
        published_on=date(2017, 4, 7),
        overall_grade="inadequate",
        by=manager,
    )
    services.change_inspection(inspection, version=1, plan_submitted_on=date(2017, 7, 14), by=manager)
    services.judge(inspection, "leadership", "inadequate", by=manager)
    recommended = services.set_recommendation(
        inspection, 4, title="Assessments in time", text="Do them in time.", by=manager
    )
    letter = a_letter(
        "Visit\n\nThe checkpoint is not used. Children are seen.\n\n"
        "Minutes of conferences are sent out weeks late."
    )
    a_finding(letter, "The checkpoint is not used.", recommendation=recommended)
    a_finding(letter, "Children are seen.", "strength")
    a_visit(2, starts_on=date(2018, 5, 1), areas=["assessment"], announced_on=date(2017, 12, 21))
    notice = intervention_services.enter_intervention(
        title="Improvement notice", issued_on=date(2017, 5, 12), rung="notice", by=manager
    )
    intervention_services.add_condition(notice, number=1, text="Hand in a plan.", post="Director", by=manager)
    intervention_services.plan_review(notice, planned_on=date(2018, 1, 16), by=manager)
    intervention_services.keep_engagement(
        partner="Northshire", area="workforce", starts_on=date(2017, 7, 24), advice="Ask them.", by=manager
    )
    return letter


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return page_of(answer)


def post(client, path, status=302, **said):
    answer = client.post(path, said)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer


def pages(letter):
    finding, inspection = Finding.objects.first(), Inspection.objects.get()
    notice = Intervention.objects.get()
    yield from ("/inspections/", "/inspections/recommendations/", "/inspections/homes/")
    yield from ("/inspections/intervention/", "/inspections/partners/", "/inspections/ledger/")
    yield from (f"/inspections/{inspection.pk}/", f"/inspections/{inspection.pk}/change/")
    yield f"/inspections/{inspection.pk}/grades/"
    yield f"/inspections/{inspection.pk}/recommend/"
    yield f"/inspections/recommendations/{Recommendation.objects.get().pk}/"
    yield from ("/inspections/enter/", "/inspections/homes/enter/", "/inspections/visits/enter/")
    yield from ("/inspections/visits/2/", "/inspections/visits/2/change/", "/inspections/letters/enter/")
    yield from (f"/inspections/letters/{letter.pk}/", f"/inspections/letters/{letter.pk}/mark/")
    yield from (f"/inspections/letters/{letter.pk}/published/", f"/inspections/findings/{finding.pk}/")
    yield from (f"/inspections/findings/{finding.pk}/change/", f"/inspections/ledger/{finding.pk}/")
    yield from (f"/inspections/intervention/{notice.pk}/{what}/" for what in ("move", "lifted", "review"))
    yield f"/inspections/intervention/{notice.pk}/condition/"
    yield f"/inspections/intervention/conditions/{Condition.objects.get().pk}/"
    yield f"/inspections/intervention/reviews/{Review.objects.get().pk}/"
    yield from ("/inspections/partners/enter/", f"/inspections/partners/{Engagement.objects.get().pk}/")
    yield from (f"/inspections/visits/2/readiness/{what}" for what in ("", "actions/", "add/", "evidence/"))
    yield from (f"/inspections/visits/2/readiness/{w}" for w in ("evidence/add/", "interviews/"))
    yield "/inspections/visits/2/readiness/interviews/add/"


@pytest.mark.both_databases
def test_every_page_answers_with_few_queries(client, story, django_assert_max_num_queries):
    signed_in(client, "director")
    for path in pages(story):
        with django_assert_max_num_queries(MOST_QUERIES, info=path):
            page = read(client, path)
        assert page.count("<h1") == 1, path


def test_more_findings_take_no_more_queries(client, story):

    signed_in(client, "director")
    letter = a_letter("One.\n\nTwo.\n\nThree.", of=Visit.objects.get(number=1), dated_on=date(2017, 10, 2))
    paths = ["/inspections/", "/inspections/ledger/", f"/inspections/letters/{letter.pk}/"]
    counted = []
    for path in paths:  # what is read once and kept
        read(client, path)
    for words in ("One.", "Two.", "Three."):
        a_finding(letter, words)
        with CaptureQueriesContext(
            connection,
        ) as found:
            for path in paths:
                read(client, path)
        counted.append(len(found))
    assert len(set(counted)) == 1, counted


def test_nothing_yet_says_what_to_do(client):
    signed_in(client, "programme_manager")
    assert "No letter is entered yet" in read(client, "/inspections/")
    assert "No finding is marked yet" in read(client, "/inspections/ledger/")
    assert "No recommendation yet" in read(client, "/inspections/recommendations/")
    assert "No notice or direction is entered" in read(client, "/inspections/intervention/")
    assert "No help of another council" in read(client, "/inspections/partners/")
    assert "No inspection of a setting" in read(client, "/inspections/homes/")


def test_the_first_page_counts_down_to_the_aim(client, story):
    signed_in(client, "board_member")
    page = read(client, "/inspections/")
    assert "The aim: good by" in page and ">460<" in page  # from 2 January 2018 to 7 April 2019
    assert "1 of 4" in page and "14 July 2019" in page
    assert "Enter a letter" not in page


def test_an_inspection_says_what_follows_from_it(client, story):
    signed_in(client, "board_member")
    page = read(client, f"/inspections/{Inspection.objects.get().pk}/")
    assert "20 July 2017" in page and "17 August 2017" in page
    assert "Leadership, management and governance" in page and "Do them in time." in page


def test_a_letter_shows_its_findings_in_its_words(client, story):
    signed_in(client, "board_member")
    page = read(client, f"/inspections/letters/{story.pk}/")
    assert '<mark class="gt-mark gt-mark--weakness">The checkpoint is not used.</mark>' in page
    assert '<mark class="gt-mark gt-mark--strength">Children are seen.</mark>' in page
    assert 'id="p2"' in page and "Mark a finding" not in page
    signed_in(client, "programme_manager")
    assert "Mark a finding in p2" in read(client, f"/inspections/letters/{story.pk}/")


def test_a_finding_is_marked_by_typing_its_words(client, story):
    signed_in(client, "programme_manager")
    said = {
        "paragraph": "p3",
        "words": "Minutes of conferences are  sent out weeks late.",
        "valence": "weakness",
        "title": "Minutes late",
        "practice_area": "protection_plans",
    }
    path = f"/inspections/letters/{story.pk}/mark/"
    answer = post(client, path, **said)
    assert answer.url == f"{path}?paragraph=p3"
    assert Finding.objects.get(ref="V1.3").quote == "Minutes of conferences are sent out weeks late."
    page = post(
        client, path, 400, **(said | {"words": "Minutes of conferences were sent out weeks late."})
    ).content.decode()
    assert "“are” became “were”" in page and Finding.objects.count() == 3
    assert (
        "Short title, in our words: not filled in yet"
        in post(client, path, 400, **(said | {"title": ""})).content.decode()
    )


def test_a_letter_is_entered_from_a_file_or_from_its_text(client, story):
    signed_in(client, "programme_manager")
    path = "/inspections/letters/enter/"
    said = {"of": "visit-1", "dated_on": "2017-10-02", "received_on": "2017-10-02"}
    file = SimpleUploadedFile("letter.txt", b"A paragraph.\n\nAnother one.")
    post(client, path, **said, file=file)
    assert Letter.objects.first().source == "letter.txt"
    post(client, path, **said, text="Pasted words.\n\nMore of them.")
    assert Letter.objects.count() == 3
    page = post(client, path, 400, **said).content.decode()
    assert "as a file or paste its text" in page
    page = post(
        client, path, 400, **said, text="Words.", file=SimpleUploadedFile("a.txt", b"Words.")
    ).content.decode()
    assert "hand over one of the two" in page
    page = post(client, path, 400, **said, file=SimpleUploadedFile("a.pdf", b"Words.")).content.decode()
    assert "is called .pdf and is not one" in page


def test_a_corrected_letter_and_a_day_of_publication(client, story):
    signed_in(client, "programme_manager")
    said = {"of": "visit-1", "dated_on": "2017-09-08", "received_on": "2017-09-08"}
    post(client, "/inspections/letters/enter/", **said, supersedes=story.pk, text="Children are seen.")
    old = read(client, f"/inspections/letters/{story.pk}/")
    assert "took the place of this one" in old and "1 finding stays here" in old
    new = Letter.objects.get(supersedes=story)
    assert "It takes the place of" in read(client, f"/inspections/letters/{new.pk}/")
    lost = Finding.objects.get(ref="V1.1")
    page = read(client, f"/inspections/findings/{lost.pk}/")
    assert "not in the letter that took the place" in page
    assert f"of the letter of {day_said(lost.paragraph.letter.dated_on)}" in page
    post(client, f"/inspections/letters/{new.pk}/published/", published_on="2017-09-20")
    assert Letter.objects.get(pk=new.pk).published_on == date(2017, 9, 20)


@pytest.mark.both_databases
def test_48_a_finding_is_changed_repeated_and_withdrawn_by_one_person_at_a_time(client, story):
    signed_in(client, "programme_manager")
    finding = Finding.objects.get(ref="V1.1")
    path = f"/inspections/findings/{finding.pk}/"
    said = {"version": 1, "valence": "focus", "title": "Otherwise", "practice_area": "assessment"}
    post(client, f"{path}change/", **said)
    page = post(client, f"{path}change/", 409, **(said | {"title": "Again"})).content.decode()
    assert "Somebody else changed this" in page and "Otherwise" in page and "Again" in page
    # Once more, having seen what the other person saved.
    assert 'name="version" value="2"' in page
    post(client, f"{path}repeat/", version=2, of="unknown")
    assert "in no letter that is kept here" in read(client, path)
    post(client, f"{path}repeat/", version=2, of="")
    assert Finding.objects.get(pk=finding.pk).is_repeat  # the page was older than what stands
    assert "Somebody else changed it" in read(client, path)
    post(client, f"{path}withdraw/", version=3, because="no")
    assert "in a sentence why" in read(client, path)
    post(client, f"{path}withdraw/", version=3, because="Marked by mistake.")
    assert "Marked by mistake." in read(client, path)


def test_likely_repeats_are_proposed_and_decided(client, story):
    signed_in(client, "programme_manager")
    visit = a_visit(3, starts_on=date(2017, 11, 28))
    letter = a_letter("The checkpoint is still not used.", of=visit, dated_on=date(2017, 12, 21))
    finding = a_finding(letter, "The checkpoint is still not used.")
    earlier = Finding.objects.get(ref="V1.1")
    path = f"/inspections/findings/{finding.pk}/"
    assert (
        "It repeats this" in read(client, path) and "the same area of practice" in read(client, path).lower()
    )
    post(client, f"{path}repeat/", version=1, of=earlier.pk)
    assert Finding.objects.get(pk=finding.pk).repeat_of == earlier
    assert "It was said again" in read(client, f"/inspections/findings/{earlier.pk}/")


def test_the_ledger_is_filtered_and_answered(client, story):
    signed_in(client, "programme_manager")
    page = read(client, "/inspections/ledger/")
    assert "V1.1" in page and "V1.2" in page and "Overdue by" in page
    assert "1 weakness is not answered" in page
    page = read(client, "/inspections/ledger/?kind=weakness&standing=overdue&area=assessment")
    assert "V1.1" in page and "V1.2" not in page
    assert "No finding is like that" in read(client, "/inspections/ledger/?standing=answered")
    assert "V1.1" in read(client, f"/inspections/ledger/?letter={story.pk}")
    finding = Finding.objects.get(ref="V1.1")
    path = f"/inspections/ledger/{finding.pk}/"
    answer = post(client, path, 400, version=1, kind="no_action", reason="No.")
    assert "Give the reason" in answer.content.decode()
    post(client, path, version=1, kind="no_action", reason=REASON)
    assert REASON in read(client, path)
    page = post(client, path, 409, version=1, kind="no_action", reason=REASON + " Twice.").content.decode()
    assert "Somebody else changed this" in page
    assert "V1.1" in read(client, "/inspections/ledger/?standing=none")


def test_who_may_not_answer_reads_what_was_said(client, story):
    signed_in(client, "board_member")
    finding = Finding.objects.get(ref="V1.1")
    path = f"/inspections/ledger/{finding.pk}/"
    assert "Nothing was said about this finding" in read(client, path)
    assert '<form method="post" novalidate' not in read(client, path)
    post(client, path, 403, version=1, kind="no_action", reason=REASON)


def test_inspections_visits_and_homes_are_entered(client, story):
    signed_in(client, "programme_manager")
    fieldwork = {"starts_on": "2017-10-02", "ends_on": "2017-10-06"}
    post(client, "/inspections/enter/", framework="JTAI", **fieldwork)
    page = post(client, "/inspections/enter/", 400, framework="ILACS", **fieldwork).content.decode()
    assert "was not in use on that day" in page
    number = Inspection.objects.get(framework="SIF").pk
    post(client, f"/inspections/{number}/grades/", leadership="good", lscb="inadequate")
    post(client, f"/inspections/{number}/recommend/", number=5, title="Five", text="As printed.")
    five = Recommendation.objects.get(number=5)
    post(client, f"/inspections/recommendations/{five.pk}/", version=1, title="Fünf", text="As printed.")
    page = post(
        client, f"/inspections/recommendations/{five.pk}/", 409, version=1, title="Cinq", text="As printed."
    ).content.decode()
    assert "Cinq" in page and "Fünf" in page
    given = {"framework": "SIF", "starts_on": "2017-01-23", "ends_on": "2017-02-16"}
    given |= {"published_on": "2017-04-07", "overall_grade": "inadequate", "plan_submitted_on": "2017-07-17"}
    post(client, f"/inspections/{number}/change/", version=2, **given)
    assert Inspection.objects.get(pk=number).plan_submitted_on == date(2017, 7, 17)
    days = {"starts_on": "2018-08-14", "ends_on": "2018-08-15"}
    post(client, "/inspections/visits/enter/", number=3, **days, areas=["in_care", "placements"])
    post(client, "/inspections/visits/3/change/", version=1, **days, areas=["in_care"])
    assert Visit.objects.get(number=3).areas == ["in_care"]
    assert "Children in care" in read(client, "/inspections/visits/3/")
    post(client, "/inspections/visits/3/change/", 409, version=1, **days, focus="Homes")
    read(client, "/inspections/visits/99/", 404)
    home = {"setting": "Home A", "setting_type": "children_home", "inspected_on": "2017-12-05"}
    post(client, "/inspections/homes/enter/", **home, outcome="outstanding", direction="sustained")
    assert SettingInspection.objects.exists()
    assert "Sustained effectiveness" in read(client, "/inspections/homes/")


def test_the_intervention_is_followed(client, story):
    signed_in(client, "programme_manager")
    notice, condition = Intervention.objects.get(), Condition.objects.get()
    because = "Written in the letter of the department."
    path = f"/inspections/intervention/{notice.pk}/"
    post(client, f"{path}condition/", number=2, text="Set up a board.", post="Chief executive")
    judged = {"state": "met", "on": "2017-07-14", "evidence": "Handed in on 14 July."}
    post(client, f"/inspections/intervention/conditions/{condition.pk}/", **judged)
    post(client, f"{path}review/", planned_on="2017-07-11")
    held = Review.objects.get(planned_on=date(2017, 7, 11))
    said = {"held_on": "2017-07-11", "reviewer": "Adviser", "said": "Go on.", "source": "Letter"}
    post(client, f"/inspections/intervention/reviews/{held.pk}/", **said)
    post(client, f"{path}move/", rung="additional", since_on="2017-10-02", because=because)
    page = read(client, "/inspections/intervention/")
    assert "Handed in on 14 July." in page and "Go on." in page and because in page
    assert "16 January 2018" in page  # the next review
    post(client, f"{path}lifted/", version=1, ended_on="2017-12-01")
    assert "lifted on 1 December 2017" in read(client, "/inspections/intervention/")
    post(
        client,
        "/inspections/intervention/enter/",
        title="Direction",
        issued_on="2017-12-05",
        rung="direction",
    )
    engaged = {
        "partner": "Westborough",
        "area": "legal",
        "starts_on": "2017-09-04",
        "visits": 1,
        "days": "2.5",
    }
    post(client, "/inspections/partners/enter/", **engaged)
    made = Engagement.objects.get(partner="Westborough")
    post(client, f"/inspections/partners/{made.pk}/", version=1, **(engaged | {"action_ref": "2.1.1"}))
    page = read(client, "/inspections/partners/")
    assert "2.1.1" in page and "no action" in page


def test_a_visit_is_prepared_and_what_was_handed_over_stays(client, story):
    signed_in(client, "programme_manager")
    path = "/inspections/visits/2/readiness/"
    page = read(client, path)
    assert "Nothing is on the checklist yet" in page and "V1.1" in page
    post(client, f"{path}add/", text="Check the figures", post="Analyst", due_on="2018-04-20")
    item = ReadinessItem.objects.get()
    post(client, f"/inspections/readiness/{item.pk}/", version=1, done="yes")
    assert "Ready since" in read(client, path)
    post(client, f"/inspections/readiness/{item.pk}/", version=1, done="no")
    assert ReadinessItem.objects.get().done_on  # somebody else said so meanwhile
    given = {"evidence_class": "minutes", "what": "Minutes", "place": "Folder", "post": "Manager"}
    post(client, f"{path}evidence/add/", **given)
    one = EvidenceItem.objects.get()
    post(client, f"/inspections/evidence/{one.pk}/ready/", version=1)
    over = {"to": "Lead inspector", "day": "2018-01-02", "time": "09:00", "channel": "portal"}
    post(client, f"/inspections/evidence/{one.pk}/", **over, handed_by="Programme manager")
    page = read(client, f"{path}evidence/")
    assert "Handed over" in page and "portal" in page and "Nothing yet of:" in page
    post(client, f"/inspections/evidence/{one.pk}/withdraw/", version=2, because="Wrong one.")
    assert "stays in the pack" in read(client, f"{path}evidence/")
    talk = {"with_whom": "Four team managers", "day": "2018-05-01", "time": "11:00", "minutes": 45}
    post(client, f"{path}interviews/add/", **talk)
    assert "Four team managers" in read(client, f"{path}interviews/")
    post(client, f"/inspections/interviews/{Interview.objects.get().pk}/remove/")
    assert "No talk is planned yet" in read(client, f"{path}interviews/")


def test_the_actions_of_the_focus_are_those_that_answer_its_findings(client, story):
    from tests.web.unit.test_ledger import an_action

    action = an_action()
    an_action("2.1.2", text="Something else entirely.")
    dispose(
        Finding.objects.get(ref="V1.1"),
        kind="existing_action",
        action=action,
        version=1,
        by=a_person("programme_manager"),
    )
    signed_in(client, "team_manager")
    page = read(client, "/inspections/visits/2/readiness/actions/")
    assert "Use the checkpoint at ten days." in page and "Something else entirely." not in page
    assert "Evidence pack" not in page
    read(client, "/inspections/visits/2/readiness/evidence/", 403)


def test_the_council_says_what_it_knows_of_itself_and_looks_at_it_again(client, story):
    signed_in(client, "programme_manager")
    path = "/inspections/self-evaluation/"
    assert "Nothing is said of this area yet." in read(client, path)
    weak = {"area": "help_and_protection", "sign": "weakness", "confidence": "high", "grade": "inadequate"}
    answer = post(client, f"{path}write/", 400, **weak, text="Assessments come late.")
    assert "A weakness says what is done about it" in page_of(answer)
    post(client, f"{path}write/", **weak, text="Assessments come late.", next_step="Use the checkpoint.")
    one = Statement.objects.get()
    finding = Finding.objects.get(ref="V1.1")
    post(client, f"{path}{one.pk}/evidence/", kind="finding", finding=finding.pk)
    page = read(client, f"{path}{one.pk}/")
    assert finding.quote in page and "It rests on one kind of evidence" in page and "Inadequate" in page
    kept = [piece.pk for piece in one.evidence.all()]
    again = weak | {"text": "Assessments come late in two teams.", "next_step": "Use it.", "holding": kept}
    post(client, f"{path}{one.pk}/review/", **again)
    second = Statement.objects.get(edition=2)
    assert "Assessments come late in two teams." in read(client, path)
    page = read(client, f"{path}{one.pk}/")
    assert "the newest edition" in page and "Look at it again" not in page
    with CaptureQueriesContext(connection) as asked:
        read(client, f"{path}{second.pk}/")
    assert len(asked) <= MOST_QUERIES
    post(client, f"{path}{second.pk}/end/", because="Put right.")
    assert "No longer said since" in read(client, f"{path}{second.pk}/")
    assert "Nothing is said of this area yet." in read(client, path)


def test_a_board_member_reads_the_self_evaluation_and_writes_none_of_it(client, story):
    signed_in(client, "board_member")
    assert "Say what we know" not in read(client, "/inspections/self-evaluation/")
    read(client, "/inspections/self-evaluation/write/", 403)
    assert "Open a calendar" not in read(client, "/inspections/calendars/")


def test_a_calendar_around_day_0_is_opened_ticked_moved_and_closed(client, story):
    signed_in(client, "programme_manager")
    path = "/inspections/calendars/"
    assert "No calendar is open yet" in read(client, path)
    said = {"title": "Rehearsal", "kind": "rehearsal", "day_zero_on": "2018-04-02"}
    answer = post(client, f"{path}open/", 400, **said)
    assert "announced on a working day" in page_of(answer)
    post(client, f"{path}open/", **(said | {"day_zero_on": "2018-04-03"}))
    calendar = Countdown.objects.get()
    one = f"{path}{calendar.pk}/"
    assert "20 working days before day 0" in read(client, one) and "Rehearsal" in read(client, path)
    post(client, f"{one}add/", text="Tea", post="Manager", working_day=-1)
    item = calendar.items.get(text="Tea")
    post(client, f"/inspections/calendar-items/{item.pk}/tick/", version=1, done="yes")
    assert "Ready since" in read(client, one)
    path_of_item = f"/inspections/calendar-items/{item.pk}/"
    changed = {"text": "Coffee", "post": "Manager", "working_day": 1}
    post(client, path_of_item, 409, **changed, version=1)  # ticked since the form was opened
    post(client, path_of_item, **changed, version=2)
    assert "1 working day after day 0" in read(client, one)
    post(client, f"{one}move/", kind="announced", day_zero_on="2018-04-09", version=1)
    assert "10 Apr 2018" in read(client, one)
    post(client, f"{path_of_item}remove/", version=3)
    assert "Coffee" not in read(client, one)
    with CaptureQueriesContext(connection) as asked:
        read(client, one)
    assert len(asked) <= MOST_QUERIES
    post(client, f"{one}close/", learned="Begin earlier.", version=2)
    page = read(client, one)
    assert "Begin earlier." in page and "Move day 0" not in page
