"""Which exercises are there, and which cases are with whom? Reads only."""

from django.db.models import QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.case_reviews.models import Case, Exercise


def exercises() -> QuerySet[Exercise]:
    """Every exercise with its sample, the latest first."""
    return Exercise.objects.select_related("sample", "begun_by")


def cases() -> QuerySet[Case]:
    """Every case with its exercise, child and reviewer."""
    return Case.objects.select_related("exercise__sample", "child", "reviewer", "concern")


def with_person(person: User) -> QuerySet[Case]:
    """The cases a person is to review, by exercise, in the order of the sample."""
    found = cases().filter(reviewer=person, reviewed_on=None, left_on=None)
    return found.filter(exercise__state=Exercise.State.OPEN).order_by("exercise", "child__position")


def reviewers() -> QuerySet[User]:
    """Everybody who may be handed cases to look at."""
    able = [code for code, role in roles().items() if Permission.AUDIT_CASES in role.permissions]
    return User.objects.filter(role__in=able, is_active=True).order_by("title")
