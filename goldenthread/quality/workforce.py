"""Posts and teams: is every worker in one place, and every team led and in force?"""

from functools import partial

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, days_between
from goldenthread.populations.population import Population
from goldenthread.quality.facts import overlap, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON
from goldenthread.standard import table

_posts = table("posts").rows
_teams = table("teams").rows


def _is_in_force(teams: ir.Table, day: ir.DateValue) -> ir.BooleanValue:
    until = teams.effective_to_on.isnull() | (teams.effective_to_on >= day)
    return (teams.effective_from_on <= day) & until


def _team_today() -> ir.Table:
    return _teams.group_by("authority", "team").aggregate(is_in_force=_is_in_force(_teams, AS_AT_ON).any())


def _checked_post_rows() -> ir.Table:
    rows = _posts.mutate(is_current=_.ended_on.isnull(), is_vacant=_.employment == "vacant")
    rows = with_facts(
        "posts",
        rows,
        _posts,
        prefix="same",
        on=("post_id",),
        facts={
            "overlaps_itself": lambda t: (t.same_started_on != t.started_on) & overlap(t, "same"),
        },
    )
    rows = with_facts(
        "posts",
        rows,
        _posts,
        on=("worker_id",),
        facts={"has_other_name": lambda t: t.other_worker_name != t.worker_name},
        numbers={"whole_fte": lambda t: t.other_fte.sum(where=t.other_ended_on.isnull())},
    )
    rows = with_facts(
        "posts",
        rows,
        table("recruitment_campaigns").rows,
        prefix="campaign",
        on=("campaign_id",),
        facts={"is_before_advert": lambda t: t.started_on < t.campaign_advertised_on},
    )
    return with_facts(
        "posts",
        rows,
        _team_today(),
        prefix="team",
        on=("team",),
        facts={"team_has_ended": lambda t: ~t.team_is_in_force},
    )


def _checked_team_rows() -> ir.Table:
    rows = _teams.mutate(
        is_current=_is_in_force(_teams, AS_AT_ON),
        # The last day of a team is still a day of it: the first day without is the one after.
        ended_on=days_after(_.effective_to_on, 1),
    )
    rows = with_facts(
        "teams",
        rows,
        rows,
        on=("team",),
        facts={
            "overlaps": lambda t: (
                (t.other_effective_from_on != t.effective_from_on)
                & overlap(t, "other", start="effective_from_on", end="ended_on")
            ),
            "has_later": lambda t: t.other_effective_from_on > t.effective_to_on,
            "goes_on": lambda t: days_between(t.effective_to_on, t.other_effective_from_on) == 1,
        },
    )
    rows = with_facts(
        "teams",
        rows,
        _posts,
        prefix="manager",
        on=(("manager_worker_id", "worker_id"),),
        facts={"manager_is_in_post": lambda t: t.manager_ended_on.isnull()},
    )
    return with_facts(
        "teams",
        rows,
        _posts.filter(_.ended_on.isnull() & (_.employment != "vacant")),
        prefix="post",
        on=("team",),
        facts={"has_worker": lambda t: t.post_worker_id.notnull()},
    )


_checked_posts = Population(
    name="checked_posts",
    about="Posts with the other spells of the post and of the worker, the campaign and the team.",
    rows=_checked_post_rows(),
)
_checked_teams = Population(
    name="checked_teams",
    about="Teams with their other rows, their manager and whether anyone works there.",
    rows=_checked_team_rows(),
)
_p, _t = _checked_posts.table, _checked_teams.table
_post = partial(Rule, table="posts", rows=_p)
_team = partial(Rule, table="teams", rows=_t)
_DATES = ("started_on", "ended_on")
_OF_VACANCIES, _OF_AGENCY = ("filled", "deleted"), ("agency_end", "converted")

RULES = (
    _post(
        code="post-overlaps-itself",
        title="Two spells of one post overlap",
        advice="End the earlier spell on the day the later one began.",
        fails=_p.overlaps_itself,
        shows=("post_id", *_DATES, "employment"),
        needs=("posts.started_on", "posts.ended_on"),
    ),
    _post(
        code="worker-over-full-time",
        title="Posts of one worker add up to more than full time",
        advice="End the post the worker has left, or correct the hours.",
        fails=_p.is_current & (_p.whole_fte > 1),
        shows=("post_id", "fte", "whole_fte"),
        needs=("posts.fte", "posts.worker_id", "posts.ended_on"),
    ),
    _post(
        code="worker-with-two-names",
        title="One worker id has two names",
        advice="Check whose id it is; if the worker has changed their name, use the new one throughout.",
        fails=_p.has_other_name,
        shows=("worker_name", *_DATES),
        needs=("posts.worker_name", "posts.worker_id"),
    ),
    _post(
        code="first-year-in-no-social-worker-post",
        title="Worker is in the assessed and supported year in a post that is not a social worker's",
        advice="Correct the role of the post, or take the mark out.",
        fails=_p.is_current & _p.is_asye & ~_p.is_social_worker,
        shows=("role", "is_asye", "is_social_worker"),
        needs=("posts.is_asye", "posts.is_social_worker"),
    ),
    _post(
        code="social-worker-not-counted-as-one",
        title="Post of a social worker is marked as not needing registration",
        advice="Correct the mark or the role: the post is missing from the workforce census.",
        source="Social work workforce census",
        fails=_p.is_current & _p.role.isin(["social_worker", "senior_social_worker"]) & ~_p.is_social_worker,
        shows=("role", "is_social_worker"),
        needs=("posts.is_social_worker", "posts.role"),
    ),
    _post(
        code="converted-to-no-permanent-post",
        title="Worker converted from agency and the post is not permanent",
        advice="Correct how the post is filled, or take the mark out.",
        fails=_p.is_converted_from_agency & (_p.employment != "permanent"),
        shows=("employment", "is_converted_from_agency", "started_on"),
        needs=("posts.is_converted_from_agency", "posts.employment"),
    ),
    _post(
        code="reason-for-end-of-current-post",
        title="Post has a reason for its end and no end date",
        advice="Record the last day, or take the reason out.",
        fails=_p.is_current & _p.end_reason.notnull(),
        shows=("started_on", "end_reason"),
        needs=("posts.end_reason", "posts.ended_on"),
    ),
    _post(
        code="reason-does-not-fit-employment",
        title="Reason why the post ended does not fit how it was filled",
        advice="Choose a reason for a vacancy, for agency or for permanent staff as the post was filled.",
        fails=ibis.cases(
            (_p.employment == "vacant", ~_p.end_reason.isin(_OF_VACANCIES)),
            (_p.employment == "permanent", _p.end_reason.isin([*_OF_AGENCY, "filled"])),
            (_p.employment == "agency", _p.end_reason.isin(["retired", "resigned", "filled"])),
        ),
        shows=("employment", "end_reason", "ended_on"),
        needs=("posts.end_reason", "posts.employment"),
    ),
    _post(
        code="post-in-a-closed-team",
        title="Post is in a team that no longer exists",
        advice="Move the post to the team that took over, or end it.",
        fails=_p.is_current & _p.team_has_ended,
        shows=("team", "role", "started_on"),
        needs=("posts.team", "posts.ended_on", "teams.effective_to_on"),
    ),
    _post(
        code="worker-of-unlikely-age",
        title="Worker would be under 18 or over 80",
        advice="Check the year of birth.",
        fails=_p.is_current & ~(AS_AT_ON.year() - _p.birth_year).between(18, 80),
        shows=("birth_year", "role"),
        needs=("posts.birth_year", "posts.ended_on"),
    ),
    _post(
        code="post-of-no-hours",
        title="Post that is filled has no hours",
        advice="Record the full-time equivalent that the worker is paid for.",
        fails=_p.is_current & ~_p.is_vacant & (_p.fte == 0),
        shows=("role", "employment", "fte"),
        needs=("posts.fte", "posts.employment"),
    ),
    _post(
        code="permanent-outside-establishment",
        title="Permanent worker is over the funded establishment",
        advice="Check whether the post is funded; only agency workers are over establishment.",
        severity="info",
        fails=_p.is_current & (_p.employment == "permanent") & ~_p.is_established,
        shows=("role", "employment", "is_established"),
        needs=("posts.is_established", "posts.employment"),
    ),
    _post(
        code="sickness-more-than-working-days",
        title="More days were lost to sickness than a year has working days",
        advice="Count working days, not calendar days or hours.",
        fails=_p.sickness_days_12m > 262,
        shows=("sickness_days_12m", "role"),
        needs=("posts.sickness_days_12m",),
    ),
    _post(
        code="started-before-advert",
        title="Worker started before the campaign that is said to have found them was advertised",
        advice="Link the post to the right campaign.",
        fails=_p.is_before_advert,
        shows=("campaign_id", "started_on"),
        needs=("posts.campaign_id", "posts.started_on", "recruitment_campaigns.advertised_on"),
    ),
    _team(
        code="overlapping-team-rows",
        title="Two rows of one team are in force on one day",
        advice="End the earlier row the day before the later one begins.",
        fails=_t.overlaps,
        shows=("team", "effective_from_on", "effective_to_on", "service"),
        needs=("teams.effective_to_on", "teams.effective_from_on"),
    ),
    _team(
        code="gap-in-team",
        title="Team was not in force for some days in between",
        advice="Check the dates of both rows: work of those days is shown under no team.",
        fails=_t.has_later & ~_t.goes_on & ~_t.overlaps,
        shows=("team", "effective_from_on", "effective_to_on"),
        needs=("teams.effective_to_on", "teams.effective_from_on"),
    ),
    _team(
        code="team-without-manager",
        title="Team with workers has no manager",
        advice="Record who manages the team: nobody sees its worklist.",
        fails=_t.is_current & _t.manager_worker_id.isnull() & _t.has_worker,
        shows=("team", "service"),
        needs=("teams.manager_worker_id", "posts.team"),
    ),
    _team(
        code="team-manager-not-in-post",
        title="Manager of the team is not in post",
        advice="Record who manages the team today.",
        fails=_t.is_current & _t.manager_worker_id.notnull() & ~_t.manager_is_in_post,
        shows=("team", "manager_worker_id"),
        needs=("teams.manager_worker_id", "posts.worker_id", "posts.ended_on"),
    ),
)  # fmt: skip
