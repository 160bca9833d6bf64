"""Children's journeys of the random authority: care, leaving it, early help, missing and exploitation."""

from datetime import date, timedelta

from tests.oracle.random_draw import Draw, Rows
from tests.oracle.random_need import add_conference, add_visit
from tests.oracle.random_staff import a_team, own_team_and_worker, shared_id

CRITERIA = "crime_asb school_absence child_needing_help worklessness domestic_abuse health_problem".split()
LEADS = ("Lead 4", "School lead", "Duty", "EAST DUTY", "Lead (team)", "Teamwork 2")


def add_care(rows: Rows, draw: Draw, child_id: str, starts: list[date]) -> None:
    """Short breaks beside a period, two periods and two placements open at once, gaps, moves on one day."""
    if not draw.chance(0.6):
        return
    for start in starts:
        begun = draw.after(start)
        ended = draw.maybe_after(begun, 0.4, "12m", "24m", "30m")
        rows.add(
            "care_periods",
            child_id=child_id,
            started_on=begun,
            ended_on=ended,
            end_reason=draw.code("care_period_end_reason") if ended else None,
            legal_status=draw.code("legal_status") if draw.chance(0.6) else draw.one(("C2", "V2")),
            category_of_need=draw.code("primary_need"),
            is_uasc=draw.chance(0.2),
            permanence_plan=draw.code("permanence_plan"),
            permanence_plan_on=draw.maybe_after(begun, 0.7, "4m", "20wd"),
            first_care_plan_on=draw.maybe_after(begun, 0.8, "10wd"),
            latest_care_plan_on=draw.maybe_after(begun, 0.8, "10wd", "6m"),
            placements_12m=draw.number(0, 4),
            **own_team_and_worker(draw),
        )
        _placements(rows, draw, child_id, begun)
        day = begun
        for _ in range(draw.number(0, 4)):
            day = draw.after(day, "20wd", "3m", "6m", "91d", "183d")
            add_conference(rows, draw, child_id, day, "looked_after_review")
            visited = draw.one((draw.after(begun, "7d", "42d"), draw.before_anchor("42d", "3m")))
            add_visit(rows, draw, child_id, visited, "looked_after")
            pep = draw.one((draw.after(begun, "20wd"), draw.before_anchor("183d")))
            rows.add("peps", child_id=child_id, held_on=pep)
        for _ in range(draw.number(0, 5)):
            rows.add(
                "health_checks",
                child_id=child_id,
                kind=draw.code("health_check_kind"),
                done_on=draw.one((draw.after(begun, "20wd", "6m", "12m"), draw.before_anchor("12m"))),
                result="completed" if draw.chance(0.7) else draw.code("health_check_result"),
                score=draw.number(0, 40),
            )
        if draw.chance(0.6):
            issued = draw.after(begun)
            rows.add(
                "legal_proceedings",
                proceeding_id=shared_id(rows, draw, "legal_proceedings"),
                child_id=child_id,
                kind=draw.code("legal_proceeding_kind"),
                started_on=issued,
                ended_on=draw.maybe_after(issued, 0.6, "182d", "112d"),
            )


def _placements(rows: Rows, draw: Draw, child_id: str, begun: date) -> None:
    day = begun
    for _ in range(draw.number(1, 4)):
        ended = draw.maybe_after(day, 0.7, "7d", "24m", "30m")
        common = draw.one(("U1", "U4", "K2", "K3", "H5"))
        rows.add(
            "placements",
            child_id=child_id,
            started_on=day,
            ended_on=ended,
            placement_type=draw.code("placement_type") if draw.chance(0.5) else common,
            provider=draw.code("placement_provider"),
            end_reason=draw.code("placement_end_reason") if ended else None,
            location=draw.code("placement_location"),
            distance_miles=draw.one(("0", "5", "19.9", "20", "20.1", "45.5")),
            is_long_term=draw.flag(),
            visit_rule=draw.code("visit_rule"),
            arrangement=draw.code("placement_arrangement"),
            notice_hours=draw.one(("0", "12.5", "23.9", "24", "24.0", "72")),
            is_registered=draw.chance(0.8),
            placement_plan_on=draw.maybe_after(day, 0.8, "5wd", "1d"),
            weekly_cost=draw.one(("0", "450", "812.55", "3500.01")),
        )
        day = ended if ended and draw.chance(0.7) else draw.after(day)


def add_leaving_care(rows: Rows, draw: Draw, child_id: str) -> None:
    """Two statuses on one day, eligible after former relevant, service closed and open again."""
    if not draw.chance(0.5):
        return
    day = draw.day()
    for _ in range(draw.number(1, 4)):
        rows.add(
            "care_leaver_statuses",
            child_id=child_id,
            recorded_on=day,
            is_service_open=draw.chance(0.85),
            eligibility=draw.code("care_leaver_eligibility"),
            in_touch=draw.code("care_leaver_in_touch"),
            last_contact_on=draw.before_anchor("56d"),
            accommodation=draw.code("care_leaver_accommodation"),
            is_suitable_accommodation=draw.chance(0.8),
            activity=draw.code("care_leaver_activity"),
            **own_team_and_worker(draw),
        )
        day = draw.one((day, draw.after(day)))
    for _ in range(draw.number(0, 5)):
        done = draw.one((draw.day(), draw.before_anchor("6m", "3m")))
        rows.add("pathway_plans", child_id=child_id, kind=draw.code("pathway_plan_kind"), done_on=done)
        add_visit(rows, draw, child_id, draw.day(), "care_leaver")


def add_early_help(rows: Rows, draw: Draw, child_id: str) -> None:
    """Episodes around a referral at 30 days and 12 months; edge of care around an entry to care."""
    own = [row for row in rows.of["referrals"] if row["child_id"] == child_id]
    closed = [row["closed_on"] for row in own if row["closed_on"]]
    received = [row["received_on"] for row in own]
    entered = [row["started_on"] for row in rows.of["care_periods"] if row["child_id"] == child_id]
    for _ in range(draw.number(0, 4)):
        start = draw.after(draw.one(closed), "30d") if closed and draw.chance(0.4) else draw.day()
        end = draw.maybe_after(start, 0.6)
        if received and draw.chance(0.35):
            end = draw.at(draw.one(received), ("30d", "12m"), -1)
        service = draw.one(("early_help", "early_help", "edge_of_care"))
        if service == "edge_of_care" and entered and draw.chance(0.5):
            start = draw.at(draw.one(entered), ("6m",), -1)
        assessed = draw.after(start)
        reason = draw.one((draw.code("early_help_episode_end_reason"), "step_up", "needs_met"))
        rows.add(
            "early_help_episodes",
            episode_id=shared_id(rows, draw, "early_help_episodes"),
            child_id=child_id,
            service=service,
            organisation=draw.one(("School", "Health visiting")),
            lead_professional=draw.one(LEADS),
            started_on=start,
            ended_on=end,
            end_reason=reason if end else None,
            assessment_started_on=assessed,
            assessment_completed_on=draw.maybe_after(assessed, 0.7, "45wd"),
            team=a_team(draw) if draw.flag() else None,
            **{f"has_{name}": draw.one((True, False, False, None)) for name in CRITERIA},
        )


def add_missing(rows: Rows, draw: Draw, child_id: str) -> None:
    """Interviews at 71, 72 and 73 hours and without times, over the clock changes; overlaps and touches."""
    if not draw.chance(0.6):
        return
    day = draw.day()
    for _ in range(draw.number(1, 6)):
        started = draw.moment(day)
        ended_on = day + timedelta(days=draw.one((0, 0, 1, 2, 5, -1))) if draw.chance(0.85) else None
        ended = started if ended_on and draw.chance(0.1) else draw.moment(ended_on)
        interview = ended_on + timedelta(days=draw.one((0, 1, 2, 3, 3, 3, 4, 10, -1))) if ended_on else None
        rows.add(
            "missing_episodes",
            child_id=child_id,
            kind=draw.one(("missing", "missing", "away")),
            started_at=started,
            ended_at=ended,
            reason=draw.one(("Contact with family", "Not recorded")),
            is_rhi_offered=draw.chance(0.7),
            is_rhi_accepted=draw.flag(),
            rhi_completed_at=draw.moment(interview) if draw.chance(0.65) else None,
            recorded_at=draw.moment(draw.after(day, "5wd")),
            **own_team_and_worker(draw),
        )
        day = draw.one((day, ended_on or day, draw.after(day), draw.before_anchor("90d", "3d")))


def add_private_fostering(rows: Rows, draw: Draw, child_id: str) -> None:
    if not draw.chance(0.4):
        return
    for _ in range(draw.number(1, 2)):
        notified = draw.one((draw.day(), draw.before_anchor("12m", "7wd", "45wd")))
        rows.add(
            "private_fostering_arrangements",
            child_id=child_id,
            notified_on=notified,
            assessment_completed_on=draw.maybe_after(notified, 0.6, "45wd"),
            ended_on=draw.maybe_after(notified, 0.4, "7wd"),
        )
        for _ in range(draw.number(0, 3)):
            visited = draw.one((draw.after(notified, "7wd"), draw.before_anchor("42d", "84d")))
            add_visit(rows, draw, child_id, visited, "private_fostering")


def add_exploitation(rows: Rows, draw: Draw, child_id: str) -> None:
    """Flags opened and closed on one day, assessments at 30 and 90 days, two assessments on one day."""
    if not draw.chance(0.5):
        return
    contacts = [row["contact_id"] for row in rows.of["contacts"]][-6:]
    day = draw.day()
    for _ in range(draw.number(1, 7)):
        rows.add(
            "exploitation_records",
            child_id=child_id,
            kind=draw.one((draw.code("exploitation_record_kind"), "assessment", "flag_opened")),
            done_on=day,
            exploitation_type=draw.code("exploitation_type"),
            risk_level=draw.code("risk_level"),
            has_plan=draw.chance(0.7),
            contact_id=draw.one([*contacts, "no such contact"]),
        )
        day = draw.one((day, draw.after(day), draw.before_anchor("90d", "30d")))


def add_escalations(rows: Rows, draw: Draw, child_id: str, starts: list[date]) -> None:
    for _ in range(draw.number(0, 2)):
        raised = draw.one((draw.day(), draw.after(draw.one(starts))))
        rows.add(
            "escalations",
            escalation_id=shared_id(rows, draw, "escalations"),
            child_id=child_id,
            raised_by=draw.code("raised_by"),
            stage=draw.code("escalation_stage"),
            raised_on=raised,
            resolved_on=draw.maybe_after(raised, 0.7, "20wd"),
            team=a_team(draw) if draw.flag() else None,
        )
