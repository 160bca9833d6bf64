from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goldenthread.figures.disclosure import cells_of, place_of, systems
from goldenthread.figures.public import Earlier, PublicFigure, public
from goldenthread.figures.sums import sums_between
from goldenthread.figures.suppression import Sum, hidden_cells, is_small, recoverable, rounded_to
from goldenthread.indicators.catalogue import catalogue
from tests.unit.figure_lines import a_figure


def shown(figures, **details):
    """What a reader sees of each figure: n, N and the value."""
    table = public(figures, **details)
    return [
        tuple(_text(line.shown(name)) for name in ("numerator", "denominator", "value"))
        for line in table.figures
    ]


def _text(value):
    return value if value is None or value == "c" else f"{value:f}"


def by_team(*lines, total=True, ref="CP-03", month=0):
    """One figure per team (n of N), and their total."""
    figures = [
        a_figure(ref, n, of, month=month, breakdown={"team": f"T{i}"}) for i, (n, of) in enumerate(lines)
    ]
    if total:
        n, of = (None if None in column else sum(column) for column in zip(*lines, strict=True))
        figures.insert(0, a_figure(ref, n, of, month=month))
    return figures


@pytest.mark.parametrize(
    ("n", "of", "expected"),
    [
        (20, 40, ("20", "40", "50.0")),
        (5, 40, ("c", "40", "c")),
        (6, 40, ("6", "40", "15.0")),
        (35, 40, ("c", "40", "c")),
        (34, 40, ("34", "40", "85.0")),
        (0, 40, ("0", "40", "0.0")),
        (40, 40, ("40", "40", "100.0")),
        (0, 0, ("0", "0", None)),
        (0, 9, ("c", "9", "c")),
        (9, 9, ("c", "9", "c")),
        (0, 10, ("0", "10", "0.0")),
        (3, 7, ("c", "7", "c")),
        (2, 4, ("c", "c", "c")),
    ],
    ids=[
        "nothing small",
        "5 is small",
        "6 is not",
        "the rest is 5",
        "the rest is 6",
        "0 is shown",
        "all of a large group is shown",
        "no cases is shown",
        "none of a small group",
        "all of a small group",
        "ten is no small group",
        "a percentage of 7",
        "a group of 4",
    ],
)
def test_a_single_figure(n, of, expected):
    assert shown([a_figure("CP-03", n, of)]) == [expected]


@pytest.mark.parametrize(("n", "expected"), [(5, "c"), (6, "6"), (0, "0")])
def test_a_count(n, expected):
    assert shown([a_figure("FD-01", n)]) == [(expected, None, expected)]


def test_a_median_of_few_is_hidden():
    assert shown([a_figure("AS-03", value=37, of=9)]) == [(None, "9", "c")]
    assert shown([a_figure("AS-03", value=37, of=10)]) == [(None, "10", "37")]


def test_unknown_children_are_a_small_number_too():
    found = public([a_figure("CP-03", 20, 40, unknown=2), a_figure("CP-20", 20, 40, unknown=7)]).figures
    assert [line.shown("unknown") for line in found] == ["c", 7]


def test_small_numbers_of_meetings_actions_and_hours_tell_of_nobody():
    of_meetings = [a_figure("GOV-03", 3, 4, unknown=2), a_figure("GOV-06", 2), a_figure("SO-06", 1, 1)]
    earlier = [published([a_figure("GOV-03", 2, 4)])]
    table = public([*of_meetings, a_figure("CP-03", 3, 40)], earlier=earlier)
    assert [line.hidden for line in table.figures] == [frozenset()] * 3 + [{"numerator", "value"}]
    assert (table.figures[0].figure, table.warnings) == (of_meetings[0], ())
    rounded = public(of_meetings, round_to=5).figures
    assert [line.figure for line in rounded] == of_meetings


def test_whatever_may_be_of_people_is_hidden():
    """Workers, families, homes and case audits are people, or tell of them."""
    kept = {ref for ref, definition in catalogue().items() if not definition.counts_people}
    things = {f"GOV-0{n}" for n in (1, 2, 3, 4, 5, 6, 8, 9)} | {"DQ-05", "SO-06"}
    assert kept == things
    for ref in ("GOV-07", "QA-01", "QA-13", "SO-07", "WF-15"):
        assert public([a_figure(ref, 3, 40)]).figures[0].hidden, ref


def test_hidden_numbers_are_not_in_the_public_figure_at_all():
    line = public([a_figure("CP-03", 3, 40)]).figures[0]
    assert (line.figure.numerator, line.figure.value) == (None, None)
    assert line.hidden == {"numerator", "value"}


@pytest.mark.parametrize(("below", "value"), [(3, "5"), (6, "c"), (11, "c")])
def test_the_threshold_is_a_parameter(below, value):
    assert shown([a_figure("FD-01", 5)], suppress_below=below)[0][0] == value


def test_the_threshold_is_never_below_three():
    with pytest.raises(ValueError, match="suppress_below is 2: it must be 3 or more"):
        public([], suppress_below=2)


def test_a_total_does_not_give_a_team_back():
    # 3 is hidden; 61 - 20 - 38 would give it back, so a second team is hidden.
    found = shown(by_team((3, None), (20, None), (38, None), ref="FD-01"))
    assert [line[0] for line in found] == ["61", "c", "c", "38"]


def test_the_rest_of_a_team_is_not_given_back_either():
    found = shown(by_team((37, 40), (20, 40), (30, 60)))
    assert found[1] == ("c", "40", "c")
    assert found[2] == ("c", "40", "c")
    assert found[3] == ("30", "60", "50.0")


def test_hidden_teams_that_together_are_few_hide_a_third():
    # 2 and 3 hide one another, but 55 - 20 - 30 tells that together they are 5.
    found = shown(by_team((2, None), (3, None), (20, None), (30, None), ref="FD-01"))
    assert [line[0] for line in found] == ["55", "c", "c", "c", "30"]


def test_with_nothing_else_to_hide_the_total_goes():
    found = shown(by_team((3, None), (0, None), ref="FD-01"))
    assert [line[0] for line in found][:2] == ["c", "c"]


def test_a_headline_does_not_give_a_part_back():
    parts = [a_figure("CP-21", n, part=part) for n, part in ((4, "NEG"), (30, "EMO"), (25, "PHY"))]
    found = shown([a_figure("CP-21", 59), *parts])
    assert [line[0] for line in found] == ["59", "c", "30", "c"]


def test_bands_that_make_up_the_headline_do_not_give_one_another_back():
    # 28 of 34 are in time: 26 within 10 days, so 2 within 11 to 15. 34 - 26 - 2 leaves 6 in the last band.
    bands = [a_figure("CP-03", n, 34, part=part) for n, part in ((26, "d0_10"), (2, "d11_15"), (6, "d16_20"))]
    figures = [a_figure("CP-03", 28, 34), *bands]
    assert shown(figures)[2] == ("c", "34", "c")
    assert [line[0] for line in shown(figures)].count("c") >= 2
    assert_nothing_recovered(figures)


def test_outcomes_of_a_source_do_not_give_one_another_back():
    parts = [("1A.referral", 4), ("1A.advice", 30), ("1A.undecided", 20)]
    found = shown(
        [a_figure("FD-05", 54, 54, value=54), *(a_figure("FD-05", n, 54, part=p) for p, n in parts)]
    )
    assert [line[0] for line in found[1:]] == ["c", "30", "c"]


def test_the_same_number_in_another_indicator_does_not_give_it_back():
    # What FD-02 is out of is what FD-01 counts: hiding T1 in one and showing it in the other hides nothing.
    contacts = by_team((3, None), (20, None), (38, None), ref="FD-01")
    decided = by_team((3, 3), (15, 20), (30, 38), ref="FD-02")
    found = shown([*contacts, *decided])
    assert found[2][0] == "c"
    assert found[6][1] == "c"
    assert_nothing_recovered([*contacts, *decided])


def test_a_total_that_can_be_shown_is_shown():
    # Many small teams and bands, as a council has them; the headline of the council stays.
    teams = [(0, 5), (2, 4), (1, 9), (6, 10), (94, 97), (84, 114), (52, 69), (86, 103), (57, 83)]
    plans = by_team(*teams, ref="CIN-02")
    reviews = by_team(*((max(n - 3, 0), n) for n, _ in teams), ref="CIN-03")
    found = shown([*plans, *reviews])
    assert found[0] == ("382", "494", "77.3")
    assert [line[2] for line in found[1:]].count("c") < 16
    assert_nothing_recovered([*plans, *reviews])


def test_that_there_are_no_cases_does_not_say_a_hidden_zero():
    # None of T0's 5 children has a plan; that T0 has no plan to review would say so.
    plans = by_team((0, 5), (40, 60), (30, 70), ref="CIN-02")
    reviews = by_team((0, 0), (38, 40), (30, 30), ref="CIN-03")
    reviews[1] = replace(reviews[1], status="no_cases")
    line = public([*plans, *reviews]).figures[5]
    assert (line.shown("denominator"), line.shown("value"), line.figure.status) == ("c", "c", "final")


def test_none_of_any_group_is_no_secret_of_one_group():
    # 0 of 100 says 0 of each team.
    assert shown(by_team((0, 6), (0, 40), (0, 54)))[0] == ("0", "100", "0.0")


def test_equal_numbers_of_different_subjects_are_no_reason_to_hide():
    # That 60 contacts and 60 children in care are equal is chance: nothing follows from one for the other.
    figures = [a_figure("FD-02", 57, 60), a_figure("LAC-04", 40, 60), a_figure("LAC-01", 60)]
    assert shown(figures) == [("c", "60", "c"), ("40", "60", "66.7"), ("60", None, "60")]


def test_a_quarter_does_not_give_a_month_back():
    months = [a_figure("FD-01", n, month=month) for month, n in enumerate((4, 30, 25))]
    quarter = a_figure("FD-01", 59)
    whole = type(quarter.period)(
        months[0].period.starts_on, months[2].period.ends_on, months[2].period.ends_on
    )
    found = shown([*months, a_figure("FD-01", 59, period=whole)])
    assert [line[0] for line in found] == ["c", "30", "c", "59"]


def test_two_breakdowns_at_once_do_not_give_a_cell_back():
    numbers = {("A", "F"): 3, ("A", "M"): 20, ("B", "F"): 30, ("B", "M"): 40, ("C", "F"): 50, ("C", "M"): 60}
    cells = [a_figure("FD-01", n, breakdown={"team": t, "sex": s}) for (t, s), n in numbers.items()]
    teams = [
        a_figure("FD-01", sum(n for (t, _), n in numbers.items() if t == team), breakdown={"team": team})
        for team in "ABC"
    ]
    sexes = [
        a_figure("FD-01", sum(n for (_, s), n in numbers.items() if s == sex), breakdown={"sex": sex})
        for sex in "FM"
    ]
    figures = [*cells, *teams, *sexes, a_figure("FD-01", sum(numbers.values()))]
    hidden = [text for text, _, _ in shown(figures)[:6]]
    assert hidden.count("c") == 4  # a rectangle: any less leaves a row or column with one
    assert_nothing_recovered(figures)


def test_lines_that_do_not_add_up_to_a_total_hide_only_themselves():
    # Children counted once per team: 3 + 20 is not 21.
    figures = [a_figure("MX-01", 21), *by_team((3, None), (20, None), total=False, ref="MX-01")]
    assert [line[0] for line in shown(figures)] == ["21", "c", "20"]


@pytest.mark.parametrize(("value", "rounded"), [("6", 5), ("7.5", 10), ("8", 10), ("12.4", 10), ("0", 0)])
def test_rounding_to_base_five(value, rounded):
    assert rounded_to(Decimal(value), 5) == rounded


def test_a_median_is_not_rounded_nor_worked_out_anew():
    assert shown([a_figure("AS-03", value=37, of=42)], round_to=5) == [(None, "40", "37")]


def test_rounding_is_an_option_and_percentages_follow_from_it():
    figures = [a_figure("CP-03", 23, 48), a_figure("FD-01", 52), a_figure("CP-07", 3, 40)]
    assert shown(figures, round_to=5) == [("25", "50", "50.0"), ("50", None, "50"), ("c", "40", "c")]


# Earlier publications


def published(figures, name="Cabinet", **details):
    return Earlier(name=name, figures=tuple(figures), shown=public(figures, **details).figures)


def test_a_restated_number_that_differs_by_a_few_is_hidden_and_said():
    earlier = published([a_figure("FD-01", 12)])
    table = public([a_figure("FD-01", 14)], earlier=[earlier])
    assert table.figures[0].hidden == {"numerator", "value"}
    assert table.warnings == (
        "The numerator of FD-01 (2016-01-01 to 2016-01-31) was published as 12 in Cabinet: the difference to "
        "the number now would tell of a few children, so it is hidden.",
    )


@pytest.mark.parametrize("now", [12, 18, 6])
def test_the_same_number_or_one_far_from_it_may_be_shown(now):
    table = public([a_figure("FD-01", now)], earlier=[published([a_figure("FD-01", 12)])])
    assert (table.figures[0].hidden, table.warnings) == (frozenset(), ())


def test_a_month_that_was_published_before_it_was_over():
    period = a_figure("FD-01", 1).period
    half = type(period)(period.starts_on, period.ends_on.replace(day=15), period.ends_on)
    earlier = published([a_figure("FD-01", 12, period=half)])
    table = public([a_figure("FD-01", 14)], earlier=[earlier])
    assert table.figures[0].hidden == {"numerator", "value"}


def test_an_earlier_table_with_other_breakdowns_is_one_table_with_this():
    # Cabinet saw the whole (61) and team B (38): showing C's 20 to Scrutiny would tell that A has 3.
    cabinet = published([a_figure("FD-01", 61), a_figure("FD-01", 38, breakdown={"team": "B"})])
    scrutiny = [
        a_figure("FD-01", 3, breakdown={"team": "A"}),
        a_figure("FD-01", 38, breakdown={"team": "B"}),
        a_figure("FD-01", 20, breakdown={"team": "C"}),
    ]
    assert [line[0] for line in shown(scrutiny, earlier=[cabinet])] == ["c", "38", "c"]


def test_what_was_hidden_before_cannot_be_worked_out_from_what_is_shown_now():
    cabinet = published(by_team((3, None), (20, None), (38, None), ref="FD-01"))  # 61, c, c, 38
    only_one = [a_figure("FD-01", 20, breakdown={"team": "T1"})]
    assert shown(only_one, earlier=[cabinet]) == [("c", None, "c")]


def test_a_new_team_and_a_total_that_moved_by_a_few_is_said():
    earlier = published(by_team((60, None), (52, None), ref="FD-01"))
    now = by_team((60, None), (52, None), (2, None), ref="FD-01", month=3)
    warnings = public(now, earlier=[earlier]).warnings
    assert warnings == (
        "FD-01: T2 is new since Cabinet and the total moved by 2: check that the two together tell nothing.",
    )


def test_a_new_team_is_no_matter_where_the_total_moved_by_many():
    earlier = published(by_team((60, None), (52, None), ref="FD-01"))
    now = by_team((60, None), (52, None), (30, None), ref="FD-01", month=3)
    assert public(now, earlier=[earlier]).warnings == ()


# Whatever the numbers, nothing hidden can be worked out


def assert_nothing_recovered(figures, suppress_below=6):
    """Solve what a reader sees by brute arithmetic, independently of the code under test."""
    lines = public(figures, suppress_below=suppress_below).figures
    values, unseen, sensitive = cells_of(figures)
    seen = {}
    for line, figure in zip(lines, figures, strict=True):
        for cell in values:
            if cell.place.ref == figure.ref and cell.place == place_of(figure) and cell not in unseen:
                if cell.what not in line.hidden:
                    seen[cell] = values[cell]
    secret = {cell for cell in values if is_small(values[cell], suppress_below)} | sensitive
    secret |= {cell for cell in values if cell not in seen and cell not in unseen}
    assert not secret & set(seen)
    for system in systems(values):
        shown_here = system.holding(set(seen))
        concealed = [cell for cell in system.values if cell not in shown_here]
        matrix = [
            [Fraction(one.parts.count(cell) - (cell == one.total)) for cell in concealed]
            for one in system.sums
        ]
        # What the sums alone determine, whatever is shown (0 of 0), is no matter of suppression.
        nothing_shown = [
            [Fraction(one.parts.count(cell) - (cell == one.total)) for cell in system.values]
            for one in system.sums
        ]
        told = _determined(nothing_shown, list(system.values))
        assert not _determined(matrix, concealed) & system.holding(secret) - told


def _determined(matrix, names):
    """Unknowns with a single solution: alone in their row once the equations are solved."""
    rows = [row for row in matrix if any(row)]
    solved = 0
    for column in range(len(names)):
        pivot = next((at for at in range(solved, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[solved], rows[pivot] = rows[pivot], rows[solved]
        rows[solved] = [value / rows[solved][column] for value in rows[solved]]
        for at, row in enumerate(rows):
            if at != solved and row[column]:
                factor = row[column]
                rows[at] = [a - factor * b for a, b in zip(row, rows[solved], strict=True)]
        solved += 1
    alone = [row for row in rows[:solved] if sum(value != 0 for value in row) == 1]
    return {names[[value != 0 for value in row].index(True)] for row in alone}


line = st.integers(0, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
few = st.integers(0, 12).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@settings(max_examples=60, deadline=None)
@given(st.lists(line | few, min_size=1, max_size=6), st.integers(3, 11))
def test_no_hidden_number_of_a_table_by_team_can_be_recovered(lines, below):
    assert_nothing_recovered(by_team(*lines), below)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 25), min_size=2, max_size=3), min_size=2, max_size=3))
def test_no_hidden_number_of_a_table_with_row_and_column_totals_can_be_recovered(rows):
    rows = [row[:2] for row in rows]
    named = {(f"T{i}", f"S{j}"): n for i, row in enumerate(rows) for j, n in enumerate(row)}
    cells = [a_figure("FD-01", n, breakdown={"team": t, "sex": s}) for (t, s), n in named.items()]
    totals = [a_figure("FD-01", sum(named.values()))]
    for kind, at in (("team", 0), ("sex", 1)):
        for value in sorted({key[at] for key in named}):
            total = sum(n for key, n in named.items() if key[at] == value)
            totals.append(a_figure("FD-01", total, breakdown={kind: value}))
    assert_nothing_recovered([*cells, *totals])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 15), min_size=3, max_size=3), min_size=2, max_size=4))
@example([[1, 9, 10], [1, 14, 15]])  # the first bands together are the last, in every team
def test_no_hidden_number_of_bands_by_team_can_be_recovered(teams):
    codes = ("d0_10", "d11_15", "d16_20")
    figures = []
    for name, bands in [(None, [sum(column) for column in zip(*teams, strict=True)]), *enumerate(teams)]:
        breakdown = {} if name is None else {"team": f"T{name}"}
        of = sum(bands)
        figures.append(a_figure("CP-03", bands[0] + bands[1], of, breakdown=breakdown))
        for code, n in zip(codes, bands, strict=True):
            figures.append(a_figure("CP-03", n, of, part=code, breakdown=breakdown))
    assert_nothing_recovered(figures)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=8))
def test_what_is_hidden_of_a_shown_total_is_never_itself_a_small_number(numbers):
    lines = public(by_team(*((n, None) for n in numbers), ref="FD-01")).figures
    if lines[0].hidden:
        return
    left = sum(numbers) - sum(line.figure.numerator for line in lines[1:] if not line.hidden)
    assert left == 0 or left >= 6


def test_the_solver_finds_what_only_a_combination_of_sums_gives_away():
    # a + b = t1, b + c = t2, a + c = t3 with all totals shown: each is half of a combination.
    sums = [Sum("t1", ("a", "b")), Sum("t2", ("b", "c")), Sum("t3", ("a", "c"))]
    assert recoverable({"a", "b", "c"}, sums) == {"a", "b", "c"}
    assert recoverable({"a", "b", "c", "t3"}, sums) == set()


def test_a_number_that_stands_twice_in_a_sum_counts_twice():
    # All in time or in the last band, half each: the whole is twice the number, not the number.
    sums = [Sum("whole", ("half", "half")), Sum("half", ("a", "b"))]
    assert recoverable({"half", "a", "b"}, sums) == {"half"}
    assert recoverable({"whole", "half", "a", "b"}, sums) == set()


def test_hidden_cells_need_not_be_figures():
    values = {name: Decimal(n) for name, n in {"a": 3, "b": 9, "c": 40, "total": 52}.items()}
    assert hidden_cells(values, [Sum("total", ("a", "b", "c"))]) == {"a", "b"}


def test_what_was_published_already_is_not_protected_by_hiding_more():
    values = {"a": Decimal(3), "total": Decimal(3)}
    assert hidden_cells(values, [Sum("total", ("a",))], known={"total"}) == {"a", "total"}


def test_a_zero_that_follows_from_other_zeros_hides_nothing_else():
    values = {"a": Decimal(0), "total": Decimal(0), "other": Decimal(40)}
    assert hidden_cells(values, [Sum("total", ("a",))], sensitive={"a"}) == {"a"}


def test_with_many_parts_pairs_that_add_up_by_chance_hide_nothing():
    # Thirteen parts of different sizes: p1 + p2 = p3 is chance, p0 hides what the headline would tell of it.
    sizes = [3, 11, 12, 23, *range(40, 49)]
    parts = [a_figure("CP-21", n, part=f"p{at:02}") for at, n in enumerate(sizes)]
    found = shown([a_figure("CP-21", sum(sizes)), *parts])
    assert [line[0] for line in found].count("c") == 2
    assert_nothing_recovered([a_figure("CP-21", sum(sizes)), *parts])


def test_a_sum_of_parts_is_known_where_a_team_has_no_line_of_the_total():
    whole = [a_figure("CP-21", 59), *(a_figure("CP-21", n, part=p) for p, n in (("EMO", 34), ("PHY", 25)))]
    team = [
        a_figure("CP-21", n, part=p, breakdown={"team": "T0"})
        for p, n in (("", 59), ("EMO", 34), ("PHY", 25))
    ]
    empty = [a_figure("CP-21", 0, part="EMO", breakdown={"team": "T1"})]
    sums = list(sums_between(cells_of([*whole, *team, *empty])[0]))
    of_teams = [one for one in sums if one.total.place.breakdown and one.total.place.part == ""]
    assert {dict(one.total.place.breakdown)["team"] for one in of_teams} == {"T0"}


def test_each_line_is_kept_in_its_place():
    figures = by_team((3, 40), (20, 40), (25, 60))
    found = public(figures).figures
    assert all(isinstance(line, PublicFigure) for line in found)
    assert [line.figure.breakdown for line in found] == [figure.breakdown for figure in figures]
    assert all(a.figure.ref == b.figure.ref for a, b in pairwise(found))
