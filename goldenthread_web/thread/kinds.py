"""Which kinds of things hang on the thread, who may see each, how is one named and where is its page?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import queries as governance
from goldenthread_web.improvement import queries as improvement
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.programme import queries as programme
from goldenthread_web.resources import queries as resources
from goldenthread_web.risks import queries as risks
from goldenthread_web.ui.words import days_in_words

Rows = Callable[[User], "QuerySet[Any]"]
LONGEST = 160


def _both(first: str, second: str) -> str:
    return " ".join(filter(None, (first, second)))


def _day_first(first: str, second: str) -> str:
    return f"{days_in_words(first)}: {second}"


def _expected(first: str, second: str) -> str:
    return f"{first.rstrip('.')}, expected {days_in_words(second)}"


def _of_an_inspection(first: str, second: str) -> str:
    return f"{first} inspection, " + (f"published {days_in_words(second)}" if second else "not yet published")


def _of_a_letter(first: str, second: str) -> str:
    of = f"Letter on monitoring visit {first}" if first else "Report of the inspection"
    return f"{of}, {days_in_words(second)}"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of thing. Names of fields are as seen from its own rows."""

    code: str
    words: str  # one of them: Action
    several: str
    permission: Permission
    rows: Rows | None = None  # those a person may see; None: they are not in the database
    key: str = "pk"  # what names one in an address of the thread
    name: tuple[str, str]  # the two fields that name it
    tells: Callable[[str, str], str] = _both  # its name from what they hold, as text
    searched: tuple[str, ...] = ()  # the fields in which search looks; none: it is found through another
    url_name: str  # of its own page
    address: str = ""  # the field that its page is asked for by; blank: the key

    @property
    def asked_by(self) -> str:
        """The field that its page is asked for by."""
        return self.address or self.key

    def named(self, first: str, second: str) -> str:
        """The name of one from its two fields, cut to what fits on two lines."""
        text = " ".join(self.tells(first, second).split())
        if len(text) <= LONGEST:
            return text
        return f"{text[: LONGEST - 1].rsplit(' ', 1)[0]}…"


KINDS: tuple[Kind, ...] = (
    Kind(
        code="theme",
        words="Theme",
        several="Themes",
        permission=Permission.SEE_PLAN,
        rows=lambda person: programme.themes(),
        key="number",
        name=("number", "title"),
        searched=("title", "focus"),
        url_name="programme:programme",
    ),
    Kind(
        code="component",
        words="Component of a good service",
        several="Components of a good service",
        permission=Permission.SEE_PLAN,
        rows=lambda person: programme.components(),
        key="number",
        name=("number", "title"),
        searched=("title", "looks_like"),
        url_name="programme:programme",
    ),
    Kind(
        code="inspection",
        words="Inspection",
        several="Inspections",
        permission=Permission.SEE_INSPECTIONS,
        rows=lambda person: inspections.inspections(),
        name=("framework", "published_on"),
        tells=_of_an_inspection,
        url_name="inspections:inspection",
    ),
    Kind(
        code="recommendation",
        words="Recommendation",
        several="Recommendations",
        permission=Permission.SEE_INSPECTIONS,
        rows=lambda person: inspections.recommendations(),
        name=("number", "title"),
        searched=("title", "text"),
        url_name="inspections:recommendations",
    ),
    Kind(
        code="letter",
        words="Letter or report of the inspectorate",
        several="Letters and reports of the inspectorate",
        permission=Permission.SEE_INSPECTIONS,
        rows=lambda person: inspections.letters_in_force(),
        name=("visit__number", "dated_on"),
        tells=_of_a_letter,
        searched=("paragraphs__text",),
        url_name="inspections:letter",
    ),
    Kind(
        code="finding",
        words="Finding",
        several="Findings",
        permission=Permission.SEE_INSPECTIONS,
        rows=lambda person: inspections.findings(),
        name=("ref", "title"),
        searched=("ref", "title", "quote"),
        url_name="inspections:finding",
    ),
    Kind(
        code="objective",
        words="Objective",
        several="Objectives",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.objectives(),
        key="ref",
        name=("ref", "text"),
        searched=("ref", "text"),
        url_name="improvement:tree",
    ),
    Kind(
        code="action",
        words="Action",
        several="Actions",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.all_actions(),
        key="ref",
        name=("ref", "text"),
        searched=("ref", "text", "intended_impact", "lead_post"),
        url_name="improvement:action",
    ),
    Kind(
        code="milestone",
        words="Milestone",
        several="Milestones",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.milestones(),
        name=("text", "forecast_on"),
        tells=_expected,
        searched=("text",),
        url_name="improvement:action",
        address="action__ref",
    ),
    Kind(
        code="evidence",
        words="Evidence",
        several="Evidence",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.evidence(),
        name=("about_on", "text"),
        tells=_day_first,
        searched=("text",),
        url_name="improvement:action",
        address="action__ref",
    ),
    Kind(
        code="impact",
        words="Effect on children",
        several="Effect on children",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.all_actions().filter(impact__isnull=False),
        key="ref",
        name=("impact_on", "impact_because"),
        tells=_day_first,
        url_name="improvement:action",
    ),
    Kind(
        code="indicator",
        words="Indicator",
        several="Indicators",
        permission=Permission.SEE_FIGURES,
        key="ref",
        name=("ref", "ref"),
        url_name="figures:indicator",
    ),
    Kind(
        code="risk",
        words="Risk",
        several="Risks",
        permission=Permission.SEE_RISKS,
        rows=lambda person: risks.risks(),
        key="ref",
        name=("ref", "if_text"),
        searched=("ref", "if_text", "then_text", "cause", "impact"),
        url_name="risks:risk",
    ),
    Kind(
        code="money",
        words="Line of money",
        several="Lines of money",
        permission=Permission.SEE_MONEY,
        rows=lambda person: resources.lines(),
        key="ref",
        name=("ref", "title"),
        searched=("ref", "title", "about", "benefit"),
        url_name="resources:line",
    ),
    Kind(
        code="decision",
        words="Decision",
        several="Decisions",
        permission=Permission.SEE_MEETINGS,
        rows=lambda person: programme.decisions().filter(
            body__in=governance.readable_bodies(person, today())
        ),
        name=("decided_on", "proposed"),
        tells=_day_first,
        searched=("proposed", "text", "body__name"),
        url_name="governance:decision",
    ),
    Kind(
        code="ask",
        words="Ask",
        several="Asks",
        permission=Permission.SEE_MEETINGS,
        rows=lambda person: governance.asks(of=governance.readable_bodies(person, today())),
        name=("asked_on", "text"),
        tells=_day_first,
        searched=("text", "post", "to_post"),
        url_name="governance:ask",
    ),
)
BY_CODE: dict[str, Kind] = {one.code: one for one in KINDS}


def kinds_for(person: User) -> dict[str, Kind]:
    """The kinds that a person may see, by their codes."""
    return {code: one for code, one in BY_CODE.items() if person.may(one.permission)}
