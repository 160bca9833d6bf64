"""How are several short lists read in one query? Each row as an object of JSON, under the name of its list.

A paper that holds ten lists asks the database once instead of ten times. Read so are lists of rows with short
texts, days and numbers; not files, and not rows that a service is about to change.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.models import DecimalField, F, JSONField, Model, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, JSONObject, RowNumber

_NAMES = ("in_list", "at_place", "as_row")


def together(**lists: "QuerySet[Any]") -> dict[str, list[Any]]:
    """The rows of each queryset under its name, each list in its own order. One query.

    Rows are instances of their models with what was annotated. What is deferred, and every field of JSON, is
    read when it is asked for; so is what is related: annotate what is needed of it.
    A queryset may be filtered, annotated, and ordered by fields (a relation orders by its key); not sliced,
    distinct or grouped.
    """
    found: dict[str, list[Any]] = {name: [] for name in lists}
    parts = [_part(name, rows) for name, rows in lists.items()]
    if not parts:
        return found
    read = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for name, _, row in sorted(read, key=lambda one: one[:2]):
        found[name].append(_instance(lists[name], row))
    return found


def _part(name: str, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    columns = {field.attname: _as_json(field.attname, field) for field in _fields(rows)}
    columns |= {said: _as_json(said, one.output_field) for said, one in rows.query.annotations.items()}
    order = rows.query.order_by or rows.model._meta.ordering
    place = Window(RowNumber(), order_by=list(order)) if order else Value(0)
    marked = rows.select_related(None).prefetch_related(None).order_by()
    marked = marked.annotate(in_list=Value(name, TextField()), at_place=place, as_row=JSONObject(**columns))
    return marked.values_list(*_NAMES)


def _fields(rows: "QuerySet[Any]") -> list[Any]:
    names, is_deferred = rows.query.deferred_loading
    return [
        field
        for field in rows.model._meta.concrete_fields
        if not isinstance(field, JSONField)
        and (field.primary_key or (field.name in names or field.attname in names) != is_deferred)
    ]


def _as_json(name: str, field: Any) -> Any:
    # A number of JSON may be a binary fraction: money stays what it is as text.
    return Cast(F(name), TextField()) if isinstance(field, DecimalField) else F(name)


def _instance(rows: "QuerySet[Any]", row: dict[str, Any]) -> Model:
    fields = _fields(rows)
    values = [_python(field, row[field.attname]) for field in fields]
    made: Model = rows.model.from_db(rows.db, [field.attname for field in fields], values)
    for name, one in rows.query.annotations.items():
        setattr(made, name, _python(one.output_field, row[name]))
    return made


def _python(field: Any, value: Any) -> Any:
    """A value of JSON as the field has it. Moments without a zone are those SQLite keeps: of UTC."""
    target = field.target_field if field.is_relation else field
    if target.get_internal_type() == "DateTimeField" and value is not None:
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return target.to_python(value)
