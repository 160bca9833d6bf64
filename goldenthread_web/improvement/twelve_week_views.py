"""Pages of twelve-week plans: the week, the deliverables, the figures, what was decided."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.figures.suppression import SUPPRESSED
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import quoted
from goldenthread_web.improvement import rhythm_acts
from goldenthread_web.improvement.acts import act_page
from goldenthread_web.improvement.models import Deliverable, TwelveWeekPlan
from goldenthread_web.improvement.models.twelve_weeks import WEEKS
from goldenthread_web.improvement.plan_views import may
from goldenthread_web.improvement.queries import twelve_week_plans


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How twelve weeks stand: the share of the time that is over beside the share of what is done."""

    week: int
    weeks_over: int  # in per cent
    done: int
    total: int
    late: int

    @property
    def done_share(self) -> int:
        """Of the deliverables, in per cent."""
        return round(100 * self.done / self.total) if self.total else 0

    @property
    def letter(self) -> str:
        """G: as much is done as weeks are over; A: less, by up to a quarter; R: less still."""
        behind = self.weeks_over - self.done_share
        return "G" if behind <= 0 else "A" if behind <= 25 else "R"


def progress(plan: TwelveWeekPlan, deliverables: list[Deliverable], day: date) -> Progress:
    """How twelve weeks stand on a day."""
    week = plan.week_of(day)
    whole_weeks = max(0, min(WEEKS, (day - plan.starts_on).days // 7))
    return Progress(
        week=week,
        weeks_over=round(100 * whole_weeks / WEEKS),
        done=sum(one.done_on is not None for one in deliverables),
        total=len(deliverables),
        late=sum(one.done_on is None and plan.week_ends_on(one.week_due) < day for one in deliverables),
    )


@page(Permission.SEE_PLAN)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every twelve-week plan."""
    found = list(twelve_week_plans().prefetch_related("deliverables"))
    rows = [(one, progress(one, list(one.deliverables.all()), today())) for one in found]
    context = {"rows": rows, "today": today(), "may": may(request)}
    return render(request, "improvement/twelve_weeks_list.html.jinja", context)


@page(Permission.SEE_PLAN)
@require_safe
def twelve_weeks(request: HttpRequest, number: int) -> HttpResponse:
    """One twelve-week plan."""
    plan = _found(number)
    person, day = cast(User, request.user), today()
    deliverables = list(plan.deliverables.select_related("action", "carried_from"))
    watched = list(plan.key_indicators.all())
    context: dict[str, Any] = {
        "plan": plan,
        "progress": progress(plan, deliverables, day),
        "deliverables": deliverables,
        "watched": watched,
        "figures": quoted([one.ref for one in watched], is_public_view=person.held_role.is_public_view),
        "checkpoints": (checkpoints := list(plan.checkpoints.select_related("by"))),
        "hides": any(one["value"] == SUPPRESSED for each in checkpoints for one in each.figures.values()),
        "notes": list(plan.weekly_notes.select_related("by")),
        "focus_times": list(plan.focus_times.select_related("action")),
        "today": day,
        "may": may(request) | {"note": person.role == "director"},
    }
    return render(request, "improvement/twelve_weeks.html.jinja", context)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin twelve weeks."""
    return act_page(request, rhythm_acts.BEGIN, None, back=reverse("improvement:twelve_weeks_list"))


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Add deliverables and indicators, hold checkpoints, sum up, close."""
    if what not in rhythm_acts.WEEKS_EDIT:
        raise Http404
    plan = _found(number)
    back = plan.get_absolute_url()
    return act_page(request, rhythm_acts.WEEKS_EDIT[what], plan, back=back, caption=plan.title)


@page(Permission.UPDATE_ACTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Finish a deliverable, say what came of a team's time."""
    if what not in rhythm_acts.WEEKS_REPORT:
        raise Http404
    plan = _found(number)
    back = plan.get_absolute_url()
    return act_page(request, rhythm_acts.WEEKS_REPORT[what], plan, back=back, caption=plan.title)


@page(Permission.VERIFY_IMPACT)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, number: int) -> HttpResponse:
    """The director's note of the week."""
    plan = _found(number)
    back = plan.get_absolute_url()
    return act_page(request, rhythm_acts.WEEKS_NOTE, plan, back=back, caption=plan.title)


def _found(number: int) -> TwelveWeekPlan:
    return get_object_or_404(twelve_week_plans(), number=number)
