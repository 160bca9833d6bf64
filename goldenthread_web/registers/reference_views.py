"""Children of the area, school terms, places with foster carers: what counts, and what adds to it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.registers import queries, reference_services
from goldenthread_web.registers.forms import EntriesForm, EstimateForm, PlacesForm, TermForm
from goldenthread_web.registers.models import Entry
from goldenthread_web.registers.several_forms import answered
from goldenthread_web.registers.views import figures_of

REFS = ("CP-15", "LAC-01", "LAC-09", "SUF-03")  # some of the figures that rest on them


@page(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def reference(request: HttpRequest) -> HttpResponse:
    """What counts of each year, term and day, with what was entered before; and what adds to it."""

    def shown() -> dict[str, Any]:
        return {"found": queries.reference(), **figures_of(request, REFS)}

    return answered(request, "registers/reference.html.jinja", _WRITES, shown)


def _writes(enter: Callable[..., Entry]) -> Callable[[dict[str, Any], User], str]:
    def write(said: dict[str, Any], by: User) -> str:
        is_taken_back = enter(**said, by=by).is_taken_back
        return "It is taken back." if is_taken_back else "It is entered; figures follow within some hours."

    return write


def _file(said: dict[str, Any], by: User) -> str:
    number = reference_services.take_entries(said["file"].read(), source=said["source"], by=by)
    return f"{number} line{'' if number == 1 else 's'} taken over; figures follow within some hours."


_WRITES = {
    "estimate": (EstimateForm, _writes(reference_services.enter_estimate)),
    "term": (TermForm, _writes(reference_services.enter_term)),
    "places": (PlacesForm, _writes(reference_services.enter_places)),
    "entries": (EntriesForm, _file),
}
