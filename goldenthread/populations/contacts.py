"""Contacts to the front door: received, decided, and still waiting for a decision."""

import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_contacts = table("contacts").rows.mutate(
    received_on=_.received_at.cast("date"), decided_on=_.decided_at.cast("date"), key=_.contact_id
)

_PERIOD = ("period", "starts_on", "ends_on", "as_at_on", "as_at_on_working_day", "ends_on_working_day")


def in_period(rows: ir.Table, day: str) -> ir.Table:
    """The rows whose date falls in each period, with the period's days."""
    joined = rows.join(PERIOD, rows[day].between(PERIOD.starts_on, PERIOD.ends_on))
    return joined.select(*[PERIOD[name] for name in _PERIOD], *[rows[c] for c in rows.columns])


contacts_received = Population(
    name="contacts_received",
    about="Contacts received in the period, one row per child per contact.",
    rows=placed(
        with_working_day(in_period(_contacts, "received_on"), "received_on", "decided_on").mutate(
            on=_.received_on
        ),
        on="on",
        role="social_worker",
    ),
)

contacts_decided = Population(
    name="contacts_decided",
    about="Contacts on which a manager decided in the period.",
    rows=placed(
        with_working_day(in_period(_contacts, "decided_on"), "received_on", "decided_on").mutate(
            on=_.decided_on
        ),
        on="on",
        role="social_worker",
    ),
)

_waiting = (_contacts.received_on <= PERIOD.ends_on) & (
    _contacts.decided_on.isnull() | (_contacts.decided_on > PERIOD.ends_on)
)

contacts_undecided = Population(
    name="contacts_undecided",
    about="Contacts without a decision at the end of the period.",
    rows=placed(
        with_working_day(
            _contacts.join(PERIOD, _waiting).select(
                *[PERIOD[name] for name in _PERIOD], *[_contacts[c] for c in _contacts.columns]
            ),
            "received_on",
        ),
        on="ends_on",
        role="social_worker",
    ),
)

