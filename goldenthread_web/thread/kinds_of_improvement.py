"""Kinds of things of the improvement half: inspections, the plan, what it is measured by, risks, money."""

from collections.abc import Mapping

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.improvement import queries as improvement
from goldenthread_web.improvement.models import Evidence
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.programme import queries as programme
from goldenthread_web.resources import queries as resources
from goldenthread_web.risks import queries as risks
from goldenthread_web.thread.kind import Kind, Listed, day_first
from goldenthread_web.ui.words import days_in_words


def _expected(first: str, second: str) -> str:
    return f"{first.rstrip('.')}, expected {days_in_words(second)}"


def _of_an_inspection(first: str, second: str) -> str:
    return f"{first} inspection, " + (f"published {days_in_words(second)}" if second else "not yet published")


def _of_a_letter(first: str, second: str) -> str:
    of = f"Letter on monitoring visit {first}" if first else "Report of the inspection"
    return f"{of}, {days_in_words(second)}"


def _version(first: str, second: str) -> str:
    return f"Version {first}, approved {days_in_words(second)}"


def _indicators() -> Mapping[str, Listed]:
    return {
        ref: Listed(name=f"{ref} {one.title}", about=f"{one.area} {one.purpose}")
        for ref, one in catalogue().items()
    }


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
        code="enabler",
        words="Enabler of improvement",
        several="Enablers of improvement",
        permission=Permission.SEE_PLAN,
        rows=lambda person: programme.enablers(),
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
        address=("action__ref",),
    ),
    Kind(
        code="evidence",
        words="Evidence",
        several="Evidence",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.evidence().exclude(kind=Evidence.Kind.CASE_AUDIT),
        name=("about_on", "text"),
        tells=day_first,
        searched=("text",),
        url_name="improvement:action",
        address=("action__ref",),
    ),
    Kind(
        code="case_audit_evidence",
        words="Evidence of case audits and dip samples",
        several="Evidence of case audits and dip samples",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.evidence().filter(kind=Evidence.Kind.CASE_AUDIT),
        name=("about_on", "text"),
        tells=day_first,
        searched=("text",),
        url_name="improvement:action",
        address=("action__ref",),
    ),
    Kind(
        code="impact",
        words="Effect on children",
        several="Effect on children",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.all_actions().filter(impact__isnull=False),
        key="ref",
        name=("impact_on", "impact_because"),
        tells=day_first,
        url_name="improvement:action",
    ),
    Kind(
        code="twelve_weeks",
        words="Twelve-week plan",
        several="Twelve-week plans",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.twelve_week_plans(),
        key="number",
        name=("number", "title"),
        searched=("title", "cause", "midpoint", "deliverables__text"),
        url_name="improvement:twelve_weeks",
    ),
    Kind(
        code="version",
        words="Version of the plan",
        several="Versions of the plan",
        permission=Permission.SEE_PLAN,
        rows=lambda person: improvement.versions(),
        key="number",
        name=("number", "decision__decided_on"),
        tells=_version,
        searched=("summary",),
        url_name="improvement:version",
    ),
    Kind(
        code="indicator",
        words="Indicator",
        several="Indicators",
        permission=Permission.SEE_FIGURES,
        listed=_indicators,
        key="ref",
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
)
