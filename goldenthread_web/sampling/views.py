"""How was a sample drawn? The page that anybody who reads its results may check."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.sampling import cohorts, leaving_out, queries
from goldenthread_web.sampling.drawing import STRATA

PURPOSES = {
    "case_audit": "Case audits",
    "re_audit": "Re-audits",
    "dip_sample": "Dip sample",
    "case_review": "Review of every case",
    "practice_week": "Practice Week",
}
# The list in which whoever reads a sample finds what it was drawn for.
LISTS = {
    "case_audit": ("Case audits", "case_audits:list"),
    "dip_sample": ("Dip samples", "dip_samples:list"),
    "case_review": ("Case reviews", "case_reviews:list"),
}


@page(Permission.SEE_PRACTICE)
@require_safe
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """Cohort, method, seed and load of a sample, and whether it is drawn so again. It names no child."""
    found = get_object_or_404(queries.samples(), pk=number)
    is_public = cast(User, request.user).held_role.is_public_view
    context = {
        "sample": found,
        "listed": LISTS.get(found.purpose),
        "purpose": PURPOSES.get(found.purpose, found.purpose),
        "cohort": cohorts.title_of(found.cohort),
        "about": cohorts.about_of(found.cohort),
        "groups": STRATA.get(found.strata, ""),
        "drawn": _said(found.children.count(), is_public),
        "population": _said(found.population, is_public),
        "left_out": () if is_public else leaving_out.counts_said(found.left_out),
        "again": queries.drawn_again(found),
    }
    return render(request, "sampling/sample.html.jinja", context)


def _said(number: int, is_public: bool) -> str:
    """A number of children as the person may see it."""
    is_small = is_public and 0 < number < leaving_out.FEWEST_SAID
    said = f"fewer than {leaving_out.FEWEST_SAID}" if is_small else f"{number:,}"
    return f"{said} {'child' if number == 1 and not is_small else 'children'}"
