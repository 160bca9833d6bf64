"""Is what is said of a challenge enough, and does its day fit? Refused with a sentence where not."""

from datetime import date

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.challenges.models import Challenge
from goldenthread_web.challenges.rules import choices, rules, stages
from goldenthread_web.config.clock import today


def left_out_between(present: str, wanted: str) -> list[str]:
    """The stages between the present one and the one it goes to; blank: it is at none yet."""
    if wanted not in stages():
        raise Refused("Choose a stage.")
    since = stages()[present].place + 1 if present else 0
    return [one.key for one in stages().values() if since <= one.place < stages()[wanted].place]


def about(challenge: Challenge) -> tuple[str, str]:
    """How the trail names it: meetings have challenges too, of another kind."""
    return "case_challenge", challenge.ref


def check_codes(said: dict[str, str]) -> None:
    """Each code is one of its list."""
    if any(code not in choices(of) for of, code in said.items()):
        raise Refused("Choose one of the words of each list.")


def check_said(text: str, what: str) -> None:
    """Something was said."""
    if len(text.strip()) < rules()["shortest_reason"]:
        raise Refused(f"Say in a sentence {what}.")


def not_ahead(day: date | None) -> date:
    """The day, today unless said; none that lies ahead."""
    on = day or today()
    if on > today():
        raise Refused("This day lies ahead: enter the day on which it happened.")
    return on
