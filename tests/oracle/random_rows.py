"""The rows of the random authority, table by table: each function says which difficult cases it makes."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.random_authority import Draw, Rows

TEAMS = ("Assessment 1", "Assessment 2", "Support East", "Support West", "Looked After", "Aftercare", "Duty")
TEAMS_NOT_LISTED = ("Closed Team",)
WORKERS = tuple(f"W{n}" for n in range(1, 23))
PLACEHOLDERS = ("DUTY_1", "Team pool", "unallocated", "EAST_DUTY")
NOT_PLACEHOLDERS = ("TEAMWORK1", "POOLE2")  # the word is only part of a longer one
WORKERS_WITHOUT_POST = ("W90", "W91", "WORKER_DUTY9")
HEAVY = {"H15": 15, "H16": 16, "H25": 25, "H26": 26}  # exactly that many children each
CRITERIA = "crime_asb school_absence child_needing_help worklessness domestic_abuse health_problem".split()
LEADS = ("Lead 4", "School lead", "Duty", "EAST DUTY", "Lead (team)", "Teamwork 2")
AGENCIES = ("police", "health", "education", "actions", "action_owners", "action_dates")


def fill(rows: "Rows", draw: "Draw", children: int) -> None:
    """Make every table: staff and teams first, then each child's journey, then money and complaints."""
    _teams(rows, draw)
    _campaigns(rows, draw)
    _posts(rows, draw)
    _training(rows, draw)
    _supervisions(rows, draw)
    ids = _children(rows, draw, children)
    for child_id in ids:
        _journey(rows, draw, child_id)
    _heavy_caseloads(rows, draw, ids)
    _every_kind(rows, draw, ids)
    _complaints(rows, draw)
    _budget(rows, draw)


def _team(draw: "Draw") -> str:
    return draw.one(TEAMS * 3 + TEAMS_NOT_LISTED)


def _worker(draw: "Draw") -> str:
    return draw.one(WORKERS * 2 + PLACEHOLDERS + NOT_PLACEHOLDERS + WORKERS_WITHOUT_POST)


def _own(draw: "Draw") -> dict:
    """Team and worker written on the row itself; often not."""
    return {
        "team": _team(draw) if draw.chance(0.5) else None,
        "worker_id": _worker(draw) if draw.chance(0.5) else None,
    }


def _teams(rows: "Rows", draw: "Draw") -> None:
    """Two rows in force, gaps between rows, teams not yet or no longer in force, reporting teams."""
    for team in TEAMS:
        for _ in range(draw.number(1, 3)):
            start = date(2000, 1, 1) if draw.chance(0.6) else draw.day()
            rows.add(
                "teams",
                team=team,
                effective_from_on=start,
                effective_to_on=draw.day() if draw.chance(0.4) else None,
                service=draw.one(("Support", "Assessment")),
                parent_service="Children's Social Care",
                reporting_team=draw.one((None, team, "Reporting A", "Reporting B", "Assessment 1")),
                manager_worker_id=_worker(draw),
            )


def _campaigns(rows: "Rows", draw: "Draw") -> None:
    for _ in range(8):
        advertised = draw.day()
        rows.add(
            "recruitment_campaigns",
            role=draw.code("post_role"),
            advertised_on=advertised,
            closed_on=draw.maybe_after(advertised),
            applications=draw.number(0, 40),
            shortlisted=draw.number(0, 20),
            offers=draw.number(0, 8),
            starters=draw.number(0, 5),
        )


def _posts(rows: "Rows", draw: "Draw") -> None:
    """Several spells a worker, breaks of 0, 1, 31 and 32 days, two posts at once, vacancies, long leave."""
    for worker in (*WORKERS, *PLACEHOLDERS, *NOT_PLACEHOLDERS, None, None, None):
        if worker in PLACEHOLDERS[2:] and draw.chance(0.7):
            continue
        start = draw.limit(draw.day(), -1)
        for _ in range(draw.number(1, 4)):
            end = draw.maybe_after(start, 0.5)
            _post(rows, draw, worker, start, end)
            if draw.chance(0.3):
                _post(rows, draw, worker, draw.after(start), draw.maybe_after(start, 0.4))
            start = (end or draw.day()) + timedelta(days=draw.one((-20, 0, 0, 0, 1, 30, 31, 32)))
    for role in ("senior_manager", "senior_manager", "senior_manager", "team_manager", "service_manager"):
        post_id = rows.new_id("posts")
        for _ in range(draw.number(1, 2)):
            start = draw.day()
            end = draw.maybe_after(start, 0.3)
            _post(rows, draw, draw.one(WORKERS), start, end, post_id=post_id, role=role)


def _post(rows: "Rows", draw: "Draw", worker: str | None, start: date, end: date | None, **fixed):
    vacant = worker is None and draw.chance(0.8)
    leave = draw.day() if draw.chance(0.25) else None
    campaigns = [*rows.ids("recruitment_campaigns"), "nothing"]
    values = {
        "worker_id": worker,
        "worker_name": "East duty desk" if draw.chance(0.06) else f"Worker {worker}",
        "team": _team(draw),
        "role": "social_worker" if draw.chance(0.5) else draw.code("post_role"),
        "is_social_worker": draw.chance(0.8),
        "employment": "vacant"
        if vacant
        else draw.one(("permanent", "agency", "permanent", "agency", "vacant")[: draw.number(2, 5)]),
        "fte": draw.one(("0", "0.25", "0.333", "0.5", "0.6", "0.8", "1", "1", "1.00")),
        "is_established": draw.chance(0.7),
        "is_asye": draw.chance(0.4),
        "started_on": start,
        "ended_on": end,
        "end_reason": draw.code("post_end_reason") if end else None,
        "is_converted_from_agency": draw.flag(),
        "campaign_id": draw.one(campaigns) if draw.chance(0.5) else None,
        "long_leave_from_on": leave,
        "long_leave_to_on": draw.maybe_after(leave) if leave else None,
        "sickness_days_12m": draw.one(("0", "2.5", "10", "31")),
        "ethnicity": draw.code("ethnicity"),
        "sex": draw.code("sex"),
        "birth_year": draw.number(1955, 1996),
    }
    return rows.add("posts", **{**values, **fixed})


def _training(rows: "Rows", draw: "Draw") -> None:
    for _ in range(45):
        done = draw.day()
        expires = draw.one((draw.after(done), draw.limit(draw.as_at), draw.as_at))
        rows.add(
            "training_completions",
            worker_id=_worker(draw),
            course=draw.one(("back_to_basics", "Back_To_Basics", "BACK_TO_BASICS", "first_aid")),
            completed_on=done,
            expires_on=expires if draw.flag() else None,
        )


def _supervisions(rows: "Rows", draw: "Draw") -> None:
    """Several sessions on one day, actions reviewed in the next session, a later one or none, lost links."""
    for worker in (*WORKERS, *PLACEHOLDERS, *WORKERS_WITHOUT_POST):
        held = draw.day()
        for _ in range(draw.number(0, 7)):
            kind = "one_to_one" if draw.chance(0.75) else draw.code("supervision_kind")
            rows.add(
                "supervisions", worker_id=worker, supervisor_worker_id=_worker(draw), kind=kind, held_on=held
            )
            held = draw.one((held, draw.after(held), draw.limit(draw.one(draw.anchors), -1)))
    sessions = [*rows.ids("supervisions"), "no such session"]
    worker_of = {row["supervision_id"]: row["worker_id"] for row in rows.of["supervisions"]}
    for _ in range(140):
        session = draw.one(sessions)
        same = [s for s in sessions if worker_of.get(s) == worker_of.get(session)]
        rows.add(
            "supervision_actions",
            supervision_id=session,
            child_id=draw.one(("1", "C002", "no such child")) if draw.chance(0.3) else None,
            due_on=draw.one((draw.day(), draw.limit(draw.as_at), draw.as_at)),
            completed_on=draw.day() if draw.chance(0.6) else None,
            reviewed_in_supervision_id=draw.one(same) if draw.chance(0.8) else draw.one(sessions),
        )
    for row in rows.of["supervision_actions"]:
        if row["due_on"] and row["completed_on"] and draw.chance(0.5):
            row["completed_on"] = row["due_on"] + timedelta(days=draw.one((-1, 0, 1)))


def _children(rows: "Rows", draw: "Draw", count: int) -> list[str]:
    """Months of birth, unborn children, no date of birth, siblings; two ids are in no children.csv."""
    ids = []
    for n in range(count):
        child_id = draw.one((str(n), f"0{n}", f"C{n:03}", f"c{n}"))
        ids.append(child_id)
        rows.add(
            "children",
            child_id=child_id,
            born_on=draw.birth(),
            is_unborn=draw.chance(0.06),
            expected_birth_on=draw.limit(draw.as_at) if draw.chance(0.1) else None,
            sex=draw.code("sex"),
            ethnicity=draw.code("ethnicity"),
            has_disability=draw.flag(),
            locality=draw.one(("NW", "NE", "SW", "SE")),
            family_id=f"F{draw.number(1, max(2, count // 2))}" if draw.chance(0.7) else None,
        )
    return [*ids, "not listed 1", "not listed 2"]


def _journey(rows: "Rows", draw: "Draw", child_id: str) -> None:
    """One child: some of everything, with dates that follow one another at the limits of the rules."""
    starts = [draw.day() for _ in range(draw.number(1, 3))]
    _front_door(rows, draw, child_id, starts)
    _protection(rows, draw, child_id, starts)
    _need(rows, draw, child_id, starts)
    _care(rows, draw, child_id, starts)
    _leaving_care(rows, draw, child_id)
    _early_help(rows, draw, child_id)
    _missing(rows, draw, child_id)
    _private_fostering(rows, draw, child_id)
    _exploitation(rows, draw, child_id)
    _escalations(rows, draw, child_id, starts)
    _allocations(rows, draw, child_id, starts)
    _oversight_and_visits(rows, draw, child_id, starts)


def _shared_id(rows: "Rows", draw: "Draw", table: str) -> str:
    """A new id, or one that another child's row already has (a contact or meeting of several children)."""
    ids = rows.ids(table)
    return draw.one(ids) if ids and draw.chance(0.12) else rows.new_id(table)


def _front_door(rows: "Rows", draw: "Draw", child_id: str, starts: list[date]) -> None:
    """Same-day referrals, referrals at 12 months, contacts undecided, assessments of another's referral."""
    for _ in range(draw.number(0, 4)):
        day = draw.one((draw.day(), draw.one(starts)))
        rows.add(
            "contacts",
            contact_id=_shared_id(rows, draw, "contacts"),
            child_id=child_id,
            received_at=draw.moment(day),
            source=draw.code("contact_source"),
            decided_at=draw.moment(draw.maybe_after(day, 0.8)),
            outcome=draw.code("contact_outcome"),
            has_exploitation_concern=draw.chance(0.3),
            **_own(draw),
        )
    days = [d for start in starts for d in (start, start, draw.after(start))[: draw.number(1, 3)]]
    for day in days:
        closed = draw.maybe_after(day, 0.5)
        rows.add(
            "referrals",
            referral_id=_shared_id(rows, draw, "referrals"),
            child_id=child_id,
            received_on=day,
            source=draw.code("contact_source"),
            decided_on=draw.maybe_after(day, 0.8),
            is_nfa=draw.chance(0.2),
            previous_referrals_12m=draw.number(0, 3),
            primary_need=draw.code("primary_need"),
            closed_on=closed,
            close_reason=draw.code("close_reason") if closed else None,
            chronology_updated_on=draw.one((draw.after(day), draw.limit(draw.one(draw.anchors), -1))),
            **_own(draw),
        )
    referrals = [*rows.ids("referrals")[-12:], "no such referral"]
    for day in days:
        if draw.chance(0.7):
            start = draw.after(day)
            rows.add(
                "assessments",
                assessment_id=_shared_id(rows, draw, "assessments"),
                child_id=child_id,
                referral_id=draw.one(referrals),
                started_on=start,
                authorised_on=draw.maybe_after(start, 0.7),
                is_child_seen=draw.flag(),
                is_services_required=draw.flag(),
                factors=";".join(draw.random.sample(("1A", "2B", "3C", "4A", "21"), draw.number(0, 3))),
                **_own(draw),
            )


def _protection(rows: "Rows", draw: "Draw", child_id: str, starts: list[date]) -> None:
    """Two plans open at once, a plan that starts the day one ends, conferences linked wrongly or not."""
    if not draw.chance(0.65):
        return
    for start in starts:
        held = draw.after(start)
        rows.add(
            "strategy_discussions",
            strategy_discussion_id=_shared_id(rows, draw, "strategy_discussions"),
            child_id=child_id,
            concern_on=draw.one((start, draw.limit(held, -1))),
            held_on=held,
            is_s47_initiated=draw.chance(0.8),
            s47_ended_on=draw.maybe_after(held),
            is_icpc_required=draw.flag(),
            recorded_at=draw.moment(draw.after(held)),
            **{f"has_{name}": draw.chance(0.7) for name in AGENCIES},
            **_own(draw),
        )
        plan_start = draw.after(held)
        _conference(rows, draw, child_id, plan_start, draw.one(("initial", "initial", "transfer_in")))
        if draw.chance(0.7):
            _plan(rows, draw, child_id, plan_start)


def _plan(rows: "Rows", draw: "Draw", child_id: str, start: date) -> None:
    end = draw.maybe_after(start, 0.4)
    rows.add(
        "cp_plans",
        cp_plan_id=_shared_id(rows, draw, "cp_plans"),
        child_id=child_id,
        started_on=start,
        ended_on=end,
        initial_category=draw.code("category_of_abuse"),
        latest_category=draw.code("category_of_abuse"),
        previous_plan_count=draw.number(0, 2),
        **_own(draw),
    )
    day = start
    for _ in range(draw.number(0, 4)):
        day = draw.after(day)
        _meeting(rows, draw, child_id, day, "core_group")
        _visit(rows, draw, child_id, draw.after(day), "cp")
    day = start
    for _ in range(draw.number(0, 3)):
        day = draw.after(day)
        _conference(rows, draw, child_id, day, "review")
    if end and draw.chance(0.4):
        _plan(rows, draw, child_id, draw.one((end, end, draw.after(end))))


def _conference(rows: "Rows", draw: "Draw", child_id: str, day: date, kind: str) -> None:
    discussions = [*rows.ids("strategy_discussions")[-4:], "no such discussion"]
    rows.add(
        "conferences",
        conference_id=_shared_id(rows, draw, "conferences"),
        child_id=child_id,
        kind=kind,
        held_on=day,
        strategy_discussion_id=draw.one(discussions) if draw.chance(0.7) else None,
        is_cp_plan_made=draw.chance(0.7),
        decisions_sent_on=draw.maybe_after(day, 0.8),
        minutes_sent_on=draw.maybe_after(day, 0.8),
        participation=draw.code("conference_participation"),
        is_quorate=draw.chance(0.8),
        has_agency_checks=draw.chance(0.7),
        other_agency_count=draw.number(0, 3),
        recorded_at=draw.moment(draw.after(day)),
        **_own(draw),
    )


def _meeting(rows: "Rows", draw: "Draw", child_id: str, day: date, kind: str) -> None:
    rows.add(
        "plan_meetings",
        meeting_id=_shared_id(rows, draw, "plan_meetings"),
        child_id=child_id,
        kind=kind,
        held_on=day,
        recorded_at=draw.moment(draw.after(day)),
        **_own(draw),
    )


def _visit(rows: "Rows", draw: "Draw", child_id: str, day: date, kind: str) -> None:
    rows.add(
        "visits",
        visit_id=_shared_id(rows, draw, "visits"),
        child_id=child_id,
        kind=kind,
        visited_at=draw.moment(day),
        is_seen=draw.chance(0.8),
        is_seen_alone=draw.flag(),
        recorded_at=draw.moment(draw.after(day)),
        **_own(draw),
    )


def _need(rows: "Rows", draw: "Draw", child_id: str, starts: list[date]) -> None:
    if not draw.chance(0.65):
        return
    for start in starts:
        begun = draw.after(start)
        rows.add(
            "cin_plans",
            cin_plan_id=_shared_id(rows, draw, "cin_plans"),
            child_id=child_id,
            started_on=begun,
            ended_on=draw.maybe_after(begun, 0.4),
            **_own(draw),
        )
        day = begun
        for _ in range(draw.number(0, 4)):
            day = draw.after(day)
            _meeting(rows, draw, child_id, day, draw.one(("cin_review", "cin_meeting")))
            _visit(rows, draw, child_id, draw.after(day), "cin")


def _care(rows: "Rows", draw: "Draw", child_id: str, starts: list[date]) -> None:
    """Short breaks beside a period, two periods and two placements open at once, gaps, moves on one day."""
    if not draw.chance(0.6):
        return
    for start in starts:
        begun = draw.after(start)
        ended = draw.maybe_after(begun, 0.4)
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
            permanence_plan_on=draw.maybe_after(begun),
            first_care_plan_on=draw.maybe_after(begun, 0.8),
            latest_care_plan_on=draw.maybe_after(begun, 0.8),
            placements_12m=draw.number(0, 4),
            **_own(draw),
        )
        _placements(rows, draw, child_id, begun)
        day = begun
        for _ in range(draw.number(0, 4)):
            day = draw.after(day)
            _conference(rows, draw, child_id, day, "looked_after_review")
            _visit(rows, draw, child_id, draw.after(day), "looked_after")
            rows.add("peps", child_id=child_id, held_on=draw.after(day))
        for _ in range(draw.number(0, 5)):
            rows.add(
                "health_checks",
                child_id=child_id,
                kind=draw.code("health_check_kind"),
                done_on=draw.after(begun),
                result="completed" if draw.chance(0.7) else draw.code("health_check_result"),
                score=draw.number(0, 40),
            )
        if draw.chance(0.6):
            issued = draw.after(begun)
            rows.add(
                "legal_proceedings",
                proceeding_id=_shared_id(rows, draw, "legal_proceedings"),
                child_id=child_id,
                kind=draw.code("legal_proceeding_kind"),
                started_on=issued,
                ended_on=draw.maybe_after(issued),
            )


def _placements(rows: "Rows", draw: "Draw", child_id: str, begun: date) -> None:
    day = begun
    for _ in range(draw.number(1, 4)):
        ended = draw.maybe_after(day, 0.7)
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
            placement_plan_on=draw.maybe_after(day, 0.8),
            weekly_cost=draw.one(("0", "450", "812.55", "3500.01")),
        )
        day = ended if ended and draw.chance(0.7) else draw.after(day)


def _leaving_care(rows: "Rows", draw: "Draw", child_id: str) -> None:
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
            last_contact_on=draw.limit(draw.one(draw.anchors), -1),
            accommodation=draw.code("care_leaver_accommodation"),
            is_suitable_accommodation=draw.chance(0.8),
            activity=draw.code("care_leaver_activity"),
            **_own(draw),
        )
        day = draw.one((day, draw.after(day)))
    for _ in range(draw.number(0, 5)):
        done = draw.after(draw.day())
        rows.add("pathway_plans", child_id=child_id, kind=draw.code("pathway_plan_kind"), done_on=done)
        _visit(rows, draw, child_id, draw.day(), "care_leaver")


def _early_help(rows: "Rows", draw: "Draw", child_id: str) -> None:
    """Episodes around a referral at 30 days and 12 months; edge of care around an entry to care."""
    own = [row for row in rows.of["referrals"] if row["child_id"] == child_id]
    closed = [row["closed_on"] for row in own if row["closed_on"]]
    received = [row["received_on"] for row in own]
    entered = [row["started_on"] for row in rows.of["care_periods"] if row["child_id"] == child_id]
    for _ in range(draw.number(0, 4)):
        start = draw.after(draw.one(closed)) if closed and draw.chance(0.4) else draw.day()
        end = draw.maybe_after(start, 0.6)
        if received and draw.chance(0.35):
            end = draw.limit(draw.one(received), -1)
        service = draw.one(("early_help", "early_help", "edge_of_care"))
        if service == "edge_of_care" and entered and draw.chance(0.5):
            start = draw.limit(draw.one(entered), -1)
        assessed = draw.after(start)
        reason = draw.one((draw.code("early_help_episode_end_reason"), "step_up", "needs_met"))
        rows.add(
            "early_help_episodes",
            episode_id=_shared_id(rows, draw, "early_help_episodes"),
            child_id=child_id,
            service=service,
            organisation=draw.one(("School", "Health visiting")),
            lead_professional=draw.one(LEADS),
            started_on=start,
            ended_on=end,
            end_reason=reason if end else None,
            assessment_started_on=assessed,
            assessment_completed_on=draw.maybe_after(assessed, 0.7),
            team=_team(draw) if draw.flag() else None,
            **{f"has_{name}": draw.one((True, False, False, None)) for name in CRITERIA},
        )


def _missing(rows: "Rows", draw: "Draw", child_id: str) -> None:
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
            recorded_at=draw.moment(draw.after(day)),
            **_own(draw),
        )
        day = draw.one((day, ended_on or day, draw.after(day), draw.limit(draw.one(draw.anchors), -1)))


def _private_fostering(rows: "Rows", draw: "Draw", child_id: str) -> None:
    if not draw.chance(0.4):
        return
    for _ in range(draw.number(1, 2)):
        notified = draw.day()
        rows.add(
            "private_fostering_arrangements",
            child_id=child_id,
            notified_on=notified,
            assessment_completed_on=draw.maybe_after(notified, 0.6),
            ended_on=draw.maybe_after(notified, 0.4),
        )
        for _ in range(draw.number(0, 3)):
            _visit(rows, draw, child_id, draw.after(notified), "private_fostering")


def _exploitation(rows: "Rows", draw: "Draw", child_id: str) -> None:
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
        day = draw.one((day, draw.after(day), draw.limit(draw.one(draw.anchors), -1)))


def _escalations(rows: "Rows", draw: "Draw", child_id: str, starts: list[date]) -> None:
    for _ in range(draw.number(0, 2)):
        raised = draw.one((draw.day(), draw.after(draw.one(starts))))
        rows.add(
            "escalations",
            escalation_id=_shared_id(rows, draw, "escalations"),
            child_id=child_id,
            raised_by=draw.code("raised_by"),
            stage=draw.code("escalation_stage"),
            raised_on=raised,
            resolved_on=draw.maybe_after(raised, 0.7),
            team=_team(draw) if draw.flag() else None,
        )


def _allocations(rows: "Rows", draw: "Draw", child_id: str, starts: list[date]) -> None:
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
                worker_id=_worker(draw),
                team=_team(draw),
                role=role,
                started_on=start,
                ended_on=end,
            )
            start = draw.one((start, end or start, draw.after(start)))


def _oversight_and_visits(rows: "Rows", draw: "Draw", child_id: str, starts: list[date]) -> None:
    assessments = [*rows.ids("assessments")[-4:], "no such assessment"]
    day = draw.one(starts)
    for _ in range(draw.number(0, 5)):
        rows.add(
            "management_oversights",
            oversight_id=_shared_id(rows, draw, "management_oversights"),
            child_id=child_id,
            kind=draw.code("management_oversight_kind"),
            overseen_on=day,
            assessment_id=draw.one(assessments),
            recorded_at=draw.moment(draw.after(day)),
            **_own(draw),
        )
        day = draw.one((draw.after(day), draw.limit(draw.one(draw.anchors), -1)))
        if draw.flag():
            _visit(rows, draw, child_id, day, draw.code("visit_kind"))


def _heavy_caseloads(rows: "Rows", draw: "Draw", ids: list[str]) -> None:
    """Workers with exactly 15, 16, 25 and 26 children, so that the thresholds of caseload are crossed."""
    early = date(2012, 1, 3)
    for worker, size in HEAVY.items():
        post = _post(rows, draw, worker, early, None, is_social_worker=True, is_asye=True, fte="1")
        post["worker_id"], post["is_asye"] = worker, True
        for child_id in ids[:size]:
            allocation = rows.add(
                "allocations",
                child_id=child_id,
                worker_id=worker,
                team=TEAMS[0],
                role="social_worker",
                started_on=early,
                ended_on=None,
            )
            allocation["worker_id"] = worker


def _every_kind(rows: "Rows", draw: "Draw", ids: list[str]) -> None:
    """One row at least of every kind, so that most indicators can be worked out."""
    for kind in ("initial", "transfer_in", "review", "looked_after_review"):
        _conference(rows, draw, draw.one(ids), draw.day(), kind)
    for kind in ("core_group", "cin_review", "cin_meeting"):
        _meeting(rows, draw, draw.one(ids), draw.day(), kind)
    for kind in ("cp", "cin", "looked_after", "assessment", "private_fostering", "care_leaver", "other"):
        _visit(rows, draw, draw.one(ids), draw.day(), kind)


def _complaints(rows: "Rows", draw: "Draw") -> None:
    for _ in range(40):
        received = draw.day()
        known = rows.ids("complaints")
        rows.add(
            "complaints",
            complaint_id=draw.one(known) if known and draw.chance(0.3) else rows.new_id("complaints"),
            stage=draw.code("complaint_stage"),
            received_on=received,
            is_complex=draw.chance(0.4),
            responded_on=draw.maybe_after(received, 0.7),
            outcome=draw.code("complaint_outcome"),
            team=_team(draw) if draw.flag() else None,
        )


def _budget(rows: "Rows", draw: "Draw") -> None:
    """A line absent from the latest month, a month after the as-at date, blank amounts, no month at all."""
    months = sorted({(draw.as_at - timedelta(days=n)).isoformat()[:7] for n in (-40, 0, 31, 62, 150, 400)})
    months = [month for month in months if draw.chance(0.75)]
    for line in range(14):
        category = draw.code("budget_category")
        for month in months:
            if draw.chance(0.25):
                continue
            rows.add(
                "budget_lines",
                line_id=f"L{line}",
                month=month,
                service_line=f"Service line {line % 4}",
                category=category,
                theme=draw.one(("Leadership", "Practice")),
                budget_amount=draw.one(("0", "100000", "25000.50", "1234567.89")),
                spend_to_date_amount=draw.one(("0", "99000.10", "26000.45")),
                forecast_amount=draw.one(("0", "101000", "24999.99", "1300000")),
                permanent_equivalent_amount=draw.one(("0", "50000", "20000.25")),
            )
