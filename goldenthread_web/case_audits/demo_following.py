"""What followed the case audits of the demonstration? Told week by week, once they are done: invented."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.case_audits import (
    demo_following_learning,
    doing_services,
    following_services,
    jobs,
    moderating_services,
)
from goldenthread_web.case_audits.demo_writing import GRADES, pick, whole
from goldenthread_web.case_audits.following_queries import may_act
from goldenthread_web.case_audits.following_re_audits import CLOSED, stuck
from goldenthread_web.case_audits.following_rules import working_days_after
from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction, Moderation
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.moderating_drawing import batches
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.queries import action as plan_action_of

State = CaseAudit.State
_LEAD = "qa_lead"


@dataclass(kw_only=True)
class Followed:
    """How much followed."""

    second_looks: int = 0
    actions: int = 0
    re_audits: int = 0
    learning: int = 0


@cache
def said() -> dict[str, Any]:
    """What the story says, from demo_following.toml."""
    return tomllib.loads((files("goldenthread_web.case_audits") / "demo_following.toml").read_text("utf-8"))


def tell_what_followed() -> Followed:
    """Tell it up to the demonstration's today: second looks, plans, actions, re-audits; then what was learnt.

    The cases of the pilot were looked at again in another way, before the programme.
    """
    _leave_out_the_pilot()
    day: date = said()["begins_on"]
    while day < today():
        _week(day)
        day += timedelta(days=said()["every_days"])
    _week(today())
    _leave_out_what_closed()
    found = Followed(learning=demo_following_learning.tell(said()))
    jobs.close_what_is_done(today())
    found.second_looks = Moderation.objects.filter(settled_at__isnull=False).count()
    found.actions = CaseAuditAction.objects.count()
    found.re_audits = CaseAudit.objects.filter(kind=Kind.RE_AUDIT).count()
    return found


def _week(day: date) -> None:
    """What had come due by a day."""
    for batch in batches(day):
        if all(one.completed_on is not None and one.completed_on <= day for one in batch.case_audits):
            moderating_services.draw(batch, seed="demonstration", on=day, by=None)
    _settle(day)
    _plan(day)
    _complete(day)
    jobs.hand_out_re_audits(day)
    _do_again(day)


def _leave_out_the_pilot() -> None:
    begins_on = said()["begins_on"]
    for one in CaseAudit.objects.filter(re_audit_due_on__isnull=False, completed_on__lt=begins_on):
        following_services.waive_re_audit(one, version=one.version, why="looked_at", by=account_of(_LEAD))


def _leave_out_what_closed() -> None:
    """Where nobody holds the child any more the lead has said so, but for the latest few."""
    closed = [one.first for one in stuck(today()) if one.why == CLOSED]
    for first in closed[: -said()["re_audits"]["left_to_say"] or None]:
        following_services.waive_re_audit(
            first, version=first.version, why="case_closed", by=account_of(_LEAD)
        )


def _settle(day: date) -> None:
    """Second looks that were due; one of some is late."""
    story = said()["second_looks"]
    found = Moderation.objects.filter(settled_at__isnull=True, moderator__isnull=False, due_on__lte=day)
    for one in found.select_related("case_audit__auditor", "moderator"):
        ref = one.case_audit.ref
        if one.due_on >= story["late_from"] and pick(range(story["late_of"]), ref, "late") == 0:
            continue
        text = pick(story["texts"], ref, "look")
        judged = one.case_audit.judged_grade or one.case_audit.grade
        grade = _looked_again(judged, one.case_audit.auditor.role, ref)
        looked = moderating_services.give_blind_grade(
            one, grade=grade, text=text, on=one.due_on, by=one.moderator
        )
        if looked.settled_at is None:
            _agree(looked, grade, ref)


def _looked_again(judged: str, role: str, ref: str) -> str:
    """The grade of the second look: mostly the same; of the gentle auditor mostly one lower."""
    story, place = said()["second_looks"], grades().index(judged)
    is_gentle = role == story["gentle"]
    agrees = story["gentle_agrees_in_ten" if is_gentle else "others_agree_in_ten"]
    if pick(range(10), ref, "agrees") < agrees:
        return judged
    step = 1 if is_gentle or pick((True, False), ref, "lower") else -1
    return grades()[min(max(place + step, 0), len(grades()) - 1)]


def _agree(looked: Moderation, grade: str, ref: str) -> None:
    """Mostly the second grade counts; where a limit forbids it, or one in five times, the first."""
    first = looked.case_audit.grade
    chosen = first if pick(range(5), ref, "first") == 0 else grade
    for final in dict.fromkeys((chosen, first)):
        try:
            moderating_services.settle(
                looked,
                grade=final,
                reason="" if final == first else pick(said()["second_looks"]["reasons"], ref, "why"),
                is_agreed=pick((True, True, True, False), ref, "agreed"),
                on=looked.due_on,
                by=looked.moderator,
            )
        except Refused:
            continue
        return


def _plan(day: date) -> None:
    """Plans that were due: most recorded in time, some late."""
    story, by = said()["actions"], account_of("head_of_service")
    weak = CaseAudit.objects.filter(
        state=State.COMPLETED,
        plan_due_on__lte=day,
        remedial_completed_on__isnull=True,
    )
    for one in weak.select_related("auditor", "moderation"):
        is_late = pick(range(10), one.ref, "plan") >= story["in_time_of"]
        on = working_days_after(one.plan_due_on, 6) if is_late else one.plan_due_on
        if on > day or not may_act(by, one) or _looks_again_still(one, by):
            continue
        for kind in ("child", "worker", *(("system",) if pick(range(4), one.ref, "system") == 0 else ())):
            _set(one, kind, on)
        one.refresh_from_db()
        following_services.record_plan(one, version=one.version, on=on, by=by)


def _looks_again_still(case_audit: CaseAudit, person: Any) -> bool:
    found = getattr(case_audit, "moderation", None)
    return found is not None and found.is_blind_for(person)


def _set(case_audit: CaseAudit, kind: str, on: date) -> None:
    story, by = said()["actions"], account_of("head_of_service")
    text = pick(story[kind], case_audit.ref, kind)
    made = following_services.set_action(
        case_audit,
        kind=kind,
        text=text,
        owner=story["owners"][kind],
        set_on=on,
        due_on=on + timedelta(days=pick(story["days"], case_audit.ref, kind, "days")),
        by=by,
    )
    ref = said()["plan_actions"].get(text, "")
    action = plan_action_of(ref) if ref else None
    if kind == "system" and action is not None and action.is_live:
        following_services.take_into_plan(made, action, version=made.version, by=account_of(_LEAD))


def _complete(day: date) -> None:
    """Actions that were due: most done by their day, some after it, some open still."""
    story, head, lead = said()["actions"], account_of("head_of_service"), account_of(_LEAD)
    due = CaseAuditAction.objects.filter(completed_on__isnull=True, due_on__lte=day)
    for one in due.select_related("case_audit__auditor"):
        place = pick(range(10), one.ref, "done")
        if place >= story["done_of"] + story["late_of"]:
            continue
        on = one.due_on if place < story["done_of"] else one.due_on + timedelta(days=9)
        if on > day or on > today():
            continue
        words: dict[str, Any] = {
            "version": one.version,
            "outcome": pick(story["outcomes"], one.ref, "outcome"),
            "completed_on": on,
        }
        if one.kind == CaseAuditAction.Kind.SYSTEM:
            following_services.complete_system_action(one, **words, by=lead)
        elif may_act(head, one.case_audit):
            following_services.complete_action(one, **words, by=head)


def _do_again(day: date) -> None:
    """Re-audits that were handed out are done; mostly the case is better."""
    story = said()["re_audits"]
    handed = CaseAudit.objects.filter(
        kind=Kind.RE_AUDIT,
        state=State.HANDED_OUT,
        scheduled_on__lte=day - timedelta(days=story["after_days"]),
    )
    for one in handed.select_related("auditor", "re_audit_of"):
        letters: Sequence[str] = story.get(one.re_audit_of.final_grade, "G")
        letter = pick(letters, one.ref, "again")
        if letter not in GRADES:
            continue
        done = doing_services.save(one, version=one.version, said=whole(one, letter), by=one.auditor)
        doing_services.complete(done, version=done.version, completed_on=day, by=one.auditor)
