"""The plan as a workbook: taken out, and taken over from the one a council keeps."""

from dataclasses import asdict
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.improvement import taking_over_services
from goldenthread_web.improvement.taking_over import Proposal, Usual, proposal
from goldenthread_web.improvement.workbook_reading import Sheet, columns, read
from goldenthread_web.improvement.workbook_writing import plan_rows, workbook
from goldenthread_web.programme.models import Theme

_SALT = "improvement.workbook"
_AN_HOUR = 3600
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    """A workbook, and what new actions get whose rows do not say it."""

    file = forms.FileField(
        label="Workbook",
        help_text="The plan as you keep it, saved as .xlsx. You see what would change before it does.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    theme = forms.ModelChoiceField(
        queryset=Theme.objects.all(), label="Theme of rows that name none", required=False
    )
    lead_post = forms.CharField(
        label="Who answers for rows that name nobody",
        help_text="A post, not a person’s name.",
        max_length=120,
        required=False,
    )
    due_on = forms.DateField(
        label="Day of rows that name none",
        help_text="Also for words such as “ongoing”. A body’s decision moves it later.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@page(Permission.SEE_PLAN)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The plan as an Excel file."""
    rows = plan_rows()
    taking_over_services.note_export(len(rows), by=cast(User, request.user))
    answer = HttpResponse(workbook(rows), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="plan.xlsx"'
    return answer


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest) -> HttpResponse:
    """Read a workbook, show what it would change, and then do all of it."""
    if request.method == "POST" and "kept" in request.POST:
        return _do(request)
    form = WorkbookForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    found: Proposal | None = None
    sheet: Sheet | None = None
    refused = kept = ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        usual = Usual(**{name: form.cleaned_data[name] for name in ("theme", "lead_post", "due_on")})
        try:
            sheet = read(file.read(), file.name)
            found = proposal(sheet, usual=usual)
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = {
                "sheet": asdict(sheet),
                "theme": usual.theme.pk if usual.theme else None,
                "lead_post": usual.lead_post,
                "due_on": usual.due_on.isoformat() if usual.due_on else "",
            }
            kept = signing.dumps(said, salt=_SALT, compress=True)
    context = {
        "form": form,
        "refused": refused,
        "proposal": found,
        "sheet": sheet,
        "headings": {column.field: column.heading for column in columns()},
        "known": columns(),
        "kept": kept,
    }
    status = 400 if form.errors or refused else 200
    return render(request, "improvement/take_over.html.jinja", context, status=status)


def _do(request: HttpRequest) -> HttpResponse:
    """What was shown is worked out anew from what was read: the plan may have changed since."""
    try:
        said: dict[str, Any] = signing.loads(request.POST["kept"], salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature:
        messages.error(request, "That was read more than an hour ago: choose the workbook again.")
        return redirect("improvement:take_over")
    sheet = Sheet(
        name=said["sheet"]["name"],
        mapping=tuple((one, name) for one, name in said["sheet"]["mapping"]),
        rows=tuple(said["sheet"]["rows"]),
        left_out=tuple(said["sheet"]["left_out"]),
    )
    usual = Usual(
        theme=Theme.objects.filter(pk=said["theme"]).first(),
        lead_post=said["lead_post"],
        due_on=date.fromisoformat(said["due_on"]) if said["due_on"] else None,
    )
    try:
        new, changed = taking_over_services.take_over(
            proposal(sheet, usual=usual), by=cast(User, request.user)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("improvement:take_over")
    messages.success(request, f"Taken over: {new} new actions, {changed} said otherwise.")
    return redirect("improvement:tree")
