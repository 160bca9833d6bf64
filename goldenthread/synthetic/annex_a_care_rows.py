"""Who is on lists 8 to 11 of Annex A, and what does each row say? In the codes of the standard."""

from collections.abc import Callable, Iterator

from goldenthread.synthetic import days
from goldenthread.synthetic.annex_a_rows import NOTED, YES, Cells, by_now, held_by, last_of, since, who
from goldenthread.synthetic.care import ADOPTED
from goldenthread.synthetic.case_rows import placed
from goldenthread.synthetic.people import CarePeriod, Child
from goldenthread.synthetic.standing import care_leaver
from goldenthread.synthetic.telling import Told

ADOPTION_MONTHS = 12


def in_care(told: Told) -> Iterator[Cells]:
    """List 8: children in care now or in the last six months."""
    for child in told.written:
        periods = [p for p in child.care if p.start <= told.area.as_at]
        if periods and max(periods, key=lambda p: p.start).end > since(told):
            yield _in_care(told, child, max(periods, key=lambda p: p.start))


def _in_care(told: Told, child: Child, period: CarePeriod) -> Cells:
    as_at, ended = told.area.as_at, by_now(told, period.end)
    placements = [p for p in child.placements if period.start <= p.start < period.end and p.start <= as_at]
    at = max(placements, key=lambda p: p.start) if placements else None
    year = days.add_months(as_at, -12)
    gone = [m for m in child.missing if m.day > max(year, period.start)]
    went = [m for m in gone if m.kind == "missing"]
    again = any(p is not period and year < p.end <= period.start for p in child.care)
    status = [day for day, code in period.statuses if code == period.legal_status]
    return (
        who(told, child)
        | held_by(told, child, ended - 1 if ended else as_at)
        | _last_events(child, period)
        | {
            "uasc_last_12_months": YES[period.is_uasc],
            "date_started_looked_after": period.start,
            "category_of_need": period.need,
            "second_period_last_12_months": YES[again],
            "legal_status_start_date": status[0] if status else period.start,
            "legal_status": period.legal_status,
            "permanence_plan": period.permanence if by_now(told, period.permanence_on) else None,
            "placements_last_12_months": period.placements_12m,
            "date_ceased_looked_after": ended,
            "reason_ceased_looked_after": period.reason if ended else None,
            "placement_start_date": at.start if at else None,
            "placement_type": at.type if at else None,
            "placement_provider": at.provider if at else None,
            "placement_urn": f"SC9{int(at.id[2:]) % 10**5:05d}" if at and at.type[0] in "KHR" else None,
            "placement_location": ("out" if at.is_out else "in") if at else None,
            "placement_authority": None if at is None else "Elsewhere" if at.is_out else told.area.arc.name,
            "missing_episodes_last_12_months": len(went),
            "absent_episodes_last_12_months": len(gone) - len(went),
            "return_interview_offered": NOTED[went[-1].is_offered] if went else None,
            "return_interview_accepted": NOTED[went[-1].is_accepted] if went else None,
        }
    )


def _last_events(child: Child, period: CarePeriod) -> Cells:
    """When each thing that should happen in care happened last."""
    reviews = [
        c.held for c in child.conferences if c.kind == "looked_after_review" and c.held >= period.start
    ]
    visits = [v.day for v in child.visits if v.kind == "looked_after" and v.day >= period.start]
    checks = [o.day for o in child.oversights if o.kind == "iro_midpoint" and o.day >= period.start]
    done = [(day, kind) for day, kind, result, _ in child.health if result == "completed"]
    return {
        "latest_review_date": last_of(reviews),
        "last_social_work_visit_date": last_of(visits),
        "last_iro_contact_date": last_of(checks),
        "last_health_assessment_date": last_of([day for day, kind in done if kind in ("iha", "rha")]),
        "last_dental_check_date": last_of([day for day, kind in done if kind == "dental"]),
    }


def care_leavers(told: Told) -> Iterator[Cells]:
    """List 9: those receiving leaving care services."""
    as_at = told.area.as_at
    for child in told.written:
        status = care_leaver(child, as_at)
        if status is None:
            continue
        _, adviser = placed(told, child, as_at, "personal_adviser")
        reviews = [day for day, kind in child.pathway_plans if kind != "needs_assessment" and day <= as_at]
        home = status.accommodation if status.accommodation != "0" else None
        yield (
            who(told, child)
            | held_by(told, child, as_at, "personal_adviser")
            | {
                "eligibility": status.eligibility,
                "in_touch": status.in_touch,
                "accommodation": home,
                "accommodation_suitability": None if status.is_suitable is None else YES[status.is_suitable],
                "activity": status.activity if status.activity != "0" else None,
                "uasc_or_formerly": YES[any(p.is_uasc for p in child.care)],
                "personal_adviser": f"Worker {adviser[1:]}" if adviser else None,
                "pathway_plan_review_date": last_of(reviews),
                "latest_contact_date": by_now(told, status.last_contact),
            }
        )


def _adoptions(told: Told) -> Iterator[tuple[Child, CarePeriod, int]]:
    """Children placed for adoption or adopted in the last twelve months, and the day they were placed."""
    for child in told.written:
        for period in child.care:
            placed_on = [p.start for p in child.placements if p.type[0] == "A" and period.start <= p.start]
            ended = period.end if period.reason in ADOPTED else told.area.as_at + 1
            if placed_on and placed_on[0] <= told.area.as_at and ended > since(told, ADOPTION_MONTHS):
                yield child, period, placed_on[0]


def adoptions(told: Told) -> Iterator[Cells]:
    """List 10: adoption decisions, matches, placements and orders."""
    for child, period, placed_on in _adoptions(told):
        decided = max(period.start + 30, placed_on - 230)
        yield who(told, child) | {
            "family_id": f"AF{child.id}",
            "entered_care_date": period.start,
            "adoption_decision_date": decided,
            "placement_order_date": min(decided + 60, placed_on - 30),
            "matching_date": placed_on - 20,
            "placed_for_adoption_date": placed_on,
            "adoption_order_date": by_now(told, period.end) if period.reason in ADOPTED else None,
        }


def adopters(told: Told) -> Iterator[Cells]:
    """List 11: adopters of those children, and some who are still being assessed."""
    for child, period, placed_on in _adoptions(told):
        for number, sex in enumerate(("F", "M")[: 1 + int(child.id) % 2]):
            yield _adopter(f"AD{child.id}{number}", f"AF{child.id}", sex, placed_on - 420) | {
                "stage_2_end_date": placed_on - 150,
                "matched_date": placed_on - 20,
                "children_placed_date": placed_on,
                "children_placed": 1,
                "adoption_order_date": by_now(told, period.end) if period.reason in ADOPTED else None,
            }
    for number in range(round(told.area.scaled(6))):
        enquired = told.area.as_at - 40 - 27 * number % 300
        name = f"{told.area.number}{number:04d}"
        yield _adopter(f"ADN{name}", f"AFN{name}", "FM"[number % 2], enquired)


def _adopter(name: str, family: str, sex: str, enquired: int) -> Cells:
    return {
        "adopter_id": name,
        "family_id": family,
        "gender": sex,
        "ethnicity": "WBRI",
        "disability": "false",
        "fostering_for_adoption": "false",
        "enquiry_date": enquired,
        "stage_1_start_date": enquired + 20,
    }


CARE_LIST_ROWS: dict[int, Callable[[Told], Iterator[Cells]]] = {
    8: in_care,
    9: care_leavers,
    10: adoptions,
    11: adopters,
}
