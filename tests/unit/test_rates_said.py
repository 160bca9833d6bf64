"""How is a rate said, beside the numbers that it stands next to, and in public?"""

from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.figures.benchmarks import comparable
from goldenthread.figures.direction import Word
from goldenthread.figures.figure import per_10_000
from goldenthread.figures.public import PublicFigure, public
from goldenthread.figures.scorecard.lines import cases_said, line_of, value_said
from goldenthread.figures.shortfall import missing, shortfall
from goldenthread.figures.targets import Target
from goldenthread.figures.wording import NUMBER, PER_10_000
from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import Settings
from tests.unit.figure_lines import a_figure, a_month

HERE = 50_000
CONTACT = ("contact", "contacts")


def a_rate(ref, number, of=HERE, month=0):
    """A figure out of so many children; without any a number."""
    value = number
    if of is not None:
        value = per_10_000(Decimal(number), Decimal(of), catalogue()[ref], a_month(month))
    return a_figure(ref, number, of, value=value, month=month)


def a_line(figures, target=None, benchmarks=None):
    shown = [PublicFigure(figure=one) for one in figures]
    definition = catalogue()[figures[0].ref]
    return line_of(definition, shown, Settings(), target=target, benchmarks=benchmarks or {}, findings=None)


@pytest.mark.parametrize(
    ("ref", "number", "of", "value", "cases"),
    [
        ("CP-15", 205, HERE, "41.0 per 10,000", "205 children, 50,000 children aged 0 to 17"),
        ("CP-15", 1, HERE, "0.2 per 10,000", "1 child, 50,000 children aged 0 to 17"),
        ("CP-15", 205, None, "205", ""),
        ("FD-01", 500, HERE, "1,177.4 per 10,000", "500 contacts, 50,000 children aged 0 to 17"),
    ],
)
def test_a_rate_says_its_unit_and_out_of_how_many(ref, number, of, value, cases):
    line = a_line([a_rate(ref, number, of)])
    assert (line.value, line.number, line.cases) == (value, value, cases)
    # A team has no population: its number stands beside the rate of the whole.
    team = PublicFigure(figure=a_rate(ref, 12, None))
    assert value_said(team, line.unit, is_brief=True) == "12"
    assert cases_said(team, line.unit, line.definition, line.counts) == ""


def test_a_rate_has_no_shortfall_in_children_and_is_rated_as_a_rate():
    line = a_line([a_rate("EH-01", 205)], Target(Decimal(600), "head of early help", a_month(0).starts_on))
    assert line.target_said == "600.0 per 10,000" and line.shortfall is None and line.missing is None
    assert line.rating is not None and line.rating.letter == "R"
    definition, figure = catalogue()["EH-01"], a_rate("EH-01", 205)
    assert shortfall(figure, definition, PER_10_000, Decimal(600)) is None
    assert missing(figure, definition, PER_10_000) is None


def test_beside_a_rate_stands_what_is_published_and_beside_a_number_nothing():
    published = comparable("CP-15", ["England"], a_month(0).ends_on)
    assert a_line([a_rate("CP-15", 205)], benchmarks=published).benchmarks == published
    assert a_line([a_rate("CP-15", 205, None)], benchmarks=published).benchmarks == {}


def test_a_series_is_of_rates_or_of_numbers_as_its_latest_month_is():
    rates = [a_rate("CP-15", 200 + month % 3, None if month < 2 else HERE, month) for month in range(14)]
    line = a_line(rates)
    assert line.unit is PER_10_000
    assert [one.figure.value for one in line.shown[:3]] == [None, None, Decimal("40.4")]
    assert "needs the estimate of children aged 0 to 17 of 2015" in line.shown[0].figure.note
    assert line.direction.word is Word.NO_REAL_CHANGE and "per 10,000" in line.direction.sentence
    numbers = [a_rate("CP-15", 200 + month % 3, HERE if month < 13 else None, month) for month in range(14)]
    line = a_line(numbers)
    assert line.unit is NUMBER
    assert {one.figure.denominator for one in line.shown} == {None}
    assert [one.figure.value for one in line.shown[:3]] == [200, 201, 202]
    assert line.direction.word is Word.NO_REAL_CHANGE and "per 10,000" not in line.direction.sentence


def test_a_rate_of_few_has_no_direction_and_a_child_more_is_no_change():
    few = [a_rate("CP-15", 9 if month < 13 else 2, month=month) for month in range(14)]
    assert a_line(few).direction.word is Word.SMALL_NUMBERS
    one_more = [a_rate("CP-15", 100 if month < 13 else 101, month=month) for month in range(14)]
    found = a_line(one_more).direction
    assert found.word is Word.NO_REAL_CHANGE and "fewer than 2 cases" in found.sentence
    many_more = [a_rate("CP-15", 100 if month < 13 else 160, month=month) for month in range(14)]
    assert a_line(many_more).direction.word is Word.RISING


def test_a_small_number_is_hidden_with_its_rate_and_the_population_never():
    teams = [replace(a_rate("CP-15", n, None), breakdown={"team": name}) for name, n in (("A", 3), ("B", 40))]
    found = public([a_rate("CP-15", 43), a_rate("FD-06", 3), *teams]).figures
    assert [sorted(one.hidden) for one in found] == [
        [],
        ["numerator", "value"],
        ["numerator", "value"],
        ["numerator", "value"],
    ]
    assert found[1].figure.denominator == HERE
    assert cases_said(found[1], PER_10_000, catalogue()["FD-06"], CONTACT) == (
        "c contacts, 50,000 children aged 0 to 17"
    )


def test_a_rounded_number_gives_a_rate_of_the_rounded_number():
    (found,) = public([a_rate("CP-15", 203)], round_to=5).figures
    assert (found.figure.numerator, found.figure.denominator) == (205, HERE)
    assert found.figure.value == Decimal("41.0")
    (hidden,) = public([a_rate("CP-15", 3)], round_to=5).figures
    assert hidden.figure.value is None and hidden.figure.denominator == HERE
