"""Voices: what is refused, what is left on the trail, and that nobody in a small group can be told."""

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from goldenthread.standard import recorded_tables
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from goldenthread_web.voice import queries, services, words
from goldenthread_web.voice.models import Answered, Response
from goldenthread_web.voice.standard_rows import feedback_responses, survey_responses
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db
TODAY = date(2018, 1, 2)
PULSE = ["proud", "manageable"]


@pytest.fixture
def lead():
    return a_person("qa_lead")


def last_event():
    return Event.objects.order_by("-id").first()


def a_voice(by, audience="child", themes=("visits",), on=date(2017, 12, 1), positive=True, **said):
    values = {"channel": "conversation", "text": "He comes when he says he will."}
    return services.record_feedback(
        audience=audience,
        received_on=on,
        themes=list(themes),
        is_positive=positive,
        by=by,
        **{**values, **said},
    )


def a_survey(by, *, kind="staff_pulse", audience="staff", items=PULSE, closes_on=date(2018, 1, 31), **said):
    values = {"title": "Pulse", "opens_on": date(2017, 12, 4), "invited": 40, "asks_team": True}
    return services.open_survey(
        kind=kind, audience=audience, items=items, closes_on=closes_on, by=by, **{**values, **said}
    )


def answers(survey, by, team, number, answer="agree"):
    for _ in range(number):
        services.take_over_answers(survey, answers={"proud": answer}, team=team, on=date(2017, 12, 5), by=by)


# Feedback


def test_what_somebody_said_is_kept_without_their_name(lead):
    made = a_voice(lead, themes=("visits", "nonsense", "listened_to"))
    assert made.themes == ["listened_to", "visits"]  # in the order of the list
    assert last_event().what == "voice.feedback_recorded"
    assert "says he will" not in str(last_event().changes)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"audience": "mayor"}, "whose voice"),
        ({"channel": "dream"}, "how it reached us"),
        ({"on": date(2018, 1, 3)}, "lies ahead"),
        ({"themes": ()}, "what it is about"),
        ({"text": "  "}, "what they said"),
    ],
)
def test_feedback_is_refused(lead, said, sentence):
    with pytest.raises(Refused, match=sentence):
        a_voice(lead, **said)


def test_a_round_of_asking_asks_one_audience(lead):
    asking = services.begin_asking(
        title="Parents",
        audience="parent",
        channel="form",
        starts_on=date(2017, 10, 1),
        ends_on=date(2017, 12, 31),
        invited=40,
        by=lead,
    )
    with pytest.raises(Refused, match="asks parents"):
        a_voice(lead, asking=asking)
    a_voice(lead, audience="parent", asking=asking)
    assert queries.askings().get().came == 1


def test_two_people_do_not_overwrite_each_other(lead):
    made = a_voice(lead)
    said = {"text": "Other words", "themes": ["visits"], "is_positive": None}
    services.change_feedback(made, **said, version=1, by=lead)
    with pytest.raises(SavedMeanwhile):
        services.change_feedback(made, **said, version=1, by=lead)


def test_a_manager_reads_what_is_about_their_team_and_what_they_wrote(lead):
    manager = a_person("team_manager")
    own = a_voice(manager)
    ours, other = a_voice(lead, team="FSP 1"), a_voice(lead, team="FSP 2")
    assert set(queries.feedback_for(manager)) == {own, ours}
    assert set(queries.feedback_for(lead)) == {own, ours, other}


def test_those_not_heard_lately_come_first(lead):
    a_voice(lead, audience="child", on=date(2017, 12, 1))
    a_voice(lead, audience="parent", on=date(2017, 5, 1))
    lines = queries.by_audience(TODAY, is_public_view=False)
    assert {one.code for one in lines if one.recent} == {"child"} == {lines[-1].code}
    assert {one.code: one.number for one in lines}["parent"] == 1


def test_themes_are_counted_and_small_numbers_hidden_from_the_public(lead):
    for number in range(8):
        a_voice(lead, positive=number > 2)
    a_voice(lead, themes=("home",))
    (first, second) = queries.by_theme(TODAY, is_public_view=False)
    assert (first.code, first.number, first.positive, first.before) == ("visits", 8, 5, None)
    public = {one.code: one for one in queries.by_theme(TODAY, is_public_view=True)}
    assert public["visits"].number == 10  # rounded to the next five
    assert public["visits"].positive is None  # eight less five are three
    assert public["home"].number is None
    assert second.code == "home"


# You said, we did


def test_a_reply_is_published_once_something_was_done(lead):
    said = {"theme": "visits", "audience": "child", "said": "Visits are late.", "owner": "Team manager"}
    reply = services.begin_reply(**said, due_on=date(2018, 2, 1), by=lead)
    with pytest.raises(Refused, match="what was done"):
        services.finish_reply(reply, did=" ", done_on=TODAY, version=1, by=lead)
    with pytest.raises(Refused, match="once it is done"):
        services.finish_reply(reply, did="Done", done_on=date(2018, 1, 3), version=1, by=lead)
    done = services.finish_reply(reply, did="They are on time.", done_on=TODAY, version=1, by=lead)
    assert done.published_on == TODAY
    assert last_event().what == "voice.reply_published"


# Surveys


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"items": ["threshold_know"]}, "what is asked"),
        ({"audience": "parent"}, "asks staff"),
        ({"closes_on": date(2017, 12, 1)}, "lies before the first"),
        ({"invited": 0}, "how many"),
    ],
)
def test_a_survey_is_refused(lead, said, sentence):
    with pytest.raises(Refused, match=sentence):
        a_survey(lead, **said)


@pytest.mark.both_databases
def test_somebody_answers_once_and_their_answers_are_not_tied_to_them(lead):
    survey, person = a_survey(lead), a_person("social_worker")
    services.answer_survey(survey, answers={"proud": "agree", "model_use": "agree"}, team="FSP 1", by=person)
    response = Response.objects.get()
    assert response.answers == {"proud": "agree"}  # what the survey does not ask is not kept
    assert response.week == date(2018, 1, 1)  # the week alone
    assert {field.name for field in Response._meta.fields} == {"id", "survey", "week", "team", "answers"}
    assert Answered.objects.get().person == person
    with pytest.raises(Refused, match="answers once"):
        services.answer_survey(survey, answers={"proud": "agree"}, by=person)
    assert Response.objects.count() == 1
    assert "agree" not in str(last_event().changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answered.objects.create(survey=survey, person=person)


def test_the_order_of_rows_does_not_tell_who_answered_when(lead):
    survey = a_survey(lead)
    people = [a_person("social_worker", email=f"w{number}@example.org") for number in range(12)]
    for person in people:
        services.answer_survey(survey, answers={"proud": "agree"}, by=person)
    stored = list(Answered.objects.values_list("person_id", flat=True))
    assert stored != [person.pk for person in people]


def test_a_survey_is_answered_while_it_is_open_and_by_those_it_asks(lead):
    person = a_person("social_worker")
    closed = a_survey(lead, closes_on=date(2017, 12, 31))
    with pytest.raises(Refused, match="is open from"):
        services.answer_survey(closed, answers={"proud": "agree"}, by=person)
    with pytest.raises(Refused, match="at least one"):
        services.answer_survey(a_survey(lead), answers={}, by=person)
    partners = a_survey(lead, kind="thresholds", audience="partner", items=["threshold_know"])
    with pytest.raises(Refused, match="does not ask staff"):
        services.answer_survey(partners, answers={"threshold_know": "agree"}, by=person)
    services.enter_answers(partners, answers={"threshold_know": "agree"}, by=lead)
    with pytest.raises(Refused, match="nobody enters it for them"):
        services.enter_answers(a_survey(lead), answers={"proud": "agree"}, by=lead)


def test_who_may_not(lead):
    with pytest.raises(NotAllowed):
        services.answer_survey(a_survey(lead), answers={"proud": "agree"}, by=a_person("elected_member"))
    with pytest.raises(NotAllowed):
        a_survey(a_person("team_manager"))


@pytest.mark.parametrize(
    ("teams", "shown", "because"),
    [
        ({"A": 8, "B": 7}, ["A", "B"], "both are large enough"),
        ({"A": 8, "B": 5}, [], "the whole less A would be the five of B"),
        ({"A": 8, "B": 7, "C": 3}, ["A"], "the whole less A and B would be the three of C"),
        ({"A": 8, "B": 3, "C": 4}, ["A"], "B and C together are seven"),
        ({"A": 6}, ["A"], "exactly as many as are needed"),
        ({"A": 5}, [], "one too few"),
    ],
)
def test_no_small_group_is_shown_or_left_over(lead, teams, shown, because):
    survey = a_survey(lead)
    for team, number in teams.items():
        answers(survey, lead, team, number)
    result = queries.result(survey)
    assert [team for team, _ in result.teams] == shown, because
    assert result.hidden_teams == len(teams) - len(shown)


def test_an_item_that_few_answered_is_not_shown(lead):
    survey = a_survey(lead)
    answers(survey, lead, "", 9)
    services.take_over_answers(
        survey, answers={"manageable": "agree"}, team="", on=date(2017, 12, 5), by=lead
    )
    proud, manageable = queries.result(survey).items
    assert (proud.agree, proud.answers, proud.share) == (9, 9, 1.0)
    assert (manageable.agree, manageable.answers, manageable.share) == (None, None, None)
    assert words.smallest_group() == 6


def test_an_item_that_few_others_answered_names_no_team_by_which_they_would_be_told(lead):
    survey = a_survey(lead)
    answers(survey, lead, "FSP 1", 8)
    both = {"proud": "agree", "manageable": "agree"}
    for team, number, said in (("FSP 1", 7, both), ("FSP 2", 6, {"proud": "agree"}), ("FSP 2", 2, both)):
        for _ in range(number):
            services.take_over_answers(survey, answers=said, team=team, on=date(2017, 12, 5), by=lead)
    teams = dict(queries.result(survey).teams)
    assert [one.answers for one in teams["FSP 1"]] == [15, None], "all less FSP 1 would be two people"
    assert [one.answers for one in teams["FSP 2"]] == [8, None]


def test_understanding_goes_from_survey_to_survey(lead):
    for closes, answer in ((date(2017, 12, 10), "disagree"), (date(2017, 12, 20), "strongly_agree")):
        survey = a_survey(
            lead, kind="model", items=["model_words"], closes_on=closes, opens_on=date(2017, 12, 4)
        )
        for _ in range(6):
            services.take_over_answers(
                survey, answers={"model_words": answer}, team="", on=date(2017, 12, 5), by=lead
            )
    (line,) = queries.understanding(["model"], on=TODAY)
    assert [(share, number) for _, share, number in line.points] == [(0.0, 6), (1.0, 6)]


# As rows of the standard


def test_answers_of_staff_are_handed_over_once_the_survey_has_closed(lead):
    open_one, closed = a_survey(lead), a_survey(lead, closes_on=date(2017, 12, 31))
    answers(open_one, lead, "FSP 1", 1)
    answers(closed, lead, "FSP 1", 7)
    rows = list(survey_responses())
    assert len(rows) == 7 and {row["survey_id"] for row in rows} == {str(closed.pk)}
    assert set(rows[0]) <= set(recorded_tables()["survey_responses"].column)
    assert {row["team"] for row in rows} == {"FSP 1"}
    assert {row["answered_on"] for row in rows} == {closed.closes_on}, "no week of few is a period of few"


def test_answers_of_a_small_team_are_handed_over_without_it(lead):
    survey = a_survey(lead, closes_on=date(2017, 12, 31))
    for team, number in {"FSP 1": 8, "FSP 2": 7, "FSP 3": 2}.items():
        answers(survey, lead, team, number)
    handed = Counter(row["team"] for row in survey_responses())
    assert handed == {"FSP 1": 8, None: 9}, "FSP 2 less all others would tell of FSP 3"


def test_the_answers_of_one_person_are_not_handed_over_as_one_persons(lead):
    survey = a_survey(lead, closes_on=date(2017, 12, 31))
    for number in range(6):
        mine = {"proud": "agree" if number else "disagree", "manageable": "disagree" if number else "agree"}
        services.take_over_answers(survey, answers=mine, team="FSP 1", on=date(2017, 12, 5), by=lead)
    rows = {(row["item"], row["response_id"]): row["answer"] for row in survey_responses()}
    assert len(rows) == 12 and len({response for _, response in rows}) == 6, "six people, as came"
    (alone,) = [response for (item, response), said in rows.items() if (item, said) == ("proud", "disagree")]
    assert rows["manageable", alone] == "disagree", "not what the same person said"


def test_a_survey_that_few_answered_hands_over_how_many_and_nothing_else(lead):
    survey = a_survey(lead, closes_on=date(2017, 12, 31))
    answers(survey, lead, "FSP 1", 3)
    rows = list(survey_responses())
    assert len({row["response_id"] for row in rows}) == 3
    assert {(row["team"], row["answer"]) for row in rows} == {(None, None)}


def test_feedback_of_families_is_handed_over_and_of_nobody_else(lead):
    a_voice(lead)
    a_voice(lead, audience="staff")
    (row,) = feedback_responses()
    assert set(row) <= set(recorded_tables()["feedback_responses"].column)
    assert row["is_positive"] is True and row["invited_count"] is None
