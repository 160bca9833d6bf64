"""How figures are said: kept exactly, hidden where they must be, rated and compared by what they tell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from goldenthread.figures.public import PublicFigure
from goldenthread.figures.targets import Target
from goldenthread.figures.wording import PERCENT
from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import Settings
from goldenthread_web.figures import compare, indicator
from goldenthread_web.figures.annotations import noted_on
from goldenthread_web.figures.card import current_set, line_of, scorecard_of, settings_of
from goldenthread_web.figures.definition import defined, parameter_said, part_said
from goldenthread_web.figures.indicator import Lines, Reading
from goldenthread_web.figures.lines import shown
from goldenthread_web.figures.models import Annotation, Neighbours, Owner
from goldenthread_web.figures.scorecard_rows import row_of
from goldenthread_web.figures.targets import in_force
from tests.unit.figure_lines import a_figure
from tests.web.builders import a_person, at
from tests.web.deliveries import a_place
from tests.web.figure_sets import YEAR, a_set, a_target, over_the_year, over_two_years

pytestmark = pytest.mark.django_db
MARGIN = Decimal(5)


def read_back(made, *, is_public_view=False):
    return list(shown(made.figure_lines.order_by("id"), is_public_view=is_public_view))


def a_reading(ref="FD-02", target=None, unit=PERCENT, counts=("contact", "contacts")):
    return Reading(definition=catalogue()[ref], unit=unit, counts=counts, target=target, margin=MARGIN)


def test_a_figure_comes_back_exactly_as_it_was():
    figures = [
        a_figure("FD-02", n=Decimal("17.0000000001"), of=Decimal(21), month=23, unknown=2, note="one; two"),
        a_figure("WF-09", n=Decimal("1234567890.1234567891"), of=Decimal("3.3333333333"), month=23),
        a_figure("CP-03", value=None, unknown=None, month=23, status="not_computable", part="x"),
        a_figure("FD-02", n=4, of=8, month=23, breakdown={"team": "FSP 1"}),
    ]
    made = a_set(figures)
    assert [replace(one.figure, authority="991") for one in read_back(made)] == figures


def test_hidden_numbers_are_not_there_in_the_public_view():
    made = a_set([a_figure("FD-02", n=37, of=40, month=23)])
    (public,) = read_back(made, is_public_view=True)
    assert public.figure.numerator is None and public.figure.value is None
    assert "value" in public.hidden
    (whole,) = read_back(made)
    assert whole.figure.numerator == 37 and not whole.hidden


def test_no_cases_is_not_said_where_it_would_tell_a_hidden_nought():
    made = a_set([a_figure("FD-02", n=0, of=0, month=23, status="no_cases")])
    made.figure_lines.update(hidden="denominator,value")
    (public,) = read_back(made, is_public_view=True)
    assert public.figure.status == "final"


def test_a_small_month_cannot_be_told_from_the_year():
    """Eleven months and their year would give the twelfth."""
    months = [a_figure("FD-01", n=40, month=month) for month in range(12, 23)]
    small = a_figure("FD-01", n=3, month=23)
    year = replace(a_figure("FD-01", n=443, month=23), period=YEAR)
    made = a_set([*months, small, year])
    public = read_back(made, is_public_view=True)
    hidden = [one.figure.period for one in public if "numerator" in one.hidden]
    assert small.period in hidden and len(hidden) > 1


def test_a_set_is_read_with_the_settings_it_was_worked_out_with():
    used = Settings(parameters={"contact_decision_wd": 3}, programme_starts_on=date(2017, 4, 1))
    found = settings_of(a_set([], settings=used))
    assert found.value("contact_decision_wd") == 3
    assert found.programme_starts_on == date(2017, 4, 1)


def test_the_target_in_force_is_the_latest_that_was_approved(settings, tmp_path):
    place = a_place(settings, tmp_path)
    (place / "store").mkdir()
    (place / "store" / "settings.toml").write_text(
        '[targets."FD-07"]\nvalue = 20\nowner = "Director"\nfrom = 2017-04-01\n'
        '[targets."CP-03"]\nvalue = 80\nowner = "Director"\nfrom = 2017-04-01\n'
    )
    by = a_person("director")
    a_target("CP-03", Decimal(90), by=by, tolerance=Decimal(3), stretch=Decimal(95))
    a_target("CP-03", Decimal(99), by=by, starts_on=date(2018, 4, 1))
    a_target("FD-02", Decimal(70), by=by, is_approved=False)
    a_target("FD-02", Decimal(75), by=by, is_approved=None)
    found = in_force(date(2018, 1, 2))
    assert found["CP-03"] == Target(Decimal(90), "Head of service", date(2017, 4, 1), Decimal(3), Decimal(95))
    assert found["FD-07"].value == 20 and "FD-02" not in found
    a_target("CP-03", None, by=by, starts_on=date(2017, 12, 1))
    assert "CP-03" not in in_force(date(2018, 1, 2))


@pytest.mark.parametrize(
    ("n", "letter", "level"), [(95, "G", 0), (91, "A", 2), (89, "R", 3), (75, "R", 3), (60, "R", 4)]
)
def test_a_team_is_rated_and_shaded_by_how_far_off_it_is(n, letter, level):
    reading = a_reading(target=Target(Decimal(95), "x", date(2017, 4, 1)))
    cell = reading.rated(PublicFigure(figure=a_figure("FD-02", n=n, of=100)))
    assert (cell.letter, cell.level, cell.said) == (letter, level, f"{n}.0%")


def test_few_cases_stand_in_brackets_and_hidden_ones_are_a_letter():
    reading = a_reading(target=Target(Decimal(95), "x", date(2017, 4, 1)))
    few = reading.rated(PublicFigure(figure=a_figure("FD-02", n=3, of=4)))
    assert (few.said, few.letter) == ("(75.0%)", "")
    hidden = PublicFigure(figure=a_figure("FD-02", n=None, of=None, value=None), hidden=frozenset({"value"}))
    assert reading.rated(hidden).said == "c"
    none = reading.rated(PublicFigure(figure=a_figure("FD-02", n=0, of=0, status="no_cases")))
    assert "no cases" in none.said


def test_groups_come_in_their_order_with_names_and_what_stands_out():
    ages = {"10 to 15": 30, "under 1": 45, "not known": 10, "unborn": 1}
    figures = [over_the_year("FD-02", n, 50, age_band=age) for age, n in ages.items()]
    figures += [over_the_year("FD-02", 1, 2, sex="F"), over_the_year("FD-02", 2, 2, sex="M")]
    lines = Lines(tuple(PublicFigure(figure=one) for one in figures), catalogue()["FD-02"])
    age, sex = indicator.groups(lines, a_reading())
    assert [one.label for one in age.lines] == ["Unborn", "Under 1", "10 to 15", "Not known"]
    assert age.finding == "Highest: Under 1, 90.0% (45 of 50). Lowest: Unborn, 2.0% (1 of 50)."
    assert [one.label for one in sex.lines] == ["Female", "Male"] and sex.finding == ""


def test_an_indicator_of_a_day_shows_its_groups_at_that_day():
    figures = [
        a_figure("CIN-02", n=8, of=10, month=23, breakdown={"sex": "F"}),
        a_figure("CIN-02", n=1, of=10, month=22, breakdown={"sex": "F"}),
        a_figure("CIN-02", n=8, of=10, month=23),
    ]
    lines = Lines(tuple(PublicFigure(figure=one) for one in figures), catalogue()["CIN-02"])
    assert lines.is_of_a_day and lines.span_said == "at 31 December 2017"
    assert [one.figure.numerator for one in lines.by("sex")] == [8]


def test_parts_show_the_latest_month_and_twelve_months():
    figures = [
        a_figure("AS-03", n=5, of=20, month=23, part="d0"),
        a_figure("AS-03", n=9, of=20, month=22, part="d0"),
        replace(over_the_year("AS-03", 60, 200), part="d0"),
    ]
    lines = Lines(tuple(PublicFigure(figure=one) for one in figures), catalogue()["AS-03"])
    ((part, month, year),) = lines.parts()
    assert part == "d0" and month.figure.numerator == 5 and year.figure.numerator == 60


def test_each_part_is_said_in_its_own_unit():
    def said(**figure):
        return a_reading().part_said(PublicFigure(figure=a_figure("FD-02", month=23, part="p", **figure)))

    share = said(n=5, of=20)
    assert (share.value, share.cases) == ("25.0%", "5 of 20")
    mean = said(n=Decimal(900), of=Decimal(20), value=Decimal(45))
    assert (mean.value, mean.cases) == ("45", "")


def test_owner_neighbours_and_notes_change_what_is_kept_at_once():
    a_set(over_two_years("FD-02", [80] * 24))
    keys = [current_set().key]
    by = a_person("director")
    Owner.objects.create(
        ref="FD-02", post="Head", starts_on=date(2017, 4, 1), entered_by=by, entered_at=at("2018-01-01 09:00")
    )
    keys.append(current_set().key)
    Neighbours.objects.create(
        areas=["Tameside"], starts_on=date(2017, 4, 1), entered_by=by, entered_at=at("2018-01-01 09:00")
    )
    keys.append(current_set().key)
    assert current_set().neighbours == ("Tameside",)
    note = Annotation.objects.create(
        on=date(2017, 9, 1), kind="visit", text="A", entered_by=by, entered_at=at("2018-01-01 09:00")
    )
    keys.append(current_set().key)
    note.withdrawn_at = at("2018-01-01 10:00")
    note.save()
    keys.append(current_set().key)
    assert len(set(keys)) == len(keys)


def test_notes_have_letters_in_the_order_of_days():
    by = a_person("director")
    for day in range(1, 29):
        Annotation.objects.create(
            on=date(2017, 9, day), kind="visit", text="A", entered_by=by, entered_at=at("2018-01-01 09:00")
        )
    assert [one.letter for one in noted_on("FD-02")][-3:] == ["Z", "AA", "AB"]


def a_line(values, ref="FD-02", of=200, **target):
    a_set(over_two_years(ref, values, of))
    by = a_person("director")
    if target:
        a_target(ref, by=by, **target)
    return line_of(scorecard_of(current_set(), is_public_view=False), ref)


def test_a_row_says_shortfall_amber_and_series():
    row = row_of(a_line([70] * 23 + [80], value=Decimal(90)), MARGIN)
    assert (row.short, row.short_of, row.amber) == ("20 more contacts", "to reach 90.0%", "A from 85.0%")
    assert row.series == (
        "From 70.0% in January 2016 to 80.0% in December 2017; lowest 70.0%, highest 80.0%."
    )
    assert row.rating == ("R", "off target")


def test_a_row_without_target_says_how_many_do_not_meet_the_standard():
    row = row_of(a_line([80] * 24), MARGIN)
    assert (row.target, row.rating, row.short, row.short_of) == (
        "",
        None,
        "40 contacts",
        "do not meet the standard",
    )


def test_where_low_is_good_amber_ends_above_the_target():
    row = row_of(a_line([22] * 24, "FD-07", value=Decimal(20)), MARGIN)
    assert row.amber == "A to 25.0%" and row.rating == ("A", "near target")
    assert (row.short, row.short_of) == ("4 referrals too many", "for 20.0%")


@pytest.mark.parametrize(
    ("ref", "values", "verdict", "change"),
    [
        ("FD-02", (50, 60), "better", "+10.0 percentage points"),
        ("FD-07", (50, 60), "worse", "+10.0 percentage points"),
        ("FD-03", (50, 40), "lower", "−10.0 percentage points"),
        ("FD-02", (50, 50), "the same", "0.0 percentage points"),
    ],
)
def test_two_months_are_judged_by_polarity(ref, values, verdict, change):
    a_set(over_two_years(ref, values))
    found = current_set()
    line = line_of(scorecard_of(found, is_public_view=False), ref)
    months = (date(2017, 11, 1), date(2017, 12, 1))
    (moved,) = compare.months_beside(found, [line], months, MARGIN, is_public_view=False)
    assert (moved.verdict, moved.change) == (verdict, change)


def test_hidden_months_tell_no_change():
    a_set([a_figure("FD-02", n=37, of=40, month=22), a_figure("FD-02", n=20, of=40, month=23)])
    found = current_set()
    line = line_of(scorecard_of(found, is_public_view=True), "FD-02")
    months = (date(2017, 11, 1), date(2017, 12, 1))
    (moved,) = compare.months_beside(found, [line], months, MARGIN, is_public_view=True)
    assert (moved.before, moved.change, moved.verdict) == ("c", "", "")


def test_every_definition_can_be_read():
    for ref in catalogue():
        found = defined(ref, Settings())
        assert found.polarity and found.looks_at and (found.rule or found.means)
    assert defined("FD-02", Settings()).examples
    local = defined("FD-02", Settings(parameters={"contact_decision_wd": 2}))
    assert [one.value for one in local.parameters if one.is_local] == ["2 working days"]
    assert parameter_said("icpc_limit_wd") == "An initial conference is to be held within"
    assert (part_said(""), part_said("m12_to_m24")) == ("headline", "m12 to m24")
