"""What is written of people: who belongs to a body, what members learned, visits, work with partners."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance.models import (
    Election,
    GovernanceVisit,
    MemberDevelopment,
    Membership,
    PartnerEngagement,
    PlannedEvent,
)
from goldenthread_web.governance.standards import topics
from goldenthread_web.programme.models import Body
from goldenthread_web.trail.recording import record


@service(Permission.KEEP_MEETINGS)
def add_member(
    body: Body, *, post: str, starts_on: date, role: str = Membership.Role.MEMBER, by: User, **said: Any
) -> Membership:
    """Add a post to a body. `said`: agency, person (its account), is_voting, is_councillor."""
    try:
        with transaction.atomic():
            made = Membership.objects.create(
                body=body, post=post, starts_on=starts_on, role=Membership.Role(role), **said
            )
    except IntegrityError:
        raise Refused(f"{post} belongs to {body} already.") from None
    record("membership.began", made, by=by, changes={"body": body.code, "role": str(made.role)})
    return made


@service(Permission.KEEP_MEETINGS)
def end_membership(membership: Membership, *, ends_on: date, by: User) -> Membership:
    """Say that a post no longer belongs to a body after a day: its papers are closed to it then."""
    found = Membership.objects.select_for_update().get(pk=membership.pk)  # its end is said once
    if found.ends_on is not None:
        raise Refused("This membership ended already.")
    if ends_on < found.starts_on:
        raise Refused("A membership cannot end before it starts.")
    found.ends_on = ends_on
    found.save(update_fields=["ends_on"])
    record("membership.ended", found, by=by, changes={"on": ends_on.isoformat()})
    return found


@service(Permission.KEEP_MEETINGS)
def plan_event(*, kind: str, topic: str, planned_on: date, by: User) -> PlannedEvent:
    """Plan an event for councillors. What was planned counts, whether it is held or not."""
    if topic not in topics():
        raise Refused("Choose one of the topics of the list.")
    made, is_new = PlannedEvent.objects.get_or_create(
        kind=MemberDevelopment.Kind(kind), topic=topic, planned_on=planned_on
    )
    if not is_new:
        raise Refused("That event is planned for that day already.")
    changes = {"kind": str(kind), "topic": topic, "on": planned_on.isoformat()}
    record("member_event.planned", made, by=by, changes=changes)
    return made


@service(Permission.KEEP_MEETINGS)
def log_development(
    posts: Iterable[str],
    *,
    kind: str,
    topic: str,
    held_on: date,
    note: str = "",
    planned: PlannedEvent | None = None,
    by: User,
) -> list[MemberDevelopment]:
    """Write down which councillors took part in what; each once for a day, a kind and a topic.

    `planned` is the event that was held with it; without one it is that of the same day, if there is one.
    """
    named = list(dict.fromkeys(posts))
    if not named:
        raise Refused("Name at least one councillor who took part.")
    if topic not in topics():
        raise Refused("Choose one of the topics of the list.")
    if held_on > today():
        raise Refused("Take part first: the day lies ahead.")
    _hold(planned, kind, topic, held_on)
    made = []
    for post in named:
        found, is_new = MemberDevelopment.objects.get_or_create(
            post=post,
            kind=MemberDevelopment.Kind(kind),
            topic=topic,
            held_on=held_on,
            defaults={"note": note},
        )
        if is_new:
            made.append(found)
    if not made:
        raise Refused("All of them are there already for that day and topic.")
    record(
        "development.logged",
        ("development", topic),
        by=by,
        changes={"kind": str(kind), "on": held_on.isoformat(), "people": len(made)},
    )
    return made


@service(Permission.KEEP_MEETINGS)
def note_election(*, held_on: date, note: str = "", by: User) -> Election:
    """Write down an election: whoever is elected then is taken through the induction."""
    if held_on > today():
        raise Refused("The election lies ahead.")
    made, is_new = Election.objects.get_or_create(held_on=held_on, defaults={"note": note})
    if not is_new:
        raise Refused("That election is there already.")
    record("election.noted", made, by=by, changes={"on": held_on.isoformat()})
    return made


@service(Permission.KEEP_MEETINGS)
def record_visit(
    *,
    visited_on: date,
    post: str,
    team: str,
    findings: str,
    focus: str = "",
    action: str = "",
    action_post: str = "",
    due_on: date | None = None,
    by: User,
) -> GovernanceVisit:
    """Write down who visited which team, what they found, and what is to be done."""
    if visited_on > today():
        raise Refused("The visit lies ahead.")
    if action and not (action_post and due_on):
        raise Refused("Say who does what is to be done after the visit, and by when.")
    made = GovernanceVisit.objects.create(
        visited_on=visited_on,
        post=post,
        team=team,
        focus=focus,
        findings=findings,
        action=action,
        action_post=action_post if action else "",
        due_on=due_on if action else None,
    )
    record("governance_visit.recorded", made, by=by, changes={"on": visited_on.isoformat()})
    return made


@service(Permission.KEEP_MEETINGS)
def close_visit(visit: GovernanceVisit, *, outcome: str, closed_on: date | None = None, by: User) -> None:
    """Say what came of what was to be done after a visit."""
    if not visit.action:
        raise Refused("Nothing was to be done after this visit.")
    if visit.closed_on is not None:
        raise Refused("This was closed already.")
    if not outcome.strip():
        raise Refused("Say what came of it.")
    visit.closed_on, visit.outcome = closed_on or today(), outcome
    visit.save(update_fields=["closed_on", "outcome"])
    record("governance_visit.closed", visit, by=by)


@service(Permission.KEEP_MEETINGS)
def log_engagement(
    *,
    agency: str,
    kind: str,
    held_on: date,
    about: str,
    post: str,
    outcome: str = "",
    next_on: date | None = None,
    by: User,
) -> PartnerEngagement:
    """Write down what was done with a school or an agency."""
    if held_on > today():
        raise Refused("The day lies ahead: enter it once it was done.")
    if next_on is not None and next_on <= held_on:
        raise Refused("The next step comes after this one.")
    made = PartnerEngagement.objects.create(
        agency=agency,
        kind=PartnerEngagement.Kind(kind),
        held_on=held_on,
        about=about,
        post=post,
        outcome=outcome,
        next_on=next_on,
    )
    record("engagement.logged", made, by=by, changes={"kind": str(kind)})
    return made


def _hold(planned: PlannedEvent | None, kind: str, topic: str, held_on: date) -> None:
    """Note that a planned event was held, the one that was named or the one of that day."""
    if planned is None:
        planned = PlannedEvent.objects.filter(kind=kind, topic=topic, planned_on=held_on).first()
    if planned is None:
        return
    planned = PlannedEvent.objects.select_for_update().get(pk=planned.pk)
    if (planned.kind, planned.topic) != (kind, topic):
        raise Refused("What was planned is of another kind or topic: choose the event that was held.")
    if planned.held_on not in (None, held_on):
        raise Refused("That event was logged as held on another day.")
    planned.held_on = held_on
    planned.save(update_fields=["held_on"])
