"""Pages of dip samples: lists, designs, drawing, the sheet on one screen, results, follow-ups."""

from datetime import date

import pytest
from django.urls import reverse

from goldenthread_web.accounts import restriction_services
from goldenthread_web.concerns.models import Concern
from goldenthread_web.dip_samples import design_services, services
from goldenthread_web.dip_samples.models import Answer, Design, DipSample
from goldenthread_web.trail.models import Event, Seen
from tests.web.builders import a_person, signed_in
from tests.web.reading import page_of
from tests.web.sampling_builders import DRAWN_ON, a_council, a_lead, ref
from tests.web.unit.test_dip_samples import FOUND, a_dip_sample, a_version, answered, finished, words

pytestmark = pytest.mark.django_db


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
def drawn(lead, auditor) -> DipSample:
    return a_dip_sample(lead, auditor)


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def posted_to(client, address, **said):
    answer = client.post(address, said)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def shown_to(person):
    """The children whom the trail says a person was shown."""
    events = Event.objects.filter(what="children.seen", by_id=person.pk).values("pk")
    return set(Seen.objects.filter(event_id__in=events).values_list("reference", flat=True))


def said_of(line, said="pass", **more):
    items = line.dip_sample.design_version.items.all()
    return {f"item-{item.pk}": said for item in items} | {"missed": "", "version": line.version} | more


def test_empty_lists_say_what_to_do(client, lead):
    signed_in(client, person=lead)
    assert "Choose a design and draw" in read(client, "/dip-samples/")
    assert "Take over those that come with" in read(client, "/dip-samples/designs/")
    assert "No dip sample is with you" in read(client, "/dip-samples/mine/")
    signed_in(client, "board_member")
    assert "Whoever leads case audits makes them" in read(client, "/dip-samples/designs/")


def test_the_designs_that_ship_are_taken_over_once(client, lead):
    signed_in(client, person=lead)
    assert "Take over 8 designs that come with" in read(client, "/dip-samples/designs/")
    assert posted_to(client, "/dip-samples/designs/take-over") == "/dip-samples/designs/"
    page = read(client, "/dip-samples/designs/")
    assert "Ten-day review of assessments" in page and "Take over" not in page
    client.post("/dip-samples/designs/take-over")
    assert "there already" in read(client, "/dip-samples/designs/")
    page = read(client, "/dip-samples/designs/ten_day_review/")
    for text in ("Held by day 10", "All, or 20, whichever is fewer", "not been finished once", "90%"):
        assert text in page, text


def a_design_said(**said):
    return {
        "title": "Genograms",
        "question": "Is there a genogram that helps?",
        "because": "",
        "cohort": "in_need",
        "method": "random",
        "strata": "",
        "size_rule": "fixed",
        "size": "8",
        "items": "There: Is there one?\nUsed: Is it used in the assessment?",
        "threshold": "75",
        "below": "Teams learn to draw one.",
        "version": "1",
    } | said


def test_a_design_is_made_worded_anew_and_ended(client, lead):
    signed_in(client, person=lead)
    assert "(not delivered)" in read(client, "/dip-samples/designs/add/")
    page = read(client, "/dip-samples/designs/add/", 400, **a_design_said(items="There is one"))
    assert "line 1 needs a short name" in page
    page = read(client, "/dip-samples/designs/add/", 400, **a_design_said(question="Genograms."))
    assert "end it with a question mark" in page
    where = posted_to(client, "/dip-samples/designs/add/", **a_design_said())
    assert where == "/dip-samples/designs/genograms/"
    assert "Used: Is it used in the assessment?" in read(client, f"{where}change/")
    posted_to(client, f"{where}change/", **a_design_said(threshold="80"))
    page = read(client, f"{where}change/", 409, **a_design_said(threshold="85"))
    assert "Somebody else changed this" in page and "85" in page
    assert Design.objects.get().versions.first().threshold == 80
    posted_to(client, f"{where}end")
    page = read(client, where)
    assert "No longer drawn since 2 January 2018" in page and "Draw children for it" not in page
    client.post(f"{where}end")
    assert "ended already" in read(client, where)


def test_children_are_drawn_on_a_page(client, lead, auditor):
    a_version(lead)
    signed_in(client, person=lead)
    page = read(client, "/dip-samples/designs/plans/draw/")
    assert "FSP 2" in page and "2018-01-16" in page and auditor.email in page
    said = {
        "sampler": auditor.pk,
        "due_on": "2018-01-16",
        "method": "random",
        "strata": "",
        "size_rule": "fixed",
        "size": "5",
        "teams": ["FSP 2"],
    }
    page = read(client, "/dip-samples/designs/plans/draw/", 400, **said | {"method": "targeted"})
    assert "Say why these children" in page
    assert posted_to(client, "/dip-samples/designs/plans/draw/", **said) == "/dip-samples/D1/"
    page = read(client, "/dip-samples/D1/")
    assert "0 of 5 answered" in page and "Give it to somebody else" in page
    said |= {"method": "targeted", "children": "c11\nc12", "reason": "A school complained of these."}
    posted_to(client, "/dip-samples/designs/plans/draw/", **said | {"teams": []})
    assert {one.child.reference for one in DipSample.objects.get(ref="D2").lines.all()} == {ref(11), ref(12)}
    assert "chosen for a reason, so the shares say nothing of all" in read(client, "/dip-samples/D2/")


def test_the_sampler_answers_on_one_screen(client, drawn, auditor):
    signed_in(client, person=auditor)
    assert "0 of 10 answered" in read(client, "/dip-samples/mine/")
    page = read(client, "/dip-samples/D1/sheet/")
    line = drawn.lines.first()
    assert page.count("<form id=") == 10 and "Is it clear?, child c" in page
    assert "https://cases.example/child/c" in page  # the case system
    where = reverse("dip_samples:line", args=["D1", line.pk])
    assert posted_to(client, where, **said_of(line)) == f"/dip-samples/D1/sheet/#line-{line.pk}"
    page = read(client, "/dip-samples/D1/sheet/")
    assert "1 of 10 answered" in page and "Saved at" in page and "Saved: child c" in page
    assert shown_to(auditor) == {one.child.reference for one in drawn.lines.all()}


def test_the_browser_saves_a_case_by_itself(client, drawn, auditor):
    signed_in(client, person=auditor)
    line = drawn.lines.first()
    where = reverse("dip_samples:line", args=["D1", line.pk])

    def saved(**said):
        answer = client.post(where, said, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return page_of(answer)

    page = saved(**said_of(line))
    assert 'name="version" value="2"' in page and "Saved at" in page and "1 of 10 answered" in page
    assert "<html" not in page
    assert "changed in another window" in saved(**said_of(line))
    assert "choose one of the answers" in saved(**said_of(line, "perhaps", version=2))
    services.withdraw(drawn, version=1, because="It was drawn twice.", by=a_lead())
    assert client.post(where, said_of(line), headers={"HX-Request": "true"}).status_code == 404
    assert Answer.objects.count() == 2


@pytest.mark.both_databases
def test_48_two_windows_and_nothing_is_lost(client, drawn, auditor):
    signed_in(client, person=auditor)
    line = drawn.lines.first()
    where = reverse("dip_samples:line", args=["D1", line.pk])
    posted_to(client, where, **said_of(line, "fail"))
    page = read(client, where, 409, **said_of(line, "pass"))
    assert "Somebody else changed this" in page and "No" in page and "Yes" in page
    line.refresh_from_db()
    posted_to(client, where, **said_of(line, "pass"))
    assert set(line.answers.values_list("said", flat=True)) == {"pass"}


def test_4_nobody_else_opens_a_sheet_and_nobody_when_it_is_done(client, drawn, auditor):
    line = drawn.lines.first()
    where = reverse("dip_samples:line", args=["D1", line.pk])
    signed_in(client, "auditor")
    for address in ("/dip-samples/D1/sheet/", where, f"{where}concern/", "/dip-samples/D1/sheet/finish/"):
        read(client, address, 404)
    answered(drawn, auditor)
    finished(drawn, auditor)
    signed_in(client, person=auditor)
    for address in ("/dip-samples/D1/sheet/", where, f"{where}concern/"):
        read(client, address, 404)
    assert "Finished" in read(client, "/dip-samples/mine/")
    read(client, "/dip-samples/D1/", 403)  # a case auditor reads no results


def test_16_a_restricted_child_leaves_the_sheet(client, drawn, auditor):
    reference = drawn.lines.first().child.reference
    head = a_person("head_of_service")
    restriction_services.propose_restriction(reference, reason="public_figure", viewers=[head], by=head)
    signed_in(client, person=auditor)
    page = read(client, "/dip-samples/D1/sheet/")
    assert page.count("<form id=") == 9 and "not on your sheet" in page
    read(client, reverse("dip_samples:line", args=["D1", drawn.lines.first().pk]), 404)
    assert shown_to(auditor) and reference not in shown_to(auditor)


def test_a_sheet_without_anybody_says_whom_to_ask(client, lead):
    manager = a_person("team_manager")
    made = a_dip_sample(lead, manager, teams=["MASH"], size=1)
    head = a_person("head_of_service")
    reference = made.lines.get().child.reference
    restriction_services.propose_restriction(reference, reason="public_figure", viewers=[head], by=head)
    signed_in(client, person=manager)
    assert "Nobody is on this sheet" in read(client, "/dip-samples/D1/sheet/")


def test_76_a_concern_is_raised_from_the_sheet(client, drawn, auditor):
    signed_in(client, person=auditor)
    line = drawn.lines.first()
    where = reverse("dip_samples:concern", args=["D1", line.pk])
    assert "ring the police first" in read(client, where)
    page = read(client, where, 400, text="Ring the neighbour at 020 7946 0000, she heard it all night.")
    assert "looks like a telephone number" in page and 'name="is_checked"' in page
    text = "Bruises are described and nobody has seen the child since."
    assert posted_to(client, where, text=text).startswith("/concerns/raised/C")
    made = Concern.objects.get()
    assert (made.reference, made.source_ref) == (line.child.reference, "D1")
    assert f"Concern {made.ref} raised" in read(client, "/dip-samples/D1/sheet/")


def test_it_is_finished_with_words(client, drawn, auditor):
    signed_in(client, person=auditor)
    page = read(client, "/dip-samples/D1/sheet/finish/", 400, found=FOUND, version="1")
    assert "10 cases are not answered yet" in page and FOUND in page
    answered(drawn, auditor)
    assert (
        posted_to(client, "/dip-samples/D1/sheet/finish/", found=FOUND, version="1") == "/dip-samples/mine/"
    )
    assert "Thank you" in read(client, "/dip-samples/mine/")


def test_results_are_read_by_those_who_lead(client, drawn, auditor, lead):
    answered(drawn, auditor, yes=7)
    last = drawn.lines.last()
    services.save_line(last, version=last.version, answers={}, missed="no_record", by=auditor)
    finished(drawn, auditor)
    signed_in(client, "service_manager")
    page = read(client, "/dip-samples/D1/")
    for text in (
        "7 of 9, 78%",
        "45% to 94%",
        "Below 80%",
        FOUND,
        "1 case: the record is not there",
        "Nothing set",
    ):
        assert text in page, text
    assert "Say what is done about it</a>" not in page
    assert not any(line.child.reference in page for line in drawn.lines.all())
    page = read(client, "/dip-samples/")
    assert "Below 80%" in page and "Clear, By when" in page and "Nothing set yet" in page


def test_whoever_sees_no_small_numbers_reads_none(client, drawn, auditor):
    signed_in(client, "elected_member")
    assert "being looked at" in read(client, "/dip-samples/") and "0 of 10" not in read(
        client, "/dip-samples/"
    )
    answered(drawn, auditor, yes=7)
    finished(drawn, auditor)
    page = read(client, "/dip-samples/D1/")
    assert "hidden: small numbers" in page and "7 of 10" not in page and "70%" not in page
    assert "hidden: small numbers" in read(client, "/dip-samples/designs/plans/")
    page = read(client, "/dip-samples/")
    assert "Nothing below that may be shown" in page and "Nothing set yet" not in page


def test_what_was_found_is_followed_up(client, drawn, auditor, lead):
    answered(drawn, auditor, yes=3)
    finished(drawn, auditor)
    signed_in(client, person=lead)
    page = read(client, "/dip-samples/D1/follow-up/")
    assert "As agreed for less than 80%" in page
    said = {"item": "", "text": "Plans are rewritten with families.", "post": "Service manager"}
    details = said | {"text": "Ring 020 7946 0018 first."}
    page = read(client, "/dip-samples/D1/follow-up/", 400, **details, due_on="2018-01-31")
    assert "This looks like a telephone number." in page and "I have read the warning" in page
    page = read(client, "/dip-samples/D1/follow-up/", 400, **said, due_on="2017-12-01")
    assert "not before the dip sample was finished" in page
    posted_to(client, "/dip-samples/D1/follow-up/", **said, due_on="2018-01-31")
    assert "Plans are rewritten with families." in read(client, "/dip-samples/D1/")
    assert "1 follow-up open" in read(client, "/dip-samples/")
    number = drawn.follow_ups.get().pk
    done = {"text": "All of them were rewritten.", "done_on": "2018-01-02", "version": "1"}
    where = f"/dip-samples/follow-ups/{number}/done/"
    assert "Plans are rewritten" in read(client, where)
    assert "This looks like a postcode." in read(client, where, 400, **done | {"text": "Seen at SW1A 1AA."})
    posted_to(client, where, **done)
    assert "Done 2 Jan 2018" in read(client, "/dip-samples/D1/")
    read(client, where, 409, **done)


def test_it_is_given_away_and_withdrawn_on_pages(client, drawn, lead):
    other = a_person("auditor")
    signed_in(client, person=lead)
    said = {"sampler": other.pk, "due_on": "2018-01-20", "version": "1"}
    posted_to(client, "/dip-samples/D1/give/", **said)
    page = read(client, "/dip-samples/D1/give/", 409, **said)
    assert "Somebody else changed this" in page
    posted_to(client, "/dip-samples/D1/withdraw/", because="It was drawn twice.", version="2")
    assert "Withdrawn, and counted nowhere: It was drawn twice." in read(client, "/dip-samples/D1/")
    assert "D1" not in read(client, "/dip-samples/")
    read(client, "/dip-samples/D9/", 404)


def test_the_same_design_is_read_over_time(client, lead, auditor):
    for extra in ({"drawn_on": date(2017, 11, 20)}, {}):
        made = a_dip_sample(lead, auditor, **extra)
        answered(made, auditor, yes=4 if extra else 9)
        finished(made, auditor)
    design_services.word_anew(made.design_version.design, words(threshold=90), version=1, by=lead)
    a_dip_sample(
        lead, auditor, method="targeted", references=[ref(11)], reason="One that a judge criticised."
    )
    signed_in(client, "head_of_service")
    page = read(client, "/dip-samples/designs/plans/")
    assert "At random: yes" in page and "20 Nov 2017 (D1)" in page and "29 Dec 2017 (D2)" in page
    assert "<b>40%</b>" in page and "<b>90%</b>" in page and "D3 is being looked at" in page
    assert "version 1" in page


def test_pages_of_dip_samples_ask_the_database_seldom(client, lead, auditor, django_assert_max_num_queries):
    for _ in range(3):
        made = a_dip_sample(lead, auditor)
        answered(made, auditor)
        finished(made, auditor)
    a_dip_sample(lead, lead, drawn_on=DRAWN_ON)
    signed_in(client, person=lead)
    addresses = ("", "mine/", "designs/", "designs/plans/", "designs/plans/draw/", "D1/", "D4/", "D4/sheet/")
    for address in (f"/dip-samples/{one}" for one in addresses):
        client.get(address)
        with django_assert_max_num_queries(14):
            client.get(address)
    assert Event.objects.filter(what="children.seen").count() == 2
