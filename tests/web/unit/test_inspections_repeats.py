"""Which findings repeat an earlier one? Proposed with reasons, never decided by the service."""

from datetime import date

import pytest

from goldenthread_web.inspections.models import Finding
from goldenthread_web.inspections.queries import findings
from goldenthread_web.inspections.repeats import inspector_looks_back, likely_repeats
from tests.web.inspected import a_finding, a_letter, a_visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "words", "valence", "expected"),
    [
        ("As at the previous visit, plans are weak.", "plans are weak", "weakness", "previous visit"),
        (
            "Challenge is weak. This was an area for improvement at the last inspection.",
            "Challenge is weak.",
            "weakness",
            "This was an area for improvement at the last inspection.",
        ),
        ("It is weak. Managers read so at the last inspection.", "It is weak.", "weakness", ""),
        ("Health checks: this has not improved.", "this has not improved", "weakness", "has not improved"),
        ("What improved by the last visit held.", "What improved by the last visit held.", "sustained", ""),
        ("Plans are weak.", "Plans are weak.", "weakness", ""),
    ],
)
def test_an_inspector_who_looks_back_is_heard(text, words, valence, expected):
    finding = a_finding(a_letter(text), words, valence)
    assert inspector_looks_back(finding) == expected


def two_letters():
    first = a_letter(
        "Reviewing officers do not challenge delay.\n\n"
        "The checkpoint at ten days is hardly used in the teams.\n\n"
        "Minutes of conferences come weeks late.\n\nChildren are seen."
    )
    a_finding(first, "Reviewing officers do not challenge delay.", area="reviewing_officers")
    a_finding(
        first, "The checkpoint at ten days is hardly used in the teams.", area="assessment", team="AI 1"
    )
    a_finding(first, "Minutes of conferences come weeks late.", area="protection_plans")
    a_finding(first, "Children are seen.", "strength", area="assessment", team="AI 1")
    visit = a_visit(2, starts_on=date(2017, 11, 28))
    return a_letter(
        "In two teams the ten-day checkpoint has stopped.\n\n"
        "Children are seen, and seen again.\n\nParking is scarce.",
        of=visit,
        dated_on=date(2017, 12, 21),
    )


def test_the_most_alike_earlier_weakness_comes_first_and_says_why():
    letter = two_letters()
    finding = a_finding(
        letter, "In two teams the ten-day checkpoint has stopped.", area="assessment", team="AI 1"
    )
    found = likely_repeats(finding, list(findings()))
    assert found[0].earlier.ref == "V1.2" and found[0].score > 0.5
    assert "the same area of practice, assessment" in found[0].why.lower()
    assert "the same team, AI 1" in found[0].why and "checkpoint" in found[0].why
    assert all(one.earlier.is_weakness for one in found)


def test_what_is_unlike_or_good_or_later_is_not_proposed():
    letter = two_letters()
    everything = lambda: list(findings())  # noqa: E731
    unlike = a_finding(letter, "Parking is scarce.", area="systems")
    assert likely_repeats(unlike, everything()) == []
    good = a_finding(letter, "Children are seen, and seen again.", "strength", area="assessment")
    assert likely_repeats(good, everything()) == []
    earlier = Finding.objects.get(ref="V1.2")
    assert likely_repeats(earlier, everything()) == []
