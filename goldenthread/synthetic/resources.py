"""What does it cost, and who complains? Budget lines month by month, and complaints by stage."""

from datetime import date

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.teams import Staff

LINES = (
    ("CS01", "Children's Social Care staffing", "staffing_permanent", None, 0.29),
    ("CS02", "Children's Social Care agency staff", "staffing_agency", None, 0.06),
    ("CS03", "Looked-after children placements", "placements", None, 0.42),
    ("CS04", "Leaving care", "other", None, 0.05),
    ("CS05", "Early help", "other", None, 0.11),
    ("CS06", "Disabled children and short breaks", "other", None, 0.04),
    ("IM01", "Improvement: leadership and governance", "improvement_programme", "Leadership, management and governance", 0.008),
    ("IM02", "Improvement: social work practice", "improvement_programme", "A robust model of social work practice", 0.014),
    ("IM03", "Improvement: workforce", "improvement_programme", "A sufficient and skilled workforce", 0.012),
    ("IM04", "Improvement: quality assurance", "improvement_programme", "Quality assurance and audit", 0.006),
)  # fmt: skip
OVERSPEND = {
    "staffing_permanent": 0.94,
    "staffing_agency": 1.42,
    "placements": 1.09,
    "other": 1.0,
    "improvement_programme": 0.96,
}
PREMIUM = 0.78  # what employees would have cost, of what agency staff did
LIMITS = {"1": 10, "2": 25, "3": 30}  # working days


def budget(area: Area) -> list[tuple[str, str, str, str, str | None, int, int, int, int | None]]:
    """Every line of every month: budget, spend to date, forecast and what employees would have cost."""
    rng, found = area.rng, []
    share = area.size / area.arc.children
    for number in range(days.month(area.first), days.month(area.as_at + 1)):
        month = date(number // 12, number % 12 + 1, 1)
        elapsed = (month.month - 4) % 12 + 1
        for line, service, category, theme, part in LINES:
            full = round(area.arc.budget * share * part, -3)
            forecast = full * OVERSPEND[category] * rng.uniform(0.985, 1.015)
            spent = forecast * elapsed / 12 * rng.uniform(0.98, 1.02)
            instead = round(spent * PREMIUM) if category == "staffing_agency" else None
            found.append(
                (
                    line,
                    f"{month:%Y-%m}",
                    service,
                    category,
                    theme,
                    int(full),
                    round(spent),
                    round(forecast),
                    instead,
                )
            )
    return found


def complain(area: Area, staff: Staff) -> list[tuple[str, str, int, bool, int | None, str | None, str]]:
    """Complaints at each stage, answered in time or not."""
    rng, found = area.rng, []
    teams = [t for t in staff.teams if t.role in ("assessment", "long_term", "care", "leaving_care")]
    for _ in range(round(area.scaled(3.4) * 36)):
        name, team = area.ids.next("CO", 5), rng.choice(teams)
        day = days.working_day_near(rng, rng.randint(area.first, area.as_at))
        for stage in ("1", "2", "3"):
            if day > area.as_at:
                break
            is_complex = stage == "1" and rng.random() < 0.2
            limit = LIMITS[stage] * (2 if is_complex else 1)
            took = rng.randint(2, limit) if rng.random() < 0.68 else rng.randint(limit + 1, limit * 3)
            answered: int | None = days.add_working(day, took)
            outcome: str | None = quotas.weighted(
                rng, {"upheld": 22, "partly_upheld": 34, "not_upheld": 38, "withdrawn": 6}
            )
            if answered and answered > area.as_at:
                answered, outcome = None, None
            found.append(
                (name, stage, day, is_complex, answered, outcome, team.name_on(day, staff.restructure))
            )
            if answered is None or outcome == "withdrawn" or rng.random() > 0.12:
                break
            day = days.working_day_near(rng, answered + rng.randint(3, 20))
    return found
