"""Early help: assessments, open and closed episodes, families, and steps to and from social care."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, months_after, open_until, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.care_reviews import in_care
from goldenthread.populations.children import open_at_end
from goldenthread.populations.periods_of import in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.populations.referrals import countable_referrals
from goldenthread.settings import parameter
from goldenthread.standard import table

_episodes = table("early_help_episodes").rows
_referrals = table("referrals").rows
_children = table("children").rows
_care_periods = table("care_periods").rows
# The kind of support is dropped once chosen: `service` is the service of the team (placing).
_early_help = _episodes.filter(_episodes.service == "early_help").drop("service")

CRITERIA = (
    "has_crime_asb",
    "has_school_absence",
    "has_child_needing_help",
    "has_worklessness",
    "has_domestic_abuse",
    "has_health_problem",
)


def not_placed(rows: ir.Table) -> ir.Table:
    """Rows that belong to no team or worker, because the indicator has no attribution."""
    nobody = ibis.null("string")
    return rows.drop(*[c for c in ("team", "worker_id") if c in rows.columns]).mutate(
        team=nobody, worker_id=nobody, service=nobody
    )


early_help_assessments_started = Population(
    name="early_help_assessments_started",
    about="Early help assessments begun in the period.",
    rows=not_placed(in_period(_early_help, "assessment_started_on").mutate(key=_.episode_id)),
)

early_help_assessments_completed = Population(
    name="early_help_assessments_completed",
    about="Early help assessments completed in the period.",
    rows=not_placed(in_period(_early_help, "assessment_completed_on").mutate(key=_.episode_id)),
)


def _assessed() -> ir.Table:
    """Assessments completed in the period; with basis due also those overdue at the as-at date."""
    done = in_period(_early_help, "assessment_completed_on")
    is_due = parameter("timeliness_basis", "EH-02") == "due"
    is_open = _early_help.assessment_completed_on.isnull() & _early_help.assessment_started_on.notnull()
    waiting = with_period(_early_help, is_open & is_due).mutate(on=_.as_at_on)
    rows = ibis.union(done, waiting.select(*done.columns))
    rows = with_working_day(rows, "assessment_started_on", "assessment_completed_on")
    waited = rows.as_at_on_working_day - rows.assessment_started_on_working_day
    is_counted = rows.assessment_completed_on.notnull() | (waited > parameter("eha_limit_wd"))
    return rows.filter(is_counted).mutate(key=rows.episode_id)


early_help_assessed = Population(
    name="early_help_assessed",
    about="Early help assessments completed in the period, with how long they took.",
    rows=placed(_assessed(), on="on", role="social_worker"),
)

early_help_open = Population(
    name="early_help_open",
    about="Early help episodes open at the end of the period.",
    rows=placed(
        open_at_end(_early_help).mutate(key=_.episode_id),
        on="ends_on",
        role="social_worker",
    ),
)


def _families() -> ir.Table:
    """Families with an open episode, by the criteria that hold on any of them."""
    rows = early_help_open.table
    family = _children.select("authority", "child_id", "family_id")
    rows = rows.left_join(family, ["authority", "child_id"]).select(*rows.columns, "family_id")
    rows = rows.mutate(
        family=ibis.coalesce(rows.family_id, rows.child_id), is_family=rows.family_id.notnull()
    )
    met = {name: rows[name].fill_null(False).cast("int64").max() for name in CRITERIA}
    recorded = ibis.or_(*[rows[name].notnull() for name in CRITERIA])
    by = ["period", "authority", "family", "is_family"]
    summed = rows.group_by(*by).aggregate(is_recorded=recorded.any(), **met)
    latest = first_per(rows, *by, order=[ibis.desc(_.started_on), ibis.desc(_.episode_id)]).select(
        *by, "ends_on", "team", "worker_id", "service"
    )
    joined = latest.inner_join(summed, by)
    criteria = sum((joined[name] for name in CRITERIA[1:]), joined[CRITERIA[0]])
    # A child without a family id is a unit of its own; a family is no child's.
    return joined.mutate(
        criteria_met=criteria,
        key=joined.is_family.ifelse(joined.family, ""),
        child_id=joined.is_family.ifelse(ibis.null("string"), joined.family),
    )


early_help_families = Population(
    name="early_help_families",
    about="Families with a child in early help at the end of the period, and how many criteria they meet.",
    rows=_families(),
)


def _linked_within(rows: ir.Table, events: ir.Table, event_on: str, ended_on: str) -> ir.Table:
    """Add whether one of the child's events lies 0 to `link_days` after the end."""
    wanted = events.select("authority", "child_id", linked_on=events[event_on])
    pairs = rows.inner_join(
        wanted,
        [
            rows.authority == wanted.authority,
            rows.child_id == wanted.child_id,
            wanted.linked_on >= rows[ended_on],
            wanted.linked_on <= days_after(rows[ended_on], parameter("link_days")),
        ],
    ).select("period", rows.authority, rows.child_id, "key")
    linked = pairs.distinct().mutate(is_linked=True)
    joined = rows.left_join(linked, ["period", "authority", "child_id", "key"])
    joined = joined.select(*rows.columns, "is_linked")
    window_over = joined.as_at_on > days_after(joined[ended_on], parameter("link_days"))
    return joined.mutate(is_linked=joined.is_linked.fill_null(False), is_window_over=window_over)


early_help_closed = Population(
    name="early_help_closed",
    about="Early help episodes that ended in the period, and whether a referral followed.",
    rows=placed(
        _linked_within(
            in_period(_early_help, "ended_on").mutate(key=_.episode_id), _referrals, "received_on", "ended_on"
        ),
        on="on",
        role="social_worker",
    ),
)

_stepped = _referrals.filter(~_referrals.is_nfa.fill_null(False))

referrals_stepped = Population(
    name="referrals_stepped",
    about="Episodes of need closed in the period, and whether early help followed.",
    rows=placed(
        _linked_within(
            in_period(_stepped, "closed_on").mutate(key=_.referral_id), _early_help, "started_on", "closed_on"
        ),
        on="on",
        role="social_worker",
    ),
)


def _closed_a_year_before() -> ir.Table:
    rows = with_period(
        _early_help,
        # What began after the day of reading does not exist yet, whatever its end says.
        (_early_help.started_on <= PERIOD.ends_on)
        & (_early_help.ended_on > months_after(PERIOD.ends_on, -24))
        & (_early_help.ended_on <= months_after(PERIOD.ends_on, -12)),
    ).mutate(key=_early_help.episode_id, on=_early_help.ended_on)
    referred = countable_referrals.table.select("authority", "child_id", referred_on=_.received_on)
    pairs = rows.inner_join(
        referred,
        [
            rows.authority == referred.authority,
            rows.child_id == referred.child_id,
            referred.referred_on > rows.ended_on,
            referred.referred_on <= months_after(rows.ended_on, 12),
        ],
    ).select("period", rows.authority, rows.child_id, "key")
    found = pairs.distinct().mutate(is_referred=True)
    joined = rows.left_join(found, ["period", "authority", "child_id", "key"])
    joined = joined.select(*rows.columns, "is_referred")
    return joined.mutate(is_referred=joined.is_referred.fill_null(False))


early_help_closed_a_year_before = Population(
    name="early_help_closed_a_year_before",
    about="Early help episodes that ended one to two years before the period's end, and who came back.",
    rows=placed(_closed_a_year_before(), on="on", role="social_worker"),
)


def _edge_of_care() -> ir.Table:
    """Edge-of-care support that began half a year before a day in the period."""
    rows = _episodes.filter(_episodes.service == "edge_of_care").drop("service")
    rows = rows.mutate(limit_on=months_after(rows.started_on, parameter("edge_months")))
    rows = in_period(rows, "limit_on")
    care = _care_periods.filter(in_care(_care_periods)).select(
        "authority", "child_id", care_started_on=_.started_on, care_ended_on=_.ended_on
    )
    children = _children.select("authority", "child_id", "born_on")
    pairs = rows.inner_join(care, ["authority", "child_id"]).left_join(children, ["authority", "child_id"])
    pairs = pairs.select(
        "period",
        "authority",
        "child_id",
        "episode_id",
        "started_on",
        "care_started_on",
        "care_ended_on",
        "born_on",
    )
    # Looked after means under 18: an adult's period of care left open is not one.
    is_under_18 = (pairs.started_on < months_after(pairs.born_on, 18 * 12)).fill_null(True)
    is_open = pairs.care_started_on <= pairs.started_on
    is_open = is_open & (open_until(pairs.care_ended_on) > pairs.started_on) & is_under_18
    entry = (pairs.care_started_on > pairs.started_on).ifelse(pairs.care_started_on, ibis.null("date"))
    care_facts = pairs.group_by("period", "authority", "child_id", "episode_id").aggregate(
        was_in_care=is_open.any(), entered_care_on=entry.min()
    )
    by = ["period", "authority", "child_id", "episode_id"]
    joined = rows.left_join(care_facts, by).select(*rows.columns, "was_in_care", "entered_care_on")
    joined = joined.filter(~joined.was_in_care.fill_null(False)).mutate(key=joined.episode_id)
    return first_per(joined, "period", "authority", "child_id", order=[_.started_on, _.episode_id])


edge_of_care_supported = Population(
    name="edge_of_care_supported",
    about="Children whose edge-of-care support is half a year old in the period, and any entry to care.",
    rows=placed(_edge_of_care(), on="on", role="social_worker"),
)
