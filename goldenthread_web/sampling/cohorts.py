"""From whom may be drawn? Cohorts of the load in force, as children with their keyed references."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from goldenthread.populations.placing import NOT_KNOWN
from goldenthread.store import Load
from goldenthread.worklist.cohorts import NotDelivered, cohorts, not_delivered
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.extracts.cohorts import cohort_of
from goldenthread_web.extracts.current import current, local_settings
from goldenthread_web.sampling.drawing import Candidate


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A cohort as a form offers it: `why_not` says what was not delivered for it."""

    code: str
    title: str
    about: str
    is_of_events: bool
    why_not: str


def choices() -> tuple[Choice, ...]:
    """Every cohort, and whether the load in force can tell who is in it."""
    load = current()
    return tuple(
        Choice(
            code=one.code,
            title=one.title,
            about=one.about,
            is_of_events=one.is_of_events,
            why_not="Nothing is loaded." if load is None else not_delivered(load, one.code),
        )
        for one in cohorts().values()
    )


def title_of(code: str) -> str:
    """What a cohort is called; the code itself where it is no longer there."""
    found = cohorts().get(code)
    return found.title if found is not None else code


def about_of(code: str) -> str:
    """Who is in a cohort, in a sentence."""
    found = cohorts().get(code)
    return found.about if found is not None else "This cohort is no longer there."


def load_in_force() -> Load:
    """The load to draw from. Refused where there is none."""
    load = current()
    if load is None:
        raise Refused("Nothing is loaded, so there is nobody to choose from: load an extract first.")
    return load


def as_at(load: Load, on: date) -> date:
    """The day as on which a cohort is read: no later than the load knows."""
    return min(load.as_at_on, on)


def candidates(
    code: str, on: date, *, load: Load | None = None, teams: Collection[str] = ()
) -> list[Candidate]:
    """Who is in a cohort on a day, restricted children among them: whoever draws leaves those out.

    Refused, with a sentence, where there is no such cohort or what it needs was not delivered.
    """
    if code not in cohorts():
        raise Refused("There is no such cohort: choose one of the list.")
    found = load or load_in_force()
    try:
        rows = cohort_of(found, code, as_at(found, on), local_settings()).to_pylist()
    except NotDelivered as lacking:
        raise Refused(str(lacking)) from lacking
    return [_candidate(row) for row in rows if not teams or (row["team"] or NOT_KNOWN) in teams]


def _candidate(row: dict[str, object]) -> Candidate:
    said = {name: row[name] or NOT_KNOWN for name in ("team", "worker_id", "service", "age_band")}
    child_id = str(row["child_id"])
    return Candidate(
        reference=reference(child_id), child_id=child_id, key=row["key"] or "", day=row["day"], **said
    )  # type: ignore[arg-type]
