"""Missing children and exploitation: do episodes, interviews and flags fit each other?"""

from functools import partial

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.children import age_on, open_cases, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, overlap, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.quality.spells import with_spells
from goldenthread.standard import table

_episodes = table("missing_episodes").rows
_records = table("exploitation_records").rows


def _checked_episode_rows() -> ir.Table:
    rows = with_child(_episodes).mutate(
        started_on=_.started_at.cast("date"),
        ended_on=_.ended_at.cast("date"),
        interviewed_on=_.rhi_completed_at.cast("date"),
    )
    rows = rows.mutate(age_missing=age_on(rows, rows.started_on))
    rows = with_spells("missing_episodes", rows, "started_on")
    return with_facts(
        "missing_episodes",
        rows,
        _episodes,
        facts={
            "overlaps": lambda t: (
                (t.other_episode_id != t.episode_id) & overlap(t, "other", start="started_at", end="ended_at")
            )
        },
    )


def _checked_record_rows() -> ir.Table:
    rows = _records
    flags = _records.filter(_.kind.isin(["flag_opened", "flag_closed"]))

    order = ibis.window(
        group_by=["authority", "child_id", "exploitation_type"], order_by=[_.done_on, _.record_id]
    )
    in_order = flags.mutate(
        earlier_kind=flags.kind.lag().over(order),
        later_kind=flags.kind.lead().over(order),
    ).select("authority", "record_id", "child_id", "earlier_kind", "later_kind")
    rows = rows.left_join(in_order, ["authority", "record_id", "child_id"]).select(
        *rows.columns, "earlier_kind", "later_kind"
    )
    return with_facts(
        "exploitation_records",
        rows,
        open_cases.table.select("authority", "child_id"),
        prefix="case",
        facts={"has_open_case": lambda t: t.case_child_id.notnull()},
    )


_checked_episodes = Population(
    name="checked_missing_episodes",
    about="Missing episodes with the child's age, the care around them and the other episodes.",
    rows=_checked_episode_rows(),
)
_checked_records = Population(
    name="checked_exploitation_records",
    about="Exploitation records with the flag before and after each flag.",
    rows=_checked_record_rows(),
)
_m, _x = _checked_episodes.table, _checked_records.table
_missing = partial(Rule, table="missing_episodes", rows=_m)
_record = partial(Rule, table="exploitation_records", rows=_x)
_both_timed = (_m.ended_at_is_timed & _m.rhi_completed_at_is_timed).fill_null(False)
_is_flag = _x.kind == "flag_opened"

RULES = (
    _missing(
        code="overlapping-missing-episodes",
        title="Two missing episodes of a child overlap",
        advice="Join them, or end the first when the child came back.",
        source="SSDA903 rule 574",
        fails=_m.overlaps,
        shows=("episode_id", "started_at", "ended_at"),
        needs=("missing_episodes.ended_at", "missing_episodes.started_at"),
    ),
    _missing(
        code="missing-for-a-month",
        title="Child has been recorded as missing for more than 30 days",
        advice="If the child is back, record when; if not, see that the strategy meeting is held today.",
        fails=_m.ended_at.isnull() & (days_ago(_m.started_on) > 30),
        shows=("started_at", "kind"),
        needs=("missing_episodes.ended_at",),
    ),
    _missing(
        code="interview-before-return",
        title="Return interview was carried out before the child came back",
        advice="Check the time of the interview and of the return.",
        fails=_both_timed.ifelse(_m.rhi_completed_at_utc < _m.ended_at_utc, _m.interviewed_on < _m.ended_on),
        shows=("ended_at", "rhi_completed_at"),
        needs=("missing_episodes.rhi_completed_at", "missing_episodes.ended_at"),
    ),
    _missing(
        code="interview-without-offer",
        title="Return interview was carried out and is recorded as not offered",
        advice="Record that the interview was offered.",
        fails=_m.rhi_completed_at.notnull() & (_m.is_rhi_offered == False),  # noqa: E712
        shows=("ended_at", "is_rhi_offered", "rhi_completed_at"),
        needs=("missing_episodes.is_rhi_offered", "missing_episodes.rhi_completed_at"),
    ),
    _missing(
        code="interview-accepted-without-offer",
        title="Return interview was accepted and is recorded as not offered",
        advice="Record that the interview was offered.",
        fails=_m.is_rhi_accepted & (_m.is_rhi_offered == False),  # noqa: E712
        shows=("ended_at", "is_rhi_offered", "is_rhi_accepted"),
        needs=("missing_episodes.is_rhi_offered", "missing_episodes.is_rhi_accepted"),
    ),
    _missing(
        code="interview-although-declined",
        title="Return interview was carried out and is recorded as not accepted",
        advice="Record that the child accepted the interview, or take its date out.",
        fails=_m.rhi_completed_at.notnull() & (_m.is_rhi_accepted == False),  # noqa: E712
        shows=("ended_at", "is_rhi_accepted", "rhi_completed_at"),
        needs=("missing_episodes.is_rhi_accepted", "missing_episodes.rhi_completed_at"),
    ),
    _missing(
        code="answer-to-interview-not-recorded",
        title="Return interview was offered and it is not recorded whether the child accepted",
        advice="Ask who made the offer and record the child's answer.",
        fails=_m.is_rhi_offered & _m.is_rhi_accepted.isnull() & _m.rhi_completed_at.isnull()
        & (days_ago(_m.ended_on) > 10),
        shows=("ended_at", "is_rhi_offered"),
        needs=("missing_episodes.is_rhi_accepted", "missing_episodes.is_rhi_offered"),
    ),
    _missing(
        code="away-from-no-placement",
        title="Child is recorded as away from placement while not looked after",
        advice="Record the episode as missing, or correct the period of care.",
        source="SSDA903 rules 578 and 581",
        fails=(_m.kind == "away") & ~_m.was_in_care,
        shows=("started_at", "kind"),
        needs=("missing_episodes.kind", "care_periods.ended_on"),
    ),
    _missing(
        code="missing-before-birth-or-as-adult",
        title="Missing episode is dated before birth or after the 18th birthday",
        advice="Check the date of birth and the date of the episode.",
        source="SSDA903 rule 586",
        fails=(_m.started_on < _m.born_on) | (_m.age_missing >= 18),
        shows=("started_at", "born_on"),
        needs=("missing_episodes.started_at", "children.born_on"),
    ),
    _record(
        code="flag-closed-that-was-not-open",
        title="Exploitation flag was closed that had not been opened",
        advice="Record when the flag was opened, or correct its type.",
        fails=(_x.kind == "flag_closed") & (_x.earlier_kind != "flag_opened").fill_null(True),
        shows=("done_on", "exploitation_type"),
        needs=("exploitation_records.kind", "exploitation_records=flag_opened"),
    ),
    _record(
        code="flag-opened-twice",
        title="Exploitation flag was opened that was open already",
        advice="Record when the earlier flag was closed, or remove the second.",
        fails=_is_flag & (_x.earlier_kind == "flag_opened"),
        shows=("done_on", "exploitation_type"),
        needs=("exploitation_records.kind",),
    ),
    _record(
        code="flag-open-on-closed-case",
        title="Exploitation flag has been open for three months and the child has no open case",
        advice="Review the risk: close the flag, or reopen the case.",
        fails=_is_flag & _x.later_kind.isnull() & ~_x.has_open_case & (days_ago(_x.done_on) > 92),
        shows=("done_on", "exploitation_type"),
        needs=("exploitation_records.kind", "referrals.closed_on", "assessments.started_on"),
    ),
    _record(
        code="exploitation-assessed-without-level",
        title="Assessment of exploitation does not say how high the risk is",
        advice="Record the level of risk that was found.",
        fails=(_x.kind == "assessment") & _x.risk_level.isnull(),
        shows=("done_on", "exploitation_type", "risk_level"),
        needs=("exploitation_records.risk_level", "exploitation_records.kind"),
    ),
    _record(
        code="flag-without-type",
        title="Exploitation flag does not say of what kind",
        advice="Record the type of exploitation.",
        fails=_is_flag & _x.exploitation_type.isnull(),
        shows=("done_on", "kind"),
        needs=("exploitation_records.exploitation_type", "exploitation_records.kind"),
    ),
)  # fmt: skip
