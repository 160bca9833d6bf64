"""The library against the oracle: invented authorities whose dates sit on every limit, every indicator.

Each case loads one authority. Figures are compared by month for the whole of it, by quarter and team, and by
worker; rows for the year to the as-at date, or for the month half a year before it. What differs is listed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import pytest

from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import defaults
from tests.oracle import compare, random_records
from tests.oracle.conventions import CATALOGUE, PARAMETERS, Data, add_months, rows
from tests.oracle.random_authority import write

REFS = compare.every_ref()
MOST_SHOWN = 25


@dataclass(frozen=True)
class Case:
    """One authority: its seed, its as-at date and what it did not supply."""

    name: str
    seed: int
    as_at: date
    drop: tuple[str, ...] = ()
    parameters: dict = field(default_factory=dict)
    refs: tuple[str, ...] = tuple(REFS)
    rows_of_month: bool = False  # rows of the month half a year before, not of the year


OTHER_VALUES = {
    "contact_clock": "hours",
    "assessment_clock": "referral",
    "months_convention": "days_91_183",
    "checkpoint_days": "calendar",
    "icpc_transfer_in": "include",
    "cp_review_look_back": "last_12m",
    "previous_window": "24m",
    "lac_review_level": "child",
    "worker_change_populations": ["LAC", "CP"],
    "court_level": "case",
    "pep_ages": "3-18",
    "pep_currency": "183_days",
    "pathway_categories": ["relevant", "former_relevant", "qualifying"],
    "pathway_review_denominator": "all",
    "rhi_denominator": "accepted",
    "rhi_kinds": ["missing", "away"],
    "agency_roles": "all",
    "turnover_denominator": "average",
    "caseload_roles": ["social_worker", "personal_adviser"],
    "caseload_basis": "fte",
    "placeholder_names": ["duty", "desk"],
    "extra_non_working_days": ["2017-12-27", "2017-08-29"],
    "assessment_checkpoint_wd": [15, 10],
    "tolerance_relative": 0.035,
    "mandatory_courses": [
        {"course": "back_to_basics", "roles": "social_workers_and_managers", "validity_months": 12}
    ],
}
# Choices beside the defaults of everything else: of three values the third, and each indicator's own basis.
FURTHER_VALUES = {
    "contact_clock": "hours",
    "assessment_clock": "referral",
    "checkpoint_days": "calendar",
    "icpc_transfer_in": "include",
    "previous_window": "12m",
    "lac_review_level": "child",
    "worker_change_populations": ["CP", "CIN", "LAC"],
    "court_level": "case",
    "rhi_denominator": "completed",
    "pathway_include_eligible": True,
    "oversight_include_new": True,
}


def _other_settings() -> dict:
    """Every limit one more, every switch the other way, every choice another one, every basis the other."""
    changed = {name: value + 1 for name, value in PARAMETERS.items() if type(value) is int}
    changed |= {name: not value for name, value in PARAMETERS.items() if isinstance(value, bool)}
    bases = {ref: entry["default_basis"] for ref, entry in CATALOGUE.items() if entry.get("default_basis")}
    other = {ref: "due" if basis == "completed" else "completed" for ref, basis in bases.items()}
    return {**changed, **OTHER_VALUES, "timeliness_basis": other}


CASES = [
    Case("sunday", 1, date(2017, 12, 31)),
    Case("leap day", 2, date(2016, 2, 29), rows_of_month=True),
    Case("no allocations", 3, date(2018, 3, 30), ("allocations",)),
    Case(
        "columns left out",
        4,
        date(2017, 10, 31),
        (
            "teams",
            "plan_meetings.recorded_at",
            "missing_episodes.reason",
            "exploitation_records.has_plan",
            "budget_lines.permanent_equivalent_amount",
            "placements.notice_hours",
            "placements.end_reason",
            "posts.campaign_id",
            "children.ethnicity",
            "care_periods.legal_status",
            "visits.is_seen",
            "referrals.closed_on",
            "peps",
            "complaints.outcome",
            "homes",
            "reference_population",
            "school_terms",
            "fostering_capacity",
        ),
    ),
    Case("other settings", 5, date(2017, 12, 31), parameters=_other_settings()),
    Case(
        "further settings",
        6,
        date(2018, 1, 31),
        parameters=FURTHER_VALUES,
        refs=tuple(ref for ref in REFS if set(FURTHER_VALUES) & set(CATALOGUE[ref]["parameters"])),
    ),
]

of_each_case = pytest.mark.parametrize(
    ("loaded", "ref"),
    [pytest.param(case, ref, id=f"{case.name}-{ref}") for case in CASES for ref in case.refs],
    indirect=["loaded"],
)


@dataclass
class Loaded:
    """A case in a store of the library and in the hands of the oracle; the library's answers are kept."""

    case: Case
    store: Path
    data: Data
    _kept: dict = field(default_factory=dict)

    @property
    def records(self) -> Path:
        """The folder of native tables beside the store."""
        return self.store.parent / "records"

    @cached_property
    def year(self) -> tuple[date, date]:
        """The twelve months to the as-at date."""
        return add_months(self.case.as_at, -12) + timedelta(days=1), self.case.as_at

    @cached_property
    def earlier_month(self) -> tuple[date, date]:
        """The calendar month half a year before the as-at date."""
        return compare.months(add_months(self.case.as_at, -6), 1)[0]

    @property
    def of_rows(self) -> tuple[date, date]:
        """The period whose rows are listed."""
        return self.earlier_month if self.case.rows_of_month else self.year

    def library_rows(self, ref: str) -> list[dict]:
        """The library's rows of one indicator, listed once."""
        if ref not in self._kept:
            self._kept[ref] = compare.library_rows(self.store, ref, *self.of_rows, self.records)
        return self._kept[ref]

    def library_figures(self, ref: str, p0: date, p1: date, every: str | None, by: tuple) -> list[dict]:
        """The library's figures of one indicator; all indicators are asked for at once where that works."""

        def ask(refs: list[str]) -> list[dict]:
            return compare.library_figures(self.store, refs, p0, p1, every, by, self.records)

        return [line for line in self._once((p0, p1, every, by), ref, ask) if line["ref"] == ref]

    def _once(self, shape: tuple, ref: str, ask: Callable) -> list[dict]:
        if shape not in self._kept:
            try:
                self._kept[shape] = ask(list(self.case.refs))
            except Exception:  # noqa: BLE001 - one indicator that fails must not hide the others
                self._kept[shape] = None
        return ask([ref]) if self._kept[shape] is None else self._kept[shape]


@pytest.fixture(scope="session")
def loaded_by_name(tmp_path_factory) -> Callable[[Case], Loaded]:
    """Each case written, loaded and read once, in whatever order the tests run."""
    kept: dict[str, Loaded] = {}

    def get(case: Case) -> Loaded:
        if case.name not in kept:
            folder = tmp_path_factory.mktemp("authority")
            write(folder / "extracts", seed=case.seed, as_at=case.as_at, drop=case.drop)
            compare.library_load(folder / "extracts", folder / "store", case.as_at)
            compare.library_settings(folder / "store", case.parameters)
            kept[case.name] = Loaded(case, folder / "store", _with_records(case, folder))
        return kept[case.name]

    return get


def _with_records(case: Case, folder: Path) -> Data:
    """Write native tables for the library and as the oracle reads them; the delivery with both."""
    children = [record["child_id"] for record in Data.read(folder / "extracts").tables["children"]]
    children += ["not listed 1", "never heard of"]
    drawn = folder / "drawn"
    random_records.write(drawn, seed=case.seed + 100, as_at=case.as_at, children=children, drop=case.drop)
    compare.library_records(drawn, folder / "records", "999")
    return Data.read(folder / "extracts", drawn)


@pytest.fixture
def loaded(request, loaded_by_name) -> Loaded:
    """The case of the test."""
    return loaded_by_name(request.param)


def _report(differences: list[str]) -> None:
    more = len(differences) - MOST_SHOWN
    shown = differences[:MOST_SHOWN] + ([f"and {more} more"] if more > 0 else [])
    assert not differences, "\n".join(["", *shown])


def _compare_figures(loaded: Loaded, ref: str, series: list, every: str | None, by: tuple = ()) -> None:
    """Compare one shape of figures; `series` are the periods that the library makes of the same question."""
    asked = series[0][0], series[-1][1]
    expected = compare.oracle_figures(
        ref, loaded.data, series, loaded.case.as_at, loaded.case.parameters, by=by
    )
    found = loaded.library_figures(ref, *asked, every, by)
    _report(compare.figure_differences(expected, found, by))


# A parameter that has one value only: the specification gives no other reading.
ONE_VALUE = {"agency_formula"}


def test_every_parameter_has_the_default_of_the_specification():
    assert defaults() == PARAMETERS
    own = {ref: entry["parameters"] for ref, entry in CATALOGUE.items()}
    assert {ref: definition.parameters for ref, definition in catalogue().items()} == own


def test_every_parameter_of_an_indicator_is_compared_with_another_value():
    read = {name for ref in REFS for name in CATALOGUE[ref]["parameters"]} - ONE_VALUE
    other = _other_settings()
    assert [name for name in sorted(read) if other.get(name, PARAMETERS[name]) == PARAMETERS[name]] == []


@of_each_case
def test_figures_by_month(loaded, ref):
    """Twelve months and the month after, which the as-at date cuts or which has not begun."""
    series = compare.months(add_months(loaded.case.as_at, 1), 13)
    _compare_figures(loaded, ref, series, "month")


@of_each_case
def test_figures_by_quarter_and_team(loaded, ref):
    months = compare.months(loaded.case.as_at, 12)
    first = next(n for n, (start, _) in enumerate(months) if start.month % 3 == 1)
    whole = months[first:]
    whole = [*whole, *compare.months(add_months(whole[-1][0], -len(whole) % 3), -len(whole) % 3)]
    series = [(whole[n][0], whole[n + 2][1]) for n in range(0, len(whole), 3)]
    _compare_figures(loaded, ref, series, "quarter", ("team",))


@of_each_case
def test_figures_of_the_year_by_worker(loaded, ref):
    _compare_figures(loaded, ref, [loaded.year], None, ("worker",))


@of_each_case
def test_rows(loaded, ref):
    expected = rows(ref, loaded.data, *loaded.of_rows, loaded.case.as_at, loaded.case.parameters)
    _report(compare.row_differences(ref, expected, loaded.library_rows(ref)))


@pytest.mark.parametrize("by", [(), ("team",), ("worker",)], ids=["whole", "team", "worker"])
@of_each_case
def test_figures_are_the_sums_of_their_rows(loaded, ref, by):
    """Counted in plain Python from what `rows` prints, with nothing of the oracle."""
    found = loaded.library_figures(ref, *loaded.of_rows, None, by)
    _report(compare.sum_differences(found, loaded.library_rows(ref), by))
