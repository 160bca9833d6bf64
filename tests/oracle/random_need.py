"""Children's journeys of the random authority: the front door, plans, meetings, visits and allocations."""

from datetime import date

from tests.oracle.random_draw import Draw, Rows
from tests.oracle.random_staff import a_team, a_worker, own_team_and_worker, shared_id

AGENCIES = ("police", "health", "education", "actions", "action_owners", "action_dates")


def add_front_door(rows: Rows, draw: Draw, child_id: str, starts: list[date]) -> None:
    """Same-day referrals, referrals at 12 months, contacts undecided, assessments of another's referral."""
    for _ in range(draw.number(0, 4)):
        day = draw.one((draw.day(), draw.one(starts)))
        rows.add(
            "contacts",
            contact_id=shared_id(rows, draw, "contacts"),
            child_id=child_id,
            received_at=draw.moment(day),
            source=draw.code("contact_source"),
            decided_at=draw.moment(draw.maybe_after(day, 0.8, "1wd", "1d")),
            outcome=draw.code("contact_outcome"),
            has_exploitation_concern=draw.chance(0.3),
            **own_team_and_worker(draw),
        )
    days = [d for start in starts for d in (start, start, draw.after(start, "12m"))[: draw.number(1, 3)]]
    for day in days:
        closed = draw.maybe_after(day, 0.5, "45wd", "3m", "12m")
        rows.add(
            "referrals",
            referral_id=shared_id(rows, draw, "referrals"),
            child_id=child_id,
            received_on=day,
            source=draw.code("contact_source"),
            decided_on=draw.maybe_after(day, 0.8, "1wd"),
            is_nfa=draw.chance(0.2),
            previous_referrals_12m=draw.number(0, 3),
            primary_need=draw.code("primary_need"),
            closed_on=closed,
            close_reason=draw.code("close_reason") if closed else None,
            chronology_updated_on=draw.one((draw.after(day), draw.before_anchor("183d"))),
            **own_team_and_worker(draw),
        )
    referrals = [*rows.ids("referrals")[-12:], "no such referral"]
    for day in days:
        if draw.chance(0.7):
            start = draw.after(day, "1wd", "10wd")
            rows.add(
                "assessments",
                assessment_id=shared_id(rows, draw, "assessments"),
                child_id=child_id,
                referral_id=draw.one(referrals),
                started_on=start,
                authorised_on=draw.maybe_after(start, 0.7, "45wd", "10wd"),
                is_child_seen=draw.flag(),
                is_services_required=draw.flag(),
                factors=";".join(draw.random.sample(("1A", "2B", "3C", "4A", "21"), draw.number(0, 3))),
                **own_team_and_worker(draw),
            )


def add_protection(rows: Rows, draw: Draw, child_id: str, starts: list[date]) -> None:
    """Two plans open at once, a plan that starts the day one ends, conferences linked wrongly or not."""
    if not draw.chance(0.65):
        return
    for start in starts:
        held = draw.after(start, "3wd")
        rows.add(
            "strategy_discussions",
            strategy_discussion_id=shared_id(rows, draw, "strategy_discussions"),
            child_id=child_id,
            concern_on=draw.one((start, draw.at(held, ("3wd",), -1))),
            held_on=held,
            is_s47_initiated=draw.chance(0.8),
            s47_ended_on=draw.maybe_after(held),
            is_icpc_required=draw.flag(),
            recorded_at=draw.moment(draw.after(held, "5wd")),
            **{f"has_{name}": draw.chance(0.7) for name in AGENCIES},
            **own_team_and_worker(draw),
        )
        plan_start = draw.after(held, "15wd")
        add_conference(rows, draw, child_id, plan_start, draw.one(("initial", "initial", "transfer_in")))
        if draw.chance(0.7):
            _plan(rows, draw, child_id, plan_start)


def _plan(rows: Rows, draw: Draw, child_id: str, start: date) -> None:
    end = draw.maybe_after(start, 0.4, "12m", "24m", "730d")
    rows.add(
        "cp_plans",
        cp_plan_id=shared_id(rows, draw, "cp_plans"),
        child_id=child_id,
        started_on=start,
        ended_on=end,
        initial_category=draw.code("category_of_abuse"),
        latest_category=draw.code("category_of_abuse"),
        previous_plan_count=draw.number(0, 2),
        **own_team_and_worker(draw),
    )
    day = start
    for _ in range(draw.number(0, 4)):
        day = draw.one((draw.after(day, "10wd", "42d"), draw.before_anchor("42d")))
        add_meeting(rows, draw, child_id, day, "core_group")
        visited = draw.one((draw.after(day, "10wd"), draw.before_anchor("10wd")))
        add_visit(rows, draw, child_id, visited, "cp")
    day = start
    for _ in range(draw.number(0, 3)):
        day = draw.after(day, "3m", "6m", "91d", "183d")
        add_conference(rows, draw, child_id, day, "review")
    if end and draw.chance(0.4):
        _plan(rows, draw, child_id, draw.one((end, end, draw.after(end))))


def add_conference(rows: Rows, draw: Draw, child_id: str, day: date, kind: str) -> None:
    discussions = [*rows.ids("strategy_discussions")[-4:], "no such discussion"]
    rows.add(
        "conferences",
        conference_id=shared_id(rows, draw, "conferences"),
        child_id=child_id,
        kind=kind,
        held_on=day,
        strategy_discussion_id=draw.one(discussions) if draw.chance(0.7) else None,
        is_cp_plan_made=draw.chance(0.7),
        decisions_sent_on=draw.maybe_after(day, 0.8, "1wd"),
        minutes_sent_on=draw.maybe_after(day, 0.8, "20wd"),
        participation=draw.code("conference_participation"),
        is_quorate=draw.chance(0.8),
        has_agency_checks=draw.chance(0.7),
        other_agency_count=draw.number(0, 3),
        recorded_at=draw.moment(draw.after(day, "5wd")),
        **own_team_and_worker(draw),
    )


def add_meeting(rows: Rows, draw: Draw, child_id: str, day: date, kind: str) -> None:
    rows.add(
        "plan_meetings",
        meeting_id=shared_id(rows, draw, "plan_meetings"),
        child_id=child_id,
        kind=kind,
        held_on=day,
        recorded_at=draw.moment(draw.after(day, "5wd")),
        **own_team_and_worker(draw),
    )


def add_visit(rows: Rows, draw: Draw, child_id: str, day: date, kind: str) -> None:
    rows.add(
        "visits",
        visit_id=shared_id(rows, draw, "visits"),
        child_id=child_id,
        kind=kind,
        visited_at=draw.moment(day),
        is_seen=draw.chance(0.8),
        is_seen_alone=draw.flag(),
        recorded_at=draw.moment(draw.after(day, "5wd")),
        **own_team_and_worker(draw),
    )


def add_need(rows: Rows, draw: Draw, child_id: str, starts: list[date]) -> None:
    if not draw.chance(0.65):
        return
    for start in starts:
        begun = draw.after(start, "45wd")
        rows.add(
            "cin_plans",
            cin_plan_id=shared_id(rows, draw, "cin_plans"),
            child_id=child_id,
            started_on=begun,
            ended_on=draw.maybe_after(begun, 0.4),
            **own_team_and_worker(draw),
        )
        day = begun
        for _ in range(draw.number(0, 4)):
            day = draw.one((draw.after(day, "10wd", "42d", "6m"), draw.before_anchor("42d", "6m")))
            add_meeting(rows, draw, child_id, day, draw.one(("cin_review", "cin_meeting")))
            add_visit(rows, draw, child_id, draw.one((draw.after(day), draw.before_anchor("28d"))), "cin")


def add_allocations(rows: Rows, draw: Draw, child_id: str, starts: list[date]) -> None:
    """Overlapping and absent allocations of every role, two starting on one day, ends before starts."""
    for role in ("social_worker", "social_worker", "personal_adviser", "iro", "early_help_lead", "other"):
        if not draw.chance(0.65 if role == "social_worker" else 0.3):
            continue
        start = draw.one((draw.one(starts), draw.day()))
        for _ in range(draw.number(1, 3)):
            end = draw.maybe_after(start, 0.5)
            rows.add(
                "allocations",
                child_id=child_id,
                worker_id=a_worker(draw),
                team=a_team(draw),
                role=role,
                started_on=start,
                ended_on=end,
            )
            start = draw.one((start, end or start, draw.after(start)))


def add_oversight_and_visits(rows: Rows, draw: Draw, child_id: str, starts: list[date]) -> None:
    assessments = [*rows.ids("assessments")[-4:], "no such assessment"]
    day = draw.one(starts)
    for _ in range(draw.number(0, 5)):
        rows.add(
            "management_oversights",
            oversight_id=shared_id(rows, draw, "management_oversights"),
            child_id=child_id,
            kind=draw.code("management_oversight_kind"),
            overseen_on=day,
            assessment_id=draw.one(assessments),
            recorded_at=draw.moment(draw.after(day, "5wd")),
            **own_team_and_worker(draw),
        )
        day = draw.one((draw.after(day, "10wd"), draw.before_anchor("56d", "28d")))
        if draw.flag():
            add_visit(rows, draw, child_id, day, draw.code("visit_kind"))
