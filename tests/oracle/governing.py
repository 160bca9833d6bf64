"""Governance, registers and answers: GOV-01 to GOV-09, SO-06, SO-07, QA-12, QA-13, WF-15 and DQ-05.

The native tables that they read are recorded in the service and delivered by no council.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.oracle.conventions import (
    CATALOGUE,
    NOT_KNOWN,
    Asked,
    add_days,
    days,
    has_denominator,
    latest,
    on,
    oracle,
    partial,
    place,
)
from tests.oracle.practice import due_by_day

COLOURS = ("blue", "red", "amber", "green")


@oracle("SO-06")
def clinic_actions(data, p0, p1, as_at, parameters):
    """Clinic actions due in P; without a due date they are in no period."""
    asked = Asked("SO-06", data, p0, p1, as_at, parameters)
    clinic = [r for r in asked.view.rows("plan_actions") if r["kind"] == "clinic" and r["due_on"]]
    return [row for r in clinic for row in due_by_day(asked, r)]


@oracle("SO-07")
def dashboards(data, p0, p1, as_at, parameters):
    """Team managers with an account on RD: a page opened in the seven days to RD."""
    asked = Asked("SO-07", data, p0, p1, as_at, parameters)
    log: dict[str, list] = {}
    for r in asked.view.rows("usage_log"):
        log.setdefault(r["worker_id"], []).append(r)
    rows = []
    for worker, own in log.items():
        closed = max((on(r["viewed_at"]) for r in own if r["view"] == "account_closed"), default=None)
        others = [r for r in own if r["view"] != "account_closed"]
        last = max(others, key=lambda r: (_moment(r["viewed_at"]), r["view"]), default=None)
        if last is None or last["user_role"] != "team_manager":
            continue
        if closed is not None and closed >= on(last["viewed_at"]):
            continue
        opened = [on(r["viewed_at"]) for r in others if r["view"] != "account"]
        is_seen = any(add_days(asked.rd, -7) < d <= asked.rd for d in opened)
        posts = [p for p in open_posts_of(asked, worker)]
        team = place(asked.view, asked.ref, latest(posts))[0] if posts else NOT_KNOWN
        rows.append(asked.judged(None, is_seen, key=worker, placed=(team, worker)))
    return rows


def open_posts_of(asked: Asked, worker: str) -> list:
    """The worker's posts rows open on RD."""
    return [
        r
        for r in asked.view.rows("posts")
        if r["worker_id"] == worker
        and r["started_on"] <= asked.rd
        and (r["ended_on"] is None or r["ended_on"] > asked.rd)
    ]


def _moment(value) -> datetime:
    """A date-time on the wall clock, a day alone as its midnight."""
    return value.local.replace(tzinfo=None) if value.is_timed else datetime.combine(value.date, time())


@oracle("QA-12")
def feedback(data, p0, p1, as_at, parameters):
    """Responses in P: positive; blank excluded."""
    asked = Asked("QA-12", data, p0, p1, as_at, parameters)
    return [
        asked.left_out(r, "excluded") if r["is_positive"] is None else asked.judged(r, r["is_positive"])
        for r in asked.view.rows("feedback_responses")
        if asked.in_period(r["received_on"])
    ]


@oracle("QA-13")
def homes(data, p0, p1, as_at, parameters):
    """Each home open at RD by its latest full inspection; never fully inspected: excluded."""
    asked = Asked("QA-13", data, p0, p1, as_at, parameters)
    by_home: dict[str, list] = {}
    for r in asked.view.rows("homes"):
        if r["closed_on"] is not None:
            continue
        by_home.setdefault(r["home_id"], []).append(r)
    rows = []
    for home, own in by_home.items():
        full = latest([r for r in own if r["is_full_inspection"]], "inspected_on")
        if full is None:
            rows.append(asked.left_out(None, "excluded", key=home))
        elif full["judgement"] is None:
            rows.append(asked.left_out(None, "unknown", key=home))
        else:
            rows.append(asked.judged(None, full["judgement"] in ("good", "outstanding"), key=home))
    return rows


@oracle("WF-15")
def pulse_survey(data, p0, p1, as_at, parameters):
    """Answers in P, together and by item; responses over those invited, survey by survey."""
    asked = Asked("WF-15", data, p0, p1, as_at, parameters)
    rows, surveys = [], {}
    for r in asked.view.rows("survey_responses"):
        if not asked.in_period(r["answered_on"]):
            continue
        surveys.setdefault(r["survey_id"], []).append(r)
        for part in ("", r["item"]):
            if r["answer"] is None:
                rows.append(asked.left_out(r, "excluded", part=part))
            else:
                rows.append(asked.judged(r, r["answer"] in ("agree", "strongly_agree"), part=part))
    for survey, own in surveys.items():
        invited = max((r["invited_count"] for r in own if r["invited_count"] is not None), default=None)
        where = {"key": survey, "part": "response_rate", "placed": (NOT_KNOWN, NOT_KNOWN)}
        if invited is None:
            rows.append(asked.left_out(None, "unknown", **where))
        else:
            number = len({r["response_id"] for r in own})
            rows.append(asked.judged(None, True, numerator=number, denominator=invited, **where))
    return rows


@oracle("GOV-01")
def plan(data, p0, p1, as_at, parameters):
    """Actions in the plan at RD, not yet withdrawn by then: by their due date, and by colour."""
    asked = Asked("GOV-01", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("plan_actions"):
        if r["kind"] not in ("plan", "twelve_week"):
            continue
        left = r["withdrawn_on"] or (asked.rd if r["status"] == "withdrawn" else None)
        if left is not None and left <= asked.rd:
            continue
        due, done, again = r["due_on"], r["completed_on"], r["reopened_on"]
        if due is None:
            rows += [asked.left_out(r, "excluded", part=part) for part in ("", *COLOURS)]
            continue
        is_complete = done is not None and not (again is not None and again > done)
        if due < asked.rd or (due == asked.rd and is_complete):
            rows.append(asked.judged(r, is_complete and done <= due))
        else:
            rows.append(asked.left_out(r, "not_due"))
        if is_complete:
            colour = "blue"
        elif due < asked.rd:
            colour = "red"
        else:
            colour = "amber" if days(asked.rd, due) <= 14 or r["status"] == "at_risk" else "green"
        rows += [asked.judged(r, colour == part, part=part) for part in COLOURS]
    return rows


@oracle("GOV-02")
def recommendations(data, p0, p1, as_at, parameters):
    """Those of the latest inspection published by RD: closed and verified by RD."""
    asked = Asked("GOV-02", data, p0, p1, as_at, parameters)
    known = asked.view.rows("recommendations")
    latest_on = max((r["published_on"] for r in known if r["published_on"]), default=None)
    return [
        asked.judged(r, r["closed_on"] is not None and r["verified_on"] is not None)
        for r in known
        if r["published_on"] in (None, latest_on)
    ]


@oracle("GOV-03")
def meetings(data, p0, p1, as_at, parameters):
    """Held within seven days of the plan and quorate; blank counts as quorate and as unknown."""
    asked = Asked("GOV-03", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("meetings"):
        planned, held = r["scheduled_on"], r["held_on"]
        if not asked.in_period(planned):
            continue
        if held is None and add_days(planned, asked["meeting_tolerance_days"]) >= asked.rd:
            rows.append(asked.left_out(r, "not_due"))
        elif held is None or abs(days(planned, held)) > asked["meeting_tolerance_days"]:
            rows.append(asked.judged(r, False))
        elif r["is_quorate"] is None:
            rows.append(asked.judged(r, True, status="unknown"))
        else:
            rows.append(asked.judged(r, r["is_quorate"]))
    return rows


@oracle("GOV-04")
def meeting_actions(data, p0, p1, as_at, parameters):
    """Actions of meetings due in P."""
    asked = Asked("GOV-04", data, p0, p1, as_at, parameters)
    return [row for r in asked.view.rows("meeting_actions") for row in due_by_day(asked, r)]


def _is_at_target(r) -> bool:
    if r["value"] is None or r["target"] is None:
        return False
    if r["polarity"] == "high":
        return r["value"] >= r["target"]
    return r["value"] <= r["target"] if r["polarity"] == "low" else r["value"] == r["target"]


def _has_improved(asked: Asked, r, before) -> bool:
    """Moved in the direction of polarity by a percentage point, or by 2% of what it was."""
    moved = r["value"] - before["value"]
    moved = moved if r["polarity"] == "high" else -moved
    entry = CATALOGUE.get(r["indicator_id"])
    is_percentage = entry and "%" in entry["unit"] and has_denominator(entry["id"])
    share = Fraction(str(asked["tolerance_relative"])) * abs(Fraction(before["value"]))
    limit = asked["tolerance_pp"] if is_percentage else share
    return moved > 0 and Fraction(moved) >= limit


def _answers(asked: Asked, r, before: list) -> dict[str, bool | None]:
    """At target, improved, sustained; None where the part leaves the indicator out, as without a value."""
    found = dict.fromkeys(("", "improved", "sustained"))
    if r["value"] is None:
        return found
    if r["target"] is not None:
        found[""] = _is_at_target(r)
    if r["polarity"] != "neutral":
        found["sustained"] = len(before) >= 2 and all(map(_is_at_target, (r, *before[-2:])))
        if before and before[-1]["value"] is not None:
            found["improved"] = _has_improved(asked, r, before[-1])
    return found


@oracle("GOV-05")
def headlines(data, p0, p1, as_at, parameters):
    """Headline indicators with a value for the period that ends at RD."""
    asked = Asked("GOV-05", data, p0, p1, as_at, parameters)
    series: dict[str, list] = {}
    for r in sorted(asked.view.rows("indicator_results"), key=lambda r: r["period_end"]):
        series.setdefault(r["indicator_id"], []).append(r)
    rows = []
    for own in series.values():
        r, before = own[-1], own[:-1]
        if r["period_end"] != asked.rd or not r["is_headline"]:
            continue
        for part, answer in _answers(asked, r, before).items():
            if r["value"] is None or answer is None:
                rows.append(asked.left_out(r, "excluded", part=part))
            else:
                rows.append(asked.judged(r, answer, part=part))
    return rows


@oracle("GOV-06")
def risks(data, p0, p1, as_at, parameters):
    """Risks open at RD, by the score they had, and those not reviewed for more than 31 days by then."""
    asked = Asked("GOV-06", data, p0, p1, as_at, parameters)
    reviews: dict[str, list] = {}
    for r in asked.view.rows("risk_reviews"):
        reviews.setdefault(r["risk_id"], []).append(r)
    rows = []
    for r in asked.view.rows("risks"):
        if r["closed_on"] is not None:
            continue
        rows.append(asked.count(r))
        review = latest(reviews.get(r["risk_id"], []), "reviewed_on") or {}
        seen = [day for day in (review.get("reviewed_on"), r["reviewed_on"]) if day is not None]
        if days(max(seen, default=r["opened_on"]), asked.rd) > asked["risk_review_days"]:
            rows.append(asked.count(r, part="overdue"))
        levels = [r[name] if review.get(name) is None else review[name] for name in ("likelihood", "impact")]
        score = "not_scored" if None in levels else f"score_{levels[0] * levels[1]}"
        rows.append(asked.count(r, part=score))
    return rows


@oracle("GOV-07")
def partners(data, p0, p1, as_at, parameters):
    """The latest row of each agency: trained over those to be trained."""
    asked = Asked("GOV-07", data, p0, p1, as_at, parameters)
    by_agency: dict[str, list] = {}
    for r in asked.view.rows("partner_training"):
        by_agency.setdefault(r["agency"], []).append(r)
    rows = []
    for own in by_agency.values():
        r = latest(own, "as_at_on")
        trained, target = r["trained_count"], r["target_count"]
        rows.append(asked.judged(r, trained > 0, numerator=trained, denominator=target))
    return rows


def _hours(begin: datetime, end: datetime) -> Fraction:
    return Fraction(max(0, int((end - begin).total_seconds())), 3600)


@oracle("GOV-08")
def availability(data, p0, p1, as_at, parameters):
    """Day by day: 24 hours less those announced, and less those the system was out."""
    asked = Asked("GOV-08", data, p0, p1, as_at, parameters)
    end_of_rd = datetime.combine(add_days(asked.rd, 1), time())
    rows = []
    for number in range(days(asked.p0, asked.p1) + 1):
        day = add_days(asked.p0, number)
        begin = datetime.combine(day, time())
        end = begin + timedelta(days=1)
        out, announced = Fraction(0), Fraction(0)
        for r in asked.view.rows("ict_outages"):
            started = _moment(r["started_at"])
            ended = _moment(r["ended_at"]) if r["ended_at"] is not None else end_of_rd
            planned = int((r["planned_hours"] or Decimal(0)) * 3600)
            planned_until = min(started + timedelta(seconds=planned), ended)
            out += _hours(max(started, begin), min(ended, end))
            announced += _hours(max(started, begin), min(planned_until, end))
        served, to_serve = 24 - min(out, Fraction(24)), 24 - min(announced, Fraction(24))
        rows.append(
            asked.judged(None, served > 0, key=day.isoformat(), numerator=served, denominator=to_serve)
        )
    return rows


@partial("GOV-08")
def _register_begins_later(data, p0, p1, as_at, parameters):
    starts_on = data.starts_on("ict_outages")
    return starts_on is not None and starts_on > p0


@oracle("GOV-09")
def member_events(data, p0, p1, as_at, parameters):
    """Member events planned for P: held; not due while the day has not passed."""
    asked = Asked("GOV-09", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("meetings"):
        if r["forum"] == "member_event" and asked.in_period(r["scheduled_on"]):
            if r["held_on"] is None and r["scheduled_on"] >= asked.rd:
                rows.append(asked.left_out(r, "not_due"))
            else:
                rows.append(asked.judged(r, r["held_on"] is not None))
    return rows


@oracle("DQ-05")
def suppression(data, p0, p1, as_at, parameters):
    """Published cells of 1 to 5, and those that protect them: suppressed. Without a day: in every period."""
    asked = Asked("DQ-05", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("published_cells"):
        is_in = r["published_on"] is None or asked.in_period(r["published_on"])
        is_small = r["value"] is not None and 1 <= r["value"] < asked["suppress_below"]
        if is_in and (is_small or r["is_secondary"]):
            rows.append(asked.judged(r, r["is_suppressed"]))
    return rows
