"""What must be right of what is written into the plan? One sentence for each thing that is not."""

import re
from collections.abc import Iterable
from datetime import date

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.models import Action
from goldenthread_web.programme.models import Decision

_REF = re.compile(r"[A-Za-z0-9][\w.:/+-]{0,19}")


def check_ref(ref: str) -> None:
    """A reference is short and has no blanks: it goes onto the trail and into addresses."""
    if not _REF.fullmatch(ref) or "/" in ref:
        raise Refused(
            f"“{ref}” cannot be a reference: use up to 20 letters, digits, points and hyphens, no blanks."
        )


def check_indicator(ref: str) -> None:
    """An indicator is one of the catalogue."""
    if ref not in catalogue():
        raise Refused(f"There is no indicator {ref}: use a reference of the catalogue, such as CIN-02.")


def check_words(text: str, what: str) -> str:
    """The text without blanks around it, which must not be nothing."""
    found = text.strip()
    if not found:
        raise Refused(f"Say {what}: it is needed.")
    return found


def check_not_ahead(day: date, what: str) -> date:
    """A day of something that happened."""
    if day > today():
        raise Refused(f"{what} lies ahead: enter it once the day has come.")
    return day


def check_in_favour(decision: Decision | None, what: str) -> Decision:
    """What needs a body's agreement has it."""
    if decision is None:
        raise Refused(f"{what} needs a decision of a body: record that first, and name it.")
    if not decision.is_in_favour:
        raise Refused(
            f"{what} needs a decision that agrees; this one says: {decision.get_outcome_display()}."
        )
    return decision


def check_live(action: Action) -> None:
    """Nothing is reported on what was withdrawn."""
    if not action.is_live:
        raise Refused(f"Action {action.ref} was withdrawn: nothing is added to it.")


def is_owner(action: Action, person: User) -> bool:
    """Whether somebody leads or delivers an action: by name, or by the post they hold."""
    if person.pk in (action.lead_id, action.delivery_lead_id):
        return True
    posts = {post.strip().casefold() for post in (action.lead_post, action.delivery_post) if post.strip()}
    held: Iterable[str] = (person.title, person.held_role.title)
    return any(title.strip().casefold() in posts for title in held)
