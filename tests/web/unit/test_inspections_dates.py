"""When is the plan due, when may inspectors come back, where does a visit stand? Each at its boundary."""

from datetime import date

import pytest

from goldenthread_web.inspections.dates import (
    VisitStatus,
    answer_due_on,
    plan_dates,
    reinspection_window,
    visit_status,
)
from goldenthread_web.inspections.models import Finding, Inspection, Letter, Visit


def an_inspection(**said):
    return Inspection(
        **(
            {
                "framework": "SIF",
                "starts_on": date(2017, 11, 6),
                "ends_on": date(2017, 11, 30),
                "published_on": date(2018, 1, 29),
            }
            | said
        )
    )


def a_visit(day, number=1, **said):
    return Visit(number=number, starts_on=day, ends_on=day.replace(day=day.day + 1), **said)


def test_the_plan_is_due_seventy_working_days_after_the_report():
    # Published on 29 January 2018, due on 10 May 2018: as a council in that place printed it.
    dates = plan_dates(an_inspection())
    assert dates.plan_due_on == date(2018, 5, 10)
    assert dates.first_visit_by == date(2018, 6, 7)
    assert plan_dates(an_inspection(published_on=None)) is None


def test_the_window_ends_two_years_after_the_plan_and_opens_after_four_visits():
    inspection = an_inspection(plan_submitted_on=date(2018, 5, 9))
    visits = [a_visit(date(2018, month, 10), n) for n, month in enumerate((6, 9, 11, 12), start=1)]
    window = reinspection_window(inspection, visits, date(2018, 12, 11))
    assert (window.latest_on, window.visits_done, window.from_on) == (
        date(2020, 5, 9),
        3,  # the fourth ends on the 11th: it is done the day after
        date(2018, 12, 11),
    )
    assert not window.is_open(date(2018, 12, 11)) and not window.is_projected
    after = reinspection_window(inspection, visits, date(2018, 12, 12))
    assert after.is_open(date(2018, 12, 12)) and not after.is_open(date(2020, 5, 10))
    assert reinspection_window(an_inspection(), visits, date(2018, 12, 12)) is None


def test_the_window_is_projected_by_the_rhythm_until_four_visits_are_known():
    inspection = an_inspection(plan_submitted_on=date(2018, 5, 9))
    before = a_visit(date(2017, 8, 1), 9)  # of an earlier inspection: it does not count
    window = reinspection_window(inspection, [before, a_visit(date(2018, 6, 10))], date(2018, 7, 1))
    assert (window.visits_done, window.from_on, window.is_projected) == (1, date(2019, 3, 11), True)
    assert reinspection_window(inspection, [], date(2018, 6, 1)).from_on is None


def test_findings_are_due_ten_working_days_after_the_letter_came():
    assert answer_due_on(Letter(received_on=date(2017, 12, 21))) == date(2018, 1, 9)


PUBLISHED = Letter(published_on=date(2017, 9, 20), is_public=True)
DRAFT = Letter(is_public=True)
KEPT = Letter(is_public=False)
ANSWERED, OPEN = Finding(answered_on=date(2017, 9, 25)), Finding()


@pytest.mark.parametrize(
    ("on", "letter", "findings", "is_preparing", "expected"),
    [
        (date(2017, 7, 18), None, [], False, VisitStatus.PLANNED),
        (date(2017, 7, 19), None, [], False, VisitStatus.ANNOUNCED),
        (date(2017, 8, 15), None, [], True, VisitStatus.PREPARING),
        (date(2017, 8, 16), None, [], True, VisitStatus.ON_SITE),
        (date(2017, 8, 17), None, [], True, VisitStatus.ON_SITE),
        (date(2017, 8, 18), None, [], True, VisitStatus.LETTER_DRAFT),
        (date(2017, 9, 19), PUBLISHED, [], True, VisitStatus.LETTER_DRAFT),
        (date(2017, 9, 20), PUBLISHED, [], True, VisitStatus.LETTER_PUBLISHED),
        (date(2017, 9, 24), PUBLISHED, [ANSWERED], True, VisitStatus.LETTER_PUBLISHED),
        (date(2017, 9, 25), PUBLISHED, [ANSWERED], True, VisitStatus.DISPOSITIONED),
        (date(2017, 9, 25), PUBLISHED, [ANSWERED, OPEN], True, VisitStatus.LETTER_PUBLISHED),
        (date(2017, 9, 25), DRAFT, [ANSWERED], True, VisitStatus.LETTER_DRAFT),
        (date(2017, 9, 25), KEPT, [OPEN], True, VisitStatus.LETTER_RECEIVED),
        (date(2017, 9, 25), KEPT, [ANSWERED], True, VisitStatus.DISPOSITIONED),
    ],
)
def test_where_a_visit_stands(on, letter, findings, is_preparing, expected):
    visit = a_visit(date(2017, 8, 16), announced_on=date(2017, 7, 19))
    found = visit_status(visit, on=on, letter=letter, findings=findings, is_preparing=is_preparing)
    assert found is expected
