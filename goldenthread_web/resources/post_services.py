"""What is written of posts, and of reviews of how the service works?"""

from datetime import date
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.resources.models import InvestmentLine, Post, ProcessReview
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.KEEP_MONEY)
def add_post(
    *,
    title: str,
    status: str,
    since: date,
    expected_on: date | None = None,
    note: str = "",
    theme: Any = None,
    by: User,
) -> Post:
    """Enter a post the programme depends on, and whether somebody is in it."""
    if Post.objects.filter(title=title).exists():
        raise Refused("That post is on the list already.")
    _check_post(status, since, expected_on)
    made = Post.objects.create(
        title=title, status=status, since=since, expected_on=expected_on, note=note, theme=theme
    )
    record("post.added", made, by=by, changes={"status": status})
    return made


@service(Permission.KEEP_MONEY)
def change_post(
    post: Post,
    *,
    version: int,
    status: str,
    since: date,
    expected_on: date | None,
    note: str,
    by: User,
) -> Post:
    """Somebody came, went, or is expected at another time."""
    found = Post.objects.select_for_update().get(pk=post.pk)
    check(found, version)
    _check_post(status, since, expected_on)
    before = found.status
    found.status, found.since, found.expected_on, found.note = status, since, expected_on, note
    found.version += 1
    found.save()
    record("post.changed", found, by=by, changes={"status": [before, status]})
    return found


@service(Permission.KEEP_MONEY)
def add_review(
    *,
    title: str,
    as_is: str,
    to_be: str,
    post: str,
    live_due_on: date,
    line: InvestmentLine | None = None,
    live_on: date | None = None,
    effect: str = "",
    by: User,
) -> ProcessReview:
    """Say how a piece of the service works, how it is to work, and from when."""
    _check_review(live_on, effect)
    made = ProcessReview.objects.create(
        title=title,
        as_is=as_is,
        to_be=to_be,
        post=post,
        live_due_on=live_due_on,
        line=line,
        live_on=live_on,
        effect=effect,
    )
    record("process_review.added", made, by=by)
    return made


@service(Permission.KEEP_MONEY)
def change_review(review: ProcessReview, *, version: int, by: User, **said: Any) -> ProcessReview:
    """Say it in other words, that it is live, or what came of it. `said` are fields of ProcessReview."""
    found = ProcessReview.objects.select_for_update().get(pk=review.pk)
    check(found, version)
    _check_review(said.get("live_on", found.live_on), said.get("effect", found.effect))
    for name, value in said.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    record("process_review.changed", found, by=by, changes={"fields": sorted(said)})
    return found


def _check_post(status: str, since: date, expected_on: date | None) -> None:
    if status != Post.Status.PERMANENT and expected_on is None:
        raise Refused("Say by when the post is filled for good: it is not now.")
    if since > today():
        raise Refused("The day lies ahead: enter what is so today.")
    if expected_on is not None and expected_on < since:
        raise Refused("A post cannot be expected to be filled before it became as it is.")


def _check_review(live_on: date | None, effect: str) -> None:
    if live_on is not None and live_on > today():
        raise Refused("The day lies ahead: it is not live yet.")
    if effect and live_on is None:
        raise Refused("What came of it shows only once it is live: say since when.")
