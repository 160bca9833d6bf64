"""Dip samples: designs and their versions, drawing, answering child by child, finishing, following up."""

import random
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from goldenthread.standard import table
from goldenthread_web.accounts import relation_services, restriction_services
from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.roles import roles
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.concerns.models import Concern
from goldenthread_web.dip_samples import design_services, queries, results, services, standard_rows
from goldenthread_web.dip_samples.models import Answer, Design, DesignVersion, DipSample, Item, Line
from goldenthread_web.dip_samples.shipped import DesignSaid, ItemSaid, shipped
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from goldenthread_web.worklist.free_text import warnings_about
from tests.web.builders import a_person, a_unit
from tests.web.sampling_builders import DRAWN_ON, a_council, a_lead, ref

pytestmark = pytest.mark.django_db
FOUND = "Most plans say what must change; few say by when."
DUE = date(2018, 1, 12)


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


@pytest.fixture
def lead():
    return a_lead()


@pytest.fixture
def auditor():
    return a_person("auditor")


def words(**said):
    return DesignSaid(
        **{
            "title": "Plans",
            "question": "Could anybody follow the plan?",
            "because": "",
            "cohort": "in_need",
            "method": "random",
            "size_rule": "fixed",
            "size": 10,
            "threshold": 80,
            "below": "It is drawn again after a month.",
            "items": (ItemSaid("Clear", "Is it clear?"), ItemSaid("By when", "Has each action a day?")),
        }
        | said
    )


def a_version(by, code="plans", **said) -> DesignVersion:
    found = Design.objects.filter(code=code).first() or design_services.make_design(
        code, words(**said), by=by
    )
    return found.versions.first()


def a_dip_sample(by, sampler, **asked) -> DipSample:
    said = {"sampler": sampler, "due_on": DUE, "drawn_on": DRAWN_ON, "seed": "a seed of the tests"} | asked
    return services.draw_dip_sample(said.pop("version", None) or a_version(by), **said, by=by)


def answered(dip_sample, by, *, yes=8, item_codes=("clear", "by_when")):
    """Answer every case: the first so many with yes, the others with no."""
    items = [one for one in dip_sample.design_version.items.all() if one.code in item_codes]
    for place, line in enumerate(dip_sample.lines.all()):
        said = Answer.Said.YES if place < yes else Answer.Said.NO
        services.save_line(line, version=line.version, answers={one.pk: said for one in items}, by=by)


def finished(dip_sample, by, **said):
    dip_sample.refresh_from_db()
    return services.finish(dip_sample, version=dip_sample.version, found=FOUND, by=by, **said)


def test_the_designs_that_ship_are_the_letters_own_and_that_of_oversight_and_name_nobody(lead):
    assert design_services.take_over_shipped(by=lead) == len(shipped()) == 8
    assert set(shipped()) == {
        *("ten_day_review", "strategy_actions", "agency_checks", "supervision_actions"),
        *("minutes_in_time", "return_interviews", "plans_smart"),
        "oversight_quality",  # how soon it is there is counted; what it is worth is read
    }
    assert all(1 <= version.items.count() <= 10 for version in DesignVersion.objects.all())
    texts = [one.text for one in Item.objects.all()] + [one.below for one in DesignVersion.objects.all()]
    assert not any(warnings_about(text) for text in texts)
    with pytest.raises(Refused, match="there already"):
        design_services.take_over_shipped(by=lead)
    assert Event.objects.get(what="dip_designs.taken_over").changes == {"number": 8}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"question": "Look at the plans."}, "question mark"),
        ({"cohort": "nobody"}, "Choose the cohort"),
        ({"method": "easy"}, "how children are chosen"),
        ({"method": "stratified"}, "what the groups are"),
        ({"size_rule": "few"}, "how many are drawn"),
        ({"size": 0}, "at least one"),
        ({"threshold": 101}, "from 1 to 100"),
        ({"below": " "}, "what happens below"),
        ({"items": ()}, "one to 10 items"),
        ({"items": tuple(ItemSaid(f"I{n}", "x?") for n in range(11))}, "one to 10 items"),
        ({"items": (ItemSaid("Clear", "a?"), ItemSaid("clear", "b?"))}, "a short name of its own"),
    ],
)
def test_a_design_that_cannot_be_asked_is_refused(lead, said, sentence):
    with pytest.raises(Refused, match=sentence):
        a_version(lead, **said)
    assert not Design.objects.exists()


def test_another_wording_is_another_version_and_what_was_drawn_keeps_its_own(lead, auditor):
    first = a_version(lead)
    drawn = a_dip_sample(lead, auditor)
    second = design_services.word_anew(first.design, words(threshold=90), version=1, by=lead)
    assert (second.number, second.threshold) == (2, 90)
    drawn.refresh_from_db()
    assert drawn.design_version == first
    with pytest.raises(SavedMeanwhile):
        design_services.word_anew(first.design, words(), version=1, by=lead)
    with pytest.raises(Refused, match="already"):
        design_services.make_design("plans", words(), by=lead)
    assert Event.objects.filter(what="dip_design.worded_anew").count() == 1


def test_a_design_that_ended_is_drawn_no_more(lead, auditor):
    version = a_version(lead)
    design_services.end_design(version.design, by=lead)
    with pytest.raises(Refused, match="no longer drawn"):
        a_dip_sample(lead, auditor)
    with pytest.raises(Refused, match="no longer drawn"):
        design_services.word_anew(version.design, words(), version=1, by=lead)
    with pytest.raises(Refused, match="ended already"):
        design_services.end_design(version.design, by=lead)


@pytest.mark.both_databases
def test_the_database_keeps_the_words_of_a_design(lead):
    version = a_version(lead)
    for change in (version.save, version.items.first().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_children_are_drawn_and_handed_over(lead, auditor):
    made = a_dip_sample(lead, auditor)
    references = {one.child.reference for one in made.lines.all()}
    assert made.ref == "D1" and len(references) == 10
    assert child_scope(auditor).references == references
    event = Event.objects.get(what="dip_sample.drawn")
    assert event.changes == {"design": "plans", "method": "random", "number": 10}
    assert a_dip_sample(lead, auditor).ref == "D2"
    with pytest.raises(Refused, match="not before the day it is drawn"):
        a_dip_sample(lead, auditor, due_on=date(2017, 12, 1))
    with pytest.raises(NotAllowed):
        a_dip_sample(auditor, auditor, version=made.design_version)


def test_nobody_samples_their_own_cases(lead):
    manager = a_person("team_manager", unit=a_unit("FSP 2"))
    relation_services.declare_relation(ref(30), by=manager)
    made = a_dip_sample(lead, manager, size_rule="all")
    drawn = {one.child.reference for one in made.lines.all()}
    assert not drawn & {ref(n) for n in range(19, 28)} and ref(30) not in drawn
    assert made.sample.left_out == {"conflict": 10}


def test_a_case_is_saved_and_saved_again(lead, auditor):
    made = a_dip_sample(lead, auditor)
    line, (clear, when) = made.lines.first(), made.design_version.items.all()
    services.save_line(line, version=1, answers={clear.pk: "pass", when.pk: ""}, by=auditor)
    services.save_line(line, version=2, answers={clear.pk: "fail", when.pk: "na"}, by=auditor)
    assert dict(line.answers.values_list("item", "said")) == {clear.pk: "fail", when.pk: "na"}
    with pytest.raises(SavedMeanwhile):
        services.save_line(line, version=2, answers={clear.pk: "pass"}, by=auditor)
    services.save_line(line, version=3, answers={clear.pk: "pass"}, missed="no_record", by=auditor)
    line.refresh_from_db()
    assert line.missed == "no_record" and not line.answers.exists() and line.saved_by == auditor
    assert Event.objects.filter(what="dip_sample.line_saved").count() == 3


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"answers": {0: "pass"}}, "yes, no, or does not apply"),
        ({"answers": {}, "missed": "tired"}, "choose one of the reasons"),
    ],
)
def test_an_answer_that_is_none_is_refused(lead, auditor, said, sentence):
    line = a_dip_sample(lead, auditor).lines.first()
    with pytest.raises(Refused, match=sentence):
        services.save_line(line, version=1, by=auditor, **said)
    item = line.dip_sample.design_version.items.first()
    with pytest.raises(Refused, match="yes, no, or does not apply"):
        services.save_line(line, version=1, by=auditor, answers={item.pk: "perhaps"})


def test_4_another_auditor_answers_nothing(lead, auditor):
    line = a_dip_sample(lead, auditor).lines.first()
    with pytest.raises(Refused, match="handed to somebody else"):
        services.save_line(line, version=1, answers={}, by=a_person("auditor"))
    services.save_line(line, version=1, answers={}, by=lead)


def test_finished_means_every_case_answered_or_said_why_not(lead, auditor):
    made = a_dip_sample(lead, auditor)
    with pytest.raises(Refused, match="10 cases are not answered yet"):
        finished(made, auditor)
    answered(made, auditor, item_codes=("clear",))
    with pytest.raises(Refused, match="10 cases are"):
        finished(made, auditor)
    answered(made, auditor)
    last = made.lines.last()
    services.save_line(last, version=last.version, answers={}, missed="no_record", by=auditor)
    with pytest.raises(Refused, match="few sentences"):
        services.finish(made, version=1, found=" ", by=auditor)
    done = finished(made, auditor)
    assert (done.state, done.finished_on, done.finished_by) == ("finished", date(2018, 1, 2), auditor)
    assert not child_scope(auditor).references  # from now on they see nobody of it
    for write in (
        lambda: services.save_line(last, version=3, answers={}, by=auditor),
        lambda: services.withdraw(done, version=done.version, because="It was a mistake.", by=lead),
    ):
        with pytest.raises(Refused, match="nothing in it is changed"):
            write()


def test_16_whoever_becomes_restricted_holds_nobody_up(lead, auditor):
    made = a_dip_sample(lead, auditor)
    answered(made, auditor)
    gone = made.lines.first()
    gone.answers.all().delete()
    with pytest.raises(Refused, match="1 case is not answered"):
        finished(made, auditor)
    head = a_person("head_of_service")
    reference = gone.child.reference
    restriction_services.propose_restriction(reference, reason="public_figure", viewers=[head], by=head)
    assert finished(made, auditor).state == "finished"


def test_results_are_by_item_with_an_interval(lead, auditor):
    made = a_dip_sample(lead, auditor)
    answered(made, auditor, yes=7)
    line = made.lines.first()
    clear, when = made.design_version.items.all()
    services.save_line(line, version=line.version, answers={clear.pk: "na", when.pk: "pass"}, by=auditor)
    finished(made, auditor)
    first, second = results.results_of([made])[made.pk]
    assert (first.yes, first.of, first.not_applicable, round(first.percent or 0)) == (6, 9, 1, 67)
    assert (second.yes, second.of, second.is_below) == (7, 10, True)
    said = results.shown([first, second], is_public_view=False)
    assert (said[1].number, said[1].percent, said[1].interval) == ("7 of 10", "70%", "40% to 89%")
    [listed] = queries.listed(queries.dip_samples())
    assert (listed.lines, listed.answered, listed.needs_follow_up) == (10, 10, True)


def test_whoever_sees_no_small_numbers_cannot_work_them_out(lead, auditor):
    """Solved as a reader would: from the share and the rounded number no count from 1 to 5 follows."""
    item = Item(short="Clear")
    numbers = random.Random(7)  # noqa: S311
    for _ in range(400):
        yes, no = numbers.randint(0, 40), numbers.randint(0, 40)
        one = results.ItemResult(
            item=item, yes=yes, no=no, not_applicable=numbers.randint(0, 9), threshold=80
        )
        [said] = results.shown([one], is_public_view=True)
        if any(0 < n < 6 for n in (yes, no)) or 0 < one.of < 10:
            assert (said.number, said.percent, said.is_below) == ("c", "c", None)
        assert said.not_applicable == "c" and said.interval == ""
    nobody = results.ItemResult(item=item, yes=0, no=0, not_applicable=3, threshold=80)
    assert results.shown([nobody], is_public_view=True)[0].percent == ""
    assert results.shown([nobody], is_public_view=False)[0].is_below is None


def test_the_same_design_is_compared_and_random_never_joins_targeted(lead, auditor):
    design_version = a_version(lead)
    asked = {
        "method": "targeted",
        "references": [ref(n) for n in range(11, 17)],
        "reason": "Those of whom partners complained.",
    }
    for number, extra in enumerate(({"drawn_on": date(2017, 11, 20)}, {}, asked)):
        made = a_dip_sample(lead, auditor, version=design_version, **extra)
        answered(made, auditor, yes=number * 4)
        finished(made, auditor)
    found = list(queries.dip_samples().order_by("id"))
    series = results.compared(found, is_public_view=False)
    assert [(one.method, [each.ref for each in one.dip_samples]) for one in series] == [
        ("At random", ["D1", "D2"]),
        ("For a reason", ["D3"]),
    ]
    assert [cell.percent for cell in series[0].rows[0][1]] == ["0%", "40%"]  # type: ignore[union-attr]
    assert results.compared(found, is_public_view=True)[1].rows[0][1][0].is_hidden  # type: ignore[union-attr]


def test_an_item_that_was_not_asked_that_time_is_a_gap(lead, auditor):
    version = a_version(lead)
    finished_first = a_dip_sample(lead, auditor, version=version)
    answered(finished_first, auditor)
    finished(finished_first, auditor)
    items = (ItemSaid("Clear", "Is it clear?"), ItemSaid("Owner", "Has each action somebody who does it?"))
    again = design_services.word_anew(version.design, words(items=items), version=1, by=lead)
    second = a_dip_sample(lead, auditor, version=again)
    answered(second, auditor, item_codes=("clear", "owner"))
    finished(second, auditor)
    [series] = results.compared(list(queries.dip_samples()), is_public_view=False)
    gaps = {short: [cell is None for cell in cells] for short, cells in series.rows}
    assert gaps == {"Clear": [False, False], "By when": [False, True], "Owner": [True, False]}


def test_a_concern_is_raised_from_a_row(lead, auditor):
    line = a_dip_sample(lead, auditor).lines.first()
    text = "Bruises are described and nobody has looked at the child since."
    made = services.raise_concern_for(line, text=text, by=auditor)
    line.refresh_from_db()
    assert line.concern == made and made.source == Concern.Source.DIP_SAMPLE and made.source_ref == "D1"
    assert made.reference == line.child.reference and made.team.startswith(("FSP", "MASH"))
    event = Event.objects.get(what="dip_sample.concern_raised")
    assert event.changes == {"concern": made.ref} and text not in str(event.changes)
    with pytest.raises(Refused, match="handed to somebody else"):
        services.raise_concern_for(line, text=text, by=a_person("auditor"))


def test_it_goes_to_somebody_else_with_what_was_answered(lead, auditor):
    made, other = a_dip_sample(lead, auditor), a_person("auditor")
    answered(made, auditor, item_codes=("clear",))
    services.give_to_another(made, other, version=1, due_on=date(2018, 1, 20), by=lead)
    assert not child_scope(auditor).references and len(child_scope(other).references) == 10
    made.refresh_from_db()
    assert made.sampler == other and Answer.objects.count() == 10
    manager = a_person("team_manager", unit=a_unit("FSP 1"))
    with pytest.raises(Refused, match="cannot be theirs"):
        services.give_to_another(made, manager, version=2, due_on=date(2018, 1, 20), by=lead)
    with pytest.raises(Refused, match="not before today"):
        services.give_to_another(made, auditor, version=2, due_on=date(2018, 1, 1), by=lead)


def test_withdrawn_it_counts_nowhere(lead, auditor):
    made = a_dip_sample(lead, auditor)
    with pytest.raises(Refused, match="why it is withdrawn"):
        services.withdraw(made, version=1, because="", by=lead)
    services.withdraw(made, version=1, because="It was drawn twice.", by=lead)
    assert not child_scope(auditor).references and not list(standard_rows.dip_samples())


def test_what_is_below_is_followed_up(lead, auditor):
    made = a_dip_sample(lead, auditor)
    item = made.design_version.items.first()
    asked = {"item": item, "text": "Plans are rewritten.", "post": "Service manager", "due_on": DUE}
    with pytest.raises(Refused, match="Finish the dip sample first"):
        services.set_follow_up(made, **asked, by=lead)
    answered(made, auditor, yes=3)
    made = finished(made, auditor)
    other = a_version(lead, code="others", items=(ItemSaid("Else", "Something else?"),))
    for wrong, sentence in (
        ({"item": other.items.first()}, "items that were asked"),
        ({"text": "x"}, "Say what is done"),
        ({"post": " "}, "which post"),
        ({"due_on": date(2018, 1, 1)}, "not before"),
    ):
        with pytest.raises(Refused, match=sentence):
            services.set_follow_up(made, **asked | wrong, by=lead)
    follow_up = services.set_follow_up(made, **asked, by=lead)
    [listed] = queries.listed(queries.dip_samples())
    assert not listed.needs_follow_up and not listed.overdue
    assert replace(listed, on=date(2018, 2, 1)).overdue == (follow_up,)
    with pytest.raises(Refused, match="lies ahead"):
        services.complete_follow_up(follow_up, version=1, text=FOUND, done_on=date(2018, 1, 3), by=lead)
    with pytest.raises(Refused, match="what was done"):
        services.complete_follow_up(follow_up, version=1, text="", by=lead)
    services.complete_follow_up(follow_up, version=1, text="All plans were rewritten.", by=lead)
    with pytest.raises(Refused, match="before"):
        services.complete_follow_up(follow_up, version=2, text="All plans were rewritten.", by=lead)


def test_the_demonstration_tells_of_november_and_december(capsys):
    for role in roles():
        a_person(role, email=f"{role.replace('_', '-')}@{DOMAIN}")
    call_command("make_demo_dip_samples")
    said = capsys.readouterr().out
    assert "8 designs, 3 dip samples." in said and "agency_checks of 2017-11-13 was not drawn" in said
    smart, chosen, ten_days = DipSample.objects.order_by("id")
    assert ten_days.design_version.design.code == "ten_day_review" and ten_days.state == "finished"
    first = min(one.sample.drawn_on for one in (smart, chosen, ten_days))
    assert all(one.made_at.date() < first for one in DesignVersion.objects.all())
    assert smart.follow_ups.get().item.code == "can_be_seen" and chosen.sample.method == "targeted"
    call_command("make_demo_dip_samples")
    assert "nothing was changed" in capsys.readouterr().out and DipSample.objects.count() == 3


def test_the_demonstration_without_a_load_has_its_designs_alone(settings, tmp_path, capsys):
    settings.INSTALLATION = replace(settings.INSTALLATION, store=tmp_path / "none")
    a_person("qa_lead", email=f"qa-lead@{DOMAIN}")
    call_command("make_demo_dip_samples")
    assert "8 designs; nothing is loaded" in capsys.readouterr().out


def test_rows_fit_the_tables_of_the_standard(lead, auditor):
    made = a_dip_sample(lead, auditor)
    answered(made, auditor)
    assert not list(standard_rows.dip_samples()) and not list(standard_rows.dip_sample_items())
    last = Line.objects.last()
    services.save_line(last, version=last.version, answers={}, missed="mistaken", by=auditor)
    finished(made, auditor)
    [row] = standard_rows.dip_samples()
    assert row == {
        "sample_id": "D1",
        "theme": "plans",
        "sampled_on": DRAWN_ON,
        "method": "random",
        "population_count": 20,
    }
    items = list(standard_rows.dip_sample_items())
    assert [one["result"] for one in items].count(None) == 2 and len(items) == 20
    for name, rows in (("dip_samples", [row]), ("dip_sample_items", items)):
        columns = {"reference" if c.name == "child_id" else c.name for c in table(name).columns}
        assert all(set(one) == columns for one in rows)
