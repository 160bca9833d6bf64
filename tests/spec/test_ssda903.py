"""The SSDA903 return: a few lines of its CSV files in, rows out. Synthetic, names no one."""

from datetime import date, datetime
from pathlib import Path

import pytest

from goldenthread.standard import native_tables, table
from tests.spec.ssda903_lines import (
    EPISODES,
    HEADER,
    ONE_CHILD,
    OPEN_EPISODE,
    episodes,
    read,
    rows,
    said,
    written,
)


def test_children(tmp_path: Path) -> None:
    found = read(
        written(
            tmp_path, header=f"{HEADER}\n0042,1,27/03/2008,WBRI,A123456789012,,\nC2,2,9/9/2011,ABAN,UN4,1,\n"
        )
    )
    assert (found.source, found.authority, found.as_at_on) == ("ssda903", "211", date(2024, 3, 31))
    assert rows(found, "children", "child_id", "born_on", "sex", "ethnicity") == [
        ("0042", date(2008, 3, 27), "M", "WBRI"),
        ("C2", date(2011, 9, 9), "F", "ABAN"),
    ]
    assert rows(found, "ssda903_header", "upn", "is_mother") == [("given", None), ("UN4", True)]
    assert found.findings == []
    assert "A123456789012" not in str(found.tables["ssda903_header"].to_pylist())


@pytest.mark.parametrize(
    ("year", "text", "sex", "rule"),
    [
        (2024, "1", "M", None),
        (2024, "2", "F", None),
        (2025, "M", "M", None),
        (2025, "u", "U", None),
        (2025, "1", "M", "code-of-another-year"),
        (2024, "F", "F", "code-of-another-year"),
        (2025, "X", None, "R05"),
    ],
)
def test_sex_is_written_otherwise_from_2025(
    tmp_path: Path, year: int, text: str, sex: str | None, rule: str | None
) -> None:
    found = read(written(tmp_path, header=f"{HEADER}\nC1,{text},27/03/2008,WBRI,UN1,,\n"), year)
    assert rows(found, "children", "sex") == [(sex,)]
    assert [finding.rule for finding in found.findings] == ([rule] if rule else [])


def test_a_period_of_care_with_its_placements(tmp_path: Path) -> None:
    """One drawn example with every reason for a new episode."""
    found = read(
        written(
            tmp_path,
            episodes=episodes(
                "C1, 01/05/2023, S, U6, 10/05/2023, X1",  # starts to be looked after
                "C1, 10/05/2023, L, U6, 20/05/2023, X1",  # legal status only: the same placement
                "C1, 20/05/2023, P, K2, 01/06/2023, X1",  # another placement
                "C1, 01/06/2023, T, R1, 01/07/2023, X1",  # the same carer: the same placement
                "C1, 01/07/2023, B, H5, 01/08/2023, X1",  # legal status and placement
                "C1, 01/08/2023, U, P1, 01/09/2023, E4A",  # same carer; then home
                "C1, 05/01/2024, S, U4,           ,    ",  # back again, and still there
            ),
        )
    )
    assert rows(found, "care_periods", "child_id", "started_on", "ended_on", "end_reason") == [
        ("C1", date(2023, 5, 1), date(2023, 9, 1), "E4A"),
        ("C1", date(2024, 1, 5), None, None),
    ]
    assert rows(found, "placements", "started_on", "ended_on", "placement_type") == [
        (date(2023, 5, 1), date(2023, 5, 20), "U6"),
        (date(2023, 5, 20), date(2023, 7, 1), "R1"),
        (date(2023, 7, 1), date(2023, 9, 1), "P1"),
        (date(2024, 1, 5), None, "U4"),
    ]
    assert [key for [key] in rows(found, "placements", "placement_id")] == [
        f"ssda903:placement:C1:0{number}" for number in (1, 2, 3, 4)
    ]
    assert found.findings == []


def test_the_latest_episode_says_the_status_and_the_placement(tmp_path: Path) -> None:
    found = read(
        written(
            tmp_path,
            episodes=f"""{EPISODES}
C1,01/05/2023,S,V2,N1,U6,PR1,10/05/2023,X1,,EG19 7TT,WV27 9FW,1234567
C1,10/05/2023,L,C1,N2,U6,PR4,01/07/2023,X1,CARPL,,,
""",
        )
    )
    assert rows(found, "care_periods", "legal_status", "category_of_need") == [("C1", "N2")]
    assert rows(found, "placements", "provider", "end_reason", "ended_on") == [
        ("PR4", "CARPL", date(2023, 7, 1))
    ]
    assert rows(found, "ssda903_episodes", "home_postcode_district", "placement_postcode_district") == [
        ("EG19", "WV27"),
        (None, None),
    ]
    assert [f.rule for f in found.findings] == ["episode-missing"], "X1 says another follows; none does"


@pytest.mark.parametrize(
    ("lines", "periods", "rule", "because"),
    [
        (["C1, 01/05/2022, P, U6, , X1"], [("2022-05-01", None)], "period-start-earlier", "began before"),
        (
            ["C1, 01/05/2023, P, U6, , X1"],
            [("2023-05-01", None)],
            "period-start-missing",
            "began in the year",
        ),
        (
            ["C1, 01/05/2023, S, U6, 01/06/2023, E4A", "C1, 01/06/2023, P, U6, ,"],
            [("2023-05-01", "2023-06-01"), ("2023-06-01", None)],
            "period-start-missing",
            "the episode before ended care",
        ),
        (
            ["C1, 01/05/2023, S, U6, 01/06/2023, X1", "C1, 03/06/2023, P, U6, ,"],
            [("2023-05-01", None)],
            "episode-gap",
            "a gap inside a period",
        ),
        (
            ["C1, 01/05/2023, S, U6, 01/06/2023, X1", "C1, 03/06/2023, S, U6, ,"],
            [("2023-05-01", None), ("2023-06-03", None)],
            "episode-missing",
            "X1, but a new period begins: the first is left open",
        ),
        (
            ["C1, 01/05/2023, S, U6, 01/06/2023, ", "C1, 01/06/2023, P, U6, ,"],
            [("2023-05-01", None)],
            None,
            "DEC without REC, and the next follows on",
        ),
        (
            ["C1, 01/05/2023, S, U6, 01/06/2023, ", "C1, 03/06/2023, P, U6, ,"],
            [("2023-05-01", "2023-06-01"), ("2023-06-03", None)],
            "period-start-missing",
            "DEC without REC, and the next begins later",
        ),
        (["C1, 01/05/2023, S, U6, , E4A"], [("2023-05-01", None)], "end-date-missing", "REC without DEC"),
        (["C1, 01/05/2023, S, U6, 01/06/2023, "], [("2023-05-01", "2023-06-01")], None, "DEC without REC"),
        (["C1, 01/05/2023, S, U6, 30/04/2023, E2"], [("2023-05-01", "2023-04-30")], "R09", "out of order"),
        (
            ["C1, 01/05/2023, S, U6, 01/04/2024, E2", "C2, 01/05/2023, S, U6, 01/03/2024, E2"],
            [("2023-05-01", "2024-04-01"), ("2023-05-01", "2024-03-01")],
            "R09",
            "after 31 March",
        ),
    ],
)
def test_chains_of_episodes_that_do_not_fit(
    tmp_path: Path, lines: list[str], periods: list[tuple[str, str | None]], rule: str | None, because: str
) -> None:
    found = read(written(tmp_path, episodes=episodes(*lines)))
    given = [
        (str(start), str(end) if end else None)
        for start, end in rows(found, "care_periods", "started_on", "ended_on")
    ]
    assert given == periods, because
    rules = [finding.rule for finding in found.findings if finding.rule != "return-year"]
    assert rules == ([rule] if rule else []), because


def test_an_unreadable_reason_continues_the_placement_unless_it_changed(tmp_path: Path) -> None:
    found = read(
        written(
            tmp_path,
            episodes=episodes(
                "C1, 01/05/2023, S, U6, 10/05/2023, X1",
                "C1, 10/05/2023, *, U6, 20/05/2023, X1",
                "C1, 20/05/2023, *, K2,           ,   ",
            ),
        )
    )
    assert len(rows(found, "care_periods", "child_id")) == 1
    assert [kind for [kind] in rows(found, "placements", "placement_type")] == ["U6", "K2"]
    assert [(rule, column) for rule, _, _, column in said(found)] == [("R05", "reason_new_episode")] * 2


@pytest.mark.parametrize(
    ("uasc", "is_uasc", "because"),
    [
        ("C1,1,01/01/2010,", True, "listed and has not ceased"),
        ("C1,1,01/01/2010,01/01/2028", True, "will cease in the future, which is no finding"),
        ("C1,1,01/01/2010,02/04/2023", True, "ceased in the year"),
        ("C1,1,01/01/2010,01/04/2023", False, "ceased by the start of the year"),
        ("C2,1,01/01/2010,", False, "not listed"),
        ("C1,1,01/01/2010,\nC1,1,01/01/2010,01/04/2023", None, "listed twice, differently: not known"),
    ],
)
def test_unaccompanied_children(tmp_path: Path, uasc: str, is_uasc: bool | None, because: str) -> None:
    found = read(written(tmp_path, episodes=f"{EPISODES}\n{OPEN_EPISODE}", uasc=f"CHILD,SEX,DOB,DUC\n{uasc}"))
    assert rows(found, "care_periods", "is_uasc") == [(is_uasc,)], because
    assert {finding.rule for finding in found.findings} <= {"R07"}, because


def test_uasc_not_supplied_is_not_known(tmp_path: Path) -> None:
    found = read(written(tmp_path, episodes=f"{EPISODES}\n{OPEN_EPISODE}"))
    assert rows(found, "care_periods", "is_uasc") == [(None,)]
    assert "is_uasc" not in found.supply["care_periods"].columns
    assert "legal_status" in found.supply["care_periods"].columns


def test_reviews_are_conferences(tmp_path: Path) -> None:
    found = read(
        written(
            tmp_path,
            reviews="CHILD,DOB,REVIEW,REVIEW_CODE\nC1,01/01/2010,01/02/2024,PN3\nC1,01/01/2010,01/09/2023,\n",
        )
    )
    assert rows(found, "conferences", "conference_id", "kind", "held_on", "participation") == [
        ("ssda903:review:C1:01", "looked_after_review", date(2023, 9, 1), None),
        ("ssda903:review:C1:02", "looked_after_review", date(2024, 2, 1), "PN3"),
    ]
    assert found.supply["conferences"].kinds == {"looked_after_review"}


def test_missing_episodes(tmp_path: Path) -> None:
    found = read(
        written(
            tmp_path,
            missing="CHILD,DOB,MISSING,MIS_START,MIS_END\n"
            "C1,01/01/2010,M,01/02/2024,03/02/2024\nC1,01/01/2010,A,05/02/2024,\n",
        )
    )
    assert rows(found, "missing_episodes", "kind", "started_at", "ended_at", "started_at_is_timed") == [
        ("missing", datetime(2024, 2, 1), datetime(2024, 2, 3), False),
        ("away", datetime(2024, 2, 5), None, False),
    ]
    assert rows(found, "missing_episodes", "started_at_utc") == [(None,), (None,)]


@pytest.mark.parametrize(
    ("accommodation", "kept", "suitable"),
    [("B1", "B", True), ("W2", "W", False), ("0", "0", None), ("01", None, None), ("", None, None)],
)
def test_care_leavers(tmp_path: Path, accommodation: str, kept: str | None, suitable: bool | None) -> None:
    found = read(
        written(tmp_path, oc3=f"CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nC1,01/01/2004,YES,F4,{accommodation}\n")
    )
    columns = ("recorded_on", "is_service_open", "eligibility", "in_touch", "activity")
    assert rows(found, "care_leaver_statuses", *columns, "accommodation", "is_suitable_accommodation") == [
        (date(2024, 3, 31), True, "former_relevant", "YES", "F4", kept, suitable)
    ]


def test_social_worker_episodes_are_allocations(tmp_path: Path) -> None:
    lines = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nC1,01/01/2010,SW1,01/05/2023,01/09/2023,LEFTRL\n"
    found = read(written(tmp_path, social_work=lines))
    columns = ("child_id", "worker_id", "role", "started_on", "ended_on", "team")
    assert rows(found, "allocations", *columns) == [
        ("C1", "SW1", "social_worker", date(2023, 5, 1), date(2023, 9, 1), None)
    ]
    assert "team" not in found.supply["allocations"].columns
    assert found.findings == []


def test_items_of_a_later_year_are_read_and_said(tmp_path: Path) -> None:
    lines = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nC1,01/01/2010,SW1,01/05/2022,,\n"
    found = read(written(tmp_path, social_work=lines), 2023)
    assert len(rows(found, "allocations", "child_id")) == 1
    assert [finding.rule for finding in found.findings] == ["item-of-another-year"] * 4


NATIVE_ONLY = {
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
    "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n"
    "C1,01/01/2010,39,,0,,1.0,1,0,1,0,1",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
    "C1,01/01/2020,01/06/2023,01/07/2023,1,2,MF,L11",
    "placed_for_adoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"
    "C1,01/01/2020,01/08/2023,01/09/2023,RD1",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nC1,01/01/2010,P1,301,01/02/2015",
    "dolo": "CHILD,DOB,DOLO_START,DOLO_END\nC1,01/01/2010,01/02/2024,01/05/2024",
}


@pytest.mark.parametrize("name", NATIVE_ONLY)
def test_files_that_are_kept_as_they_are(tmp_path: Path, name: str) -> None:
    found = read(written(tmp_path, **{name: NATIVE_ONLY[name]}))
    assert set(found.tables) == {f"ssda903_{name}"}
    [row] = found.tables[f"ssda903_{name}"].to_pylist()
    blank = {column.name for column in native_tables()[f"ssda903_{name}"].columns if row[column.name] is None}
    assert blank == ({"sdq_reason", "has_health_check"} if name == "oc2" else set())
    assert found.findings == []


def test_an_sdq_score_over_40_is_null_and_said(tmp_path: Path) -> None:
    found = read(written(tmp_path, oc2=NATIVE_ONLY["oc2"].replace(",39,", ",41,")))
    assert rows(found, "ssda903_oc2", "sdq_score") == [(None,)]
    assert said(found) == [("R05", "error", 2, "sdq_score")]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("27/03/2008", date(2008, 3, 27)), ("7/3/2008", date(2008, 3, 7)), ("2008-03-27", date(2008, 3, 27))],
)
def test_dates_are_day_first(tmp_path: Path, text: str, read_as: date) -> None:
    found = read(written(tmp_path, header=f"{HEADER}\nC1,1,{text},WBRI,UN1,,"))
    assert rows(found, "children", "born_on") == [(read_as,)]
    assert found.findings == []


@pytest.mark.parametrize("text", ["31/02/2008", "03/27/2008", "27-03-2008", "27/03/08", "39534", "n/a"])
def test_a_date_that_cannot_be_read_is_null_and_said(tmp_path: Path, text: str) -> None:
    found = read(written(tmp_path, header=f"{HEADER}\nC1,1,{text},WBRI,UN1,,"))
    assert rows(found, "children", "child_id", "born_on") == [("C1", None)]
    [finding] = found.findings
    assert (finding.rule, finding.row, finding.column, finding.value) == ("R05", 2, "born_on", text)
    assert (finding.table, finding.file, finding.child_id) == ("ssda903_header", "header.csv", "C1")


def test_lines_that_cannot_be_used_are_set_aside(tmp_path: Path) -> None:
    found = read(
        written(
            tmp_path,
            reviews="""CHILD,DOB,REVIEW,REVIEW_CODE
C1,01/01/2010,01/02/2024,PN3
,01/01/2010,01/02/2024,PN3
C2,01/01/2010,,PN3
C3,01/01/2010

C4,01/01/2010,01/02/2024,PN3
C4,01/01/2010,01/02/2024,pn3
C5,01/01/2010,01/02/2024,PN3
C5,01/01/2010,01/02/2024,PN4
""",
        )
    )
    assert [(line["row"], line["status"]) for line in found.lines.to_pylist()] == [
        (2, "kept"),
        (3, "quarantined"),  # no child
        (4, "quarantined"),  # no date
        (5, "quarantined"),  # two fields
        (7, "kept"),
        (8, "duplicate"),  # equal, once read
        (9, "quarantined"),  # the same key,
        (10, "quarantined"),  # and different
    ]
    assert [row for [row] in rows(found, "conferences", "from_row")] == [2, 7]
    assert found.set_aside["ssda903_reviews"].num_rows == 6
    assert [(rule, severity, row) for rule, severity, row, _ in said(found)] == [
        ("R05", "error", 3),
        ("R05", "error", 4),
        ("R02", "error", 5),
        ("R07", "info", 8),
        ("R07", "error", 9),
        ("R07", "error", 10),
    ]


def test_children_are_checked_against_the_header(tmp_path: Path) -> None:
    found = read(
        written(
            tmp_path,
            header=ONE_CHILD,
            reviews="CHILD,DOB,REVIEW,REVIEW_CODE\n"
            "C1,02/01/2010,01/02/2024,PN3\nC1,02/01/2010,02/02/2024,PN3\nC2,01/01/2010,01/02/2024,PN3\n",
        )
    )
    assert said(found) == [
        ("conflicting-birth-dates", "warning", 2, "born_on"),
        ("R08", "warning", 4, "child_id"),
    ]
    assert rows(found, "children", "born_on") == [(date(2010, 1, 1),)]


def test_postcodes_are_cut_and_never_repeated(tmp_path: Path) -> None:
    found = read(written(tmp_path, episodes=f"{EPISODES}\nC1,01/06/2023,S,C2,N1,U6,PR1,,,,C251YT,2TR,"))
    assert rows(found, "ssda903_episodes", "home_postcode_district") == [("C25",)]
    [finding] = found.findings
    assert (finding.rule, finding.column, finding.value) == ("R05", "placement_postcode_district", None)


def test_the_order_of_the_lines_makes_no_difference(tmp_path: Path) -> None:
    lines = [
        "C1, 01/05/2023, S, U6, 10/05/2023, X1",
        "C1, 10/05/2023, P, K2, 20/05/2023, E4A",
        "C1, 20/06/2023, S, U6,           ,   ",
    ]
    first = read(written(tmp_path, episodes=episodes(*lines)))
    second = read(written(tmp_path, episodes=episodes(*reversed(lines))))
    for name in ("care_periods", "placements"):
        columns = [column.name for column in table(name).columns]
        assert rows(first, name, *columns) == rows(second, name, *columns)


def test_tables_have_the_schema_of_the_standard(tmp_path: Path) -> None:
    found = read(written(tmp_path, episodes=f"{EPISODES}\n{OPEN_EPISODE}", **NATIVE_ONLY))
    for name, read_rows in found.tables.items():
        assert read_rows.schema == table(name).arrow, name
        assert found.supply[name].columns <= set(table(name).column)
