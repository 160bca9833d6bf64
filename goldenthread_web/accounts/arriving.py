"""Whose request is it? The session and the person are each read with a statement that is written once.

Every page asks for both, and Django takes longer to write the two statements than a database to answer them.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db import connection, models

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.config.clock import now

Converter = Callable[..., Any]
_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(DatabaseSessions):
    """Sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        with connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(now())
            cursor.execute(_SESSION, [self.session_key, moment])
            found = cursor.fetchone()
        if found is None:
            return super()._get_session_from_db()  # says what follows from there being none
        return Session(session_key=self.session_key, session_data=found[0])


class Backend(AuthenticationBackend):
    """Sign-in by e-mail address; and who the person of a session is."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a number, with their unit; None where there is none or they may not sign in."""
        found = person(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None


def person(number: int) -> User | None:
    """The account of a number and its unit, as `User.objects` gives it; None where there is none."""
    statement, of_person, of_unit = _written()
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
        row = cursor.fetchone()
    if row is None:
        return None
    found = cast(User, _made(User, of_person, row[: len(of_person)]))
    unit = row[len(of_person) :]
    found.unit = None if unit[0] is None else cast(Unit, _made(Unit, of_unit, unit))
    return found


@cache
def _written() -> tuple[str, list[list[Converter]], list[list[Converter]]]:
    """The statement, and what makes values of ours of the database's: of the person, of the unit."""
    columns = [
        f"{model._meta.db_table}.{field.column}"
        for model in (User, Unit)
        for field in model._meta.concrete_fields
    ]
    people, units = User._meta.db_table, Unit._meta.db_table
    statement = (
        f"SELECT {', '.join(columns)} FROM {people} "  # noqa: S608 - names of our own models
        f"LEFT JOIN {units} ON {units}.id = {people}.unit_id WHERE {people}.id = %s"
    )
    return statement, _converters(User), _converters(Unit)


def _converters(model: type[models.Model]) -> list[list[Converter]]:
    columns = [field.get_col(model._meta.db_table) for field in model._meta.concrete_fields]
    return [
        [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        for column in columns
    ]


def _made(model: type[models.Model], converters: list[list[Converter]], row: Sequence[Any]) -> models.Model:
    values = list(row)
    for position, own in enumerate(converters):
        for convert in own:
            values[position] = convert(values[position], None, connection)
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, values)
