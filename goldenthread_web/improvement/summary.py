"""What heads the plan on one page? The aim, its latest version and twelve weeks, the themes: two queries."""

from datetime import date
from typing import Any

from django.db.models import Subquery

from goldenthread_web.improvement.models import NextStep, PlanVersion, TwelveWeekPlan
from goldenthread_web.programme.models import Programme, Theme


def aim_with_versions(day: date) -> Any:
    """The programme, its latest version and the twelve weeks under way; None where nobody said an aim.

    `approved_version`, `approved_by`, `approved_on`; `weeks`, `weeks_for`, `weeks_from`: None where absent.
    """
    latest = PlanVersion.objects.order_by("-number")
    weeks = TwelveWeekPlan.objects.filter(starts_on__lte=day, closed_on__isnull=True).order_by("-number")
    return Programme.objects.annotate(
        approved_version=Subquery(latest.values("number")[:1]),
        approved_by=Subquery(latest.values("decision__body__name")[:1]),
        approved_on=Subquery(latest.values("decision__decided_on")[:1]),
        weeks=Subquery(weeks.values("number")[:1]),
        weeks_for=Subquery(weeks.values("title")[:1]),
        weeks_from=Subquery(weeks.values("starts_on")[:1]),
    ).first()


def themes_with_components() -> list[dict[str, Any]]:
    """The themes in their order, each with the numbers of the components it serves and what comes next in it.

    Two queries.
    """
    found: dict[int, dict[str, Any]] = {}
    rows = Theme.objects.order_by("number", "components__number")
    for row in rows.values("pk", "number", "title", "focus", "remaining", "post", "components__number"):
        number = row.pop("components__number")
        theme = found.setdefault(row["pk"], row | {"components": [], "next": []})
        if number is not None:
            theme["components"].append(number)
    for step in NextStep.objects.filter(outcome="").order_by("due_on", "id"):
        found[step.theme_id]["next"].append(step)
    return list(found.values())
