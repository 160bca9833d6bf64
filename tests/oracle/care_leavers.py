"""The oracle's rules for care leavers: CL-01 to CL-10."""

from collections.abc import Iterator
from datetime import date

from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    add_days,
    add_months,
    age,
    birthday,
    care_leaver,
    days,
    is_age_unknown,
    is_open,
    is_unborn,
    is_worker,
    lac,
    latest,
    on,
    oracle,
    status_rows,
)

GONE = ("DIED", "RHOM")
IN_EDUCATION_OR_WORK = ("F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5")
# CL-03 to CL-05: the headline and the part of younger people, each with its eligibility and ages.
COHORTS = {"": (("former_relevant",), (19, 20, 21)), "age17_18": (("relevant", "former_relevant"), (17, 18))}


def plans_and_reviews(asked: Asked, child: str) -> list[date]:
    """The dates of the young person's pathway plans and reviews by RD."""
    rows = asked.view.rows_of("pathway_plans", child)
    return [p["done_on"] for p in rows if p["kind"] in ("plan", "review")]


def pathway_population(asked: Asked) -> list[Record]:
    """CL-01's population: the status in force of each young person who should have a pathway plan."""
    eligible = asked["pathway_include_eligible"]
    wanted = {*asked["pathway_categories"], *(["eligible"] if eligible else [])}
    found = []
    for child, row in status_rows(asked.view).items():
        years = age(asked.view, child)
        young = years is None or years < 25  # born_on blank and unborn count as under 25
        if row["is_service_open"] is True and row["eligibility"] in wanted and young:
            found += [row] if row["in_touch"] not in GONE else []
    return found


@oracle("CL-01")
def pathway_plan(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care leavers who have a pathway plan."""
    asked = Asked("CL-01", data, p0, p1, as_at, parameters)
    return [
        asked.judged(row, bool(plans_and_reviews(asked, row["child_id"])), key="")
        for row in pathway_population(asked)
    ]


@oracle("CL-02")
def pathway_review(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care leavers whose pathway plan was made or reviewed in the last six months."""
    asked = Asked("CL-02", data, p0, p1, as_at, parameters)
    since, found = add_months(asked.rd, -asked["pathway_review_months"]), []
    for row in pathway_population(asked):
        last = max(plans_and_reviews(asked, row["child_id"]), default=None)
        if last is not None or asked["pathway_review_denominator"] == "all":
            in_time = last is not None and last >= since
            found.append(asked.judged(row, in_time, key="", start=last, stop=asked.rd, unit="days"))
    return found


def cohort(asked: Asked, part: str) -> Iterator[tuple[Record, bool]]:
    """The population of CL-03 to CL-05, and whether the age of the young person is unknown."""
    eligibilities, ages = COHORTS[part]
    for child, row in care_leaver(asked.view).items():
        outside = row["eligibility"] not in eligibilities or row["in_touch"] in GONE
        if outside or is_unborn(asked.view, child):
            continue
        if is_age_unknown(asked.view, child):
            yield row, True
        elif age(asked.view, child) in ages:
            yield row, False


def _of_cohort(asked: Asked, part: str, of_cohort: str, judge) -> list[Row]:
    """One row for each of the cohort; judge(row): in the numerator, None where the value is not known."""
    found = []
    for row, age_unknown in cohort(asked, of_cohort):
        answer = judge(row)
        if age_unknown:
            found.append(asked.left_out(row, "unknown", key="", part=part))
        elif answer is None:
            found.append(asked.unknown_in(row, key="", part=part))
        else:
            found.append(asked.judged(row, answer, key="", part=part))
    return found


@oracle("CL-03")
def in_education_or_work(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care leavers in education, employment or training."""
    asked = Asked("CL-03", data, p0, p1, as_at, parameters)

    def judge(row):
        return None if row["activity"] in (None, "0") else row["activity"] in IN_EDUCATION_OR_WORK

    return [row for part in COHORTS for row in _of_cohort(asked, part, part, judge)]


@oracle("CL-04")
def suitable_accommodation(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care leavers in suitable accommodation; those abroad, deported or of no known residence are outside."""
    asked = Asked("CL-04", data, p0, p1, as_at, parameters)
    outside = {
        child for child, row in care_leaver(asked.view).items() if row["accommodation"] in ("G", "H", "R")
    }

    def judge(row):
        return None if row["accommodation"] == "0" else row["is_suitable_accommodation"]

    rows = [row for part in COHORTS for row in _of_cohort(asked, part, part, judge)]
    return [row for row in rows if row["child_id"] not in outside]


@oracle("CL-05")
def in_touch(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care leavers the authority is in touch with, who refuse contact, or who no longer need services."""
    asked = Asked("CL-05", data, p0, p1, as_at, parameters)
    found = []
    for part, of_cohort, code in (
        ("", "", "YES"),
        ("age17_18", "age17_18", "YES"),
        ("refused", "", "REFU"),
        ("not_required", "", "NREQ"),
    ):
        found += _of_cohort(
            asked,
            part,
            of_cohort,
            lambda row, code=code: None if row["in_touch"] is None else row["in_touch"] == code,
        )
    return found


@oracle("CL-06")
def recent_contact(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care leavers with a contact in the last eight weeks."""
    asked = Asked("CL-06", data, p0, p1, as_at, parameters)
    found = []
    for child, row in care_leaver(asked.view).items():
        if row["in_touch"] in (*GONE, "NREQ"):
            continue
        visited = [
            on(v["visited_at"]) for v in asked.view.rows_of("visits", child) if v["kind"] == "care_leaver"
        ]
        last = row["last_contact_on"] or max(visited, default=None)
        in_time = last is not None and days(last, asked.rd) <= asked["keep_in_touch_days"]
        found.append(asked.judged(row, in_time, key="", start=last, stop=asked.rd, unit="days"))
    return found


@oracle("CL-07")
def personal_adviser(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care leavers with an allocated personal adviser who is a person."""
    asked = Asked("CL-07", data, p0, p1, as_at, parameters)
    found = []
    for child, row in care_leaver(asked.view).items():
        has_adviser = any(
            a["role"] == "personal_adviser" and is_open(a, asked.rd) and is_worker(asked.view, a["worker_id"])
            for a in asked.view.rows_of("allocations", child)
        )
        found.append(asked.judged(row, has_adviser, key=""))
    return found


@oracle("CL-08")
def early_planning(data, p0, p1, as_at, parameters) -> list[Row]:
    """Young people looked after three months after they became eligible, on a day in P, and planned for."""
    asked = Asked("CL-08", data, p0, p1, as_at, parameters)
    found = []
    for child in sorted({r["child_id"] for r in asked.view.rows("care_periods")}):
        if is_age_unknown(asked.view, child):
            if _in_care_on_some_day_of_the_period(asked, child):
                found.append(asked.left_out(None, "unknown", child=child, stop=_first_plan_on(asked, child)))
            continue
        eligible = eligible_on(asked, child)
        due = add_months(eligible, 3) if eligible else None
        if asked.in_period(due) and child in lac(asked.view, due):
            found.append(_planned(asked, child, eligible, due))
    return found


def _first_plan_on(asked: Asked, child: str) -> date | None:
    done = [
        p["done_on"]
        for p in asked.view.rows_of("pathway_plans", child)
        if p["kind"] in ("needs_assessment", "plan")
    ]
    return min(done, default=None)


def _planned(asked: Asked, child: str, eligible: date, due: date) -> Row:
    stop = _first_plan_on(asked, child)
    if stop is None:
        status = "overdue" if asked.rd > due else "not_due"
    else:
        status = "in_time" if stop <= due else "late"
    clock = {"start": eligible, "stop": stop, "unit": "days"}
    return asked.timed(None, status, child=child, due=due, **clock)


def _in_care_on(asked: Asked, child: str, d: date) -> bool:
    """The child is in lac(d), asked of one child alone."""
    years = age(asked.view, child, d)
    return (years is None or years < 18) and any(
        p["legal_status"] not in ("V3", "V4") and is_open(p, d)
        for p in asked.view.rows_of("care_periods", child)
    )


def _in_care_on_some_day_of_the_period(asked: Asked, child: str) -> bool:
    in_period = range(days(asked.p0, asked.p1) + 1)
    return any(_in_care_on(asked, child, add_days(asked.p0, n)) for n in in_period)


def eligible_on(asked: Asked, child: str) -> date | None:
    """CL-08: the first day from the 16th birthday with 91 days in care since the 14th; None if not by P1."""
    born = asked.view.child(child)["born_on"]
    if born is None or is_unborn(asked.view, child):
        return None
    in_care, day = 0, birthday(born, 14)
    while day <= asked.p1:
        in_care += _in_care_on(asked, child, day)
        if in_care >= 91 and day >= birthday(born, 16):
            return day
        day = add_days(day, 1)
    return None


@oracle("CL-09")
def unsuitable_accommodation(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care leavers in bed and breakfast, in emergency accommodation, or in what is not suitable."""
    asked = Asked("CL-09", data, p0, p1, as_at, parameters)
    found = []
    for row in care_leaver(asked.view).values():
        letter, suitable = row["accommodation"], row["is_suitable_accommodation"]
        needed = {"bed_and_breakfast": letter, "emergency": letter, "unsuitable": suitable}
        holds = {
            "bed_and_breakfast": letter == "W",
            "emergency": letter == "V",
            "unsuitable": suitable is False,
        }
        union = any(holds.values())
        union_unknown = not union and (letter is None or suitable is None)
        for part in ("", *holds):
            true = holds[part] if part else union
            blank = part and needed[part] is None
            if not true and (union_unknown or blank):
                found.append(asked.left_out(row, "unknown", key="", part=part))
            else:
                found.append(asked.judged(row, true, key="", part=part))
    return found


@oracle("CL-10")
def staying_put(data, p0, p1, as_at, parameters) -> list[Row]:
    """Young people who left foster care at 18 in the year to RD, and who are with their former carers."""
    asked = Asked("CL-10", data, p0, p1, as_at, parameters)
    found = []
    for child in sorted({r["child_id"] for r in asked.view.rows("care_periods")}):
        periods = [p for p in asked.view.rows_of("care_periods", child) if _left_foster_care(asked, p)]
        if not periods or is_unborn(asked.view, child):
            continue
        row = {"child": child, "key": ""}
        born = asked.view.child(child)["born_on"]
        parts = {"": 18, "age19": 19, "age20": 20}
        if born is None:
            found += [asked.left_out(None, "unknown", part=part, **row) for part in parts]
        elif any(p["ended_on"] >= birthday(born, 18) for p in periods):
            for part, years in parts.items():
                statuses = [
                    s
                    for s in asked.view.rows_of("care_leaver_statuses", child)
                    if s["recorded_on"] <= birthday(born, years)
                ]
                in_force = latest(statuses, "recorded_on")
                stayed = in_force is not None and in_force["accommodation"] == "Z"
                found.append(asked.judged(None, stayed, part=part, **row))
    return found


def _left_foster_care(asked: Asked, period: Record) -> bool:
    """The period ended in the year to RD, and on its last day the child was placed with foster carers."""
    ended = period["ended_on"]
    if ended is None or not add_months(asked.rd, -12) < ended <= asked.rd:
        return False
    last_day = add_days(ended, -1)
    placements = asked.view.rows_of("placements", period["child_id"])
    placement = latest(p for p in placements if is_open(p, last_day))
    return placement is not None and placement["placement_type"] in ("U1", "U2", "U3", "U4", "U5", "U6")
