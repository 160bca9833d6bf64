"""Figures of what people write: every month of the small council counted again, from its tables alone."""

import sqlite3

import pytest

from tests.web.browser import council
from tests.web.browser.small_council import AS_AT

_PROMISES = """
select sum(done_on <= :known and done_on <= due_on), sum(due_on < :known or done_on <= :known) from ({rows})
where due_on between :from and :to
"""
# What each counts, from the words of the catalogue: the numerator and the denominator.
COUNTS = {
    "QA-01": """
        select sum(completed_on <= :known), sum(due_on <= :known or completed_on <= :known)
        from case_audits_caseaudit
        where state <> 'withdrawn' and kind <> 'observation' and scheduled_on between :from and :to""",
    "QA-02": """
        select sum(final in ('good', 'outstanding')), count(*) from (
            select case when moderated_grade <> '' then moderated_grade else grade end as final
            from case_audits_caseaudit
            where state = 'completed' and kind <> 'observation' and selection <> 'targeted'
            and completed_on between :from and :to)""",
    "QA-04": _PROMISES.format(
        rows="""select one.due_on, one.completed_on as done_on from case_audits_caseauditaction one
        join case_audits_caseaudit done on done.id = one.case_audit_id where done.state = 'completed'"""
    ),
    "QA-05": """
        select sum(said.answer = 'met'), sum(said.answer in ('met', 'partly', 'not_met'))
        from case_audits_answer said
        join case_audits_caseaudit done on done.id = said.case_audit_id
        join case_audits_proformaquestion asked on asked.id = said.question_id
        where done.state = 'completed' and asked.standard_id is not null
        and done.completed_on between :from and :to""",
    "QA-09": """
        select sum(said.said = :yes), sum(said.said in (:yes, :no)) from dip_samples_answer said
        join dip_samples_line line on line.id = said.line_id
        join dip_samples_dipsample one on one.id = line.dip_sample_id
        join sampling_sample drawn on drawn.id = one.sample_id
        where one.state = 'finished' and drawn.method <> 'targeted'
        and drawn.drawn_on between :from and :to""",
    "SO-06": _PROMISES.format(
        rows="""select due_on, completed_on as done_on from clinics_clinicaction
        where outcome <> 'superseded'"""
    ),
}
FIGURES = """
select period_start, period_end, numerator, denominator from figures_figureline
where ref = :ref and part = '' and breakdown = '' and every = 'month'
and worked_out_id = (select max(worked_out_id) from figures_figureline where ref = :ref)
"""


@pytest.fixture(scope="module")
def tables(together, council_being_made):
    """The database of the small council, to read."""
    if council.running():
        pytest.skip("another service is walked through: its tables are not here")
    path = council.made(together) / "service.sqlite3"
    found = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield found
    found.close()


@pytest.mark.parametrize("ref", COUNTS)
def test_a_figure_is_what_anybody_counts(tables, ref):
    lines = tables.execute(FIGURES, {"ref": ref}).fetchall()
    counted, figures = {}, {}
    for starts_on, ends_on, numerator, denominator in lines:
        asked = {"from": starts_on, "to": ends_on, "known": AS_AT, "yes": "pass", "no": "fail"}
        counted[starts_on] = tuple(int(one or 0) for one in tables.execute(COUNTS[ref], asked).fetchone())
        figures[starts_on] = (int(numerator or 0), int(denominator or 0))
    assert figures == counted
    assert sum(of for _, of in figures.values()) > 20, "there is enough to be wrong about"
