"""What do plan, bodies and registers say of each indicator? Counted again, by the words of the catalogue.

No definition, no standard table and no engine is asked; the headlines are counted from the other figures.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache

from goldenthread.figures.scorecard.summary import HEADLINE_TIER
from goldenthread.indicators.catalogue import catalogue
from tests.web.browser.counting import (
    GOOD,
    Counted,
    Tables,
    as_day,
    known,
    local,
    local_day,
    promises,
    share,
)
from tests.web.browser.small_council import AS_AT

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

# The plan, and what answers the inspectors


def confirmed_on(tables: Tables, action: int) -> str | None:
    """The first day on which somebody else confirmed evidence of an action, or that it is embedded."""
    pieces = tables.grouped("improvement_evidence", "action_id").get(action, [])
    awards = tables.grouped("improvement_embedding", "action_id").get(action, [])
    verified = [local_day(one["verified_at"]) for one in pieces if one["verified_at"]]
    return min([*verified, *[one["awarded_on"] for one in awards]], default=None)


def _plan(tables: Tables, first: str, last: str) -> Counted:
    rows = [one for one in [*_of_the_plan(tables, last), *_of_twelve_weeks(tables, last)] if one[0]]
    colours = [_colour(*one, last) for one in rows]
    judged = [
        colour == "blue" and done <= due
        for (due, done, _), colour in zip(rows, colours, strict=True)
        if due < last or (due == last and colour == "blue")
    ]
    of_colour = {one: share(colour == one for colour in colours) for one in ("blue", "red", "amber", "green")}
    return {"": share(judged), **of_colour}


def _colour(due: str, done: str | None, is_at_risk: bool, last: str) -> str:
    if done:
        return "blue"
    if due < last:
        return "red"
    return "amber" if (as_day(due) - as_day(last)).days <= 14 or is_at_risk else "green"


def _of_the_plan(tables: Tables, last: str) -> Iterator[tuple[str, str | None, bool]]:
    """The day promised, the day done and whether somebody marked it, of actions in the plan on a day."""
    added = _in_the_plan_since(tables)
    moves = tables.grouped("improvement_datechange", "action_id")
    awards = tables.grouped("improvement_embedding", "action_id")
    for one in tables.rows("improvement_action"):
        if added.get(one["ref"], "") > last or (one["withdrawn_on"] or "9999") <= last:
            continue
        moved = [
            move
            for move in moves.get(one["id"], [])
            if move["which"] == "baseline" and move["milestone_id"] is None and move["on"] > last
        ]
        due = moved[0]["before"] if moved else one["baseline_due_on"]
        done = one["done_on"] if one["done_on"] and one["done_on"] <= last else None
        latest = max(
            awards.get(one["id"], []), key=lambda award: (award["awarded_at"], award["id"]), default=None
        )
        fell = latest["reverted_on"] if latest is not None else None
        if done and fell and done < fell <= last:
            done = None
        is_at_risk = not one["done_on"] and (one["override"] in ("A", "R") or bool(one["blocked_because"]))
        yield due, done, is_at_risk and not one["withdrawn_on"]


def _in_the_plan_since(tables: Tables) -> dict[str, str]:
    decisions, found = tables.by_id("programme_decision"), {}
    for version in sorted(tables.rows("improvement_planversion"), key=lambda one: one["number"]):
        for ref in json.loads(version["snapshot"])["actions"]:
            found.setdefault(ref, decisions[version["decision_id"]]["decided_on"])
    if found:
        for event in tables.rows("trail_event"):
            if event["what"] == "action.added":
                found.setdefault(event["about_key"], local_day(event["at"]))
    return found


def _of_twelve_weeks(tables: Tables, last: str) -> Iterator[tuple[str, str | None, bool]]:
    plans = tables.by_id("improvement_twelveweekplan")
    for one in tables.rows("improvement_deliverable"):
        plan = plans[one["plan_id"]]
        is_dropped = one["outcome"] == "dropped" and (plan["closed_on"] or last) <= last
        if plan["starts_on"] <= last and not is_dropped:
            due = as_day(plan["starts_on"]) + timedelta(days=7 * one["week_due"] - 1)
            yield due.isoformat(), known(one["done_on"], last), False


def _recommendations(tables: Tables, first: str, last: str) -> Counted:
    published = [
        one
        for one in tables.rows("inspections_inspection")
        if one["published_on"] and one["published_on"] <= last
    ]
    latest = max((one["published_on"] for one in published), default=None)
    in_force = {one["id"] for one in published if one["published_on"] == latest}
    actions = tables.by_id("improvement_action")
    answering = tables.grouped("improvement_action_recommendations", "recommendation_id")
    said = []
    for one in tables.rows("inspections_recommendation"):
        if one["inspection_id"] in in_force:
            ids = [answer["action_id"] for answer in answering.get(one["id"], [])]
            live = [actions[key] for key in ids if not actions[key]["withdrawn_on"]]
            days = [day for a in live for day in (a["done_on"], confirmed_on(tables, a["id"]))]
            said.append(bool(days) and all(day and day <= last for day in days))
    return {"": share(said)}


# Bodies and what they asked for


def _meetings(tables: Tables, first: str, last: str) -> Counted:
    moved: dict[str, str] = {}
    for event in tables.rows("trail_event"):
        if event["what"] == "meeting.moved":
            moved.setdefault(event["about_key"], json.loads(event["changes"])["on"][0])
    bodies, members = tables.by_id("programme_body"), tables.by_id("governance_membership")
    attended = tables.grouped("governance_attendance", "meeting_id")
    rows = [(planned, held, True) for planned, held in _for_councillors(tables)]
    for one in tables.rows("governance_meeting"):
        on = local_day(one["starts_at"])
        noted = attended.get(one["id"], [])
        came = sum(
            who["presence"] in ("present", "deputy")
            and who["membership_id"] is not None
            and bool(members[who["membership_id"]]["is_voting"])
            for who in noted
        )
        is_quorate = not noted or came >= bodies[one["body_id"]]["quorum"]
        held = on if one["status"] in ("held", "minuted", "approved") else None
        rows.append((moved.get(str(one["id"]), on), held, is_quorate))
    judged = []
    for planned, held, is_quorate in rows:
        held = known(held)
        if first <= planned <= last and (held or (as_day(AS_AT) - as_day(planned)).days > 7):
            is_near = bool(held) and abs((as_day(held) - as_day(planned)).days) <= 7
            judged.append(is_near and is_quorate)
    return {"": share(judged)}


def _meeting_actions(tables: Tables, first: str, last: str) -> Counted:
    of = [*tables.rows("governance_meetingaction"), *tables.rows("governance_safeguardingaction")]
    return promises([(one["due_on"], one["closed_on"]) for one in of], first, last)


def _for_councillors(tables: Tables) -> list[tuple[str, str | None]]:
    """When each event for councillors was planned and held; what took place unplanned, once."""
    planned = tables.rows("governance_plannedevent")
    held = {(one["held_on"], one["kind"], one["topic"]) for one in planned}
    logged = {
        (one["held_on"], one["kind"], one["topic"]) for one in tables.rows("governance_memberdevelopment")
    }
    return [(one["planned_on"], one["held_on"]) for one in planned] + [(on, on) for on, _, _ in logged - held]


def _councillors(tables: Tables, first: str, last: str) -> Counted:
    of = [(planned, known(held)) for planned, held in _for_councillors(tables) if first <= planned <= last]
    return {"": share(bool(held) for planned, held in of if held or planned < AS_AT)}


# Headlines


def _headlines(tables: Tables, first: str, last: str) -> Counted:
    months = [one for one in sorted(_values(tables)) if one <= last]
    found: dict[str, list[bool]] = {"": [], "improved": [], "sustained": []}
    latest = [_values(tables)[month] for month in months[-3:]]
    for ref, value in latest[-1].items() if months and months[-1] == last else ():
        polarity = catalogue()[ref].polarity
        if value is None:
            continue
        if ref in _targets(tables, last):
            found[""].append(_reaches(tables, ref, value, last))
        if polarity == "neutral":
            continue
        reached = [
            _reaches(tables, ref, one.get(ref), on) for one, on in zip(latest, months[-3:], strict=True)
        ]
        found["sustained"].append(len(reached) == 3 and all(reached))
        before = latest[-2].get(ref) if len(latest) > 1 else None
        if before is not None:
            gain = value - before if polarity == "high" else before - value
            limit = 1 if _is_percentage(ref) else abs(before) * Decimal("0.02")
            found["improved"].append(gain > 0 and gain >= limit)
    return {part: share(said) for part, said in found.items()}


@cache
def _values(tables: Tables) -> dict[str, dict[str, Decimal | None]]:
    """The value of each headline indicator month by month, of the set in force."""
    found: dict[str, dict[str, Decimal | None]] = {}
    latest = max(one["id"] for one in tables.rows("figures_workedout"))
    for one in tables.rows("figures_figureline"):
        is_headline = catalogue()[one["ref"]].tier == HEADLINE_TIER and one["ref"] != "GOV-05"
        if one["worked_out_id"] == latest and one["every"] == "month" and is_headline:
            if not one["part"] and not one["breakdown"]:
                value = None if one["value"] is None else Decimal(str(one["value"]))
                found.setdefault(one["period_end"], {})[one["ref"]] = value
    return found


@cache
def _targets(tables: Tables, on: str) -> dict[str, Decimal]:
    decided = [one for one in tables.rows("figures_target") if one["is_approved"] and one["starts_on"] <= on]
    decided.sort(key=lambda one: (one["starts_on"], one["decided_at"], one["id"]))
    latest = {one["ref"]: one["value"] for one in decided}
    return {ref: Decimal(str(value)) for ref, value in latest.items() if value is not None}


def _reaches(tables: Tables, ref: str, value: Decimal | None, on: str) -> bool:
    target = _targets(tables, on).get(ref)
    if value is None or target is None:
        return False
    polarity = catalogue()[ref].polarity
    return (
        value >= target if polarity == "high" else value <= target if polarity == "low" else value == target
    )


def _is_percentage(ref: str) -> bool:
    of = catalogue()[ref]
    return "%" in of.unit and "rate" not in of.unit and "(a count)" not in of.headline


# Registers


def _risks(tables: Tables, first: str, last: str) -> Counted:
    moves, found = tables.grouped("risks_movement", "risk_id"), {"": 0, "overdue": 0, "not_scored": 0}
    for one in tables.rows("risks_risk"):
        if one["identified_on"] > last or (one["closed_on"] or "9999") <= last:
            continue
        seen = [move for move in moves.get(one["id"], []) if move["moved_on"] <= last]
        latest = max(seen, key=lambda move: (move["moved_on"], move["id"]), default=None)
        scored = (
            (one["current_likelihood"], one["current_impact"])
            if latest is None
            else (latest["to_likelihood"], latest["to_impact"])
        )
        looked_at = one["identified_on"] if latest is None else latest["moved_on"]
        found[""] += 1
        found["overdue"] += (as_day(last) - as_day(looked_at)).days > 31
        part = "not_scored" if None in scored else f"score_{scored[0] * scored[1]}"
        found[part] = found.get(part, 0) + 1
    return {part: (number, 0) for part, number in found.items()}


def _trained(tables: Tables, first: str, last: str) -> Counted:
    latest: dict[str, sqlite3.Row] = {}
    for one in sorted(tables.rows("registers_training"), key=lambda one: one["as_at_on"]):
        if one["as_at_on"] <= last:
            latest[one["agency"]] = one
    every = latest.values()
    return {"": (sum(one["trained_count"] for one in every), sum(one["target_count"] for one in every))}


def _hours_served(tables: Tables, first: str, last: str) -> Counted:
    day, served, to_serve = as_day(first), timedelta(), timedelta()
    outages = [_outage(one) for one in tables.rows("registers_outage")]
    while day <= as_day(last):
        begins = datetime.combine(day, datetime.min.time())
        out, announced = timedelta(), timedelta()
        for started, announced_until, ended in outages:
            since = max(started, begins)
            out += max(min(ended, begins + _DAY) - since, timedelta())
            announced += max(min(announced_until, ended, begins + _DAY) - since, timedelta())
        served += _DAY - min(out, _DAY)
        to_serve += _DAY - min(announced, _DAY)
        day += _DAY
    return {"": (round(served / _HOUR, 6), round(to_serve / _HOUR, 6))}


def _outage(one: sqlite3.Row) -> tuple[datetime, datetime, datetime]:
    started = local(one["started_at"])
    ended = local(one["ended_at"]) if one["ended_at"] else datetime.fromisoformat(AS_AT) + _DAY
    return started, started + float(one["planned_hours"] or 0) * _HOUR, ended


def _homes(tables: Tables, first: str, last: str) -> Counted:
    """Homes of the register; what only inspections of settings know is another test's matter."""
    inspected, said = tables.grouped("registers_homeinspection", "home_id"), []
    for one in tables.rows("registers_home"):
        full = [
            each for each in inspected.get(one["id"], []) if each["is_full"] and each["inspected_on"] <= last
        ]
        if full and (one["closed_on"] or "9999") > last:
            said.append(max(full, key=lambda each: each["inspected_on"])["judgement"] in GOOD)
    return {"": share(said)}


COUNTS = {
    "QA-13": _homes,
    "GOV-01": _plan,
    "GOV-02": _recommendations,
    "GOV-03": _meetings,
    "GOV-04": _meeting_actions,
    "GOV-05": _headlines,
    "GOV-06": _risks,
    "GOV-07": _trained,
    "GOV-08": _hours_served,
    "GOV-09": _councillors,
}
