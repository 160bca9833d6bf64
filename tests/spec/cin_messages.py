"""CIN census messages for tests, written out as small as the case allows. Synthetic, names no one."""

from pathlib import Path

from goldenthread.ingest import cin_census
from goldenthread.ingest.extract import Extract

GENDER = "<GenderCurrent>1</GenderCurrent>"


def header(year: int = 2024, lea: str = "211") -> str:
    return f"""
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection>
      <Year>{year}</Year>
      <ReferenceDate>{year}-03-31</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>{lea}</LEA>
      <SerialNo>001</SerialNo>
      <DateTime>{year}-05-01T10:00:00</DateTime>
    </Source>
  </Header>"""


def child(
    child_id: str = "C1",
    *details: str,
    identifiers: str = f"<PersonBirthDate>2015-03-27</PersonBirthDate>{GENDER}",
    characteristics: str = "<Ethnicity>WBRI</Ethnicity>",
) -> str:
    return f"""
    <Child>
      <ChildIdentifiers><LAchildID>{child_id}</LAchildID>{identifiers}</ChildIdentifiers>
      <ChildCharacteristics>{characteristics}</ChildCharacteristics>
      {"".join(details) or episode()}
    </Child>"""


def episode(inside: str = "", *, referred: str = "2023-06-01", closing: str = "", plans: str = "") -> str:
    return f"""
      <CINdetails>
        <CINreferralDate>{referred}</CINreferralDate>
        <ReferralSource>6</ReferralSource>
        <PrimaryNeedCode>N1</PrimaryNeedCode>
        {closing}{inside}
        <ReferralNFA>0</ReferralNFA>
        {plans}
      </CINdetails>"""


def assessment(started: str, authorised: str = "", factors: str = "") -> str:
    given = f"<AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>" if authorised else ""
    codes = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in factors.split())
    group = f"<FactorsIdentifiedAtAssessment>{codes}</FactorsIdentifiedAtAssessment>" if codes else ""
    start = f"<AssessmentActualStartDate>{started}</AssessmentActualStartDate>"
    return f"<Assessments>{start}{given}{group}</Assessments>"


def message(*children: str, head: str | None = None) -> str:
    inside = "".join(children) or child()
    return f"<Message>{header() if head is None else head}\n  <Children>{inside}\n  </Children>\n</Message>\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "census.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def census_of(folder: Path, *children: str, head: str | None = None) -> Extract:
    return cin_census.read(written(folder, message(*children, head=head)))


def rows(extract: Extract, table: str, *columns: str) -> list[tuple[object, ...]]:
    """The rows of one table, as tuples of those columns."""
    return [tuple(row[column] for column in columns) for row in extract.tables[table].to_pylist()]


def said(extract: Extract) -> list[tuple[str, str, str | None, str | None]]:
    """The findings: rule, severity, column and value."""
    return [(f.rule, str(f.severity), f.column, f.value) for f in extract.findings]
