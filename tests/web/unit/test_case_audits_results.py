"""Results of case audits: like with like, small numbers, shares, performance beside quality, learning."""

from datetime import date

import pytest

from goldenthread_web.accounts.refusals import NotAllowed, NotForYourself, Refused
from goldenthread_web.case_audits import learning_reading, learning_services, results_services
from goldenthread_web.case_audits.models import Learning, LearningOutcome
from goldenthread_web.case_audits.results_drawing import field
from goldenthread_web.case_audits.results_hiding import (
    NOT_SHOWN,
    TOO_FEW,
    rows_of,
    share_said,
    so_many,
    table_of,
)
from goldenthread_web.case_audits.results_intervals import share
from goldenthread_web.case_audits.results_narrowing import asked, spans
from goldenthread_web.case_audits.results_quality import CORNERS, Performance, quadrant
from goldenthread_web.case_audits.results_reading import (
    Mix,
    crossed,
    domain_mix,
    like_with_like,
    looks,
    mix,
    standards_met,
)
from goldenthread_web.improvement.models import Evidence
from goldenthread_web.standards import services as standards_services
from goldenthread_web.standards import standard_services
from goldenthread_web.standards.models import Standard
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person
from tests.web.following_builders import TODAY, a_case_audit
from tests.web.plan import an_action

pytestmark = pytest.mark.django_db
YEAR = (date(2017, 1, 1), date(2017, 12, 31))


def some(number, grade="good", **said):
    return [a_case_audit(grade, **said) for _ in range(number)]


def test_what_was_chosen_differently_is_never_counted_together():
    some(3)
    some(2, selection="stratified")
    some(1, "inadequate", selection="targeted", selection_reason="A worry.")
    again = a_case_audit("good", kind="re_audit", re_audit_of=some(1, "inadequate")[0])
    a_case_audit("good", kind="observation")
    found = looks(*YEAR)
    assert len(found) == 9
    kept = {
        one: like_with_like(found, selection=one) for one in ("random", "stratified", "targeted", "re_audit")
    }
    assert [len(these) for these in kept.values()] == [4, 2, 1, 1]
    assert kept["re_audit"][0].pk == again.pk
    assert len(like_with_like(found, selection="random", kind="observation")) == 1


def test_the_moderated_grade_counts():
    done = a_case_audit("good")
    type(done).objects.filter(pk=done.pk).update(moderated_grade="inadequate")
    a_case_audit(state="under_way")
    a_case_audit("good", completed_on=date(2016, 12, 30))
    (one,) = looks(*YEAR)
    assert one.grade == "inadequate"


def test_grades_impact_and_domains_are_counted():
    some(2)
    a_case_audit("good", impact="inadequate")
    found = looks(*YEAR)
    assert mix(found).counts == (0, 3, 0, 0) and mix(found).good.percent == 100
    assert crossed(found)[1] == (0, 2, 0, 1)
    assert domain_mix(found, "plan").number == 3 and domain_mix(found, "challenge").number == 0


def test_standards_are_met_or_not_and_in_part_is_not():
    some(2, answers=("met", "partly"))
    a_case_audit("good", answers=("not_met", "na"))
    least, most = standards_met([one.pk for one in looks(*YEAR)])
    assert (least.code, least.met, least.partly, least.not_met) == ("childs-words", 0, 2, 0)
    assert (most.code, most.share.part, most.share.whole) == ("plan-says-who", 2, 3)


def test_restricted_children_are_in_no_result():
    from goldenthread_web.accounts.restriction_services import propose_restriction
    from goldenthread_web.accounts.restrictions import reasons

    a_case_audit("good", reference="b" * 20)
    head = a_person("head_of_service")
    propose_restriction("b" * 20, reason=next(iter(reasons())), viewers=[head], by=head)
    assert looks(*YEAR) == []


def test_the_public_view_sees_no_small_number_and_none_follows_from_the_others():
    mixes = {"FSP 1": Mix(counts=(2, 30, 12, 8)), "FSP 2": Mix(counts=(10, 40, 20, 10))}
    one, two = rows_of(mixes, is_public_view=True)
    # The other good grade is hidden too, and so is its column: else the sums would give the 2 back.
    assert one.counts == ("c", "c", "10", "10") and two.counts[2:] == ("20", "10")
    assert "c" in two.counts[:2] and one.share == "62%"
    assert one.number == "50"  # rounded to 5
    large = rows_of({"FSP 4": Mix(counts=(10, 30, 12, 8))}, is_public_view=True)[0]
    assert (large.share, large.number) == ("67%", "60")
    for row in rows_of({"FSP 3": Mix(counts=(0, 4, 2, 0))}, is_public_view=True):
        assert row.share == NOT_SHOWN and row.percent is None and row.interval == ""
    inside = rows_of(mixes, is_public_view=False)[0]
    assert (inside.counts, inside.number, inside.share) == (("2", "30", "12", "8"), "52", "61.5%")


def test_32_none_or_all_of_a_small_group_is_not_said_in_the_public_view():
    many = {"FSP 2": Mix(counts=(10, 40, 20, 10)), "FSP 5": Mix(counts=(10, 40, 20, 10))}
    for counts in ((0, 0, 9, 0), (9, 0, 0, 0), (0, 0, 0, 6)):
        small, *_ = rows_of({"CLA 1": Mix(counts=counts)} | many, is_public_view=True)
        assert small.share == NOT_SHOWN and set(small.counts) == {"c"}, counts
    ten, *_ = rows_of({"CLA 1": Mix(counts=(0, 0, 10, 0))} | many, is_public_view=True)
    assert (ten.share, ten.counts) == ("0%", ("0", "0", "10", "0"))
    for part in (0, 9):
        assert share_said(share(part, 9), is_public_view=True) == (NOT_SHOWN, "")
        assert so_many(part, 9, is_public_view=True) == NOT_SHOWN
        assert so_many(part, 9, is_public_view=False) == f"{part} of 9"
    assert so_many(0, 10, is_public_view=True) == "0 of 10"


def test_a_share_of_too_few_is_said_to_nobody():
    (row,) = rows_of({"FSP 1": Mix(counts=(0, 4, 0, 0))}, is_public_view=False)
    assert row.share == TOO_FEW and row.counts[1] == "4"
    assert share_said(share(3, 4), is_public_view=False) == (TOO_FEW, "")
    assert share_said(share(0, 0), is_public_view=True) == ("none", "")
    assert (
        so_many(3, 40, is_public_view=True) == NOT_SHOWN and so_many(3, 40, is_public_view=False) == "3 of 40"
    )
    assert table_of({("a", "x"): 3, ("a", "y"): 30}, is_public_view=True)["a", "x"] == "c"


def test_months_and_quarters_and_the_public_view_gets_quarters():
    assert [one.said for one in spans(TODAY, "quarter")] == [
        "Jan to Mar 2017",
        "Apr to Jun 2017",
        "Jul to Sep 2017",
        "Oct to Dec 2017",
        "Jan to Mar 2018",
    ]
    assert len(spans(TODAY, "month")) == 13 and spans(TODAY, "month")[-1].said == "Jan 2018"
    given = {"every": "month", "selection": "nonsense", "kind": "re_audit"}
    of = asked(given, TODAY, is_public_view=False)
    assert (of.every, of.selection, of.kind) == ("month", "random", "")
    assert asked(given, TODAY, is_public_view=True).every == "quarter"


def test_teams_are_placed_where_both_can_be_said(monkeypatch):
    from goldenthread_web.case_audits import results_quality

    some(6, team="FSP 1")
    some(6, "inadequate", team="FSP 2")
    some(2, team="MASH")
    on_time = Performance(percent=75.0, said="3 of 4 indicators at target")
    monkeypatch.setattr(
        results_quality, "_performances", lambda *_: {"FSP 1": on_time, "FSP 2": on_time, "MASH": on_time}
    )
    found = quadrant(looks(*YEAR), is_public_view=False)
    assert [one.corner for one in found.places] == [CORNERS[True, True], CORNERS[True, False], ""]
    assert found.sentence == (
        "Of 2 teams with enough to go by, 1 is on time and good and 1 is on time, but practice is not yet "
        "good. Time limits alone would miss FSP 2."
    )
    assert found.places[0].point == (75.0, 100.0) and found.places[2].point is None


def test_without_figures_no_team_is_placed():
    some(6)
    found = quadrant(looks(*YEAR), is_public_view=False)
    assert found.places[0].performance.said == "no figure for this team" and found.places[0].corner == ""
    assert "No team has both" in found.sentence


def test_the_drawing_says_what_it_finds_and_has_no_style():
    drawn = str(field([("1", (75.0, 100.0))], (50, 60), "One team.", across="x", up="y", corners=["a"] * 4))
    assert 'role="img" aria-label="One team."' in drawn and "style" not in drawn and drawn.count("<rect") == 1
    assert field([], (50, 60), "None.", across="x", up="y", corners=["a"] * 4) == ""


def test_results_become_evidence_that_goes_stale():
    action, by = an_action(), a_person("qa_lead")
    some(5)
    some(3, "inadequate")
    made = results_services.use_as_evidence(
        action, starts_on=YEAR[0], ends_on=YEAR[1], selection="random", result="mixed", by=by
    )
    assert made.text == (
        "Case audits, chosen at random, 1 January 2017 to 31 December 2017: 62.5%, 95% interval 31% to 86%, "
        "5 of 8 were good or outstanding."
    )
    assert (made.kind, made.about_on, made.expires_on) == (
        "case_audit",
        date(2017, 11, 20),
        date(2018, 11, 20),
    )
    assert Event.objects.get(what="case_audits.used_as_evidence").changes["case_audits"] == 8
    with pytest.raises(Refused, match="fewer than 5"):
        results_services.use_as_evidence(
            action, starts_on=YEAR[0], ends_on=YEAR[1], selection="targeted", result="for", by=by
        )
    with pytest.raises(NotAllowed):
        results_services.use_as_evidence(
            action, starts_on=YEAR[0], ends_on=YEAR[1], selection="random", result="for", by=a_person("iro")
        )


def a_theme(code="plan-without-dates"):
    learning_services.begin_themes(by=a_person("qa_lead"))
    return Learning.objects.get(code=code)


def test_how_often_a_theme_is_seen_is_evidence_too():
    theme, action, by = a_theme(), an_action(), a_person("qa_lead")
    done = some(6)
    for one in done[:3]:
        learning_services.code_with(one, [theme], by=by)
    made = results_services.use_as_evidence(
        action,
        starts_on=YEAR[0],
        ends_on=YEAR[1],
        selection="random",
        result="against",
        learning=theme,
        by=by,
    )
    assert "50.0%" in made.text and theme.title in made.text and made.result == Evidence.Result.AGAINST


def test_themes_begin_once_and_each_has_its_words_once():
    lead = a_person("qa_lead")
    assert learning_services.begin_themes(by=lead) == 15 and learning_services.begin_themes(by=lead) == 0
    made = learning_services.add_theme("Letters are hard to read", domain="recording", by=lead)
    assert made.code == "letters-are-hard-to-read"
    with pytest.raises(Refused, match="already"):
        learning_services.add_theme("Letters are hard to read", domain="recording", by=lead)
    with pytest.raises(Refused, match="domain"):
        learning_services.add_theme("Other", domain="weather", by=lead)
    with pytest.raises(Refused, match="few words"):
        learning_services.add_theme(" ! ", domain="plan", by=lead)


def test_a_case_audit_is_coded_by_its_auditor_or_the_lead():
    theme, other = a_theme(), Learning.objects.get(code="minutes-late")
    done = a_case_audit("good")
    learning_services.code_with(done, [theme], by=done.auditor)
    learning_services.code_with(done, [other], by=a_person("qa_lead"))
    assert [one.learning for one in done.themed.all()] == [other]
    with pytest.raises(NotForYourself):
        learning_services.code_with(done, [theme], by=a_person("auditor"))
    with pytest.raises(Refused, match="withdrawn"):
        learning_services.code_with(a_case_audit(state="withdrawn"), [theme], by=a_person("qa_lead"))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "none", "text": "No."}, "in a sentence"),
        ({"kind": "plan_action", "text": "Taken into the plan."}, "Name the action"),
        ({"kind": "standard", "text": "A standard shall say it."}, "Name the practice standard"),
        ({"kind": "training", "text": "Taught in February.", "on": date(2018, 1, 3)}, "lies ahead"),
    ],
)
def test_an_outcome_is_refused(said, sentence):
    with pytest.raises(Refused, match=sentence):
        learning_services.decide_outcome(a_theme(), **said, by=a_person("qa_lead"))
    assert not LearningOutcome.objects.exists()


def test_an_outcome_for_a_standard_leaves_a_note_in_the_draft():
    lead = a_person("qa_lead")
    draft = standards_services.begin_edition(about="The first one.", by=lead)
    standard = Standard.objects.filter(edition=draft).first()
    learning_services.decide_outcome(
        a_theme(), kind="standard", text="Say that each step has a day.", standard=standard, by=lead
    )
    draft.refresh_from_db()
    assert standard.statement in draft.about and "each step has a day" in draft.about
    # What was decided rests on the standard from then on.
    with pytest.raises(Refused, match="change it instead"):
        standard_services.remove_standard(standard, version=standard.version, by=lead)
    with pytest.raises(Refused, match="go on with it"):
        standards_services.discard_edition(draft, version=draft.version, by=lead)
    assert Standard.objects.filter(pk=standard.pk).exists()


def test_themes_without_an_outcome_come_first():
    theme, other = a_theme(), Learning.objects.get(code="minutes-late")
    lead = a_person("qa_lead")
    for one in some(3):
        learning_services.code_with(one, [theme], by=lead)
    learning_services.code_with(a_case_audit("good"), [other], by=lead)
    first, *_ = learning_reading.theme_lines(TODAY, is_public_view=False)
    assert first.learning == theme and first.counts == ("0", "0", "0", "3", "0") and first.total == "3"
    learning_services.decide_outcome(theme, kind="training", text="Taught in every team.", by=lead)
    lines = learning_reading.theme_lines(TODAY, is_public_view=False)
    assert lines[0].learning == other
    public = {one.learning: one for one in learning_reading.theme_lines(TODAY, is_public_view=True)}
    assert public[theme].total == "c" and "c" in public[theme].counts


def test_the_loop_from_a_theme_to_the_cases_looked_at_again():
    theme, lead = a_theme(), a_person("qa_lead")
    before = some(4, completed_on=date(2017, 6, 1))
    after = some(5, completed_on=date(2017, 11, 20))
    for one in (*before[:3], after[0]):
        learning_services.code_with(one, [theme], by=lead)
    outcome = learning_services.decide_outcome(
        theme, kind="training", text="Taught in every team.", on=date(2017, 9, 1), by=lead
    )
    weak = a_case_audit("inadequate", selection="targeted", selection_reason="A worry.")
    learning_services.code_with(weak, [theme], by=lead)  # chosen for a reason: not counted before or since
    a_case_audit("good", kind="re_audit", re_audit_of=weak)
    a_case_audit("inadequate", kind="re_audit", re_audit_of=weak)
    loop = learning_reading.loop_of(theme, TODAY)
    (since,) = loop.since
    assert (since.outcome, since.before, since.after, since.is_time) == (outcome, (3, 4), (1, 5), True)
    assert (loop.re_audits, loop.better, loop.failed) == (2, 1, 1)
