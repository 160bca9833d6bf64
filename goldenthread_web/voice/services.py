"""What is written of voices: feedback, replies, surveys and their answers, what people were told."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction

from goldenthread.standard.schema import code_labels
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.improvement.models import Action
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check
from goldenthread_web.ui.words import day_said
from goldenthread_web.voice import words
from goldenthread_web.voice.about_children import typed
from goldenthread_web.voice.models import Answered, Asking, Feedback, Reply, Response, Survey, Told
from goldenthread_web.worklist.weekly_services import monday_of


@service(Permission.KEEP_VOICE)
def begin_asking(
    *, title: str, audience: str, channel: str, starts_on: date, ends_on: date, invited: int, by: User
) -> Asking:
    """Begin a round of asking, so that the share of those who answered can be told."""
    _known(audience, channel)
    if ends_on < starts_on:
        raise Refused("The last day lies before the first: correct one of them.")
    made = Asking.objects.create(
        title=title.strip(),
        audience=audience,
        channel=channel,
        starts_on=starts_on,
        ends_on=ends_on,
        invited=invited,
        made_by=by,
    )
    record("voice.asking_begun", made, by=by, changes={"audience": audience, "invited": invited})
    return made


@service(Permission.RECORD_FEEDBACK)
def record_feedback(
    *,
    audience: str,
    channel: str,
    received_on: date,
    text: str,
    themes: Iterable[str],
    is_positive: bool | None,
    team: str = "",
    reference: str = "",
    asking: Asking | None = None,
    by: User,
) -> Feedback:
    """Write down what somebody said. Their name is not asked for."""
    _known(audience, channel)
    if received_on > today():
        raise Refused("The day lies ahead: say on which day it came.")
    if asking is not None and asking.audience != audience:
        raise Refused(f"“{asking.title}” asks {words.audiences()[asking.audience].lower()}.")
    _check_child(reference, by)
    made = Feedback.objects.create(
        audience=audience,
        channel=channel,
        asking=asking,
        received_on=received_on,
        team=team,
        reference=reference,
        text=_text(text, "what they said"),
        themes=_themes(themes),
        is_positive=is_positive,
        entered_by=by,
        entered_at=now(),
    )
    record("voice.feedback_recorded", made, by=by, changes={"audience": audience, "themes": made.themes})
    return made


@service(Permission.RECORD_FEEDBACK)
def change_feedback(
    feedback: Feedback,
    *,
    text: str,
    themes: Iterable[str],
    is_positive: bool | None,
    version: int,
    reference: str | None = None,
    by: User,
) -> Feedback:
    """Correct what was written down, code it with other themes, or say about which child it is.

    Without a reference the child stays who it was; a blank one is of no one child.
    """
    found = Feedback.objects.select_for_update().get(pk=feedback.pk)
    check(found, version)
    found.text, found.themes, found.is_positive = _text(text, "what they said"), _themes(themes), is_positive
    if reference is not None and reference != found.reference:
        _check_child(reference, by)
        found.reference = reference
    found.version += 1
    found.save()
    record("voice.feedback_changed", found, by=by, changes={"themes": found.themes})
    return found


@service(Permission.KEEP_VOICE)
def begin_reply(
    *, theme: str, audience: str, said: str, owner: str, due_on: date, action: Action | None = None, by: User
) -> Reply:
    """Say what people said, and who sees to it by when."""
    (code,) = _themes([theme])
    _known(audience, "")
    made = Reply.objects.create(
        theme=code,
        audience=audience,
        said=_text(said, "what they said"),
        owner=_text(owner, "who sees to it"),
        due_on=due_on,
        action=action,
        made_by=by,
    )
    record("voice.reply_begun", made, by=by, changes={"theme": code, "due": due_on.isoformat()})
    return made


@service(Permission.KEEP_VOICE)
def finish_reply(reply: Reply, *, did: str, done_on: date, version: int, by: User) -> Reply:
    """Say what was done, and tell those who said it."""
    found = Reply.objects.select_for_update().get(pk=reply.pk)
    check(found, version)
    if done_on > today():
        raise Refused("The day lies ahead: say it once it is done.")
    found.did, found.done_on, found.published_on = _text(did, "what was done"), done_on, today()
    found.version += 1
    found.save()
    record("voice.reply_published", found, by=by, changes={"theme": found.theme})
    return found


@service(Permission.KEEP_VOICE)
def open_survey(
    *,
    title: str,
    kind: str,
    audience: str,
    items: Iterable[str],
    opens_on: date,
    closes_on: date,
    invited: int,
    asks_team: bool = False,
    by: User,
) -> Survey:
    """Open a survey: some items, one audience, some days."""
    _known(audience, "")
    asked = [code for code in items if code in {one.code for one in words.items_of(kind)}]
    if not asked:
        raise Refused("Choose what is asked.")
    if kind == "staff_pulse" and audience != "staff":
        raise Refused("The pulse of staff asks staff.")
    if closes_on < opens_on:
        raise Refused("The last day lies before the first: correct one of them.")
    if invited < 1:
        raise Refused("Say how many people are asked.")
    made = Survey.objects.create(
        title=_text(title, "what it is called"),
        kind=kind,
        audience=audience,
        items=asked,
        opens_on=opens_on,
        closes_on=closes_on,
        invited=invited,
        asks_team=asks_team,
        made_by=by,
    )
    record("voice.survey_opened", made, by=by, changes={"kind": kind, "items": len(asked)})
    return made


@service(Permission.ANSWER_SURVEYS)
def answer_survey(
    survey: Survey, *, answers: Mapping[str, str], team: str = "", on: date | None = None, by: User
) -> None:
    """Answer a survey of staff, once. Who answered is kept; what they said is kept apart, without them."""
    if survey.audience != "staff":
        raise Refused("This survey does not ask staff.")
    day = on or today()
    _open(survey, day)
    try:
        with transaction.atomic():
            Answered.objects.create(survey=survey, person=by)
    except IntegrityError:
        raise Refused("You have answered this survey: each person answers once.") from None
    _keep(survey, answers, team, day)
    # Of the moment the trail keeps that somebody answered; the answers hold the week alone.
    record("voice.survey_answered", survey, by=by)


@service(Permission.KEEP_VOICE)
def enter_answers(
    survey: Survey, *, answers: Mapping[str, str], team: str = "", on: date | None = None, by: User
) -> None:
    """Enter what somebody without an account answered: a child, a parent, a partner, a councillor."""
    if survey.audience == "staff":
        raise Refused("Staff answer for themselves: nobody enters it for them.")
    _open(survey, on or today())
    _keep(survey, answers, team, on or today())
    record("voice.answers_entered", survey, by=by)


@service(Permission.KEEP_VOICE)
def take_over_answers(survey: Survey, *, answers: Mapping[str, str], team: str, on: date, by: User) -> None:
    """Take over one answer that was given elsewhere, on paper or with another tool, without a name."""
    _open(survey, on)
    _keep(survey, answers, team, on)
    record("voice.answers_taken_over", survey, by=by)


@service(Permission.KEEP_VOICE)
def note_told(
    *, kind: str, audience: str, subject: str, how: str, told_on: date, reached: int | None, by: User
) -> Told:
    """Note what people were told about a change."""
    _known(audience, "")
    if told_on > today():
        raise Refused("The day lies ahead: note it once people were told.")
    made = Told.objects.create(
        kind=kind,
        audience=audience,
        subject=_text(subject, "what they were told"),
        how=_text(how, "how they were told"),
        told_on=told_on,
        reached=reached,
        entered_by=by,
    )
    record("voice.told", made, by=by, changes={"kind": kind, "audience": audience})
    return made


def _keep(survey: Survey, answers: Mapping[str, str], team: str, day: date) -> None:
    known = code_labels("survey_answer")
    kept = {code: said for code, said in answers.items() if code in survey.items and said in known}
    if not kept:
        raise Refused("Answer at least one of them.")
    Response.objects.create(
        survey=survey,
        week=max(monday_of(day), survey.opens_on),
        team=team if survey.asks_team else "",
        answers=kept,
    )


def _open(survey: Survey, day: date) -> None:
    if not survey.opens_on <= day <= survey.closes_on:
        raise Refused(
            f"This survey is open from {day_said(survey.opens_on)} to {day_said(survey.closes_on)}."
        )


def _check_child(reference: str, by: User) -> None:
    if reference and typed(by, reference) != reference:
        raise Refused("Choose a child whom you may see.")


def _known(audience: str, channel: str) -> None:
    if audience not in words.audiences():
        raise Refused("Say whose voice it is.")
    if channel and channel not in words.channels():
        raise Refused("Say how it reached us.")


def _themes(found: Iterable[str]) -> list[str]:
    chosen = [code for code in words.themes() if code in set(found)]
    if not chosen:
        raise Refused("Choose what it is about.")
    return chosen


def _text(said: str, what: str) -> str:
    if not said.strip():
        raise Refused(f"Say {what}.")
    return said.strip()
