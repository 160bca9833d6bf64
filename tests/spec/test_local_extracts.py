"""The local extracts, rule by rule: what is delivered, and what is read, refused and found."""

import stat
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from goldenthread.ingest import local_extracts
from goldenthread.ingest.extract import Refused
from tests.deliveries import AS_AT, a_folder, a_zip, column, csv_of, found, read, statuses

CHILDREN = """
    child_id,born_on,sex,ethnicity,has_disability
    C1,2010-05-01,M,WBRI,false
    C2,2012-02-29,F,WBRI,true
"""


# --- R01 delivery


def test_r01_a_folder_a_zip_and_the_files_themselves_hold_the_same(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "folder", children=CHILDREN)
    archive = a_zip(tmp_path / "all.zip", {"children.csv": (folder / "children.csv").read_bytes()})
    ways = [read(folder), read(archive), read(folder / "children.csv")]
    assert [column(way, "children", "child_id") for way in ways] == [["C1", "C2"]] * 3


def test_r01_a_file_with_another_name_is_reported_and_ignored(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, Visits="visit_id\nv1", children=CHILDREN))
    assert found(extract, "R01") == [("warning", "Visits.csv", None, None)]
    assert [(f.name, f.status) for f in extract.files] == [
        ("Visits.csv", "ignored"),
        ("children.csv", "read"),
    ]
    assert "visits" not in extract.tables


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../children.csv", "points outside"),
        ("/children.csv", "points outside"),
        ("C:\\children.csv", "points outside"),
        ("folder/children.csv", "without folders"),
    ],
)
def test_r01_a_zip_with_folders_or_paths_is_refused(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(a_zip(tmp_path / "all.zip", {name: b"child_id\nC1\n"}))


def test_r01_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="ZIP bomb"):
        read(a_zip(tmp_path / "all.zip", {"children.csv": b"child_id\n" + b"\n" * 30_000_000}))


def test_r01_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "all.zip", {"children.csv": b"child_id\nC1\n"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flags of both headers
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    with pytest.raises(Refused, match="without a password"):
        read(path)


def test_r01_a_zip_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "all.zip", {"children.csv": b"child_id\nC1\n"})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Refused, match="not a ZIP that can be read"):
        read(path)


def test_r01_a_member_that_is_damaged_a_link_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = a_zip(tmp_path / "damaged.zip", {"children.csv": b"child_id\n" + b"C1\n" * 50})
    data = bytearray(damaged.read_bytes())
    data[50] ^= 0xFF
    damaged.write_bytes(data)
    with pytest.raises(Refused, match="cannot be unpacked"):
        read(damaged)
    link = zipfile.ZipInfo("children.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/hostname")
    with pytest.raises(Refused, match="is a link"):
        read(tmp_path / "link.zip")
    monkeypatch.setattr("goldenthread.ingest.local_extracts.delivery.LARGEST_FILE", 10)
    with pytest.raises(Refused, match="of 0 MB: a file may hold"):
        read(a_zip(tmp_path / "large.zip", {"children.csv": b"child_id\nC1\n"}))
    with pytest.raises(Refused, match="more than 200"):
        read(a_zip(tmp_path / "many.zip", {f"{n}.csv": b"" for n in range(201)}))


def test_r01_a_folder_inside_the_delivery_is_reported_and_not_read(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, children=CHILDREN)
    a_folder(folder / "more", visits="visit_id,child_id,kind,visited_at")
    extract = read(folder)
    assert found(extract, "R01") == [("warning", "more", None, None)]
    assert set(extract.tables) == {"children"}


def test_r01_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"There is no file or folder .*gone\.csv: check the path"):
        read(tmp_path / "gone.csv")


def test_r01_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    one, other = a_folder(tmp_path / "a", children=CHILDREN), a_folder(tmp_path / "b", children=CHILDREN)
    with pytest.raises(Refused, match=r"children\.csv is delivered twice"):
        local_extracts.read([one, other], as_at_on=AS_AT, authority=None)


# --- R02 encoding and layout


def test_r02_utf8_with_and_without_a_mark_lf_and_crlf_are_read(tmp_path: Path) -> None:
    data = "\ufeffchild_id,locality\r\nC1,Süd\r\n".encode()
    assert column(read(a_folder(tmp_path, children=data)), "children", "locality") == ["Süd"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
def test_r02_another_encoding_rejects_the_file(tmp_path: Path, encoding: str) -> None:
    extract = read(
        a_folder(tmp_path, children="child_id,locality\nC1,Süd\n".encode(encoding), teams="team\n")
    )
    assert ("error", "children.csv", None, None) in found(extract, "R02")
    assert "children" not in extract.tables
    assert statuses(extract, "children.csv") == {}, "a rejected file has no lines"


def test_r02_a_file_without_lines_is_no_table_of_text(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children=b"child_id\n" + b"x" * 1_100_000))
    assert found(extract, "R02") == [("error", "children.csv", None, None)]


def test_r02_an_empty_line_is_no_row_and_a_line_of_commas_or_spaces_is(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children=b"child_id,sex\n\nC1,M\n\n,\n  \n"))
    assert statuses(extract, "children.csv") == {3: "kept", 5: "quarantined", 6: "quarantined"}


def test_r02_a_row_of_another_width_is_quarantined(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children="child_id,sex\nC1,M\nC2\nC3,F,x"))
    assert found(extract, "R02") == [("error", "children.csv", 3, None), ("error", "children.csv", 4, None)]
    assert column(extract, "children", "child_id") == ["C1"]
    assert {f.value for f in extract.findings if f.rule == "R02"} == {None}, "what stood there is not kept"


def test_r02_a_record_over_several_lines_counts_from_the_line_it_starts_on(tmp_path: Path) -> None:
    data = b'child_id,locality\nC1,"one\ntwo"\nC2,"a ""b"", c"\n'
    extract = read(a_folder(tmp_path, children=data))
    assert column(extract, "children", "from_row") == [2, 4]
    assert column(extract, "children", "locality") == ["one\ntwo", 'a "b", c']


def test_r02_a_quotation_mark_that_is_never_closed_quarantines_what_it_swallows(tmp_path: Path) -> None:
    data = b'child_id,locality\nC1,here\nC2,"open\nC3,there\n'
    extract = read(a_folder(tmp_path, children=data))
    assert statuses(extract, "children.csv") == {2: "kept", 3: "quarantined"}
    [finding] = [f for f in extract.findings if f.rule == "R02"]
    assert "lines 3 to 4" in finding.message


# --- R03 header


def test_r03_names_are_trimmed_in_any_case_and_any_order(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children="SEX, Child_ID \nM,C1"))
    assert column(extract, "children", "sex") == ["M"]
    assert extract.supply["children"].columns == {"child_id", "sex"}


def test_r03_unknown_columns_are_reported_once_and_not_stored(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children="child_id,full_name,upn\nC1,x,y\nC2,x,y"))
    assert found(extract, "R03") == [("info", "children.csv", 1, None)]
    assert "full_name" not in extract.tables["children"].column_names


@pytest.mark.parametrize(
    "text",
    [
        "child_id,sex,SEX\nC1,M,F",  # the same name twice
        "child_id,other,Other\nC1,M,F",  # also where it is not ours
        "born_on,sex\n2010-05-01,M",  # a required column is missing
        "\nchild_id\nC1",  # the first line is not the header
        'child_id,"sex\nC1,M',  # its quotation marks do not pair up
        "",
    ],
)
def test_r03_a_header_that_cannot_be_used_rejects_the_file(tmp_path: Path, text: str) -> None:
    extract = read(a_folder(tmp_path, children=text.encode(), teams="team,effective_from_on,service\n"))
    assert found(extract, "R03") == [("error", "children.csv", None, None)]
    assert {f.name: f.status for f in extract.files} == {"children.csv": "rejected", "teams.csv": "read"}
    assert set(extract.supply) == {"teams"}, "a rejected file counts as not supplied"


# --- R04 values


def test_r04_values_are_trimmed_of_every_white_space_quoted_or_not(tmp_path: Path) -> None:
    data = 'child_id,locality,sex\n"\u00a0C1\t"," \u2003 ",m\u00a0\n'.encode()
    extract = read(a_folder(tmp_path, children=data))
    assert column(extract, "children", "child_id") == ["C1"]
    assert column(extract, "children", "locality") == [None], "white space alone is blank"
    assert column(extract, "children", "sex") == ["M"], "codes in any case, stored as written"


def test_r04_no_other_text_means_null(tmp_path: Path) -> None:
    data = "child_id,born_on,locality\nC1,NULL,NULL\nC2,N/A,-\nC3,-,N/A"
    extract = read(a_folder(tmp_path, children=data))
    assert column(extract, "children", "locality") == ["NULL", "-", "N/A"]
    assert [row for _, _, row, _ in found(extract, "R05")] == [2, 3, 4]


def test_r04_text_like_a_formula_is_stored_as_it_is(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children="child_id,locality\nC1,=1+1\nC2,+x\nC3,-x\nC4,@x"))
    assert column(extract, "children", "locality") == ["=1+1", "+x", "-x", "@x"]


def test_r04_text_over_200_characters_is_cut_with_a_warning(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children=f"child_id,locality\nC1,{'x' * 200}\nC2,{'y' * 201}"))
    assert [len(text) for text in column(extract, "children", "locality")] == [200, 200]
    assert found(extract, "R04") == [("warning", "children.csv", 3, "locality")]


# --- types


@pytest.mark.parametrize(
    ("text", "local", "utc"),
    [
        ("2017-06-01T10:00", datetime(2017, 6, 1, 10), datetime(2017, 6, 1, 9)),  # summer time
        ("2017-12-01 10:00", datetime(2017, 12, 1, 10), datetime(2017, 12, 1, 10)),  # a space for the T
        ("2017-06-01T10:00:59", datetime(2017, 6, 1, 10), datetime(2017, 6, 1, 9)),  # seconds are dropped
        (
            "2017-10-29T01:30",
            datetime(2017, 10, 29, 1, 30),
            datetime(2017, 10, 29, 0, 30),
        ),  # the earlier of two
        ("2017-03-26T02:00", datetime(2017, 3, 26, 2), datetime(2017, 3, 26, 1)),  # the first after the gap
        ("2017-06-01", datetime(2017, 6, 1), None),  # the time is not known
    ],
)
def test_types_a_datetime_is_a_london_clock_time(
    tmp_path: Path, text: str, local: datetime, utc: datetime | None
) -> None:
    extract = read(a_folder(tmp_path, visits=f"visit_id,child_id,kind,visited_at\nv1,C1,cp,{text}"))
    [row] = extract.tables["visits"].to_pylist()
    assert (row["visited_at"], row["visited_at_utc"], row["visited_at_is_timed"]) == (
        local,
        utc,
        utc is not None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "2017-03-26T01:30",  # does not occur: the clocks go forward
        "2017-06-01T24:00",
        "2017-06-01T10:00Z",
        "2017-06-01T10:00+01:00",
        "2017-06-01t10:00",
        "2017-06-01T10",
        "2017-06-01T10:60",
        "2017-06-01T10:00:60",
        "01/06/2017",
        "2017-02-29",
        "2017-02-29T10:00",
        "２０１７-06-01",
    ],
)
def test_types_what_is_no_datetime_quarantines_where_it_is_required(tmp_path: Path, text: str) -> None:
    extract = read(a_folder(tmp_path, visits=f"visit_id,child_id,kind,visited_at\nv1,C1,cp,{text}"))
    assert found(extract, "R05") == [("error", "visits.csv", 2, "visited_at")]
    assert statuses(extract, "visits.csv") == {2: "quarantined"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Decimal("0")),
        ("1.00", Decimal("1")),
        ("0.6", Decimal("0.6")),
        ("1.01", None),  # fte lies between 0 and 1
        (".5", None),
        ("1.", None),
        ("-0.5", None),
        ("+0.5", None),
        ("£1", None),
        ("0,5", None),
        ("1e0", None),
    ],
)
def test_types_a_decimal_is_digits_and_a_point(tmp_path: Path, text: str, value: Decimal | None) -> None:
    row = f'P1,T1,other,true,permanent,"{text}",true,2017-01-01'
    header = "post_id,team,role,is_social_worker,employment,fte,is_established,started_on"
    extract = read(a_folder(tmp_path, posts=f"{header}\n{row}"))
    assert column(extract, "posts", "fte") == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0), ("40", 40), ("41", None), ("-1", None), ("12.0", None), ("1,2", None)]
)
def test_types_an_integer_is_a_whole_number_within_its_limits(
    tmp_path: Path, text: str, value: int | None
) -> None:
    row = f'h1,C1,sdq,2017-01-01,completed,"{text}"'
    extract = read(a_folder(tmp_path, health_checks=f"check_id,child_id,kind,done_on,result,score\n{row}"))
    assert column(extract, "health_checks", "score") == [value], "score is optional: the row is kept"


def test_types_a_date_has_no_time_and_a_month_no_day(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            children="child_id,born_on,expected_birth_on\nC1,2010-05,2017-01-01T10:00\nC2,2010-13,2017-1-1",
            budget_lines="""
                line_id,month,service_line,category,budget_amount
                b1,2017-04,x,other,1.5
                b2,2017-04-01,x,other,1.5
            """,
        )
    )
    assert column(extract, "children", "born_on") == [date(2010, 5, 1), None]
    assert column(extract, "children", "expected_birth_on") == [None, None]
    assert [entry["column"] for entry in extract.mapping if entry["precision"] == "month"] == ["born_on"]
    assert column(extract, "budget_lines", "month") == [date(2017, 4, 1)]


def test_types_a_list_of_codes_is_stored_in_upper_case(tmp_path: Path) -> None:
    text = "assessment_id,child_id,started_on,factors\na1,C1,2017-01-01,1a; 10B ;\na2,C1,2017-01-01,N/A"
    extract = read(a_folder(tmp_path, assessments=text))
    assert column(extract, "assessments", "factors") == [["1A", "10B"], None]
    assert found(extract, "R05") == [("error", "assessments.csv", 3, "factors")]


# --- R05 and R06 invalid values and quarantine


def test_r05_a_blank_or_invalid_required_value_quarantines_the_row(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            visits="""
                visit_id,child_id,kind,visited_at,is_seen
                v1,C1,cp,2017-06-01,true
                ,C1,cp,2017-06-01,true
                v3,C1,tea,2017-06-01,true
                v4,C1,cp,soon,yes
            """,
        )
    )
    assert found(extract, "R05") == [
        ("error", "visits.csv", 3, "visit_id"),
        ("error", "visits.csv", 4, "kind"),
        ("error", "visits.csv", 5, "visited_at"),
        ("error", "visits.csv", 5, "is_seen"),
    ]
    assert statuses(extract, "visits.csv") == {
        2: "kept",
        3: "quarantined",
        4: "quarantined",
        5: "quarantined",
    }
    assert extract.set_aside["visits"]["from_row"].to_pylist() == [3, 4, 5]


def test_r05_an_invalid_optional_value_is_null_and_an_error(tmp_path: Path) -> None:
    text = "visit_id,child_id,kind,visited_at,is_seen\nv1,C1,cp,2017-06-01,yes"
    extract = read(a_folder(tmp_path, visits=text))
    assert column(extract, "visits", "is_seen") == [None]
    assert found(extract, "R05") == [("error", "visits.csv", 2, "is_seen")]
    assert statuses(extract, "visits.csv") == {2: "kept"}


def test_r06_a_quarantined_row_says_what_stood_there_and_why(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, visits="visit_id,child_id,kind,visited_at\nv1,C1,cp,31/12/2017"))
    [finding] = [f for f in extract.findings if f.rule == "R05"]
    assert (finding.value, finding.child_id, finding.table) == ("31/12/2017", "C1", "visits")
    assert finding.message.startswith("visited_at is not a date and time written YYYY-MM-DDTHH:MM")
    assert "the row was quarantined" in finding.message


# --- R07 duplicates

TWICE = """
    visit_id,child_id,kind,visited_at,is_seen,other
    v1,C1,cp,2017-06-01T10:00,TRUE,x
    v1,C1,CP,2017-06-01 10:00:30,true,y
    v2,C1,cp,2017-06-02,true,x
    v2,C1,cp,2017-06-02,false,x
    v3,C1,cp,2017-06-03,true,x
    V3,C1,cp,2017-06-04,true,x
    v3,C2,cp,2017-06-05,true,x
"""


def test_r07_equal_rows_keep_one_and_different_ones_are_all_quarantined(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, visits=TWICE))
    assert found(extract, "R07") == [
        ("info", "visits.csv", 3, None),
        ("error", "visits.csv", 4, None),
        ("error", "visits.csv", 5, None),
    ]
    assert statuses(extract, "visits.csv") == {
        2: "kept",
        3: "duplicate",  # equal as stored
        4: "quarantined",
        5: "quarantined",
        6: "kept",
        7: "kept",  # key text is case-sensitive
        8: "kept",  # the key holds child_id
    }


def test_r07_keep_last_keeps_the_last_line_with_a_warning(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, visits=TWICE), duplicate_policy="keep_last")
    assert found(extract, "R07") == [("info", "visits.csv", 3, None), ("warning", "visits.csv", 4, None)]
    assert column(extract, "visits", "from_row") == [2, 5, 6, 7, 8]


def test_r07_there_is_no_third_policy(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="keep_first"):
        read(a_folder(tmp_path, visits=TWICE), duplicate_policy="keep_first")


def test_r07_two_equal_rows_and_a_different_one_are_all_quarantined(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children="child_id,sex\nC1,M\nC1,M\nC1,F"))
    assert set(statuses(extract, "children.csv").values()) == {"quarantined"}


def test_r07_a_row_r05_quarantined_is_not_compared(tmp_path: Path) -> None:
    text = "visit_id,child_id,kind,visited_at\nv1,C1,cp,2017-06-01\nv1,C1,cp,never"
    extract = read(a_folder(tmp_path, visits=text))
    assert found(extract, "R07") == []
    assert statuses(extract, "visits.csv") == {2: "kept", 3: "quarantined"}


# --- R08 references


def test_r08_a_child_team_or_worker_that_is_not_delivered_is_a_warning_and_kept(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            children=CHILDREN + "\n C3,2011-01-01,M,WBRI,true\n C3,2011-01-02,M,WBRI,true",
            teams="team,effective_from_on,service\nT1,2015-01-01,S",
            posts="""
                post_id,worker_id,team,role,is_social_worker,employment,fte,is_established,started_on
                P1,W1,T9,other,true,permanent,1,true,2017-01-01
            """,
            visits="""
                visit_id,child_id,kind,visited_at,team,worker_id
                v1,C1,cp,2017-06-01,T1,W1
                v2,C3,cp,2017-06-01,T2,W2
            """,
        )
    )
    assert sorted(found(extract, "R08")) == [
        ("warning", "posts.csv", 2, "team"),
        ("warning", "visits.csv", 3, "child_id"),  # C3 is quarantined: two different rows
        ("warning", "visits.csv", 3, "team"),
        ("warning", "visits.csv", 3, "worker_id"),
    ]
    assert column(extract, "visits", "worker_id") == ["W1", "W2"]


def test_r08_a_link_that_is_not_found_is_read_as_blank(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            referrals="referral_id,child_id,received_on\nr1,C1,2017-06-01\nr2,C2,2017-06-01",
            assessments="""
                assessment_id,child_id,referral_id,started_on
                a1,C1,r1,2017-06-01
                a2,C1,r2,2017-06-01
                a3,C1,r9,2017-06-01
                a4,C1,,2017-06-01
            """,
        )
    )
    assert column(extract, "assessments", "referral_id") == ["r1", None, None, None]
    assert found(extract, "R08") == [
        ("warning", "assessments.csv", 3, "referral_id"),  # of another child
        ("warning", "assessments.csv", 4, "referral_id"),
    ]


def test_r08_a_link_to_supervision_has_no_child(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            supervisions="supervision_id,worker_id,kind,held_on\ns1,W1,one_to_one,2017-06-01",
            supervision_actions="""
                action_id,supervision_id,child_id,due_on,reviewed_in_supervision_id
                x1,s1,C1,2018-06-01,s1
                x2,s9,C1,2018-06-01,s8
            """,
        )
    )
    assert column(extract, "supervision_actions", "supervision_id") == ["s1", None]
    assert column(extract, "supervision_actions", "reviewed_in_supervision_id") == ["s1", None]


def test_r08_what_is_not_supplied_at_all_is_no_finding_and_keeps_its_text(tmp_path: Path) -> None:
    text = "assessment_id,child_id,referral_id,started_on,team\na1,C1,r1,2017-06-01,T1"
    extract = read(a_folder(tmp_path, assessments=text))
    assert found(extract, "R08") == []
    assert column(extract, "assessments", "referral_id") == ["r1"]


# --- R09 dates


def test_r09_a_date_after_the_as_at_date_or_before_1990_is_a_warning(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            visits="""
                visit_id,child_id,kind,visited_at,recorded_at
                v1,C1,cp,2017-12-31T23:59,2018-01-01T00:00
                v2,C1,cp,1989-12-31,1990-01-01
            """,
        )
    )
    assert found(extract, "R09") == [
        ("warning", "visits.csv", 2, "recorded_at"),
        ("warning", "visits.csv", 3, "visited_at"),
    ]
    assert extract.tables["visits"].num_rows == 2


def test_r09_some_dates_may_lie_in_the_future(tmp_path: Path) -> None:
    placement = "placement_id,child_id,started_on,placement_type,provider,ended_on"
    extract = read(
        a_folder(
            tmp_path,
            children="child_id,is_unborn,expected_birth_on\nC1,true,2018-03-01",
            teams="team,effective_from_on,effective_to_on,service\nT1,2017-01-01,2018-03-31,S",
            supervision_actions="action_id,supervision_id,due_on\nx1,s1,2018-02-01",
            training_completions="worker_id,course,completed_on,expires_on\nW1,c,2017-01-01,2020-01-01",
            placements=f"{placement}\np1,C1,2018-01-05,U1,PR1,\np2,C1,2018-01-05,U1,PR1,2018-01-09",
        )
    )
    assert found(extract, "R09") == [("warning", "placements.csv", 3, "ended_on")]


def test_r09_an_end_before_its_start_is_an_error_and_the_row_is_kept(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            cp_plans="""
                cp_plan_id,child_id,started_on,ended_on
                c1,C1,2017-06-01,2017-06-01
                c2,C1,2017-06-01,2017-05-31
            """,
            missing_episodes="""
                episode_id,child_id,started_at,ended_at
                m1,C1,2017-06-01T10:00,2017-06-01T09:59
                m2,C1,2017-06-01T10:00,2017-06-01
                m3,C1,2017-10-29T01:30,2017-10-29T01:10
            """,
        )
    )
    assert found(extract, "R09") == [
        ("error", "cp_plans.csv", 3, "ended_on"),
        ("error", "missing_episodes.csv", 2, "ended_at"),  # both timed: instants are compared
        ("error", "missing_episodes.csv", 4, "ended_at"),
    ]
    assert extract.tables["cp_plans"].num_rows == 2


# --- R10 as-at date and manifest


def test_r10_the_as_at_date_comes_from_the_manifest_or_the_load(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, manifest={"as_at_on": "2017-12-31", "la_code": "211"}, children=CHILDREN)
    extract = read(folder, as_at_on=None)
    assert (extract.as_at_on, extract.authority) == (AS_AT, "211")
    assert set(column(extract, "children", "authority")) == {"211"}


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("{", "not valid JSON"),
        ("[]", "no as_at_on"),
        ('{"la_code": "211"}', "no as_at_on"),
        ('{"as_at_on": "31/12/2017"}', "not a date written"),
        ('{"as_at_on": "2017-12-30"}', "as at 2017-12-30 and the load says 2017-12-31"),
        ('{"as_at_on": "2017-12-31", "la_code": "21"}', "not three digits"),
        ('{"as_at_on": "2017-12-31", "files": ["visits.csv"]}', "not an object"),
        ("\xff", "not UTF-8"),
        ('{"as_at_on": "2017-12-31", "la_code": "357"}', "authority 357, and 211 was expected"),
    ],
)
def test_r10_a_manifest_that_cannot_be_used_refuses_the_delivery(
    tmp_path: Path, manifest: str, says: str
) -> None:
    folder = a_folder(tmp_path, children=CHILDREN)
    (folder / "manifest.json").write_bytes(manifest.encode("latin-1"))
    with pytest.raises(Refused, match=says):
        read(folder, authority="211")


def test_r10_without_an_as_at_date_the_delivery_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no as-at date"):
        read(a_folder(tmp_path, children=CHILDREN), as_at_on=None)


def test_r10_entries_that_cannot_be_used_are_warnings_and_ignored(tmp_path: Path) -> None:
    files = {
        "visits.csv": {"kinds_supplied": ["cp", "tea"], "covers_from_on": "soon"},
        "peps.csv": {"covers_from_on": "2015-01-01"},
        "children.csv": "all",
        "teams.csv": {"kinds_supplied": "T1"},
    }
    visits, teams = "visit_id,child_id,kind,visited_at\n", "team,effective_from_on,service\n"
    manifest = {"as_at_on": "2017-12-31", "files": files}
    extract = read(a_folder(tmp_path, manifest, visits=visits, children=CHILDREN, teams=teams))
    assert found(extract, "R10") == [("warning", "manifest.json", None, None)] * 5
    assert extract.supply["visits"].kinds == {"cp"}


# --- R11 and R12 what was supplied


def test_r11_a_file_starts_where_the_manifest_says_else_with_its_earliest_event(tmp_path: Path) -> None:
    files = {"cin_plans.csv": {"covers_from_on": "2015-01-01"}}
    extract = read(
        a_folder(
            tmp_path,
            {"as_at_on": "2017-12-31", "files": files},
            visits="""
                visit_id,child_id,kind,visited_at
                v1,C1,cp,2016-04-01T10:00
                v2,C1,tea,2014-01-01
                v3,C1,cp,2017-01-01
            """,
            cin_plans="cin_plan_id,child_id,started_on\np1,C1,2016-01-01",
            children=CHILDREN,
        )
    )
    assert extract.supply["visits"].starts_on == date(2016, 4, 1), "over the rows kept"
    assert extract.supply["cin_plans"].starts_on == date(2015, 1, 1)
    assert extract.supply["cin_plans"].covers_from_on == date(2015, 1, 1)
    assert extract.supply["children"].starts_on is None


def test_r12_files_columns_and_kinds_that_are_not_supplied_are_told_apart(tmp_path: Path) -> None:
    files = {"visits.csv": {"kinds_supplied": ["cin"]}}
    extract = read(
        a_folder(
            tmp_path,
            {"as_at_on": "2017-12-31", "files": files},
            visits="visit_id,child_id,kind,visited_at,is_seen\nv1,C1,CP,2017-06-01,",
            peps="pep_id,child_id,held_on",
        )
    )
    visits = extract.supply["visits"]
    assert visits.columns == {"visit_id", "child_id", "kind", "visited_at", "is_seen"}, "a blank column too"
    assert visits.kinds == {"cp", "cin"}, "a kind with a row, or named in the manifest"
    assert extract.supply["peps"].rows == 0, "a header alone is supplied and empty"
    assert "conferences" not in extract.supply


# --- R13 size


def test_r13_more_than_a_million_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldenthread.ingest.local_extracts.csv_file.MOST_ROWS", 1000)
    assert read(a_folder(tmp_path / "a", children=csv_of("child_id", "C{n}", 1000))).files[0].rows == 1000
    with pytest.raises(Refused, match="over 1,000 rows"):
        read(a_folder(tmp_path / "b", children=csv_of("child_id", "C{n}", 1001)))


def test_r13_a_file_over_the_size_limit_is_refused_without_being_read_in(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, children="child_id\nC1")
    with (folder / "children.csv").open("r+b") as file:
        file.truncate(2 * 1024**3)  # two gigabytes that take no room on the disk
    with pytest.raises(Refused, match="is over 200 MB"):
        read(folder)


# --- R15 one child, one id


def test_r15_leading_zeros_matter(tmp_path: Path) -> None:
    extract = read(a_folder(tmp_path, children="child_id\n007\n7"))
    assert column(extract, "children", "child_id") == ["007", "7"]


# --- R16 conditions inside a row


def test_r16_a_vacant_post_has_no_worker_and_another_has_one(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            posts="""
                post_id,worker_id,team,role,is_social_worker,employment,fte,is_established,started_on
                P1,W1,T1,other,true,vacant,1,true,2017-01-01
                P2,,T1,other,true,agency,1,true,2017-01-01
                P3,,T1,other,true,vacant,1,true,2017-01-01
            """,
        )
    )
    assert found(extract, "R16") == [
        ("warning", "posts.csv", 2, "worker_id"),
        ("warning", "posts.csv", 3, "worker_id"),
    ]


def test_r16_an_unborn_child_is_not_born_and_another_has_a_birthday(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            children="""
                child_id,born_on,is_unborn
                C1,2017-12-31,true
                C2,2018-01-01,true
                C3,,true
                C4,,
                C5,,false
            """,
        )
    )
    assert [row for _, _, row, column_ in found(extract, "R16") if column_ == "born_on"] == [2, 5, 6]


@pytest.mark.parametrize(
    ("table", "header", "rows", "blank"),
    [
        (
            "referrals",
            "referral_id,child_id,received_on,closed_on,close_reason",
            ["r1,C1,2017-01-01,,", "r2,C1,2017-01-01,2017-02-01,", "r3,C1,2017-01-01,2017-02-01,RC1"],
            [("close_reason", 3)],
        ),
        (  # decided_on is not supplied: every referral should say
            "referrals",
            "referral_id,child_id,received_on,is_nfa",
            ["r1,C1,2017-01-01,"],
            [("is_nfa", 2)],
        ),
        (
            "referrals",
            "referral_id,child_id,received_on,decided_on,is_nfa",
            ["r1,C1,2017-01-01,,", "r2,C1,2017-01-01,2017-01-02,"],
            [("is_nfa", 3)],
        ),
        (  # something that cannot be read was reported by R05, and is not blank
            "referrals",
            "referral_id,child_id,received_on,is_nfa",
            ["r1,C1,2017-01-01,perhaps"],
            [],
        ),
        (
            "care_leaver_statuses",
            "status_id,child_id,recorded_on,is_service_open,eligibility,in_touch,accommodation,"
            "is_suitable_accommodation",
            [
                "s1,C1,2017-01-01,true,relevant,YES,B,",
                "s2,C1,2017-01-02,true,relevant,YES,G,",
                "s3,C1,2017-01-03,true,relevant,DIED,,",
                "s4,C1,2017-01-04,false,relevant,,,",
            ],
            [("is_suitable_accommodation", 2)],
        ),
        (
            "missing_episodes",
            "episode_id,child_id,started_at,ended_at,kind,is_rhi_offered",
            [
                "m1,C1,2017-01-01,2017-01-02,,",
                "m2,C1,2017-01-01,2017-01-02,missing,",
                "m3,C1,2017-01-01,2017-01-02,away,",
                "m4,C1,2017-01-01,,missing,",
            ],
            [("is_rhi_offered", 2), ("is_rhi_offered", 3)],
        ),
    ],
)
def test_r16_a_cell_is_expected_when_its_condition_holds(
    tmp_path: Path, table: str, header: str, rows: list[str], blank: list[tuple[str, int]]
) -> None:
    extract = read(a_folder(tmp_path, **{table: "\n".join([header, *rows])}))
    assert [(column_, row) for _, _, row, column_ in found(extract, "R16")] == blank


def test_r16_participation_is_expected_where_no_ages_are_supplied(tmp_path: Path) -> None:
    text = "conference_id,child_id,kind,held_on,participation\nk1,C1,review,2016-02-28,"
    assert found(read(a_folder(tmp_path, conferences=text)), "R16")[0][3] == "participation"


def test_r16_participation_is_expected_from_the_fourth_birthday(tmp_path: Path) -> None:
    extract = read(
        a_folder(
            tmp_path,
            children="""
                child_id,born_on,is_unborn,sex,ethnicity,has_disability
                C1,2012-02-29,,M,WBRI,true
                C2,2018-03-01,true,M,WBRI,true
            """,
            conferences="""
                conference_id,child_id,kind,held_on,participation
                k1,C1,review,2016-02-28,
                k2,C1,review,2016-02-29,
                k3,C2,initial,2017-02-28,
                k4,C9,review,2017-02-28,
            """,
        )
    )
    expected = [row for _, _, row, column_ in found(extract, "R16") if column_ == "participation"]
    assert expected == [3, 5], "on the birthday, and where the age is not known"
