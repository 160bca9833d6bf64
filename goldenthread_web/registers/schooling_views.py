"""School and childcare: what was entered, and what is entered or handed over as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.registers import queries, schooling_services
from goldenthread_web.registers.forms import ChildcareForm, MovesForm, ReturnsForm
from goldenthread_web.registers.several_forms import answered
from goldenthread_web.registers.views import figures_of

REFS = ("EH-08", "LAC-22", "LAC-26")


@page(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def schooling(request: HttpRequest) -> HttpResponse:
    """What is known of school and childcare, and the three forms that add to it."""

    def shown() -> dict[str, Any]:
        return {"found": queries.schooling(), **figures_of(request, REFS)}

    return answered(request, "registers/schooling.html.jinja", _WRITES, shown)


def _childcare(said: dict[str, Any], by: User) -> str:
    made = schooling_services.count_childcare(**said, by=by)
    return f"{made.term} is counted."


def _returns(said: dict[str, Any], by: User) -> str:
    number = schooling_services.take_returns(said["file"].read(), by=by)
    return f"{number} returns were taken over."


def _moves(said: dict[str, Any], by: User) -> str:
    number = schooling_services.take_moves(said["file"].read(), by=by)
    return f"{number} lines of schools and moves were taken over."


_WRITES = {
    "childcare": (ChildcareForm, _childcare),
    "returns": (ReturnsForm, _returns),
    "moves": (MovesForm, _moves),
}
