"""Pages of the plan as a whole: on one page, all of it, by exception, and what it covers."""

from typing import cast

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.improvement import action_acts, coverage, rhythm_acts
from goldenthread_web.improvement.acts import act_page
from goldenthread_web.improvement.exceptions import KINDS, exceptions
from goldenthread_web.improvement.models import NextStep, Objective, Stage
from goldenthread_web.improvement.queries import next_steps, objectives
from goldenthread_web.improvement.standing import ORDER, counts, standings
from goldenthread_web.improvement.status import KEY, WORDS
from goldenthread_web.improvement.summary import aim_with_versions, themes_with_components
from goldenthread_web.programme.queries import enablers

KEY_ROWS = [(letter, WORDS[letter], KEY[letter]) for letter in ORDER]
COVERED = {
    "recommendations": ("Recommendations of inspectors", coverage.by_recommendation),
    "components": ("Components of a good service", coverage.by_component),
    "themes": ("Themes", coverage.by_theme),
    "enablers": ("Enablers of improvement", coverage.by_enabler),  # where the council uses them
}


def may(request: HttpRequest) -> dict[str, bool]:
    """What the person may do with the plan."""
    person = cast(User, request.user)
    return {
        "edit": person.may(Permission.EDIT_PLAN),
        "report": person.may(Permission.UPDATE_ACTIONS),
        "verify": person.may(Permission.VERIFY_IMPACT),
        "see_figures": person.may(Permission.SEE_FIGURES),
        "see_inspections": person.may(Permission.SEE_INSPECTIONS),
    }


@page(Permission.SEE_PLAN)
@require_safe
def one_page(request: HttpRequest) -> HttpResponse:
    """The plan on one page: aim, stages, themes with how their actions stand, next steps, key."""
    found = standings()
    themes = [
        (theme, counts(one for one in found if one.action.objective.theme_id == theme["pk"]))
        for theme in themes_with_components()
    ]
    context = {
        "programme": aim_with_versions(today()),
        "stages": list(Stage.objects.annotate(count=Count("aims"))),
        "themes": themes,
        "counts": counts(found),
        "total": len(found),
        "key": KEY_ROWS,
        "words": WORDS,
        "today": today(),
        "may": may(request),
    }
    return render(request, "improvement/plan.html.jinja", context)


@page(Permission.SEE_PLAN)
@require_safe
def all_next_steps(request: HttpRequest) -> HttpResponse:
    """Priorities of the next months, and what became of the last ones."""
    context = {"next_steps": list(next_steps()), "today": today(), "may": may(request)}
    return render(request, "improvement/next_steps.html.jinja", context)


@page(Permission.SEE_PLAN, asks=["status"])
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """Every objective with its actions, or those of one status."""
    wanted = request.GET.get("status", "")
    found = [one for one in standings() if not wanted or one.status.letter == wanted]
    under: dict[int, list[object]] = {}
    for one in found:
        under.setdefault(one.action.objective_id, []).append(one)
    shown = [
        (objective, under.get(objective.pk, []))
        for objective in objectives()
        if not wanted or objective.pk in under
    ]
    context = {"tree": shown, "wanted": wanted, "words": WORDS, "key": KEY_ROWS, "may": may(request)}
    return render(request, "improvement/tree.html.jinja", context)


@page(Permission.SEE_PLAN)
@require_safe
def by_exception(request: HttpRequest) -> HttpResponse:
    """What a board must look at, off track first."""
    found = exceptions()
    groups = [(said, [one for one in found if one.kind == kind]) for kind, said in KINDS.items()]
    context = {"groups": [group for group in groups if group[1]], "key": KEY_ROWS, "today": today()}
    return render(request, "improvement/exceptions.html.jinja", context)


@page(Permission.SEE_PLAN)
@require_safe
def covers(request: HttpRequest, what: str = "recommendations") -> HttpResponse:
    """What the plan does about each recommendation, component, theme or enabler: gaps first."""
    title, rows_of = COVERED[what]
    found = rows_of(is_public_view=cast(User, request.user).held_role.is_public_view)
    context = {
        "what": what,
        "title": title,
        "rows": found.rows,
        "uncovered": found.uncovered,
        "with_gaps": sum(bool(row.gaps) for row in found.rows),
        "without": found.without,
        "others": [
            (code, said)
            for code, (said, _) in COVERED.items()
            if code != what and (code != "enablers" or enablers().exists())
        ],
        "may": may(request),
        "words": WORDS,
        "key": KEY_ROWS,
        "is_wide": True,
    }
    return render(request, "improvement/coverage.html.jinja", context)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_objective(request: HttpRequest) -> HttpResponse:
    """Add an objective."""
    return act_page(request, action_acts.NEW_OBJECTIVE, None, back=reverse("improvement:tree"))


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_objective(request: HttpRequest, ref: str) -> HttpResponse:
    """Say an objective otherwise."""
    found = get_object_or_404(Objective, ref=ref)
    return act_page(request, action_acts.OBJECTIVE, found, back=reverse("improvement:tree"), caption=ref)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_action(request: HttpRequest) -> HttpResponse:
    """Promise something."""
    return act_page(request, action_acts.NEW_ACTION, None, back=reverse("improvement:tree"))


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_next_step(request: HttpRequest) -> HttpResponse:
    """Set a priority of the next months."""
    return act_page(request, rhythm_acts.NEXT_STEP, None, back=reverse("improvement:next_steps"))


@page(Permission.UPDATE_ACTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_next_step(request: HttpRequest, number: int) -> HttpResponse:
    """Say what became of a priority."""
    found = get_object_or_404(NextStep, pk=number)
    back = reverse("improvement:next_steps")
    return act_page(request, rhythm_acts.CLOSE_STEP, found, back=back, caption=found.text)
