"""The items and codes of each collection year are those of the schema of that year."""

import json
from pathlib import Path

import pytest
from lxml import etree

from goldenthread.ingest import cin_census
from goldenthread.ingest.cin_census.children import GROUPS
from goldenthread.ingest.cin_census.mapping import FILLED
from goldenthread.ingest.returns.cells import YEARS, in_years
from goldenthread.standard import code_years, native_tables
from tests.samples import sample
from tests.spec.cin_messages import written

XS = "{http://www.w3.org/2001/XMLSchema}"


def _schema(year: int) -> etree._ElementTree:
    return etree.parse(sample(f"data/cin_xsd/CIN_schema_{year}.xsd"))


def _codes(schema: etree._ElementTree) -> dict[str, set[str]]:
    """The codes of every type of a schema that lists them."""
    return {
        kind.get("name", ""): {item.get("value", "") for item in kind.iter(f"{XS}enumeration")}
        for kind in schema.getroot().iter(f"{XS}simpleType")
        if kind.get("name") and kind.find(f".//{XS}enumeration") is not None
    }


def _items(schema: etree._ElementTree) -> dict[str, str]:
    """Every item of a schema that holds a value, with its type."""
    named = {kind.get("name") for kind in schema.getroot().iter(f"{XS}complexType")} - {None}
    return {
        element.get("name", ""): element.get("type", "inline")
        for element in schema.getroot().iter(f"{XS}element")
        if element.find(f"{XS}complexType") is None and element.get("type") not in named
    }


def _ours(year: int) -> dict[str, set[str | None]]:
    """Every item we know in that year, with its code sets."""
    found: dict[str, set[str | None]] = {}
    for name in ("cin_header", *GROUPS.tables.values()):
        for column in native_tables()[name].columns:
            if column.header and in_years(year, column.from_year, column.to_year):
                found.setdefault(column.header, set()).add(column.codes)
    return found


@pytest.mark.parametrize("year", YEARS)
def test_the_items_of_each_year(year: int) -> None:
    assert set(_ours(year)) == set(_items(_schema(year)))


@pytest.mark.parametrize("year", YEARS)
def test_the_codes_of_each_year(year: int) -> None:
    schema = _schema(year)
    codes, compared = _codes(schema), 0
    for item, kind in _items(schema).items():
        for code_set in _ours(year)[item]:
            if code_set is None:
                assert kind not in codes or codes[kind] == {"0", "1"}, item
                continue
            ours = {code for code, years in code_years(code_set).items() if in_years(year, *years)}
            assert ours == codes[kind], item
            compared += 1
    assert compared >= 9


def _census(year: int) -> str:
    """A message that uses every item of its year; synthetic."""
    sex = "<GenderCurrent>2</GenderCurrent>" if year < 2025 else "<Sex>F</Sex>"
    plans = "<CINPlanDates>{}</CINPlanDates>" if year >= 2022 else ""
    plan = (
        f"<CINPlanStartDate>{year - 1}-07-01</CINPlanStartDate><CINPlanEndDate>{year}-01-31</CINPlanEndDate>"
    )
    newest = [code for code, years in code_years("cin_assessment_factor").items() if in_years(year, *years)]
    factors = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in newest)
    return f"""<Message>
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel><LEA>211</LEA><SoftwareCode>synthetic</SoftwareCode>
      <Release>1</Release><SerialNo>001</SerialNo><DateTime>{year}-05-01T10:00:00</DateTime>
    </Source>
  </Header>
  <Children>
    <Child>
      <ChildIdentifiers>
        <LAchildID>C1</LAchildID><UPN>A123456789012</UPN><FormerUPN>B123456789012</FormerUPN>
        <PersonBirthDate>2010-05-05</PersonBirthDate>{sex}
        <PersonDeathDate>{year}-02-01</PersonDeathDate>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>MWBC</Ethnicity><Disabilities><Disability>AUT</Disability></Disabilities>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>{year - 1}-05-01</CINreferralDate><ReferralSource>3E</ReferralSource>
        <PrimaryNeedCode>N2</PrimaryNeedCode><CINclosureDate>{year}-02-01</CINclosureDate>
        <ReasonForClosure>RC2</ReasonForClosure><DateOfInitialCPC>{year - 1}-09-01</DateOfInitialCPC>
        <Assessments>
          <AssessmentActualStartDate>{year - 1}-05-02</AssessmentActualStartDate>
          <AssessmentInternalReviewDate>{year - 1}-05-12</AssessmentInternalReviewDate>
          <AssessmentAuthorisationDate>{year - 1}-06-12</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment>
        </Assessments>
        {plans.format(plan)}
        <Section47>
          <S47ActualStartDate>{year - 1}-05-03</S47ActualStartDate>
          <InitialCPCtarget>{year - 1}-05-24</InitialCPCtarget>
          <DateOfInitialCPC>{year - 1}-05-20</DateOfInitialCPC>
          <ICPCnotRequired>0</ICPCnotRequired>
        </Section47>
        <ReferralNFA>0</ReferralNFA>
        <ChildProtectionPlans>
          <CPPstartDate>{year - 1}-05-20</CPPstartDate><CPPendDate>{year}-01-20</CPPendDate>
          <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>MUL</LatestCategoryOfAbuse>
          <NumberOfPreviousCPP>0</NumberOfPreviousCPP>
          <Reviews><CPPreviewDate>{year - 1}-08-01</CPPreviewDate></Reviews>
        </ChildProtectionPlans>
      </CINdetails>
    </Child>
  </Children>
</Message>
"""


@pytest.mark.parametrize("year", YEARS)
def test_a_message_valid_by_the_schema_is_read_without_a_finding(year: int, tmp_path: Path) -> None:
    schema = etree.XMLSchema(_schema(year))
    schema.assertValid(etree.fromstring(_census(year)))
    census = cin_census.read(written(tmp_path, _census(year)))
    assert census.findings == []
    assert census.as_at_on.year == year
    counts = {name: found.num_rows for name, found in census.tables.items()}
    plans = {"cin_plans": 1, "cin_plan_dates": 1} if year >= 2022 else {}
    assert counts == {
        **dict.fromkeys(("cin_header", "cin_children", "cin_disabilities", "cin_details"), 1),
        **dict.fromkeys(("cin_assessments", "cin_section47", "cin_cp_plans", "cin_reviews"), 1),
        **dict.fromkeys(("children", "referrals", "assessments", "strategy_discussions", "cp_plans"), 1),
        "conferences": 3,
        **plans,
    }
    for name in ("cin_children", "cin_details", "cin_assessments", "cin_section47", "cin_cp_plans"):
        found = native_tables()[name]
        given = [c.name for c in found.columns if in_years(year, c.from_year, c.to_year)]
        left_out = {"upn_unknown", "expected_birth_on"}
        blank = {c for c in given if census.tables[name][c].null_count}
        assert blank <= left_out, f"{name}: every item given in the message has its value"


def test_the_mapping_is_the_one_of_the_specification() -> None:
    """Every item the specification maps to a standard column is named there, and the other way round."""
    spec = json.loads(sample("specs/local_extracts.json").read_text("utf-8"))
    wanted = {(*rule["from"][1:], *rule["to"]) for rule in spec["mappings"]["cin_census"]}
    filled = {(name, column) for name, columns in FILLED.items() for column in columns}
    assert {(to_table, to_column) for _, _, to_table, to_column in wanted} <= filled
    known = {
        tuple(path.split("/"))
        for found in native_tables().values()
        for column in found.columns
        for path in column.cin_census
    }
    assert {(group, item) for group, item, _, _ in wanted} <= known
