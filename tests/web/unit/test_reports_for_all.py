"""The plan in plain words and the board's update: what everybody reads, and what nobody outside does."""

from datetime import date

import pytest

from goldenthread_web.governance import meeting_services
from goldenthread_web.governance.models import AgendaItem
from goldenthread_web.programme.queries import body
from goldenthread_web.programme.services import record_decision
from goldenthread_web.reports.building import frame_of
from goldenthread_web.reports.models import Content, Report
from goldenthread_web.reports.tables import table
from tests.web.builders import a_person
from tests.web.governing import a_body, a_meeting, item_of, keeper, minuted
from tests.web.plan import an_action
from tests.web.reporting import a_content, a_programme

pytestmark = pytest.mark.django_db
OUT_ON = date(2018, 1, 31)


def rows(name, template):
    frame = frame_of(
        Report(
            content=Content.objects.first() or a_content(a_person("programme_manager")),
            template=template,
            body=None,
            meeting_on=OUT_ON,
        )
    )
    made = table((name,), frame)
    return made, [["".join(run.text for run in cell) for cell in row] for row in made.rows]


def test_every_promise_says_what_for_who_when_and_how_it_stands():
    a_programme()
    action = an_action(baseline_due_on=date(2018, 3, 31))
    _, told = rows("plan", "plan")
    assert told == [
        [
            f"{action.ref} {action.text}",
            action.intended_impact,
            action.lead_post,
            "31 March 2018",
            "On track",
        ]
    ]


def test_the_update_says_what_the_board_decided_in_the_open():
    a_programme()
    by = keeper()
    board = body("improvement_board") or a_body("improvement_board", by=by)
    meeting = a_meeting(board, "2017-12-12", by=by, status="held")
    said = {"outcome": "agreed", "decided_on": meeting.on, "by": by}
    opened, closed = item_of(meeting), item_of(meeting, AgendaItem.Kind.RISKS)
    AgendaItem.objects.filter(pk=closed.pk).update(exempt_under="3", exempt_because="Prices.")
    for item, words in ((opened, "Move the date."), (closed, "Buy from the one firm.")):
        made = record_decision(board, proposed=words, text="So agreed.", **said)
        meeting_services.tie_decision(item, decision=made, by=by)
    made, told = rows("decided", "board_update")
    assert (told, made.empty) == ([], "No minutes of a meeting are there yet.")
    meeting_services.note_attendance(meeting, post="Chair", presence="present", by=by)
    meeting_services.finish_minutes(meeting, by=by)
    made, told = rows("decided", "board_update")
    assert told == [["Move the date.", "agreed", "So agreed."]]
    assert made.note.startswith("The board met on 12 December 2017.")


def test_a_board_that_decided_nothing_says_so():
    a_programme()
    by = keeper()
    board = body("improvement_board") or a_body("improvement_board", by=by)
    minuted(a_meeting(board, "2017-12-12", by=by), by=by)
    a_meeting(board, "2018-02-13", by=by)
    made, told = rows("decided", "board_update")
    assert told == []
    assert made.empty == (
        "The board met on 12 December 2017 and decided nothing that stands in public minutes. "
        "It meets again on 13 February 2018."
    )
