"""What do our templates know, besides what a page gives them?

Two kinds of undefined names, on purpose. In our own templates a misspelt name must not come out as a blank
where a number should be, so they are strict: any use of an undefined name is an error. The macros of
govuk-frontend-jinja, which take one dictionary with optional keys, follow chains of keys that are not there
and need the chainable kind; their loader gives it to them and to nobody else.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import jinja2
from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse

from goldenthread_web.ui import drawing, words
from goldenthread_web.ui.council import council
from goldenthread_web.ui.form_fields import as_field, errors_of

FILTERS = (
    words.day_said,
    words.day_brief,
    words.moment_said,
    words.moment_plain,
    words.days_in_words,
    words.time_said,
    words.number,
    words.percent,
    words.pluralise,
    words.listed,
    words.capitalised,
    words.table_said,
    words.sentence_said,
)
GLOBALS = (
    words.hidden,
    words.missing,
    words.pluralise,
    drawing.sparkline,
    drawing.bar,
    drawing.trend,
    as_field,
    errors_of,
)


class ForgivingLoader(jinja2.PackageLoader):
    """Loads templates for which a key that is not there is nothing, however far the chain goes."""

    forgiving: jinja2.Environment | None = None

    def load(self, environment: jinja2.Environment, name: str, globals: Any = None) -> jinja2.Template:
        """The template, in an environment that is as the given one and forgives."""
        if self.forgiving is None:
            self.forgiving = environment.overlay(undefined=jinja2.ChainableUndefined)
        return super().load(self.forgiving, name, globals)


def environment(**options: Any) -> jinja2.Environment:
    """The environment that Django's settings name."""
    components = ForgivingLoader("govuk_frontend_jinja")
    options["loader"] = jinja2.ChoiceLoader(
        [options["loader"], jinja2.PrefixLoader({"govuk_frontend_jinja": components})]
    )
    options |= {"autoescape": True, "undefined": jinja2.StrictUndefined}
    made = jinja2.Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 (autoescape is on)
    made.filters |= {filter_.__name__: filter_ for filter_ in FILTERS}
    made.globals |= {function.__name__: function for function in GLOBALS}
    made.globals |= {"static": lru_cache(static), "url": url, "query": query, "the_council": council}
    return made


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page: url("figures:indicator", ref)."""
    return _address(settings.ROOT_URLCONF, name, args, tuple(kwargs.items()))


@lru_cache(maxsize=4096)
def _address(urls: str, name: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> str:
    """A list of children asks for one for each; what `urls` names does not change while the service runs."""
    return reverse(name, urlconf=urls, args=args or None, kwargs=dict(kwargs) or None)


def query(given: QueryDict, **changes: object) -> str:
    """The present query with some values changed (None: left out), for links that sort, filter or page."""
    changed = dict(given.lists())
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = [str(value)]
    return f"?{urlencode(changed, doseq=True)}"
