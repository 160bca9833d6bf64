"""What is written of results: what case audits of a period show becomes evidence of an action."""

from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.models import Learning
from goldenthread_web.case_audits.results_intervals import share
from goldenthread_web.case_audits.results_reading import SELECTIONS, like_with_like, looks, mix
from goldenthread_web.case_audits.results_themes import seen_in
from goldenthread_web.improvement.evidence_services import add_evidence
from goldenthread_web.improvement.models import Action, Evidence
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.words import day_said


@service(Permission.UPDATE_ACTIONS)
def use_as_evidence(
    action: Action,
    *,
    starts_on: date,
    ends_on: date,
    selection: str,
    result: str,
    team: str = "",
    learning: Learning | None = None,
    expires_on: date | None = None,
    received_on: date | None = None,
    by: User,
) -> Evidence:
    """Add what case audits of a period show as evidence of an action. It is about the last of their days.

    The sentence is made here, from what is kept: the share that was good or better, or that shows a theme.
    """
    if selection not in SELECTIONS or ends_on < starts_on:
        raise Refused("Say of which case audits: how they were chosen, from when to when.")
    found = like_with_like(looks(starts_on, ends_on), selection=selection)
    found = [one for one in found if team in ("", one.team)]
    if len(found) < rules().least_for_share:
        raise Refused(
            f"There are {len(found)} such case audits: fewer than {rules().least_for_share} show nothing."
        )
    if learning is None:
        said = f"{mix(found).good.said} were good or outstanding"
    else:
        number = len(seen_in(learning, [one.pk for one in found]))
        said = f"{share(number, len(found)).said} show: {learning.title}"
    of = f" of {team}" if team else ""
    made = add_evidence(
        action,
        kind=Evidence.Kind.CASE_AUDIT,
        text=(
            f"Case audits{of}, {SELECTIONS[selection].lower()}, {day_said(starts_on)} to "
            f"{day_said(ends_on)}: {said}."
        ),
        result=result,
        about_on=max(one.completed_on for one in found),
        received_on=received_on,
        expires_on=expires_on,
        where="Results of case audits",
        by=by,
    )
    changes = {"action": action.ref, "selection": selection, "case_audits": len(found)}
    record("case_audits.used_as_evidence", made, by=by, changes=changes)
    return made
