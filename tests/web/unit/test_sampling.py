"""Samples: who is drawn, who never is, that the same seed draws the same again, and that they stay."""

import hashlib
import hmac
import os
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from goldenthread_web.accounts import relation_services, restriction_services
from goldenthread_web.accounts.models import Assignment
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.sweeping import sweep
from goldenthread_web.sampling import cohorts, handing_services, queries, sizes
from goldenthread_web.sampling.conflicts import HOLDS, INVOLVED, MANAGES, RELATED, conflicts_of
from goldenthread_web.sampling.drawing import places_of
from goldenthread_web.sampling.intervals import interval
from goldenthread_web.sampling.leaving_out import counts_said
from goldenthread_web.sampling.models import Sample, SampledChild
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, a_unit
from tests.web.sampling_builders import DRAWN_ON, a_council, a_lead, a_sample, ref

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


def drawn(sample):
    return list(sample.children.values_list("reference", flat=True))


def test_the_same_seed_draws_the_same_children_again():
    one, two = a_sample(), a_sample()
    assert drawn(one) == drawn(two) and len(drawn(one)) == 10
    assert drawn(a_sample(seed="another seed")) != drawn(one)
    assert queries.drawn_again(one).is_same is True


def test_whoever_has_the_seed_can_do_the_same_by_hand():
    sample = a_sample()
    everybody = {one.reference for one in cohorts.candidates("in_need", DRAWN_ON)}
    by_rank = sorted(
        everybody, key=lambda one: hmac.new(b"a seed of the tests", one.encode(), hashlib.sha256).hexdigest()
    )
    assert drawn(sample) == by_rank[:10]


def test_without_a_seed_one_is_made_and_kept():
    one, two = a_sample(seed=""), a_sample(seed="")
    assert len(one.seed) == 32 and one.seed != two.seed
    assert queries.drawn_again(one).is_same is True


def test_a_sample_says_where_it_came_from():
    sample = a_sample(teams=("FSP 2",), size_rule="all_or_twenty")
    assert (sample.population, sample.size_rule) == (9, "All, or 20, whichever is fewer")
    assert sample.load_folder.startswith("2017-12-31-") and sample.as_at_on == DRAWN_ON
    assert {one.team for one in sample.children.all()} == {"FSP 2"}
    event = Event.objects.get(what="sample.drawn")
    assert event.changes == {"purpose": "dip_sample", "cohort": "in_need", "method": "random", "number": 9}


def test_of_a_child_with_several_records_one_is_drawn():
    sample = a_sample(cohort="assessment", size_rule="all")
    assert sample.population == 5
    rows = sample.children.all()
    assert sorted(one.reference for one in rows) == sorted(ref(n) for n in range(1, 6))
    assert all(one.key.startswith("t") and one.day in (date(2017, 12, 1), date(2017, 12, 4)) for one in rows)
    assert queries.drawn_again(sample).is_same is True


def test_within_groups_each_has_its_part_and_at_least_one():
    sample = a_sample(method="stratified", strata="team", cohort="open_cases", size=10)
    teams = [one.stratum for one in sample.children.all()]
    assert {team: teams.count(team) for team in set(teams)} == {"FSP 1": 6, "FSP 2": 3, "MASH": 1}
    assert queries.drawn_again(sample).is_same is True
    with pytest.raises(Refused, match="3 groups and 2 are drawn"):
        a_sample(method="stratified", strata="team", cohort="open_cases", size=2)


@given(st.binary(min_size=1, max_size=12), st.integers(0, 200))  # bytes are drawn at once, a list one by one
def test_places_fit_whatever_the_groups(drawn_bytes, spare):
    groups = {f"g{n}": 1 + byte % 60 for n, byte in enumerate(drawn_bytes)}
    number = min(len(groups) + spare, sum(groups.values()))
    places = places_of(groups, number)
    assert sum(places.values()) == number
    assert all(1 <= places[name] <= groups[name] for name in groups)


def test_more_places_than_children_are_no_places():
    with pytest.raises(ValueError, match="do not fit"):
        places_of({"a": 1}, 2)


def test_16_84_a_restricted_child_is_never_drawn_and_nobody_reads_that_one_was_there():
    head, other = a_person("head_of_service"), a_person("director")
    made = restriction_services.propose_restriction(
        ref(30), reason="relative_of_staff", viewers=[head], by=head
    )
    sample = a_sample(size_rule="all", cohort="open_cases")
    assert ref(30) not in drawn(sample) and sample.population == 29  # from the proposal on
    restriction_services.decide_restriction(made, is_approved=True, by=other)
    assert ref(30) not in drawn(a_sample(size_rule="all", cohort="open_cases"))
    with pytest.raises(Refused, match="not among the children who can be chosen"):
        a_sample(
            method="targeted", references=[ref(30)], reason="Asked for by somebody.", cohort="open_cases"
        )
    said = counts_said({"restricted": 1, "lately": 2, "in their own team": 7})
    assert said == [
        ("Their records are shown to named people only", "fewer than 6"),
        ("Sampled for a case audit in the twelve months before", "2"),
        ("in their own team", "7"),
    ]


def test_whoever_draws_never_draws_their_own_relation():
    lead = a_lead()
    relation_services.declare_relation(ref(12), by=lead)
    assert ref(12) not in drawn(a_sample(lead, size_rule="all"))


def test_nobody_is_sampled_for_a_case_audit_twice_in_twelve_months():
    first = a_sample(purpose="case_audit", drawn_on=date(2017, 8, 1), size=8)
    again = a_sample(purpose="case_audit", size_rule="all")
    assert not set(drawn(first)) & set(drawn(again)) and again.left_out == {"lately": 8}
    for purpose, on in (("re_audit", DRAWN_ON), ("dip_sample", DRAWN_ON)):
        assert set(drawn(first)) <= set(drawn(a_sample(purpose=purpose, size_rule="all", drawn_on=on)))
    assert queries.drawn_again(again).is_same is True


def test_who_is_left_out_is_counted_by_why():
    sample = a_sample(leave_out={ref(11): "conflict", ref(12): "conflict"}, size_rule="all")
    assert sample.left_out == {"conflict": 2} and sample.population == 18
    assert queries.drawn_again(sample).is_same is True


def test_children_chosen_for_a_reason():
    asked = {"method": "targeted", "reason": "Every child of whom a school complained."}
    sample = a_sample(**asked, references=[ref(11), ref(12)])
    assert set(drawn(sample)) == {ref(11), ref(12)} and sample.size_rule == "Chosen one by one"
    assert queries.drawn_again(sample).is_same is None


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"method": "the easy ones"}, "how children are chosen"),
        ({"method": "targeted", "references": ["x"], "reason": ""}, "why these children"),
        ({"method": "targeted", "reason": "A reason that is long."}, "Name the children"),
        (
            {"method": "targeted", "references": ["x"], "reason": "A reason that is long."},
            "1 of those you named is",
        ),
        ({"method": "stratified", "strata": "height"}, "what the groups are"),
        ({"size": 0}, "at least one"),
        ({"size_rule": "some"}, "choose one of the rules"),
        ({"seed": "x" * 41}, "40 characters"),
        ({"drawn_on": date(2018, 1, 3)}, "lies ahead"),
        ({"cohort": "everybody"}, "no such cohort"),
        ({"cohort": "care_leaver"}, "not delivered are care_leaver_statuses"),
        ({"teams": ("None of that name",)}, "nobody to choose from"),
    ],
)
def test_what_cannot_be_drawn_is_refused(asked, sentence):
    with pytest.raises(Refused, match=sentence):
        a_sample(**asked)
    assert not Sample.objects.exists()


def test_only_who_leads_case_audits_draws():
    with pytest.raises(NotAllowed):
        a_sample(a_person("auditor"))


def test_before_anything_is_loaded_there_is_nobody(settings, tmp_path):
    settings.INSTALLATION = replace(settings.INSTALLATION, store=tmp_path / "none")
    with pytest.raises(Refused, match="Nothing is loaded"):
        a_sample()
    assert {one.why_not for one in cohorts.choices()} == {"Nothing is loaded."}


@pytest.mark.both_databases
@pytest.mark.parametrize("model", [Sample, SampledChild])
def test_84_the_database_keeps_a_sample_as_it_was_drawn(model):
    a_sample()
    row = model.objects.first()
    for change in (lambda: model.objects.filter(pk=row.pk).delete(), lambda: row.save()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_without_its_load_a_sample_is_not_drawn_again(council):
    sample = a_sample()
    (council / "store" / "loads" / sample.load_folder).rename(council / "elsewhere")
    again = queries.drawn_again(sample)
    assert again.is_same is None and "no longer here" in again.said


def test_a_cohort_that_reads_differently_is_said(monkeypatch):
    sample = a_sample()
    everybody = cohorts.candidates("in_need", DRAWN_ON)
    monkeypatch.setattr(cohorts, "candidates", lambda *_, **__: everybody[1:])
    assert "reads differently" in queries.drawn_again(sample).said
    gone = next(one for one in everybody if one.reference in drawn(sample))
    others = [replace(one, reference="0" * 20) if one is gone else one for one in everybody]
    monkeypatch.setattr(cohorts, "candidates", lambda *_, **__: others)
    again = queries.drawn_again(sample)
    assert again.is_same is False and "Somebody must look into it" in again.said


def test_who_should_not_look_at_which_case():
    manager = a_person("team_manager", unit=a_unit("FSP 1"), worker_id="W9")
    relation_services.declare_relation(ref(29), by=manager)
    found = conflicts_of(manager, [ref(1), ref(20), ref(29)])
    assert found == {ref(1): MANAGES, ref(20): INVOLVED, ref(29): RELATED}
    worker = a_person("social_worker", worker_id="W2")
    assert conflicts_of(worker, [ref(2), ref(3)]) == {ref(2): HOLDS}
    assert conflicts_of(a_person("auditor"), [ref(1)]) == {}


def test_children_are_handed_over_and_taken_back():
    lead, auditor = a_lead(), a_person("auditor")
    asked = {"purpose": "dip_sample.D1", "until_on": date(2018, 2, 1)}
    handing_services.hand_over(auditor, [ref(1), ref(2)], **asked, by=lead)
    handing_services.hand_over(auditor, [ref(2), ref(3)], **asked, by=lead)
    assert child_scope(auditor).references == {ref(1), ref(2), ref(3)}
    assert Event.objects.filter(what="children.handed_over").count() == 2
    handing_services.take_back(auditor, purpose="dip_sample.D1", references=[ref(1)], by=auditor)
    assert child_scope(auditor).references == {ref(2), ref(3)}
    handing_services.take_back(auditor, purpose="dip_sample.D1", by=auditor)
    assert not child_scope(auditor).references and Assignment.objects.count() == 3


def test_nobody_is_handed_what_they_should_not_look_at():
    lead = a_lead()
    manager = a_person("team_manager", unit=a_unit("FSP 1"))
    asked = {"purpose": "dip_sample.D1", "until_on": date(2018, 2, 1), "by": lead}
    with pytest.raises(Refused, match="1 of the cases cannot be theirs: They answer for the team"):
        handing_services.hand_over(manager, [ref(1), ref(20)], **asked)
    with pytest.raises(Refused, match="cannot look at cases"):
        handing_services.hand_over(a_person("social_worker"), [ref(1)], **asked)
    with pytest.raises(Refused, match="within the year"):
        handing_services.hand_over(a_person("auditor"), [ref(1)], **asked | {"until_on": date(2018, 1, 1)})
    head = a_person("head_of_service")
    restriction_services.propose_restriction(ref(9), reason="relative_of_staff", viewers=[head], by=head)
    with pytest.raises(Refused, match="not to be seen by them"):
        handing_services.hand_over(a_person("auditor"), [ref(9)], **asked)
    assert not Assignment.objects.exists()


def test_whom_a_person_may_see_of_a_sample():
    lead, auditor = a_lead(), a_person("auditor")
    sample = a_sample(lead)
    rows = list(sample.children.all())
    handing_services.hand_over(
        auditor, [rows[0].reference], purpose="dip_sample.D1", until_on=date(2018, 2, 1), by=lead
    )
    seen = queries.whom(rows, sample, child_scope(auditor))
    assert [one.row for one in seen.values()] == rows[:1]
    assert seen[rows[0].reference].child_id.startswith("c")
    assert len(queries.whom(rows, sample, child_scope(lead))) == 10


def test_rows_of_cohorts_go_as_those_of_days_do(council):
    a_sample()
    [kept] = (council / "cohorts").glob("*/*.parquet")
    sweep(by=None)
    assert kept.is_file()
    a_year_ago = now().timestamp() - 365 * 24 * 3600
    os.utime(kept, (a_year_ago, a_year_ago))
    (council / "cohorts" / "2016-12-31-gone").mkdir()
    sweep(by=None)
    assert not kept.is_file() and not (council / "cohorts" / "2016-12-31-gone").exists()
    assert queries.drawn_again(Sample.objects.get()).is_same is True  # worked out once more


def test_the_rules_of_size():
    rules = sizes.size_rules()
    assert [rules["all_or_twenty"].number(n) for n in (3, 20, 50)] == [3, 20, 20]
    assert [rules["tenth"].number(n) for n in (3, 45, 101)] == [3, 5, 11]
    assert [rules["fixed"].number(n, 12) for n in (3, 50)] == [3, 12] and rules["all"].number(7) == 7
    assert rules["fixed"].said(12) == "12, or all where there are fewer"


def test_the_interval_of_a_share():
    found = interval(14, 20)
    assert found is not None and found.said == "48% to 85%"
    assert interval(0, 0) is None
    none, every = interval(0, 8), interval(8, 8)
    assert none is not None and every is not None and (none.low, every.high) == (0, 100)
