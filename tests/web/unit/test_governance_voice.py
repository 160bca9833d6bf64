"""What a board hears of children and families: what they said and were told since, nobody else’s words."""

from datetime import date

import pytest

from goldenthread_web.governance import sources
from goldenthread_web.governance.models import AgendaItem, Meeting
from goldenthread_web.voice.models import Reply
from tests.web.builders import a_person
from tests.web.threads import a_thread

pytestmark = pytest.mark.django_db
ON = date(2018, 1, 2)


def a_reply(**said):
    words = {
        "theme": "meetings",
        "audience": "parent",
        "said": "Reports come late.",
        "owner": "Head of service",
    }
    words |= {"did": "They go out five days before.", "due_on": ON, "made_by": a_person("qa_lead")}
    return Reply.objects.create(**words | said)


def told(on=ON):
    return sources.entries(AgendaItem.Kind.VOICE, Meeting(), on)


def test_what_families_said_and_were_told_is_on_the_agenda():
    a_reply(done_on=date(2017, 12, 22), published_on=date(2017, 12, 22))
    (entry,) = told()
    assert (entry.title, entry.text, entry.tag) == (
        "Reports come late.",
        "Parents. We did: They go out five days before.",
        "told 22 December 2017",
    )


def test_what_was_done_about_it_is_tied_to_the_action_of_the_plan():
    thread = a_thread()
    a_reply(done_on=date(2017, 12, 22), published_on=date(2017, 12, 22), action=thread["action"])
    (entry,) = told()
    assert (entry.ref, entry.href) == ("2.1.1", "/plan/actions/2.1.1/")
    assert entry.why == "Action 2.1.1 of the plan: Review each child without a plan every week"


def test_only_what_families_were_told_lately_and_by_then():
    a_reply()  # told nobody yet
    a_reply(audience="staff", published_on=date(2017, 12, 22))
    a_reply(published_on=date(2017, 10, 2))  # three months ago
    a_reply(published_on=date(2018, 1, 3))
    assert told() == ()
    assert sources.EMPTY[AgendaItem.Kind.VOICE]
