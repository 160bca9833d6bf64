"""Pages of case audits: what a person reads, who may not, what is kept meanwhile, what is missing."""

import re
from datetime import date

import pytest

from goldenthread_web.accounts.models import Relation
from goldenthread_web.accounts.restriction_services import propose_restriction
from goldenthread_web.case_audits import doing_services, handing_services, round_services
from goldenthread_web.case_audits.models import CaseAudit, Moderation, ProFormaQuestion
from goldenthread_web.case_audits.round_services import Drawing
from goldenthread_web.concerns.models import Concern
from goldenthread_web.config.clock import now
from goldenthread_web.trail.models import Event, Seen
from tests.web.asking import MOST, asked
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.case_audit_builders import (
    C1,
    C4,
    a_case_audit,
    a_pro_forma,
    a_programme,
    completed,
    everything,
    stored,
)
from tests.web.morning import a_morning
from tests.web.pages.test_risks import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning(settings, tmp_path):
    a_morning(settings, tmp_path)


@pytest.fixture
def lead():
    return a_person("qa_lead")


@pytest.fixture
def auditor():
    return a_person("auditor")


@pytest.fixture
def case_audit(lead, auditor):
    return a_case_audit(lead, auditor)


def posted(case_audit, **changes):
    """Everything said, as the form posts it."""
    said = everything(case_audit)
    fields = {name: value for name, value in said.own.items()}
    for question, (answer, seen, where) in said.answers.items():
        fields |= {f"q{question}": answer, f"q{question}_seen": seen, f"q{question}_where": where}
    for domain, grade in said.domain_grades.items():
        fields[f"grade_{domain}"] = grade
    fields |= {"version": stored(case_audit).version, "follows": ""}
    return {name: str(value) for name, value in (fields | changes).items()}


def follows_of(page):
    return re.search(r'name="follows" id="follows" value="([^"]*)"', page)[1]


def test_an_auditor_without_anything_to_do_reads_what_happens(client):
    signed_in(client, "auditor")
    page = read(client, "/case-audits/mine/")
    assert "You have no case audit to do" in page and "you get a mail" in page


def test_ones_own_list_has_what_is_due_first(client, lead, auditor, case_audit):
    late = a_case_audit(
        lead, auditor, C4, team="FSP 2", scheduled_on=date(2017, 12, 1), due_on=date(2017, 12, 20)
    )
    doing_services.keep_draft(case_audit, fields={"strengths": "Kept"}, based_on=1, follows="", by=auditor)
    signed_in(client, person=auditor)
    page = read(client, "/case-audits/mine/")
    assert page.index(late.ref) < page.index(case_audit.ref)
    assert "Overdue by 6 working days" in page and "Due in 9 working days" in page
    assert "Something typed is not saved" in page and ">c1" in page and ">c4" in page
    assert set(Seen.objects.values_list("reference", flat=True)) == {C1, C4}
    handing_services.withdraw(late, version=1, because="The child has moved.", by=lead)
    assert late.ref not in read(client, "/case-audits/mine/")


def test_a_child_to_whom_somebody_is_related_leaves_their_list(client, auditor, case_audit):
    Relation.objects.create(person=auditor, reference=C1, declared_at=now())
    signed_in(client, person=auditor)
    page = read(client, "/case-audits/mine/")
    assert case_audit.ref not in page and ">c1" not in page
    read(client, f"/case-audits/{case_audit.ref}/do/", 404)
    read(client, f"/case-audits/{case_audit.ref}/", 404)


def test_the_form_asks_domain_by_domain(client, auditor, case_audit):
    signed_in(client, person=auditor)
    page = read(client, f"/case-audits/{case_audit.ref}/do/")
    for words in (
        "Is assessment well done?",
        "Statement of plan.",
        "What is it like to be this child?",
        "Raise an immediate concern",
        "0 of 1",
        "Open the case record",
        'href="#childs_voice"',
    ):
        assert words in page, words
    seen = Event.objects.filter(what="child.seen", about_key=str(case_audit.pk)).get()
    assert list(Seen.objects.filter(event_id=seen.pk).values_list("reference", flat=True)) == [C1]
    # A link of the page leads to each part, and the default button saves.
    assert page.index('name="save"') < page.index('name="concern"') < page.index('name="complete"')


def test_4_nobody_else_opens_the_form_and_nobody_after_completion(client, lead, auditor, case_audit):
    address = f"/case-audits/{case_audit.ref}/do/"
    for role in ("qa_lead", "director", "team_manager", "auditor"):
        signed_in(client, role)
        read(client, address, 404)
        assert client.post(f"/case-audits/{case_audit.ref}/keep", {}).status_code == 404
        read(client, f"/case-audits/{case_audit.ref}/concern/", 404)
    for role in ("social_worker", "elected_member", "performance_analyst"):
        signed_in(client, role)
        read(client, address, 403)
    completed(case_audit, auditor)
    signed_in(client, person=auditor)
    assert client.get(address)["Location"] == f"/case-audits/{case_audit.ref}/"
    read(client, f"/children/{C1}/", 404)
    assert client.post(address, posted(case_audit)).status_code == 302
    assert stored(case_audit).state == "completed"


def test_the_time_for_it_runs_out(client, lead, auditor):
    old = a_case_audit(lead, auditor, scheduled_on=date(2017, 11, 1), due_on=date(2017, 12, 1))
    signed_in(client, person=auditor)
    assert "The time for it has run out" in read(client, "/case-audits/mine/")
    read(client, f"/case-audits/{old.ref}/do/", 404)
    handing_services.give_time(old, version=1, due_on=date(2018, 1, 10), by=lead)
    read(client, f"/case-audits/{old.ref}/do/")


@pytest.mark.both_databases
def test_49_what_was_typed_is_there_after_the_session_has_ended(client, auditor, case_audit):
    signed_in(client, person=auditor)
    page = read(client, f"/case-audits/{case_audit.ref}/do/")
    typed = posted(case_audit, strengths="Typed for forty minutes", follows=follows_of(page))
    kept = client.post(f"/case-audits/{case_audit.ref}/keep", typed, headers={"HX-Request": "true"})
    assert "Kept " in kept.content.decode()
    client.logout()
    # Keeping is answered by the way to the sign-in page, and so is whatever is posted then.
    later = client.post(f"/case-audits/{case_audit.ref}/keep", typed, headers={"HX-Request": "true"})
    assert later.status_code == 204 and "/accounts/login" in later["HX-Redirect"]
    assert client.post(f"/case-audits/{case_audit.ref}/do/", typed).status_code == 302
    signed_in(client, person=auditor)
    assert "Something typed is not saved" in read(client, "/case-audits/mine/")
    page = read(client, f"/case-audits/{case_audit.ref}/do/")
    assert "This is what you typed and did not save" in page and "Typed for forty minutes" in page
    assert follows_of(page)  # and goes on from there
    assert stored(case_audit).strengths == ""
    saved = client.post(
        f"/case-audits/{case_audit.ref}/do/", typed | {"follows": follows_of(page), "save": "plan"}
    )
    assert saved["Location"] == f"/case-audits/{case_audit.ref}/do/#plan"
    assert stored(case_audit).strengths == "Typed for forty minutes"
    assert "did not save" not in read(client, f"/case-audits/{case_audit.ref}/do/")


def test_keeping_hands_on_the_moment_it_goes_on_from(client, auditor, case_audit):
    signed_in(client, person=auditor)
    address = f"/case-audits/{case_audit.ref}/keep"
    first = read(client, address, **posted(case_audit, strengths="One"))
    second = read(client, address, **posted(case_audit, strengths="Two", follows=follows_of(first)))
    assert follows_of(second) != follows_of(first)
    # A window that was left open elsewhere overwrites nothing, and says so.
    other = read(client, address, **posted(case_audit, strengths="Three"))
    assert "Not kept." in other and "another window" in other
    assert case_audit.drafts.get().fields["strengths"] == "Two"


def test_what_was_dropped_is_gone(client, auditor, case_audit):
    doing_services.keep_draft(case_audit, fields={"strengths": "Kept"}, based_on=1, follows="", by=auditor)
    signed_in(client, person=auditor)
    assert "Kept</textarea>" in read(client, f"/case-audits/{case_audit.ref}/do/")
    assert client.post(f"/case-audits/{case_audit.ref}/do/", {"drop": "1"}).status_code == 302
    assert not case_audit.drafts.exists()


def test_what_another_window_kept_is_shown_beside_what_was_saved(client, auditor, case_audit):
    doing_services.keep_draft(
        case_audit, fields={"strengths": "Of the tablet"}, based_on=1, follows="", by=auditor
    )
    doing_services.save(case_audit, version=1, said=everything(case_audit, strengths="Saved"), by=auditor)
    signed_in(client, person=auditor)
    page = read(client, f"/case-audits/{case_audit.ref}/do/")
    assert "You typed something else in another window" in page and "Of the tablet" in page
    assert "Saved</textarea>" in page and follows_of(page) == ""
    page = read(client, f"/case-audits/{case_audit.ref}/do/?draft=put")
    assert "Of the tablet</textarea>" in page and follows_of(page)


def test_what_was_kept_on_the_way_to_saving_is_no_other_window(client, auditor, case_audit):
    """The browser kept while the same words were saved: what is typed next is kept, and leads on."""
    signed_in(client, person=auditor)
    address, typed = f"/case-audits/{case_audit.ref}/", posted(case_audit, strengths="Same", to_improve="")
    client.post(f"{address}keep", typed, headers={"HX-Request": "true"})
    page = read(client, f"{address}do/", 400, **typed, complete="1")
    assert follows_of(page)
    page = read(client, f"{address}do/")
    assert "another window" not in page and follows_of(page)
    more = posted(case_audit, strengths="Same and more", follows=follows_of(page))
    assert client.post(f"{address}do/", more | {"concern": "1"}).status_code == 302
    assert case_audit.drafts.get().fields["strengths"] == "Same and more"


@pytest.mark.both_databases
def test_48_two_windows_and_the_second_sees_both(client, auditor, case_audit):
    signed_in(client, person=auditor)
    address = f"/case-audits/{case_audit.ref}/do/"
    first, second = posted(case_audit, strengths="First"), posted(case_audit, strengths="Second")
    assert client.post(address, first | {"save": "plan"}).status_code == 302
    page = read(client, address, 409, **second, save="plan")
    assert "Somebody else changed this" in page and "First" in page and "Second</textarea>" in page
    assert 'name="version" value="2"' in page
    assert stored(case_audit).strengths == "First"


def test_limits_are_said_at_once(client, auditor, case_audit):
    signed_in(client, person=auditor)
    address = f"/case-audits/{case_audit.ref}/do/"
    weak = posted(case_audit, judged_grade="outstanding", grade_plan="inadequate", save="plan")
    client.post(address, weak)
    page = read(client, address)
    assert "What holds your grade down" in page
    assert "at most one above the weakest of assessment, plan and management oversight" in page
    assert "You judged practice outstanding; it counts as <b>requires improvement to be good</b>" in page


def test_completion_says_what_is_missing_at_each_field(client, auditor, case_audit):
    signed_in(client, person=auditor)
    address = f"/case-audits/{case_audit.ref}/do/"
    question = ProFormaQuestion.objects.filter(pro_forma=case_audit.pro_forma).first()
    lacking = posted(case_audit, lived_experience="", is_unsafe="True", complete="1")
    del lacking[f"q{question.pk}"]
    page = read(client, address, 400, **lacking)
    for field, words in (
        (f"id_q{question.pk}", "Assessment and analysis: answer question 1."),
        ("id_lived_experience", "Say in a sentence or two what it is like to be this child."),
        ("id_is_unsafe", "raise an immediate concern first"),
    ):
        assert f'<a href="#{field}">' in page and words in page
        assert f'id="{field}"' in page
    # What is there was saved, and saving goes on from it.
    assert stored(case_audit).strengths == "Visits with a purpose."
    assert 'name="version" value="2"' in page
    done = client.post(address, posted(case_audit, complete="1"))
    assert done["Location"] == f"/case-audits/{case_audit.ref}/"
    assert stored(case_audit).grade == "good"


def test_what_a_field_cannot_hold_is_said_and_nothing_is_lost(client, auditor, case_audit):
    signed_in(client, person=auditor)
    page = read(
        client,
        f"/case-audits/{case_audit.ref}/do/",
        400,
        **posted(case_audit, looked_from_on="yesterday", save="plan"),
    )
    assert "Enter a valid date" in page and "Visits with a purpose.</textarea>" in page
    assert stored(case_audit).version == 1


def test_81_what_looks_like_somebodys_details_is_pointed_out(client, auditor, case_audit):
    signed_in(client, person=auditor)
    address = f"/case-audits/{case_audit.ref}/do/"
    client.post(
        address, posted(case_audit, grade_text="NHS number 943 476 5919 stands in the plan.", save="plan")
    )
    page = read(client, address)
    assert "Does this name somebody?" in page and 'href="#id_grade_text"' in page
    assert "this looks like an nhs number" in page.lower()


def test_an_immediate_concern_from_a_case_audit(client, auditor, case_audit):
    signed_in(client, person=auditor)
    address = f"/case-audits/{case_audit.ref}/do/"
    leaves = client.post(address, posted(case_audit, strengths="Typed before", concern="1"))
    assert leaves["Location"] == f"/case-audits/{case_audit.ref}/concern/"
    assert case_audit.drafts.get().fields["strengths"] == "Typed before"
    assert "ring the police first" in read(client, f"/case-audits/{case_audit.ref}/concern/")
    assert "filled in yet" in read(client, f"/case-audits/{case_audit.ref}/concern/", 400, text="")
    raised = client.post(
        f"/case-audits/{case_audit.ref}/concern/", {"text": "He is alone at night, tonight again."}
    )
    assert raised["Location"] == address
    assert Concern.objects.get().source_ref == case_audit.ref
    page = read(client, address)
    assert "Typed before</textarea>" in page  # and what was typed is still there
    assert "An immediate concern was raised" in page and 'name="concern"' not in page
    assert "Until it is resolved the grade is inadequate." in page


def test_a_concern_is_raised_also_where_what_was_typed_could_not_be_kept(client, auditor, case_audit):
    doing_services.keep_draft(case_audit, fields={"strengths": "Tablet"}, based_on=1, follows="", by=auditor)
    signed_in(client, person=auditor)
    page = read(client, f"/case-audits/{case_audit.ref}/do/", 409, **posted(case_audit, concern="1"))
    assert f'<a href="/case-audits/{case_audit.ref}/concern/">go on without keeping it</a>' in page


def test_actions_and_themes_are_set_from_the_form(client, auditor, case_audit):
    signed_in(client, person=auditor)
    address = f"/case-audits/{case_audit.ref}/do/"
    assert client.post(address, posted(case_audit, action="1"))["Location"].endswith("/follows/action/")
    kept = case_audit.drafts.get().kept_at.isoformat()
    leads = client.post(address, posted(case_audit, themes="1", follows=kept))["Location"]
    assert leads.endswith("/themes/")
    read(client, leads)


def test_who_reads_a_completed_one(client, lead, auditor, case_audit):
    address = f"/case-audits/{case_audit.ref}/"
    manager = a_person("team_manager", unit=a_unit("FSP 1"))
    other = a_person("team_manager", unit=a_unit("FSP 2"))
    worker = a_person("social_worker", worker_id="W1")
    for person in (manager, other, worker):
        signed_in(client, person=person)
        read(client, address, 404)  # not before it is completed
    signed_in(client, person=lead)
    assert "may still change" in read(client, address)
    completed(case_audit, auditor)
    for person in (lead, auditor, manager, worker, a_person("director"), a_person("service_manager")):
        signed_in(client, person=person)
        page = read(client, address)
        assert "I am warm and fed" in page and "Requires improvement" not in page and "Good" in page
        assert ("<b>c1</b>" in page) == (person != auditor)  # the child is closed to its auditor
    for person in (other, a_person("auditor"), a_person("social_worker", worker_id="W3"), a_person("iro")):
        signed_in(client, person=person)
        read(client, address, 404)
    signed_in(client, "performance_analyst")
    read(client, address, 404)  # sees no narrative
    signed_in(client, "elected_member")
    read(client, address, 403)


def test_5_a_moderator_reads_it_only_after_their_own_grade(client, lead, auditor, case_audit):
    completed(case_audit, auditor)
    moderation = Moderation.objects.create(
        case_audit=case_audit, why="asked", moderator=lead, assigned_at=now(), due_on=date(2018, 1, 9)
    )
    signed_in(client, person=lead)
    led = client.get(f"/case-audits/{case_audit.ref}/")
    assert led.status_code == 302 and led.url == f"/case-audits/second-looks/{case_audit.ref}/"
    Moderation.objects.filter(pk=moderation.pk).update(blind_grade="good", blind_at=now())
    page = read(client, f"/case-audits/{case_audit.ref}/")
    assert "I am warm" in page
    number = case_audit.pro_forma.edition.number  # which standard each answer is about, in which edition
    assert page.count(f'href="/standards/editions/{number}/') > len(case_audit.pro_forma.questions.all())


def test_16_a_restricted_child_is_nowhere(client, lead, auditor, case_audit):
    completed(case_audit, auditor)
    propose_restriction(C1, reason="adoption", viewers=[a_person("director")], by=a_person("head_of_service"))
    for person in (lead, auditor, a_person("team_manager", unit=a_unit("FSP 1"))):
        signed_in(client, person=person)
        read(client, f"/case-audits/{case_audit.ref}/", 404)
    signed_in(client, person=auditor)
    assert case_audit.ref not in read(client, "/case-audits/mine/")


def test_what_is_about_no_child_is_read_by_those_who_answer_for_the_team(client, lead, auditor):
    file = a_case_audit(lead, auditor, kind="supervision_file", reference="", about="File of a social worker")
    signed_in(client, person=auditor)
    page = read(client, f"/case-audits/{file.ref}/do/")
    assert "File of a social worker" in page and "What is it like to be this child?" not in page
    assert 'name="concern"' not in page
    read(client, f"/case-audits/{file.ref}/concern/", 404)
    completed(file, auditor)
    for unit, status in (("FSP 1", 200), ("FSP 2", 404)):
        signed_in(client, "team_manager", unit=a_unit(unit))
        read(client, f"/case-audits/{file.ref}/", status)


def test_programmes_and_a_round(client, lead, auditor):
    signed_in(client, person=lead)
    assert "There is no programme yet" in read(client, "/case-audits/")
    pro_forma = a_pro_forma(lead)
    said = {
        "title": "Monthly",
        "kind": "full",
        "pro_forma": pro_forma.pk,
        "cycle": "monthly",
        "cohorts": ["open_cases"],
        "size": "2",
        "days": "10",
        "starts_on": "2018-01-02",
        "auditors": [auditor.pk],
        "owner": "Quality assurance lead",
    }
    assert " yet." in read(client, "/case-audits/programmes/add/", 400, **said | {"owner": ""})
    assert "at least as large" in read(
        client, "/case-audits/programmes/add/", 400, **said | {"cohorts": ["open_cases", "in_need", "closed"]}
    )
    made = client.post("/case-audits/programmes/add/", said)["Location"]
    assert "Round 1 is due since" in read(client, made)
    assert "Round 1 is due" in read(client, "/case-audits/")
    begin = f"{made}begin/"
    assert "Within which groups" in read(client, begin, 400, method="stratified")
    page = read(client, begin, 400, method="targeted", children="c1")
    assert "Why these children: say it" in page
    page = read(client, begin, 400, method="targeted", children="nobody", reason="They waited longest.")
    assert "cannot be chosen here" in page
    round_page = client.post(begin, {"method": "random", "seed": "s"})["Location"]
    page = read(client, round_page)
    assert "Handed out" in page and "At random" in page and "s-open_cases" in page
    assert CaseAudit.objects.count() == 2
    edited = client.post(f"{made}edit/", said | {"title": "Monthly, again", "version": "1"})
    assert edited.status_code == 302
    assert "Somebody else changed this" in read(client, f"{made}edit/", 409, **said, version="1")
    read(client, "/case-audits/programmes/9999/", 404)


def test_a_round_says_for_whom_nobody_was_found(client, lead):
    manager = a_person("team_manager", unit=a_unit("FSP 1"))
    programme = a_programme(lead, [manager], size=4)
    made = round_services.begin_round(programme, drawing=Drawing(method="random"), by=lead)
    signed_in(client, person=lead)
    page = read(client, made.get_absolute_url())
    assert "left without an auditor" in page
    assert "Team manager: They answer for the team that holds the child now." in page
    leads = re.search(r'href="(/case-audits/rounds/\d+/left/\d+/)"', page)[1]
    other = a_person("head_of_service")
    assert client.post(leads, {"auditor": other.pk, "due_on": "2018-01-20"}).status_code == 302
    read(client, leads, 404)


def test_one_is_asked_for_handed_on_given_time_and_withdrawn(client, lead, auditor):
    signed_in(client, person=lead)
    pro_forma = a_pro_forma(lead, kind="closure")
    said = {"kind": "closure", "pro_forma": pro_forma.pk, "reason": "The case is about to close."}
    said |= {"auditor": auditor.pk, "due_on": "2018-01-20"}
    assert "Child: enter the id" in read(client, "/case-audits/ask/", 400, **said)
    assert "There is no such child" in read(client, "/case-audits/ask/", 400, **said, child="nobody")
    assert client.post("/case-audits/ask/", said | {"child": "c1", "cohort": "in_need"}).status_code == 302
    found = CaseAudit.objects.get()
    assert (found.team, found.worker_id, found.reference, found.cohort) == ("FSP 1", "W1", C1, "in_need")
    page = read(client, "/case-audits/ask/", 400, **said | {"kind": "observation"})
    assert "Team: choose one." in page and "What is looked at: say it." in page
    said |= {"kind": "observation", "team": "FSP 1", "about": "A core group"}
    assert client.post("/case-audits/ask/", said).status_code == 302
    one = f"/case-audits/{found.ref}/"
    assert client.post(f"{one}hand-on/", {"auditor": lead.pk, "version": "1"}).status_code == 302
    assert client.post(f"{one}time/", {"due_on": "2018-02-20", "version": "2"}).status_code == 302
    assert client.post(f"{one}withdraw/", {"because": "It has closed.", "version": "3"}).status_code == 302
    found.refresh_from_db()
    assert (found.auditor, found.due_on, found.state) == (lead, date(2018, 2, 20), "withdrawn")
    assert "It has closed." in read(client, one)


def test_members_see_no_small_numbers_and_no_case(client, lead, auditor):
    programme = a_programme(lead, [auditor], size=2)
    made = round_services.begin_round(programme, drawing=Drawing(method="random"), by=lead)
    signed_in(client, "elected_member")
    page = read(client, "/case-audits/")
    assert ">c</td>" in page.replace("<span>", "").replace("</span>", "") and "is hidden" in page
    page = read(client, programme.get_absolute_url())
    assert made.get_absolute_url() not in page and "is hidden" in page
    read(client, made.get_absolute_url(), 403)
    signed_in(client, "programme_manager")
    assert ">2</td>" in read(client, "/case-audits/").replace("<span>", "").replace("</span>", "")


@pytest.mark.both_databases
def test_pages_ask_the_database_little(client, lead, auditor):
    programme = a_programme(lead, [auditor], size=4)
    made = round_services.begin_round(programme, drawing=Drawing(method="random"), by=lead)
    one = made.case_audits.first()
    completed(made.case_audits.last(), auditor)
    for person, pages in (
        (lead, ["/case-audits/", programme.get_absolute_url(), made.get_absolute_url(), "/case-audits/ask/"]),
        (lead, [f"{programme.get_absolute_url()}edit/", "/case-audits/programmes/add/"]),
        (auditor, ["/case-audits/mine/", f"/case-audits/{one.ref}/do/"]),
        (lead, [made.case_audits.last().get_absolute_url(), f"{programme.get_absolute_url()}begin/"]),
    ):
        signed_in(client, person=person)
        client.get("/")  # a session begins with a write of its own
        for page in pages:
            count, status = asked(client, page)
            assert status == 200 and count <= MOST, (page, count)


def test_no_free_text_enters_the_trail(client, auditor, case_audit):
    signed_in(client, person=auditor)
    client.post(f"/case-audits/{case_audit.ref}/keep", posted(case_audit, strengths="Canary of the trail"))
    client.post(
        f"/case-audits/{case_audit.ref}/do/", posted(case_audit, strengths="Canary of the trail", save="plan")
    )
    assert not any("Canary" in str(one.changes) for one in Event.objects.all())
