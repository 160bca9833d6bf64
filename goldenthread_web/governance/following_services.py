"""What is written of all that must come back: actions, safeguarding actions, challenges, asks and answers."""

from datetime import date, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import queries
from goldenthread_web.governance.models import (
    AgendaItem,
    Ask,
    AskAnswer,
    Challenge,
    Meeting,
    MeetingAction,
    Membership,
    SafeguardingAction,
    SafeguardingReview,
)
from goldenthread_web.governance.series import working
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

Status = Meeting.Status
Result = SafeguardingReview.Result
# An answer is due after so long where the body has no next meeting yet.
_USUAL = timedelta(weeks=12)


@service(Permission.KEEP_MEETINGS)
def set_action(
    meeting: Meeting,
    *,
    text: str,
    post: str,
    due_on: date,
    agency: str = "",
    item: AgendaItem | None = None,
    by: User,
) -> MeetingAction:
    """Set an action at a meeting. It is on the agenda of the next ones until somebody closes it."""
    _was_held(meeting)
    _of_meeting(item, meeting)
    if due_on < meeting.on:
        raise Refused("An action cannot be due before the meeting that sets it.")
    made = MeetingAction.objects.create(
        meeting=meeting,
        body_id=meeting.body_id,
        item=item,
        text=text,
        post=post,
        agency=agency,
        due_on=due_on,
    )
    record("meeting_action.set", made, by=by, changes={"meeting": meeting.pk, "due": due_on.isoformat()})
    return made


@service(Permission.KEEP_MEETINGS)
def close_action(
    action: MeetingAction, *, outcome: str, version: int, closed_on: date | None = None, by: User
) -> MeetingAction:
    """Close an action with what came of it."""
    if action.closed_on is not None:
        raise Refused("This action is closed already.")
    check(MeetingAction.objects.select_for_update().get(pk=action.pk), version)
    if not outcome.strip():
        raise Refused("Say what came of the action.")
    day = closed_on or today()
    if not action.meeting.on <= day <= today():
        raise Refused("An action is closed after the meeting that set it, and not in the future.")
    action.closed_on, action.outcome, action.version = day, outcome, action.version + 1
    action.save()
    record("meeting_action.closed", action, by=by, changes={"body": action.body_id})
    return action


@service(Permission.KEEP_MEETINGS)
def open_safeguarding(
    meeting: Meeting, *, text: str, post: str, due_on: date, by: User
) -> SafeguardingAction:
    """Open a safeguarding action: every later meeting of this body looks at it until one closes it."""
    if not meeting.body.is_operational:
        raise Refused(f"{meeting.body} is no operational body: safeguarding actions belong to one that is.")
    if meeting.status != Status.HELD:
        raise Refused("A safeguarding action is opened while a meeting is held.")
    if not text.strip():
        raise Refused("Say what is to be done.")
    made = SafeguardingAction.objects.create(
        body_id=meeting.body_id, opened_at=meeting, opened_on=meeting.on, text=text, post=post, due_on=due_on
    )
    record("safeguarding_action.opened", made, by=by, changes={"meeting": meeting.pk})
    return made


@service(Permission.KEEP_MEETINGS)
def review_safeguarding(
    action: SafeguardingAction, *, meeting: Meeting, result: str, text: str, evidence: str = "", by: User
) -> SafeguardingReview:
    """Write what a meeting made of a safeguarding action: it stays open, or it is closed on evidence."""
    if meeting.body_id != action.body_id:
        raise Refused("Another body cannot decide on this safeguarding action.")
    if meeting.status != Status.HELD:
        raise Refused("The outcome is written while the meeting is held.")
    if not queries.safeguarding_actions(meeting).filter(pk=action.pk).exists():
        raise Refused("This safeguarding action is not before that meeting.")
    if not text.strip():
        raise Refused("Say what the meeting heard about the action.")
    if result == Result.CLOSED and not evidence.strip():
        raise Refused("A safeguarding action is closed on evidence: say which.")
    if action.closed_at_id is not None:
        raise Refused("This safeguarding action is closed: open another one if it was too early.")
    review, _ = SafeguardingReview.objects.update_or_create(
        action=action,
        meeting=meeting,
        defaults={"result": Result(result), "text": text, "evidence": evidence},
    )
    if result == Result.CLOSED:
        action.closed_at, action.closed_on = meeting, meeting.on
        action.save(update_fields=["closed_at", "closed_on"])
    record(
        "safeguarding_action.reviewed", action, by=by, changes={"meeting": meeting.pk, "result": str(result)}
    )
    return review


@service(Permission.KEEP_MEETINGS)
def record_challenge(
    meeting: Meeting,
    *,
    post: str,
    text: str,
    agency: str = "",
    answer: str = "",
    outcome: str = "",
    evidence: str = "",
    item: AgendaItem | None = None,
    by: User,
) -> Challenge:
    """Write down who challenged what at a meeting, and the answer."""
    _was_held(meeting)
    _of_meeting(item, meeting)
    made = Challenge.objects.create(
        meeting=meeting,
        item=item,
        post=post,
        agency=agency,
        text=text,
        answer=answer,
        outcome=outcome,
        evidence=evidence,
    )
    record("challenge.recorded", made, by=by, changes={"meeting": meeting.pk})
    return made


@service(Permission.ASK_AT_MEETINGS)
def challenge(meeting: Meeting, *, text: str, by: User) -> Challenge:
    """Challenge something as a member of the body."""
    membership = _member(meeting, by)
    made = Challenge.objects.create(
        meeting=meeting, post=membership.post, agency=membership.agency, text=text
    )
    record("challenge.made", made, by=by, changes={"meeting": meeting.pk})
    return made


@service(Permission.KEEP_MEETINGS)
def answer_challenge(
    challenged: Challenge, *, answer: str, outcome: str, evidence: str, version: int, by: User
) -> Challenge:
    """Add the answer to a challenge, what came of it and where that shows."""
    check(Challenge.objects.select_for_update().get(pk=challenged.pk), version)
    if not answer.strip():
        raise Refused("Say what the answer to the challenge was.")
    challenged.answer, challenged.outcome, challenged.evidence = answer, outcome, evidence
    challenged.version += 1
    challenged.save()
    record("challenge.answered", challenged, by=by, changes={"meeting": challenged.meeting_id})
    return challenged


@service(Permission.KEEP_MEETINGS)
def record_ask(
    meeting: Meeting,
    *,
    text: str,
    post: str,
    to_post: str,
    due_at: Meeting | None = None,
    item: AgendaItem | None = None,
    by: User,
) -> Ask:
    """Write down what was asked at a meeting. It is first in every pack of the body until it is answered."""
    _was_held(meeting)
    _of_meeting(item, meeting)
    return _ask(meeting, text, post, to_post, due_at, item, None, by)


@service(Permission.ASK_AT_MEETINGS)
def ask(meeting: Meeting, *, text: str, to_post: str, by: User) -> Ask:
    """Ask something as a member of the body, at a meeting or before it."""
    membership = _member(meeting, by)
    return _ask(meeting, text, membership.post, to_post, None, None, by, by)


@service(Permission.KEEP_MEETINGS)
def answer_ask(
    asked: Ask,
    *,
    text: str,
    post: str,
    evidence: str = "",
    report: str = "",
    answered_on: date | None = None,
    by: User,
) -> AskAnswer:
    """Answer an ask, and say where the answer can be checked. Whoever asked accepts it or sends it back."""
    if asked.state == Ask.State.ACCEPTED:
        raise Refused("The answer to this ask was accepted already.")
    if not text.strip():
        raise Refused("Write the answer.")
    if not (evidence.strip() or report.strip()):
        raise Refused("Say where the answer can be checked: an indicator, a paper or a report.")
    answer = AskAnswer.objects.create(
        ask=asked,
        text=text,
        post=post,
        evidence=evidence,
        report=report,
        answered_on=answered_on or today(),
    )
    asked.state = Ask.State.ANSWERED
    asked.save(update_fields=["state"])
    record("ask.answered", asked, by=by, changes={"answer": answer.pk, "body": asked.body_id})
    return answer


@service(Permission.ASK_AT_MEETINGS)
def judge_answer(answer: AskAnswer, *, is_accepted: bool, because: str = "", by: User) -> AskAnswer:
    """Accept an answer, or send it back, as whoever asked or as another member of the body."""
    asked = answer.ask
    membership = queries.memberships_of(by, today()).filter(body_id=asked.body_id).first()
    if membership is None:
        raise Refused("Only members of the body that asked say whether the answer is accepted.")
    if membership.post == answer.post:
        raise NotForYourself("Somebody else must say whether an answer of yours is accepted.")
    return _judge(answer, is_accepted, because, membership.post, today(), by)


@service(Permission.KEEP_MEETINGS)
def record_judgement(
    answer: AskAnswer,
    *,
    is_accepted: bool,
    post: str,
    because: str = "",
    judged_on: date | None = None,
    by: User,
) -> AskAnswer:
    """Write down that whoever asked accepted the answer at a meeting, or sent it back."""
    if post.strip() == answer.post:
        raise Refused("Whoever answered cannot be the one who accepts the answer.")
    if not post.strip():
        raise Refused("Say which post accepted the answer or sent it back.")
    return _judge(answer, is_accepted, because, post, judged_on or today(), by)


def _judge(answer: AskAnswer, is_accepted: bool, because: str, post: str, day: date, by: User) -> AskAnswer:
    if answer.is_accepted is not None:
        raise Refused("This answer was accepted or sent back already.")
    if not is_accepted and not because.strip():
        raise Refused("Say what the answer lacks, so that it can be given again.")
    answer.is_accepted, answer.judged_on, answer.judged_post = is_accepted, day, post
    answer.judged_because = because
    answer.save()
    asked = answer.ask
    asked.state = Ask.State.ACCEPTED if is_accepted else Ask.State.UNANSWERED
    asked.save(update_fields=["state"])
    record("ask.accepted" if is_accepted else "ask.sent_back", asked, by=by, changes={"answer": answer.pk})
    return answer


def _ask(
    meeting: Meeting,
    text: str,
    post: str,
    to_post: str,
    due_at: Meeting | None,
    item: AgendaItem | None,
    asked_by: User | None,
    by: User,
) -> Ask:
    if not text.strip():
        raise Refused("Write what is asked.")
    after = queries.upcoming(meeting.body, meeting.on + timedelta(1)).first()
    due = due_at or after
    if due is not None and (due.body_id != meeting.body_id or due.on <= meeting.on):
        raise Refused("The answer is due at a later meeting of the same body.")
    made = Ask.objects.create(
        body_id=meeting.body_id,
        meeting=meeting,
        item=item,
        text=text,
        post=post,
        asked_by=asked_by,
        to_post=to_post,
        asked_on=min(meeting.on, today()),
        due_at=due,
        due_on=working(meeting.on + _USUAL) if due is None else due.on,
    )
    record("ask.made", made, by=by, changes={"meeting": meeting.pk, "due": made.due_on.isoformat()})
    return made


def _member(meeting: Meeting, person: User) -> Membership:
    if meeting.status in (Status.APPROVED, Status.CANCELLED):
        raise Refused("This meeting is over: ask at the next one.")
    found = queries.memberships_of(person, today()).filter(body_id=meeting.body_id).first()
    if found is None:
        raise Refused(f"Only members of {meeting.body} ask and challenge there.")
    return found


def _was_held(meeting: Meeting) -> None:
    if meeting.status not in (Status.HELD, Status.MINUTED):
        raise Refused("This is written once the meeting has begun and until its minutes are approved.")


def _of_meeting(item: AgendaItem | None, meeting: Meeting) -> None:
    if item is not None and item.meeting_id != meeting.pk:
        raise Refused("That item is on the agenda of another meeting.")
