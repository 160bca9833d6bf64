"""Programmes, rounds and handing out: who gets which case, who does not, and for how long a child is open."""

from datetime import date

import pytest
from django.core import mail
from django.http import Http404

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.models import Relation
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.restriction_services import propose_restriction
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.case_audits import handing_services, programme_services, queries, round_services
from goldenthread_web.case_audits.kinds import kind_rules
from goldenthread_web.case_audits.matching import matched
from goldenthread_web.case_audits.models import AuditProgramme, CaseAudit, Round
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.round_services import Drawing
from goldenthread_web.case_audits.rounds import next_round, shares
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.children import index
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, a_unit
from tests.web.case_audit_builders import (
    C1,
    DUE,
    a_case_audit,
    a_pro_forma,
    a_programme,
    programme_words,
    stored,
)
from tests.web.sampling_builders import a_council

pytestmark = pytest.mark.django_db
RANDOM = Drawing(method="random", seed="s")


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    a_council(settings, tmp_path)


@pytest.fixture
def lead():
    return a_person("qa_lead")


@pytest.fixture
def auditor():
    return a_person("auditor")


def test_every_kind_has_its_rules():
    assert set(kind_rules()) == set(Kind.values)
    assert all(one.words.endswith(".") for one in kind_rules().values())


# auditors, conflicts (auditor: children) | numbers in the order of the auditors, left | because
MATCHES = [
    ([1, 2], {}, [3, 3], [], "evenly"),
    ([1, 2, 3, 4], {}, [2, 2, 1, 1], [], "as evenly as it goes"),
    ([1, 2], {1: "abcdef"}, [0, 6], [], "one may look at nothing"),
    ([1, 2], {2: "abc"}, [3, 3], [], "who is rarely free comes first"),
    ([1, 2], {1: "a", 2: "a"}, [3, 2], ["a"], "nobody is left for one"),
    ([1], {1: "abcdef"}, [0], list("abcdef"), "nobody is left for any"),
]


@pytest.mark.parametrize(
    ("auditors", "conflicts", "numbers", "left", "because"), MATCHES, ids=[row[-1] for row in MATCHES]
)
def test_cases_are_matched_evenly(auditors, conflicts, numbers, left, because):
    found = matched("abcdef", auditors, {one: dict.fromkeys(of, "why") for one, of in conflicts.items()})
    given = list(found.auditor_of.values())
    assert [given.count(one) for one in auditors] == numbers, because
    assert list(found.nobody_for) == left and all(
        set(why) == set(auditors) for why in found.nobody_for.values()
    )


def test_a_round_is_shared_out_over_its_cohorts():
    assert shares(7, ["a", "b", "c"]) == {"a": 3, "b": 2, "c": 2}
    assert shares(2, ["a", "b"]) == {"a": 1, "b": 1}


# cycle, ends on, begun | next number and day
CYCLES = [
    ("monthly", None, 0, (1, date(2017, 8, 31))),
    ("monthly", None, 1, (2, date(2017, 9, 30))),
    ("monthly", None, 6, (7, date(2018, 2, 28))),
    ("quarterly", None, 1, (2, date(2017, 11, 30))),
    ("once", None, 0, (1, date(2017, 8, 31))),
    ("once", None, 1, None),
    ("monthly", date(2017, 9, 30), 1, (2, date(2017, 9, 30))),
    ("monthly", date(2017, 9, 29), 1, None),
]


@pytest.mark.parametrize(("cycle", "ends_on", "begun", "expected"), CYCLES)
def test_the_next_round(cycle, ends_on, begun, expected):
    programme = AuditProgramme(cycle=cycle, starts_on=date(2017, 8, 31), ends_on=ends_on)
    found = next_round(programme, begun)
    assert (found and (found.number, found.due_on)) == expected
    if found:
        assert found.is_due(found.due_on) and not found.is_due(date(2017, 8, 30))


def test_a_programme_is_made_and_changed(lead, auditor):
    programme = a_programme(lead, [auditor])
    assert list(programme.auditors.all()) == [auditor]
    words = programme_words(programme.pro_forma, title="Other")
    with pytest.raises(SavedMeanwhile):
        programme_services.edit_programme(programme, version=9, auditors=[auditor], by=lead, **words)
    programme_services.edit_programme(programme, version=1, auditors=[lead], by=lead, **words)
    programme.refresh_from_db()
    assert (programme.title, programme.version, list(programme.auditors.all())) == ("Other", 2, [lead])
    whats = [one.what for one in Event.objects.filter(about_kind="auditprogramme").order_by("id")]
    assert whats == ["case_audit_programme.made", "case_audit_programme.changed"]


def test_what_a_programme_may_not_say(lead, auditor):
    def refused(words, auditors=(auditor,), **said):
        pro_forma = said.pop("pro_forma", None) or a_pro_forma(lead)
        with pytest.raises(Refused, match=words):
            programme_services.make_programme(
                auditors=list(auditors), by=lead, **programme_words(pro_forma, **said)
            )

    refused("not in use", pro_forma=a_pro_forma(lead, is_published=False))
    refused("another kind", kind="thematic")
    refused("asked for by itself", kind="observation")
    refused("at least one group", cohorts=[])
    refused("at least one group", cohorts=["nobody"])
    refused("at least as large", cohorts=["open_cases", "in_need", "protection_plan"])
    refused("at least one auditor", auditors=())
    refused("does not audit cases", auditors=(a_person("social_worker"),))
    refused("before the first", ends_on=date(2017, 1, 1))
    refused("1 to 60", days=61)
    with pytest.raises(NotAllowed):
        a_programme(auditor, [auditor], pro_forma=a_pro_forma(lead))
    with pytest.raises(TypeError):
        programme_services.make_programme(auditors=[auditor], by=lead, title="Only")


def test_a_round_draws_and_hands_out(lead, auditor, django_capture_on_commit_callbacks):
    other = a_person("head_of_service")
    programme = a_programme(
        lead, [auditor, other], cohorts=["protection_plan", "open_cases"], size=6, days=10
    )
    with django_capture_on_commit_callbacks(execute=True):
        made = round_services.begin_round(programme, drawing=RANDOM, by=lead)
    assert (made.number, made.due_on, made.samples.count()) == (1, date(2018, 1, 16), 2)
    rows = list(made.case_audits.all())
    assert len(rows) == len({one.reference for one in rows}) == 6
    assert sorted(one.auditor_id for one in rows) == sorted([auditor.pk, other.pk] * 3)
    assert {(one.cohort, one.selection, one.state) for one in rows} == {
        ("protection_plan", "random", "handed_out"),
        ("open_cases", "random", "handed_out"),
    }
    assert all(one.team and one.worker_id for one in rows)
    theirs = {one.reference for one in rows if one.auditor_id == auditor.pk}
    assert child_scope(auditor).references == theirs
    # One mail each, with a link and nothing of a child.
    assert sorted(one.to for one in mail.outbox) == sorted([[auditor.email], [other.email]])
    for one in mail.outbox:
        assert "3 case audits are waiting" in one.body and "/case-audits/mine/" in one.body
        assert not any(row.reference in one.body or row.ref in one.body for row in rows)
        assert "FSP" not in one.body + one.subject
    event = Event.objects.get(what="case_audit_round.begun")
    assert event.changes["drawn"] == event.changes["handed_out"] == 6
    # Test 84: how they were drawn is kept, and the same seed draws them again.
    assert Event.objects.filter(what="sample.drawn").count() == 2
    assert {one.seed for one in made.samples.all()} == {"s-protection_plan", "s-open_cases"}


@pytest.mark.both_databases
def test_who_looks_at_whom_is_the_same_on_every_database(lead, auditor):
    people = [auditor, a_person("head_of_service")]
    programme = a_programme(lead, people, cohorts=["protection_plan", "open_cases"], size=6)
    made = round_services.begin_round(programme, drawing=RANDOM, by=lead)
    in_order = [
        child.reference
        for sample in made.samples.order_by("pk")
        for child in sample.children.order_by("position")
    ]
    rows = list(made.case_audits.order_by("pk"))
    assert [one.reference for one in rows] == in_order, "sample by sample, as drawn"
    by_turn = [people[(made.number + place) % 2].pk for place in range(6)]
    assert [one.auditor_id for one in rows] == by_turn


def test_no_child_is_drawn_twice_in_twelve_months(lead, auditor):
    programme = a_programme(lead, [auditor], size=12)
    asked = a_case_audit(lead, auditor, reference("c7"))
    first = round_services.begin_round(programme, drawing=RANDOM, starts_on=date(2018, 1, 2), by=lead)
    second = round_services.begin_round(programme, drawing=RANDOM, starts_on=date(2018, 1, 2), by=lead)
    drawn = [one.reference for made in (first, second) for one in made.case_audits.all()]
    assert len(drawn) == len(set(drawn)) == 24
    assert asked.reference not in drawn  # nor whom no sample was drawn for
    third = round_services.begin_round(programme, drawing=RANDOM, by=lead)
    assert third.case_audits.count() == 5
    with pytest.raises(Refused, match="Every open case: There is nobody"):
        round_services.begin_round(programme, drawing=RANDOM, by=lead)
    assert Round.objects.count() == 3  # all of a round or nothing


def test_nobody_looks_at_a_case_of_their_own(lead, auditor):
    """Neither its worker's manager, nor who had a part in it, nor who is related."""
    manager = a_person("team_manager", unit=a_unit("FSP 1"))
    programme = a_programme(lead, [manager, auditor], size=30)
    for number in (1, 2):
        Relation.objects.create(person=auditor, reference=reference(f"c{number}"), declared_at=now())
    made = round_services.begin_round(programme, drawing=RANDOM, by=lead)
    of_manager = {one.reference for one in made.case_audits.filter(auditor=manager)}
    assert of_manager and of_manager <= {reference(f"c{number}") for number in range(19, 31)}
    left = queries.left_in(made)
    assert {one.reference for one in left} == {reference("c1"), reference("c2")}
    why = round_services.why_left([manager, auditor], [one.reference for one in left])
    assert why[reference("c1")] == [
        "Team manager: They answer for the team that holds the child now.",
        "Case auditor: They said that they are related to the child.",
    ]
    assert round_services.why_left([manager], []) == {}
    # Whoever leads hands it to somebody who is not on the programme.
    with pytest.raises(Refused, match="cannot look at this case"):
        round_services.hand_out_left(made, left[0], auditor=manager, due_on=DUE, by=lead)
    handed = round_services.hand_out_left(made, left[0], auditor=a_person("director"), due_on=DUE, by=lead)
    assert handed.round == made and len(queries.left_in(made)) == 1
    with pytest.raises(Refused, match="handed out already"):
        round_services.hand_out_left(made, left[0], auditor=lead, due_on=DUE, by=lead)


def test_restricted_children_are_never_drawn(lead, auditor):
    hidden = {reference(f"c{number}") for number in range(1, 26)}
    for one in hidden:
        propose_restriction(
            one,
            reason="relative_of_staff",
            viewers=[lead, a_person("director")],
            by=a_person("head_of_service"),
        )
    made = round_services.begin_round(a_programme(lead, [auditor], size=30), drawing=RANDOM, by=lead)
    drawn = {one.reference for one in made.case_audits.all()}
    assert len(drawn) == 5 and not drawn & hidden


def test_children_named_for_a_reason(lead, auditor):
    programme = a_programme(lead, [auditor], cohorts=["protection_plan", "open_cases"], size=4)
    named = [reference("c2"), reference("c29")]
    targeted = Drawing(method="targeted", reason="They waited longest for a visit.", references=named)
    made = round_services.begin_round(programme, drawing=targeted, by=lead)
    rows = {one.reference: one for one in made.case_audits.all()}
    assert {ref: one.cohort for ref, one in rows.items()} == {
        named[0]: "protection_plan",
        named[1]: "open_cases",
    }
    assert {(one.selection, one.selection_reason) for one in rows.values()} == {
        ("targeted", "They waited longest for a visit.")
    }
    unknown = Drawing(method="targeted", reason="They waited longest.", references=["0" * 20])
    with pytest.raises(Refused, match="1 child of those you named cannot be chosen"):
        round_services.begin_round(programme, drawing=unknown, by=lead)
    grouped = Drawing(method="stratified", strata="team")
    round_services.begin_round(a_programme(lead, [auditor], size=3), drawing=grouped, by=lead)
    teams = CaseAudit.objects.filter(selection="stratified").values_list("team", flat=True)
    assert sorted(teams) == ["FSP 1", "FSP 2", "MASH"]


def test_days_on_which_no_round_begins(lead, auditor):
    def refused(words, starts_on=None, **said):
        with pytest.raises(Refused, match=words):
            round_services.begin_round(
                a_programme(lead, [auditor], **said), drawing=RANDOM, starts_on=starts_on, by=lead
            )

    refused("lies ahead", date(2018, 1, 3))
    refused("had not begun", date(2017, 11, 30))
    refused("has ended", ends_on=date(2017, 12, 31))
    programme = a_programme(lead, [auditor])
    round_services.begin_round(programme, drawing=RANDOM, starts_on=date(2017, 12, 20), by=lead)
    with pytest.raises(Refused, match="Round 1 began later"):
        round_services.begin_round(programme, drawing=RANDOM, starts_on=date(2017, 12, 19), by=lead)


def test_how_far_a_programme_is(lead, auditor):
    programme = a_programme(lead, [auditor], size=3)
    made = round_services.begin_round(programme, drawing=RANDOM, starts_on=date(2017, 12, 1), by=lead)
    one = made.case_audits.first()
    handing_services.withdraw(one, version=1, because="The child has moved away.", by=lead)
    (line,) = queries.programmes(date(2018, 1, 2))
    assert (line.rounds, line.progress.handed_out, line.progress.overdue) == (1, 2, 2)
    assert (line.next_round.number, line.next_round.due_on, line.is_due) == (2, date(2018, 1, 1), True)
    ((_, progress),) = queries.rounds_of(programme, date(2017, 12, 2))
    assert (progress.handed_out, progress.overdue, progress.still_open) == (2, 0, 2)
    assert queries.programme_line(0, date(2018, 1, 2)) is None


def test_one_case_audit_asked_for_by_itself(lead, auditor):
    made = a_case_audit(lead, auditor)
    assert (made.ref, made.round, made.selection) == ("A1", None, "targeted")
    assert index().child(C1, child_scope(auditor)).child_id == "c1"
    assert Event.objects.get(what="case_audit.handed_out").changes == {"kind": "full", "auditor": auditor.pk}
    refused = pytest.raises(Refused, match="no child is looked at twice in 12 months")
    with refused:
        a_case_audit(lead, auditor)
    # Before a case closes it is looked at however lately it was.
    closing = a_case_audit(lead, auditor, kind="closure")
    assert closing.kind == "closure"
    file = a_case_audit(lead, auditor, kind="supervision_file", reference="", about="File of a social worker")
    assert file.reference == "" and not auditor.assignments.filter(reference="").exists()


def test_what_is_not_handed_out(lead, auditor):
    def refused(words, auditor=auditor, **said):
        with pytest.raises(Refused, match=words):
            a_case_audit(lead, auditor, **said)

    refused("Say which child", reference="")
    refused("it is about no one child", kind="observation")
    refused("it is about no one child", kind="observation", reference="")
    refused("names the case audit that it repeats", kind="re_audit")
    refused("not in use", pro_forma=a_pro_forma(lead, is_published=False))
    refused("lies before the day", due_on=date(2018, 1, 1))
    refused("does not audit cases", auditor=a_person("performance_analyst"))
    refused("They answer for the team", auditor=a_person("team_manager", unit=a_unit("FSP 1")))
    with pytest.raises(NotAllowed):
        a_case_audit(auditor, auditor, pro_forma=a_pro_forma(lead))
    with pytest.raises(TypeError):
        a_case_audit(lead, auditor, colour="red")


def test_4_a_child_is_open_to_the_auditor_until_it_is_withdrawn(lead, auditor):
    made = a_case_audit(lead, auditor)
    handing_services.withdraw(made, version=1, because="The child has moved away.", by=lead)
    with pytest.raises(Http404):
        index().child(C1, child_scope(auditor))
    assert stored(made).state == "withdrawn"
    with pytest.raises(Refused, match="is withdrawn"):
        handing_services.give_time(made, version=2, due_on=date(2018, 2, 1), by=lead)
    a_case_audit(lead, auditor)  # who was withdrawn counts for nothing


def test_more_time_and_another_auditor(lead, auditor):
    made = a_case_audit(lead, auditor)
    with pytest.raises(Refused, match="a later day"):
        handing_services.give_time(made, version=1, due_on=DUE, by=lead)
    handing_services.give_time(made, version=1, due_on=date(2018, 2, 1), by=lead)
    ends = auditor.assignments.order_by("-ends_on").first().ends_on
    assert ends == date(2018, 3, 1)  # four weeks after the day
    with pytest.raises(SavedMeanwhile):
        handing_services.hand_on(made, version=1, auditor=lead, by=lead)
    with pytest.raises(Refused, match="has A.* already"):
        handing_services.hand_on(made, version=2, auditor=auditor, by=lead)
    other = a_person("auditor")
    handing_services.hand_on(made, version=2, auditor=other, by=lead)
    assert C1 in child_scope(other).references and C1 not in child_scope(auditor).references
    with pytest.raises(Refused, match="Say in a sentence"):
        handing_services.withdraw(made, version=3, because=" ", by=lead)


def test_what_is_under_way_is_not_handed_on(lead, auditor):
    made = a_case_audit(lead, auditor)
    CaseAudit.objects.filter(pk=made.pk).update(state="under_way")
    with pytest.raises(Refused, match="is under way"):
        handing_services.hand_on(made, version=1, auditor=lead, by=lead)
