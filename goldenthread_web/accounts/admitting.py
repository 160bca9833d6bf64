"""May this account be used, and if not, why? Asked at sign-in and again at every request."""

from datetime import date, datetime, timedelta

from django.conf import settings

from goldenthread_web.accounts.models import User

SENTENCES = {
    "closed": "Your account is closed. If you need it, ask the administrator to have it opened again.",
    "not_started": "Your account starts on a later day. Sign in then, or ask the administrator to change it.",
    "ended": "Your account has ended. If you still need it, ask the administrator to have it prolonged.",
    "dormant": (
        "Your account was not used for a long time, so it is closed. "
        "If you need it, ask the administrator to have it opened again."
    ),
    "unknown": (
        "There is no account here for the e-mail address of your sign-in. Ask the administrator to make one."
    ),
    "unverified": (
        "Your organisation's sign-in did not confirm that your e-mail address is yours. "
        "Ask the administrator to have this put right."
    ),
    "not_prolonged": (
        "Your organisation's sign-in gave no way to ask it again whether you may still be here. "
        "Ask the administrator to have it allow offline access."
    ),
    "tied": (
        "Your account here is tied to another sign-in of your organisation. "
        "Ask the administrator to check that it is you."
    ),
}


def reason_against(person: User, *, on: date, moment: datetime) -> str | None:
    """The code of what speaks against letting this person in; None: nothing."""
    if not person.is_active:
        return "closed"
    if person.starts_on is not None and on < person.starts_on:
        return "not_started"
    if person.ends_on is not None and person.ends_on < on:
        return "ended"
    return "dormant" if is_dormant(person, moment) else None


def is_dormant(person: User, moment: datetime) -> bool:
    """Whether nobody used the account for so long that it must be closed; never in the demonstration."""
    last = max(filter(None, (person.last_seen_at, person.created_at, person.opened_at)))
    return not settings.DEMO and moment - last >= timedelta(days=settings.DORMANT_DAYS)
