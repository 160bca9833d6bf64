"""What lies ahead: meetings, papers, visits, reviews and milestones, day by day. No child is in any of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.urls import NoReverseMatch, reverse

from goldenthread_web.config.clock import LONDON, london
from goldenthread_web.governance import queries
from goldenthread_web.governance.models import Meeting
from goldenthread_web.improvement import queries as plan
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.ui.together import together


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One thing that lies ahead. `uid` names it for ever, whatever its day or its words."""

    uid: str
    on: date
    kind: str  # a code of KINDS
    title: str
    detail: str = ""
    place: str = ""
    href: str = ""
    starts_at: datetime | None = None  # none: the whole day
    minutes: int = 0
    ends_on: date | None = None  # the last day, of what takes several

    @property
    def time_said(self) -> str:
        """14:00; blank where it takes the whole day."""
        return "" if self.starts_at is None else f"{london(self.starts_at):%H:%M}"


KINDS = {
    "meeting": "Meeting",
    "papers": "Papers due",
    "visit": "Monitoring visit",
    "review": "Review",
    "milestone": "Milestone",
    "gate": "End of a stage",
    "action": "Action of a meeting due",
}
# What a calendar of other people needs: milestones and actions would drown it.
# What a body needs to know of the others: not when their papers are due, nor their meetings of every week.
OF_PACKS = ("board", "visit", "review", "gate")
_OFTEN = ("weekly", "fortnightly")
USUAL = ("meeting", "papers", "visit", "review", "gate")


def address(name: str, *arguments: object) -> str:
    """The address of a page; blank where there is no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def lists(since: date, to: date, kinds: Collection[str] = tuple(KINDS)) -> "dict[str, QuerySet[Any]]":
    """What `planned` reads, for `together`."""
    found: dict[str, QuerySet[Any]] = {}
    if {"meeting", "papers", "board"} & set(kinds):
        # Papers are due up to two weeks before the meeting that they are for.
        listed = queries.meetings(since=since, to=to + timedelta(weeks=4))
        told = {"body_name": F("body__name"), "body_rhythm": F("body__rhythm")}
        found["meetings"] = listed.exclude(status=Meeting.Status.CANCELLED).annotate(**told)
    if "visit" in kinds:
        found["visits"] = inspections.visits().filter(starts_on__gte=since, starts_on__lte=to)
    if "review" in kinds:
        found["reviews_ahead"] = inspections.reviews().filter(planned_on__gte=since, planned_on__lte=to)
    if "milestone" in kinds:
        ahead = plan.milestones(from_on=since, to=to).filter(done_on__isnull=True)
        found["milestones_ahead"] = ahead.annotate(action_ref=F("action__ref"))
    if "gate" in kinds:
        found["stages"] = plan.stages().filter(ends_on__gte=since, ends_on__lte=to)
    return found


def planned(
    since: date,
    to: date,
    kinds: Collection[str] = tuple(KINDS),
    *,
    read: Mapping[str, list[Any]] | None = None,
) -> list[Planned]:
    """Everything that lies between two days, both included, by day. One query, none if `lists` were read."""
    if read is None:
        read = together(**lists(since, to, kinds))
    found = [
        *_meetings(read.get("meetings", ()), since, to, kinds),
        *_visits(read.get("visits", ())),
        *_reviews(read.get("reviews_ahead", ())),
        *_milestones(read.get("milestones_ahead", ())),
        *_gates(read.get("stages", ())),
    ]
    return sorted(found, key=lambda one: (one.on, one.starts_at or datetime.combine(one.on, time(), LONDON)))


def by_month(found: list[Planned]) -> dict[date, list[Planned]]:
    """The same under the first day of each month."""
    months: dict[date, list[Planned]] = {}
    for one in found:
        months.setdefault(one.on.replace(day=1), []).append(one)
    return months


def _meetings(listed: Iterable[Any], since: date, to: date, kinds: Collection[str]) -> list[Planned]:
    found = []
    for meeting in listed:
        href = address("governance:meeting", meeting.pk)
        is_board = "board" in kinds and meeting.body_rhythm not in _OFTEN
        if (is_board or "meeting" in kinds) and meeting.on <= to:
            found.append(
                Planned(
                    uid=f"meeting-{meeting.pk}",
                    on=meeting.on,
                    kind="meeting",
                    title=meeting.body_name,
                    place=meeting.place,
                    href=href,
                    starts_at=meeting.starts_at,
                    minutes=meeting.minutes_allotted,
                )
            )
        is_due = meeting.status == Meeting.Status.PLANNED and since <= meeting.freezes_on <= to
        if "papers" in kinds and is_due:
            found.append(
                Planned(
                    uid=f"papers-{meeting.pk}",
                    on=meeting.freezes_on,
                    kind="papers",
                    title=f"Pack is frozen: {meeting.body_name}",
                    detail="Papers and reports must be in.",
                    href=href,
                )
            )
    return found


def _visits(listed: Iterable[Any]) -> list[Planned]:
    return [
        Planned(
            uid=f"visit-{visit.number}",
            on=visit.starts_on,
            ends_on=visit.ends_on,
            kind="visit",
            title=f"Monitoring visit {visit.number}",
            href=address("inspections:visit", visit.number),
        )
        for visit in listed
    ]


def _reviews(listed: Iterable[Any]) -> list[Planned]:
    return [
        Planned(
            uid=f"review-{review.pk}",
            on=review.planned_on,
            kind="review",
            title="Review with the Department for Education",
            href=address("inspections:intervention"),
        )
        for review in listed
    ]


def _milestones(listed: Iterable[Any]) -> list[Planned]:
    return [
        Planned(
            uid=f"milestone-{one.pk}",
            on=one.forecast_on,
            kind="milestone",
            title=f"{one.action_ref}: {one.text}",
            href=address("improvement:action", one.action_ref),
        )
        for one in listed
    ]


def _gates(listed: Iterable[Any]) -> list[Planned]:
    return [
        Planned(
            uid=f"stage-{stage.pk}",
            on=stage.ends_on,
            kind="gate",
            title=f"End of stage {stage.number}, {stage.name}",
            href=address("improvement:stages"),
        )
        for stage in listed
    ]
