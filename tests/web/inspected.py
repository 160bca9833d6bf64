"""Letters and findings for tests: only what matters to the test is said."""

from datetime import date

from goldenthread.papers.reading import read_text
from goldenthread_web.inspections import letter_services, services
from goldenthread_web.inspections.marking import place_of
from goldenthread_web.inspections.models import Paragraph, Visit
from tests.web.builders import a_person


def a_visit(number=1, *, starts_on=date(2017, 8, 16), ends_on=None, by=None, **said):
    """A monitoring visit of two days."""
    return services.set_visit(
        number,
        starts_on=starts_on,
        ends_on=ends_on or starts_on.replace(day=starts_on.day + 1),
        by=by or a_person("programme_manager"),
        **said,
    )


def a_letter(text, *, of=None, dated_on=date(2017, 9, 6), received_on=None, by=None, **said):
    """A letter with this text, of a visit in August."""
    by = by or a_person("programme_manager")
    return letter_services.enter_letter(
        read_text(text, "letter.txt"),
        of=of or Visit.objects.filter(number=1).first() or a_visit(by=by),
        dated_on=dated_on,
        received_on=received_on or dated_on,
        by=by,
        **said,
    )


def a_finding(letter, words, valence="weakness", *, area="assessment", title="", by=None, **said):
    """These words of the letter, marked."""
    found = next(one for one in Paragraph.objects.filter(letter=letter) if words in one.text)
    start, end = place_of(found, words)
    return letter_services.mark_finding(
        found,
        start=start,
        end=end,
        quote=words,
        valence=valence,
        title=title or words[:40],
        practice_area=area,
        by=by or a_person("programme_manager"),
        **said,
    )
