"""Contacts to the front door: received, decided, waiting for a decision, and what came of them."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import months_after, open_until, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.children import age_on, is_unborn_on, with_child
from goldenthread.populations.moments import CHILD
from goldenthread.populations.periods_of import in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import supplied
from goldenthread.standard import table

_contacts = table("contacts").rows.mutate(
    received_on=_.received_at.cast("date"), decided_on=_.decided_at.cast("date"), key=_.contact_id
)
_referrals = table("referrals").rows
_exploitation = table("exploitation_records").rows

contacts_received = Population(
    name="contacts_received",
    about="Contacts received in the period, one row per child per contact.",
    rows=placed(
        with_working_day(in_period(_contacts, "received_on"), "received_on", "decided_on"),
        on="on",
        role="social_worker",
    ),
)


def _followed() -> ir.Table:
    unclear = _contacts.filter(_contacts.outcome.isnull())
    contact = with_working_day(
        unclear.select("authority", "child_id", "contact_id", "received_on"), "received_on"
    )
    referral = _referrals.select("authority", "child_id", referred_on=_.received_on).distinct()
    referral = with_working_day(referral, "referred_on")
    soon = contact.inner_join(
        referral,
        [
            contact.authority == referral.authority,
            contact.child_id == referral.child_id,
            referral.referred_on >= contact.received_on,
            referral.referred_on_working_day - contact.received_on_working_day <= 1,
        ],
    )
    keys = (contact.authority, contact.child_id, contact.contact_id)
    return soon.select(*keys).distinct().mutate(is_followed_by_referral=True)


contacts_followed = Population(
    name="contacts_followed",
    about="Contacts without an outcome whose child was referred by the next working day.",
    rows=_followed(),
)


def _with_what_followed() -> ir.Table:
    rows = _contacts.left_join(contacts_followed.table, ["authority", "child_id", "contact_id"])
    rows = rows.select(*_contacts.columns, "is_followed_by_referral")
    return rows.mutate(is_followed_by_referral=rows.is_followed_by_referral.fill_null(False))


def _decided() -> ir.Table:
    rows = _with_what_followed()
    # Annex A does not say when a contact was decided: there those received stand in for them.
    rows = rows.mutate(on=supplied("contacts.decided_at").ifelse(rows.decided_on, rows.received_on))
    return placed(in_period(rows, "on"), on="on", role="social_worker")


contacts_decided = Population(
    name="contacts_decided",
    about="Contacts on which a manager decided in the period.",
    rows=_decided(),
)

_waiting = (_contacts.received_on <= PERIOD.ends_on) & (open_until(_contacts.decided_on) > PERIOD.ends_on)

contacts_undecided = Population(
    name="contacts_undecided",
    about="Contacts without a decision at the end of the period.",
    rows=placed(
        with_working_day(with_period(_contacts, _waiting), "received_on"),
        on="ends_on",
        role="social_worker",
    ),
)


def _screened() -> ir.Table:
    """Contacts received, with the child's age and the first exploitation screening that answers each."""
    contact = contacts_received.table
    screening = _exploitation.filter(_exploitation.kind == "screening")
    is_for_it = (screening.contact_id == contact.contact_id).fill_null(False) | (
        screening.contact_id.isnull() & (screening.done_on >= contact.received_on)
    )
    done = contact.inner_join(
        screening,
        [
            contact.authority == screening.authority,
            contact.child_id == screening.child_id,
            screening.done_on <= contact.decided_on,
            is_for_it,
        ],
    )
    keys = ("period", "authority", "child_id", "contact_id")
    first = (
        done.select(*[contact[name] for name in keys], screening.done_on)
        .group_by(*keys)
        .aggregate(screened_on=_.done_on.min())
    )
    rows = contact.left_join(first, list(keys)).select(*contact.columns, "screened_on")
    rows = with_child(rows)
    return rows.mutate(
        age_at_contact=age_on(rows, rows.received_on), was_unborn=is_unborn_on(rows, rows.received_on)
    )


contacts_screened = Population(
    name="contacts_screened",
    about="Contacts received in the period, with the child's age and the screening for exploitation.",
    rows=_screened(),
)


def _last_contacts() -> ir.Table:
    """Each child's last contact in the period, with the contacts of the twelve months to its end."""
    latest = first_per(
        contacts_received.table, *CHILD, order=[ibis.desc(_.received_on), ibis.desc(_.contact_id)]
    ).mutate(key=ibis.literal(""), window_from_on=months_after(_.ends_on, -12))
    contact = _with_what_followed()
    # Annex A gives no outcome: there a referral that followed says it.
    became_referral = supplied("contacts.outcome").ifelse(
        (contact.outcome == "referral").fill_null(False), contact.is_followed_by_referral
    )
    contact = contact.select(
        "authority",
        "child_id",
        contacted_on=contact.received_on,
        became_referral=became_referral.cast("int64"),
    )
    window = latest.inner_join(
        contact,
        [
            latest.authority == contact.authority,
            latest.child_id == contact.child_id,
            contact.contacted_on > latest.window_from_on,
            contact.contacted_on <= latest.ends_on,
        ],
    )
    counted = window.select(*[latest[name] for name in CHILD], contact.became_referral)
    counted = counted.group_by(*CHILD).aggregate(
        contacts_in_12_months=counted.count(), referrals_in_12_months=counted.became_referral.sum()
    )
    columns = [name for name in latest.columns if name != "window_from_on"]
    return latest.left_join(counted, list(CHILD)).select(*columns, *counted.columns[len(CHILD) :])


children_with_contacts = Population(
    name="children_with_contacts",
    about="Children with a contact in the period, placed by the last of them, with how many came in a year.",
    rows=_last_contacts(),
)
