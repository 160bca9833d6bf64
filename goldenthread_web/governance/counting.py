"""How many rows belong to each row of another question, asked for as part of it?"""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def number_of(found: "QuerySet[Any]", by: str) -> Coalesce:
    """The number of rows of `found`, which names the outer row, grouped by what ties them to it; else 0."""
    counted = found.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
