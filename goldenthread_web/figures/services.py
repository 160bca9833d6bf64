"""What is written about figures? A set is worked out beside the one in force, then put in force."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction

from goldenthread.figures.figure import Figure
from goldenthread.indicators.catalogue import catalogue
from goldenthread.store import Load, Store
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.figures.forms import authorities
from goldenthread_web.figures.lines import line_of
from goldenthread_web.figures.models import Annotation, Caveats, FigureLine, Neighbours, Owner, WorkedOut
from goldenthread_web.figures.working_out import Found, caveats, described, work_out
from goldenthread_web.trail.recording import record

LINES_AT_ONCE = 2_000
KEPT_BROKEN_DOWN = 3  # sets, the newest: of earlier ones the figures of the whole stay, groups and teams go


def take_over_figures(load: Load, *, by: User | None = None) -> WorkedOut:
    """Work out the figures of the load in force and put them in force; nothing is done twice."""
    store, local = Store.open(settings.INSTALLATION.store), local_settings()
    about = described(load, store, local)
    found = WorkedOut.objects.filter(key=about["key"], finished_at__isnull=False).first()
    if found is None:
        # No transaction around it: working out takes a minute, and nobody should wait for it to write.
        found, whole = _write(about, work_out(store, local, load.as_at_on))
        _finish(found, caveats(load, store, whole))
    if found.state != WorkedOut.State.CURRENT:
        put_in_force(found, by=by)
        _forget_groups()
    return found


@service(None)
def put_in_force(worked_out: WorkedOut, *, by: User | None) -> None:
    """Let the pages show this set from now on, in place of the one before."""
    WorkedOut.objects.filter(state=WorkedOut.State.CURRENT).update(state=WorkedOut.State.EARLIER)
    worked_out.state = WorkedOut.State.CURRENT
    worked_out.in_force_at = now()
    worked_out.save(update_fields=["state", "in_force_at"])
    record(
        "figures.put_in_force",
        worked_out,
        by=by,
        changes={"load": worked_out.load_folder, "lines": worked_out.lines},
    )


def _write(about: dict[str, Any], found: Iterable[Found]) -> tuple[WorkedOut, list[Figure]]:
    """A set of figures, and those of the whole among them. What a killed worker left is begun again."""
    WorkedOut.objects.filter(key=about["key"]).delete()
    made = WorkedOut.objects.create(**about, began_at=now())
    whole: list[Figure] = []
    for some in _in_batches(iter(found)):
        with transaction.atomic():
            FigureLine.objects.bulk_create([line_of(made, one.every, one.figure, one.hidden) for one in some])
        whole += [one.figure for one in some if not one.figure.breakdown]
        made.lines += len(some)
    return made, whole


@transaction.atomic
def _finish(made: WorkedOut, told: Mapping[str, Mapping[str, list[dict[str, Any]]]]) -> None:
    """Write what stands beside each indicator; only then is the set whole."""
    Caveats.objects.bulk_create([Caveats(worked_out=made, ref=ref, **lists) for ref, lists in told.items()])
    made.finished_at = now()
    made.save(update_fields=["lines", "finished_at"])


def _in_batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    while some := list(islice(found, LINES_AT_ONCE)):
        yield some


def _forget_groups() -> None:
    """Teams and groups of sets that are long out of force: what was published of them is kept elsewhere."""
    recent = WorkedOut.objects.filter(finished_at__isnull=False).order_by("-in_force_at")[:KEPT_BROKEN_DOWN]
    kept = list(recent.values_list("pk", flat=True))
    FigureLine.objects.exclude(worked_out__in=kept).exclude(breakdown="").delete()


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
