"""Practice Weeks for tests: only what matters to the test is said. Today is the second of January 2018."""

from datetime import date

from goldenthread_web.practice_weeks import learning_services, observation_services, week_services
from tests.web.builders import a_person

FIRST, LAST = date(2017, 11, 20), date(2017, 11, 22)
SAW = "The worker knew what the child likes, and the plan said who does what."


def a_week(by=None, *, starts_on=FIRST, ends_on=LAST, theme="Visits and direct work", **said):
    """A Practice Week, planned by its quality assurance lead."""
    words = {"purpose": "See visits through the eyes of those who make them.", "plan": ""} | said
    by = by or a_person("qa_lead")
    return week_services.plan_week(theme=theme, starts_on=starts_on, ends_on=ends_on, **words, by=by)


def an_entry(week, by=None, *, activity="walking_the_floor", person=None, post=None, on=None, **said):
    """A leader on the roster, without an account unless one is named."""
    return week_services.roster(
        week,
        on=on or week.starts_on,
        half=said.pop("half", "morning"),
        activity=activity,
        person=person,
        post=post or (person.title if person is not None else "Chief executive"),
        team=said.pop("team", "FSP 1"),
        **said,
        by=by or week.planned_by,
    )


def seen(entry, by=None, **said):
    """What was seen at an entry, on its day."""
    entry.refresh_from_db()
    words = {"held_on": entry.on, "answers": {}, "saw": SAW} | said
    by = by or entry.person or entry.week.planned_by
    return observation_services.write_observation(entry, version=entry.version, **words, by=by)


def consented(entry, by=None):
    """The family of an entry said yes a week before."""
    return week_services.record_consent(
        entry,
        version=entry.version,
        consent_on=date(2017, 11, 13),
        consent_taken_by="Social worker",
        worker_present="Social worker",
        by=by or entry.week.planned_by,
    )


def people_said(week, by=None, **said):
    """What people said, with what is to be done about it."""
    words = {
        "theme": "ict",
        "audience": "staff",
        "said": "It takes ten minutes to sign in each morning.",
        "doing": "Replace the oldest laptops.",
        "post": "Head of ICT",
        "due_on": date(2017, 12, 20),
        "action": None,
    } | said
    return learning_services.add_you_said(week, **words, by=by or week.planned_by)


def reported(week, by=None, on=date(2017, 12, 18)):
    """The report of a week."""
    return learning_services.write_report(
        week,
        reported_on=on,
        strengths="Workers know their children.",
        in_the_way="Slow laptops, and forms filled in twice.",
        follows="Laptops are replaced by spring.",
        by=by or week.planned_by,
    )
