"""Pages of what follows case audits: blind before both, what is to be done, results and learning as read."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread_web.case_audits import following_services, learning_services, moderating_services
from goldenthread_web.case_audits.models import (
    CaseAudit,
    CaseAuditAction,
    Learning,
    LearningOutcome,
    Moderation,
)
from goldenthread_web.improvement.models import Evidence
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.following_builders import a_case_audit, a_programme
from tests.web.plan import an_action
from tests.web.reading import page_of
from tests.web.sampling_builders import a_council, ref

pytestmark = pytest.mark.django_db
_ASKS_NOTHING = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT)\b")
GRADE_TEXT = "What the first grade rests on."


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def content(page):
    """What stands between the heading and the foot of a page."""
    return page.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.fixture
def look():
    """A second look at an inadequate case audit of child c1, by a head of service."""
    done = a_case_audit(
        "inadequate", reference=ref(1), limits=["weakest-domain"], answers=("not_met", "partly")
    )
    head = a_person("head_of_service")
    moderating_services.after_completion(done, by=done.auditor)
    made = Moderation.objects.get(case_audit=done)
    assert made.moderator == head
    return made


def test_the_blind_page_shows_everything_but_grades(client, look):
    found = look.case_audit
    signed_in(client, person=look.moderator)
    listed = content(read(client, "/case-audits/second-looks/"))
    assert found.ref in listed and "Waits for your grade" in listed
    assert "1 case audit of others waits for" in content(read(client, "/case-audits/mine/"))
    page = content(read(client, f"/case-audits/second-looks/{found.ref}/"))
    for words in ("c1", "Waiting is long", "Is plan-says-who met?", "Partly met", "The plan is late."):
        assert words in page, words
    assert GRADE_TEXT not in page and "weakest of assessment" not in page
    assert page.count("Inadequate") == 1  # the choice of the form
    for words in (look.get_why_display(), "plan of actions", "2017-11-27"):
        assert words not in page + listed, words
    assert Event.objects.get(what="child.seen").by_id == look.moderator.pk


def test_nothing_else_tells_a_moderator_the_first_grade(client, look):
    found = look.case_audit
    signed_in(client, person=look.moderator)
    base = f"/case-audits/{found.ref}/"
    for address in (base, f"{base}follows/", f"{base}follows/plan/", f"{base}themes/"):
        page = client.get(address)
        assert page["Location"] == f"/case-audits/second-looks/{found.ref}/", address
        assert GRADE_TEXT not in page.content.decode()
    following_services.set_action(
        found,
        kind="child",
        text="See the child.",
        owner="Worker",
        due_on=date(2018, 1, 12),
        by=a_person("qa_lead"),
    )
    assert found.ref not in content(read(client, "/case-audits/actions/"))


def test_blind_then_both_then_settled(client, look):
    address = f"/case-audits/second-looks/{look.case_audit.ref}/"
    signed_in(client, person=look.moderator)
    assert "Your grade" in read(client, address, 400, grade="good")
    posted = {"grade": "requires_improvement", "text": "It was on file."}
    assert client.post(address, posted)["Location"] == address
    page = content(read(client, address))
    assert GRADE_TEXT in page and "It was on file." in page and "one above the weakest" in page
    posted = {"grade": "requires_improvement", "reason": "", "is_agreed": "yes"}
    assert "why another grade" in read(client, address, 400, **posted)
    client.post(address, posted | {"reason": "The plan was on file."})
    page = content(read(client, address))
    assert "The plan was on file." in page and "Waiting is long" not in page and "c1" not in page
    look.case_audit.refresh_from_db()
    assert look.case_audit.moderated_grade == "requires_improvement"


def test_the_auditor_is_told_once_it_is_settled(client, look):
    auditor, address = look.case_audit.auditor, f"/case-audits/second-looks/{look.case_audit.ref}/told/"
    signed_in(client, person=auditor)
    read(client, address, 404)
    moderating_services.give_blind_grade(look, grade="good", text="It helps.", by=look.moderator)
    read(client, address, 404)
    moderating_services.settle(
        look, grade="requires_improvement", reason="It helps a little.", is_agreed=False, by=look.moderator
    )
    page = content(read(client, address))
    assert "It helps a little." in page and "Waiting is long" not in page
    signed_in(client, "auditor")
    read(client, address, 404)


def test_another_moderator_and_a_closed_child_are_not_found(client, look):
    address = f"/case-audits/second-looks/{look.case_audit.ref}/"
    signed_in(client, "qa_lead")
    read(client, address, 404)
    auditor = a_person("auditor")
    moderating_services.name_moderator(look, auditor, by=a_person("qa_lead"))
    signed_in(client, person=auditor)
    read(client, address)
    auditor.assignments.all().delete()
    read(client, address, 404)
    signed_in(client, "team_manager")
    read(client, address, 403)


def test_the_panel_names_somebody_and_says_who_grades_gently(client, look):
    lead = signed_in(client, "qa_lead")
    gentle = a_person("service_manager")
    for _ in range(5):
        done = a_case_audit("good", auditor=gentle)
        made = moderating_services.ask_for(done, a_person("director"), by=lead)
        moderating_services.give_blind_grade(
            made, grade="requires_improvement", text="No plan.", by=made.moderator
        )
        moderating_services.settle(
            made, grade="requires_improvement", reason="No plan.", is_agreed=True, by=made.moderator
        )
    page = content(read(client, "/case-audits/second-looks/panel/"))
    assert "+1.00" in page and "Gentler than others" in page and "0 of 5 second looks" in page
    assert look.case_audit.ref in page and "Looked at again for its grade" in page
    address = f"/case-audits/second-looks/{look.case_audit.ref}/name/"
    chosen = a_person("auditor")
    assert "audited it themselves" in read(
        client, address, 400, moderator=str(_as_moderator(look.case_audit.auditor).pk)
    )
    assert (
        client.post(address, {"moderator": str(chosen.pk)})["Location"] == "/case-audits/second-looks/panel/"
    )
    look.refresh_from_db()
    assert look.moderator == chosen
    signed_in(client, "head_of_service")
    read(client, "/case-audits/second-looks/panel/", 403)


def _as_moderator(person):
    person.role, person.unit = "auditor", None
    person.save()
    return person


def test_what_follows_a_weak_case_audit(client):
    weak = a_case_audit("requires_improvement", reference=ref(1))
    moderating_services.after_completion(weak, by=weak.auditor)
    manager = signed_in(client, "team_manager")
    address = f"/case-audits/{weak.ref}/follows/"
    page = content(read(client, address))
    assert "Overdue" in page and "No action is set yet" in page and "c1" in page
    posted = {"kind": "child", "text": "See the child.", "owner": "Social worker", "due_on": "2018-01-12"}
    assert " yet." in read(client, address + "action/", 400, **posted | {"owner": ""})
    # 81: what looks like somebody's details is asked about once more.
    page = read(client, address + "action/", 400, **posted | {"text": "Ring the aunt at SW1A 1AA."})
    assert "This looks like a postcode." in page and "I have read the warning" in page
    assert client.post(address + "action/", posted)["Location"] == address
    assert (
        client.post(address + "plan/", {"version": "1", "recorded_on": "2018-01-02"})["Location"] == address
    )
    page = content(read(client, address))
    assert "See the child." in page and "Recorded on 2 January 2018" in page
    (action,) = CaseAuditAction.objects.all()
    listed = content(read(client, "/case-audits/actions/?state=open&team=FSP+1&kind=child"))
    assert action.ref in listed and "child c1" in listed
    done = {"version": "1", "outcome": "Seen alone.", "completed_on": "2018-01-02"}
    assert "What came of it" in read(
        client, f"/case-audits/actions/{action.ref}/done/", 400, **done | {"outcome": ""}
    )
    assert read(client, f"/case-audits/actions/{action.ref}/done/", 409, **done | {"version": "3"})
    client.post(f"/case-audits/actions/{action.ref}/done/", done)
    assert "Seen alone." in read(client, address)
    assert action.ref not in content(read(client, "/case-audits/actions/"))
    assert action.ref in content(read(client, "/case-audits/actions/?state=done"))
    assert Event.objects.filter(what="children.seen", by_id=manager.pk).exists()


def test_another_team_finds_none_of_it(client):
    weak = a_case_audit("requires_improvement", reference=ref(1))
    action = following_services.set_action(
        weak,
        kind="child",
        text="See the child.",
        owner="Worker",
        due_on=date(2018, 1, 12),
        by=a_person("qa_lead"),
    )
    signed_in(client, "team_manager", unit=a_unit("MASH", service="Front Door"))
    for address in (
        f"/case-audits/{weak.ref}/follows/",
        f"/case-audits/{weak.ref}/follows/action/",
        f"/case-audits/{weak.ref}/follows/plan/",
        f"/case-audits/actions/{action.ref}/done/",
    ):
        read(client, address, 404)
    assert action.ref not in read(client, "/case-audits/actions/?state=all")


def test_the_lead_follows_it_all(client):
    weak = a_case_audit("requires_improvement", reference=ref(1))
    moderating_services.after_completion(weak, by=weak.auditor)
    lead, plan_action = signed_in(client, "qa_lead"), an_action()
    one = following_services.set_action(
        weak, kind="system", text="Say who follows up.", owner="Head", due_on=date(2018, 1, 12), by=lead
    )
    page = content(read(client, "/case-audits/actions/all/"))
    assert one.ref in page and "Take it into the plan" in page
    address = f"/case-audits/actions/{one.ref}/plan/"
    client.post(address, {"version": "1", "plan_action": str(plan_action.pk)})
    assert f"part of action {plan_action.ref}" in read(client, "/case-audits/actions/all/")
    done = {"version": "2", "outcome": "Said.", "completed_on": "2018-01-02"}
    client.post(f"/case-audits/actions/{one.ref}/changed/", done)
    one.refresh_from_db()
    assert one.outcome == "Said."
    auditor = a_person("team_manager", unit=a_unit("FSP 2"))
    a_programme(auditor)
    base = f"/case-audits/{weak.ref}/follows"
    assert "somebody else than" in read(client, f"{base}/re-audit/")
    client.post(f"{base}/re-audit/", {"auditor": str(auditor.pk), "due_on": "2018-01-20"})
    again = CaseAudit.objects.get(re_audit_of=weak)
    assert (again.auditor, again.selection) == (auditor, "targeted")
    assert again.ref in read(client, f"{base}/")
    assert "is handed out" in read(client, f"{base}/no-re-audit/", 400, version="1", why="case_closed")
    second = a_case_audit("good", reference=ref(2))
    address = f"/case-audits/{second.ref}/second-look/"
    client.post(address, {"moderator": str(a_person("auditor").pk)})
    assert Moderation.objects.filter(case_audit=second).exists()


def test_a_re_audit_beside_the_first(client):
    first = a_case_audit("inadequate", reference=ref(1), answers=("not_met", "met"))
    again = a_case_audit("inadequate", kind="re_audit", re_audit_of=first, reference=ref(1))
    signed_in(client, "team_manager")
    page = content(read(client, f"/case-audits/{again.ref}/compared/"))
    assert "Still inadequate" in page and "Not met" in page and "Better" in page
    read(client, f"/case-audits/{first.ref}/compared/", 404)


def test_the_two_beside_each_other_are_offered_to_those_who_may_see_both(client):
    first = a_case_audit("inadequate", reference=ref(1), auditor=a_person("auditor"))
    again = a_case_audit("inadequate", kind="re_audit", re_audit_of=first, reference=ref(1))
    address, link = f"/case-audits/{again.ref}/compared/", f'href="/case-audits/{again.ref}/compared/"'
    signed_in(client, "team_manager")
    assert link in read(client, f"/case-audits/{first.ref}/follows/")
    signed_in(client, person=first.auditor)
    page = read(client, f"/case-audits/{first.ref}/follows/")
    assert f"{again.ref}, completed on 20 November 2017" in page and link not in page
    read(client, address, 404)


def test_whoever_is_to_grade_either_of_the_two_blind_is_led_there(client):
    first = a_case_audit("inadequate", reference=ref(1))
    again = a_case_audit("inadequate", kind="re_audit", re_audit_of=first, reference=ref(1))
    for one in (first, again):
        head = a_person("head_of_service")
        moderating_services.ask_for(one, head, by=a_person("qa_lead"))
        signed_in(client, person=head)
        to = client.get(f"/case-audits/{again.ref}/compared/")
        assert to["Location"] == f"/case-audits/second-looks/{one.ref}/"
    page = read(client, f"/case-audits/{first.ref}/follows/")
    assert f'href="/case-audits/{again.ref}/compared/"' not in page, "what follows the first names no grade"


def test_a_failed_re_audit_is_shown_against_the_plan_by_the_lead(client):
    lead, plan_action = signed_in(client, "qa_lead"), an_action()
    first = a_case_audit("requires_improvement", reference=ref(1))
    one = following_services.set_action(
        first, kind="system", text="Say who.", owner="Head", due_on=date(2018, 1, 12), by=lead
    )
    following_services.take_into_plan(one, plan_action, version=1, by=lead)
    again = a_case_audit("inadequate", kind="re_audit", re_audit_of=first, reference=ref(1))
    assert "Worse than the first time" in read(client, "/case-audits/learning/")
    address = f"/case-audits/{again.ref}/against-plan"
    assert client.post(address)["Location"] == "/case-audits/learning/"
    assert Evidence.objects.get().action == plan_action
    assert "Worse than the first time" not in read(client, "/case-audits/learning/")


def test_results_say_what_they_are_of(client):
    signed_in(client, "team_manager")
    assert "No case audit chosen at random was completed" in read(client, "/case-audits/results/")
    for _ in range(6):
        a_case_audit("good")
    a_case_audit("inadequate", selection="targeted", selection_reason="A worry.")
    page = content(read(client, "/case-audits/results/"))
    assert "100.0% of 6 case audits chosen at random" in page and "Oct to Dec 2017" in page
    targeted = content(read(client, "/case-audits/results/?selection=targeted&every=month"))
    assert "too few to say" in targeted and "Nov 2017" in targeted
    page = content(read(client, "/case-audits/results/standards/"))
    assert "Statement of plan-says-who." in page and "6 of 6" in page
    assert "No team has both" in read(client, "/case-audits/results/quality/?indicator=AS-02")
    page = content(read(client, "/case-audits/results/coverage/"))
    # FSP 9 holds no child: nothing of it could be looked at.
    assert "2 of 3 teams had no case audit in the 12 months to 2 January 2018." in page
    # Gaps first; what was looked at says how often and when last.
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in page.split("<tr")[2:5]]
    told = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows]
    assert told == [
        ["FSP 2", "0", "Not looked at"],
        ["MASH", "0", "Not looked at"],
        ["FSP 1", "7", "20 Nov 2017"],
    ]


def test_members_see_no_small_number_and_nobody_sees_a_worker(client):
    for _ in range(3):
        a_case_audit("inadequate", worker_id="W1")
    for _ in range(20):
        a_case_audit("good", worker_id="W1")
    signed_in(client, "elected_member")
    for address in ("results/", "results/standards/", "results/quality/", "results/coverage/", "learning/"):
        page = content(read(client, f"/case-audits/{address}"))
        assert "W1" not in page and ">3<" not in page and ">23<" not in page, address
    page = content(read(client, "/case-audits/results/?every=month"))
    assert "Oct to Dec 2017" in page and "hidden: a small number" in page and "Use a result" not in page
    for address in ("second-looks/", "actions/", "actions/all/", "results/evidence/", "learning/add/"):
        read(client, f"/case-audits/{address}", 403)


def test_a_result_is_used_as_evidence(client):
    signed_in(client, "qa_lead")
    action = an_action()
    for _ in range(5):
        a_case_audit("good")
    posted = {
        "action": str(action.pk),
        "selection": "random",
        "starts_on": "2017-10-01",
        "ends_on": "2017-12-31",
        "team": "",
        "learning": "",
        "result": "for",
        "expires_on": "2018-06-30",
    }
    address = "/case-audits/results/evidence/"
    assert "fewer than 5" in read(client, address, 400, **posted | {"selection": "targeted"})
    assert client.post(address, posted)["Location"] == "/case-audits/results/"
    made = Evidence.objects.get()
    assert (made.result, made.expires_on) == ("for", date(2018, 6, 30))


def test_themes_from_the_first_to_an_outcome(client):
    signed_in(client, "qa_lead")
    assert "Begin with the themes" in read(client, "/case-audits/learning/")
    client.post("/case-audits/learning/begin")
    assert "without an outcome" not in read(client, "/case-audits/learning/")  # none was seen yet
    client.post("/case-audits/learning/add/", {"title": "Letters are hard to read", "domain": "recording"})
    done = a_case_audit("good")
    theme = Learning.objects.get(code="letters-are-hard-to-read")
    client.post(f"/case-audits/{done.ref}/themes/", {"themes": [str(theme.pk)]})
    page = content(read(client, "/case-audits/learning/"))
    assert "1 theme without an outcome" in page and page.index("Letters are hard") < page.index("Minutes and")
    address = f"/case-audits/learning/{theme.code}/"
    assert "Nobody has said yet" in read(client, address)
    posted = {"kind": "plan_action", "text": "Taken into the plan.", "action": "", "standard": ""}
    assert "Name the action" in read(client, address + "outcome/", 400, **posted)
    action = an_action()
    client.post(address + "outcome/", posted | {"action": str(action.pk)})
    assert LearningOutcome.objects.get().action == action
    page = content(read(client, address))
    assert f"action {action.ref}" in page and "too early to say" in page and "0 of 0" not in page


@pytest.mark.both_databases
def test_no_page_asks_often(client):
    learning_services.begin_themes(by=a_person("qa_lead"))
    for number in range(1, 9):
        done = a_case_audit("requires_improvement", reference=ref(number))
        moderating_services.after_completion(done, by=done.auditor)
        following_services.set_action(
            done,
            kind="child",
            text="See the child.",
            owner="Worker",
            due_on=date(2018, 1, 12),
            by=a_person("qa_lead"),
        )
    signed_in(client, "qa_lead")
    for address in (
        "results/",
        "results/standards/",
        "results/quality/",
        "results/coverage/",
        "learning/",
        "learning/minutes-late/",
        "second-looks/",
        "second-looks/panel/",
        "actions/all/",
        f"{done.ref}/follows/",
    ):
        client.get(f"/case-audits/{address}")
        with CaptureQueriesContext(connection) as queries:
            read(client, f"/case-audits/{address}")
        asked = [one["sql"] for one in queries if not _ASKS_NOTHING.match(one["sql"])]
        assert len(asked) <= 12, (address, len(asked))
