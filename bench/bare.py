"""The least a page of Django costs: one indexed query, a table of a hundred rows, nothing else.

It is served like the service (same server, database and template engine), without middleware or sign-in.
"""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from goldenthread_web.config.settings import *  # noqa: F403 - the same database and templates

ROOT_URLCONF = "bench.bare"
WSGI_APPLICATION = None
ROWS = 100

_TEMPLATE = (
    "<!DOCTYPE html><title>Bare</title><table>"
    "{% for line in lines %}<tr><td>{{ line.id }}</td><td>{{ line.ref }}</td>"
    "<td>{{ line.period_start }}</td><td>{{ line.numerator }}</td><td>{{ line.denominator }}</td>"
    "<td>{{ line.value }}</td><td>{{ line.status }}</td></tr>{% endfor %}</table>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """A hundred rows of figures."""
    from goldenthread_web.figures.models import FigureLine

    first = FigureLine.objects.aggregate(least=models.Min("id"))["least"]
    lines = FigureLine.objects.filter(id__gte=first)[:ROWS]
    return HttpResponse(_template().render({"lines": lines}))


_kept: list = []


def _template():  # noqa: ANN202 - a template of Django's Jinja2 engine
    if not _kept:
        _kept.append(engines["jinja2"].from_string(_TEMPLATE))
    return _kept[0]


urlpatterns = [path("bare", bare)]
