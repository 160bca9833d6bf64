"""What is written of what leaders saw: observations, the fear for a child that goes on at once, themes."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.concerns.models import Concern
from goldenthread_web.concerns.queries import team_of
from goldenthread_web.concerns.services import raise_concern
from goldenthread_web.config.clock import now, today
from goldenthread_web.extracts.children import Child
from goldenthread_web.practice_weeks import queries
from goldenthread_web.practice_weeks.models import Coding, Observation, OwnTheme, RosterEntry
from goldenthread_web.practice_weeks.wording import ANSWERS
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

_OWN = re.compile(r"[^a-z0-9]+")


@service(Permission.OBSERVE_PRACTICE)
def write_observation(
    entry: RosterEntry,
    *,
    version: int,
    held_on: date,
    answers: Mapping[str, str],
    saw: str,
    strengths: str = "",
    in_the_way: str = "",
    themes: Iterable[str] = (),
    fear: Mapping[str, Any] | None = None,
    by: User,
) -> Observation:
    """Write what was seen. `version` is the entry's.

    `fear` where something made the leader fear for a child: `child` and `text` raise an immediate concern at
    once; a leader who sees no child says instead whom they told (`told_post`) and when (`told_at`).
    """
    found = _held(entry, version, held_on, by)
    codes = _known(themes)
    went_on = {} if fear is None else _goes_on(found, fear, by)
    made = Observation.objects.create(
        entry=found,
        held_on=held_on,
        answers=_answered(found, answers),
        saw=_said(saw),
        strengths=strengths.strip(),
        in_the_way=in_the_way.strip(),
        is_concern=fear is not None,
        written_by=by,
        written_at=now(),
        **went_on,
    )
    Coding.objects.bulk_create([Coding(observation=made, theme=code) for code in codes])
    found.version += 1
    found.save(update_fields=["version"])
    changes = {"themes": codes, "is_concern": fear is not None, "told": bool(went_on.get("told_post"))}
    record("practice_week.observed", found, by=by, changes=changes)
    return made


@service(Permission.KEEP_PRACTICE_WEEKS)
def code_observation(observation: Observation, *, version: int, themes: Iterable[str], by: User) -> None:
    """Say which themes an observation is about. Only by whoever may read it."""
    found = (
        Observation.objects.select_for_update(of=("self",))
        .select_related("entry__week")
        .get(pk=observation.pk)
    )
    check(found, version)
    if not queries.may_read(found.entry, by):
        raise Refused("Whoever sees those children reads and codes this observation.")
    codes = _known(themes)
    found.codings.all().delete()
    Coding.objects.bulk_create([Coding(observation=found, theme=code) for code in codes])
    found.version += 1
    found.save(update_fields=["version"])
    record("practice_week.coded", found.entry, by=by, changes={"themes": codes})


@service(Permission.KEEP_PRACTICE_WEEKS)
def add_theme(words: str, *, by: User) -> OwnTheme:
    """Add a theme of the council's own."""
    said = words.strip()
    code = _OWN.sub("_", said.lower()).strip("_")[:40]
    if not code:
        raise Refused("Name the theme in a few words.")
    known = queries.themes()
    if code in known or said.lower() in (one.lower() for one in known.values()):
        raise Refused("There is a theme of that name already.")
    made = OwnTheme.objects.create(code=code, words=said[:80], added_by=by, added_on=today())
    record("practice_week.theme_added", made, by=by, changes={"code": code})
    return made


def _held(entry: RosterEntry, version: int, held_on: date, by: User) -> RosterEntry:
    """The entry, locked: this person writes of it, it was held, and nothing is written of it yet."""
    found = RosterEntry.objects.select_for_update(of=("self",)).select_related("week").get(pk=entry.pk)
    if not queries.may_write(found, by):
        raise Refused("The leader who was there writes what they saw.")
    check(found, version)
    if hasattr(found, "observation"):
        raise Refused("What was seen is written already.")
    if found.cancelled_on is not None:
        raise Refused(f"{found.ref} is cancelled: there is nothing to write of it.")
    if found.needs_consent:
        raise Refused("Record first that the family said yes, and which worker was present.")
    if held_on < found.on or held_on > today():
        raise Refused("It was held on the day of the roster or after it, and not in the days ahead.")
    return found


def _goes_on(entry: RosterEntry, fear: Mapping[str, Any], by: User) -> dict[str, Any]:
    """A fear for a child never stays in an observation."""
    if not by.held_role.sees_children:
        post, at = str(fear.get("told_post", "")).strip(), fear.get("told_at")
        if not post or not isinstance(at, datetime):
            raise Refused("Tell the worker or their manager now, and say here whom you told and when.")
        return {"told_post": post, "told_at": at}
    child = fear.get("child")
    if not isinstance(child, Child):
        raise Refused("Say which child you fear for: an immediate concern is raised at once.")
    concern = raise_concern(
        child.reference,
        team=team_of(child),
        source=Concern.Source.PRACTICE_WEEK,
        source_ref=entry.ref,
        text=str(fear.get("text", "")),
        raised_at=fear.get("at"),
        by=by,
    )
    return {"concern": concern}


def _answered(entry: RosterEntry, answers: Mapping[str, str]) -> dict[str, str]:
    asked = {str(number) for number in range(len(entry.what.questions))}
    found = {key: said for key, said in answers.items() if said}
    if set(found) - asked or set(found.values()) - set(ANSWERS):
        raise Refused("One answer fits none of the questions: reload the page and answer again.")
    return found


def _known(themes: Iterable[str]) -> list[str]:
    codes = sorted(set(themes))
    if set(codes) - set(queries.themes()):
        raise Refused("There is no such theme: add it first.")
    return codes


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise Refused("Say in a few sentences what you saw.")
    return said
