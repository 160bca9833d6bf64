"""Two sources of one day: which rows and columns come from which, and where they contradict."""

from datetime import date

import pyarrow as pa
import pytest

from goldenthread.ingest.combine import Snapshot, combine
from goldenthread.ingest.extract import Extract, FileRead, Refused, Supply
from goldenthread.standard.schema import standard_tables
from tests.builders import drawn, stored
from tests.deliveries import AS_AT


def an_extract(source: str, *, as_at_on: date = AS_AT, authority: str = "", **tables: str) -> Extract:
    """A source with these tables drawn; only the columns drawn are supplied."""
    extract = Extract(source=source, as_at_on=as_at_on, authority=authority)
    for name, text in tables.items():
        table = standard_tables()[name]
        cells = drawn(text)
        rows = [
            stored(table, row, number) | {"from_source": source, "from_file": f"{source}.{name}"}
            for number, row in enumerate(cells, start=2)
        ]
        key = {column for column in table.key if source == "local_extracts" or column == "child_id"}
        kinds = {str(row[table.kind_column]) for row in rows} if table.kind_column else set()
        extract.tables[name] = pa.Table.from_pylist(rows, schema=table.arrow)
        extract.supply[name] = Supply(
            source=source,
            columns=frozenset(text.strip().splitlines()[0].replace(" ", "").split("|")) | key,
            kinds=frozenset(kinds),
            rows=len(rows),
        )
        extract.files.append(FileRead(name=name, sha256=name, bytes=1, rows=len(rows), status="read"))
    return extract


def local(**tables: str) -> Extract:
    """The local extracts."""
    return an_extract("local_extracts", **tables)


def annex_a(**tables: str) -> Extract:
    """An Annex A workbook."""
    return an_extract("annex_a", **tables)


def rows(snapshot: Snapshot, table: str, *columns: str) -> list[tuple]:
    """The rows of a table as tuples of these columns."""
    return list(zip(*(snapshot.tables[table][column].to_pylist() for column in columns), strict=True))


def warnings(snapshot: Snapshot, rule: str) -> list[tuple[str | None, str | None, str | None]]:
    """Child, column and value of the findings of a rule."""
    assert all(str(f.severity) == "warning" for f in snapshot.findings)
    return [(f.child_id, f.column, f.value) for f in snapshot.findings if f.rule == rule]


# --- which rows


def test_the_local_rows_are_the_only_rows_of_a_table() -> None:
    snapshot = combine(
        [
            annex_a(cp_plans="child_id | started_on\nC1 | 2017-01-01\nC2 | 2017-02-01"),
            local(cp_plans="child_id | started_on\nC1 | 2017-01-01"),
        ]
    )
    assert rows(snapshot, "cp_plans", "child_id", "from_source") == [("C1", "local_extracts")]
    supply = snapshot.supply["cp_plans"]
    assert (supply.sources, supply.rows, set(supply.by_source)) == (
        ("local_extracts",),
        1,
        {"local_extracts", "annex_a"},
    )


def test_without_a_local_file_the_next_source_fills_the_table() -> None:
    text = "child_id | started_on\nC1 | 2017-01-01"
    census = an_extract("cin_census", cp_plans=text)
    snapshot = combine([annex_a(cp_plans=text.replace("C1", "C2")), census, local(children="child_id\nC1")])
    assert rows(snapshot, "cp_plans", "child_id") == [("C1",)]
    assert snapshot.supply["cp_plans"].filled_by["started_on"] == "cin_census"


def test_a_table_with_kinds_is_filled_kind_by_kind() -> None:
    snapshot = combine(
        [
            local(visits="child_id | kind | visited_at\nC1 | cp | 2017-06-01"),
            annex_a(visits="child_id | kind | visited_at\nC1 | cp | 2017-06-02\nC2 | cin | 2017-06-03"),
        ]
    )
    assert rows(snapshot, "visits", "child_id", "kind", "from_source") == [
        ("C1", "cp", "local_extracts"),
        ("C2", "cin", "annex_a"),
    ]
    supply = snapshot.supply["visits"]
    assert supply.kinds_from == {"cp": "local_extracts", "cin": "annex_a"}
    assert supply.sources == ("local_extracts", "annex_a")


def test_a_kind_declared_without_rows_is_supplied_and_empty() -> None:
    declared = local(visits="child_id | kind | visited_at")
    declared.supply["visits"] = Supply(
        source="local_extracts", columns=frozenset({"child_id"}), kinds=frozenset({"cin"})
    )
    snapshot = combine([declared, annex_a(visits="child_id | kind | visited_at\nC2 | cin | 2017-06-03")])
    assert rows(snapshot, "visits", "child_id") == []


def test_the_links_of_rows_from_another_source_lead_nowhere() -> None:
    discussions = (
        "strategy_discussion_id | child_id | held_on | is_s47_initiated\n{} | C1 | 2017-05-01 | true"
    )
    meetings = "child_id | kind | held_on | strategy_discussion_id\nC1 | initial | 2017-05-10 | made-1"
    both_annex_a = {"strategy_discussions": discussions.format("made-1"), "conferences": meetings}
    own = combine([annex_a(**both_annex_a)])
    assert rows(own, "conferences", "strategy_discussion_id") == [("made-1",)]
    mixed = combine([annex_a(**both_annex_a), local(strategy_discussions=discussions.format("s1"))])
    assert rows(mixed, "conferences", "strategy_discussion_id") == [(None,)]


# --- children, and columns that were not supplied


def test_children_are_merged_field_by_field_and_a_child_in_any_source_is_a_child() -> None:
    snapshot = combine(
        [
            annex_a(
                children="""
                    child_id | born_on    | sex | ethnicity
                    C1       | 2010-05-01 | F   | WBRI
                    C2       |            |     | ABAN
                    C3       | 2011-01-01 | M   |
                """
            ),
            an_extract("cin_census", children="child_id | born_on | sex\nC2 | 2012-02-02 | F"),
            local(children="child_id | born_on | sex\nC1 |  | M\nC2 | 2012-02-01 |"),
        ]
    )
    assert rows(snapshot, "children", "child_id", "born_on", "sex", "ethnicity", "from_source") == [
        ("C1", date(2010, 5, 1), "M", "WBRI", "local_extracts"),
        ("C2", date(2012, 2, 1), "F", "ABAN", "local_extracts"),
        ("C3", date(2011, 1, 1), "M", None, "annex_a"),
    ]
    assert snapshot.supply["children"].filled_by["ethnicity"] == "annex_a"
    assert snapshot.supply["children"].columns == {"child_id", "born_on", "sex", "ethnicity"}
    assert warnings(snapshot, "source_conflict") == [
        ("C2", "born_on", "2012-02-02"),
        ("C1", "sex", "F"),
    ]
    assert warnings(snapshot, "annex_only") == [("C3", None, "C3")]


def test_a_month_of_birth_does_not_contradict_a_day_in_it() -> None:
    sources = [
        local(children="child_id | born_on\nC1 | 2010-05\nC2 | 2010-05"),
        annex_a(children="child_id | born_on\nC1 | 2010-05-17\nC2 | 2010-06-01"),
    ]
    assert len(warnings(combine(sources), "source_conflict")) == 2
    sources[0].mapping.append({"table": "children", "column": "born_on", "precision": "month"})
    assert warnings(combine(sources), "source_conflict") == [("C2", "born_on", "2010-06-01")]


def test_a_local_column_that_was_not_supplied_is_filled_from_the_row_that_matches() -> None:
    snapshot = combine(
        [
            local(
                referrals="""
                    child_id | received_on | closed_on
                    C1       | 2017-06-01  |
                    C1       | 2017-09-01  |
                    C2       | 2017-06-01  |
                """
            ),
            annex_a(
                referrals="""
                    child_id | received_on | is_nfa | closed_on
                    C1       | 2017-06-01  | true   | 2017-07-01
                    C2       | 2017-06-02  | true   |
                """
            ),
        ]
    )
    assert rows(snapshot, "referrals", "child_id", "is_nfa", "closed_on") == [
        ("C1", True, None),  # closed_on was supplied, and blank
        ("C1", None, None),
        ("C2", None, None),
    ]
    supply = snapshot.supply["referrals"]
    assert supply.filled_by["is_nfa"] == "annex_a" and "is_nfa" not in supply.columns


def test_a_link_is_filled_only_into_rows_of_the_same_source() -> None:
    theirs = an_extract(
        "cin_census",
        referrals="referral_id | child_id | received_on\nmade-1 | C1 | 2017-01-01",
        assessments="child_id | started_on | referral_id | factors\nC1 | 2017-02-01 | made-1 | 1A;2B",
    )
    ours = "child_id | started_on\nC1 | 2017-02-01"
    filled = combine([theirs, local(assessments=ours)])
    assert rows(filled, "assessments", "referral_id", "factors") == [("made-1", ["1A", "2B"])]
    own = combine([theirs, local(assessments=ours, referrals="child_id | received_on\nC1 | 2017-01-01")])
    assert rows(own, "assessments", "referral_id") == [(None,)]


def test_lists_of_codes_differ_when_they_hold_other_codes() -> None:
    text = "child_id | started_on | factors\nC1 | 2017-02-01 | {}\nC2 | 2017-02-01 | 3A"
    sources = [
        local(assessments=text.format("1A;2B")),
        an_extract("cin_census", assessments=text.format("2B;1A")),
    ]
    assert warnings(combine(sources), "source_conflict") == []
    sources[1] = an_extract("cin_census", assessments=text.format("2B"))
    assert warnings(combine(sources), "source_conflict") == [("C1", "factors", "2B")]


def test_allocations_match_on_child_and_role_and_statuses_on_child_at_the_as_at_date() -> None:
    snapshot = combine(
        [
            local(
                allocations="""
                    child_id | role          | started_on | ended_on   | team
                    C1       | social_worker | 2016-01-01 | 2017-01-01 | T1
                    C1       | social_worker | 2017-01-01 |            | T2
                """,
                care_leaver_statuses="""
                    child_id | recorded_on | is_service_open | eligibility
                    C1       | 2017-01-01  | true            | relevant
                    C1       | 2017-06-01  | true            | relevant
                    C1       | 2018-06-01  | true            | relevant
                """,
            ),
            annex_a(
                allocations="child_id | role | worker_id | team\nC1 | social_worker | W1 | T3",
                care_leaver_statuses="""
                    child_id | recorded_on | is_service_open | eligibility | in_touch
                    C1       | 2017-12-31  | true            | qualifying  | YES
                """,
            ),
        ]
    )
    assert rows(snapshot, "allocations", "worker_id") == [(None,), ("W1",)]
    assert rows(snapshot, "care_leaver_statuses", "in_touch") == [(None,), ("YES",), (None,)]
    assert warnings(snapshot, "source_conflict") == [
        ("C1", "team", "T3"),
        ("C1", "eligibility", "qualifying"),
    ]


# --- conflicts


def test_a_difference_in_a_field_both_hold_is_a_warning_with_both_values() -> None:
    plan = "child_id | started_on | ended_on | latest_category\nC1 | 2017-01-01 | {}"
    snapshot = combine(
        [
            local(cp_plans=f"{plan} | NEG".format("")),
            annex_a(cp_plans=f"{plan} | EMO".format("2017-08-01")),
        ]
    )
    assert warnings(snapshot, "source_conflict") == [("C1", "latest_category", "EMO")], "a blank is not held"
    [finding] = snapshot.findings
    assert (finding.source, finding.row) == ("annex_a", 2)
    assert finding.message == (
        "latest_category is EMO in annex_a and NEG in local_extracts (local_extracts.cp_plans line 2): "
        "NEG was used."
    )


def test_annex_a_rows_without_a_local_match_and_open_local_rows_without_one() -> None:
    snapshot = combine(
        [
            local(
                cp_plans="""
                    child_id | started_on | ended_on
                    C1       | 2017-01-01 |
                    C2       | 2017-02-01 | 2017-12-31
                    C3       | 2017-03-01 | 2018-01-01
                    C4       | 2018-01-01 |
                """
            ),
            annex_a(cp_plans="child_id | started_on\nC1 | 2017-01-01\nC9 | 2017-01-01"),
        ]
    )
    assert warnings(snapshot, "annex_only") == [("C9", None, "C9")]
    assert warnings(snapshot, "local_only") == [("C3", None, "C3")]


def test_an_adviser_of_a_child_whom_annex_a_does_not_list_as_a_care_leaver_is_not_missed_there() -> None:
    snapshot = combine(
        [
            local(
                allocations="""
                    allocation_id | child_id | worker_id | role             | started_on
                    L1            | C1       | W1        | personal_adviser | 2017-01-01
                    L2            | C2       | W2        | personal_adviser | 2017-01-01
                    L3            | C3       | W3        | personal_adviser | 2017-01-01
                """
            ),
            annex_a(
                allocations="""
                    allocation_id | child_id | worker_id | role
                    A1            | C1       | W1        | personal_adviser
                """,
                care_leaver_statuses="""
                    child_id | recorded_on | eligibility
                    C1       | 2017-12-31  | relevant
                    C2       | 2017-12-31  | former_relevant
                """,
            ),
        ]
    )
    assert warnings(snapshot, "local_only") == [
        ("C2", None, "C2")
    ]  # C3 is looked after: list 9 has no such child


def test_the_last_event_of_annex_a_is_compared_with_the_latest_local_one() -> None:
    snapshot = combine(
        [
            local(
                visits="""
                    child_id | kind | visited_at       | is_seen
                    C1       | cp   | 2017-12-01T10:00 | true
                    C1       | cp   | 2017-11-01       | true
                    C1       | cp   | 2018-01-05       | true
                    C2       | cp   | 2017-12-20       | false
                    C3       | cin  | 2017-12-10       | true
                """
            ),
            annex_a(
                visits="""
                    child_id | kind | visited_at
                    C1       | cp   | 2017-12-01
                    C2       | cp   | 2017-12-19
                    C4       | cp   | 2017-12-01
                    C1       | cin  | 2017-12-01
                    C2       | cin  | 2017-12-20
                """
            ),
        ]
    )
    assert warnings(snapshot, "source_conflict") == [("C2", "visited_at", "2017-12-19")]
    assert warnings(snapshot, "annex_only") == [
        ("C2", "visited_at", "2017-12-20"),  # last seen: at no local visit was the child seen
        ("C4", "visited_at", "2017-12-01"),
    ]


def test_a_name_of_annex_a_is_the_worker_whose_posts_bear_it() -> None:
    posts = """
        post_id | worker_id | worker_name | team | started_on
        P1      | W1        | A Worker    | T1   | 2016-01-01
        P2      | W1        | A Worker    | T1   | 2017-01-01
        P3      | W2        | Two Of Them | T1   | 2017-01-01
        P4      | W3        | Two Of Them | T1   | 2017-01-01
    """
    names = "child_id | role | worker_id\n" + "\n".join(
        f"C{n} | social_worker | {name}" for n, name in enumerate(["A Worker", "Two Of Them", "Other"])
    )
    snapshot = combine([local(posts=posts), annex_a(allocations=names)])
    assert rows(snapshot, "allocations", "worker_id") == [("W1",), ("Two Of Them",), ("Other",)]


# --- what is not combined


def test_sources_of_different_days_or_councils_and_one_source_twice_are_not_combined() -> None:
    one = an_extract("cin_census", children="child_id\nC1", authority="211")
    with pytest.raises(ValueError, match="one as-at date"):
        combine([one, annex_a(children="child_id\nC1"), an_extract("ssda903", as_at_on=date(2017, 3, 31))])
    with pytest.raises(Refused, match="Two deliveries of cin_census"):
        combine([one, an_extract("cin_census", children="child_id\nC1")])
    with pytest.raises(Refused, match="different authorities"):
        combine([one, an_extract("annex_a", children="child_id\nC1", authority="357")])


def test_every_row_says_whose_it_is() -> None:
    snapshot = combine(
        [
            an_extract("cin_census", children="child_id\nC1", authority="211"),
            local(cp_plans="child_id | started_on"),
        ]
    )
    assert snapshot.authority == "211"
    assert rows(snapshot, "children", "authority") == [("211",)]
