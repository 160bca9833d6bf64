"""What is written around day 0: a calendar opened, kept, moved, ticked, and closed with what was learned."""

from datetime import date

from goldenthread.calendar import OutsideCalendar, add_working_days, is_working_day
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.governance.countdown import usual_items
from goldenthread_web.governance.models import Countdown, CountdownItem
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

FARTHEST = 60  # working days before or after day 0


@service(Permission.HAND_OVER_EVIDENCE)
def open_countdown(
    *, title: str, kind: str, day_zero_on: date, like: Countdown | None = None, by: User
) -> Countdown:
    """Open the calendar around a day 0: with the items of an earlier one, or with the usual ones."""
    _check_day(day_zero_on)
    made = Countdown.objects.create(
        title=title.strip(),
        kind=Countdown.Kind(kind),
        day_zero_on=day_zero_on,
        opened_by=by,
        opened_at=now(),
    )
    items = usual_items() if like is None else like.items.values_list("working_day", "text", "post")
    CountdownItem.objects.bulk_create(
        CountdownItem(countdown=made, working_day=day, text=text, post=post) for day, text, post in items
    )
    changes = {"kind": kind, "day_zero": day_zero_on.isoformat(), "like": like.pk if like else None}
    record("countdown.opened", made, by=by, changes=changes)
    return made


@service(Permission.HAND_OVER_EVIDENCE)
def move_day_zero(countdown: Countdown, *, kind: str, day_zero_on: date, version: int, by: User) -> Countdown:
    """The call came, or is expected on another day: every day of the calendar moves with it."""
    found = _current(countdown, version)
    _check_day(day_zero_on)
    changes = {"day_zero": [found.day_zero_on.isoformat(), day_zero_on.isoformat()], "kind": kind}
    found.kind, found.day_zero_on = Countdown.Kind(kind), day_zero_on
    found.version += 1
    found.save()
    record("countdown.moved", found, by=by, changes=changes)
    return found


@service(Permission.HAND_OVER_EVIDENCE)
def close_countdown(countdown: Countdown, *, learned: str, version: int, by: User) -> Countdown:
    """It is over: what the next one takes from it."""
    found = _current(countdown, version)
    if not learned.strip():
        raise Refused("Say what was learned, also where all went well: the next calendar begins with it.")
    found.closed_on, found.learned = today(), learned.strip()
    found.version += 1
    found.save()
    record("countdown.closed", found, by=by)
    return found


@service(Permission.HAND_OVER_EVIDENCE)
def add_countdown_item(
    countdown: Countdown, *, working_day: int, text: str, post: str, by: User
) -> CountdownItem:
    """Add something that has to be ready, so many working days before or after day 0."""
    _check_open(countdown)
    _check_far(working_day)
    made = CountdownItem.objects.create(
        countdown=countdown, working_day=working_day, text=text.strip(), post=post.strip()
    )
    record("countdown.item_added", made, by=by, changes={"calendar": countdown.pk, "day": working_day})
    return made


@service(Permission.HAND_OVER_EVIDENCE)
def change_countdown_item(
    item: CountdownItem, *, working_day: int, text: str, post: str, version: int, by: User
) -> CountdownItem:
    """Change the day, the words or the post of an item."""
    found = _item(item, version)
    _check_far(working_day)
    changes = {"day": [found.working_day, working_day]}
    found.working_day, found.text, found.post = working_day, text.strip(), post.strip()
    found.version += 1
    found.save()
    record("countdown.item_changed", found, by=by, changes=changes)
    return found


@service(Permission.HAND_OVER_EVIDENCE)
def remove_countdown_item(item: CountdownItem, *, version: int, by: User) -> None:
    """Take an item off the calendar."""
    found = _item(item, version)
    record("countdown.item_removed", found, by=by, changes={"calendar": found.countdown_id})
    found.delete()


@service(Permission.HAND_OVER_EVIDENCE)
def tick_countdown_item(item: CountdownItem, *, is_done: bool, version: int, by: User) -> CountdownItem:
    """Say that something is ready, or that it is not after all."""
    found = _item(item, version)
    if bool(found.done_on) == is_done:
        raise Refused("It says so already.")
    found.done_on = today() if is_done else None
    found.version += 1
    found.save()
    record("countdown.item_ready" if is_done else "countdown.item_not_ready", found, by=by)
    return found


def _item(item: CountdownItem, version: int) -> CountdownItem:
    found = CountdownItem.objects.select_for_update().get(pk=item.pk)
    check(found, version)
    _check_open(found.countdown)
    return found


def _current(countdown: Countdown, version: int) -> Countdown:
    found = Countdown.objects.select_for_update().get(pk=countdown.pk)
    check(found, version)
    _check_open(found)
    return found


def _check_open(countdown: Countdown) -> None:
    if countdown.closed_on is not None:
        raise Refused("This calendar is closed: open a new one like it.")


def _check_far(working_day: int) -> None:
    if abs(working_day) > FARTHEST:
        raise Refused(f"Give a day at most {FARTHEST} working days from day 0.")


def _check_day(day: date) -> None:
    """Day 0 is a working day whose neighbours' bank holidays are known."""
    try:
        add_working_days(day, -FARTHEST), add_working_days(day, FARTHEST)
    except OutsideCalendar:
        raise Refused("The bank holidays around that day are not known yet: give an earlier day.") from None
    if not is_working_day(day):
        raise Refused("An inspection is announced on a working day: give one.")
