"""What the record behind a row is called, and who is led to its page."""

import pytest

from goldenthread_web.behind.records import Named, _shapes, named
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db

# Indicator, key, what is said, its page for a director of children's services.
KEYS = [
    ("QA-02", "A57", "Case audit A57", "/case-audits/A57/"),
    ("QA-04", "A52.2", "Case audit A52", "/case-audits/A52/"),
    ("QA-05", "A29|1", "Case audit A29", "/case-audits/A29/"),
    ("QA-10", "practice-week-W2-13", "Practice Week W2, activity 13", "/practice-weeks/W2/"),
    ("QA-09", "D1|held_by_day_10", "Dip sample D1: held by day 10", "/dip-samples/D1/"),
    ("CIN-10", "R1", "Case review R1", "/case-reviews/R1/"),
    ("QA-12", "22", "What was said, number 22", ""),  # for those who lead on voices
    ("WF-15", "2|7|supervision_helps", "Survey 2: supervision helps", "/voice/surveys/2/"),
    ("QA-13", "H1", "Home H1", ""),  # for those who keep the registers
    ("SO-06", "CA100", "Clinic action CA100", "/thread/clinic_action/CA100/"),
    (
        "GOV-01",
        "plan:1.4.1 until 2017-11-21",
        "Action 1.4.1, as due until 21 November 2017",
        "/plan/actions/1.4.1/",
    ),
    ("GOV-01", "plan:2.2.1", "Action 2.2.1", "/plan/actions/2.2.1/"),
    ("GOV-01", "twelve_week:2.9:12", "Twelve weeks 2, deliverable 9", "/plan/twelve-weeks/2/"),
    ("GOV-02", "2017-01-R10", "Recommendation R10 (2017-01)", "/inspections/recommendations/"),
    ("GOV-03", "33", "Meeting 33", "/meetings/33/"),
    (
        "GOV-09",
        "member_event:2017-12-07:spotlight:corporate_parenting",
        "For members, 7 December 2017: spotlight, corporate parenting",
        "/meetings/development/",
    ),
    ("GOV-04", "action:4", "Meeting action 4", "/thread/meeting_action/4/"),
    ("GOV-04", "safeguarding:2", "Safeguarding action 2", ""),
    ("GOV-05", "AS-02|2017-12-31", "AS-02 on 31 December 2017", "/indicators/AS-02/"),
    ("GOV-06", "K10", "Risk K10", "/risks/K10/"),
    ("GOV-07", "Housing|2017-12-15", "Housing, counted 15 December 2017", ""),
    ("GOV-08", "2017-12-01", "1 December 2017", ""),
    ("DQ-01", "visits.csv|55159", "visits.csv, line 55159", ""),
    ("DQ-03", "annex_a.xlsx|list_1|49", "annex_a.xlsx, line 49", ""),
]


@pytest.mark.parametrize(("ref", "key", "said", "page"), KEYS)
def test_a_record_is_named_and_its_page_found(ref, key, said, page):
    assert named(ref, key, a_person("director")) == Named(said=said, page=page)


def test_whoever_may_not_open_a_page_is_not_led_there():
    assert named("QA-12", "22", a_person("qa_lead")).page == "/voice/said/22/"
    assert named("GOV-06", "K10", a_person("auditor")) == Named(said="Risk K10")


@pytest.mark.parametrize(("ref", "key"), [("FD-02", "A57"), ("QA-02", "k57"), ("QA-02", "")])
def test_a_key_that_says_nothing_is_not_named(ref, key):
    assert named(ref, key, a_person("director")) is None


def test_every_shape_of_a_key_is_tried_here():
    tried = {
        next(one for one in _shapes() if ref in one.of and one.key.fullmatch(key)) for ref, key, *_ in KEYS
    }
    assert tried == set(_shapes())
