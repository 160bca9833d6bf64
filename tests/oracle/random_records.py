"""What people of the random authority wrote: case audits, samples, meetings, the plan, risks and answers.

Drawn from a seed of its own, so that the extracts of the authority are the same with and without it.
"""

import csv
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from tests.oracle.conventions import CATALOGUE, add_months
from tests.oracle.random_draw import Draw, Rows, tables
from tests.oracle.random_staff import TEAMS, TEAMS_NOT_LISTED, WORKERS

EXERCISES = ("every case", "transfers")
SURVEYS = ("spring", "autumn")
FORUMS = ("board", "operational", "member_event")
RESULTS_OF = ("AS-02", "FD-01", "CP-03", "FD-04", "WF-05", "LAC-20", "GOV-06", "SO-01", "local one")


def add_audits(rows: Rows, draw: Draw, children: list[str]) -> None:
    """Of every kind, some of no one child; done in time, late, not at all; graded twice, once or never."""
    for _ in range(260):
        scheduled = draw.day()
        kind = draw.one(("case_audit", "case_audit", "case_audit", "observation", "case_review"))
        done = draw.maybe_after(scheduled, 0.75, "5wd", "10d", "1m")
        moderated = draw.maybe_after(done, 0.5, "5wd", "7d")
        rows.add(
            "audits",
            kind=kind,
            child_id=draw.one(children) if draw.chance(0.9) else None,
            team=draw.one((*TEAMS, *TEAMS_NOT_LISTED)) if draw.chance(0.6) else None,
            worker_id=draw.one(WORKERS) if draw.chance(0.5) else None,
            selection=draw.code("audit_selection"),
            scheduled_on=scheduled,
            due_on=draw.maybe_after(scheduled, 0.8, "10d", "1m"),
            completed_on=done,
            grade=draw.code("practice_grade"),
            moderated_grade=draw.code("practice_grade") if draw.chance(0.4) else None,
            moderated_on=moderated,
            remedial_completed_on=draw.maybe_after(done, 0.6, "4wd", "5wd", "6wd"),
            reaudit_of_audit_id=draw.one(rows.ids("audits"))
            if rows.of["audits"] and draw.chance(0.4)
            else None,
            exercise=draw.one(EXERCISES) if kind == "case_review" else None,
        )


def add_second_looks(rows: Rows, draw: Draw) -> None:
    """Audits that repeat another around the thirtieth day."""
    for first in [row for row in rows.of["audits"] if row["completed_on"]]:
        if draw.chance(0.5):
            day = draw.at(first["completed_on"], ("29d", "30d", "31d"))
            rows.add(
                "audits",
                kind="case_audit",
                child_id=first["child_id"],
                scheduled_on=day,
                completed_on=day,
                grade=draw.code("practice_grade"),
                reaudit_of_audit_id=first["audit_id"],
            )


def add_answers(rows: Rows, draw: Draw) -> None:
    """Answers against practice standards, and actions, of audits that exist and of some that do not."""
    for audit_id in [*rows.ids("audits"), "none"]:
        for number in range(draw.number(0, 5)):
            tags = [tag for tag in ("childs_voice", "analysis", "smart_plan") if draw.chance(0.4)]
            rows.add(
                "audit_items",
                audit_id=audit_id,
                item=f"q{number}",
                standard=draw.one(("seen", "planned", "analysed")),
                answer=draw.code("audit_answer"),
                tags=";".join(tags) or None,
            )
        if draw.chance(0.7):
            due = draw.day()
            done = draw.maybe_after(due, 0.6, "1d")
            rows.add("audit_actions", audit_id=audit_id, due_on=due, completed_on=done)


def add_samples(rows: Rows, draw: Draw, children: list[str]) -> None:
    """Dip samples of every method, with findings; one has none, and some findings are of no sample."""
    for _ in range(40):
        rows.add(
            "dip_samples",
            theme=draw.one(("minutes", "interviews")),
            sampled_on=draw.day(),
            method=draw.code("audit_selection"),
            population_count=draw.number(1, 90),
        )
    for sample_id in [*rows.ids("dip_samples")[1:], "none"]:
        for child_id in {draw.one(children) for _ in range(draw.number(1, 6))}:
            for item in ("i1", "i2"):
                rows.add(
                    "dip_sample_items",
                    sample_id=sample_id,
                    child_id=child_id,
                    item=item,
                    result=draw.code("dip_result"),
                )


def add_cohorts(rows: Rows, draw: Draw, children: list[str]) -> None:
    """Frozen cohorts, some closed before, on and after the day of their review."""
    reviews = [r for r in rows.of["audits"] if r["kind"] == "case_review"]
    for r in [r for r in reviews if r["child_id"] and r["completed_on"]]:
        closed_on = draw.at(r["completed_on"], ("1d", "2d"), draw.one((-1, 1)))
        rows.add(
            "case_review_cohorts",
            exercise=r["exercise"] or EXERCISES[0],
            child_id=r["child_id"],
            frozen_on=draw.at(r["completed_on"], ("1d", "30d"), -1),
            closed_on=closed_on if draw.chance(0.5) else None,
        )
    for child_id in children:
        rows.add(
            "case_review_cohorts",
            exercise=draw.one(EXERCISES),
            child_id=child_id,
            frozen_on=draw.day(),
            closed_on=draw.day() if draw.chance(0.3) else None,
        )


def add_governance(rows: Rows, draw: Draw) -> None:
    """Meetings, what they set, recommendations, the plan, clinics and risks."""
    for _ in range(120):
        planned = draw.day()
        held = draw.at(planned, ("6d", "7d", "8d"), draw.one((-1, 1))) if draw.chance(0.7) else None
        rows.add(
            "meetings",
            forum=draw.one(FORUMS),
            scheduled_on=planned,
            held_on=held,
            is_quorate=draw.flag(),
        )
        due = draw.day()
        rows.add("meeting_actions", meeting_id="m", due_on=due, completed_on=draw.maybe_after(due, 0.6, "1d"))
    published = [None, *(draw.before_anchor("0d", "1d", "60d") for _ in range(2))]
    for _ in range(30):
        closed = draw.day()
        rows.add(
            "recommendations",
            source="2017",
            published_on=draw.one(published),
            closed_on=closed,
            verified_on=draw.after(closed),
        )
    for _ in range(200):
        due = draw.after(draw.one(draw.anchors), "13d", "14d", "15d") if draw.chance(0.5) else draw.day()
        done = draw.maybe_after(due, 0.6, "1d")
        rows.add(
            "plan_actions",
            kind=draw.code("plan_action_kind"),
            due_on=due,
            status=draw.code("plan_action_status") if draw.chance(0.6) else None,
            added_on=draw.day() if draw.chance(0.3) else None,
            withdrawn_on=draw.day() if draw.chance(0.2) else None,
            completed_on=done,
            reopened_on=draw.maybe_after(done, 0.3),
        )
    for _ in range(80):
        opened = draw.day()
        risk = rows.add(
            "risks",
            opened_on=opened,
            closed_on=draw.maybe_after(opened, 0.4),
            likelihood=draw.number(1, 5),
            impact=draw.number(1, 5),
            reviewed_on=draw.before_anchor("30d", "31d", "32d") if draw.chance(0.6) else None,
        )
        for _ in range(draw.number(0, 3)):
            rows.add(
                "risk_reviews",
                risk_id=risk["risk_id"],
                reviewed_on=draw.before_anchor("30d", "31d", "32d"),
                likelihood=draw.number(1, 5),
                impact=draw.number(1, 5),
            )


def add_results(rows: Rows, draw: Draw) -> None:
    """Results month by month, at and beside their targets, moved by a little more or less than counts."""
    ends = [add_months(draw.as_at.replace(day=1), -n) - timedelta(days=1) for n in range(16)]
    for ref in RESULTS_OF:
        polarity = draw.one(("high", "low", CATALOGUE.get(ref, {}).get("polarity", "neutral"), "neutral"))
        value = draw.number(20, 90)
        for day in sorted([*ends, draw.as_at]):
            value += draw.one((-2, -1, 0, 0, 1, 2))
            rows.add(
                "indicator_results",
                indicator_id=ref,
                period_end=day,
                value=f"{value}.{draw.one((0, 0, 4))}",
                target=value + draw.one((-1, 0, 0, 1)),
                polarity=polarity,
                is_headline=draw.chance(0.85),
            )


def add_responses(rows: Rows, draw: Draw) -> None:
    """Feedback of families, and answers of staff to two surveys."""
    for _ in range(80):
        rows.add(
            "feedback_responses",
            received_on=draw.day(),
            is_positive=draw.flag(),
            invited_count=draw.number(1, 90),
        )
    for survey in SURVEYS:
        invited = draw.number(20, 90) if survey == "spring" else None
        for number in range(60):
            day, team = draw.day(), draw.one((*TEAMS, None))
            for item in ("valued", "workload"):
                rows.add(
                    "survey_responses",
                    survey_id=survey,
                    response_id=str(number),
                    answered_on=day,
                    team=team,
                    item=item,
                    answer=draw.code("survey_answer"),
                    invited_count=invited,
                )


def add_registers(rows: Rows, draw: Draw) -> None:
    """Homes, partners, outages, the log of use and published cells."""
    for _ in range(30):
        rows.add(
            "homes",
            home_id=f"H{draw.number(1, 7)}",
            inspected_on=draw.day(),
            is_full_inspection=draw.chance(0.6),
            judgement=draw.code("practice_grade"),
            closed_on=draw.day() if draw.chance(0.2) else None,
        )
        rows.add(
            "partner_training",
            agency=draw.one(("health", "schools", "police")),
            as_at_on=draw.day(),
            target_count=draw.number(1, 60),
            trained_count=draw.number(0, 40),
        )
        started = draw.day()
        out = rows.add(
            "ict_outages",
            started_at=draw.moment(started),
            planned_hours=draw.one((None, "0.5", "2", "30")),
        )
        if started < draw.as_at - timedelta(days=20):  # only late ones go on
            out["ended_at"] = draw.moment(draw.at(started, ("1d", "2d")))
    for _ in range(200):
        day = draw.before_anchor("6d", "7d", "8d") if draw.chance(0.5) else draw.day()
        rows.add(
            "usage_log",
            user_role=draw.one(("team_manager", "team_manager", "social_worker")),
            worker_id=draw.one((*WORKERS, "W90")),
            viewed_at=f"{day}{draw.one(('', 'T09:00', 'T23:59'))}",
            view=draw.one(("this_morning", "scorecard", "account", "account_closed")),
        )
    for number in range(80):
        rows.add(
            "published_cells",
            publication_id=draw.one(("p1", "p2")),
            cell=f"c{number}",
            value=draw.number(0, 8),
            is_suppressed=draw.flag(),
            is_secondary=draw.chance(0.3),
            published_on=draw.day(),
        )


def add_schooling(rows: Rows, draw: Draw, children: list[str]) -> None:
    """Moves of school around August, September and the first day in care; returns; take-up of childcare."""
    for child_id in children:
        for _ in range(draw.number(0, 3)):
            rows.add("school_moves", child_id=child_id, moved_on=draw.day())
        for term in ("summer", "autumn"):
            if draw.chance(0.8):
                possible = draw.one((0, 50, 100))
                rows.add(
                    "virtual_school",
                    child_id=child_id,
                    term=term,
                    sessions_possible=possible,
                    sessions_missed=draw.one((0, possible // 10, max(0, possible // 10 - 1))),
                    suspensions=draw.one((0, 0, 1)),
                    ended_on=draw.day(),
                )
    for number in range(20):
        eligible = draw.number(1, 90)
        rows.add(
            "childcare_takeup",
            term=f"term {number}",
            eligible_count=eligible,
            taking_up_count=draw.number(0, eligible),
            counted_on=draw.day(),
        )


def add_reference(rows: Rows, draw: Draw) -> None:
    """Estimates of the area and a part of it, terms with one left out, places with foster carers."""
    year = draw.as_at.year
    for back in (1, 3):  # two years ago nobody entered
        for area, most in (("999", 900), ("north", 90)):
            children = draw.number(most // 3, most)
            rows.add("reference_population", area=area, year=year - back, population_0_17=children)
    for begins in (year - 3, year - 2, year - 1, year):
        left_out = draw.number(0, 3) if begins == year - 2 else 3
        for number, (first, last) in enumerate(((-122, -12), (5, 96), (108, 204))):
            if number != left_out:
                start = date(begins, 1, 1)
                rows.add(
                    "school_terms",
                    academic_year=f"{begins - 1}/{begins}",
                    term=("autumn", "spring", "summer")[number],
                    started_on=start + timedelta(days=first + draw.number(-3, 3)),
                    ended_on=start + timedelta(days=last + draw.number(-3, 3)),
                )
    for _ in range(12):
        places = draw.number(1, 90)
        rows.add(
            "fostering_capacity",
            as_at_on=draw.day(),
            approved_places=places,
            occupied_places=draw.number(0, places + 2),
        )


def _text(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def write(folder: Path, *, seed: int, as_at: date, children: list[str], drop: Collection[str] = ()) -> None:
    """Write the native tables of one authority as CSV files; `drop` names tables to leave out."""
    draw = Draw(seed, as_at)
    rows = Rows(draw, tables("recorded"))
    add_audits(rows, draw, children)
    add_second_looks(rows, draw)
    add_answers(rows, draw)
    add_samples(rows, draw, children)
    add_cohorts(rows, draw, children)
    add_governance(rows, draw)
    add_results(rows, draw)
    add_responses(rows, draw)
    add_registers(rows, draw)
    add_schooling(rows, draw, children)
    add_reference(rows, draw)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables("recorded").items():
        if name not in drop:
            columns = [c["name"] for c in table["columns"]]
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows([_text(row[c]) for c in columns] for row in rows.of[name])
