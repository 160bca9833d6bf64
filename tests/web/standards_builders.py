"""Editions of the practice standards for tests: the default set, drafted, proposed, adopted by another."""

from datetime import date

from goldenthread_web.standards import services
from goldenthread_web.standards.models import Edition, Question, Standard
from goldenthread_web.standards.queries import standards_of
from tests.web.builders import a_person, at


def a_draft(*, on="2017-08-01", by=None, about="The first edition."):
    """An edition that is being written."""
    return services.begin_edition(about=about, by=by or a_person("qa_lead"), at=at(f"{on} 09:00"))


def proposed(edition, *, on="2017-08-07", by=None):
    """The edition, waiting to be adopted."""
    edition.refresh_from_db()
    by = by or edition.drafted_by
    return services.propose_edition(edition, version=edition.version, by=by, at=at(f"{on} 09:00"))


def adopted(edition, *, on="2017-08-14", by=None):
    """The edition, in force from a day on."""
    edition.refresh_from_db()
    return services.adopt_edition(
        edition,
        version=edition.version,
        in_force_on=date.fromisoformat(on),
        by=by or a_person("director"),
        at=at(f"{on} 08:00"),
    )


def an_edition(on="2017-08-14"):
    """The default set, adopted."""
    return adopted(proposed(a_draft(on=on), on=on), on=on)


def the_standard(edition, code="ten-day-review") -> Standard:
    """One standard of an edition."""
    return standards_of(edition).get(code=code)


def the_question(edition, code="reviewed-at-day-ten") -> Question:
    """One question of an edition."""
    return Question.objects.select_related("standard__edition").get(standard__edition=edition, code=code)


def said_of(standard, **other):
    """What a standard says, as the services take it; `other` in place of some of it."""
    names = ("domain", "section", "statement", "expectations", "inadequate", "requires_improvement", "good")
    names += ("outstanding", "statute", "clock", "indicators", "tags", "training")
    return {name: getattr(standard, name) for name in names} | other


__all__ = [
    "Edition",
    "a_draft",
    "adopted",
    "an_edition",
    "proposed",
    "said_of",
    "the_question",
    "the_standard",
]
