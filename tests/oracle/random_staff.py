"""Staff, teams, money and complaints of the random authority, and the names that its rows use."""

from datetime import date, timedelta

from tests.oracle.random_draw import Draw, Rows

TEAMS = ("Assessment 1", "Assessment 2", "Support East", "Support West", "Looked After", "Aftercare", "Duty")
TEAMS_NOT_LISTED = ("Closed Team",)
WORKERS = tuple(f"W{n}" for n in range(1, 23))
PLACEHOLDERS = ("DUTY_1", "Team pool", "unallocated", "EAST_DUTY")
NOT_PLACEHOLDERS = ("TEAMWORK1", "POOLE2")  # the word is only part of a longer one
WORKERS_WITHOUT_POST = ("W90", "W91", "WORKER_DUTY9")
HEAVY = {"H15": 15, "H16": 16, "H25": 25, "H26": 26}  # exactly that many children each


def a_team(draw: Draw) -> str:
    return draw.one(TEAMS * 3 + TEAMS_NOT_LISTED)


def a_worker(draw: Draw) -> str:
    return draw.one(WORKERS * 2 + PLACEHOLDERS + NOT_PLACEHOLDERS + WORKERS_WITHOUT_POST)


def own_team_and_worker(draw: Draw) -> dict:
    """Team and worker written on the row itself; often not."""
    return {
        "team": a_team(draw) if draw.chance(0.5) else None,
        "worker_id": a_worker(draw) if draw.chance(0.5) else None,
    }


def shared_id(rows: Rows, draw: Draw, table: str) -> str:
    """A new id, or one that another child's row already has (a contact or meeting of several children)."""
    ids = rows.ids(table)
    return draw.one(ids) if ids and draw.chance(0.12) else rows.new_id(table)


def add_teams(rows: Rows, draw: Draw) -> None:
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
                manager_worker_id=a_worker(draw),
            )


def add_campaigns(rows: Rows, draw: Draw) -> None:
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


def add_posts(rows: Rows, draw: Draw) -> None:
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


def _post(rows: Rows, draw: Draw, worker: str | None, start: date, end: date | None, **fixed):
    vacant = worker is None and draw.chance(0.8)
    leave = draw.day() if draw.chance(0.25) else None
    campaigns = [*rows.ids("recruitment_campaigns"), "nothing"]
    values = {
        "worker_id": worker,
        "worker_name": "East duty desk" if draw.chance(0.06) else f"Worker {worker}",
        "team": a_team(draw),
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


def add_training(rows: Rows, draw: Draw) -> None:
    for _ in range(45):
        done = draw.day()
        expires = draw.one((draw.after(done), draw.limit(draw.as_at), draw.as_at))
        rows.add(
            "training_completions",
            worker_id=a_worker(draw),
            course=draw.one(("back_to_basics", "Back_To_Basics", "BACK_TO_BASICS", "first_aid")),
            completed_on=done,
            expires_on=expires if draw.flag() else None,
        )


def add_supervisions(rows: Rows, draw: Draw) -> None:
    """Several sessions on one day, actions reviewed in the next session, a later one or none, lost links."""
    for worker in (*WORKERS, *PLACEHOLDERS, *WORKERS_WITHOUT_POST):
        held = draw.day()
        for _ in range(draw.number(0, 7)):
            kind = "one_to_one" if draw.chance(0.75) else draw.code("supervision_kind")
            rows.add(
                "supervisions", worker_id=worker, supervisor_worker_id=a_worker(draw), kind=kind, held_on=held
            )
            held = draw.one((held, draw.after(held), draw.before_anchor("31d")))
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


def add_heavy_caseloads(rows: Rows, draw: Draw, ids: list[str]) -> None:
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


def add_complaints(rows: Rows, draw: Draw) -> None:
    for _ in range(40):
        received = draw.day()
        known = rows.ids("complaints")
        rows.add(
            "complaints",
            complaint_id=draw.one(known) if known and draw.chance(0.3) else rows.new_id("complaints"),
            stage=draw.code("complaint_stage"),
            received_on=received,
            is_complex=draw.chance(0.4),
            responded_on=draw.maybe_after(received, 0.7, "10wd", "20wd", "25wd", "30wd", "65wd"),
            outcome=draw.code("complaint_outcome"),
            team=a_team(draw) if draw.flag() else None,
        )


def add_budget(rows: Rows, draw: Draw) -> None:
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
