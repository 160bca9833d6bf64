"""What is written of learning: themes, which case audits show them, and what is done about each."""

import tomllib
from collections.abc import Iterable
from datetime import date
from importlib.resources import files

from django.utils.text import slugify

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits.models import CaseAudit, Learning, LearningOutcome, Themed
from goldenthread_web.config.clock import now, today
from goldenthread_web.improvement.models import Action
from goldenthread_web.standards.domains import domains
from goldenthread_web.standards.models import Edition, Standard
from goldenthread_web.standards.queries import in_the_making
from goldenthread_web.standards.services import say_what_is_new
from goldenthread_web.trail.recording import record

Kind = LearningOutcome.Kind


@service(Permission.LEAD_CASE_AUDITS)
def begin_themes(*, by: User) -> int:
    """Take over the themes of learning.toml that are not there yet; how many came."""
    said = tomllib.loads((files("goldenthread_web.case_audits") / "learning.toml").read_text("utf-8"))
    held = set(Learning.objects.values_list("code", flat=True))
    new = [Learning(**one) for one in said["themes"] if one["code"] not in held]
    Learning.objects.bulk_create(new)
    record("learning.begun", by=by, changes={"themes": len(new)})
    return len(new)


@service(Permission.LEAD_CASE_AUDITS)
def add_theme(title: str, *, domain: str, is_strength: bool = False, by: User) -> Learning:
    """A theme of one's own."""
    words = title.strip()
    code = slugify(words)[:60].strip("-")
    if not code:
        raise Refused("Say in a few words what is learnt.")
    if domain not in domains():
        raise Refused("Choose the domain it belongs to.")
    if Learning.objects.filter(code=code).exists():
        raise Refused("There is a theme with these words already.")
    made = Learning.objects.create(code=code, title=words, domain=domain, is_strength=is_strength)
    record("learning.added", ("learning", code), by=by, changes={"domain": domain})
    return made


@service(Permission.AUDIT_CASES)
def code_with(case_audit: CaseAudit, themes: Iterable[Learning], *, by: User) -> list[Learning]:
    """Say which themes a case audit shows: its auditor, or whoever leads. It replaces what was said."""
    if case_audit.auditor_id != by.pk and not by.may(Permission.LEAD_CASE_AUDITS):
        raise NotForYourself("Only its auditor and whoever leads case audits say what a case audit shows.")
    if case_audit.state == CaseAudit.State.WITHDRAWN:
        raise Refused(f"{case_audit.ref} was withdrawn: nothing is learnt from it.")
    wanted = {one.pk: one for one in themes}
    held = set(Themed.objects.filter(case_audit=case_audit).values_list("learning", flat=True))
    Themed.objects.filter(case_audit=case_audit, learning__in=held - set(wanted)).delete()
    Themed.objects.bulk_create(
        [Themed(case_audit=case_audit, learning_id=key) for key in sorted(set(wanted) - held)]
    )
    changes = {"themes": sorted(one.code for one in wanted.values())}
    record("case_audit.coded", case_audit, by=by, changes=changes)
    return list(wanted.values())


@service(Permission.LEAD_CASE_AUDITS)
def decide_outcome(
    learning: Learning,
    *,
    kind: str,
    text: str,
    action: Action | None = None,
    standard: Standard | None = None,
    on: date | None = None,
    by: User,
) -> LearningOutcome:
    """Say what is done about a theme: an action of the plan, training, a standard; or nothing, and why."""
    words = text.strip()
    if len(words) < 10:
        raise Refused("Say in a sentence what is done, or why nothing is.")
    if kind == Kind.PLAN_ACTION and (action is None or not action.is_live):
        raise Refused("Name the action of the improvement plan that takes it up.")
    if kind == Kind.STANDARD and standard is None:
        raise Refused("Name the practice standard that is to say it.")
    day = on or today()
    if day > today():
        raise Refused("The day lies ahead: write it down once it is decided.")
    made = LearningOutcome.objects.create(
        learning=learning,
        kind=Kind(kind),
        action=action if kind == Kind.PLAN_ACTION else None,
        standard=standard if kind == Kind.STANDARD else None,
        text=words,
        decided_on=day,
        decided_by=by,
        decided_at=now(),
    )
    changes = {"theme": learning.code, "kind": kind}
    record("learning.decided", made, by=by, changes=changes)
    if kind == Kind.STANDARD and standard is not None:
        _note_for_draft(standard, words, by)
    return made


def _note_for_draft(standard: Standard, words: str, by: User) -> None:
    """An edition that is being written gets the note. Where none is, the learning page says what waits."""
    draft = in_the_making()
    if draft is not None and draft.state == Edition.State.DRAFT and by.may(Permission.KEEP_STANDARDS):
        note = f"From case audits, about “{standard.statement}” {words}"
        about = f"{draft.about}\n\n{note}" if draft.about else note
        say_what_is_new(draft, version=draft.version, about=about, by=by)
