"""How does a set of figures come into force? Worked out beside the one in force, then by one switch.

A new load, other settings or other code need every figure. Where only what people write has changed, only
the indicators that read it are worked out, and the others are taken over from the set in force. Either a set
is whole and in force, or the one before it stays.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from goldenthread.figures.figure import Figure
from goldenthread.periods import Every
from goldenthread.store import Load, Store
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.extracts.named_calls import named_call
from goldenthread_web.figures.lines import MONTH, figures_of, line_of, shown
from goldenthread_web.figures.models import Caveats, FigureLine, WorkedOut
from goldenthread_web.figures.recorded import (
    Written,
    clear,
    collect,
    is_there,
    readers,
    readers_of_figures,
    with_results,
)
from goldenthread_web.figures.working_out import (
    Found,
    Making,
    TakenOver,
    basis_of,
    caveats,
    described,
    key_of,
)
from goldenthread_web.trail.recording import record

LINES_AT_ONCE = 2_000
LINES_COPIED_AT_ONCE = 20_000
KEPT_BROKEN_DOWN = 3  # sets, the newest: of earlier ones the figures of the whole stay, groups and teams go
# Which sets are named in what left the house, and stay: told by an app above, where it is there.
SETS_NAMED = "goldenthread_web.reports.standard_rows.sets_named"


def take_over_figures(load: Load, *, by: User | None = None) -> WorkedOut:
    """Work out the figures of the load in force and put them in force; nothing is done twice.

    A set of the same load, settings and code is put in force again, and follows what was written since.
    """
    store, local = Store.open(settings.INSTALLATION.store), local_settings()
    basis = basis_of(store, local)
    known = WorkedOut.objects.filter(basis=basis["basis"], finished_at__isnull=False)
    found = known.filter(state=WorkedOut.State.CURRENT).first()
    if found is not None:
        return found
    again = next((one for one in known if is_there(one.records)), None)
    if again is not None:
        _switch_to(again, by)
        return follow(load, by=by) or again
    # No transaction around it: working out takes a minute, and nobody should wait for it to write.
    written = collect(load)
    found = _written(described(load, basis, written), Making(store, local, load, written))
    _switch_to(found, by)
    return found


def follow(load: Load, *, by: User | None = None) -> WorkedOut | None:
    """Work out again what reads what people write, where that has changed; None: nothing has."""
    store, local = Store.open(settings.INSTALLATION.store), local_settings()
    basis = basis_of(store, local)
    current = WorkedOut.objects.filter(state=WorkedOut.State.CURRENT).first()
    if current is None or current.basis != basis["basis"]:
        return take_over_figures(load, by=by)
    written = collect(load)
    if key_of(load, basis, written) == current.key:
        _note_that_it_was_read(current, written, load)
        return None
    about = described(load, basis, written)
    making = Making(store, local, load, written, _taken_over(current))
    found = _written(about, making, current)
    _switch_to(found, by)
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


def _note_that_it_was_read(current: WorkedOut, written: Written, load: Load) -> None:
    """Nothing has changed: pages say as at when that is known, and lists find what they rest on."""
    if not is_there(current.records):  # somebody removed it
        with_results(written, _whole_months(current), load.authority)
    WorkedOut.objects.filter(pk=current.pk).update(records_at=written.read_at)
    _clear_records()


def _switch_to(found: WorkedOut, by: User | None) -> None:
    put_in_force(found, by=by)
    _forget_sets_followed(found)
    _forget_groups()
    _clear_records()


def _written(about: dict[str, Any], making: Making, before: WorkedOut | None = None) -> WorkedOut:
    """A set of figures, whole. What a killed worker left is begun again."""
    WorkedOut.objects.filter(state=WorkedOut.State.WORKING).delete()
    WorkedOut.objects.filter(key=about["key"]).delete()
    made = WorkedOut.objects.create(**about, began_at=now())
    whole: list[Figure] = [] if making.taken_over is None else list(making.taken_over.whole)
    if before is not None:
        made.lines += _copy_unjudged(before, made)
    for some in _in_batches(making.figures()):
        with transaction.atomic():
            FigureLine.objects.bulk_create([line_of(made, one.every, one.figure, one.hidden) for one in some])
        whole += [one.figure for one in some if not one.figure.breakdown]
        made.lines += len(some)
    made.records = making.written.name
    _finish(made, caveats(making.load, making.store, whole))
    return made


@transaction.atomic
def _finish(made: WorkedOut, told: Mapping[str, Mapping[str, list[dict[str, Any]]]]) -> None:
    """Write what stands beside each indicator; only then is the set whole."""
    Caveats.objects.bulk_create([Caveats(worked_out=made, ref=ref, **lists) for ref, lists in told.items()])
    made.finished_at = now()
    made.save(update_fields=["lines", "records", "finished_at"])


def _in_batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    while some := list(islice(found, LINES_AT_ONCE)):
        yield some


def _taken_over(before: WorkedOut) -> TakenOver:
    """What a set says of the indicators that do not read what people write."""
    lines = before.figure_lines.exclude(ref__in=readers()).order_by("id")
    judged = lines.filter(hidden__isnull=False)
    series = judged.values_list("every", flat=True)
    figures = shown(judged, is_public_view=False)
    return TakenOver(
        seen=tuple((Every(every), one.figure) for every, one in zip(series, figures, strict=True)),
        whole=tuple(one for one in _whole_months(before) if one.ref not in readers()),
    )


def _whole_months(of: WorkedOut) -> list[Figure]:
    """The months without a breakdown, of every indicator but those that are made of figures themselves."""
    lines = of.figure_lines.filter(every=MONTH, breakdown="").exclude(ref__in=readers_of_figures())
    return figures_of(shown(lines.order_by("id"), is_public_view=False))


def _copy_unjudged(before: WorkedOut, made: WorkedOut) -> int:
    """Copy the lines of these indicators that are for no public eye, in the database; how many they were."""
    lines = before.figure_lines.exclude(ref__in=readers()).filter(hidden__isnull=True).order_by("id")
    numbers = list(lines.values_list("id", flat=True))
    names = [field.column for field in FigureLine._meta.concrete_fields if field.column != "id"]
    new = ", ".join(names)
    old = new.replace("worked_out_id", "%s")
    table = FigureLine._meta.db_table
    for at in range(0, len(numbers), LINES_COPIED_AT_ONCE):
        some = numbers[at : at + LINES_COPIED_AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({new}) SELECT {old} FROM {table} "  # noqa: S608 - our own names
                f"WHERE worked_out_id = %s AND hidden IS NULL AND id BETWEEN %s AND %s "
                f"AND ref NOT IN ({', '.join(['%s'] * len(readers()))}) ORDER BY id",
                [made.pk, before.pk, some[0], some[-1], *readers()],
            )
    return len(numbers)


def _forget_sets_followed(current: WorkedOut) -> None:
    """Sets that differ from this one by what people wrote alone: one stays for pages that are being made.

    So does what a report names.
    """
    call = named_call(SETS_NAMED)
    named = set() if call is None else call()
    followed = WorkedOut.objects.filter(basis=current.basis, state=WorkedOut.State.EARLIER)
    newest_first = followed.exclude(key__in=named).order_by("-in_force_at", "-pk")
    for one in list(newest_first[1:]):
        one.delete()


def _forget_groups() -> None:
    """Teams and groups of sets that are long out of force: what was published of them is kept elsewhere."""
    recent = WorkedOut.objects.filter(finished_at__isnull=False).order_by("-in_force_at")[:KEPT_BROKEN_DOWN]
    kept = list(recent.values_list("pk", flat=True))
    FigureLine.objects.exclude(worked_out__in=kept).exclude(breakdown="").delete()


def _clear_records() -> None:
    """What people wrote stays while a set in force, its forerunner or what left the house rests on it."""
    call = named_call(SETS_NAMED)
    named = set() if call is None else call()
    recent = WorkedOut.objects.filter(finished_at__isnull=False).order_by("-in_force_at")[:KEPT_BROKEN_DOWN]
    kept = {one.records for one in recent}
    kept |= set(WorkedOut.objects.filter(key__in=named).values_list("records", flat=True))
    clear(kept)
