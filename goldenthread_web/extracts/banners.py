"""What does every page say about the data itself: that there is none yet, or that it has grown old?"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from goldenthread.figures.wording import day_said
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.current import current
from goldenthread_web.extracts.models import LoadRun
from goldenthread_web.extracts.queries import last_run
from goldenthread_web.ui.words import days_in_words

STALE_AFTER_DAYS = 7  # unless [service] stale_after_days says otherwise


def banners(person: User) -> list[dict[str, Any]]:
    """The banners for a person, most serious first; none while the data is fresh."""
    load = current()
    if load is None:
        text = "No data has been loaded yet. Whatever a page does not show is missing, not zero."
        return [{"tone": "warning", "text": text} | _way_on(person)]
    age = (today() - load.as_at_on).days
    if age <= int(settings.INSTALLATION.service.get("stale_after_days", STALE_AFTER_DAYS)):
        return []
    text = (
        f"The data is {age} days old: nothing recorded after {day_said(load.as_at_on)} is in it, "
        "and what has been done since is missing."
    )
    return [{"tone": "warning", "text": text + _last_trouble(person)} | _way_on(person)]


def _last_trouble(person: User) -> str:
    """Why there is nothing newer, for those who see loads."""
    run = last_run() if person.may(Permission.SEE_LOADS) else None
    if run is None or run.state == LoadRun.State.DONE:
        return ""
    return f" The last delivery was not loaded: {days_in_words(run.sentence)}"


def _way_on(person: User) -> dict[str, str]:
    if person.may(Permission.LOAD_EXTRACTS):
        return {"href": reverse("extracts:deliver"), "link_text": "Deliver files"}
    if person.may(Permission.SEE_LOADS):
        return {"href": reverse("extracts:loads"), "link_text": "See the loads"}
    return {}
