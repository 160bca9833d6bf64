"""Break-glass: why may it be used, what is open now, and what has nobody looked at yet? Reads only."""

from datetime import timedelta

from django.db import connection
from django.db.models import F, QuerySet

from goldenthread_web.accounts.models import EmergencyAccess, User
from goldenthread_web.accounts.reason_words import words_by_code
from goldenthread_web.config.clock import now

LASTS = timedelta(minutes=60)
MOST = 3  # in the time it lasts; whoever needs more has another need
SHORTEST_EXPLANATION = 15  # characters
_OPEN_NOW = "SELECT id FROM accounts_emergencyaccess WHERE person_id = %s AND ends_at > %s"
FINDINGS = {"justified": "Justified", "not_justified": "Not justified"}


def reasons() -> dict[str, str]:
    """The reasons somebody can give, by code."""
    return words_by_code("emergency_reasons.toml")


def open_now(person: User) -> list[EmergencyAccess]:
    """What a person has open. Every page asks, and hardly ever is there any: in SQL, which Django takes many
    times as long to write as a database to answer."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_NOW, [person.pk, connection.ops.adapt_datetimefield_value(now())])
        found = [number for (number,) in cursor.fetchall()]
    return list(EmergencyAccess.objects.filter(pk__in=found)) if found else []


def is_at_limit(person: User) -> bool:
    """Whether the person opened so many in the last hour that no more are given."""
    return person.emergencies.filter(opened_at__gt=now() - LASTS).count() >= MOST


def for_review() -> QuerySet[EmergencyAccess]:
    """Every emergency access: those nobody looked at first, then the newest."""
    found = EmergencyAccess.objects.select_related("person", "reviewed_by")
    return found.order_by(F("reviewed_at").desc(nulls_first=True), "-opened_at")
