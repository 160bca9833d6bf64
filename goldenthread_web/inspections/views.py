"""Inspections: where everything stands, what was judged and recommended; homes inspected for themselves."""

from datetime import timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.inspections import services
from goldenthread_web.inspections.dates import plan_dates, reinspection_window
from goldenthread_web.inspections.forming import form_page
from goldenthread_web.inspections.forms import (
    InspectionForm,
    JudgementsForm,
    RecommendationForm,
    SettingForm,
)
from goldenthread_web.inspections.frames import frameworks, setting_words
from goldenthread_web.inspections.models import Inspection, Recommendation
from goldenthread_web.inspections.queries import (
    findings,
    inspections,
    letters,
    recommendations,
    setting_inspections,
    visits,
)
from goldenthread_web.inspections.standing import overview
from goldenthread_web.programme.queries import programme

_LIST = ("inspections:list", "Inspections and findings")


@page(Permission.SEE_INSPECTIONS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Where everything stands: the aim, visits, letters, the window of the next inspection."""
    on, found, aim = today(), list(inspections().prefetch_related(None)), programme()
    frame = frameworks().get(aim.framework) if aim else None
    context = {
        "today": on,
        "aim": aim,
        "aim_grade": frame.grade(aim.target_grade) if aim and frame else "",
        "days_left": (aim.target_on - on).days if aim else None,
        "inspections": found,
        "latest": next((one for one in found if one.grade and one.published_on <= on), None),
        "overview": overview(found, on),
        "may_mark": cast(User, request.user).may(Permission.MARK_FINDINGS),
    }
    return render(request, "inspections/list.html.jinja", context)


@page(Permission.SEE_INSPECTIONS)
@require_safe
def inspection(request: HttpRequest, number: int) -> HttpResponse:
    """One inspection: grades by area, the days that follow from it, recommendations, its report."""
    found = get_object_or_404(inspections(), pk=number)
    on, given = today(), {one.area: one for one in found.judgements.all()}
    areas = [(area, given.get(area.code)) for area in found.frame.areas_on(found.starts_on)]
    context = {
        "inspection": found,
        "today": on,
        "areas": [(area, found.frame.grade(one.grade) if one else "") for area, one in areas],
        "dates": plan_dates(found),
        "window": reinspection_window(found, list(visits()), on),
        "recommendations": recommendations().filter(inspection=found),
        "letters": letters().filter(inspection=found),
        "may_mark": cast(User, request.user).may(Permission.MARK_FINDINGS),
    }
    return render(request, "inspections/inspection.html.jinja", context)


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter an inspection."""
    form = InspectionForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda said: services.enter_inspection(
            **{k: v for k, v in said.items() if k not in ("version", "plan_submitted_on")},
            by=cast(User, request.user),
        ),
        title="Enter an inspection",
        button="Enter the inspection",
        back=_back(),
        lead="Fieldwork and framework first; the grades of its areas are entered on its page.",
    )


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Say otherwise what is known of an inspection; when the plan was handed in."""
    found = get_object_or_404(Inspection, pk=number)
    form = InspectionForm(request.POST or None, initial=_values(found, InspectionForm))

    def save(said: dict[str, Any]) -> Inspection:
        version = said.pop("version") or 0
        return services.change_inspection(found, version=version, **said, by=cast(User, request.user))

    return form_page(
        request,
        form,
        save,
        title="Change the inspection",
        button="Save",
        back=(found.get_absolute_url(), str(found)),
        stored=lambda: _values(Inspection.objects.get(pk=number), InspectionForm),
    )


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def judgements(request: HttpRequest, number: int) -> HttpResponse:
    """The grade of each area."""
    found = get_object_or_404(inspections(), pk=number)
    form = JudgementsForm(request.POST or None, inspection=found)

    def save(said: dict[str, Any]) -> Inspection:
        for area, grade in said.items():
            if grade:
                services.judge(found, area, grade, by=cast(User, request.user))
        return found

    return form_page(
        request,
        form,
        save,
        title="Grades by area",
        caption=found.frame.title,
        button="Save the grades",
        back=(found.get_absolute_url(), str(found)),
    )


@page(Permission.SEE_INSPECTIONS)
@require_safe
def recommended(request: HttpRequest) -> HttpResponse:
    """Every recommendation with the findings that bear on it, those without any included."""
    bearing: dict[int, list[Any]] = {}
    for one in findings():
        if one.recommendation_id:
            bearing.setdefault(one.recommendation_id, []).append(one)
    context = {
        "recommendations": [(one, bearing.get(one.pk, [])) for one in recommendations()],
        "inspections": list(inspections()),
        "may_mark": cast(User, request.user).may(Permission.MARK_FINDINGS),
    }
    return render(request, "inspections/recommendations.html.jinja", context)


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_recommendation(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a recommendation of an inspection."""
    found = get_object_or_404(Inspection, pk=number)
    return form_page(
        request,
        RecommendationForm(request.POST or None),
        lambda said: services.set_recommendation(
            found, said["number"], title=said["title"], text=said["text"], by=cast(User, request.user)
        ),
        title="Enter a recommendation",
        button="Enter it",
        back=(reverse("inspections:recommendations"), "Recommendations"),
    )


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_recommendation(request: HttpRequest, number: int) -> HttpResponse:
    """Put right what was entered of a recommendation."""
    found = get_object_or_404(recommendations(), pk=number)
    form = RecommendationForm(request.POST or None, initial=_values(found, RecommendationForm))
    form.fields["number"].disabled = True
    return form_page(
        request,
        form,
        lambda said: services.set_recommendation(
            found.inspection,
            found.number,
            title=said["title"],
            text=said["text"],
            version=said["version"] or 0,
            by=cast(User, request.user),
        ),
        title=f"Change recommendation {found.number}",
        button="Save",
        back=(found.get_absolute_url(), "Recommendations"),
        stored=lambda: _values(Recommendation.objects.get(pk=number), RecommendationForm),
    )


@page(Permission.SEE_INSPECTIONS)
@require_safe
def homes(request: HttpRequest) -> HttpResponse:
    """Homes, agencies and schools inspected for themselves."""
    since = today() - timedelta(days=365)
    found = list(setting_inspections())
    context = {
        "inspections": found,
        "words": {kind: setting_words(kind) for kind in ("types", "outcomes", "directions")},
        "recent": sum(one.inspected_on >= since for one in found),
        "may_mark": cast(User, request.user).may(Permission.MARK_FINDINGS),
    }
    return render(request, "inspections/homes.html.jinja", context)


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_home(request: HttpRequest) -> HttpResponse:
    """Enter the inspection of a home, an agency or a school."""

    def save(said: dict[str, Any]) -> str:
        services.enter_setting_inspection(**said, by=cast(User, request.user))
        return "inspections:homes"

    return form_page(
        request,
        SettingForm(request.POST or None, initial={"is_own": True}),
        save,
        title="Enter the inspection of a setting",
        button="Enter it",
        back=(reverse("inspections:homes"), "Homes and settings"),
    )


def _back() -> tuple[str, str]:
    return reverse(_LIST[0]), _LIST[1]


def _values(row: Any, form: type) -> dict[str, Any]:
    """What stands, by the fields of a form."""
    return {name: getattr(row, name) for name in form.base_fields}
