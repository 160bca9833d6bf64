"""What is written when people sign in, sign out or fail to: each is an Event."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from goldenthread_web.accounts.failures import is_worth_recording
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.telling import tell
from goldenthread_web.config.clock import now
from goldenthread_web.trail.recording import record


@service(None)
def sign_in(*, how: str, by: User) -> None:
    """Note that somebody signed in: by password, with the council, in the demonstration."""
    by.last_seen_at = now()
    by.save(update_fields=["last_seen_at"])
    record("account.signed_in", by, by=by, changes={"how": how})


@service(None)
def sign_out(*, by: User) -> None:
    """Note that somebody signed out of one session."""
    record("account.signed_out", by, by=by)


@service(None)
def end_session(*, by: User, reason: str = "") -> None:
    """Note that a session ended by itself: idle, too old, or its person may no longer use the service."""
    record("account.session_ended", by, by=by, reason=reason)


@service(None)
def sign_out_everywhere(*, by: User) -> None:
    """End every session of a person, this one too."""
    by.session_number += 1
    by.save(update_fields=["session_number"])
    record("account.signed_out_everywhere", by, by=by)


def note_seen(person: User, moment: datetime) -> None:
    """Keep when somebody was last here. No Event: every page that matters writes its own."""
    User.objects.filter(pk=person.pk).update(last_seen_at=moment)


def note_failure(what: str, person: User | None, key: str) -> None:
    """Record a failed sign-in or a lock-out, unless many like it were recorded just now."""
    count = is_worth_recording(what, key)
    if count:
        about = person if person is not None else ("user", "unknown")
        record(f"account.{what}", about, by=None, changes={"count": count})


@service(None)
def note_own_attempt(*, by: User) -> None:
    """Note that somebody tried on their own account what somebody else must do, and tell the watchers."""
    record("account.own_attempt", by, by=by)
    tell(
        ("data_protection_officer",),
        what="account.own_attempt",
        subject="Somebody tried to change their own rights",
        sentence="Somebody tried to do for themselves what another person must do. See who it was:",
        path=reverse("trail:search"),
    )


@service(None)
def turn_away(person: User, *, reason: str, by: None = None) -> None:
    """Refuse a sign-in that had the right password; a dormant account is closed with that."""
    if reason == "dormant":
        close_dormant(person, by=by)
    record("account.turned_away", person, by=by, reason=reason)


@service(None)
def close_dormant(person: User, *, by: None = None) -> None:
    """Close an account that nobody used for long."""
    person.is_active = False
    person.session_number += 1
    person.save(update_fields=["is_active", "session_number"])
    record("account.closed", person, by=by, reason="dormant")


@service(None)
def tie_to_council(person: User, *, subject: str, by: None = None) -> None:
    """Tie an account to the one identity at the council that signs in to it from now on."""
    SocialAccount.objects.create(user=person, provider="council", uid=subject, extra_data={})
    record("account.tied", person, by=by)


@service(None)
def change_password(person: User, *, password: str, by: User) -> None:
    """Set a new password; every other session of the person ends with it."""
    person.set_password(password)
    person.session_number += 1
    person.save(update_fields=["password", "session_number"])
    record("account.password_changed", person, by=by)


@service(None)
def note_second_factor(what: str, *, by: User) -> None:
    """Note that a second factor was set up or removed, or recovery codes were made."""
    record(f"account.{what}", by, by=by)
