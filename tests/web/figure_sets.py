"""Sets of figures for tests, in force without working anything out: the figures are said one by one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from secrets import token_hex

from goldenthread.figures.public import public
from goldenthread.figures.publication import parameters_used
from goldenthread.indicators.catalogue import catalogue
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread_web.figures.lines import MONTH, ROLLING, line_of
from goldenthread_web.figures.models import Caveats, FigureLine, Target, WorkedOut
from tests.unit.figure_lines import a_figure

AS_AT = date(2017, 12, 31)
YEAR = Period(date(2017, 1, 1), AS_AT, AS_AT)


def a_set(
    figures, *, seen_by_all=None, settings=None, findings=None, caveats=None, state="current", **values
):
    """A set of figures in force. `seen_by_all`: those that were judged for the public view; default: all."""
    made = WorkedOut.objects.create(
        **{
            "key": token_hex(32),
            "load_folder": "2017-12-31-abc",
            "load_hash": "abc" * 20,
            "as_at_on": AS_AT,
            "sources": ["local_extracts"],
            "settings_digest": "1",
            "settings": parameters_used(settings or Settings()),
            "code_version": "0.1.0+abc",
            "findings": findings or {},
            "state": state,
            "began_at": datetime(2018, 1, 2, 6, 0, tzinfo=UTC),
            "finished_at": datetime(2018, 1, 2, 6, 1, tzinfo=UTC),
        }
        | values
    )
    listed = list(figures)
    judged = listed if seen_by_all is None else [one for one in listed if seen_by_all(one)]
    hidden = {id(one): shown.hidden for one, shown in zip(judged, public(judged).figures, strict=True)}
    FigureLine.objects.bulk_create(
        [line_of(made, ROLLING if one.period == YEAR else MONTH, one, hidden.get(id(one))) for one in listed]
    )
    for ref, told in (caveats or {}).items():
        Caveats.objects.create(worked_out=made, ref=ref, **told)
    return made


def over_two_years(ref, values, of=200, **changes):
    """A figure a month that ends in December 2017, oldest first: percentages of N, or counts."""
    first = 24 - len(values)
    return [
        a_figure(
            ref, n=value if of is None else Decimal(str(value)) * of / 100, of=of, month=first + at, **changes
        )
        for at, value in enumerate(values)
    ]


def over_the_year(ref, n, of, **breakdown):
    """A figure of the twelve months to the day of the data, of the whole or of a group."""
    return replace(a_figure(ref, n=n, of=of, month=23), period=YEAR, breakdown=breakdown)


def not_computable(ref):
    """A month without a figure, and why."""
    return a_figure(
        ref,
        value=None,
        unknown=None,
        month=23,
        status="not_computable",
        note=f"not computable: needs {catalogue()[ref].needs}",
    )


def a_target(ref, value, *, by, starts_on=date(2017, 4, 1), is_approved=True, **values):
    """A target, in force unless it was not approved."""
    at = datetime(2017, 4, 1, 9, 0, tzinfo=UTC)
    decided = {"decided_by": by, "decided_at": at} if is_approved is not None else {}
    return Target.objects.create(
        ref=ref,
        value=value,
        owner="Head of service",
        starts_on=starts_on,
        proposed_by=by,
        proposed_at=at,
        needs_second_person=False,
        is_approved=is_approved,
        **decided,
        **values,
    )
