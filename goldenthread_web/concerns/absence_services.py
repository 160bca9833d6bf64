"""What is written of absences: who is away, who stands in, and that somebody is back sooner."""

from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.concerns.models import Absence
from goldenthread_web.concerns.posts import keeps_absences_of
from goldenthread_web.config.clock import now
from goldenthread_web.trail.recording import record


@service(Permission.ANSWER_CONCERNS)
def enter_absence(person: User, *, deputy: User, starts_on: date, ends_on: date, by: User) -> Absence:
    """Say who is away and who stands in. Managers keep their own; a head of service or director anybody's."""
    _check_own(person, by)
    if ends_on < starts_on:
        raise Refused("The last day away lies before the first: correct one of them.")
    if deputy.pk == person.pk:
        raise Refused("Nobody stands in for themselves: choose somebody else.")
    if not deputy.may(Permission.ANSWER_CONCERNS):
        raise Refused(f"{deputy.title} does not answer concerns: choose somebody who does.")
    if _away(person, starts_on, ends_on).exists():
        raise Refused(
            "That overlaps with an absence that is entered already: end that one, or choose other days."
        )
    if _away(deputy, starts_on, ends_on).exists():
        raise Refused(f"{deputy.title} is away in that time too: choose somebody who is here.")
    made = Absence.objects.create(
        person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on, entered_by=by, entered_at=now()
    )
    changes = {"days": [f"{starts_on:%Y-%m-%d}", f"{ends_on:%Y-%m-%d}"], "deputy": deputy.pk}
    record("absence.entered", made, by=by, changes=changes)
    return made


@service(Permission.ANSWER_CONCERNS)
def end_absence(absence: Absence, *, last_day: date, by: User) -> None:
    """Somebody is back sooner, or does not go at all: then the absence is taken away."""
    found = Absence.objects.select_for_update().select_related("person").filter(pk=absence.pk).first()
    if found is None:
        raise Refused("That absence was taken away already.")
    _check_own(found.person, by)
    if last_day >= found.ends_on:
        raise Refused("It ends by then anyway.")
    changes = {"person": found.person_id, "last_day": f"{last_day:%Y-%m-%d}"}
    record("absence.ended", found, by=by, changes=changes)
    if last_day < found.starts_on:
        found.delete()
        return
    found.ends_on = last_day
    found.save(update_fields=["ends_on"])


def _check_own(person: User, by: User) -> None:
    if not keeps_absences_of(person.pk, by):
        raise Refused("Enter your own absence; a head of service enters those of others.")


def _away(person: User, starts_on: date, ends_on: date):  # noqa: ANN202 - a queryset
    return Absence.objects.filter(person=person, starts_on__lte=ends_on, ends_on__gte=starts_on)
