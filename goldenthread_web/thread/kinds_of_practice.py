"""Kinds of things of practice: standards, looking at cases, what it teaches, what people say.

What is about one child is found by those who may see the child and by nobody else, and its words are never
shown: a reference leads to its page. Supervision is confidential: it is not on the thread, and not found.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import scope_or_none
from goldenthread_web.case_audits.models import AuditProgramme, Learning, LearningOutcome, Round
from goldenthread_web.case_reviews import queries as case_reviews
from goldenthread_web.challenges import queries as challenges
from goldenthread_web.challenges.rules import choices
from goldenthread_web.clinics.models import ClinicAction
from goldenthread_web.dip_samples.models import DipSample
from goldenthread_web.practice_weeks import queries as practice_weeks
from goldenthread_web.practice_weeks.models import PracticeWeek
from goldenthread_web.standards.models import Question
from goldenthread_web.standards.queries import standards_in_force
from goldenthread_web.thread.kind import Kind, Listed, day_first, first_alone
from goldenthread_web.ui.words import days_in_words
from goldenthread_web.voice import queries as voice
from goldenthread_web.voice import words as voice_words


def replies(person: User) -> "QuerySet[Any]":
    """You said, we did: what was published; for those who keep it, what is being done too."""
    found = voice.replies()
    return found.filter(published_on__isnull=False) if person.held_role.is_public_view else found


def dip_samples() -> "QuerySet[DipSample]":
    """The dip samples that count or are being looked at."""
    return DipSample.objects.exclude(state=DipSample.State.WITHDRAWN)


def _clinic_actions(person: User) -> "QuerySet[ClinicAction]":
    """The actions of clinics within the person's scope, without those about children barred to them."""
    scope = scope_or_none(person)
    if scope is None:
        return ClinicAction.objects.none()
    found = ClinicAction.objects.exclude(exception__reference__in=scope.barred)
    return found if scope.everyone else found.filter(clinic__team__in=sorted(scope.teams))


def _challenge_themes() -> Mapping[str, str]:
    return choices("themes")


def _round(first: str, second: str) -> str:
    return f"{first}, round of {days_in_words(second)}"


def _statement(first: str, second: str) -> str:
    return f"{first}: {second}"


def _challenge(first: str, second: str) -> str:
    return f"{first}: {_challenge_themes().get(second, second)}"


def _of_team(first: str, second: str) -> str:
    return f"{first} of {second}"


def _said_and_did(first: str, second: str) -> str:
    return f"You said: {first}" + (f" We did: {second}" if second else "")


def _feedback_themes() -> Mapping[str, Listed]:
    return {code: Listed(name=title) for code, title in voice_words.themes().items()}


KINDS: tuple[Kind, ...] = (
    Kind(
        code="standard",
        words="Practice standard",
        several="Practice standards",
        permission=Permission.SEE_STANDARDS,
        rows=lambda person: standards_in_force(),
        key="code",
        name=("section", "statement"),
        tells=_statement,
        searched=("section", "statement", "good", "outstanding", "statute"),
        url_name="standards:standard",
        address=("edition__number", "code"),
    ),
    Kind(
        code="question",
        words="Question of case audits",
        several="Questions of case audits",
        permission=Permission.SEE_STANDARDS,
        rows=lambda person: Question.objects.filter(standard__in=standards_in_force()),
        name=("text", "code"),
        tells=first_alone,
        searched=("text",),
        url_name="standards:standard",
        address=("standard__edition__number", "standard__code"),
    ),
    Kind(
        code="case_audit_programme",
        words="Programme of case audits",
        several="Programmes of case audits",
        permission=Permission.SEE_PRACTICE,
        rows=lambda person: AuditProgramme.objects.all(),
        name=("title", "theme"),
        tells=first_alone,
        searched=("title", "theme", "owner"),
        url_name="case_audits:programme",
    ),
    Kind(
        code="case_audit_round",
        words="Round of case audits",
        several="Rounds of case audits",
        permission=Permission.SEE_PRACTICE,
        rows=lambda person: Round.objects.all(),
        name=("programme__title", "starts_on"),
        tells=_round,
        searched=("programme__title", "programme__theme"),
        url_name="case_audits:programme",
        address=("programme_id",),
    ),
    Kind(
        code="learning",
        words="Theme of learning",
        several="Themes of learning",
        permission=Permission.SEE_PRACTICE,
        rows=lambda person: Learning.objects.all(),
        key="code",
        name=("title", "code"),
        tells=first_alone,
        searched=("title",),
        url_name="case_audits:theme",
    ),
    Kind(
        code="training",
        words="Training that learning led to",
        several="Training that learning led to",
        permission=Permission.SEE_PRACTICE,
        rows=lambda person: LearningOutcome.objects.filter(kind=LearningOutcome.Kind.TRAINING),
        name=("decided_on", "text"),
        tells=day_first,
        searched=("text",),
        url_name="case_audits:theme",
        address=("learning__code",),
    ),
    Kind(
        code="dip_sample",
        words="Dip sample",
        several="Dip samples",
        permission=Permission.SEE_PRACTICE,
        rows=lambda person: dip_samples(),
        key="ref",
        name=("ref", "design_version__title"),
        searched=("ref", "design_version__title", "design_version__question"),
        url_name="dip_samples:dip_sample",
    ),
    Kind(
        code="case_review",
        words="Review of every case",
        several="Reviews of every case",
        permission=Permission.SEE_PRACTICE,
        rows=lambda person: case_reviews.exercises(),
        key="ref",
        name=("ref", "title"),
        searched=("ref", "title", "why"),
        url_name="case_reviews:exercise",
    ),
    Kind(
        code="practice_week",
        words="Practice Week",
        several="Practice Weeks",
        permission=Permission.SEE_PRACTICE,
        rows=lambda person: PracticeWeek.objects.all(),
        key="ref",
        name=("starts_on", "theme"),
        tells=day_first,
        searched=("ref", "theme"),
        url_name="practice_weeks:report",
    ),
    Kind(
        code="week_said",
        words="You said, we did, of a Practice Week",
        several="You said, we did, of Practice Weeks",
        permission=Permission.SEE_STANDARDS,
        rows=lambda person: practice_weeks.published(),
        name=("said", "did"),
        tells=_said_and_did,
        searched=("said", "doing", "did"),
        url_name="practice_weeks:you_said",
    ),
    Kind(
        code="feedback_theme",
        words="Theme of feedback",
        several="Themes of feedback",
        permission=Permission.SEE_VOICE,
        listed=_feedback_themes,
        url_name="voice:list",
    ),
    Kind(
        code="reply",
        words="You said, we did",
        several="You said, we did",
        permission=Permission.SEE_VOICE,
        rows=replies,
        name=("said", "did"),
        tells=_said_and_did,
        searched=("said", "did"),
        coded={"theme": voice_words.themes, "audience": voice_words.audiences},
        url_name="voice:list",
    ),
    Kind(
        code="case_challenge",
        words="Challenge of a reviewing officer",
        several="Challenges of reviewing officers",
        permission=Permission.SEE_CHALLENGES,
        rows=challenges.visible_to,
        key="ref",
        name=("ref", "theme"),
        tells=_challenge,
        searched=("ref", "team"),
        coded={"theme": _challenge_themes},
        url_name="challenges:challenge",
    ),
    Kind(
        code="clinic_action",
        words="Action of a clinic",
        several="Actions of clinics",
        permission=Permission.SEE_CLINICS,
        rows=_clinic_actions,
        key="ref",
        name=("ref", "clinic__team"),
        tells=_of_team,
        searched=("ref", "text", "owner"),
        url_name="clinics:clinic",
        address=("clinic_id",),
    ),
)
