"""What is written of school and childcare: take-up term by term, files of the virtual school."""

from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.registers.models import ChildcareTerm, SchoolMove, SchoolReturn
from goldenthread_web.registers.schooling_files import moves_of, returns_of
from goldenthread_web.trail.recording import record


@service(Permission.KEEP_REGISTERS)
def count_childcare(
    *, term: str, counted_on: date, eligible_count: int, taking_up_count: int, by: User
) -> ChildcareTerm:
    """Say how many two-year-olds may have funded childcare in a term and how many do; again corrects it."""
    if not term.strip():
        raise Refused("Name the term.")
    if counted_on > today():
        raise Refused("The day of the count lies ahead: enter it once it has come.")
    if eligible_count < 1:
        raise Refused("Say how many may have it: at least one.")
    if not 0 <= taking_up_count <= eligible_count:
        raise Refused("No more can take it up than may: correct one of the two numbers.")
    said = {
        "counted_on": counted_on,
        "eligible_count": eligible_count,
        "taking_up_count": taking_up_count,
        "entered_by": by,
        "entered_at": now(),
    }
    made, _ = ChildcareTerm.objects.update_or_create(term=term.strip(), defaults=said)
    changes = {"on": counted_on.isoformat(), "of": eligible_count, "taking": taking_up_count}
    record("childcare.counted", made, by=by, changes=changes)
    return made


@service(Permission.KEEP_REGISTERS)
def take_returns(data: bytes, *, by: User) -> int:
    """Take over a file of the virtual school: what it says of a term takes the place of what was there."""
    found = [SchoolReturn(**row) for row in returns_of(data)]
    terms = {one.term for one in found}
    SchoolReturn.objects.filter(term__in=terms).delete()
    SchoolReturn.objects.bulk_create(found)
    changes = {"rows": len(found), "terms": len(terms)}
    record("school_returns.taken", ("register", "virtual_school"), by=by, changes=changes)
    return len(found)


@service(Permission.KEEP_REGISTERS)
def take_moves(data: bytes, *, by: User) -> int:
    """Take over the list of schools and moves: it takes the place of the whole list that was there."""
    found = [SchoolMove(**row) for row in moves_of(data)]
    SchoolMove.objects.all().delete()
    SchoolMove.objects.bulk_create(found)
    record("school_moves.taken", ("register", "school_moves"), by=by, changes={"rows": len(found)})
    return len(found)
