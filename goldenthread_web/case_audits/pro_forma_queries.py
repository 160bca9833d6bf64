"""Which pro formas are there, what do they ask, and which questions of the standards would one ask?"""

import hashlib
import json
import tomllib
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Count, Q, QuerySet

from goldenthread_web.case_audits.models import ProForma, ProFormaQuestion
from goldenthread_web.standards.domains import Domain, domains, impact
from goldenthread_web.standards.models import Edition, Question
from goldenthread_web.standards.queries import is_asked_of, questions_of


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A question of a pro forma with the number it has on the page."""

    number: int
    question: ProFormaQuestion
    is_first: bool  # of its domain
    is_last: bool

    @property
    def cites(self) -> bool:
        """Whether it rests on a standard."""
        return self.question.standard_id is not None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A domain with the questions that a pro forma asks in it."""

    domain: Domain
    questions: tuple[Numbered, ...]


def pro_formas(*, with_drafts: bool) -> "QuerySet[ProForma]":
    """Every pro forma with the number of its questions; drafts only for those who write them."""
    found = ProForma.objects.select_related("edition", "made_by", "published_by").annotate(
        asked=Count("questions"), uncited=Count("questions", filter=Q(questions__standard__isnull=True))
    )
    found = found.order_by("title", "-number")  # grouping forgets the order of the model
    return found if with_drafts else found.filter(published_at__isnull=False)


def questions_asked(pro_forma: ProForma) -> list[ProFormaQuestion]:
    """What a pro forma asks, with standards, in the order in which the auditor meets it. One query."""
    found = pro_forma.questions.select_related("standard__edition", "question")
    order = {code: place for place, code in enumerate((*domains(), impact().code))}
    return sorted(found, key=lambda one: (order[one.domain], one.position, one.pk))


def parts_of(asked: Sequence[ProFormaQuestion]) -> list[Part]:
    """The same by domain, numbered from one end to the other."""
    parts, number = [], 0
    for domain in (*domains().values(), impact()):
        held = [one for one in asked if one.domain == domain.code]
        numbered = [
            Numbered(
                number=number + place,
                question=one,
                is_first=one is held[0],
                is_last=one is held[-1],
            )
            for place, one in enumerate(held, start=1)
        ]
        number += len(held)
        if held:
            parts.append(Part(domain=domain, questions=tuple(numbered)))
    return parts


def seen_as(pro_forma: ProForma, asked: Sequence[ProFormaQuestion]) -> str:
    """The same for one title and the same questions in order: what somebody saw before they published."""
    told = [pro_forma.title, *((one.pk, one.domain, one.text, one.standard_id) for one in asked)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:40]


def title_seen(pro_forma: ProForma) -> int:
    """A number that another title does not have: what somebody saw before they changed it."""
    return zlib.crc32(pro_forma.title.encode()) % 10**9


def matching(
    edition: Edition,
    *,
    kind: str,
    in_domains: Collection[str] = (),
    standards: Collection[str] = (),
    cohorts: Collection[str] = (),
) -> list[Question]:
    """The questions of an edition that a pro forma would ask, in the order of the library.

    `in_domains` and `standards` are codes, together; without both the kind says which it usually asks about.
    """
    usual = _usual(kind)
    chosen = set(standards) if in_domains or standards else set(usual.get("standards", ()))
    every = not in_domains and not standards and bool(usual.get("all"))
    return [
        one
        for one in questions_of(edition)
        if (every or one.standard.domain in in_domains or one.standard.code in chosen)
        and is_asked_of(one.cohorts, cohorts)
    ]


@cache
def _usual_standards() -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.case_audits") / "pro_forma_kinds.toml").read_text("utf-8"))


def _usual(kind: str) -> dict[str, Any]:
    return _usual_standards()[kind]
