"""Each shared sample of the SSDA903 return: loaded with so many rows, or refused because."""

import csv
from collections import Counter, defaultdict
from datetime import datetime

import pytest

from goldenthread.ingest import ssda903
from goldenthread.ingest.extract import Extract, Refused
from tests.samples import sample

# The files that are one return of the year to 31 March 2018, although two of them are of 2020 and 2025.
ROWS = {
    "header.csv": ("ssda903_header", 2675, 2675),
    "episodes.csv": ("ssda903_episodes", 5050, 5050),
    "reviews.csv": ("ssda903_reviews", 12582, 12556),  # 2 lines repeated, 24 that contradict another
    "uasc.csv": ("ssda903_uasc", 132, 132),
    "oc2.csv": ("ssda903_oc2", 2675, 2675),
    "oc3.csv": ("ssda903_oc3", 53, 53),
    "ad1.csv": ("ssda903_ad1", 29, 29),
    "previous_permanence.csv": ("ssda903_previous_permanence", 2675, 2675),
    "missing.csv": ("ssda903_missing", 43, 43),
    "sw_episodes.csv": ("ssda903_social_worker_episodes", 1, 1),
    "DoLo.csv": ("ssda903_dolo", 1, 1),
}
STANDARD = {
    "children": 2675,
    "care_periods": 2244,
    "placements": 4001,
    "conferences": 12556,
    "care_leaver_statuses": 53,
    "missing_episodes": 43,
    "allocations": 1,
}


@pytest.fixture(scope="module")
def folder() -> Extract:
    return ssda903.read(sample("data/ssda903"), authority="211")


def test_the_folder_loads(folder: Extract) -> None:
    assert str(folder.as_at_on) == "2018-03-31", "3,625 of 3,637 episodes end in the year to that day"
    read = {file.name: file for file in folder.files if file.status == "read"}
    assert {name: (file.table, file.rows) for name, file in read.items()} == {
        name: (table, lines) for name, (table, lines, _) in ROWS.items()
    }
    assert {table: folder.tables[table].num_rows for table, _, _ in ROWS.values()} == {
        table: kept for table, _, kept in ROWS.values()
    }
    assert {name: folder.tables[name].num_rows for name in STANDARD} == STANDARD
    assert set(folder.tables) == set(STANDARD) | {table for table, _, _ in ROWS.values()}


@pytest.mark.parametrize(
    ("name", "status", "because"),
    [
        ("placed_for_adoption.csv", "rejected", "are both the placed_for_adoption file"),
        ("placed_for_adoption_errors.csv", "rejected", "are both the placed_for_adoption file"),
        ("fake_903.xml", "ignored", "the XML form of an SSDA903 return; deliver its CSV files instead"),
        ("ch_fake.xlsx", "ignored", "a workbook, such as Ofsted's list of providers"),
        ("combined_scp_ch_fake.xlsx", "ignored", "a workbook, such as Ofsted's list of providers"),
        ("scp_ch_2025_fake.xlsx", "ignored", "a workbook, such as Ofsted's list of providers"),
        ("scp_fake.xlsx", "ignored", "a workbook, such as Ofsted's list of providers"),
        ("scpch_assisted.xlsx", "ignored", "a workbook, such as Ofsted's list of providers"),
        ("903_2023_24_rule_info.csv", "ignored", "has not the header of an SSDA903 file"),
        ("903_2024_25_rule_info.csv", "ignored", "has not the header of an SSDA903 file"),
    ],
)
def test_what_is_left_out_of_the_folder_and_why(
    folder: Extract, name: str, status: str, because: str
) -> None:
    [file] = [file for file in folder.files if file.name == name]
    assert file.status == status
    assert because in file.message
    assert any(finding.file == name and finding.message == file.message for finding in folder.findings)


def test_every_file_of_the_folder_is_accounted_for(folder: Extract) -> None:
    assert {file.name for file in folder.files} == {path.name for path in sample("data/ssda903").iterdir()}


def test_what_was_found_in_the_folder(folder: Extract) -> None:
    found = Counter(
        (finding.file, finding.rule)
        for finding in folder.findings
        if finding.file in ROWS and finding.rule not in ("return-year", "item-of-another-year")
    )
    assert found == {
        ("episodes.csv", "period-start-earlier"): 1,  # 1,848 periods, said once
        ("episodes.csv", "code-of-another-year"): 442,  # E45 to E48 and CUSTOD, from 2019
        ("episodes.csv", "R09"): 12,  # DEC of 1 April 2018
        ("episodes.csv", "end-date-missing"): 353,
        ("episodes.csv", "period-start-missing"): 15,
        ("episodes.csv", "episode-missing"): 17,
        ("episodes.csv", "episode-gap"): 5,
        ("reviews.csv", "R09"): 5042,  # reviews up to 2030
        ("reviews.csv", "R07"): 26,
        ("oc3.csv", "R05"): 2,  # accommodation 01 and 02
        ("sw_episodes.csv", "R09"): 2,
        ("sw_episodes.csv", "R05"): 1,  # SW_REASON SWLAZY
        ("sw_episodes.csv", "R08"): 1,
        ("DoLo.csv", "R09"): 1,
        ("DoLo.csv", "R08"): 1,
    }


def test_periods_and_placements_are_those_of_a_plain_count(folder: Extract) -> None:
    """The same rules again, written without any of the reader."""
    by_child: dict[str, list[dict[str, str]]] = defaultdict(list)
    with sample("data/ssda903/episodes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            by_child[row["CHILD"]].append(row)
    periods, open_periods, placements = 0, 0, 0
    for rows in by_child.values():
        rows.sort(key=lambda row: datetime.strptime(row["DECOM"], "%d/%m/%Y"))
        for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
            starts = before is None or before["REC"] != "X1" or row["RNE"] == "S"
            periods += starts
            placements += starts or row["RNE"] in "SPB"
            ends = after is None or row["REC"] != "X1" or after["RNE"] == "S"
            open_periods += ends and (row["REC"] == "X1" or not row["DEC"])
    assert folder.tables["care_periods"].num_rows == periods
    assert folder.tables["placements"].num_rows == placements
    assert folder.tables["care_periods"]["ended_on"].null_count == open_periods


def test_the_return_of_2020_with_dirt() -> None:
    names = ("SSDA903_2020_header.csv", "SSDA903_2020_episodes.csv")
    found = ssda903.read([sample(f"data/ssda903_liia/{name}") for name in names], authority="211")
    assert str(found.as_at_on) == "2020-03-31"
    assert {name: found.tables[name].num_rows for name in found.tables} == {
        "ssda903_header": 0,  # five lines, two children, each given with different birth dates
        "children": 0,
        "ssda903_episodes": 5,
        "care_periods": 3,
        "placements": 4,
    }
    assert Counter((f.file.rpartition("_")[2], f.rule, f.column) for f in found.findings) == {
        ("header.csv", "return-year", None): 1,
        ("header.csv", "R05", "upn"): 5,
        ("header.csv", "R05", "ethnicity"): 1,  # UNKN
        ("header.csv", "R07", None): 5,
        ("episodes.csv", "R03", None): 1,  # TEST_COLUMN
        ("episodes.csv", "R05", "placement_postcode_district"): 1,  # 2TR
        ("episodes.csv", "R05", "reason_new_episode"): 1,  # *DUMMY*
        ("episodes.csv", "R08", "child_id"): 2,
        ("episodes.csv", "period-start-earlier", None): 1,
        ("episodes.csv", "period-start-missing", "reason_new_episode"): 1,
        ("episodes.csv", "episode-gap", "started_on"): 1,
        ("episodes.csv", "episode-missing", "reason_ceased"): 1,
    }


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (
            "ssda903_liia/SSDA903_episodes_for_testing_fixes_INPUT.csv",
            r"several authorities or years \(LA: Barking and Dagenham, Newham\)",
        ),
        ("ssda903_liia", r"several authorities or years"),
        ("ssda903_liia/SSDA903_2020_header.csv", "The year of the SSDA903 return cannot be told"),
        ("ssda903/fake_903.xml", "is the XML form of an SSDA903 return; deliver its CSV files instead"),
        ("ssda903/ch_fake.xlsx", "is a workbook, such as Ofsted's list of providers"),
        ("ssda903/903_2024_25_rule_info.csv", "has not the header of an SSDA903 file"),
        ("ssda903/header.csv", "The year of the SSDA903 return cannot be told"),
        ("ssda903/oc2.csv", "The year of the SSDA903 return cannot be told"),
        ("ssda903/reviews.csv", "only 2,610 of 12,582 REVIEW dates are in the year to 31 March 2017"),
    ],
)
def test_samples_refused_on_their_own(path: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        ssda903.read(sample(f"data/{path}"), authority="211")


@pytest.mark.parametrize(
    ("name", "year", "rows", "findings"),
    [
        ("placed_for_adoption.csv", 2018, 29, {"R05": 29}),  # REASON_PLACED_CEASED XXX
        ("placed_for_adoption_errors.csv", 2018, 30, {"R05": 30}),
        ("sw_episodes.csv", None, 1, {"R05": 1, "return-year": 1, "item-of-another-year": 4}),
        ("DoLo.csv", 2025, 1, {}),
        ("header.csv", 2018, 2675, {}),
        ("uasc.csv", 2018, 132, {}),
        ("missing.csv", None, 43, {"return-year": 1}),
    ],
)
def test_samples_on_their_own(name: str, year: int | None, rows: int, findings: dict[str, int]) -> None:
    found = ssda903.read(sample(f"data/ssda903/{name}"), authority="211", year=year)
    [native] = [table for table in found.tables if table.startswith("ssda903_")]
    assert found.tables[native].num_rows == rows
    assert Counter(finding.rule for finding in found.findings) == findings
