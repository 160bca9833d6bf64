"""What is written about figures by people: notes on charts, owners, neighbours."""

from collections.abc import Iterable
from datetime import date

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.figures.forms import authorities
from goldenthread_web.figures.models import Annotation, Neighbours, Owner
from goldenthread_web.trail.recording import record


@service(Permission.SET_TARGETS)
def annotate(ref: str, *, on: date, kind: str, text: str, everywhere: bool = False, by: User) -> Annotation:
    """Note on a chart what happened on a day; `everywhere`: on the chart of every indicator."""
    if ref not in catalogue():
        raise Refused(f"There is no indicator {ref}: choose one of the definitions.")
    if on > today():
        raise Refused("That day is still to come: note what has happened.")
    made = Annotation.objects.create(
        on=on, kind=kind, text=text.strip(), ref="" if everywhere else ref, entered_by=by, entered_at=now()
    )
    record("annotation.entered", made, by=by, changes={"kind": kind, "on": on.isoformat(), "ref": made.ref})
    return made


@service(Permission.SET_TARGETS)
def withdraw(annotation: Annotation, *, by: User) -> None:
    """Take an annotation off the charts; it stays in the record."""
    if annotation.withdrawn_at is not None:
        raise Refused("This note has been taken off already.")
    annotation.withdrawn_by, annotation.withdrawn_at = by, now()
    annotation.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record("annotation.withdrawn", annotation, by=by)


@service(Permission.SET_TARGETS)
def name_owner(ref: str, *, post: str, starts_on: date, by: User) -> Owner:
    """Say which post answers for an indicator from a day on."""
    if ref not in catalogue():
        raise Refused(f"There is no indicator {ref[:10]}: choose one of the definitions.")
    made = Owner.objects.create(
        ref=ref, post=post.strip(), starts_on=starts_on, entered_by=by, entered_at=now()
    )
    record("owner.named", ("figure", ref), by=by, changes={"from": starts_on.isoformat()})
    return made


@service(Permission.SET_TARGETS)
def choose_neighbours(areas: Iterable[str], *, starts_on: date, by: User) -> Neighbours:
    """Say which authorities count as statistical neighbours from a day on."""
    chosen = list(dict.fromkeys(areas))
    if unknown := [area for area in chosen if area not in authorities()]:
        raise Refused(f"There are no published figures of {', '.join(unknown)}: choose others.")
    made = Neighbours.objects.create(areas=chosen, starts_on=starts_on, entered_by=by, entered_at=now())
    record("neighbours.chosen", made, by=by, changes={"areas": len(chosen), "from": starts_on.isoformat()})
    return made
