"""Practice Weeks: the list with one's own part, one week with its roster, one entry, what was published."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.practice_weeks import numbers, queries
from goldenthread_web.practice_weeks.models import RosterEntry
from goldenthread_web.practice_weeks.wording import ANSWERS, AUDIENCES, activities


@page(Permission.OBSERVE_PRACTICE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every Practice Week, and what the person does in them."""
    person, on = cast(User, request.user), today()
    weeks = list(queries.weeks())
    context = {
        "weeks": [(one, queries.report_of(one), queries.is_report_late(one, on)) for one in weeks],
        "own": list(queries.own_entries(person, from_on=on)),
        "day": on,
        "may_keep": person.may(Permission.KEEP_PRACTICE_WEEKS),
        "may_read_reports": person.may(Permission.SEE_PRACTICE),
        "may_see_children": person.held_role.sees_children,
    }
    return render(request, "practice_weeks/list.html.jinja", context)


@page(Permission.OBSERVE_PRACTICE)
@require_safe
def week(request: HttpRequest, ref: str) -> HttpResponse:
    """One week: its purpose, its roster as far as the person sees it, and you said, we did."""
    person, on = cast(User, request.user), today()
    found = queries.week(ref)
    roster = list(queries.roster_for(person, found))
    may_keep = person.may(Permission.KEEP_PRACTICE_WEEKS)
    openable = {one.pk for one in roster if queries.opens(one, person)}
    context = {
        "week": found,
        "report": queries.report_of(found),
        "is_report_late": queries.is_report_late(found, on),
        "roster": roster,
        "openable": openable,
        "you_said": list(queries.you_said(found)) if may_keep else [],
        "themes": queries.themes() if may_keep else {},
        "audiences": AUDIENCES,
        "day": on,
        "may_keep": may_keep,
        "may_read_reports": person.may(Permission.SEE_PRACTICE),
        "is_wide": True,
    }
    return render(request, "practice_weeks/week.html.jinja", context)


@page(Permission.OBSERVE_PRACTICE, narrative=True)
@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry of a roster, with what was seen there for those who may read it."""
    person, on = cast(User, request.user), today()
    found = queries.entry(person, number)
    may_read = queries.may_read(found, person)
    context: dict[str, Any] = {
        "entry": found,
        "seen": numbers.observation_of(found) if may_read else None,
        "is_written": numbers.observation_of(found) is not None,
        "answers": _answers(found) if may_read else [],
        "themes": queries.themes(),
        "day": on,
        "may_write": queries.may_write(found, person),
        "may_keep": person.may(Permission.KEEP_PRACTICE_WEEKS),
        "may_code": may_read and person.may(Permission.KEEP_PRACTICE_WEEKS),
        "is_own": found.person_id == person.pk,
        "may_see_concerns": person.may(Permission.SEE_CONCERNS),
    }
    return render(request, "practice_weeks/entry.html.jinja", context)


@page(Permission.SEE_STANDARDS)
@require_safe
def you_said(request: HttpRequest) -> HttpResponse:
    """You said, we did, as staff read it, by theme."""
    person = cast(User, request.user)
    rows, words = list(queries.published()), queries.themes()
    context = {
        "said": [one for theme in words for one in rows if one.theme == theme],
        "themes": words,
        "done": sum(one.is_done for one in rows),
        "count": len(rows),
        "audiences": AUDIENCES,
        "day": today(),
        "weeks": [one for one in queries.weeks() if queries.report_of(one) is not None],
        "may_see_plan": person.may(Permission.SEE_PLAN),
        "may_read_reports": person.may(Permission.SEE_PRACTICE),
        "may_take_part": person.may(Permission.OBSERVE_PRACTICE),
    }
    return render(request, "practice_weeks/you_said.html.jinja", context)


@page(Permission.SEE_PRACTICE)
@require_safe
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """The report of a week, to read and to print. Until it is written only those who plan see its numbers."""
    person = cast(User, request.user)
    found = queries.told(queries.week(ref))
    is_public = person.held_role.is_public_view
    now = numbers.shown(found.numbers, is_public_view=is_public)
    then = found.numbers_before
    before = None if then is None else numbers.shown(then, is_public_view=is_public)
    context = {
        "told": found,
        "week": found.week,
        "report": found.report,
        "may_keep": person.may(Permission.KEEP_PRACTICE_WEEKS),
        "is_public": is_public,
        "shown": now,
        "lines": numbers.compared(now, before),
        "activities": activities(),
        "themes": queries.themes(),
        "themes_before": {} if before is None else before.themes,
        "you_said": list(queries.published().filter(week=found.week)),
        "audiences": AUDIENCES,
    }
    return render(request, "practice_weeks/report.html.jinja", context)


def _answers(entry: RosterEntry) -> list[tuple[str, str]]:
    """Each question with its answer in words."""
    seen = numbers.observation_of(entry)
    if seen is None:
        return []
    return [
        (question, ANSWERS.get(seen.answers.get(f"{number}", ""), "No answer"))
        for number, question in enumerate(entry.what.questions)
    ]
