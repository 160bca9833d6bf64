"""The CIN census: small messages in, rows out; and what is null, quarantined or kept once."""

from datetime import date
from pathlib import Path

import pytest

from goldenthread.ingest import cin_census
from goldenthread.standard import native_tables, table
from tests.spec.cin_messages import (
    GENDER,
    assessment,
    census_of,
    child,
    episode,
    header,
    message,
    rows,
    said,
    written,
)

BORN = "<PersonBirthDate>2015-03-27</PersonBirthDate>"


def test_a_child_with_an_episode(tmp_path: Path) -> None:
    closed = "<CINclosureDate>2024-01-15</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
    census = census_of(
        tmp_path, child("0042", episode(assessment("2023-06-05", "2023-07-10", "1A 3B"), closing=closed))
    )
    assert census.as_at_on == date(2024, 3, 31)
    assert (census.source, census.authority) == ("cin_census", "211")
    assert rows(census, "children", "child_id", "born_on", "is_unborn", "sex", "ethnicity") == [
        ("0042", date(2015, 3, 27), False, "M", "WBRI")
    ]
    assert rows(
        census, "referrals", "child_id", "received_on", "source", "is_nfa", "primary_need", "closed_on"
    ) == [("0042", date(2023, 6, 1), "6", False, "N1", date(2024, 1, 15))]
    assert rows(census, "assessments", "started_on", "authorised_on", "factors") == [
        (date(2023, 6, 5), date(2023, 7, 10), ["1A", "3B"])
    ]
    assert rows(census, "assessments", "referral_id") == rows(census, "referrals", "referral_id")
    assert census.findings == []


def test_every_row_says_where_it_was_read(tmp_path: Path) -> None:
    census = census_of(tmp_path, child("C1", episode(assessment("2023-06-05"))))
    text = (tmp_path / "census.xml").read_text().splitlines()
    for name, element in (("children", "<Child>"), ("referrals", "<CINdetails>"), ("assessments", "<Assess")):
        [(source, file, sheet, row)] = rows(
            census, name, "from_source", "from_file", "from_sheet", "from_row"
        )
        assert (source, file, sheet) == ("cin_census", "census.xml", None)
        assert isinstance(row, int)
        assert element in text[row - 1]


def test_a_row_on_one_long_line_beyond_line_65535_is_found_too(tmp_path: Path) -> None:
    one_line = "".join(line.strip() for line in child("C1").splitlines())
    text = message(one_line + "<Odd/>\n").replace("<Children>", "<Children>" + "\n" * 70_000)
    census = cin_census.read(written(tmp_path, text))
    lines = text.splitlines()
    [row] = rows(census, "children", "from_row")
    assert "<LAchildID>C1<" in lines[row[0] - 1]
    [odd] = [f for f in census.findings if "Children/Odd" in f.message]
    assert odd.row is not None and "<Odd/>" in lines[odd.row - 1]


def test_rows_are_found_beyond_line_65535(tmp_path: Path) -> None:
    """libxml2 keeps no exact line beyond 65,535: the reader works it out."""
    census = census_of(tmp_path, *[child(f"C{number}") for number in range(7_000)])
    text = (tmp_path / "census.xml").read_text().splitlines()
    assert len(text) > 70_000
    for [name], [row] in zip(
        rows(census, "children", "child_id"), rows(census, "children", "from_row"), strict=True
    ):
        assert text[row - 1].strip() == "<Child>"  # type: ignore[operator]
        assert f"<LAchildID>{name}<" in text[row]  # type: ignore[operator]
    for [row] in rows(census, "referrals", "from_row"):
        assert text[row - 1].strip() == "<CINdetails>"  # type: ignore[operator]


@pytest.mark.parametrize(
    ("year", "given", "sex", "because"),
    [
        (2024, "<GenderCurrent>1</GenderCurrent>", "M", "to 2024: 1 is M"),
        (2024, "<GenderCurrent>2</GenderCurrent>", "F", "to 2024: 2 is F"),
        (2024, "<GenderCurrent>0</GenderCurrent>", "U", "to 2024: 0 is U"),
        (2024, "<GenderCurrent>9</GenderCurrent>", "U", "to 2024: 9 is U"),
        (2025, "<Sex>F</Sex>", "F", "from 2025 the item is Sex"),
        (2025, "<Sex>u</Sex>", "U", "codes are read in any case"),
        (2025, "<GenderCurrent>2</GenderCurrent>", "F", "an item of another year is read all the same"),
        (2024, "<Sex>M</Sex>", "M", "an item of another year is read all the same"),
        (2025, "<Sex>1</Sex>", None, "1 is no code of Sex"),
        (2025, "", None, "not given"),
    ],
)
def test_sex_is_gender_to_2024(tmp_path: Path, year: int, given: str, sex: str, because: str) -> None:
    census = census_of(tmp_path, child(identifiers=BORN + given), head=header(year))
    assert rows(census, "children", "sex") == [(sex,)], because


@pytest.mark.parametrize(
    ("given", "unborn", "findings", "because"),
    [
        ("", False, ["R16"], "neither date: born, and a warning"),
        (BORN, False, [], "born"),
        ("<ExpectedPersonBirthDate>2024-06-01</ExpectedPersonBirthDate>", True, [], "unborn"),
        (
            BORN + "<ExpectedPersonBirthDate>2015-04-01</ExpectedPersonBirthDate>",
            False,
            ["R16"],
            "both: who has been born is not unborn; a warning",
        ),
    ],
)
def test_unborn_children(tmp_path: Path, given: str, unborn: bool, findings: list[str], because: str) -> None:
    census = census_of(tmp_path, child(identifiers=given + GENDER))
    assert rows(census, "children", "is_unborn") == [(unborn,)], because
    assert [finding.rule for finding in census.findings] == findings, because


@pytest.mark.parametrize(
    ("codes", "has_disability", "because"),
    [
        ("NONE", False, "NONE says that there is none"),
        ("HAND", True, "any other code"),
        ("NONE HEAR", True, "any other code beside NONE"),
        ("", None, "not said"),
        ("XXX", None, "not readable: not said"),
    ],
)
def test_disability(tmp_path: Path, codes: str, has_disability: bool | None, because: str) -> None:
    given = "".join(f"<Disability>{code}</Disability>" for code in codes.split())
    inside = f"<Ethnicity>WBRI</Ethnicity><Disabilities>{given}</Disabilities>"
    census = census_of(tmp_path, child(characteristics=inside))
    assert rows(census, "children", "has_disability") == [(has_disability,)], because


SECTION_47 = """<Section47>
  <S47ActualStartDate>2023-06-02</S47ActualStartDate>
  {conference}
  <ICPCnotRequired>{not_required}</ICPCnotRequired>
</Section47>"""


def _enquiry(conference: str = "", not_required: str = "0") -> str:
    given = f"<DateOfInitialCPC>{conference}</DateOfInitialCPC>" if conference else ""
    return SECTION_47.format(conference=given, not_required=not_required)


@pytest.mark.parametrize(
    ("text", "required"), [("0", True), ("1", False), ("false", True), ("true", False), ("", None)]
)
def test_an_enquiry_is_a_strategy_discussion(tmp_path: Path, text: str, required: bool | None) -> None:
    census = census_of(tmp_path, child("C1", episode(_enquiry(not_required=text))))
    assert rows(census, "strategy_discussions", "held_on", "is_s47_initiated", "is_icpc_required") == [
        (date(2023, 6, 2), True, required)
    ]


def test_an_initial_conference_is_linked_to_its_enquiry(tmp_path: Path) -> None:
    census = census_of(tmp_path, child("C1", episode(_enquiry("2023-06-20"))))
    [(discussion,)] = rows(census, "strategy_discussions", "strategy_discussion_id")
    assert rows(census, "conferences", "kind", "held_on", "strategy_discussion_id") == [
        ("initial", date(2023, 6, 20), discussion)
    ]


@pytest.mark.parametrize(
    ("with_enquiry", "with_referral", "expected", "because"),
    [
        ("2023-06-20", "2023-06-20", ["2023-06-20"], "the same conference, given twice"),
        ("2023-06-20", "2023-09-01", ["2023-06-20", "2023-09-01"], "two conferences"),
        ("", "2023-09-01", ["2023-09-01"], "a conference without an enquiry"),
    ],
)
def test_a_conference_given_with_the_referral(
    tmp_path: Path, with_enquiry: str, with_referral: str, expected: list[str], because: str
) -> None:
    closing = f"<DateOfInitialCPC>{with_referral}</DateOfInitialCPC>"
    census = census_of(tmp_path, child("C1", episode(_enquiry(with_enquiry), closing=closing)))
    held = sorted(str(day) for [day] in rows(census, "conferences", "held_on"))
    assert held == expected, because


def test_a_conference_of_another_child_that_day_is_another(tmp_path: Path) -> None:
    closing = "<DateOfInitialCPC>2023-06-20</DateOfInitialCPC>"
    census = census_of(
        tmp_path, child("C1", episode(_enquiry("2023-06-20"))), child("C2", episode(closing=closing))
    )
    assert sorted(rows(census, "conferences", "child_id")) == [("C1",), ("C2",)]


CP_PLAN = """<ChildProtectionPlans>
  <CPPstartDate>2023-06-20</CPPstartDate>
  <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
  <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>
  <NumberOfPreviousCPP>1</NumberOfPreviousCPP>
  <Reviews><CPPreviewDate>2023-09-15</CPPreviewDate><CPPreviewDate>2024-03-01</CPPreviewDate></Reviews>
</ChildProtectionPlans>"""


def test_a_child_protection_plan_and_its_reviews(tmp_path: Path) -> None:
    census = census_of(tmp_path, child("C1", episode(plans=CP_PLAN)))
    assert rows(
        census,
        "cp_plans",
        "started_on",
        "ended_on",
        "initial_category",
        "latest_category",
        "previous_plan_count",
    ) == [(date(2023, 6, 20), None, "NEG", "EMO", 1)]
    assert rows(census, "conferences", "kind", "held_on") == [
        ("review", date(2023, 9, 15)),
        ("review", date(2024, 3, 1)),
    ]
    assert len({key for [key] in rows(census, "conferences", "conference_id")}) == 2
    assert rows(census, "cin_reviews", "cp_plan_id") == rows(census, "cp_plans", "cp_plan_id") * 2


CIN_PLAN = (
    "<CINPlanDates><CINPlanStartDate>{start}</CINPlanStartDate>"
    "<CINPlanEndDate>{end}</CINPlanEndDate></CINPlanDates>"
)


@pytest.mark.parametrize(
    ("year", "plans", "supplied", "because"),
    [
        (2021, False, False, "not an item of 2021: nothing is known, which is not none"),
        (2021, True, True, "given all the same: read, and said"),
        (2022, False, True, "an item from 2022: no plan means none"),
        (2022, True, True, "an item from 2022"),
    ],
)
def test_child_in_need_plans_from_2022(
    tmp_path: Path, year: int, plans: bool, supplied: bool, because: str
) -> None:
    given = CIN_PLAN.format(start=f"{year}-01-10", end=f"{year}-02-10") if plans else ""
    census = census_of(tmp_path, child("C1", episode(given, referred="2020-05-01")), head=header(year))
    assert ("cin_plans" in census.supply) is supplied, because
    assert ("cin_plans" in census.tables) is supplied, because
    if plans:
        assert rows(census, "cin_plans", "started_on", "ended_on") == [(date(year, 1, 10), date(year, 2, 10))]
    expected = ["item-of-another-year"] * 2 if plans and year == 2021 else []
    assert [finding.rule for finding in census.findings] == expected, because


def test_what_a_census_supplies(tmp_path: Path) -> None:
    supply = census_of(tmp_path).supply
    assert supply["conferences"].kinds == {"initial", "review"}
    assert supply["conferences"].rows == 0
    assert supply["referrals"].covers_from_on == supply["referrals"].starts_on == date(2023, 4, 1)
    assert "team" not in supply["referrals"].columns
    for name, found in supply.items():
        assert found.columns <= set(table(name).column)


@pytest.mark.parametrize(
    ("inside", "column", "rule", "value", "because"),
    [
        (assessment("2023-06-05", "2023-02-30"), "authorised_on", "R05", "2023-02-30", "no such day"),
        (assessment("2023-06-05", "05/07/2023"), "authorised_on", "R05", "05/07/2023", "not an XML date"),
        (assessment("2023-06-05", "", "1A ZZ"), "factors", "R05", "ZZ", "no such code"),
        (
            assessment("2023-06-05", "2024-04-01"),
            "authorised_on",
            "R09",
            "2024-04-01",
            "after the as-at date",
        ),
        (assessment("1989-12-31"), "started_on", "R09", "1989-12-31", "before 1990"),
    ],
)
def test_a_value_that_is_wrong_is_said_and_the_row_kept(
    tmp_path: Path, inside: str, column: str, rule: str, value: str, because: str
) -> None:
    census = census_of(tmp_path, child("C1", episode(inside)))
    assert len(rows(census, "assessments", "child_id")) == 1, because
    [finding] = [f for f in census.findings if f.column == column]
    assert (finding.rule, finding.value, finding.child_id) == (rule, value, "C1"), because
    assert rows(census, "assessments", "from_row") == [(finding.row,)], because


def test_an_invalid_date_is_null_and_a_wrong_code_is_left_out(tmp_path: Path) -> None:
    census = census_of(tmp_path, child("C1", episode(assessment("2023-06-05", "2023-02-30", "1A ZZ"))))
    assert rows(census, "assessments", "authorised_on", "factors") == [(None, ["1A"])]


@pytest.mark.parametrize(
    ("year", "code", "rule"),
    [
        (2020, "18B", "code-of-another-year"),
        (2021, "18B", None),
        (2021, "24A", "code-of-another-year"),
    ],
)
def test_a_code_of_another_year_is_kept_and_said(
    tmp_path: Path, year: int, code: str, rule: str | None
) -> None:
    inside = assessment(f"{year}-01-05", "", code)
    census = census_of(tmp_path, child("C1", episode(inside, referred="2019-05-01")), head=header(year))
    assert rows(census, "assessments", "factors") == [([code],)]
    assert [finding.rule for finding in census.findings] == ([rule] if rule else [])


def test_an_end_before_its_start_is_said(tmp_path: Path) -> None:
    census = census_of(tmp_path, child("C1", episode(assessment("2023-06-05", "2023-06-04"))))
    assert [(f.rule, str(f.severity), f.table) for f in census.findings] == [
        ("R09", "error", "cin_assessments")
    ]
    assert rows(census, "assessments", "authorised_on") == [(date(2023, 6, 4),)]


def test_a_text_that_is_too_long_is_cut_and_said(tmp_path: Path) -> None:
    census = census_of(tmp_path, child("C" * 201))
    assert rows(census, "children", "child_id") == [("C" * 200,)]
    assert [(f.rule, f.message) for f in census.findings] == [("R04", "LAchildID was cut to 200 characters.")]


def test_numbers_that_identify_a_pupil_are_not_kept(tmp_path: Path) -> None:
    numbers = "<UPN>A123456789012</UPN><FormerUPN>nonsense-7731</FormerUPN>"
    census = census_of(tmp_path, child(identifiers=numbers + BORN + GENDER))
    assert rows(census, "cin_children", "has_upn", "has_former_upn") == [(True, None)]
    assert said(census) == [("R05", "error", "has_former_upn", None)]
    everything = str([found.to_pylist() for found in census.tables.values()]) + str(census.findings)
    assert "A123456789012" not in everything
    assert "7731" not in everything


def test_a_child_without_an_id_is_quarantined_with_everything_in_it(tmp_path: Path) -> None:
    census = census_of(tmp_path, child(" ", episode(assessment("2023-06-05"))), child("C2"))
    assert rows(census, "children", "child_id") == [("C2",)]
    assert rows(census, "referrals", "child_id") == [("C2",)]
    assert [(line["table"], line["status"]) for line in census.lines.to_pylist()] == [
        ("cin_children", "quarantined"),
        ("cin_children", "kept"),
        ("cin_details", "quarantined"),
        ("cin_details", "kept"),
        ("cin_assessments", "quarantined"),
    ]
    assert {name: found.num_rows for name, found in census.set_aside.items()} == {
        "cin_children": 1,
        "cin_details": 1,
        "cin_assessments": 1,
    }
    assert ("R05", "error", None, None) in said(census)


def test_an_episode_without_a_date_is_quarantined_but_not_what_is_in_it(tmp_path: Path) -> None:
    census = census_of(tmp_path, child("C1", episode(assessment("2023-06-05"), referred="soon")))
    assert rows(census, "referrals", "child_id") == []
    assert rows(census, "assessments", "child_id", "referral_id") == [("C1", None)]
    assert [line["status"] for line in census.lines.to_pylist()] == ["kept", "quarantined", "kept"]


def test_a_record_given_twice_is_kept_once(tmp_path: Path) -> None:
    twice = assessment("2023-06-05") * 2
    census = census_of(tmp_path, child("C1", episode(twice), episode(twice)))
    assert len(rows(census, "referrals", "child_id")) == 1
    assert len(rows(census, "assessments", "child_id")) == 1
    assert {f.rule for f in census.findings} == {"R07"}
    statuses = [(line["table"], line["status"]) for line in census.lines.to_pylist()]
    assert statuses.count(("cin_details", "duplicate")) == 1
    assert statuses.count(("cin_assessments", "duplicate")) == 3
    assert census.files[0].rows == len(statuses) == 7


def test_a_child_given_twice_has_its_episodes_joined(tmp_path: Path) -> None:
    census = census_of(
        tmp_path,
        child("C1", episode(referred="2023-06-01")),
        child("C1", episode(referred="2023-09-01"), episode(referred="2023-06-01")),
    )
    assert rows(census, "children", "child_id") == [("C1",)]
    assert [str(day) for [day] in rows(census, "referrals", "received_on")] == ["2023-06-01", "2023-09-01"]
    assert len({key for [key] in rows(census, "referrals", "referral_id")}) == 2


def test_two_records_that_disagree_about_a_child_are_both_quarantined(tmp_path: Path) -> None:
    other = "<PersonBirthDate>2016-01-01</PersonBirthDate>" + GENDER
    census = census_of(
        tmp_path,
        child("C1", episode(referred="2023-06-01")),
        child("C1", episode(referred="2023-09-01"), identifiers=other),
        child("C2"),
        child("C1", episode(referred="2023-10-01"), identifiers=other.replace("2016", "2017")),
    )
    assert rows(census, "children", "child_id") == [("C2",)]
    assert len(rows(census, "referrals", "child_id")) == 4
    children = [line for line in census.lines.to_pylist() if line["table"] == "cin_children"]
    assert [(line["child_id"], line["status"]) for line in children] == [
        ("C1", "quarantined"),
        ("C1", "quarantined"),
        ("C2", "kept"),
        ("C1", "quarantined"),
    ]
    errors = [f for f in census.findings if f.rule == "R07" and f.severity == "error"]
    assert [f.row for f in errors] == [line["row"] for line in children if line["child_id"] == "C1"]


@pytest.mark.parametrize(
    ("given", "is_nfa", "rules"), [("0", False, []), ("true", True, []), ("maybe", None, ["R05"])]
)
def test_what_is_neither_yes_nor_no_is_blank_and_said(
    tmp_path: Path, given: str, is_nfa: bool | None, rules: list[str]
) -> None:
    text = message().replace("<ReferralNFA>0<", f"<ReferralNFA>{given}<")
    census = cin_census.read(written(tmp_path, text))
    assert rows(census, "referrals", "is_nfa") == [(is_nfa,)]
    assert [f.rule for f in census.findings] == rules
    assert [f.message for f in census.findings if "neither 0 nor 1, true nor false" in f.message] or not rules


def test_an_item_given_twice_alike_is_read_once(tmp_path: Path) -> None:
    born = "<PersonBirthDate>2015-03-27</PersonBirthDate>" * 2
    census = census_of(tmp_path, child(identifiers=born + GENDER))
    assert rows(census, "children", "born_on") == [(date(2015, 3, 27),)]
    assert census.findings == []


def test_a_child_given_twice_with_its_disabilities_has_them_once(tmp_path: Path) -> None:
    marked = "<Ethnicity>WBRI</Ethnicity><Disabilities><Disability>MOB</Disability></Disabilities>"
    census = census_of(
        tmp_path,
        child("C1", episode(referred="2023-06-01"), characteristics=marked),
        child("C1", episode(referred="2023-09-01"), characteristics=marked),
    )
    assert rows(census, "children", "child_id", "has_disability") == [("C1", True)]
    assert len(rows(census, "referrals", "child_id")) == 2
    statuses = [(line["table"], line["status"]) for line in census.lines.to_pylist()]
    assert statuses.count(("cin_disabilities", "duplicate")) == 1


def test_an_item_given_twice_with_different_values_is_left_blank(tmp_path: Path) -> None:
    both = "<PersonBirthDate>2015-03-27</PersonBirthDate><PersonBirthDate>2015-03-28</PersonBirthDate>"
    census = census_of(tmp_path, child(identifiers=both + GENDER))
    assert rows(census, "children", "born_on") == [(None,)]
    assert ("R05", "error", "born_on", "2015-03-28") in said(census)


def test_what_is_not_part_of_the_return_is_reported_once(tmp_path: Path) -> None:
    unknown = "<PreProceedings><PPOutcome>A</PPOutcome></PreProceedings>"
    census = census_of(
        tmp_path,
        child("C1", episode(unknown)),
        child("C2", episode(unknown), characteristics="<CINreferralDate>2023-01-01</CINreferralDate>stray"),
    )
    assert [(f.rule, str(f.severity), f.message) for f in census.findings] == [
        (
            "R03",
            "info",
            "CINdetails/PreProceedings (it holds PPOutcome) is not part of the return and was not read. "
            "(2 times; the first is shown)",
        ),
        ("R03", "info", "ChildCharacteristics/CINreferralDate is not part of the return and was not read."),
        (
            "stray-text",
            "info",
            "Text stands between the elements of ChildCharacteristics and was not read.",
        ),
    ]


def test_text_and_elements_where_none_belong_are_reported(tmp_path: Path) -> None:
    text = message(child("C1", characteristics="stray<Ethnicity><b/>WBRI</Ethnicity>"), child("C2"))
    text = text.replace("<Children>", "<Children>before").replace("</Child>", "</Child>after")
    census = cin_census.read(written(tmp_path, text))
    assert len(rows(census, "children", "child_id")) == 2
    assert sorted(f.message for f in census.findings) == [
        "Ethnicity/b is not part of the return and was not read.",
        "Text stands between the elements of ChildCharacteristics and was not read.",
        "Text stands between the elements of Children and was not read. (3 times; the first is shown)",
    ]


@pytest.mark.parametrize("count", [1, 20, 400])
def test_text_between_the_children_is_reported_wherever_it_stands(tmp_path: Path, count: int) -> None:
    """Whether the parser has come to it or not when the child before it is read."""
    text = message(*[child(f"C{number}") for number in range(count)]).replace("</Child>", "</Child>stray")
    census = cin_census.read(written(tmp_path, text))
    assert len(rows(census, "children", "child_id")) == count
    times = f" ({count} times; the first is shown)" if count > 1 else ""
    assert [f.message for f in census.findings] == [
        f"Text stands between the elements of Children and was not read.{times}"
    ]


def test_elements_between_the_children_are_reported(tmp_path: Path) -> None:
    text = message(child("C1"), "<Odd/>", child("C2")).replace("</Message>", "<Child/></Message>")
    census = cin_census.read(written(tmp_path, text))
    assert len(rows(census, "children", "child_id")) == 2
    assert [f.message for f in census.findings] == [
        "Children/Odd is not part of the return and was not read.",
        "Message/Child is not part of the return and was not read.",
    ]


def test_the_same_file_gives_the_same_rows(tmp_path: Path) -> None:
    text = message(child("C1", episode(assessment("2023-06-05")), episode(plans=CP_PLAN)), child("C2"))
    first, second = (cin_census.read(written(tmp_path, text)) for _ in range(2))
    assert first.tables == second.tables
    assert first.files == second.files
    keys = [key for name in ("referrals", "assessments") for [key] in rows(first, name, f"{name[:-1]}_id")]
    assert keys == [
        "cin:referral:C1:01",
        "cin:referral:C1:02",
        "cin:referral:C2:01",
        "cin:assessment:C1:01.01",
    ]


def test_a_namespace_changes_nothing(tmp_path: Path) -> None:
    text = message(child("C1", episode(assessment("2023-06-05"))))
    plain = cin_census.read(written(tmp_path, text))
    spaced = cin_census.read(written(tmp_path, text.replace("<Message>", '<Message xmlns="urn:cin">')))
    assert plain.tables == spaced.tables
    assert spaced.findings == []


def test_tables_have_the_schema_of_the_standard(tmp_path: Path) -> None:
    census = census_of(tmp_path, child("C1", episode(_enquiry("2023-06-20"), plans=CP_PLAN)))
    for name, found in census.tables.items():
        assert found.schema == table(name).arrow, name
        for column in (c.name for c in table(name).columns if c.key_field is False and c.required):
            assert found[column].null_count == 0, (name, column)
    native = {name for name in native_tables() if name.startswith("cin_")}
    assert native <= set(census.tables)
