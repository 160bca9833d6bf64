"""Which section 47 enquiry does each conference belong to, and which enquiry has had none? (rule CP-03)"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from goldenthread.populations.population import Sequential
from goldenthread.settings import parameter
from goldenthread.standard import table

_discussions = table("strategy_discussions").rows
_conferences = table("conferences").rows

enquiries_begun = _discussions.filter(_discussions.is_s47_initiated)
_initial = _conferences.filter(_.kind == "initial")
include_transfers = parameter("icpc_transfer_in") == "include"
# Empty, and nothing to work out, unless the council counts transfers in as initial conferences.
_with_transfers = _conferences.filter(_.kind.isin(["initial", "transfer_in"]) & include_transfers)

_LINKS = pa.schema(
    [
        ("authority", pa.string()),
        ("child_id", pa.string()),
        ("conference_id", pa.string()),
        ("conference_on", pa.date32()),
        ("enquiry_id", pa.string()),
        ("enquiry_on", pa.date32()),
    ]
)
_SPANS = pa.schema(
    [
        ("authority", pa.string()),
        ("child_id", pa.string()),
        ("enquiry_id", pa.string()),
        ("known_from_on", pa.date32()),  # null: from the first
        ("known_until_on", pa.date32()),  # the first day on which the links are others; null: to the last
        ("conference_then_on", pa.date32()),
    ]
)
_Row = dict[str, Any]


def _pairs(conferences: Iterable[_Row], enquiries: Sequence[_Row]) -> Iterator[tuple[_Row, _Row]]:
    """Take one child's conferences in order; each uses an enquiry up (rule CP-03)."""
    used: set[str] = set()
    for conference in conferences:
        named = [e for e in enquiries if e["enquiry_id"] == conference["named_id"]]
        free = [
            e
            for e in enquiries
            if e["enquiry_on"] <= conference["conference_on"] and e["enquiry_id"] not in used
        ]
        chosen = named or free[-1:]
        if chosen:
            used.add(chosen[0]["enquiry_id"])
            yield conference, chosen[0]


def _by_child(inputs: Mapping[str, pa.Table]) -> Iterator[tuple[list[_Row], list[_Row]]]:
    """The conferences and the enquiries of each child who has a conference."""
    enquiries: dict[tuple[str, str], list[_Row]] = {}
    for row in inputs["enquiries"].to_pylist():
        enquiries.setdefault((row["authority"], row["child_id"]), []).append(row)
    of_child = itemgetter("authority", "child_id")
    for child, conferences in groupby(inputs["conferences"].to_pylist(), of_child):
        yield list(conferences), enquiries.get(child, [])


def _linked(inputs: Mapping[str, pa.Table]) -> pa.Table:
    """Which enquiry each conference belongs to, with everything known at the as-at date."""
    links = [
        {**conference, **enquiry}
        for conferences, enquiries in _by_child(inputs)
        for conference, enquiry in _pairs(conferences, enquiries)
    ]
    return pa.Table.from_pylist(links, schema=_LINKS)


def _linked_by_day(inputs: Mapping[str, pa.Table]) -> pa.Table:
    """The first conference of each enquiry, for each span of days at which a reader finds the same links.

    Until an enquiry is held a conference that names it names nothing, and takes an earlier one.
    """
    spans = []
    for conferences, enquiries in _by_child(inputs):
        held = {e["enquiry_id"]: e["enquiry_on"] for e in enquiries}
        named = {
            held[c["named_id"]] for c in conferences if held.get(c["named_id"], date.min) > c["conference_on"]
        }
        for start, until in pairwise([None, *sorted(named), None]):
            known = [e for e in enquiries if until is None or e["enquiry_on"] < until]
            first: dict[str, date] = {}
            for conference, enquiry in _pairs(conferences, known):
                first.setdefault(enquiry["enquiry_id"], conference["conference_on"])
            spans += [
                {
                    **enquiry,
                    "known_from_on": start,
                    "known_until_on": until,
                    "conference_then_on": first.get(enquiry["enquiry_id"]),
                }
                for enquiry in known
            ]
    return pa.Table.from_pylist(spans, schema=_SPANS)


def _inputs(conferences: ir.Table, enquiries: ir.Table) -> dict[str, ir.Table]:
    return {
        "enquiries": enquiries.select(
            "authority", "child_id", enquiry_id=_.strategy_discussion_id, enquiry_on=_.held_on
        ).order_by("authority", "child_id", "enquiry_on", "enquiry_id"),
        "conferences": conferences.select(
            "authority",
            "child_id",
            "conference_id",
            conference_on=_.held_on,
            named_id=_.strategy_discussion_id,
        ).order_by("authority", "child_id", "conference_on", "conference_id"),
    }


def _links(name: str, about: str, conferences: ir.Table) -> Sequential:
    return Sequential(
        name=name, about=about, inputs=_inputs(conferences, enquiries_begun), schema=_LINKS, work=_linked
    )


section47_links = _links(
    "section47_links", "Which section 47 enquiry each initial conference belongs to.", _initial
)
section47_links_with_transfers = _links(
    "section47_links_with_transfers",
    "The same where transfers in count as initial conferences, and take their turn among them.",
    _with_transfers,
)


def _children_held_before_the_enquiry_named() -> ir.Table:
    """Children with a conference that names a section 47 enquiry held only after it: few, and in error."""
    pairs = _initial.inner_join(
        enquiries_begun,
        [
            _initial.authority == enquiries_begun.authority,
            _initial.child_id == enquiries_begun.child_id,
            _initial.strategy_discussion_id == enquiries_begun.strategy_discussion_id,
            _initial.held_on < enquiries_begun.held_on,
        ],
    )
    return pairs.select(_initial.authority, _initial.child_id).distinct()


_of_these = ("authority", "child_id")
_held_before = _children_held_before_the_enquiry_named()
section47_links_by_day = Sequential(
    name="section47_links_by_day",
    about="The first conference of each enquiry as known on earlier days, where a later enquiry changed it.",
    inputs=_inputs(
        _initial.semi_join(_held_before, _of_these), enquiries_begun.semi_join(_held_before, _of_these)
    ),
    schema=_SPANS,
    work=_linked_by_day,
)
