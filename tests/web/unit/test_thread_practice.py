"""The thread and search of practice: what hangs on what, and that nobody finds a child they may not see."""

from datetime import date

import pytest
from django.utils import timezone

from goldenthread_web.accounts.children import reference
from goldenthread_web.case_audits.models import Learning, LearningOutcome
from goldenthread_web.clinics.models import ClinicAction
from goldenthread_web.improvement.evidence_services import add_evidence
from goldenthread_web.improvement.models import Action
from goldenthread_web.practice_weeks import learning_services
from goldenthread_web.standards.models import Edition, Standard
from goldenthread_web.thread.following import Place, follow, node
from goldenthread_web.thread.kinds import KINDS
from goldenthread_web.thread.searching import search
from goldenthread_web.voice.models import Reply
from tests.web.builders import a_person
from tests.web.clinic_days import a_clinic
from tests.web.following_builders import a_programme, a_round
from tests.web.governing import a_body, a_meeting
from tests.web.practice_week_builders import a_week, people_said
from tests.web.supervised import (
    WORDS,
    a_council,
    a_manager,
    a_session,
    an_action,
    an_agreement,
    restricted,
)
from tests.web.threads import a_thread
from tests.web.unit.test_thread import found, thread

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def in_force(edition, *, on=date(2017, 8, 14), **said):
    """The edition, in force from a day on, its first standard resting on two indicators or as said."""
    said = {"indicators": ["CIN-02", "CIN-03"]} | said
    Standard.objects.filter(edition=edition, code="plan-says-who").update(**said)
    other = a_person("director")
    Edition.objects.filter(pk=edition.pk).update(
        proposed_by=edition.drafted_by,
        proposed_at=timezone.now(),
        adopted_by=other,
        adopted_at=timezone.now(),
        in_force_on=on,
        state="adopted",
    )
    return edition


@pytest.fixture
def programme():
    made = a_programme(title="Plans that say who", theme="Care plans")
    a_round(made)
    in_force(made.pro_forma.edition)
    return made


def test_a_standard_leads_to_its_indicators_its_questions_and_who_asks_them(programme):
    down = thread("standard", "plan-says-who", down=True)
    question = next(name for name in down if name.startswith("question"))
    assert set(down) == {"indicator CIN-02", "indicator CIN-03", question}
    assert down[question] == {f"case_audit_programme {programme.pk}": {}}
    assert [name.split()[0] for name in thread("case_audit_programme", programme.pk, down=True)] == [
        "case_audit_round"
    ]


def test_an_indicator_leads_up_to_the_standards_that_rest_on_it_alone(programme):
    assert set(thread("indicator", "CIN-03", down=False)) == {"standard plan-says-who"}
    assert thread("indicator", "CIN-04", down=False) == {}


def test_a_standard_in_force_is_found_by_its_words(programme):
    assert found("plan-says-who")["standard"] == ["Section: Statement of plan-says-who."]


def test_a_standard_of_tomorrow_is_not_there_yet():
    in_force(a_programme().pro_forma.edition, on=date(2018, 1, 3))
    assert "standard" not in found("plan-says-who")
    assert node(Place("standard", "plan-says-who"), a_person("director")) is None


def test_learning_leads_to_what_became_of_it(programme):
    a_thread()
    learning = Learning.objects.create(code="plans-vague", title="Plans do not say who", domain="plan")
    said = {"decided_on": date(2017, 12, 1), "decided_by": a_person("qa_lead"), "decided_at": timezone.now()}
    action, standard = Action.objects.get(ref="2.1.1"), Standard.objects.get(code="plan-says-who")
    for kind, own in (
        ("plan_action", {"action": action}),
        ("standard", {"standard": standard}),
        ("training", {}),
        ("none", {}),
    ):
        LearningOutcome.objects.create(learning=learning, kind=kind, text="Half a day each.", **own, **said)
    down = thread("learning", "plans-vague", down=True)
    assert {name.split()[0] for name in down} == {"action", "training", "standard"}
    assert "indicator CIN-02" in down["standard plan-says-who"]
    assert "learning plans-vague" in thread("action", "2.1.1", down=False)


def test_evidence_of_case_audits_stands_by_itself_under_its_action():
    made = a_thread()
    evidence = add_evidence(
        made["action"],
        kind="case_audit",
        text="Of 40 case audits 30 were good.",
        result="for",
        about_on=date(2017, 12, 1),
        by=a_person("programme_manager"),
    )
    down = thread("action", "2.1.1", down=True)
    assert f"case_audit_evidence {evidence.pk}" in down
    assert sum(name.startswith("evidence") for name in down) == 1


def test_what_people_said_leads_to_the_action_and_only_published_words_to_the_public():
    a_thread()
    action = Action.objects.get(ref="2.1.1")
    keeper = a_person("programme_manager")
    reply = Reply.objects.create(
        theme="plan",
        audience="parents",
        said="Nobody told us the plan.",
        owner="Head of service",
        due_on=date(2018, 2, 1),
        action=action,
        made_by=keeper,
    )
    up = thread("action", "2.1.1", down=False)
    assert f"reply {reply.pk}" in up
    assert found("nobody told")["reply"] and "reply" not in found("nobody told", "scrutiny_member")
    assert f"reply {reply.pk}" not in thread("action", "2.1.1", "scrutiny_member", down=False)
    Reply.objects.update(did="Each family has a copy.", published_on=date(2018, 1, 2))
    assert found("nobody told", "scrutiny_member")["reply"] == [
        "You said: Nobody told us the plan. We did: Each family has a copy."
    ]


def test_what_was_said_in_a_practice_week_is_found_once_it_is_published():
    week = a_week()
    people_said(week)
    assert "week_said" not in found("ten minutes")
    learning_services.publish_you_said(week, on=date(2017, 12, 20), by=week.planned_by)
    assert len(found("ten minutes", "social_worker")["week_said"]) == 1


@pytest.fixture
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


def test_an_action_of_a_clinic_is_found_by_who_sees_the_children_of_the_team(council):
    clinic = a_clinic()
    child = clinic.exceptions.exclude(reference="").first()
    assert child is not None
    ClinicAction.objects.create(
        clinic=clinic,
        exception=child,
        ref="CA7",
        text="Visit on Thursday",
        owner="W1",
        set_on=date(2018, 1, 2),
        due_on=date(2018, 1, 4),
        set_by=a_person("service_manager"),
    )

    def seen_by(person):
        return {one.kind.code: [each.name for each in one.nodes] for one in search("thursday", person)}

    assert seen_by(a_manager("FSP 1")) == {"clinic_action": ["CA7 of FSP 1"]}  # and not what it says
    assert seen_by(a_manager("FSP 2")) == {}
    for role in ("programme_manager", "scrutiny_member", "social_worker"):
        assert seen_by(a_person(role)) == {}
    manager = a_manager("FSP 1")
    child_id = next(one for one in ("c1", "c2", "c3", "c5") if reference(one) == child.reference)
    restricted(child_id)
    assert seen_by(manager) == {}
    assert node(Place("clinic_action", "CA7"), manager) is None


def test_supervision_is_not_on_the_thread_and_not_found(council):
    assert not [one.code for one in KINDS if "supervis" in one.code]
    manager = a_manager()
    a_session(an_agreement(manager), date(2017, 12, 4), an_action(WORDS))
    for role in ("head_of_service", "qa_lead", "director"):
        assert found(WORDS, role) == {}


def test_a_meeting_of_a_closed_body_is_found_by_its_members_alone():
    body = a_body(is_public=False)
    a_meeting(body, note="About the front door")
    assert found("front door")["meeting"]
    assert "meeting" not in found("front door", "scrutiny_member")


def test_the_thread_asks_five_times_however_many_kinds_there_are(programme, django_assert_max_num_queries):
    person = a_person("head_of_service")
    with django_assert_max_num_queries(5):
        up = node(Place("standard", "plan-says-who"), person)
        follow(up, person, down=False)
        follow(up, person, down=True)
