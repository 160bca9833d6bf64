"""The worklist and the indicators: the children overdue are the children who miss the standard.

An invented authority whose dates sit on every limit, read on a working day: a due date that falls on
a Friday has passed on the Sunday after it, although no working day has.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from goldenthread.calendar import add_months
from goldenthread.figures.listing import Row
from goldenthread.figures.listing import rows as rows_behind
from goldenthread.loading import load
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread.store import Store
from goldenthread.worklist.lines import Line, Only, State, worklist
from tests.oracle.random_authority import write

A_THURSDAY = date(2017, 12, 28)
LONG_AGO = date(2013, 1, 1)
A_YEAR_BEFORE = add_months(A_THURSDAY, -12)


@dataclass(frozen=True)
class Authority:
    """An authority in a store: what is overdue in it, and what misses an indicator's standard."""

    store: Store

    def lines(self, item: str) -> tuple[Line, ...]:
        """Every line of an item."""
        current = self.store.current()
        assert current is not None
        found = worklist(current, A_THURSDAY, Settings(), only=Only(items=[item]))
        assert not found.not_available
        return tuple(found.lines())

    def overdue(self, item: str) -> set[str | None]:
        """The children for whom an item is overdue."""
        return {line.child_id for line in self.lines(item) if line.state == State.OVERDUE}

    def rows(self, ref: str, starts_on: date = A_THURSDAY) -> tuple[Row, ...]:
        """The rows behind an indicator."""
        period = Period(starts_on, A_THURSDAY, A_THURSDAY)
        return tuple(rows_behind(self.store, period, Settings(), ref))

    def failing(self, ref: str, part: str = "") -> set[str | None]:
        """The children who miss the standard of an indicator."""
        rows = [row for row in self.rows(ref) if row.part == part]
        return {row.child_id for row in rows if row.counted and row.met is False}

    def never_done(self, ref: str, starts_on: date = LONG_AGO) -> list[Row]:
        """Rows of an indicator with a clock that has not stopped, beyond the limit."""
        return [row for row in self.rows(ref, starts_on) if row.part == "" and row.status == "overdue"]


@pytest.fixture(scope="module", params=[21, 22])
def authority(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder: Path = tmp_path_factory.mktemp("authority")
    write(folder / "extracts", seed=request.param, as_at=A_THURSDAY, children=80)
    load([folder / "extracts"], as_at_on=A_THURSDAY, store=folder / "store")
    return Authority(Store.open(folder / "store"))


SAME = {
    "assessment": "AS-04",
    "contact_decision": "FD-04",
    "icpc": "CP-05",
    "cp_visit": "CP-09",
    "core_group": "CP-08",
    "cp_review": "CP-11",
    "cin_visit": "CIN-04",
    "cin_review": "CIN-03",
    "pep": "LAC-09",
    "care_leaver_contact": "CL-06",
    "oversight": "SO-01",
    "pre_proceedings": "LAC-31",
}


@pytest.mark.parametrize("item", SAME)
def test_overdue_is_missing_the_standard(authority: Authority, item: str) -> None:
    failing = authority.failing(SAME[item])
    assert authority.overdue(item) == failing
    assert failing, "an authority in which nothing is overdue shows nothing"


def test_looked_after_visits(authority: Authority) -> None:
    """LAC-04 leaves out children in care for a week or less; the worklist shows them, and may be first."""
    of_indicator = {row.child_id for row in authority.rows("LAC-04")}
    assert authority.overdue("lac_visit") & of_indicator == authority.failing("LAC-04")


def test_supervision_of_workers(authority: Authority) -> None:
    """SO-02 counts workers: the lines without a child. Each child of theirs has a line besides."""
    of_workers = [line for line in authority.lines("supervision") if line.child_id is None]
    overdue = {line.worker_id for line in of_workers if line.state == State.OVERDUE}
    failing = {row.key for row in authority.rows("SO-02") if row.counted and row.met is False}
    assert overdue == failing and failing
    of_children = {line.worker_id for line in authority.lines("supervision") if line.child_id is not None}
    assert of_children == {line.worker_id for line in of_workers}


def test_care_proceedings(authority: Authority) -> None:
    """LAC-30 is about proceedings that ended, and lists those open beyond the limit."""
    assert authority.overdue("court") == {row.child_id for row in authority.never_done("LAC-30")}


def test_progress_checks_of_assessments(authority: Authority) -> None:
    """AS-06 also misses assessments that were finished without one; the worklist shows open ones."""
    still_open = {(row.child_id, row.key) for row in authority.rows("AS-04")}
    rows = [row for row in authority.never_done("AS-06") if (row.child_id, row.key) in still_open]
    # No period can begin before the bank holidays that are held.
    before = {row.child_id for row in authority.rows("AS-04") if row.clock_start < LONG_AGO}
    of_rows = {row.child_id for row in rows}
    assert authority.overdue("assessment_checkpoint") - before == of_rows - before and rows


def test_records_of_conferences(authority: Authority) -> None:
    """CP-17 over the last twelve months, which is as far as the worklist looks back."""
    rows = [row for row in authority.never_done("CP-17") if row.clock_start > A_YEAR_BEFORE]
    assert authority.overdue("conference_minutes") == {row.child_id for row in rows}


def test_looked_after_reviews(authority: Authority) -> None:
    """LAC-02 counts each date that fell due; the worklist shows the one open now, of children in care now."""
    now = {row.child_id for row in authority.rows("LAC-01")}
    never_done = authority.never_done("LAC-02")
    due = {row.child_id for row in never_done}
    overdue = authority.overdue("lac_review")
    assert overdue <= due
    # Others have another period of care open beside the one in which the review is overdue.
    lasting = {line.child_id for line in authority.lines("lac_review")}
    assert lasting == now
    later = {line.child_id: line for line in authority.lines("lac_review")}
    for child in due & now - overdue:
        rows = [row for row in never_done if row.child_id == child]
        assert all(row.clock_start != later[child].last_done for row in rows), child


def test_pathway_plans_of_care_leavers(authority: Authority) -> None:
    """Without a plan CL-01 fails and the item is overdue now; with one CL-02 says whether it is current."""
    leavers = {row.child_id for row in authority.rows("CL-01") if row.part == ""}
    in_care = {row.child_id for row in authority.rows("LAC-01")}
    failing = authority.failing("CL-01") | authority.failing("CL-02")
    assert authority.overdue("pathway_plan") & (leavers - in_care) == failing - in_care and failing


def test_children_in_need_without_a_plan(authority: Authority) -> None:
    """CIN-02 fails from the day an assessment asks for services; the worklist is overdue the day after.

    It also fails where an earlier plan of the case has ended; there the worklist allows the 45 days.
    """
    lines = {line.child_id: line for line in authority.lines("cin_plan")}
    assert set(lines) == authority.failing("CIN-02")
    assert authority.overdue("cin_plan")
    assert all(line.next_due >= A_THURSDAY for line in lines.values() if line.state != State.OVERDUE)


def test_health_assessments(authority: Authority) -> None:
    """LAC-11 looks at children of a year in care or more, and misses the standard on the due date itself.

    It accepts two assessments in a year for children under 5; the worklist asks for one every half year.
    """
    year = {row.child_id for row in authority.rows("LAC-11") if row.part == ""}
    lines = {line.child_id: line for line in authority.lines("health_assessment")}
    yearly = {c for c, line in lines.items() if line.next_due == add_months(line.last_done, 12)}
    failing = {c for c in authority.failing("LAC-11") & yearly if lines[c].next_due != A_THURSDAY}
    overdue = authority.overdue("health_assessment") & yearly & year
    assert overdue == failing
    unassessed = {line.child_id for line in authority.lines("iha")}
    assert unassessed.isdisjoint(lines)
    assert unassessed | set(lines) == {row.child_id for row in authority.rows("LAC-01")}


def test_dental_checks(authority: Authority) -> None:
    """LAC-12 as LAC-11: a year in care or more, and missed on the due date itself."""
    year = {row.child_id for row in authority.rows("LAC-12")}
    lines = {line.child_id: line for line in authority.lines("dental")}
    failing = {c for c in authority.failing("LAC-12") if lines[c].next_due != A_THURSDAY}
    # Whoever has been in care for a year to the day without a check is missed, and due today.
    assert authority.overdue("dental") & year == failing and failing


def test_exploitation(authority: Authority) -> None:
    """MX-06 asks for a plan besides; without one a child misses the standard though not overdue."""
    overdue, failing = authority.overdue("exploitation"), authority.failing("MX-06")
    assert overdue <= failing and overdue
    lines = {line.child_id: line for line in authority.lines("exploitation")}
    assert all(lines[child].last_done is not None for child in failing - overdue)


def test_return_interviews(authority: Authority) -> None:
    """MX-03 goes by the hour at the end of the day and fails refusals; the worklist by the day."""
    waiting = {row.child_id for row in authority.never_done("MX-03")}
    overdue = authority.overdue("return_interview")
    assert overdue <= waiting and overdue


def test_supervision_actions(authority: Authority) -> None:
    """The part of SO-03 about actions due, over all time: those not completed at all."""
    period = Period(LONG_AGO, A_THURSDAY, A_THURSDAY)
    rows = list(rows_behind(authority.store, period, Settings(), "SO-03"))
    late = [row for row in rows if row.part == "completed_by_due" and row.met is False]
    children = {row.child_id for row in late if row.child_id is not None}
    overdue = {child for child in authority.overdue("supervision_action") if child is not None}
    assert overdue <= children and overdue


def test_every_item_is_compared_with_an_indicator_or_named_here() -> None:
    """Items that no indicator counts in the same way, and why."""
    of_their_own = {
        "pf_visit": "PF-02 and PF-03 judge the first and the later visits apart",
        "cin_meeting": "CIN-06 counts each date that fell due in a period",
        "care_plan": "LAC-07 judges whether the latest plan is current",
        "iha": "LAC-10 counts those who became looked after in a period",
        "birth": "for information",
    }
    compared: set[str] = set(SAME) | {
        *("lac_visit", "supervision", "court", "assessment_checkpoint", "conference_minutes"),
        *("lac_review", "pathway_plan", "cin_plan", "health_assessment", "dental", "exploitation"),
        *("return_interview", "supervision_action"),
    }
    from goldenthread.worklist.items import items

    assert compared | set(of_their_own) == set(items())
