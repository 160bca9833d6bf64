"""The oracle's rules for the health and education of looked-after children: LAC-09 to LAC-13 and LAC-20."""

from collections.abc import Iterator

from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    add_months,
    age,
    days,
    earliest,
    is_age_unknown,
    is_unborn,
    lac,
    latest,
    means,
    oracle,
    school_age,
)

RESPITE = ("V3", "V4")
ASSESSMENTS = ("iha", "rha", "health_assessment")


@oracle("LAC-09")
def education_plans(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children of school age with a personal education plan of this term or the term before; without terms
    in the last 183 days.
    """
    asked = Asked("LAC-09", data, p0, p1, as_at, parameters)
    found = []
    since = _first_day_of_the_term_before(data, asked.rd) if asked["pep_currency"] == "term" else None
    for child, period in lac(asked.view).items():
        of_age, started = _of_pep_age(asked, child), period["started_on"]
        held = [
            p["held_on"] for p in asked.view.rows_of("peps", child) if started <= p["held_on"] <= asked.rd
        ]
        last = max(held, default=None)
        row = {"key": "", "start": last, "stop": asked.rd, "unit": "" if since else "days"}
        if of_age is False:
            continue
        if asked.view.wd(started, asked.rd) <= asked["pep_initial_wd"]:
            found.append(asked.left_out(period, "not_due", **row))
        elif of_age is None:
            found.append(asked.left_out(period, "unknown", **row))
        else:
            current = last is not None and (last >= since if since else days(last, asked.rd) <= 183)
            found.append(asked.judged(period, current, **row))
    return found


LONGEST_HOLIDAY = 92  # days: longer than that no holiday lasts, and the terms were not entered


def _first_day_of_the_term_before(data, rd):
    """The term before the one that holds RD, or in a holiday before the last one ended; None where either
    is not entered.
    """
    begun = sorted((t["started_on"], t["ended_on"]) for t in data.tables.get("school_terms", []))
    begun = [term for term in begun if term[0] <= rd]
    if len(begun) < 2 or days(begun[-1][1], rd) > LONGEST_HOLIDAY:
        return None
    before, current = begun[-2:]
    return before[0] if days(before[1], current[0]) <= LONGEST_HOLIDAY else None


def _of_pep_age(asked: Asked, child: str) -> bool | None:
    if asked["pep_ages"] == "5-16":
        return school_age(asked.view, child, asked.rd)
    if is_age_unknown(asked.view, child):
        return None
    years = age(asked.view, child)
    return years is not None and 3 <= years <= 17


def completed(asked: Asked, child: str, *kinds: str) -> list[Record]:
    """The child's completed checks of these kinds."""
    checks = asked.view.rows_of("health_checks", child)
    return [c for c in checks if c["kind"] in kinds and c["result"] == "completed"]


@oracle("LAC-10")
def initial_health(data, p0, p1, as_at, parameters) -> list[Row]:
    """Periods begun in P that reached their limit at RD: a first health assessment in 20 working days."""
    asked = Asked("LAC-10", data, p0, p1, as_at, parameters)
    limit, found = asked["iha_limit_wd"], []
    for period in asked.view.rows("care_periods"):
        started, ended = period["started_on"], period["ended_on"]
        if period["legal_status"] in RESPITE or not asked.in_period(started):
            continue
        due = asked.view.add_wd(started, limit)
        if due > asked.rd or (ended is not None and ended < due):
            continue
        done = _initial_assessment(asked, period)
        status = asked.timely(started, done, lambda a, b: asked.view.wd(a, b) <= limit)
        found.append(asked.timed(period, status, start=started, stop=done, unit="wd"))
    return found


def _initial_assessment(asked: Asked, period: Record):
    """The earliest initial assessment of the period; one of no stated type counts if it came first."""
    done = [
        c for c in completed(asked, period["child_id"], *ASSESSMENTS) if c["done_on"] >= period["started_on"]
    ]
    first = earliest(done, "done_on")
    if first is not None and first["kind"] == "health_assessment":
        return first["done_on"]
    return min((c["done_on"] for c in done if c["kind"] == "iha"), default=None)


def in_care_a_year(asked: Asked) -> Iterator[tuple[str, Record]]:
    """LAC-11's population: looked after for twelve months or more."""
    for child, period in lac(asked.view).items():
        if asked.rd >= add_months(period["started_on"], 12):
            yield child, period


@oracle("LAC-11")
def health_assessments(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children in care a year whose health assessment is up to date: yearly, or half-yearly under five."""
    asked = Asked("LAC-11", data, p0, p1, as_at, parameters)
    year, half_year, found = add_months(asked.rd, -12), add_months(asked.rd, -6), []
    for child, period in in_care_a_year(asked):
        done = sorted(c["done_on"] for c in completed(asked, child, *ASSESSMENTS))
        last, years = max(done, default=None), age(asked.view, child)
        if years is not None and years < 5:
            in_time = any(d > half_year for d in done) or sum(d > year for d in done) >= 2
        else:
            in_time = any(d > year for d in done)
        found.append(asked.judged(period, in_time, key="", start=last, stop=asked.rd, unit="days"))
    return found


@oracle("LAC-12")
def dental_checks(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children in care a year with a dental check in the last twelve months."""
    asked = Asked("LAC-12", data, p0, p1, as_at, parameters)
    found = []
    for child, period in in_care_a_year(asked):
        last = max((c["done_on"] for c in completed(asked, child, "dental")), default=None)
        in_time = last is not None and last > add_months(asked.rd, -12)
        found.append(asked.judged(period, in_time, key="", start=last, stop=asked.rd, unit="days"))
    return found


@oracle("LAC-13")
def immunisations(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children in care a year whose latest immunisations record says completed."""
    asked = Asked("LAC-13", data, p0, p1, as_at, parameters)
    found = []
    for child, period in in_care_a_year(asked):
        checks = [c for c in asked.view.rows_of("health_checks", child) if c["kind"] == "immunisations"]
        last = latest(checks, "done_on")
        found.append(asked.judged(period, last is not None and last["result"] == "completed", key=""))
    return found


means("LAC-20", "mean_score")


@oracle("LAC-20")
def difficulties_scores(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children in care a year aged 4 to 16 with a score in the last twelve months, and the mean score."""
    asked = Asked("LAC-20", data, p0, p1, as_at, parameters)
    found = []
    for child, period in in_care_a_year(asked):
        if is_unborn(asked.view, child):
            continue
        last = latest(
            (
                c
                for c in asked.view.rows_of("health_checks", child)
                if c["kind"] == "sdq" and c["score"] is not None and c["done_on"] > add_months(asked.rd, -12)
            ),
            "done_on",
        )
        parts = {"": int(last is not None)} | ({"mean_score": last["score"]} if last else {})
        if is_age_unknown(asked.view, child):
            found += [asked.left_out(period, "unknown", key="", part=part) for part in parts]
        elif 4 <= age(asked.view, child) <= 16:
            found += [_score(asked, period, part, number, last) for part, number in parts.items()]
    return found


def _score(asked: Asked, period: Record, part: str, number: int, last: Record | None) -> Row:
    return asked.row(
        period,
        key="",
        part=part,
        counted=True,
        in_numerator=last is not None,
        numerator=number,
        denominator=1,
    )
