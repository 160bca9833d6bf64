"""Which reader reads which delivery, and what does each need to be told?

Extracts that say themselves whose they are and of which day are read first: what they say is told
to the readers of SSDA903 and Annex A, which do not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from goldenthread.ingest import local_extracts
from goldenthread.ingest.extract import Extract, Refused
from goldenthread.ingest.recognition import Deliveries

Progress = Callable[[str, int, int], None]

_IN_ORDER = ("local_extracts", "cin_census", "workforce_census", "ssda903", "annex_a")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a load says about the files it is given."""

    as_at_on: date | None
    authority: str
    mapping: Mapping[str, Any] | None = None
    duplicate_policy: str = "quarantine"


def read_all(deliveries: Deliveries, told: Told, progress: Progress) -> list[Extract]:
    """Every delivery as an extract; Refused where one of them cannot be trusted."""
    extracts: list[Extract] = []
    waiting = [(source, paths) for source in _IN_ORDER for paths in deliveries.of(source)]
    for number, (source, paths) in enumerate(waiting):
        progress(f"reading {source.replace('_', ' ')}", number, len(waiting))
        extract = _read(source, paths, told, extracts)
        _refuse_empty(extract)
        _refuse_other_authority(extract, told.authority)
        extracts.append(extract)
    return extracts


def _read(source: str, paths: list[Path], told: Told, before: list[Extract]) -> Extract:
    authority = told.authority or next((extract.authority for extract in before if extract.authority), None)
    if source == "local_extracts":
        return local_extracts.read(
            paths,
            as_at_on=told.as_at_on,
            authority=told.authority or None,
            duplicate_policy=told.duplicate_policy,
        )
    if source == "annex_a":
        as_at_on = told.as_at_on or _day_of_local(before)
        return _reader(source)(paths, as_at_on=as_at_on, authority=authority, mapping=told.mapping)
    if source == "ssda903":
        return _reader(source)(paths, authority=authority, made_on=told.as_at_on)
    return _reader(source)(paths[0], authority=told.authority or None)


def _reader(source: str) -> Callable[..., Extract]:
    """The reader of a source; imported when it is needed, since each brings libraries of its own."""
    module = "workforce" if source == "workforce_census" else source
    return import_module(f"goldenthread.ingest.{module}").read


def _day_of_local(extracts: list[Extract]) -> date | None:
    days = {extract.as_at_on for extract in extracts if extract.source == "local_extracts"}
    return next(iter(days)) if len(days) == 1 else None


def _refuse_empty(extract: Extract) -> None:
    if extract.tables:
        return
    reasons = [f"{file.name}: {file.message}" for file in extract.files if file.message]
    why = f" ({reasons[0]})" if reasons else ""
    raise Refused(f"Nothing in the delivery of {extract.source.replace('_', ' ')} can be used{why}.")


def _refuse_other_authority(extract: Extract, expected: str) -> None:
    if expected and extract.authority and extract.authority != expected:
        names = ", ".join(file.name for file in extract.files[:3])
        raise Refused(
            f"{names}: of authority {extract.authority}, and {expected} was expected: "
            "check which council's files these are."
        )
