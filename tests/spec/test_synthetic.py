"""The synthetic authority: its figures, its files and the mistakes in them."""

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from goldenthread.loading import load
from goldenthread.standard import standard_tables
from goldenthread.synthetic import write
from tests.spec.delivered import (
    Delivery,
    assessments_in_time,
    contacts_decided,
    education_plans,
    looked_after_visited,
    over_25,
    overseen,
    pathway_plans,
    plans_reviewed,
    posts_open,
    with_plan,
)

SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "cin_xsd"
EAST, PARK = date(2017, 12, 31), date(2017, 7, 31)


def printed(met: int, total: int) -> str:
    """As a figure is printed: one decimal, half away from zero."""
    tenths = int(Fraction(1000 * met, total) + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


@pytest.fixture(scope="module")
def east(tmp_path_factory):
    out = tmp_path_factory.mktemp("east")
    write(out, authority="east")
    return out


@pytest.fixture(scope="module")
def park(tmp_path_factory):
    out = tmp_path_factory.mktemp("park")
    write(out, authority="park")
    return out


@pytest.fixture(scope="module")
def in_east(east):
    return Delivery(east / "local_extracts")


@pytest.fixture(scope="module")
def in_park(park):
    return Delivery(park / "local_extracts")


# The story of East, to the decimal (inventory figures F1, F5, F6, F7, F9, F11)


@pytest.mark.parametrize(
    ("first", "last", "figure"),
    [(date(2017, 7, 1), date(2017, 7, 31), "49.0"), (date(2017, 12, 1), EAST, "74.0")],
)
def test_contacts_decided_in_a_day(in_east, first, last, figure):
    assert printed(*contacts_decided(in_east, first, last, EAST)) == figure


@pytest.mark.parametrize(("on", "figure"), [(date(2017, 4, 30), "60.0"), (EAST, "87.9")])
def test_management_oversight(in_east, on, figure):
    due = overseen(in_east, on, in_east.known(on))
    assert printed(sum(due.values()), len(due)) == figure


def test_most_family_support_teams_have_oversight_of_over_95_percent(in_east):
    due = overseen(in_east, EAST, in_east.known(EAST))
    by_team = defaultdict(list)
    for row in in_east["allocations"]:
        if row["role"] == "social_worker" and row["started_on"] <= EAST and not row["ended_on"]:
            if row["child_id"] in due and row["team"].startswith("FSP"):
                by_team[row["team"]].append(due[row["child_id"]])
    over = [team for team, met in by_team.items() if sum(met) / len(met) > 0.95]
    assert len(by_team) == 8
    assert len(over) > len(by_team) / 2


@pytest.mark.parametrize(("on", "figure"), [(date(2017, 6, 30), "51.0"), (EAST, "78.1")])
def test_children_in_need_with_a_plan(in_east, on, figure):
    assert printed(*with_plan(in_east.known(on))) == figure


def test_plans_reviewed_within_six_months(in_east):
    assert printed(*plans_reviewed(in_east, in_east.known(EAST))) == "92.0"


def test_care_leavers_with_a_pathway_plan(in_east):
    assert printed(*pathway_plans(in_east, in_east.known(EAST))) == "96.0"


def test_agency_share_of_posts_and_of_full_time_equivalents(in_east):
    filled = [row for row in posts_open(in_east, EAST) if row["employment"] != "vacant"]
    agency = [row for row in filled if row["employment"] == "agency"]
    assert printed(len(agency), len(filled)) == "36.0"
    tenths = [round(row["fte"] * 10) for row in agency], [round(row["fte"] * 10) for row in filled]
    assert printed(sum(tenths[0]), sum(tenths[1])) == "36.0"


@pytest.mark.parametrize(("authority", "last"), [("east", EAST), ("park", PARK)])
def test_social_workers_in_post_stay_within_the_establishment(authority, last, request):
    delivery = request.getfixturevalue(f"in_{authority}")
    over = 0
    for number in range(36):
        month = last.year * 12 + last.month - 1 - number
        end = date.fromordinal(date((month + 1) // 12, (month + 1) % 12 + 1, 1).toordinal() - 1)
        held = posts_open(delivery, end)
        in_post = [row["fte"] for row in held if row["employment"] != "vacant"]
        established = [row["fte"] for row in held if row["is_established"]]
        assert sum(in_post) <= sum(established) * (1 + 1e-9), end
        over += len([row for row in held if not row["is_established"]])
    assert over, "some agency workers are beyond the establishment"


def test_more_contacts_become_referrals_and_fewer_employees_leave(in_east):
    def referred(first, last):
        decided = [r for r in in_east["contacts"] if r["decided_at"] and first <= r["decided_at"] <= last]
        return sum(r["outcome"] == "referral" for r in decided) / len(decided)

    def leavers(on):
        posts = [r for r in in_east["posts"] if r["is_social_worker"] and r["employment"] == "permanent"]
        left = [r for r in posts if r["ended_on"] and 0 <= (on - r["ended_on"]).days < 365]
        gone = ("resigned", "retired", "dismissed", "left_other")
        in_post = [r for r in posts if r["started_on"] <= on and (not r["ended_on"] or r["ended_on"] > on)]
        return sum(r["fte"] for r in left if r["end_reason"] in gone) / sum(r["fte"] for r in in_post)

    assert referred(date(2017, 10, 1), EAST) > referred(date(2017, 1, 1), date(2017, 3, 31)) + 0.03
    assert leavers(EAST) < leavers(date(2016, 12, 31)) - 0.03


# The story of Park, to the decimal (F2, F13, F14, F15, F16)


@pytest.mark.parametrize(
    ("first", "last", "figure"),
    [(date(2016, 5, 1), date(2016, 5, 31), "79.0"), (date(2017, 7, 1), PARK, "77.0")],
)
def test_assessments_in_45_days(in_park, first, last, figure):
    assert printed(*assessments_in_time(in_park, first, last)) == figure


def test_july_is_the_best_month_for_assessments_since_may_2016(in_park):
    months = [(2016, m) for m in range(6, 13)] + [(2017, m) for m in range(1, 7)]
    for year, month in months:
        last = date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        met, total = assessments_in_time(in_park, date(year, month, 1), last)
        assert 100 * met / total < 77


def test_education_plans_before_the_winter_are_exactly_28_75_percent(in_park):
    met, total = education_plans(in_park, in_park.known(date(2016, 12, 31)))
    assert Fraction(100 * met, total) == Fraction("28.75")
    assert printed(met, total) == "28.8"


@pytest.mark.parametrize(("on", "figure"), [(date(2017, 6, 30), "60.0"), (PARK, "67.0")])
def test_education_plans_recover(in_park, on, figure):
    assert printed(*education_plans(in_park, in_park.known(on))) == figure


@pytest.mark.parametrize(("on", "figure"), [(date(2017, 3, 31), "81.0"), (PARK, "86.0")])
def test_looked_after_children_visited(in_park, on, figure):
    assert printed(*looked_after_visited(in_park, in_park.known(on))) == figure


@pytest.mark.parametrize(("on", "figure"), [(date(2016, 12, 6), "36.0"), (PARK, "28.0")])
def test_caseloads_over_25(in_park, on, figure):
    assert printed(*over_25(in_park, on)) == figure


@pytest.mark.parametrize(
    ("on", "headcount", "teams"), [(date(2016, 12, 6), 82, 3), (date(2016, 12, 31), 82, 3), (PARK, 117, 4)]
)
def test_duty_and_safeguarding_grows_by_a_fourth_team(in_park, on, headcount, teams):
    service = {
        row["team"]
        for row in in_park["teams"]
        if row["service"] == "Duty and Safeguarding" and row["effective_from_on"] <= on
    }
    in_post = {
        row["worker_id"] for row in posts_open(in_park, on) if row["team"] in service and row["worker_id"]
    }
    assert len(service) == teams
    assert len(in_post) == headcount


def test_referrals_double_in_a_year(in_park):
    def referrals(year):
        rows = [r for r in in_park["referrals"] if r["is_nfa"] is False]
        return sum(date(year, 4, 1) <= r["received_on"] <= date(year + 1, 3, 31) for r in rows)

    assert 1.9 < referrals(2016) / referrals(2015) < 2.2


# The files


@pytest.mark.parametrize("authority", ["east", "park"])
def test_every_file_is_supplied_with_rows_and_all_its_kinds(authority, request):
    folder = request.getfixturevalue(authority) / "local_extracts"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["as_at_on"] == {"east": "2017-12-31", "park": "2017-07-31"}[authority]
    assert "fictitious" in manifest["note"]
    delivery = request.getfixturevalue(f"in_{authority}")
    for name, table in standard_tables().items():
        assert delivery[name], name
        if table.kind_column:
            kinds = {row[table.kind_column] for row in delivery[name]}
            assert kinds <= set(manifest["files"][f"{name}.csv"]["kinds_supplied"])


def test_the_history_reaches_back_36_months(in_east):
    months = Counter(
        f"{row['received_at']:%Y-%m}" for row in in_east["contacts"] if row["received_at"].year > 2014
    )
    assert len(months) == 36
    assert min(months.values()) > 400


def test_nobody_has_a_name(in_east):
    names = {row["worker_name"] for row in in_east["posts"] if row["worker_name"]}
    assert all(re.fullmatch(r"Worker \d{4}", name) for name in names)
    leads = {row["lead_professional"] for row in in_east["early_help_episodes"] if row["lead_professional"]}
    assert all(re.fullmatch(r"L\d{3}|Duty worker|Unallocated", lead) for lead in leads)


def test_the_restructure_leaves_no_event_without_a_team_in_force(in_east):
    teams = defaultdict(list)
    for row in in_east["teams"]:
        teams[row["team"]].append((row["effective_from_on"], row["effective_to_on"] or date.max))
    for row in in_east["allocations"]:
        assert any(first <= row["started_on"] <= last for first, last in teams[row["team"]]), row
    assert sum(row["reporting_team"] is not None for row in in_east["teams"]) == 8


def test_the_workbook_of_2017_has_the_layout_of_august_2019(east):
    book = CalamineWorkbook.from_path(east / "annex_a.xlsx")
    assert book.sheet_names == [f"List_{number}" for number in range(1, 12)]
    widths = []
    for name in book.sheet_names:
        title, heading, *rows = book.get_sheet_by_name(name).to_python()
        assert title[0].startswith("List ")
        assert rows
        widths.append(len([cell for cell in heading if cell]))
    assert widths == [7, 8, 11, 12, 14, 14, 17, 34, 13, 16, 19]
    with ZipFile(east / "annex_a.xlsx") as archive:
        assert b"Synthetic data" in archive.read("docProps/core.xml")


def test_a_later_workbook_has_the_layout_of_january_2024(tmp_path):
    write(tmp_path, authority="later", children=40, as_at_on=date(2024, 1, 31))
    book = openpyxl.load_workbook(tmp_path / "annex_a.xlsx")
    assert book.sheetnames == [f"List {number}" for number in range(1, 12)]
    assert "Synthetic data" in book.properties.description
    heading = next(book["List 9"].iter_rows(values_only=True))
    assert heading[4] == "Age"
    assert "Allocated Personal Advisor" in heading
    assert len([cell for cell in heading if cell]) == 17


def test_the_census_is_valid_in_every_collection_year(east, tmp_path):
    if not SCHEMAS.is_dir():
        pytest.skip(f"No schemas at {SCHEMAS}: the census could not be checked against them.")
    _check_census(east / "cin_census.xml", 2017)
    for year in range(2018, 2027):
        write(tmp_path / str(year), authority="any", children=40, as_at_on=date(year, 4, 30))
        _check_census(tmp_path / str(year) / "cin_census.xml", year)


def _check_census(path: Path, year: int) -> None:
    message = etree.parse(path)
    assert message.findtext(".//Year") == str(year)
    assert message.findtext(".//ReferenceDate") == f"{year}-03-31"
    schema = etree.XMLSchema(etree.parse(SCHEMAS / f"CIN_schema_{year}.xsd"))
    assert schema.validate(message), schema.error_log
    assert "Synthetic" in path.read_text("utf-8")[:200]


def test_the_return_of_looked_after_children_covers_the_year_to_31_march(east, in_east):
    with (east / "ssda903" / "episodes.csv").open(encoding="utf-8", newline="") as file:
        episodes = list(csv.DictReader(file))
    first, last = date(2016, 4, 1), date(2017, 3, 31)
    expected = {
        row["child_id"]
        for row in in_east["care_periods"]
        if row["started_on"] <= last and (not row["ended_on"] or row["ended_on"] > first)
    }
    assert {row["CHILD"] for row in episodes} == expected
    for row in episodes:
        day, month, year = map(int, row["DECOM"].split("/"))
        assert date(year, month, day) <= last
        assert (row["DEC"] == "") == (row["REC"] == "")


# The same again, larger, and with other seeds


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, authority="east", children=150, seed=7)
    write(tmp_path / "other", authority="east", children=150, seed=8)
    first = _contents(tmp_path / "one")
    assert first == _contents(tmp_path / "two")
    assert first.keys() == _contents(tmp_path / "other").keys()
    assert first != _contents(tmp_path / "other")
    with ZipFile(tmp_path / "one" / "annex_a.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_progress_is_told_area_by_area(tmp_path):
    told = []
    write(tmp_path, authority="any", children=60, progress=lambda done, wanted: told.append((done, wanted)))
    assert told == [(60, 60)]


def test_an_authority_of_several_areas_has_one_budget(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr("goldenthread.synthetic.authority.LARGEST_AREA", 40)
    write(tmp_path, authority="any", children=60, progress=lambda done, wanted: told.append((done, wanted)))
    assert told == [(30, 60), (60, 60)]
    lines = (tmp_path / "local_extracts" / "budget_lines.csv").read_text("utf-8").splitlines()[1:]
    assert 0 < len(lines) == len(set(lines))


def test_a_story_is_told_of_few_children_at_an_earlier_day_as_far_as_it_goes(tmp_path):
    write(tmp_path, authority="park", children=60, as_at_on=date(2017, 3, 31))
    lines = (tmp_path / "local_extracts" / "care_periods.csv").read_text("utf-8").splitlines()
    assert len(lines) > 1
    assert not re.search(r"\b(2017-(0[4-9]|1)|2018)", "\n".join(line[:40] for line in lines[1:]))


# The mistakes


@pytest.fixture(scope="module")
def planted(east):
    return json.loads((east / "planted.json").read_text("utf-8"))


def test_mistakes_are_planted_at_the_stated_rate(east, planted):
    assert planted["rate"] == 0.005
    mistakes = [entry for entry in planted["planted"] if entry["file"].endswith(".csv")]
    with (east / "local_extracts" / "visits.csv").open(encoding="utf-8") as file:
        rows = sum(1 for _ in file) - 1
    visits = [entry for entry in mistakes if entry["file"] == "visits.csv"]
    assert 0.004 < len(visits) / rows < 0.008
    rules = {entry["rule"] for entry in planted["planted"]}
    assert {"R02", "R05", "R07", "R08", "R09"} <= rules
    assert {f"X{number:02d}" for number in range(1, 18)} <= rules


def test_every_row_that_is_quarantined_was_planted_and_the_other_way_round(in_east, planted):
    expected = defaultdict(set)
    for entry in planted["planted"]:
        if entry["kind"] in ("blank", "invalid", "short", "twice"):
            expected[entry["file"].removesuffix(".csv")].add(entry["line"])
    for name in standard_tables():
        assert in_east[name]
        assert in_east.quarantined[name] == expected[name], name


def test_the_readers_find_every_mistake_within_a_row(tmp_path):
    write(tmp_path, authority="any", children=300, mistakes=0.02)
    loads = load(
        [tmp_path / "local_extracts", tmp_path / "annex_a.xlsx"],
        as_at_on=date(2017, 12, 31),
        store=tmp_path / "store",
    )
    found = loads[0].findings().select(["file", "row", "rule"]).to_pylist()
    found = {tuple(row.values()) for row in found}
    planted = json.loads((tmp_path / "planted.json").read_text("utf-8"))["planted"]
    within = [entry for entry in planted if not entry["rule"].startswith("X")]
    assert len(within) > 200
    assert [entry for entry in within if (entry["file"], entry["line"], entry["rule"]) not in found] == []


def test_an_authority_without_mistakes_can_be_had(tmp_path):
    write(tmp_path, authority="any", children=60, mistakes=0)
    planted = json.loads((tmp_path / "planted.json").read_text("utf-8"))["planted"]
    assert [entry for entry in planted if entry["file"].endswith(".csv")] == []
