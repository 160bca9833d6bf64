"""What was found of practice that a board should hear of? No child, no worker, no team; small numbers hidden.

Case audits chosen in different ways answer different questions: each way is an entry of its own. Beside them
stand dip samples below their threshold (practice_dipped) and what families speak of (practice_said).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from goldenthread.calendar import add_months
from goldenthread.figures.wording import day_said
from goldenthread_web.accounts.restrictions import restricted_rows
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.models import (
    Answer,
    CaseAudit,
    CaseAuditAction,
    Learning,
    LearningOutcome,
    Themed,
)
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.results_hiding import NOT_SHOWN, share_said, so_many
from goldenthread_web.case_audits.results_intervals import share
from goldenthread_web.case_audits.results_reading import GOOD, RE_AUDIT
from goldenthread_web.governance import practice_dipped, practice_said
from goldenthread_web.governance.counting import number_of
from goldenthread_web.governance.practice_line import Line
from goldenthread_web.standards import queries as standards
from goldenthread_web.standards.domains import domain_title
from goldenthread_web.standards.models import Standard

MONTHS = 12
MOST = 3  # standards met least often, and themes without an answer
_RANDOM = "random"
_SAID = {
    "random": "Cases chosen at random",
    "stratified": "Cases chosen at random within groups",
    "targeted": "Cases chosen for a reason: often the worrying ones",
    RE_AUDIT: "Weak cases looked at again",
}


def lists(on: date) -> "dict[str, QuerySet[Any]]":
    """What is read, for `together`: as it stood on a day. Restricted children are not counted."""
    looked = _looked(on)
    first = looked.filter(selection=_RANDOM, kind__in=rules().first_kinds)
    seen = Themed.objects.filter(learning=OuterRef("pk"), case_audit__in=first.order_by().values("pk"))
    decided = LearningOutcome.objects.filter(learning=OuterRef("pk"), decided_on__lte=on)
    done = Q(completed_on__isnull=True) | Q(completed_on__gt=on)
    actions = CaseAuditAction.objects.filter(
        done, case_audit__state=CaseAudit.State.COMPLETED, set_on__lte=on
    )
    return {
        "looked": looked,
        "met": standards.standards_in_force().annotate(
            met=_answers(first, answer=Answer.Said.MET), asked=_answers(first)
        ),
        "after": actions.exclude(case_audit__reference__in=restricted_rows()),
        "learning": Learning.objects.filter(~Exists(decided), is_strength=False).annotate(
            seen=number_of(seen, "learning")
        ),
        **practice_dipped.lists(on),
        **practice_said.lists(on),
    }


def lines(on: date, read: Mapping[str, list[Any]]) -> list[Line]:
    """What a board should hear of, from what was read: case audits, then dip samples, then families."""
    return [
        *_graded(on, read["looked"]),
        *_least_met(read["met"]),
        *_not_done(on, read),
        *_not_answered(read),
        *practice_dipped.lines(read),
        *practice_said.lines(on, read),
    ]


def _looked(on: date) -> "QuerySet[CaseAudit]":
    found = CaseAudit.objects.filter(
        state=CaseAudit.State.COMPLETED, completed_on__gt=add_months(on, -MONTHS), completed_on__lte=on
    )
    return found.exclude(reference__in=restricted_rows()).defer("domain_grades")


def _answers(of: "QuerySet[CaseAudit]", **said: object) -> Coalesce:
    """How many answers to the questions of a standard, whatever its edition; what does not apply is none."""
    found = Answer.objects.filter(
        question__standard__code=OuterRef("code"), case_audit__in=of.order_by().values("pk"), **said
    ).exclude(answer__in=("", Answer.Said.NA))
    return number_of(found, "question__standard__code")


def _graded(on: date, looked: list[CaseAudit]) -> list[Line]:
    """How many were good or better, by how their cases were chosen."""
    found, since = [], f"in the twelve months to {day_said(on)}"
    for selection, title in _SAID.items():
        these = [one for one in looked if _selection(one) == selection]
        if not these:
            continue
        good = sum((one.moderated_grade or one.grade) in GOOD for one in these)
        percent, interval = share_said(share(good, len(these)), is_public_view=True)
        if interval:
            text = f"{percent} of {len(these)} case audits {since} were good or outstanding; with so many "
            text += f"looked at, the true share lies between {interval.replace(' to ', ' and ')}."
        elif percent == NOT_SHOWN:
            text = f"{len(these)} case audits {since}; how many were good or outstanding is hidden: "
            text += "a small number."
        else:
            text = f"Too few case audits {since} to say how many were good or outstanding."
        found.append(Line(title=title, text=text))
    return found


def _selection(one: CaseAudit) -> str:
    if one.kind == Kind.RE_AUDIT:
        return RE_AUDIT
    return one.selection if one.kind in rules().first_kinds else ""


def _least_met(met: list[Standard]) -> list[Line]:
    """The standards met least often in cases chosen at random."""
    found = []
    for one in met:
        whole = share(one.met, one.asked)  # type: ignore[attr-defined] - counted with it
        percent, interval = share_said(whole, is_public_view=True)
        if interval and whole.percent is not None and whole.percent < rules().quality_line:
            text = f"Met in {percent} of {whole.whole} answers in cases chosen at random."
            found.append(
                (whole.percent, Line(title=one.statement, text=text, tag="met least often", tone="bad"))
            )
    return [line for _, line in sorted(found, key=lambda pair: (pair[0], pair[1].title))[:MOST]]


def _not_done(on: date, read: Mapping[str, list[Any]]) -> list[Line]:
    """Actions that case audits asked for and whose day is over."""
    late = sum(one.due_on < on for one in read["after"])
    if not late:
        return []
    said = so_many(late, len(read["after"]), is_public_view=True)
    text = (
        "Some of the actions that are open; how many is hidden: a small number." if said == NOT_SHOWN else ""
    )
    return [
        Line(
            title="Actions after case audits whose day is over",
            text=text or f"{said} actions that are open.",
            tag="overdue",
            tone="bad",
        )
    ]


def _not_answered(read: Mapping[str, list[Any]]) -> list[Line]:
    """What cases chosen at random show again and again, and nobody has said what is done about it."""
    number = sum(_selection(one) == _RANDOM for one in read["looked"])
    seen = sorted((one for one in read["learning"] if one.seen), key=lambda one: (-one.seen, one.title))
    return [
        Line(
            title=one.title,
            text=f"{domain_title(one.domain)}. {_seen(one.seen, number)}",
            tag="nothing decided",
            tone="attention",
        )
        for one in seen[:MOST]
    ]


def _seen(number: int, of: int) -> str:
    said = so_many(number, of, is_public_view=True)
    if said == NOT_SHOWN:
        return "Seen in cases chosen at random; in how many is hidden: a small number."
    return f"Seen in {said} cases chosen at random."
