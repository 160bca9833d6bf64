"""The sheet of a dip sample: children by items on one screen, each saved by itself, a concern, the end."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.dip_samples import queries, services
from goldenthread_web.dip_samples.forms import ConcernForm, FinishForm, LineForm, field_of
from goldenthread_web.dip_samples.models import DipSample, Line
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.sampling.queries import Whom, whom
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import SavedMeanwhile

ASKS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A case on the sheet, with what was answered."""

    line: Line
    child: Whom
    said: dict[int, str]

    @property
    def name(self) -> str:
        """The child as the case system numbers them, else their place in the sample."""
        return self.child.child_id or f"number {self.line.child.position}"

    @property
    def case_link(self) -> str:
        """Where the case system shows the child."""
        return case_link(self.child.child_id)


@page(Permission.AUDIT_CASES)
@require_safe
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Every case of the sample that the person may see, with its items."""
    found, rows = _opened(request, ref)
    items = list(found.design_version.items.all())
    context = {
        "found": found,
        "said": found.design_version,
        "items": items,
        "rows": rows,
        "answered": sum(_is_answered(row.line, len(items)) for row in rows),
        "field_of": field_of,
        "form": LineForm(items=items),
        "hidden_rows": found.number_of_lines - len(rows),  # type: ignore[attr-defined]
        "may_read": cast(User, request.user).may(Permission.SEE_PRACTICE),
        "is_wide": True,
    }
    return render(request, "dip_samples/sheet.html.jinja", context)


@page(Permission.AUDIT_CASES)
@require_http_methods(ASKS)
def line(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """One case by itself: what the sheet saves to, and what is shown where two windows disagree."""
    is_in_place = request.method == "POST" and bool(request.headers.get("HX-Request"))
    found, row = _row(request, ref, number, is_shown=not is_in_place)
    items = list(found.design_version.items.all())
    initial: dict[str, Any] = {field_of(item): row.said.get(item.pk, "") for item in items}
    initial["missed"] = row.line.missed
    form = LineForm(request.POST or None, items=items, initial=initial)

    def write() -> None:
        services.save_line(
            row.line,
            version=version_of(request),
            answers=form.answers(),
            missed=form.cleaned_data["missed"],
            by=cast(User, request.user),
        )

    if is_in_place:
        return _saved_in_place(request, found, row, form, write)
    asked = Asked(
        title=f"Child {row.name}",
        caption=f"Dip sample {found.ref}: {found.design_version.title}",
        lead=found.design_version.question,
        button="Save this case",
        form=form,
        back=reverse("dip_samples:sheet", args=[found.ref]) + f"#line-{row.line.pk}",
        done=f"Saved: child {row.name}.",
        version=row.line.version,
        stored=initial,
    )
    return answered(request, asked, write)


@page(Permission.AUDIT_CASES, narrative=True)
@require_http_methods(ASKS)
def concern(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Say that a child of the sample may be in danger now."""
    found, row = _row(request, ref, number)
    form = ConcernForm(request.POST or None)
    asked = Asked(
        title="Raise an immediate concern",
        caption=f"Dip sample {found.ref}, child {row.name}",
        lead="Whoever answers for the child is told at once and must answer within hours, on any day of the "
        "year. If the child is in danger this minute, ring the police first.",
        button="Raise the concern now",
        form=form,
        back=reverse("dip_samples:sheet", args=[found.ref]),
        done="Raised. Whoever answers for the child is being told.",
        leads_on=True,
    )

    def write() -> str:
        text, by = form.cleaned_data["text"], cast(User, request.user)
        made = services.raise_concern_for(row.line, text=text, by=by)
        return reverse("concerns:raised", args=[made.ref])

    return answered(request, asked, write)


@page(Permission.AUDIT_CASES, narrative=True)
@require_http_methods(ASKS)
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """Every case is answered: say what was found."""
    found = _mine(request, ref)
    form = FinishForm(request.POST or None)
    person = cast(User, request.user)
    asked = Asked(
        title="Finish the dip sample",
        caption=f"Dip sample {found.ref}: {found.design_version.title}",
        lead="When it is finished nothing in it is changed any more, and you no longer see these children.",
        button="Finish it",
        form=form,
        back=reverse("dip_samples:sheet", args=[found.ref]),
        done="Finished. Thank you: what you found is there for everybody who leads.",
        version=found.version,
        leads_on=True,
    )

    def write() -> str:
        words = form.cleaned_data["found"]
        services.finish(found, version=version_of(request), found=words, by=person)
        if person.may(Permission.SEE_PRACTICE):
            return found.get_absolute_url()
        return reverse("dip_samples:mine")

    return answered(request, asked, write)


def _mine(request: HttpRequest, ref: str) -> DipSample:
    """The dip sample, where it is open and the person's own, or they lead; 404 to everybody else."""
    person = cast(User, request.user)
    found = get_object_or_404(queries.dip_samples(), ref=ref, state=DipSample.State.DRAWN)
    if found.sampler_id != person.pk and not person.may(Permission.LEAD_CASE_AUDITS):
        raise Http404("There is no such dip sample of yours.")
    return found


def _opened(
    request: HttpRequest, ref: str, number: int | None = None, *, is_shown: bool = True
) -> tuple[DipSample, list[Row]]:
    """The cases whom the person may see today. That they are shown is recorded before they are."""
    found, person = _mine(request, ref), cast(User, request.user)
    lines = queries.lines_of(found)
    lines = list(lines if number is None else lines.filter(pk=number))
    children = whom((one.child for one in lines), found.sample, child_scope(person, with_assigned=True))
    rows = [
        Row(
            line=one,
            child=children[one.child.reference],
            said={answer.item_id: answer.said for answer in one.answers.all()},
        )
        for one in lines
        if one.child.reference in children
    ]
    if rows and is_shown:
        about = ("list", f"dip_sample.{found.ref}")
        record("children.seen", about, by=person, children=[row.line.child.reference for row in rows])
    return found, rows


def _row(request: HttpRequest, ref: str, number: int, *, is_shown: bool = True) -> tuple[DipSample, Row]:
    found, rows = _opened(request, ref, number, is_shown=is_shown)
    if not rows:
        raise Http404("There is no such child in your dip sample.")
    return found, rows[0]


def _is_answered(line: Line, items: int) -> bool:
    return bool(line.missed) or len(line.answers.all()) == items


def _saved_in_place(
    request: HttpRequest, found: DipSample, row: Row, form: LineForm, write: Any
) -> HttpResponse:
    """What stands beside a case once the browser has saved it by itself, or why it could not."""
    problem = ""
    try:
        if form.is_valid():
            write()
        else:
            problem = "This could not be saved: choose one of the answers."
    except SavedMeanwhile:
        problem = "This case was changed in another window. Load this page again to see it."
    except Refused as refusal:
        problem = str(refusal)
    now = get_object_or_404(queries.dip_samples(), pk=found.pk)
    line = get_object_or_404(queries.lines_of(found), pk=row.line.pk)
    context = {"found": now, "line": line, "problem": problem, "number_answered": now.number_answered}  # type: ignore[attr-defined]
    return render(request, "dip_samples/saved.html.jinja", context)
