"""Each shared sample of the CIN census: loaded with so many rows, or refused because."""

from collections import Counter

import pytest

from goldenthread.ingest import cin_census
from goldenthread.ingest.extract import Refused
from tests.samples import sample

ONE_CHILD = {
    "children": 1,
    "referrals": 1,
    "assessments": 1,
    "cin_plans": 1,
    "strategy_discussions": 1,
    "conferences": 3,
    "cp_plans": 1,
}
TWO_CHILDREN = {**ONE_CHILD, "children": 2, "referrals": 2, "assessments": 2}
MANY = {
    "children": 332,
    "referrals": 402,
    "assessments": 0,
    "cin_plans": 0,
    "strategy_discussions": 0,
    "conferences": 350,
    "cp_plans": 0,
}
STRAY = "stray-text"  # the samples have the text "PersonBirthDate" between two elements
OLD = {"R09": 17, "R16": 1, STRAY: 1}  # dates of the 1960s and 1970s, and both birth dates


@pytest.mark.parametrize(
    ("file", "authority", "as_at_on", "rows", "findings", "because"),
    [
        ("BAR_cin_2022.xml", "201", "2022-03-31", ONE_CHILD, {"R09": 17, "R16": 1}, "dates before 1990"),
        (
            "CIN2rows.xml",
            "201",
            "2024-03-31",
            ONE_CHILD,
            {"return-year": 1, STRAY: 1, "R07": 1},
            "a plan twice",
        ),
        ("CIN_Census_2021.xml", "201", "2023-03-31", ONE_CHILD, OLD, "dates before 1990"),
        (
            "CIN_Census_2021_copy.xml",
            "201",
            "2024-03-31",
            ONE_CHILD,
            {"return-year": 1, STRAY: 1},
            "Year 2023 beside a reference date of 2024",
        ),
        (
            "CIN_Census_2021_no_assessment_factors.xml",
            "201",
            "2024-03-31",
            ONE_CHILD,
            {"return-year": 1, STRAY: 1},
            "Year 2023 beside a reference date of 2024",
        ),
        (
            "CIN_Census_2024.xml",
            "201",
            "2024-03-31",
            TWO_CHILDREN,
            {
                "return-year": 1,
                STRAY: 1,
                "item-of-another-year": 1,
                "code-of-another-year": 1,
                "R05": 2,
                "R09": 4,
            },
            "Sex in a 2024 return, once with 1; factor RB; dates after the reference date, one out of order",
        ),
        (
            "CIN_Census_2026.xml",
            "201",
            "2024-03-31",
            TWO_CHILDREN,
            {
                "return-year": 1,
                STRAY: 1,
                "item-of-another-year": 1,
                "code-of-another-year": 1,
                "R03": 1,
                "R05": 2,
                "R09": 4,
            },
            "as 2024, with a group PreProceedingsandFGDM that no schema has",
        ),
        (
            "CIN_header_issues_100.xml",
            "201",
            "2023-03-28",
            ONE_CHILD,
            {**OLD, "reference-date": 1},
            "a reference date that is not a 31 March: loaded as at that day, with a warning",
        ),
        (
            "CIN_la_issues_2887Q.xml",
            "201",
            "2023-03-31",
            ONE_CHILD,
            OLD,
            "its issue (few children for an authority) is a query of the whole return: loaded",
        ),
        (
            "fake_CIN_data.xml",
            "975",
            "2022-07-21",
            MANY,
            {"reference-date": 1, "R07": 5, "R09": 23},
            "332 children with referrals and conferences only",
        ),
    ],
)
def test_samples_that_load(
    file: str, authority: str, as_at_on: str, rows: dict[str, int], findings: dict[str, int], because: str
) -> None:
    census = cin_census.read(sample(f"data/cin/{file}"), authority=authority)
    assert str(census.as_at_on) == as_at_on, because
    assert {name: census.tables[name].num_rows for name in rows} == rows, because
    assert Counter(finding.rule for finding in census.findings) == findings, because


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("csww/social_work_workforce_2022.xml", "says it is a CSWW return, not a CIN census"),
        ("ssda903/fake_903.xml", "is the XML form of an SSDA903 return; deliver its CSV files instead"),
        ("cin_xsd/CIN_schema_2026.xsd", "its first element is schema, not Message"),
        ("ssda903/header.csv", "is not well-formed XML"),
    ],
)
def test_samples_that_are_no_census_are_refused(file: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        cin_census.read(sample(f"data/{file}"))


def test_every_sample_is_here() -> None:
    cases = test_samples_that_load.pytestmark[0].args[1]
    assert {case[0] for case in cases} == {path.name for path in sample("data/cin").iterdir()}


def test_the_sample_of_another_authority_is_refused() -> None:
    with pytest.raises(Refused, match="is the return of authority 201, not of 211"):
        cin_census.read(sample("data/cin/CIN_Census_2024.xml"), authority="211")
