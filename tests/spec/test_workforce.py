"""The social work workforce census: small messages in, rows out; refusals; the schema and the sample."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from goldenthread.ingest import workforce
from goldenthread.ingest.extract import Extract, Refused
from goldenthread.standard import code_labels, native_tables, table
from tests.samples import sample

XS = "{http://www.w3.org/2001/XMLSchema}"
HEAD = """
  <Header>
    <CollectionDetails>
      <Collection>CSWW</Collection><Year>2022</Year><ReferenceDate>2022-09-30</ReferenceDate>
    </CollectionDetails>
    <Source><SourceLevel>L</SourceLevel><LEA>211</LEA></Source>
  </Header>"""
VACANCIES = """
  <LALevelVacancies>
    <NumberOfVacancies>12.5</NumberOfVacancies><NoAgencyFTE>7</NoAgencyFTE>
    <NoAgencyHeadcount>8</NoAgencyHeadcount>
  </LALevelVacancies>"""


def _worker(number: str = "SW0000000001", **items: str) -> str:
    """A worker of the census; synthetic."""
    given = {"AgencyWorker": "0", "SWENo": number, "FTE": "0.8", "RoleStartDate": "2020-02-01", **items}
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in given.items())
    return f"\n  <CSWWWorker>{inside}</CSWWWorker>"


def _read(folder: Path, *workers: str, head: str = HEAD, **arguments: str) -> Extract:
    path = folder / "workforce.xml"
    path.write_text(f"<Message>{head}{VACANCIES}{''.join(workers)}\n</Message>\n", "utf-8")
    return workforce.read(path, **arguments)


def _rows(extract: Extract, name: str, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in extract.tables[name].to_pylist()]


def test_a_worker_is_a_row_of_posts(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        _worker(
            PersonBirthDate="1985-05-05",
            GenderCurrent="2",
            Ethnicity="BAFR",
            OrgRole="4",
            WorkingDaysLost="3.5",
            CFKSSstatus="1",
        ),
    )
    assert (found.source, found.authority, found.as_at_on) == (
        "workforce_census",
        "211",
        date(2022, 9, 30),
    )
    columns = ("worker_id", "role", "is_social_worker", "employment", "fte", "is_asye", "started_on")
    assert _rows(found, "posts", *columns) == [
        ("SW0000000001", "senior_social_worker", True, "permanent", Decimal("0.8"), True, date(2020, 2, 1))
    ]
    assert _rows(found, "posts", "sickness_days_12m", "ethnicity", "sex", "birth_year", "from_row") == [
        (Decimal("3.5"), "BAFR", "F", 1985, 12)
    ]
    assert found.findings == []
    assert "1985-05-05" not in str([rows.to_pylist() for rows in found.tables.values()])


def test_what_the_census_cannot_say_is_not_supplied(tmp_path: Path) -> None:
    found = _read(tmp_path, _worker())
    assert {"team", "is_established", "worker_name", "long_leave_from_on"}.isdisjoint(
        found.supply["posts"].columns
    )
    assert _rows(found, "posts", "team", "is_established") == [(None, None)]
    assert found.supply["posts"].covers_from_on == date(2021, 10, 1)


def test_vacancies_are_one_number_for_the_authority(tmp_path: Path) -> None:
    found = _read(tmp_path, _worker())
    assert _rows(found, "workforce_vacancies", "vacancies", "agency_fte", "agency_headcount") == [
        (Decimal("12.5"), Decimal(7), 8)
    ]
    assert "vacant" not in found.tables["posts"]["employment"].to_pylist()


@pytest.mark.parametrize(
    ("items", "ended_on", "end_reason"),
    [
        ({}, None, None),
        ({"RoleEndDate": "2022-06-30", "ReasonLeave": "1"}, date(2022, 6, 30), "resigned"),
        ({"RoleEndDate": "2022-06-30", "ReasonLeave": "5"}, date(2022, 6, 30), "retired"),
        ({"RoleEndDate": "2022-06-30", "ReasonLeave": "7"}, date(2022, 6, 30), "internal"),
        ({"RoleEndDate": "2022-06-30", "ReasonLeave": "9"}, date(2022, 6, 30), None),
        ({"RoleEndDate": "2022-06-30", "AgencyWorker": "1"}, date(2022, 6, 30), "agency_end"),
        ({"ReasonLeave": "1"}, None, None),
    ],
)
def test_leavers(
    tmp_path: Path, items: dict[str, str], ended_on: date | None, end_reason: str | None
) -> None:
    found = _read(tmp_path, _worker(**items))
    assert _rows(found, "posts", "ended_on", "end_reason") == [(ended_on, end_reason)]


@pytest.mark.parametrize("role", code_labels("workforce_role"))
def test_every_role_is_a_role_of_the_standard(tmp_path: Path, role: str) -> None:
    found = _read(tmp_path, _worker(OrgRole=role))
    [(read_as,)] = _rows(found, "posts", "role")
    assert read_as in code_labels("post_role")


def test_a_worker_without_a_start_makes_no_post(tmp_path: Path) -> None:
    found = _read(tmp_path, _worker(RoleStartDate=""))
    assert found.tables["posts"].num_rows == 0
    assert found.tables["workforce_workers"].num_rows == 1
    assert [(f.rule, str(f.severity), f.column) for f in found.findings] == [
        ("R05", "warning", "role_started_on")
    ]


def test_records_that_cannot_be_used_or_are_given_twice(tmp_path: Path) -> None:
    found = _read(tmp_path, _worker(), _worker(), _worker(""), _worker(FTE="0.5"))
    workers = [line for line in found.lines.to_pylist() if line["table"] == "workforce_workers"]
    assert [line["status"] for line in workers] == ["kept", "duplicate", "quarantined", "kept"]
    assert _rows(found, "workforce_workers", "worker_id", "record_number") == [
        ("SW0000000001", 1),
        ("SW0000000001", 2),
    ]
    assert len({key for [key] in _rows(found, "posts", "post_id")}) == 2
    assert found.set_aside["workforce_workers"].num_rows == 2


@pytest.mark.parametrize(
    ("items", "column", "rule"),
    [
        ({"FTE": "1.2"}, "fte", "R05"),
        ({"FTE": "-1"}, "fte", "R05"),
        ({"Cases30": "many"}, "cases_at_30_september", "R05"),
        ({"OrgRole": "7"}, "role", "R05"),
        ({"RoleEndDate": "2023-01-01"}, "role_ended_on", "R09"),
        ({"FTE": "0.123456"}, None, "rounded"),
    ],
)
def test_values_that_are_wrong_are_said(
    tmp_path: Path, items: dict[str, str], column: str | None, rule: str
) -> None:
    found = _read(tmp_path, _worker(**items))
    assert [(f.rule, f.column) for f in found.findings] == [(rule, column)]
    if rule == "R05" and column:
        assert _rows(found, "workforce_workers", column) == [(None,)]


def test_several_institutions_are_kept(tmp_path: Path) -> None:
    twice = _worker().replace("<FTE>", "<QualInst>East</QualInst><QualInst>West</QualInst><FTE>")
    found = _read(tmp_path, twice)
    assert _rows(found, "workforce_workers", "qualification_institutions") == [(["East", "West"],)]


def test_items_of_another_year_are_reported(tmp_path: Path) -> None:
    head = HEAD.replace("2022", "2024")
    found = _read(tmp_path, _worker(Sex="F"), head=head)
    assert [(f.rule, str(f.severity)) for f in found.findings] == [("return-year", "info"), ("R03", "info")]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        (">CSWW<", ">CIN<", "says it is a CIN return, not a social work workforce census"),
        (">2022-09-30<", "><", "has no ReferenceDate"),
        (">2022<", ">2016<", "is a return of 2016"),
        (">211<", ">301<", "is the return of authority 301, not of 211"),
        (HEAD, "", "has no Header before its records"),
        (HEAD, HEAD + HEAD, "has a second Header"),
    ],
)
def test_refusals(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        _read(tmp_path, _worker(), head=HEAD.replace(was, becomes), authority="211")


def test_a_doctype_or_no_worker_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds no CSWWWorker"):
        _read(tmp_path)
    path = tmp_path / "doctype.xml"
    path.write_text("<!DOCTYPE Message><Message/>", "utf-8")
    with pytest.raises(Refused, match="has a DOCTYPE"):
        workforce.read(path)


def test_tables_have_the_schema_of_the_standard(tmp_path: Path) -> None:
    for name, rows in _read(tmp_path, _worker()).tables.items():
        assert rows.schema == table(name).arrow, name


def _schema() -> etree._ElementTree:
    return etree.parse(sample("data/csww/social_work_workforce_2022.xsd"))


def test_the_items_are_those_of_the_schema() -> None:
    schema = _schema().getroot()
    named = {kind.get("name") for kind in schema.iter(f"{XS}complexType")}
    items = {
        element.get("name") for element in schema.iter(f"{XS}element") if element.get("type") not in named
    }
    ours = {
        column.header
        for name, found in native_tables().items()
        if name.startswith("workforce_")
        for column in found.columns
        if column.header
    }
    # Release and SerialNo are not in this schema: other returns have them in the same header.
    assert ours - items == {"Release", "SerialNo"}
    assert items <= ours


def test_the_codes_are_those_of_the_schema() -> None:
    schema = _schema().getroot()
    codes = {
        kind.get("name"): {item.get("value") for item in kind.iter(f"{XS}enumeration")}
        for kind in schema.iter(f"{XS}simpleType")
    }
    types = {element.get("name"): element.get("type") for element in schema.iter(f"{XS}element")}
    compared = 0
    for column in native_tables()["workforce_workers"].columns:
        if column.codes:
            theirs = codes[types[column.header]]
            ours = set(code_labels(column.codes))
            assert theirs == ours - ({"WIRT", "WROM"} if column.codes == "ethnicity" else set())
            compared += 1
    assert compared == 9


def test_the_sample() -> None:
    found = workforce.read(sample("data/csww/social_work_workforce_2022.xml"), authority="301")
    assert str(found.as_at_on) == "2022-09-30"
    assert {name: rows.num_rows for name, rows in found.tables.items()} == {
        "workforce_header": 1,
        "workforce_vacancies": 1,
        "workforce_workers": 30,
        "posts": 26,  # four workers have no start of their role
    }
    assert Counter((f.rule, f.column) for f in found.findings) == {
        ("R09", "role_started_on"): 9,
        ("R09", "role_ended_on"): 11,
        ("R05", "role_started_on"): 4,
        ("rounded", None): 2,
    }
