"""What stands on the one screen of a clinic? Sections in the order of the meeting, each row with its form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.clinics import queries
from goldenthread_web.clinics.forms import ActionForm, CloseForm, JudgeForm, OutcomeForm
from goldenthread_web.clinics.kinds import Kind, frame, kinds, reasons
from goldenthread_web.clinics.models import Clinic, ClinicAction, ClinicException, Escalation
from goldenthread_web.extracts.children import index


@dataclass(frozen=True, kw_only=True)
class Row:
    """One exception and its form; no form once the clinic is closed."""

    exception: ClinicException
    actions: tuple[ClinicAction, ...]  # agreed about it
    child_id: str
    is_open_to: bool  # whether the person may open the child's page
    reason: str
    form: JudgeForm | None


@dataclass(frozen=True, kw_only=True)
class Section:
    """The exceptions of one kind."""

    kind: Kind
    rows: tuple[Row, ...]
    left: int  # to be judged still
    left_out: int  # of this kind, more than one clinic can look at
    without_reason: tuple[tuple[str, str, int], ...]  # item, label, how many: where one reason may do for all


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An action of an earlier clinic and what can be said of it."""

    action: ClinicAction
    is_answered: bool
    times: int  # carried so far
    goes_up: bool  # carried so often that the operational board should hear of it
    form: OutcomeForm | None


@dataclass(frozen=True, kw_only=True)
class Screen:
    """The whole screen."""

    opening: tuple[Opening, ...]
    escalations: tuple[Escalation, ...]  # what the team put before a board: answers the clinic has not read
    sections: tuple[Section, ...]
    lacking: tuple[str, ...]
    references: frozenset[str]
    may_run: bool
    may_judge: bool
    action_form: ActionForm
    close_form: CloseForm
    actions: tuple[ClinicAction, ...]  # agreed in this clinic

    @property
    def number(self) -> int:
        """How many exceptions there are."""
        return sum(len(section.rows) for section in self.sections)


def screen_of(
    clinic: Clinic,
    scope: ChildScope,
    person: User,
    given: Mapping[str, Any] | None,
    posted: tuple[str, int] | None,
) -> Screen:
    """The screen for a person. `posted` names the form that was filled in: its kind, and its row."""
    may_run = person.may(Permission.RUN_CLINICS) and (scope.everyone or clinic.team in scope.teams)
    may_judge = may_run or clinic.team in scope.teams
    found = queries.exceptions_of(clinic, scope)
    actions = queries.actions_of(clinic, scope)
    sections = [
        _section(clinic, kind, found, actions, scope, may_judge, given, posted) for kind in kinds().values()
    ]
    opening = actions.opening
    answered = {one.pk for one in opening} - {one.pk for one in queries.without_answer(opening)}
    escalations = queries.escalations_for(clinic)
    before_board = {one.action_id for one in escalations}
    opened = [_opening(one, clinic, one.pk in answered, may_judge, given, posted) for one in opening]
    return Screen(
        opening=tuple(
            replace(one, goes_up=one.goes_up and one.action.pk not in before_board) for one in opened
        ),
        escalations=tuple(escalations),
        sections=tuple(one for one in sections if one.rows),
        lacking=tuple(queries.lacking(actions, found)) if clinic.is_open else (),
        references=frozenset(one.reference for one in found if one.reference),
        may_run=may_run,
        may_judge=may_judge,
        action_form=ActionForm(given if posted and posted[0] == "action" else None),
        close_form=CloseForm(given if posted and posted[0] == "close" else None, auto_id="close_%s"),
        actions=actions.agreed,
    )


def _section(
    clinic: Clinic,
    kind: Kind,
    found: list[ClinicException],
    actions: queries.Actions,
    scope: ChildScope,
    may_judge: bool,
    given: Mapping[str, Any] | None,
    posted: tuple[str, int] | None,
) -> Section:
    mine = [one for one in found if one.kind == kind.code]
    children, agreed = index(), actions.by_exception
    may_open = children.within([one.reference for one in mine if one.reference], scope)
    rows = []
    for one in mine:
        child = children.by_reference.get(one.reference) if one.reference else None
        own = given if posted == ("exception", one.pk) else None
        rows.append(
            Row(
                exception=one,
                actions=tuple(agreed.get(one.pk, ())),
                child_id=child.child_id if child else "",
                is_open_to=one.reference in may_open,
                reason=reasons().get(one.reason, ""),
                form=JudgeForm(own, of=one, clinic=clinic) if clinic.is_open and may_judge else None,
            )
        )
    alike: dict[tuple[str, str], int] = {}
    for one in mine:
        if kind.is_judged and not one.reason:
            alike[one.item, one.label] = alike.get((one.item, one.label), 0) + 1
    return Section(
        kind=kind,
        rows=tuple(rows),
        left=len(queries.not_judged(mine)),
        left_out=clinic.left_out.get(kind.code, 0),
        without_reason=tuple((*key, number) for key, number in alike.items() if number > 2),
    )


def _opening(
    action: ClinicAction,
    clinic: Clinic,
    is_answered: bool,
    may_judge: bool,
    given: Mapping[str, Any] | None,
    posted: tuple[str, int] | None,
) -> Opening:
    own = given if posted == ("outcome", action.pk) else None
    open_to = clinic.is_open and may_judge and not is_answered
    return Opening(
        action=action,
        is_answered=is_answered,
        times=action.times,  # type: ignore[attr-defined] - counted with it
        goes_up=clinic.is_open and not action.outcome and action.times >= frame().escalate_after,  # type: ignore[attr-defined]
        form=OutcomeForm(own, of=action) if open_to else None,
    )
