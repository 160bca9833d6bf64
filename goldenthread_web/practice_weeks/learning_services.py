"""What is written of what followed: you said, we did, published to staff; the report of a week."""

from datetime import date
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.practice_weeks import queries
from goldenthread_web.practice_weeks.models import PracticeWeek, WeekReport, YouSaid
from goldenthread_web.practice_weeks.wording import AUDIENCES
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

WORDS = ("theme", "audience", "said", "doing", "post", "due_on", "action")


@service(Permission.KEEP_PRACTICE_WEEKS)
def add_you_said(week: PracticeWeek, *, by: User, **words: Any) -> YouSaid:
    """Enter what people said, what is to be done about it, by whom and when. `words` are those of WORDS."""
    _check_words(words)
    PracticeWeek.objects.select_for_update().get(pk=week.pk)  # numbers follow each other
    made = YouSaid.objects.create(week=week, number=week.you_said.count() + 1, **words)
    action = words.get("action")
    changes = {"theme": made.theme, "action": None if action is None else action.ref}
    record("you_said.added", made, by=by, changes=changes)
    return made


@service(Permission.KEEP_PRACTICE_WEEKS)
def change_you_said(one: YouSaid, *, version: int, by: User, **words: Any) -> YouSaid:
    """Change what is to be done, by whom or when, until it is done."""
    _check_words(words)
    found = _locked(one, version)
    if found.is_done:
        raise Refused("It is done: what was promised stays as it was.")
    changed = sorted(name for name, value in words.items() if getattr(found, name) != value)
    for name, value in words.items():
        setattr(found, name, value)
    _save(found)
    record("you_said.changed", found, by=by, changes={"fields": changed})
    return found


@service(Permission.KEEP_PRACTICE_WEEKS)
def we_did(one: YouSaid, *, version: int, did: str, done_on: date, by: User) -> YouSaid:
    """Say what was done, and when."""
    found = _locked(one, version)
    if found.is_done:
        raise Refused("What was done is entered already.")
    if not did.strip():
        raise Refused("Say in a sentence what was done.")
    if done_on > today():
        raise Refused("The day lies ahead: enter what has been done.")
    if done_on < found.week.starts_on:
        raise Refused("That is before anybody said it: correct the day.")
    found.did, found.done_on = did.strip(), done_on
    _save(found)
    changes = {"done_on": f"{done_on}", "in_time": done_on <= found.due_on}
    record("you_said.done", found, by=by, changes=changes)
    return found


@service(Permission.KEEP_PRACTICE_WEEKS)
def publish_you_said(week: PracticeWeek, *, on: date, by: User) -> int:
    """Publish to staff whatever of a week is not published; how many there were."""
    rows = week.you_said.filter(published_on__isnull=True)
    count = rows.update(published_on=on)
    if not count:
        raise Refused("Everything of this week is published already.")
    record("you_said.published", week, by=by, changes={"count": count})
    return count


@service(Permission.KEEP_PRACTICE_WEEKS)
def write_report(
    week: PracticeWeek, *, reported_on: date, strengths: str, in_the_way: str, follows: str, by: User
) -> WeekReport:
    """Write the report of a week: its numbers are kept as they stand. A corrected report is another one."""
    if reported_on < week.ends_on:
        raise Refused("The week is not over on that day: report it when it is.")
    if reported_on > today():
        raise Refused("The day lies ahead: date the report when it is written.")
    said = {"strengths": strengths.strip(), "in_the_way": in_the_way.strip(), "follows": follows.strip()}
    if not all(said.values()):
        raise Refused("Say what was strong, what gets in the way, and what follows.")
    made = WeekReport.objects.create(
        week=week,
        reported_on=reported_on,
        numbers=queries.numbers_now(week).kept(),
        written_by=by,
        written_at=now(),
        **said,
    )
    in_time = reported_on <= week.report_due_on
    record("practice_week.reported", week, by=by, changes={"report": made.pk, "in_time": in_time})
    return made


def _locked(one: YouSaid, version: int) -> YouSaid:
    found = YouSaid.objects.select_for_update(of=("self",)).select_related("week").get(pk=one.pk)
    check(found, version)
    return found


def _save(found: YouSaid) -> None:
    found.version += 1
    found.save()


def _check_words(words: dict[str, Any]) -> None:
    unknown = sorted(set(words) - set(WORDS))
    if unknown:
        raise TypeError(f"Nobody can say {', '.join(unknown)} here.")
    if words.get("theme") not in queries.themes():
        raise Refused("There is no such theme: add it first.")
    if words.get("audience") not in AUDIENCES:
        raise Refused("Choose who said it.")
    if not (
        words.get("said", "").strip() and words.get("doing", "").strip() and words.get("post", "").strip()
    ):
        raise Refused("Say what was said, what is to be done, and which post does it.")
