"""Of what that is off target, off track or getting worse does a report not say why?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from goldenthread.papers.explained import explained
from goldenthread_web.figures.quoting import Point
from goldenthread_web.improvement.queries import tested_by
from goldenthread_web.reports.as_papers import AsPapers
from goldenthread_web.reports.documents import Document, Table, said
from goldenthread_web.reports.frame import Frame, headlines

WORSENING_MONTHS = 2  # one after the other


@dataclass(frozen=True, kw_only=True)
class Unsaid:
    """An indicator or an action of which the report does not say why. `is_red`: off target or off track."""

    key: str
    title: str
    is_red: bool
    is_action: bool = False


def unsaid(document: Document, papers: AsPapers, frame: Frame) -> Iterator[Unsaid]:
    """What is off target, off track or two months worse, and neither told in words nor by its owner.

    Told: where it is named, something is said beyond its name and its figures. By its owner: the table of
    actions gives what the owner of an action that it tests wrote in the period.
    """
    wanted, actions = list(_indicators(frame)), _off_track(document)
    phrases = {one.key: _goes_by(one.key, frame) for one in wanted} | dict.fromkeys(actions, ())
    told = explained(papers.prose, phrases, papers.linked)
    by_owner = _told_by_owners(document, frame)
    of_actions = tested_by([one.key for one in wanted if one.key not in told])
    for one in wanted:
        if one.key not in told and not of_actions.get(one.key, frozenset()) & by_owner:
            yield one
    for key, title in actions.items():
        if key not in told and key.removeprefix("action ") not in by_owner:
            yield Unsaid(key=key, title=title, is_red=True, is_action=True)


def _indicators(frame: Frame) -> Iterator[Unsaid]:
    """Those in a sentence or a table, at their latest month."""
    for (ref, ends_on), kept in frame.used.items():
        if not kept["is_named"] or not kept["direction"]:
            continue
        if kept["letter"] == "R":
            yield Unsaid(key=ref, title=kept["title"], is_red=True)
        elif is_worsening(frame.figures[ref].points, ends_on, kept["polarity"]):
            yield Unsaid(key=ref, title=kept["title"], is_red=False)


def is_worsening(points: Sequence[Point], ends_on: date, polarity: str) -> bool:
    """Whether each of the last two months was worse than the one before it; False where one is not known."""
    way = {"Higher": -1, "Lower": 1}.get(polarity.partition(" ")[0], 0)
    known = [one.number for one in points if one.ends_on <= ends_on][-WORSENING_MONTHS - 1 :]
    if len(known) <= WORSENING_MONTHS or not way:
        return False
    return all(
        before is not None and after is not None and (after - before) * way > 0
        for before, after in pairwise(known)
    )


def _goes_by(ref: str, frame: Frame) -> tuple[str, ...]:
    """What an indicator is called, and what it means: words that say what it is, and not why it is so."""
    kept: Mapping[str, Any] = next(one for (other, _), one in frame.used.items() if other == ref)
    names = [words for one in headlines() if one.ref == ref for words in (one.name, one.plain)]
    return (*names, kept["title"], kept["means"])


def _off_track(document: Document) -> dict[str, str]:
    """The actions that the table shows as off track: by `action 2.1.1`, what they are."""
    return {
        f"action {said(row[0])}": said(row[1]) for row in _actions(document) if said(row[2]).startswith("R:")
    }


def _told_by_owners(document: Document, frame: Frame) -> frozenset[str]:
    """The references of actions that stand in the table with what their owner wrote in the period."""
    return frozenset(said(row[0]) for row in _actions(document) if said(row[0]) in frame.notes)


def _actions(document: Document) -> Iterable[Sequence[Any]]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [row for one in blocks if isinstance(one, Table) and one.key == "actions" for row in one.rows]
