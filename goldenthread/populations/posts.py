"""Posts and the people in them: the establishment, its vacancies, leavers and conversions."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, days_between, months_after, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.children import open_at_end
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import parameter
from goldenthread.standard import table

_posts = table("posts").rows
NOBODY = ibis.null("string")


def _of_posts(rows: ir.Table) -> ir.Table:
    """Rows of posts as units: no child, keyed by post and start."""
    # The person is kept beside worker_id, which placing fills in where nobody is known.
    return rows.mutate(
        child_id=NOBODY, person=rows.worker_id, key=rows.post_id + "|" + rows.started_on.cast("string")
    )


posts_open = Population(
    name="posts_open",
    about="Posts, filled or vacant, at the end of the period.",
    rows=placed(_of_posts(open_at_end(_posts)), on="ends_on", role=None),
)


def _permanent_or_leaving() -> ir.Table:
    """Permanent social work posts at the end of the period, and those that were left in the year to it."""
    rows = _posts.filter(_posts.is_social_worker & (_posts.employment == "permanent"))
    is_open = (rows.started_on <= PERIOD.ends_on) & (open_until(rows.ended_on) > PERIOD.ends_on)
    year_before = months_after(PERIOD.ends_on, -12)
    was_open = (rows.started_on <= year_before) & (open_until(rows.ended_on) > year_before)
    has_ended = (rows.ended_on > year_before) & (rows.ended_on <= PERIOD.ends_on)
    is_average = parameter("turnover_denominator") == "average"
    known = rows.started_on <= PERIOD.ends_on
    found = with_period(rows, known & (is_open | has_ended.fill_null(False) | (is_average & was_open)))
    before = months_after(found.ends_on, -12)
    found = found.mutate(
        is_open=(open_until(found.ended_on) > found.ends_on),
        was_open=(found.started_on <= before) & (open_until(found.ended_on) > before),
        has_ended=((found.ended_on > before) & (found.ended_on <= found.ends_on)).fill_null(False),
    )
    return _with_later_post(found)


def _with_later_post(rows: ir.Table) -> ir.Table:
    """Add whether the same worker has another post from the end of this one, known by then."""
    other = _posts.select("authority", "worker_id", other_started_on=_.started_on)
    pairs = rows.inner_join(
        other,
        [
            rows.authority == other.authority,
            rows.worker_id == other.worker_id,
            other.other_started_on >= rows.ended_on,
            other.other_started_on <= days_after(rows.ended_on, 31),
            other.other_started_on <= rows.ends_on,
        ],
    ).select("period", rows.authority, "post_id", "started_on")
    found = pairs.distinct().mutate(has_moved=True)
    joined = rows.left_join(found, ["period", "authority", "post_id", "started_on"])
    joined = joined.select(*rows.columns, "has_moved")
    says = joined.end_reason.isin(["resigned", "retired", "dismissed", "left_other"])
    unsaid = joined.end_reason.isnull() & ~joined.has_moved.fill_null(False)
    return joined.mutate(has_left=joined.has_ended & (says.fill_null(False) | unsaid))


posts_permanent = Population(
    name="posts_permanent",
    about="Permanent social work posts at the end of the period, and the leavers of the year to it.",
    rows=placed(_of_posts(_permanent_or_leaving()), on="ends_on", role=None),
)


def _conversions() -> ir.Table:
    """Permanent posts begun in the period by a worker who was agency until then."""
    rows = in_period(_posts.filter(_posts.employment == "permanent"), "started_on")
    agency = _posts.filter(_posts.employment == "agency").select(
        "authority", "worker_id", agency_ended_on=_.ended_on
    )
    pairs = rows.inner_join(
        agency,
        [
            rows.authority == agency.authority,
            rows.worker_id == agency.worker_id,
            agency.agency_ended_on <= rows.started_on,
            rows.started_on <= days_after(agency.agency_ended_on, 31),
        ],
    ).select("period", rows.authority, "post_id", "started_on")
    found = pairs.distinct().mutate(was_agency=True)
    joined = rows.left_join(found, ["period", "authority", "post_id", "started_on"])
    joined = joined.select(*rows.columns, "was_agency")
    is_converted = ibis.coalesce(joined.is_converted_from_agency, joined.was_agency, False)
    return placed(_of_posts(joined.mutate(is_converted=is_converted, is_base=False)), on="on", role=None)


def _agency_workers() -> ir.Table:
    """Workers in an agency post on the first day of the period."""
    rows = _posts.filter((_posts.employment == "agency") & _posts.worker_id.notnull())
    is_open = (rows.started_on <= PERIOD.starts_on) & (open_until(rows.ended_on) > PERIOD.starts_on)
    rows = with_period(rows, is_open)
    one = first_per(
        rows, "period", "authority", "worker_id", order=[ibis.desc(_.started_on), ibis.desc(_.post_id)]
    )
    one = one.mutate(on=one.starts_on, is_converted=False, is_base=True, child_id=NOBODY, key=one.worker_id)
    return placed(one, on="on", role=None)


_OF_A_CONVERSION = (
    "period",
    "starts_on",
    "ends_on",
    "authority",
    "child_id",
    "key",
    "on",
    "is_converted",
    "is_base",
    "team",
    "worker_id",
    "service",
)

agency_conversions = Population(
    name="agency_conversions",
    about="Permanent posts begun in the period, and the agency workers there were on its first day.",
    rows=ibis.union(
        _conversions().filter(_.is_converted).select(*_OF_A_CONVERSION),
        _agency_workers().select(*_OF_A_CONVERSION),
    ),
)


def _senior() -> ir.Table:
    """Senior management posts in the establishment, by whether every open row of each is permanent."""
    rows = open_at_end(_posts.filter((_posts.role == "senior_manager") & _posts.is_established))
    every = open_at_end(_posts)
    by = ["period", "authority", "post_id"]
    filled = every.group_by(*by).aggregate(is_permanent=(every.employment == "permanent").all())
    posts = rows.select("period", "starts_on", "ends_on", "authority", "post_id").distinct()
    joined = posts.inner_join(filled, by)
    return not_placed(joined.mutate(child_id=NOBODY, key=joined.post_id))


senior_posts = Population(
    name="senior_posts", about="Established senior management posts at the end of the period.", rows=_senior()
)

_campaigns = table("recruitment_campaigns").rows

campaigns_advertised = Population(
    name="campaigns_advertised",
    about="Recruitment campaigns advertised in the period.",
    rows=not_placed(in_period(_campaigns, "advertised_on").mutate(child_id=NOBODY, key=_.campaign_id)),
)


def _hired() -> ir.Table:
    rows = in_period(_posts.filter(_posts.campaign_id.notnull()), "started_on")
    campaigns = in_period(_campaigns, "advertised_on").select(
        "period", "authority", "campaign_id", "advertised_on"
    )
    joined = rows.inner_join(campaigns, ["period", "authority", "campaign_id"]).select(
        *rows.columns, "advertised_on"
    )
    return not_placed(_of_posts(joined.mutate(days=days_between(joined.advertised_on, joined.started_on))))


campaign_starters = Population(
    name="campaign_starters",
    about="Posts begun in the period through a campaign advertised in it, with the days it took.",
    rows=_hired(),
)
