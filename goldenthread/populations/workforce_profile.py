"""Who the social workers are beside the children: shares of each ethnic group."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.caseloads import WORKER, open_posts_of_workers
from goldenthread.populations.children import open_cases
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.population import Population, first_per
from goldenthread.standard import table

_children = table("children").rows
NOT_KNOWN = ["REFU", "NOBT"]
_EXACT = "decimal(18, 8)"  # a share to far below the one decimal that is shown


def _workers() -> ir.Table:
    """Each social worker in post whose ethnicity is known."""
    rows = open_posts_of_workers.table
    rows = rows.filter(rows.is_social_worker & rows.ethnicity.notnull() & ~rows.ethnicity.isin(NOT_KNOWN))
    one = first_per(rows, *WORKER, order=[ibis.desc(_.started_on), ibis.desc(_.post_id)])
    one = one.select(*WORKER, "starts_on", "ends_on", "ethnicity")
    return not_placed(one.mutate(child_id=ibis.null("string"), key=one.worker_id))


workers_of_known_ethnicity = Population(
    name="workers_of_known_ethnicity",
    about="Social workers in post whose ethnicity is known, each once.",
    rows=_workers(),
)


def _shares() -> ir.Table:
    """The share of each ethnic group among open cases whose ethnicity is known, in percent."""
    known = _children.filter(_children.ethnicity.notnull() & ~_children.ethnicity.isin(NOT_KNOWN))
    cases = open_cases.table.select("period", "authority", "child_id")
    cases = cases.inner_join(known.select("authority", "child_id", "ethnicity"), ["authority", "child_id"])
    of_group = cases.group_by("period", "authority", "ethnicity").aggregate(number=_.count())
    of_all = cases.group_by("period", "authority").aggregate(total=_.count())
    joined = of_group.inner_join(of_all, ["period", "authority"])
    return joined.select(
        "period", "authority", group=_.ethnicity, share=(_.number * 100 / _.total).cast(_EXACT)
    )


def _profile() -> ir.Table:
    """Each worker beside each group found among workers or children, with the children's share."""
    workers, shares = workers_of_known_ethnicity.table, _shares()
    groups = ibis.union(
        workers.select("period", "authority", group=_.ethnicity),
        shares.select("period", "authority", "group"),
        distinct=True,
    )
    rows = workers.inner_join(groups, ["period", "authority"]).select(*workers.columns, "group")
    rows = rows.left_join(shares, ["period", "authority", "group"]).select(*rows.columns, "share")
    some = shares.select("period", "authority").distinct().mutate(has_children=True)
    rows = rows.left_join(some, ["period", "authority"]).select(*rows.columns, "has_children")
    is_of_group = (rows.ethnicity == rows.group).ifelse(100, 0).cast(_EXACT)
    # Without a child of known ethnicity there is nothing to compare with.
    gap = is_of_group - rows.share.fill_null(0).cast(_EXACT)
    return rows.mutate(gap=rows.has_children.ifelse(gap.cast(_EXACT), ibis.null(_EXACT)))


workforce_profile = Population(
    name="workforce_profile",
    about="Social workers beside each ethnic group, and the group's share among children.",
    rows=_profile(),
)
