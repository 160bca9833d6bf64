"""Immediate concerns for tests: only what matters is said, and moments as the clocks of England show them."""

from datetime import date, datetime

from django.core.mail.backends.base import BaseEmailBackend

from goldenthread_web.accounts.children import reference
from goldenthread_web.concerns import absence_services, services
from goldenthread_web.concerns.jobs import escalate
from goldenthread_web.config.clock import LONDON
from tests.web.builders import a_person, a_unit

CHILD = reference("c1")  # held by FSP 1 in the small council of the morning
FRIDAY = "2017-12-22 18:30"
FEARED = "The bedroom window on the third floor has no lock."


def clock(text: str) -> datetime:
    """A moment as clocks in England show it: clock("2017-12-22 18:30")."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def people():
    """One person in each post that answers for a child of FSP 1, and a quality assurance lead."""
    a_unit("FSP 1")
    roles = {"team": "team_manager", "service": "service_manager", "head": "head_of_service"}
    roles |= {"director": "director", "lead": "qa_lead"}
    return {name: a_person(role, title=name) for name, role in roles.items()}


def a_concern(by=None, *, at=FRIDAY, child=CHILD, team="FSP 1", text=FEARED, source="case_audit", **said):
    """A concern raised at a moment."""
    return services.raise_concern(
        child,
        team=team,
        source=source,
        text=text,
        raised_at=clock(at),
        by=by or a_person("qa_lead"),
        **said,
    )


def an_absence(person, deputy, first, last, by=None):
    """Somebody is away, from a day to a day."""
    days = {"starts_on": date.fromisoformat(first), "ends_on": date.fromisoformat(last)}
    return absence_services.enter_absence(person, deputy=deputy, **days, by=by or person)


def told(concern, step=None):
    """Who was told, in the order of telling; for an empty post its name and why."""
    rows = concern.notices.all() if step is None else concern.notices.filter(step=step)
    return [one.person.title if one.person else f"{one.post}: {one.nobody}" for one in rows]


def runs(text):
    """The routine runs at a moment."""
    return escalate(by=None, at=clock(text))


class NoMailServer(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, _messages):
        """Fail as a connection does."""
        raise ConnectionRefusedError("nobody answers")
