"""Every shared sample of a return, loaded as a council would: with so many rows, or refused because.

What each reader makes of its samples, cell by cell, is in the tests of that reader; here the whole way
is gone, from the file to the store, and no sample may be left out.
"""

from datetime import date

import pytest

from goldenthread.ingest.extract import Refused
from goldenthread.loading import load
from goldenthread.standard import standard_tables
from goldenthread.store import CURRENT
from tests.samples import sample

LONDON = {  # the same eleven lists in the layouts of 2024 and of 2021
    "children": 48, "contacts": 5, "early_help_episodes": 5, "referrals": 11, "assessments": 5,
    "strategy_discussions": 5, "conferences": 13, "visits": 17, "cp_plans": 7, "care_periods": 5,
    "placements": 5, "management_oversights": 5, "health_checks": 10, "care_leaver_statuses": 6,
    "allocations": 18,
}  # fmt: skip
ONE_CHILD = {
    "children": 1, "referrals": 1, "assessments": 1, "strategy_discussions": 1, "conferences": 3,
    "cp_plans": 1,
}  # fmt: skip
TWO_CHILDREN = ONE_CHILD | {"children": 2, "referrals": 2, "assessments": 2}
RETURN_OF_2018 = {
    "children": 2675, "care_periods": 2244, "placements": 4001, "conferences": 12556,
    "care_leaver_statuses": 53, "missing_episodes": 43, "allocations": 1,
}  # fmt: skip

# The sample, the day given with it, the day it is as at, and the rows of standard tables it makes.
LOADED = [
    ("annex_a/2015-01-sample.xlsx", "2015-07-31", "2015-07-31", {"children": 5, "referrals": 5}),
    ("annex_a/2016-01-sample.xlsx", "2016-01-31", "2016-01-31", {}),  # the template, not filled in
    ("annex_a/2016-02-sample.xlsx", "2016-02-29", "2016-02-29", {}),  # the same
    ("annex_a/Annex_A_2024_Jan.xlsx", "2024-01-31", "2024-01-31", LONDON),
    (
        "annex_a/example-A-2005.xls",
        "2020-05-31",
        "2020-05-31",
        {"children": 12, "contacts": 1, "early_help_episodes": 11},
    ),
    (
        "annex_a/example-B-2004.xlsx",
        "2020-04-30",
        "2020-04-30",
        {"children": 9, "contacts": 1, "early_help_episodes": 9},
    ),
    (
        "annex_a_journeys/annexa_example.xlsx",
        "2020-06-30",
        "2020-06-30",
        {
            "children": 18,
            "contacts": 13,
            "early_help_episodes": 2,
            "referrals": 13,
            "assessments": 5,
            "strategy_discussions": 3,
            "conferences": 1,
            "cp_plans": 3,
            "care_periods": 3,
        },
    ),
    ("annex_a_liia_2021/Annex_A.xlsx", "2021-03-31", "2021-03-31", LONDON),
    ("cin/BAR_cin_2022.xml", None, "2022-03-31", ONE_CHILD | {"cin_plans": 1}),
    ("cin/CIN2rows.xml", None, "2024-03-31", ONE_CHILD | {"cin_plans": 1}),
    ("cin/CIN_Census_2021.xml", None, "2023-03-31", ONE_CHILD | {"cin_plans": 1}),
    ("cin/CIN_Census_2021_copy.xml", None, "2024-03-31", ONE_CHILD | {"cin_plans": 1}),
    ("cin/CIN_Census_2021_no_assessment_factors.xml", None, "2024-03-31", ONE_CHILD | {"cin_plans": 1}),
    ("cin/CIN_Census_2024.xml", None, "2024-03-31", TWO_CHILDREN | {"cin_plans": 1}),
    ("cin/CIN_Census_2026.xml", None, "2024-03-31", TWO_CHILDREN | {"cin_plans": 1}),
    ("cin/CIN_header_issues_100.xml", None, "2023-03-28", ONE_CHILD | {"cin_plans": 1}),
    ("cin/CIN_la_issues_2887Q.xml", None, "2023-03-31", ONE_CHILD | {"cin_plans": 1}),
    ("cin/fake_CIN_data.xml", None, "2022-07-21", {"children": 332, "referrals": 402, "conferences": 350}),
    ("csww/social_work_workforce_2022.xml", None, "2022-09-30", {"posts": 26}),
    ("ssda903", None, "2018-03-31", RETURN_OF_2018),  # what is left out of the folder is below
    ("ssda903/episodes.csv", None, "2018-03-31", {"care_periods": 2244, "placements": 4001}),
    ("ssda903/missing.csv", None, "2018-03-31", {"missing_episodes": 43}),
    ("ssda903/sw_episodes.csv", None, "2020-03-31", {"allocations": 1}),
    ("ssda903/header.csv", "2018-03-31", "2018-03-31", {"children": 2675}),
    ("ssda903/reviews.csv", "2018-03-31", "2018-03-31", {"conferences": 12556}),
    ("ssda903/oc3.csv", "2018-03-31", "2018-03-31", {"care_leaver_statuses": 53}),
    ("ssda903_liia/SSDA903_2020_episodes.csv", None, "2020-03-31", {"care_periods": 3, "placements": 4}),
]
# Files of the return that make no standard table by themselves: the rows of their own.
OWN_ROWS = [
    ("ssda903/uasc.csv", "uasc", 132),
    ("ssda903/oc2.csv", "oc2", 2675),
    ("ssda903/ad1.csv", "ad1", 29),
    ("ssda903/previous_permanence.csv", "previous_permanence", 2675),
    ("ssda903/placed_for_adoption.csv", "placed_for_adoption", 29),
    ("ssda903/placed_for_adoption_errors.csv", "placed_for_adoption", 30),
    ("ssda903/DoLo.csv", "dolo", 1),
    ("ssda903_liia/SSDA903_2020_header.csv", "header", 0),  # two children, each with several birth dates
]
NO_YEAR = (
    "The year of the SSDA903 return cannot be told: no file holds a date of an episode, a missing episode or "
    "a review; give the day the files were made (--as-at)."
)
NO_ANNEX_A = (
    "{} is not an Annex A workbook: no sheet has the headings of a list. Give a workbook with sheets List 1 "
    "to List 11, or one .csv for each list."
)
NO_EXTRACT = (
    "{}: not an extract that can be read. Give local extracts (CSV, a folder or a ZIP), an Annex A workbook, "
    "a CIN census XML, SSDA903 CSVs or a workforce census XML."
)
SEVERAL = (
    "SSDA903_episodes_for_testing_fixes_INPUT.csv holds the returns of several authorities or years "
    "(LA: Barking and Dagenham, Newham); deliver one return."
)
# The sample, given without a day, and the sentence.
REFUSED = [
    ("ssda903/fake_903.xml", "fake_903.xml is the XML form of an SSDA903 return; deliver its CSV files instead."),
    *[
        (f"ssda903/{name}", NO_ANNEX_A.format(name))
        for name in (
            "ch_fake.xlsx", "combined_scp_ch_fake.xlsx", "scp_ch_2025_fake.xlsx", "scp_fake.xlsx",
            "scpch_assisted.xlsx",
        )
    ],
    ("ilacs/ofsted_csc_ilacs_overview.xlsx", NO_ANNEX_A.format("ofsted_csc_ilacs_overview.xlsx")),
    *[
        (f"ssda903/{name}", NO_EXTRACT.format(name))
        for name in ("903_2023_24_rule_info.csv", "903_2024_25_rule_info.csv")
    ],
    ("dfe_api/openapi.json", NO_EXTRACT.format("openapi.json")),
    ("csww/social_work_workforce_2022.xsd", NO_EXTRACT.format("social_work_workforce_2022.xsd")),
    ("cin_xsd", NO_EXTRACT.format("cin_xsd")),
    ("ssda903_liia/SSDA903_episodes_for_testing_fixes_INPUT.csv", SEVERAL),
    ("ssda903_liia", SEVERAL),
    ("cin", "Two deliveries of cin_census are as at 2023-03-31: load the one that is right."),
    (
        "ssda903/reviews.csv",
        "The year of the SSDA903 return cannot be told: only 2,610 of 12,582 REVIEW dates are in the year to "
        "31 March 2017; give the day the files were made (--as-at).",
    ),
    *[(path, NO_YEAR) for path, _, _ in OWN_ROWS],
    ("ssda903/header.csv", NO_YEAR),
    ("ssda903/oc3.csv", NO_YEAR),
    *[
        (path, "An Annex A does not say of which day it is: give the as-at date with the files.")
        for path, given, _, _ in LOADED
        if path.startswith("annex_a") and given
    ],
]  # fmt: skip
LEFT_OUT = {
    "903_2023_24_rule_info.csv": "is not an extract that can be read: it was ignored.",
    "903_2024_25_rule_info.csv": "is not an extract that can be read: it was ignored.",
    "ch_fake.xlsx": "is a workbook, such as Ofsted's list of providers",
    "combined_scp_ch_fake.xlsx": "is a workbook, such as Ofsted's list of providers",
    "fake_903.xml": "is the XML form of an SSDA903 return; deliver its CSV files instead.",
    "placed_for_adoption.csv": "are both the placed_for_adoption file; neither was read: leave the right one.",
    "placed_for_adoption_errors.csv": "are both the placed_for_adoption file; neither was read",
    "scp_ch_2025_fake.xlsx": "is a workbook, such as Ofsted's list of providers",
    "scp_fake.xlsx": "is a workbook, such as Ofsted's list of providers",
    "scpch_assisted.xlsx": "is a workbook, such as Ofsted's list of providers",
}


def _loaded(path: str, day: str | None, store):
    given = None if day is None else date.fromisoformat(day)
    [made] = load([sample(f"data/{path}")], as_at_on=given, store=store)
    return made


@pytest.mark.parametrize(("path", "given", "as_at_on", "rows"), LOADED, ids=[case[0] for case in LOADED])
def test_a_sample_loads(tmp_path, path, given, as_at_on, rows):
    made = _loaded(path, given, tmp_path / "store")
    assert str(made.as_at_on) == as_at_on
    assert {name: made.rows(name) for name in standard_tables() if made.rows(name)} == rows


@pytest.mark.parametrize(("path", "name", "rows"), OWN_ROWS, ids=[case[0] for case in OWN_ROWS])
def test_a_file_of_a_return_that_makes_no_standard_table_loads(tmp_path, path, name, rows):
    made = _loaded(path, "2018-03-31", tmp_path / "store")
    assert made.rows(f"ssda903_{name}") == rows


@pytest.mark.parametrize(("path", "sentence"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_sample_is_refused_with_one_sentence(tmp_path, path, sentence):
    store = tmp_path / "store"
    with pytest.raises(Refused) as refusal:
        _loaded(path, None, store)
    assert str(refusal.value) == sentence
    assert not (store / CURRENT).exists()


@pytest.mark.parametrize("path", [path for path, sentence in REFUSED if "not an" in sentence])
def test_a_day_makes_no_extract_of_what_is_none(tmp_path, path):
    [sentence] = [sentence for one, sentence in REFUSED if one == path]
    with pytest.raises(Refused) as refusal:
        _loaded(path, "2018-03-31", tmp_path / "store")
    assert str(refusal.value) == sentence


def test_what_is_left_out_of_the_folder_of_a_return_is_said_file_by_file(tmp_path):
    made = _loaded("ssda903", None, tmp_path / "store")
    read = {entry["name"] for entry in made.manifest["files"] if entry["status"] == "read"}
    every = {path.name for path in sample("data/ssda903").iterdir()}
    assert every - read == set(LEFT_OUT)
    findings = made.findings().to_pylist()
    for name, because in LEFT_OUT.items():
        [said] = [f["message"] for f in findings if f["file"] == name and f["row"] is None]
        assert because in said


def test_no_sample_is_left_out_here():
    named = {path for path, *_ in [*LOADED, *OWN_ROWS, *REFUSED]}
    folder = sample("data")
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.name != "SOURCES.md" and not name.startswith("cin_xsd/"):
            assert name in named, name
