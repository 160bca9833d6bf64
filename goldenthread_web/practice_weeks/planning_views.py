"""Practice Weeks planned and changed; leaders put on the roster; consent recorded; entries cancelled."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.practice_weeks import queries, week_services
from goldenthread_web.practice_weeks.forms import CancelForm, ConsentForm, EntryForm, WeekForm
from goldenthread_web.practice_weeks.models import PracticeWeek, RosterEntry
from goldenthread_web.programme.asking import Asked, answered, version_of

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """Plan a Practice Week."""
    form = WeekForm(request.POST or None)
    asked = Asked(
        title="Plan a Practice Week",
        caption="Practice Weeks",
        lead="Some days in which leaders see practice, under one theme. Two a year are usual.",
        button="Plan it",
        form=form,
        back=reverse("practice_weeks:list"),
        done="The week is planned. Put leaders on its roster next.",
        leads_on=True,
    )
    return answered(
        request, asked, lambda: week_services.plan_week(**form.cleaned_data, by=cast(User, request.user))
    )


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a Practice Week."""
    week = queries.week(ref)
    initial = {name: getattr(week, name) for name in WeekForm.base_fields}
    form = WeekForm(request.POST or None, initial=initial)
    asked = Asked(
        title=f"Change Practice Week {ref}",
        caption=week.theme,
        lead="What is on its roster stays within its days.",
        button="Save",
        form=form,
        back=week.get_absolute_url(),
        done="Saved.",
        version=week.version,
        stored=initial,
    )
    by = cast(User, request.user)
    return answered(
        request,
        asked,
        lambda: week_services.edit_week(week, version=version_of(request), **form.cleaned_data, by=by),
    )


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def roster(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a leader on the roster."""
    week = queries.week(ref)
    form = EntryForm(request.POST or None, week=week, initial={"half": RosterEntry.Half.MORNING})
    asked = Asked(
        title="Put a leader on the roster",
        caption=f"Practice Week {ref}",
        lead="One leader, one team, one activity, half a day. Elected members, and everybody else who sees "
        "no child, never take part in what opens a child’s record.",
        button="Put on the roster",
        form=form,
        back=week.get_absolute_url(),
        done="The leader is on the roster.",
    )
    by = cast(User, request.user)
    return answered(request, asked, lambda: week_services.roster(week, **form.cleaned_data, by=by))


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def change_entry(request: HttpRequest, number: int) -> HttpResponse:
    """Change an entry that nothing is written of."""
    entry = queries.planned_entry(number)
    initial = {name: getattr(entry, name) for name in EntryForm.base_fields}
    form = EntryForm(request.POST or None, week=entry.week, initial=initial | {"on": f"{entry.on}"})
    lead = "Another activity or time needs the family’s consent anew."
    asked = _of(
        entry, form, f"Change {entry.ref}", lead, "Save", "Saved.", stored=initial | {"on": f"{entry.on}"}
    )
    by = cast(User, request.user)
    return answered(
        request,
        asked,
        lambda: week_services.change_entry(entry, version=version_of(request), **form.cleaned_data, by=by),
    )


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def cancel_entry(request: HttpRequest, number: int) -> HttpResponse:
    """Cancel an entry, with the reason."""
    entry = queries.planned_entry(number)
    form = CancelForm(request.POST or None)
    lead = "It stays on the roster, and counts as planned and not held."
    asked = _of(entry, form, f"Cancel {entry.ref}", lead, "Cancel this entry", "It is cancelled.")
    by = cast(User, request.user)
    return answered(
        request,
        asked,
        lambda: week_services.cancel_entry(
            entry, version=version_of(request), **form.cleaned_data, on=today(), by=by
        ),
    )


@page(Permission.OBSERVE_PRACTICE)
@require_http_methods(ASKS)
def consent(request: HttpRequest, number: int) -> HttpResponse:
    """Record that a family said yes, and which worker is present."""
    person = cast(User, request.user)
    entry = queries.entry(person, number)
    form = ConsentForm(request.POST or None)
    asked = Asked(
        title="The family’s consent",
        caption=f"{entry.ref} {entry.what.title}",
        lead="The family was asked beforehand, knows who comes and why, and may say no without a reason. "
        "Their worker is present all the time.",
        button="Record consent",
        form=form,
        back=entry.get_absolute_url(),
        done="Consent is recorded.",
        version=entry.version,
    )
    return answered(
        request,
        asked,
        lambda: week_services.record_consent(
            entry, version=version_of(request), **form.cleaned_data, by=person
        ),
    )


def _of(
    entry: RosterEntry, form: Any, title: str, lead: str, button: str, done: str, *, stored: Any = None
) -> Asked:
    """A page that asks for something about an entry."""
    week: PracticeWeek = entry.week
    return Asked(
        title=title,
        caption=f"{entry.what.title}, {entry.post}",
        lead=lead,
        button=button,
        form=form,
        back=week.get_absolute_url(),
        done=done,
        version=entry.version,
        stored=stored or {},
    )
