"""The ledger: every finding gets an action or a reason; the letter of the seeds is the proof."""

from datetime import date, timedelta
from functools import cache

import pytest

from goldenthread.papers.reading import read_paper
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.improvement.ledger_queries import Standing, entry_of, history, ledger
from goldenthread_web.improvement.ledger_services import dispose
from goldenthread_web.improvement.models import Action, Disposition, DispositionStep, Objective
from goldenthread_web.improvement.plan_services import withdraw_action
from goldenthread_web.inspections import letter_services
from goldenthread_web.inspections.marking import place_of
from goldenthread_web.inspections.models import Finding, Paragraph
from goldenthread_web.inspections.repeats import inspector_looks_back
from goldenthread_web.programme.models import Theme
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.samples import SHARED
from tests.web.builders import a_person
from tests.web.inspected import a_finding, a_letter, a_visit

pytestmark = pytest.mark.django_db
REASON = "The team has put this right already, and its figures show it."


@pytest.fixture
def manager():
    return a_person("programme_manager")


def an_action(ref="2.1.1", **said):
    """An action of the plan."""
    theme, _ = Theme.objects.get_or_create(number=2, defaults={"title": "Practice", "post": "Head"})
    objective, _ = Objective.objects.get_or_create(ref="O2.1", defaults={"theme": theme, "text": "Better"})
    given = {
        "objective": objective,
        "text": "Use the checkpoint at ten days.",
        "intended_impact": "No child waits unseen.",
        "lead_post": "Head of service",
        "starts_on": date(2017, 4, 7),
        "baseline_due_on": date(2018, 3, 31),
        "forecast_due_on": date(2018, 3, 31),
    }
    return Action.objects.create(ref=ref, **(given | said))


def a_marked(text="The checkpoint is not used.", valence="weakness", **said):
    return a_finding(a_letter(text, **said), text, valence)


def test_a_finding_is_answered_and_answered_anew_and_both_stay(manager):
    finding, action = a_marked(), an_action()
    dispose(finding, kind="no_action", reason=REASON, version=1, by=manager)
    finding.refresh_from_db()
    dispose(finding, kind="existing_action", action=action, version=finding.version, by=manager)
    assert Disposition.objects.get().action == action
    assert [one.kind for one in history(finding)] == ["existing_action", "no_action"]
    told = list(Event.objects.filter(what__startswith="finding.").values_list("what", flat=True))
    assert told[1:] == ["finding.disposed", "finding.answered", "finding.disposed_anew", "finding.answered"]
    finding.refresh_from_db()
    assert finding.answered_on == date(2018, 1, 2)


@pytest.mark.both_databases
def test_48_the_second_of_two_people_is_told(manager):
    finding = a_marked()
    dispose(finding, kind="no_action", reason=REASON, version=1, by=manager)
    with pytest.raises(SavedMeanwhile):
        dispose(finding, kind="no_action", reason=REASON + " Twice.", version=1, by=manager)
    assert DispositionStep.objects.count() == 1


def test_what_is_no_answer_is_refused(manager):
    finding = a_marked()
    gone = an_action(withdrawn_on=date(2017, 12, 1), withdrawn_because="Merged.")
    for said, sentence in (
        ({"kind": "later"}, "Choose whether"),
        ({"kind": "no_action", "reason": "No money."}, "Give the reason"),
        ({"kind": "new_action"}, "Name the action"),
        ({"kind": "existing_action", "action": gone}, "was withdrawn"),
        ({"kind": "no_action", "reason": REASON, "decided_on": date(2018, 1, 3)}, "check the day"),
        ({"kind": "no_action", "reason": REASON, "decided_on": date(2017, 9, 5)}, "check the day"),
    ):
        with pytest.raises(Refused, match=sentence):
            dispose(finding, **said, version=1, by=manager)
    with pytest.raises(NotAllowed):
        dispose(finding, kind="no_action", reason=REASON, version=1, by=a_person("qa_lead"))
    assert not Disposition.objects.exists() and not DispositionStep.objects.exists()


def test_an_earlier_word_does_not_replace_a_later_one(manager):
    finding = a_marked()
    said = {"kind": "no_action", "reason": REASON, "by": manager}
    dispose(finding, **said, decided_on=date(2017, 9, 20), version=1)
    with pytest.raises(Refused, match="Something later"):
        dispose(finding, **said, decided_on=date(2017, 9, 19), version=2)


def test_a_withdrawn_finding_needs_no_answer(manager):
    finding = a_marked()
    letter_services.withdraw_finding(finding, version=1, because="Marked by mistake.", by=manager)
    with pytest.raises(Refused, match="was withdrawn"):
        dispose(finding, kind="no_action", reason=REASON, version=2, by=manager)
    assert ledger(on=date(2018, 1, 2)).findings == 0


# The letter came on Wednesday 6 September 2017: ten working days later is Wednesday the 20th.
@pytest.mark.parametrize(
    ("on", "standing", "working_days"),
    [
        (date(2017, 9, 19), Standing.WAITING, 1),
        (date(2017, 9, 20), Standing.WAITING, 0),
        (date(2017, 9, 21), Standing.OVERDUE, -1),
        (date(2017, 9, 23), Standing.OVERDUE, -2),  # a Saturday: late by the Thursday and the Friday
    ],
)
def test_when_an_answer_is_overdue(on, standing, working_days):
    entry = entry_of(a_marked(), on=on)
    assert (entry.standing, entry.working_days, entry.due_on) == (standing, working_days, date(2017, 9, 20))


def test_the_day_after_is_late_also_where_it_is_no_working_day():
    # Received on Friday 8 September: due on Friday the 22nd; on Saturday it is late.
    finding = a_marked(dated_on=date(2017, 9, 8))
    assert entry_of(finding, on=date(2017, 9, 23)).standing is Standing.OVERDUE


def test_the_ledger_of_a_day_past_knows_what_was_known_then(manager):
    finding = a_marked()
    said = {"kind": "no_action", "reason": REASON, "by": manager}
    dispose(finding, **said, decided_on=date(2017, 10, 2), version=1)
    dispose(finding, **said, decided_on=date(2017, 12, 4), version=2)
    days = [date(2017, 10, 1), date(2017, 10, 2), date(2017, 12, 4)]
    found = [ledger(on=day).entries[0] for day in days]
    assert [one.standing for one in found] == [Standing.OVERDUE, Standing.ANSWERED, Standing.ANSWERED]
    assert [one.disposition.decided_on for one in found[1:]] == days[1:]
    assert found[1].was_late
    assert ledger(on=date(2017, 9, 5)).findings == 0


def test_a_finding_is_open_again_once_its_action_is_withdrawn(manager):
    finding, action = a_marked(), an_action()
    dispose(finding, kind="new_action", action=action, version=1, by=manager)
    finding.refresh_from_db()
    assert finding.answered_on == date(2018, 1, 2)
    withdraw_action(action, because="It is not needed any more.", by=manager)
    finding.refresh_from_db()
    assert finding.answered_on is None, "its letter says so too"
    assert Event.objects.order_by("-id").first().what == "finding.unanswered"
    found = ledger(on=date(2018, 1, 2))
    assert found.entries[0].standing is Standing.REOPENED
    assert (found.dispositioned, found.overdue, len(found.open_weaknesses)) == (0, 1, 1)


def test_the_ledger_counts_by_the_days_of_letters():
    a_marked()
    visit = a_visit(2, starts_on=date(2017, 11, 28))
    a_marked("Still not used.", of=visit, dated_on=date(2017, 12, 21))
    assert ledger(date(2017, 10, 1), date(2017, 12, 31), on=date(2018, 1, 2)).findings == 1
    assert ledger(on=date(2018, 1, 2)).findings == 2


@cache
def seeds():
    """The letter of January 2018 and the table of its findings, read once; None where they are not there."""
    letter = SHARED / "seeds" / "004_2fcc361e2ed89239.txt"
    table = SHARED / "inventory.md"
    if not (letter.is_file() and table.is_file()):
        return None
    lines = table.read_text("utf-8").partition("## 20.")[2].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:3] > "| 0"]
    return letter, [row for row in rows if row[0].isdigit()]


# Where each of the 45 findings stands in the letter: its first words, and its last ones.
SPANS = {
    1: ("Improvements in the multi-agency", "in August."),
    2: ("thresholds for help", "appropriately applied"),
    3: ("decision-making was timely", "timely"),
    4: ("no children were identified", "immediate harm."),
    5: ("practice to understand", "underdeveloped."),
    6: ("most children benefit", "(AI) teams."),
    7: ("The quality of social work in the AI teams", "is improving"),
    8: ("most social work caseloads", "too heavy."),
    9: ("Senior leaders have appointed five", "for the service."),
    10: ("The recent restructuring", "their families."),
    11: ("A relentless focus", "in children's services."),
    12: ("More team managers", "for children."),
    13: ("Improved performance management", "their practice."),
    14: ("Social workers and their managers", "acted on."),
    15: ("this is less apparent", "core groups."),
    16: ("most staff who spoke", "senior leaders."),
    17: ("there is some concern", "assessment process."),
    18: ("The majority of social workers", "heavy caseloads."),
    19: ("there is evidence of some agency", "permanent posts."),
    20: ("Investment in 'back to basics'", "all teams."),
    21: ("Clear management direction", "expected to do."),
    22: ("Most children are visited", "plans effectively."),
    23: ("the quality of analysis", "particular time."),
    24: ("The quality of assessments is improving", "low base."),
    25: ("Social workers' more confident", "ongoing plans."),
    26: ("the system implemented", "some children."),
    27: ("Strategy meetings and section 47", "AI teams"),
    28: ("more cases are appropriately", "to ICPC."),
    29: ("of the cases sampled", "multi-agency checks."),
    30: ("the actions identified in strategy", "not recorded."),
    31: ("Children's independent reviewing", "effective enough challenge."),
    32: ("The quality of child protection plans", "mostly poor."),
    33: ("There is significant delay", "in some cases"),
    34: ("Core groups and child in need", "multi-agency plans."),
    35: ("There is increased management grip", "well established."),
    36: ("it needs to systematically", "safeguarding actions."),
    37: ("Team managers are accessing", "future actions."),
    38: ("Regular performance clinics", "for children."),
    39: ("Supervision is mostly", "required timescales"),
    40: ("the actions identified are not", "supervision meetings."),
    41: ("Audit activity is becoming", "improvement programme."),
    42: ("the audit pro forma", "individual children."),
    43: ("Following the appointment", "across the partnership."),
    44: ("most improvements identified", "further improved."),
    45: ("Senior leaders and elected members", "areas of weakness."),
}
SIGNS = {"+": "strength", "mixed": "focus", "action": "action"}


@pytest.mark.skipif(seeds() is None, reason="NOT CHECKED: the shared letter and table are not there")
def test_the_letter_of_the_seeds_loads_with_its_45_findings(manager):
    path, rows = seeds()
    visit = a_visit(2, starts_on=date(2017, 12, 12), by=manager)
    # The service's day in tests lies before the letter's: it is entered as if it had come that day.
    letter = letter_services.enter_letter(
        read_paper(path), of=visit, dated_on=date(2018, 1, 2), received_on=date(2018, 1, 2), by=manager
    )
    paragraphs = list(Paragraph.objects.filter(letter=letter))
    refs = {}
    for row in rows:
        number, sign, named = int(row[0]), row[2].strip("* "), row[4]
        first, last = SPANS[number]
        paragraph = next(one for one in paragraphs if first in one.text)
        start = paragraph.text.index(first)
        end = paragraph.text.index(last, start) + len(last)
        words = paragraph.text[start:end]
        assert place_of(paragraph, words) == (start, end)
        found = letter_services.mark_finding(
            paragraph,
            start=start,
            end=end,
            quote=words,
            valence="weakness" if sign.startswith("W") else SIGNS[sign],
            title=row[1],
            practice_area="assessment",
            by=manager,
        )
        if inspector_looks_back(found):
            letter_services.decide_repeat(found, version=1, is_repeat=True, by=manager)
        refs[found.ref] = (number, named.strip("* "))
    kept = ledger(on=date(2018, 1, 2))
    assert (kept.findings, kept.weaknesses, kept.repeats) == (45, 17, 2)
    assert kept.sentence.startswith("45 findings, of them 17 weaknesses; answered: 0 of 45")
    # The inspector says of two that they were said before: the table marks the same two.
    repeated = [refs[one.finding.ref][0] for one in kept.entries if one.finding.is_repeat]
    assert repeated == [26, 31] == [int(row[0]) for row in rows if "repeat" in row[2]]
    # What the report to Cabinet does not name.
    named = {ref for ref, (_, said) in refs.items() if not said.startswith("no")}
    missing = [refs[one.finding.ref][0] for one in kept.not_named(named)]
    assert missing == [17, 26, 29, 30, 33, 34, 36, 40, 42]
    _all_are_answered(kept, manager)


def _all_are_answered(kept, manager):
    action = an_action()
    for one in kept.entries:
        if one.finding.is_weakness:
            said = {"kind": "existing_action", "action": action}
        else:
            said = {"kind": "no_action", "reason": REASON}
        version = Finding.objects.get(pk=one.finding.pk).version
        dispose(one.finding, **said, version=version, by=manager)
    after = ledger(on=date(2018, 1, 2))
    assert (after.dispositioned, after.weaknesses_dispositioned, after.overdue) == (45, 17, 0)
    assert after.open_weaknesses == ()
    assert ledger(on=date(2018, 1, 2) + timedelta(days=60)).overdue == 0
