"""Which rows of the standard tables does a CIN census fill, and with what?"""

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import Supply
from goldenthread.ingest.returns.cells import Collection
from goldenthread.ingest.returns.rows import mapped_table, repeated
from goldenthread.standard import table

# GenderCurrent, to 2024, as the standard writes sex; Sex, from 2025, is written the same in both.
_SEX_OF_GENDER = {"1": "M", "2": "F", "0": "U", "9": "U"}
_FIRST_YEAR_OF_CIN_PLANS = table("cin_plan_dates").column["started_on"].from_year or 0

# A census has both kinds of conference by definition: none of one kind means there was none.
_CONFERENCE_KINDS = frozenset({"initial", "review"})


# Standard tables whose rows are those of one native table, column by column.
_RENAMED: dict[str, tuple[str, dict[str, str]]] = {
    "referrals": (
        "cin_details",
        {
            "referral_id": "cin_details_id",
            "child_id": "child_id",
            "received_on": "referral_on",
            "source": "referral_source",
            "is_nfa": "is_nfa",
            "primary_need": "primary_need",
            "closed_on": "closed_on",
            "close_reason": "close_reason",
        },
    ),
    "assessments": (
        "cin_assessments",
        {
            "assessment_id": "assessment_id",
            "child_id": "child_id",
            "referral_id": "cin_details_id",
            "started_on": "started_on",
            "authorised_on": "authorised_on",
            "factors": "factors",
        },
    ),
    "cin_plans": (
        "cin_plan_dates",
        {
            "cin_plan_id": "plan_id",
            "child_id": "child_id",
            "started_on": "started_on",
            "ended_on": "ended_on",
        },
    ),
    "cp_plans": (
        "cin_cp_plans",
        {
            "cp_plan_id": "cp_plan_id",
            "child_id": "child_id",
            "started_on": "started_on",
            "ended_on": "ended_on",
            "initial_category": "initial_category",
            "latest_category": "latest_category",
            "previous_plan_count": "previous_plan_count",
        },
    ),
}

# Columns filled of every standard table: not supplied is not the same as blank in every row.
FILLED: dict[str, frozenset[str]] = {
    "children": frozenset(
        "child_id born_on is_unborn expected_birth_on sex ethnicity has_disability".split()
    ),
    "strategy_discussions": frozenset(
        "strategy_discussion_id child_id held_on is_s47_initiated is_icpc_required".split()
    ),
    "conferences": frozenset("conference_id child_id kind held_on strategy_discussion_id".split()),
    **{name: frozenset(columns) for name, (_, columns) in _RENAMED.items()},
}


def standard_rows(native: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The standard tables from the native ones; columns the census lacks are null."""
    renamed = {
        name: mapped_table(name, {to: native[source][of] for to, of in columns.items()}, native[source])
        for name, (source, columns) in _RENAMED.items()
    }
    return {
        "children": _children(native),
        "strategy_discussions": _strategy_discussions(native["cin_section47"]),
        "conferences": _conferences(native),
        **renamed,
    }


def _children(native: dict[str, pa.Table]) -> pa.Table:
    rows = native["cin_children"]
    genders = pa.array(list(_SEX_OF_GENDER))
    sexes = pa.array(list(_SEX_OF_GENDER.values()))
    of_gender = pc.take(sexes, pc.index_in(rows["gender"], value_set=genders))
    unborn = pc.and_(pc.is_valid(rows["expected_birth_on"]), pc.is_null(rows["born_on"]))
    columns = {
        "child_id": rows["child_id"],
        "born_on": rows["born_on"],
        "is_unborn": unborn,
        "expected_birth_on": rows["expected_birth_on"],
        "sex": pc.coalesce(rows["sex"], of_gender),
        "ethnicity": rows["ethnicity"],
        "has_disability": _has_disability(rows, native["cin_disabilities"]),
    }
    return mapped_table("children", columns, rows)


def _has_disability(children: pa.Table, disabilities: pa.Table) -> pa.ChunkedArray:
    """True with any disability, false with the code NONE alone, null where nothing is said."""
    is_none = pc.equal(disabilities["disability"], "NONE")
    disabled = disabilities.filter(pc.invert(is_none))["child_id"].combine_chunks()
    asked = disabilities["child_id"].combine_chunks()
    has_any = pc.is_in(children["child_id"], value_set=disabled)
    was_asked = pc.is_in(children["child_id"], value_set=asked)
    return pc.if_else(was_asked, has_any, pa.scalar(None, pa.bool_()))


def _strategy_discussions(enquiries: pa.Table) -> pa.Table:
    columns = {
        "strategy_discussion_id": enquiries["section47_id"],
        "child_id": enquiries["child_id"],
        "held_on": enquiries["started_on"],
        "is_s47_initiated": repeated(True, pa.bool_(), enquiries.num_rows),
        "is_icpc_required": pc.invert(enquiries["is_conference_not_required"]),
    }
    return mapped_table("strategy_discussions", columns, enquiries)


def _conferences(native: dict[str, pa.Table]) -> pa.Table:
    """Initial conferences of enquiries, those given with the referral alone, and reviews."""
    enquiries = native["cin_section47"]
    linked = enquiries.filter(pc.is_valid(enquiries["initial_conference_on"]))
    referrals = native["cin_details"]
    unlinked = referrals.filter(pc.is_valid(referrals["initial_conference_on"]))
    given = pc.is_in(_child_and_day(unlinked), value_set=_child_and_day(linked).combine_chunks())
    unlinked = unlinked.filter(pc.invert(given))
    reviews = native["cin_reviews"]
    return pa.concat_tables(
        [
            _held(linked, "initial", "section47_id", "initial_conference_on", "section47_id"),
            _held(unlinked, "initial", "cin_details_id", "initial_conference_on", None),
            _held(reviews, "review", "review_id", "held_on", None),
        ]
    )


def _child_and_day(rows: pa.Table) -> pa.ChunkedArray:
    days = rows["initial_conference_on"].cast(pa.string())
    return pc.binary_join_element_wise(rows["child_id"], days, "|")


def _held(rows: pa.Table, kind: str, made_from: str, day: str, enquiry: str | None) -> pa.Table:
    columns = {
        "conference_id": rows[made_from],  # the group that gives the date: one conference each
        "child_id": rows["child_id"],
        "kind": repeated(kind, pa.string(), rows.num_rows),
        "held_on": rows[day],
    }
    if enquiry:
        columns["strategy_discussion_id"] = rows[enquiry]
    return mapped_table("conferences", columns, rows)


def supplied(
    native: dict[str, pa.Table], standard: dict[str, pa.Table], collection: Collection, source: str
) -> tuple[dict[str, pa.Table], dict[str, Supply]]:
    """The tables this collection supplies, and of each its columns and where it starts.

    Child in need plans were first collected for 2022: before, none of them means nothing is known.
    """
    left_out: set[str] = set()
    if collection.year < _FIRST_YEAR_OF_CIN_PLANS and native["cin_plan_dates"].num_rows == 0:
        left_out = {"cin_plans", "cin_plan_dates"}
    tables = {name: rows for name, rows in {**native, **standard}.items() if name not in left_out}
    starts_on = collection.first_day
    supply = {
        name: Supply(
            source=source,
            columns=FILLED.get(name) or frozenset(table(name).column),
            kinds=_CONFERENCE_KINDS if name == "conferences" else frozenset(),
            starts_on=starts_on,
            covers_from_on=starts_on,
            complete_since_on=starts_on,
            rows=rows.num_rows,
        )
        for name, rows in tables.items()
    }
    return tables, supply
