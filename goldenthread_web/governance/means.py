"""What does a board read of what improvement needs: money, posts, partners? No child is in any of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from goldenthread.calendar import add_months
from goldenthread.figures.wording import day_said
from goldenthread_web.governance.knowing import grid_of, held_meetings
from goldenthread_web.governance.models import Attendance, Meeting, MeetingAction
from goldenthread_web.governance.practice_line import Line
from goldenthread_web.improvement.standing import Standing as ActionStanding
from goldenthread_web.improvement.standing import live
from goldenthread_web.resources import queries as resources
from goldenthread_web.resources.models import Post
from goldenthread_web.resources.money import money_said
from goldenthread_web.resources.signing import waiting

MONTHS = 12  # of attendance that count
ENDS_SOON = timedelta(weeks=26)


def money(on: date) -> list[Line]:
    """What was approved, spent and is expected by kind; then lines over, untested, or soon at their end."""
    found = resources.standing(on)
    wholes = [one for one in resources.totals(on, of=found) if not one.source]
    lines = [
        Line(
            title=one.said,
            text=f"{money_said(one.approved)} {'a year' if one.kind == 'recurrent' else 'in all'} approved,"
            f" {money_said(one.spent)} spent to date"
            + (f", {money_said(one.forecast)} expected." if one.forecast is not None else "."),
            tag=one.variance,
            tone="bad" if one.forecast is not None and one.forecast > one.approved else "plain",
        )
        for one in wholes
    ]
    lines += [_over(one) for one in found if one.is_over]
    lines += [
        Line(
            title=f"{line.ref} {line.title}",
            text=f"Its benefit was to be looked at by {day_said(line.benefit_test_on)}: {line.benefit}",
            tag="benefit not looked at",
            tone="attention",
        )
        for line in (one.line for one in found)
        if resources.is_benefit_overdue(line, on)
    ]
    lines += [_ends(one) for one in found if one.line.ends_on and on <= one.line.ends_on <= on + ENDS_SOON]
    lines += [
        Line(
            title=quarter.said,
            text="The Section 151 officer has not signed it yet.",
            tag="not signed",
            tone="attention",
        )
        for quarter in waiting(on)
    ]
    return lines


def _over(one: resources.Standing) -> Line:
    reason = next((said.because for said in one.line.forecasts.all() if said.made_on <= one.on), "")
    return Line(title=f"{one.line.ref} {one.line.title}", text=reason, tag=one.variance, tone="bad")


def _ends(one: resources.Standing) -> Line:
    return Line(
        title=f"{one.line.ref} {one.line.title}",
        text=f"When it ends: {one.line.exit_plan}" if one.line.exit_plan else "",
        tag=f"ends on {day_said(one.line.ends_on)}" if one.line.ends_on else "",
        tone="attention",
    )


def posts(every: Iterable[Post], on: date) -> list[Line]:
    """Of the posts that the programme depends on those nobody fills for good, the first expected first."""
    found = [one for one in every if one.status != Post.Status.PERMANENT]
    return [
        Line(
            title=one.title,
            text=f"Since {day_said(one.since)}; to be filled for good by {day_said(one.expected_on)}."
            + (f" {one.note}" if one.note else ""),
            tag=one.get_status_display(),
            tone="bad" if one.status == Post.Status.VACANT or one.expected_on < on else "attention",
        )
        for one in sorted(found, key=lambda one: one.expected_on)
    ]


@dataclass(frozen=True, kw_only=True)
class PartnerActions:
    """What an agency has promised: actions of meetings, and actions of the plan that it has a part in."""

    agency: str
    open: tuple[MeetingAction, ...]
    late: int
    closed: int
    of_plan: tuple[ActionStanding, ...]


def partner_actions(found: Iterable[MeetingAction], on: date) -> list[PartnerActions]:
    """The same of some actions of meetings, and of the whole plan, by agency; who is latest first."""
    by_agency: dict[str, list[MeetingAction]] = {}
    for one in found:
        if one.agency:
            by_agency.setdefault(one.agency, []).append(one)
    of_plan: dict[str, list[ActionStanding]] = {}
    for stand in live(on):
        if stand.action.partner and stand.action.done_on is None:
            for agency in stand.action.partner.split(","):
                of_plan.setdefault(agency.strip(), []).append(stand)
    rows = []
    for agency in sorted({*by_agency, *of_plan}):
        listed = by_agency.get(agency, [])
        ahead = tuple(one for one in listed if one.closed_on is None or one.closed_on > on)
        rows.append(
            PartnerActions(
                agency=agency,
                open=ahead,
                late=sum(one.due_on < on for one in ahead),
                closed=len(listed) - len(ahead),
                of_plan=tuple(of_plan.get(agency, ())),
            )
        )
    return sorted(rows, key=lambda one: -one.late)


def lists_of_partners(meeting: Meeting, on: date) -> "dict[str, QuerySet[Any]]":
    """What `partners` reads, for `together`."""
    held = held_meetings(meeting.body, add_months(on, -MONTHS), on)
    return {
        "held": held,
        "noted": Attendance.objects.filter(meeting__in=held.order_by().values("pk")),
        "promised": MeetingAction.objects.filter(body=meeting.body_id),
    }


def partners(on: date, read: Mapping[str, list[Any]]) -> list[Line]:
    """Who of the partners comes to this body, and what each has promised here and in the plan."""
    there = {agency: (times, held) for agency, times, held in grid_of(read["held"], read["noted"]).agencies}
    promised = partner_actions(read["promised"], on)
    by_agency = {one.agency: one for one in promised}
    return [
        _partner(agency, there.get(agency), by_agency.get(agency), on)
        for agency in sorted({*there, *by_agency}, key=lambda name: (-_late(by_agency.get(name)), name))
    ]


def _late(one: PartnerActions | None) -> int:
    return 0 if one is None else one.late


def _partner(agency: str, came: tuple[int, int] | None, one: PartnerActions | None, on: date) -> Line:
    said = [] if came is None else [f"At {came[0]} of {came[1]} meetings in the last twelve months."]
    tag, tone = "", "plain"
    if came is not None and came[0] * 2 < came[1]:
        tag, tone = "at fewer than half", "attention"
    if one is not None:
        said += [
            f"{'Overdue since' if action.due_on < on else 'Due'} {day_said(action.due_on)}: {action.text}"
            for action in one.open
        ]
        said += [f"Action {each.action.ref} of the plan: {each.status.word.lower()}." for each in one.of_plan]
        if one.late:
            tag, tone = f"{one.late} overdue", "bad"
    return Line(title=agency, text=" ".join(said), tag=tag, tone=tone)
