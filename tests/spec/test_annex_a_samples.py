"""Each shared sample of Annex A: so many rows of each list, and what is found in them."""

from collections import Counter
from datetime import date

import pytest

from goldenthread.ingest import annex_a
from goldenthread.ingest.annex_a import is_annex_a
from tests.samples import sample

NONE = dict.fromkeys(range(1, 12), 0)
LONDON = {1: 5, 2: 5, 3: 6, 4: 5, 5: 5, 6: 5, 7: 7, 8: 5, 9: 6, 10: 5, 11: 5}
LONDON_FINDINGS = {
    ("age_with_decimals", "E"): 9,  # lists 1 to 9, one line each
    ("R05", "CS Assessment Updated"): 5,  # where Yes or No belongs
    ("R05", "PSRMEM - Support with memory and cognition"): 1,  # no primary need
    ("R05", None): 1,  # what stands where a postcode belongs is not repeated
    ("error_cell", "#N/A"): 10,  # team and worker of list 6
    ("list_conflict", "list 9 and list 10"): 11,  # the same ids, other children
}


@pytest.mark.parametrize(
    ("file", "as_at_on", "rows", "findings"),
    [
        ("annex_a/2015-01-sample.xlsx", "2015-07-31", NONE | {3: 5}, {("R05", "Health"): 1}),
        ("annex_a/2016-01-sample.xlsx", "2016-01-31", NONE, {}),
        ("annex_a/2016-02-sample.xlsx", "2016-02-29", NONE, {}),
        ("annex_a/Annex_A_2024_Jan.xlsx", "2024-01-31", LONDON, LONDON_FINDINGS),
        ("annex_a/example-A-2005.xls", "2020-05-31", NONE | {1: 1, 2: 11}, {("R07", None): 1}),
        (
            "annex_a/example-B-2004.xlsx",
            "2020-04-30",
            NONE | {1: 1, 2: 9},
            {("R05", "May be 8 Jan 2000"): 1, ("R07", None): 1},
        ),
        (
            "annex_a_journeys/annexa_example.xlsx",
            "2020-06-30",
            NONE | {1: 13, 2: 2, 3: 11, 4: 5, 5: 4, 6: 2, 7: 3, 8: 3},
            {("R05", None): 1},  # a section 47 enquiry without its date
        ),
        ("annex_a_liia_2021/Annex_A.xlsx", "2021-03-31", LONDON, LONDON_FINDINGS),
    ],
)
def test_sample(
    file: str, as_at_on: str, rows: dict[int, int], findings: dict[tuple[str, str | None], int]
) -> None:
    path = sample(f"data/{file}")
    assert is_annex_a(path)
    extract = annex_a.read(path, as_at_on=date.fromisoformat(as_at_on), authority="TEST")
    assert {n: extract.tables[f"annex_a_list_{n}"].num_rows for n in range(1, 12)} == rows
    found: Counter[tuple[str, str | None]] = Counter()
    for finding in extract.findings:
        what = finding.value
        if finding.rule == "age_with_decimals":
            what = finding.message[len("Column ") :][:1]
        if finding.rule == "list_conflict":
            what = "list 9 and list 10"
            assert finding.sheet == "list_10"
            assert "of list 9 says" in finding.message
        found[finding.rule, what] += 1
    assert found == findings
    duplicates = found["R07", None]
    assert extract.lines.num_rows == sum(rows.values()) + duplicates


def test_the_sample_of_2024_is_read_to_the_last_cell() -> None:
    extract = annex_a.read(
        sample("data/annex_a/Annex_A_2024_Jan.xlsx"), as_at_on=date(2024, 1, 31), authority="TEST"
    )
    counts = {name: table.num_rows for name, table in extract.tables.items() if "annex_a" not in name}
    assert counts == {
        "contacts": 5,
        "early_help_episodes": 5,
        "referrals": 11,  # six of list 3, and five episodes of list 6 that started on other days
        "assessments": 5,
        "strategy_discussions": 5,
        "conferences": 13,
        "visits": 17,
        "cp_plans": 7,
        "care_periods": 5,
        "placements": 5,
        "management_oversights": 5,
        "health_checks": 10,
        "care_leaver_statuses": 6,
        "pathway_plans": 0,
        "children": 48,
        "allocations": 18,
    }
    adoption = extract.tables["annex_a_list_10"]
    assert adoption["placement_order_date"].to_pylist()[0] == date(2009, 8, 16)  # a formula's saved value
    assert adoption["decision_reversed_reason"].to_pylist() == [None, None, "RD2", None, None]
    assert extract.tables["placements"]["provider"].to_pylist() == ["PR4", "PR1", "PR5", "PR4", "PR4"]
    assert set(extract.tables["cp_plans"]["latest_category"].to_pylist()) == {"PHY", "EMO"}
    assert not any("\xa0" in str(name) for name in extract.tables["referrals"]["worker_id"].to_pylist())
