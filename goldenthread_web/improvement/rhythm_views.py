"""Pages of what the plan goes through: months, stages and their reviews, versions."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import quoted
from goldenthread_web.improvement import rhythm_acts
from goldenthread_web.improvement.acts import act_page
from goldenthread_web.improvement.models import Cycle, Stage, StageAim
from goldenthread_web.improvement.plan_text import as_it_stands, differences
from goldenthread_web.improvement.plan_views import KEY_ROWS, may
from goldenthread_web.improvement.queries import cycles, gates, stages, versions
from goldenthread_web.improvement.standing import ORDER, standings
from goldenthread_web.improvement.status import WORDS


@page(Permission.SEE_PLAN)
@require_safe
def all_stages(request: HttpRequest) -> HttpResponse:
    """The stages with what each is to reach, and the reviews at their ends."""
    found = list(stages())
    refs = {aim.ref for stage in found for aim in stage.aims.all() if aim.ref}
    is_public_view = cast(User, request.user).held_role.is_public_view
    context = {
        "stages": found,
        "gates": {gate.stage_id: gate for gate in gates().prefetch_related("carried")},
        "figures": quoted(refs, is_public_view=is_public_view),
        "today": today(),
        "may": may(request),
    }
    return render(request, "improvement/stages.html.jinja", context)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_stage(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Change a stage, add an aim, record the review; a number that is not there yet adds a stage."""
    if what not in rhythm_acts.STAGE_EDIT:
        raise Http404
    back = reverse("improvement:stages")
    if what == "change" and not Stage.objects.filter(number=number).exists():
        new = Stage(number=number)
        return act_page(request, rhythm_acts.ADD_STAGE, new, back=back, caption=f"Stage {number}")
    stage = get_object_or_404(Stage, number=number)
    return act_page(request, rhythm_acts.STAGE_EDIT[what], stage, back=back, caption=f"Stage {stage}")


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_aim(request: HttpRequest, number: int) -> HttpResponse:
    """Say an aim otherwise, or how far it is."""
    aim = get_object_or_404(StageAim.objects.select_related("stage"), pk=number)
    back = reverse("improvement:stages")
    return act_page(request, rhythm_acts.CHANGE_AIM, aim, back=back, caption=f"Stage {aim.stage}")


@page(Permission.SEE_PLAN)
@require_safe
def all_versions(request: HttpRequest) -> HttpResponse:
    """The versions that bodies approved, and what differs since the last."""
    found = list(versions())
    changed = differences(found[0].snapshot, as_it_stands()) if found else []
    context = {"versions": found, "changed": changed, "may": may(request)}
    return render(request, "improvement/versions.html.jinja", context)


@page(Permission.SEE_PLAN)
@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version as it was approved, and what differs from the one before."""
    found = get_object_or_404(versions(), number=number)
    before = versions().filter(number=number - 1).first()
    context = {
        "version": found,
        "before": before,
        "changed": differences(before.snapshot, found.snapshot) if before else [],
    }
    return render(request, "improvement/version.html.jinja", context)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def approve_version(request: HttpRequest) -> HttpResponse:
    """Keep the plan as a body approved it."""
    return act_page(request, rhythm_acts.APPROVE, None, back=reverse("improvement:versions"))


@page(Permission.SEE_PLAN)
@require_safe
def all_cycles(request: HttpRequest) -> HttpResponse:
    """The months of keeping the plan."""
    rows = [(one, _letters(one)) for one in cycles()]
    context = {"rows": rows, "today": today(), "words": WORDS, "order": ORDER, "may": may(request)}
    return render(request, "improvement/cycles.html.jinja", context)


@page(Permission.SEE_PLAN)
@require_safe
def cycle(request: HttpRequest, number: int) -> HttpResponse:
    """One month: who has reported, what was frozen, what was challenged."""
    found = get_object_or_404(Cycle, pk=number)
    given = {one.action_id: one for one in found.updates.select_related("note", "by")}
    now = [] if found.snapshot else standings()
    context = {
        "cycle": found,
        "standings": now,
        "given": given,
        "owed": [one for one in now if one.status.letter in "GAR" and one.action.pk not in given],
        "frozen": sorted((found.snapshot or {}).items(), key=lambda row: ORDER.index(row[1]["letter"])),
        "challenges": list(found.challenges.select_related("action", "asked_by", "answered_by")),
        "words": WORDS,
        "key": KEY_ROWS,
        "today": today(),
        "may": may(request),
    }
    return render(request, "improvement/cycle.html.jinja", context)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def open_cycle(request: HttpRequest) -> HttpResponse:
    """Open a month."""
    return act_page(request, rhythm_acts.OPEN_CYCLE, None, back=reverse("improvement:cycles"))


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_cycle(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Freeze a month, put a challenge."""
    if what not in rhythm_acts.CYCLE_EDIT:
        raise Http404
    found = get_object_or_404(Cycle, pk=number)
    back = found.get_absolute_url()
    return act_page(request, rhythm_acts.CYCLE_EDIT[what], found, back=back, caption=found.name)


@page(Permission.UPDATE_ACTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_in_cycle(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Report on an action, answer a challenge."""
    if what not in rhythm_acts.CYCLE_REPORT:
        raise Http404
    found = get_object_or_404(Cycle, pk=number)
    back = found.get_absolute_url()
    return act_page(request, rhythm_acts.CYCLE_REPORT[what], found, back=back, caption=found.name)


def _letters(one: Cycle) -> dict[str, int]:
    letters = [row["letter"] for row in (one.snapshot or {}).values()]
    return {letter: letters.count(letter) for letter in ORDER if letter in letters}
