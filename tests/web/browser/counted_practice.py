"""What do the records of practice say of each indicator? Counted again, by the words of the catalogue.

No definition, no standard table and no engine is asked.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator

from goldenthread.calendar import working_days_between
from goldenthread_web.practice_weeks.wording import activities
from tests.web.browser.counting import (
    GOOD,
    Counted,
    Tables,
    as_day,
    known,
    promises,
    share,
)
from tests.web.browser.small_council import AS_AT

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
AGREES = ("agree", "strongly_agree")
FAMILIES = ("child", "parent", "carer")


def case_audits(tables: Tables) -> list[sqlite3.Row]:
    """Those that were not withdrawn, observations of practice apart."""
    found = tables.rows("case_audits_caseaudit")
    return [one for one in found if one["state"] != "withdrawn" and one["kind"] != "observation"]


def completed(tables: Tables, first: str, last: str) -> list[sqlite3.Row]:
    """Case audits completed in a period."""
    done = [one for one in case_audits(tables) if one["state"] == "completed"]
    return [one for one in done if first <= one["completed_on"] <= last]


def final(one: sqlite3.Row) -> str:
    """The grade that counts."""
    return one["moderated_grade"] or one["grade"]


def _as_planned(tables: Tables, first: str, last: str) -> Counted:
    planned = [one for one in case_audits(tables) if first <= one["scheduled_on"] <= last]
    days = [
        (one["due_on"], known(one["completed_on"] if one["state"] == "completed" else None))
        for one in planned
    ]
    judged = [(due, done) for due, done in days if done or due < AS_AT]
    return {
        "": share(bool(done) for _, done in judged),
        "on_time": share(bool(done) and done <= due for due, done in judged),
    }


def _grades(tables: Tables, first: str, last: str) -> Counted:
    done = completed(tables, first, last)
    chance = [final(one) for one in done if one["selection"] != "targeted"]
    chosen = [final(one) for one in done if one["selection"] == "targeted"]
    return {
        "": share(grade in GOOD for grade in chance),
        "targeted": share(grade in GOOD for grade in chosen),
        **{grade: share(one == grade for one in chance) for grade in GRADES},
    }


def _put_right(tables: Tables, first: str, last: str) -> Counted:
    again = tables.grouped("case_audits_caseaudit", "re_audit_of_id")
    judged = []
    for one in completed(tables, first, last):
        if final(one) != "inadequate":
            continue
        begun, plan = as_day(one["completed_on"]), known(one["remedial_completed_on"])
        repeated = min(
            (
                other["completed_on"]
                for other in again.get(one["id"], [])
                if other["state"] == "completed" and known(other["completed_on"])
            ),
            default=None,
        )
        planned_in = working_days_between(begun, as_day(plan or AS_AT))
        repeated_in = (as_day(repeated or AS_AT) - begun).days
        in_time = planned_in <= 5 and repeated_in <= 30
        if (plan and repeated) or not in_time:
            judged.append(bool(plan and repeated) and in_time)
    return {"": share(judged)}


def _audit_actions(tables: Tables, first: str, last: str) -> Counted:
    audits = tables.by_id("case_audits_caseaudit")
    actions = tables.rows("case_audits_caseauditaction")
    of = [one for one in actions if audits[one["case_audit_id"]]["state"] == "completed"]
    return promises([(one["due_on"], one["completed_on"]) for one in of], first, last)


def answers(tables: Tables, first: str, last: str) -> Iterator[tuple[str, sqlite3.Row]]:
    """What was answered in case audits and observations completed in a period, with its standard."""
    audits, asked = tables.by_id("case_audits_caseaudit"), tables.by_id("case_audits_proformaquestion")
    standards = tables.by_id("standards_standard")
    for one in tables.rows("case_audits_answer"):
        audit, standard = audits[one["case_audit_id"]], asked[one["question_id"]]["standard_id"]
        is_done = audit["state"] == "completed" and first <= audit["completed_on"] <= last
        if is_done and standard is not None and one["answer"] in ("met", "partly", "not_met"):
            yield one["answer"], standards[standard]


def _standards(tables: Tables, first: str, last: str) -> Counted:
    said: dict[str, list[bool]] = {"": []}
    for answer, standard in answers(tables, first, last):
        for part in ("", standard["code"]):
            said.setdefault(part, []).append(answer == "met")
    return {part: share(of) for part, of in said.items()}


def tagged(*tags: str) -> Callable[[Tables, str, str], Counted]:
    """Standards that have one of these tags."""

    def counted(tables: Tables, first: str, last: str) -> Counted:
        said = answers(tables, first, last)
        return {"": share(answer == "met" for answer, one in said if {*tags} & {*json.loads(one["tags"])})}

    return counted


def _agreement(tables: Tables, first: str, last: str) -> Counted:
    done = [one for one in tables.rows("case_audits_caseaudit") if one["state"] == "completed"]
    again = [one for one in done if one["moderated_on"] and first <= one["moderated_on"] <= last]
    return {"": share(one["grade"] == one["moderated_grade"] for one in again if one["moderated_grade"])}


def _dip_samples(tables: Tables, first: str, last: str) -> Counted:
    drawn, lines = tables.by_id("sampling_sample"), tables.by_id("dip_samples_line")
    of = {
        one["id"]: drawn[one["sample_id"]]["method"] == "targeted"
        for one in tables.rows("dip_samples_dipsample")
        if one["state"] == "finished" and first <= drawn[one["sample_id"]]["drawn_on"] <= last
    }
    said: dict[bool, list[bool]] = {False: [], True: []}
    for one in tables.rows("dip_samples_answer"):
        sample = lines[one["line_id"]]["dip_sample_id"]
        if sample in of and one["said"] in ("pass", "fail"):
            said[of[sample]].append(one["said"] == "pass")
    chosen = sum(of.values())
    samples = {"random_samples": (len(of) - chosen, 0), "targeted_samples": (chosen, 0)}
    return {"": share(said[False]), "targeted": share(said[True]), **samples}


def _observations(tables: Tables, first: str, last: str) -> Counted:
    held = {one["entry_id"]: one["held_on"] for one in tables.rows("practice_weeks_observation")}
    days = [
        (one["on"], held.get(one["id"]))
        for one in tables.rows("practice_weeks_rosterentry")
        if activities()[one["activity"]].is_observation
    ] + [
        (one["scheduled_on"], one["completed_on"] if one["state"] == "completed" else None)
        for one in tables.rows("case_audits_caseaudit")
        if one["kind"] == "observation" and one["state"] != "withdrawn"
    ]
    of = [(planned, known(done)) for planned, done in days if first <= planned <= last]
    return {"": share(bool(done) for planned, done in of if done or planned < AS_AT)}


def _every_case(tables: Tables, first: str, last: str) -> Counted:
    exercises, said = tables.by_id("case_reviews_exercise"), []
    for one in tables.rows("case_reviews_case"):
        if exercises[one["exercise_id"]]["frozen_on"] > last:
            continue
        reviewed, gone = (
            (day if day and day <= last else None) for day in (one["reviewed_on"], one["left_on"])
        )
        if not gone or (reviewed and reviewed <= gone):
            said.append(bool(reviewed))
    return {"": share(said)}


# What people say


def _feedback(tables: Tables, first: str, last: str) -> Counted:
    of = [one for one in tables.rows("voice_feedback") if first <= one["received_on"] <= last]
    said = [one["is_positive"] for one in of if one["audience"] in FAMILIES]
    return {"": share(bool(one) for one in said if one is not None)}


def _pulse(tables: Tables, first: str, last: str) -> Counted:
    surveys = {
        one["id"]: one
        for one in tables.rows("voice_survey")
        if one["kind"] == "staff_pulse" and one["closes_on"] <= AS_AT
    }
    by_item: dict[str, list[bool]] = {}
    numbers: dict[int, int] = {}
    for one in tables.rows("voice_response"):
        if one["survey_id"] not in surveys or not first <= one["week"] <= last:
            continue
        numbers[one["survey_id"]] = numbers.get(one["survey_id"], 0) + 1
        for item, answer in json.loads(one["answers"]).items():
            if answer:
                by_item.setdefault(item, []).append(answer in AGREES)
    asked = sum(surveys[key]["invited"] for key in numbers)
    return {
        "": share(one for said in by_item.values() for one in said),
        "response_rate": (sum(numbers.values()), asked),
        **{item: share(said) for item, said in by_item.items()},
    }


# Clinics


def _clinic_actions(tables: Tables, first: str, last: str) -> Counted:
    of = [one for one in tables.rows("clinics_clinicaction") if one["outcome"] != "superseded"]
    return promises([(one["due_on"], one["completed_on"]) for one in of], first, last)


COUNTS = {
    "QA-01": _as_planned,
    "QA-02": _grades,
    "QA-03": _put_right,
    "QA-04": _audit_actions,
    "QA-05": _standards,
    "QA-06": tagged("childs_voice"),
    "QA-07": tagged("analysis", "smart_plan"),
    "QA-08": _agreement,
    "QA-09": _dip_samples,
    "QA-10": _observations,
    "QA-12": _feedback,
    "CIN-10": _every_case,
    "SO-06": _clinic_actions,
    "WF-15": _pulse,
}
