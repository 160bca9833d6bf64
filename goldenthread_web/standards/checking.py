"""What must hold of a standard, a question and an edition before they are kept?"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from goldenthread.indicators.catalogue import catalogue
from goldenthread.standard import code_labels
from goldenthread.worklist.cohorts import cohorts
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.standards.domains import domain_title, domains
from goldenthread_web.standards.models import Standard

TAGS = "standard_tag"
# What a standard must say; the rest may be blank.
NEEDED = {
    "section": "the section it stands in",
    "statement": "the standard itself, in one sentence",
    "inadequate": "what inadequate looks like",
    "requires_improvement": "what requires improvement looks like",
    "good": "what good looks like",
    "outstanding": "what outstanding looks like",
}
MORE = ("expectations", "statute", "clock", "indicators", "tags", "training")
MOST_QUESTIONS = 4


def check_standard(said: Mapping[str, Any]) -> None:
    """Refuse what is not whole or names what is not there. `said` holds every field of NEEDED and MORE."""
    unknown = sorted(set(said) - set(NEEDED) - set(MORE))
    if unknown:
        raise TypeError(f"A standard has no {', '.join(unknown)} to say.")
    for name, words in NEEDED.items():
        if not str(said.get(name, "")).strip():
            raise Refused(f"Say {words}.")
    if not said.get("expectations"):
        raise Refused("Say what the standard asks day by day: at least one expectation.")
    _check_known(said.get("indicators", ()), catalogue(), "There is no indicator")
    _check_known(said.get("tags", ()), tags(), "There is no tag")


def check_domain(code: str) -> None:
    """Refuse what is none of the ten."""
    _check_known([code], domains(), "There is no domain")


def check_question(text: str, asked_of: Collection[str]) -> None:
    """Refuse a question without words, or for a cohort that is not there."""
    if not text.strip():
        raise Refused("Write the question.")
    _check_known(asked_of, cohorts(), "There is no cohort")


def check_whole(standards: Iterable[Standard]) -> None:
    """Refuse an edition with a domain that has no standard, or a standard that nobody would ask about."""
    found = list(standards)
    lacking = [domain_title(code) for code in domains() if code not in {one.domain for one in found}]
    if lacking:
        raise Refused(f"There is no standard yet in {_listed(lacking)}: write one first.")
    silent = [one.statement for one in found if not one.questions.all()]
    if silent:
        raise Refused(f"Nothing asks whether this is kept: {_listed(silent)} Add a question to each.")


def tags() -> dict[str, str]:
    """What a standard may be marked as being about, by code."""
    return dict(code_labels(TAGS))


def _check_known(codes: Iterable[str], there: Collection[str], sentence: str) -> None:
    for code in codes:
        if code not in there:
            raise Refused(f"{sentence} {code[:40]}.")


def _listed(words: Collection[str]) -> str:
    return "; ".join(words)
