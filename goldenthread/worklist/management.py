"""What managers do: oversight of cases, supervision of workers and the actions it sets."""

import ibis

from goldenthread.calendar import days_after
from goldenthread.populations.activity import cases_overseen
from goldenthread.populations.caseloads import children_of_supervised, workers_supervised
from goldenthread.populations.population import Population
from goldenthread.populations.supervision import actions_to_do
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_case = cases_overseen.table
oversight = Item(
    code="oversight",
    label="Management oversight",
    timescale="TS40",
    duties=(
        Duty(
            of=cases_overseen,
            clock_start=_case.open_date,
            last_done=_case.overseen_on,
            due_on=days_after(ibis.coalesce(_case.overseen_on, _case.open_date), parameter("oversight_days")),
            needs=(
                "referrals.received_on",
                "referrals.closed_on",
                "referrals.is_nfa",
                "assessments.started_on",
                "cin_plans.started_on",
                "cp_plans.started_on",
                "care_periods.started_on",
                "management_oversights.overseen_on",
                "management_oversights=oversight|case_supervision|assessment_checkpoint",
            ),
            never="No oversight since the case opened on {clock_start}.",
            since="A manager last recorded oversight on {last_done}; due every {oversight_days} days.",
        ),
    ),
)


def _supervised(of: Population, who: str) -> Duty:
    rows = of.table
    last = rows.last_session_on
    return Duty(
        of=of,
        who=who,
        clock_start=ibis.coalesce(last, rows.in_post_since_on),
        last_done=last,
        # A session before the worker came back into post was of the time before.
        due_on=days_after(
            ibis.greatest(ibis.coalesce(last, rows.in_post_since_on), rows.in_post_since_on),
            parameter("supervision_days"),
        ),
        of_worker=True,
        needs=(
            "allocations.worker_id",
            "posts.started_on",
            "supervisions.held_on",
            "supervisions=one_to_one",
        ),
        never="The worker, in post since {clock_start}, has had no supervision.",
        since="The worker was last supervised on {last_done}; due every {supervision_days} days.",
    )


supervision = Item(
    code="supervision",
    label="Supervision of the worker",
    timescale="TS41",
    duties=(
        _supervised(workers_supervised, "workers"),
        _supervised(children_of_supervised, "the children they hold"),
    ),
)

_action = actions_to_do.table
supervision_action = Item(
    code="supervision_action",
    label="Supervision action",
    duties=(
        Duty(
            of=actions_to_do,
            clock_start=_action.due_on,
            due_on=_action.due_on,
            needs=("supervision_actions.due_on", "supervision_actions.completed_on"),
            never="An action set in supervision is not completed.",
        ),
    ),
)

ITEMS = (oversight, supervision, supervision_action)
