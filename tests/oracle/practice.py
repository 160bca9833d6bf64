"""Case audits, observations, dip samples, reviews of every case: QA-01 to QA-10 and CIN-10 by their words.

The native tables that they read are recorded in the service and delivered by no council.
"""

from tests.oracle.conventions import NOT_KNOWN, Asked, add_days, days, oracle, place

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
GOOD = ("outstanding", "good")


def _audits(asked: Asked, kind: str | None = None) -> list:
    return [r for r in asked.view.rows("audits") if kind is None or r["kind"] == kind]


def _final_grade(r) -> str | None:
    return r["moderated_grade"] or r["grade"]


@oracle("QA-01")
def completed_against_programme(data, p0, p1, as_at, parameters):
    """Scheduled in P; completed, or failed where due_on (blank: P1) has passed; due later: not due."""
    asked = Asked("QA-01", data, p0, p1, as_at, parameters)
    rows = []
    for r in _audits(asked, "case_audit"):
        if not asked.in_period(r["scheduled_on"]):
            continue
        due, done = r["due_on"] or asked.p1, r["completed_on"]
        for part in ("", "on_time"):
            if done is None and due >= asked.rd:
                rows.append(asked.left_out(r, "not_due", part=part))
            else:
                achieved = done is not None and (not part or done <= due)
                rows.append(asked.judged(r, achieved, part=part))
    return rows


@oracle("QA-02")
def graded(data, p0, p1, as_at, parameters):
    """Completed in P, by final grade; those chosen for a reason only in a part of their own."""
    asked = Asked("QA-02", data, p0, p1, as_at, parameters)
    rows = []
    for r in _audits(asked, "case_audit"):
        if not asked.in_period(r["completed_on"]):
            continue
        grade, is_targeted = _final_grade(r), r["selection"] == "targeted"
        for part in ("", *GRADES, *(("targeted",) if is_targeted else ())):
            if is_targeted and part != "targeted":
                rows.append(asked.left_out(r, "excluded", part=part))
            elif grade is None:
                rows.append(asked.left_out(r, "unknown", part=part))
            else:
                achieved = grade == part if part in GRADES else grade in GOOD
                rows.append(asked.judged(r, achieved, part=part))
    return rows


@oracle("QA-03")
def put_right(data, p0, p1, as_at, parameters):
    """Inadequate: remedial action within 5 working days, and audited again within 30 days."""
    asked = Asked("QA-03", data, p0, p1, as_at, parameters)
    wd_limit, day_limit = asked["remedial_wd"], asked["reaudit_days"]
    rows = []
    for r in _audits(asked, "case_audit"):
        start = r["completed_on"]
        if not asked.in_period(start) or _final_grade(r) != "inadequate":
            continue
        again = [
            a["completed_on"]
            for a in _audits(asked)
            if a["reaudit_of_audit_id"] == r["audit_id"] and a["completed_on"] is not None
        ]
        remedial, repeated = r["remedial_completed_on"], min(again, default=None)
        remedial_kept = asked.view.wd(start, remedial or asked.rd) <= wd_limit
        repeated_kept = days(start, repeated or asked.rd) <= day_limit
        is_done = remedial is not None and repeated is not None
        if is_done:
            status = "in_time" if remedial_kept and repeated_kept else "late"
        elif not remedial_kept or not repeated_kept or add_days(start, day_limit) < asked.rd:
            status = "overdue"
        else:
            status = "not_due"
        stop = max(remedial, repeated) if is_done else None
        rows.append(asked.timed(r, status, start=start, stop=stop, unit="days"))
    return rows


@oracle("QA-04")
def actions_by_due_date(data, p0, p1, as_at, parameters):
    """Actions due in P, placed as their audit is; those without a due date are listed."""
    asked = Asked("QA-04", data, p0, p1, as_at, parameters)
    audits = {r["audit_id"]: r for r in _audits(asked)}
    rows = []
    for r in asked.view.rows("audit_actions"):
        audit = audits.get(r["audit_id"])
        where = {
            "placed": place(asked.view, asked.ref, audit) if audit else (NOT_KNOWN, NOT_KNOWN),
            "child": audit["child_id"] if audit else None,
        }
        rows += due_by_day(asked, r, **where)
    return rows


def due_by_day(asked: Asked, r, **where) -> list:
    """completed_on <= due_on; overdue once due_on has passed; on that day, and without a day, left out."""
    due, done = r["due_on"], r["completed_on"]
    if due is None:
        return [asked.left_out(r, "excluded", **where)]
    if not asked.in_period(due):
        return []
    if done is not None:
        return [asked.timed(r, "in_time" if done <= due else "late", **where)]
    return [asked.timed(r, "overdue" if due < asked.rd else "not_due", **where)]


def _answers(asked: Asked, tags: tuple[str, ...] = ()) -> list:
    """The items of audits completed in P with their audit; with tags only items that bear one of them."""
    audits = {r["audit_id"]: r for r in _audits(asked) if asked.in_period(r["completed_on"])}
    found = [(r, audits[r["audit_id"]]) for r in asked.view.rows("audit_items") if r["audit_id"] in audits]
    return [(r, a) for r, a in found if not tags or set(tags) & set(r["tags"] or ())]


def _standards(ref, data, p0, p1, as_at, parameters, tags=(), by_standard=False):
    asked = Asked(ref, data, p0, p1, as_at, parameters)
    rows = []
    for r, audit in _answers(asked, tags):
        for part in ("", r["standard"]) if by_standard else ("",):
            where = {"placed": place(asked.view, ref, audit), "child": audit["child_id"], "part": part}
            if r["answer"] in ("met", "not_met"):
                rows.append(asked.judged(r, r["answer"] == "met", **where))
            else:
                rows.append(asked.left_out(r, "excluded" if r["answer"] else "unknown", **where))
    return rows


@oracle("QA-05")
def standards(data, p0, p1, as_at, parameters):
    """Every standard, together and one by one."""
    return _standards("QA-05", data, p0, p1, as_at, parameters, by_standard=True)


@oracle("QA-06")
def childs_voice(data, p0, p1, as_at, parameters):
    """Standards about the child's voice and lived experience."""
    return _standards("QA-06", data, p0, p1, as_at, parameters, ("childs_voice",))


@oracle("QA-07")
def analysis(data, p0, p1, as_at, parameters):
    """Standards about analysis, and about plans that are SMART."""
    return _standards("QA-07", data, p0, p1, as_at, parameters, ("analysis", "smart_plan"))


@oracle("QA-08")
def agreement(data, p0, p1, as_at, parameters):
    """Moderated in P with both grades: are they the same?"""
    asked = Asked("QA-08", data, p0, p1, as_at, parameters)
    return [
        asked.judged(r, r["grade"] == r["moderated_grade"])
        for r in _audits(asked)
        if asked.in_period(r["moderated_on"]) and r["grade"] and r["moderated_grade"]
    ]


@oracle("QA-09")
def dip_samples(data, p0, p1, as_at, parameters):
    """Items of samples drawn in P, random and targeted apart, and how many samples there were."""
    asked = Asked("QA-09", data, p0, p1, as_at, parameters)
    samples = {r["sample_id"]: r for r in asked.view.rows("dip_samples") if asked.in_period(r["sampled_on"])}
    rows = []
    for r in asked.view.rows("dip_sample_items"):
        sample = samples.get(r["sample_id"])
        if sample is None:
            continue
        where = {
            "part": "targeted" if sample["method"] == "targeted" else "",
            "placed": place(asked.view, asked.ref, sample, child=r["child_id"]),
        }
        if r["result"] in ("pass", "fail"):
            rows.append(asked.judged(r, r["result"] == "pass", **where))
        else:
            rows.append(asked.left_out(r, "excluded" if r["result"] else "unknown", **where))
    for r in samples.values():
        kind = "targeted" if r["method"] == "targeted" else "random"
        rows.append(asked.count(r, part=f"{kind}_samples"))
    return rows


@oracle("QA-10")
def observations(data, p0, p1, as_at, parameters):
    """Observations scheduled in P: completed; not due while scheduled_on has not passed."""
    asked = Asked("QA-10", data, p0, p1, as_at, parameters)
    rows = []
    for r in _audits(asked, "observation"):
        if asked.in_period(r["scheduled_on"]):
            if r["completed_on"] is None and r["scheduled_on"] >= asked.rd:
                rows.append(asked.left_out(r, "not_due"))
            else:
                rows.append(asked.judged(r, r["completed_on"] is not None))
    return rows


@oracle("CIN-10")
def re_reviewed(data, p0, p1, as_at, parameters):
    """The frozen cohort less those closed before review: reviewed in the exercise since it was frozen."""
    asked = Asked("CIN-10", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("case_review_cohorts"):
        reviewed = min(
            (
                a["completed_on"]
                for a in _audits(asked, "case_review")
                if (a["exercise"], a["child_id"]) == (r["exercise"], r["child_id"])
                and a["completed_on"] is not None
                and a["completed_on"] >= r["frozen_on"]
            ),
            default=None,
        )
        if r["closed_on"] is not None and (reviewed is None or r["closed_on"] < reviewed):
            rows.append(asked.left_out(r, "excluded"))
        else:
            rows.append(asked.judged(r, reviewed is not None))
    return rows
