"""What are the practice standards on a day? Reads of editions, standards and questions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from goldenthread_web.config.clock import today
from goldenthread_web.standards.domains import Domain, domains
from goldenthread_web.standards.models import Edition, Question, Standard

EVERYBODY = "open_cases"  # the cohort that holds every other


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A domain with its standards in one edition."""

    domain: Domain
    standards: tuple[Standard, ...]


def editions() -> "QuerySet[Edition]":
    """Every edition, the latest first, with who made it."""
    return Edition.objects.select_related("drafted_by", "proposed_by", "adopted_by", "decision__body")


def adopted_editions() -> "QuerySet[Edition]":
    """The editions that are or were in force, or will be, the latest first."""
    return editions().filter(state=Edition.State.ADOPTED).order_by("-in_force_on")


def edition_on(day: date) -> Edition | None:
    """The edition in force on a day; None: there was none yet."""
    return adopted_editions().filter(in_force_on__lte=day).first()


def edition_in_force() -> Edition | None:
    """The edition in force today; None: none has been adopted."""
    return edition_on(today())


def standards_in_force() -> "QuerySet[Standard]":
    """The practice standards of the edition in force, as one question however it goes on."""
    latest = adopted_editions().filter(in_force_on__lte=today()).values("pk")[:1]
    return Standard.objects.filter(edition__in=latest)


def in_the_making() -> Edition | None:
    """The edition that is being written or waits to be adopted; None: there is none."""
    return editions().exclude(state=Edition.State.ADOPTED).first()


def standards_of(edition: Edition) -> "QuerySet[Standard]":
    """The standards of an edition in their order, with their questions. Two queries."""
    return edition.standards.select_related("edition").prefetch_related(
        Prefetch("questions", Question.objects.order_by("position", "id"))
    )


def questions_of(edition: Edition) -> "QuerySet[Question]":
    """The questions of an edition in the order of the library, each with its standard."""
    found = Question.objects.filter(standard__edition=edition).select_related("standard__edition")
    return found.order_by("standard__position", "standard_id", "position", "id")


def chapters(standards: Iterable[Standard], *, with_empty: bool = False) -> list[Chapter]:
    """Standards by domain, in the order of a case audit."""
    held: dict[str, list[Standard]] = {code: [] for code in domains()}
    for one in standards:
        held[one.domain].append(one)
    return [
        Chapter(domain=domain, standards=tuple(held[code]))
        for code, domain in domains().items()
        if held[code] or with_empty
    ]


def found(standards: Iterable[Standard], *, words: str = "", domain: str = "") -> list[Standard]:
    """Those of a domain, where one is named, that hold every one of the words somewhere."""
    asked = words.casefold().split()
    return [
        one
        for one in standards
        if domain in ("", one.domain) and (not asked or all(word in _text(one) for word in asked))
    ]


def is_asked_of(asked_of: Collection[str], cohorts: Collection[str]) -> bool:
    """Whether a question that is asked of some cohorts is asked of any of these; no cohort: of everybody."""
    return not asked_of or not cohorts or EVERYBODY in cohorts or bool(set(asked_of) & set(cohorts))


def _text(one: Standard) -> str:
    words = [one.section, one.statement, *one.expectations, one.inadequate, one.requires_improvement]
    words += [one.good, one.outstanding, one.statute, one.clock, one.training, *one.indicators]
    words += [question.text for question in one.questions.all()]
    return " ".join(words).casefold()
