"""Figures of what people write: every month of the small council counted again, from its tables alone."""

import pytest

from tests.web.browser import counted_governance, counted_practice

COUNTS = counted_practice.COUNTS | counted_governance.COUNTS
# There must be enough to be wrong about; of some things a council of this size has fewer.
ENOUGH, FEWER = 20, {"GOV-04": 5, "GOV-09": 8, "QA-10": 17}
FIGURES = """
select part, period_start, period_end, numerator, denominator from figures_figureline
where ref = ? and breakdown = '' and every = 'month'
and worked_out_id = (select max(id) from figures_workedout)
"""


def _plain(pair):
    """Numerator and denominator, nothing as 0; hours to a millionth."""
    return tuple(round(float(one or 0), 6) for one in pair)


@pytest.mark.parametrize("ref", COUNTS)
def test_a_figure_is_what_anybody_counts(tables, ref):
    figures = {
        ((starts_on, ends_on), part): _plain(pair)
        for part, starts_on, ends_on, *pair in tables.database.execute(FIGURES, [ref])
    }
    counted = {
        (month, part): _plain(pair)
        for month in {month for month, _ in figures}
        for part, pair in COUNTS[ref](tables, *month).items()
    }
    # Of a part that has nothing in a month one of both may have no line.
    both = {**dict.fromkeys((*figures, *counted), (0.0, 0.0))}
    assert both | figures == both | counted
    whole = [of or number for (_, part), (number, of) in figures.items() if not part]
    assert sum(whole) >= FEWER.get(ref, ENOUGH)
