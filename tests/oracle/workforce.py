"""Workforce, posts and people: WF-01 to WF-04, WF-07, WF-08, WF-10, WF-13 and WF-14."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from tests.oracle.conventions import (
    Asked,
    add_months,
    days,
    distinct,
    is_open,
    latest,
    open_case,
    oracle,
    part_needs,
    place,
    statistic,
)

LEAVERS = ("resigned", "retired", "dismissed", "left_other")
ETHNICITY_NOT_KNOWN = (None, "REFU", "NOBT")
distinct("WF-07", "headcount")


def open_posts(asked: Asked, d=None) -> list:
    """Rows of posts open at RD (or d)."""
    return [r for r in asked.view.rows("posts") if is_open(r, d or asked.rd)]


def social_work_posts(asked: Asked) -> list:
    """Rows of posts open at RD, is_social_worker."""
    return [r for r in open_posts(asked) if r["is_social_worker"] is True]


def by_worker(posts) -> dict[str, list]:
    """worker_id -> the rows of that worker; rows without a worker are left out."""
    found: dict[str, list] = {}
    for r in posts:
        if r["worker_id"] is not None:
            found.setdefault(r["worker_id"], []).append(r)
    return found


def _is_covering(r) -> bool:
    return r["employment"] == "agency" and r["is_established"] is True


def _sums(asked: Asked, r, numerator: bool, denominator: bool, amount=None, **more):
    """A row that adds fte (or `amount`) to the numerator, the denominator or both; None if to neither."""
    amount = r["fte"] if amount is None else amount
    if not (numerator or denominator):
        return None
    in_both = numerator * amount, denominator * amount
    if denominator:
        return asked.judged(r, numerator, numerator=in_both[0], denominator=in_both[1], **more)
    return asked.row(
        r, counted=False, in_numerator=True, numerator=in_both[0], denominator=0, met=None, **more
    )


def _kept(rows) -> list:
    return [row for row in rows if row is not None]


@oracle("WF-01")
def vacancy_rate(data, p0, p1, as_at, parameters):
    """V = fte vacant, or agency in an established post; V over V + permanent fte."""
    asked = Asked("WF-01", data, p0, p1, as_at, parameters)
    rows = []
    for r in social_work_posts(asked):
        is_vacancy = r["employment"] == "vacant" or _is_covering(r)
        rows.append(_sums(asked, r, is_vacancy, is_vacancy or r["employment"] == "permanent"))
    return _kept(rows)


@oracle("WF-02")
def agency_rate(data, p0, p1, as_at, parameters):
    """fte agency over fte agency or permanent (headline); the same in rows (part posts)."""
    asked = Asked("WF-02", data, p0, p1, as_at, parameters)
    posts = open_posts(asked) if asked["agency_roles"] == "all" else social_work_posts(asked)
    rows = []
    for r in posts:
        is_agency = r["employment"] == "agency"
        is_filled = is_agency or r["employment"] == "permanent"
        rows.append(_sums(asked, r, is_agency, is_filled))
        rows.append(_sums(asked, r, is_agency, is_filled, amount=1, part="posts"))
    return _kept(rows)


@oracle("WF-03")
def turnover(data, p0, p1, as_at, parameters):
    """fte of permanent spells that ended in a leaver in the 12 months to RD, over fte open at RD."""
    asked = Asked("WF-03", data, p0, p1, as_at, parameters)
    first = add_months(asked.rd, -12)
    is_average = asked["turnover_denominator"] == "average"
    rows = []
    for r in asked.view.rows("posts"):
        if r["is_social_worker"] is not True or r["employment"] != "permanent":
            continue
        ended = r["ended_on"]
        is_leaver = ended is not None and first < ended <= asked.rd and _left(asked, r)
        base = r["fte"] * is_open(r, asked.rd)
        if is_average:
            base = (r["fte"] * is_open(r, asked.rd) + r["fte"] * is_open(r, first)) / Decimal(2)
        is_base = is_open(r, asked.rd) or (is_average and is_open(r, first))
        if is_base:
            rows.append(asked.judged(r, is_leaver, numerator=r["fte"] * is_leaver, denominator=base))
        elif is_leaver:
            rows.append(_sums(asked, r, True, False))
    return rows


def _left(asked: Asked, r) -> bool:
    if r["end_reason"] is not None:
        return r["end_reason"] in LEAVERS
    if r["worker_id"] is None:
        return True
    return not any(
        x["worker_id"] == r["worker_id"] and 0 <= days(r["ended_on"], x["started_on"]) <= 31
        for x in asked.view.rows("posts")
    )


@oracle("WF-04")
def agency_cover(data, p0, p1, as_at, parameters):
    """A = fte agency in established posts: over all agency fte (headline), over V (vacancies_covered)."""
    asked = Asked("WF-04", data, p0, p1, as_at, parameters)
    rows = []
    for r in social_work_posts(asked):
        is_vacancy = r["employment"] == "vacant" or _is_covering(r)
        rows.append(_sums(asked, r, _is_covering(r), r["employment"] == "agency"))
        rows.append(_sums(asked, r, _is_covering(r), is_vacancy, part="vacancies_covered"))
    return _kept(rows)


@oracle("WF-07")
def in_post(data, p0, p1, as_at, parameters):
    """fte permanent or agency over fte established; headcount: distinct workers in post."""
    asked = Asked("WF-07", data, p0, p1, as_at, parameters)
    rows, heads = [], {}
    for r in social_work_posts(asked):
        is_in_post = r["employment"] in ("permanent", "agency")
        row = _sums(asked, r, is_in_post, r["is_established"] is True)
        rows += [{**row, "status": None, "met": None}] if row else []
        if is_in_post and r["worker_id"] is not None:
            team = place(asked.view, "WF-07", r, part="headcount")
            row = asked.count(r, part="headcount", key=r["worker_id"], met=None, placed=team)
            heads[r["worker_id"], team] = row  # by team: with an open row in that team
    return [*rows, *heads.values()]


@oracle("WF-08")
def sickness(data, p0, p1, as_at, parameters):
    """Days lost by permanent social workers over fte x 253 (254 with a 29 February); blank is unknown."""
    asked = Asked("WF-08", data, p0, p1, as_at, parameters)
    day, working_days = add_months(asked.rd, -12), 253
    while day < asked.rd:
        day += timedelta(days=1)
        working_days += (day.month, day.day) == (2, 29)
    permanent = [r for r in social_work_posts(asked) if r["employment"] == "permanent"]
    rows = []
    for worker, own in by_worker(permanent).items():
        r = latest(own)
        if r["sickness_days_12m"] is None:
            rows.append(asked.left_out(r, "unknown", key=worker))
            continue
        rows.append(
            asked.row(
                r,
                key=worker,
                counted=True,
                in_numerator=True,
                numerator=r["sickness_days_12m"],
                denominator=r["fte"] * working_days,
                met=None,
            )
        )
    return rows


@oracle("WF-10")
def conversions(data, p0, p1, as_at, parameters):
    """Permanent spells started in P by conversion, over agency workers open on P0."""
    asked = Asked("WF-10", data, p0, p1, as_at, parameters)
    agency = [r for r in asked.view.rows("posts") if r["employment"] == "agency"]
    rows = []
    for worker, own in by_worker(r for r in agency if is_open(r, asked.p0)).items():
        rows.append(asked.judged(latest(own), False, key=worker))
    for r in asked.view.rows("posts"):
        if r["employment"] == "permanent" and asked.in_period(r["started_on"]) and _converted(r, agency):
            rows.append(asked.row(r, counted=False, in_numerator=True, numerator=1, denominator=0, met=None))
    return rows


def _converted(r, agency) -> bool:
    if r["is_converted_from_agency"] is not None:
        return r["is_converted_from_agency"]
    if r["worker_id"] is None:
        return False
    return any(
        x["worker_id"] == r["worker_id"]
        and x["ended_on"] is not None
        and 0 <= days(x["ended_on"], r["started_on"]) <= 31
        for x in agency
    )


@oracle("WF-13")
def senior_posts(data, p0, p1, as_at, parameters):
    """Established senior manager posts open at RD; every open row of the post is permanent."""
    asked = Asked("WF-13", data, p0, p1, as_at, parameters)
    posts = open_posts(asked)
    senior = [r for r in posts if r["role"] == "senior_manager" and r["is_established"] is True]
    rows = []
    for post_id in sorted({r["post_id"] for r in senior}):
        own = [r for r in posts if r["post_id"] == post_id]
        rows.append(asked.judged(None, all(r["employment"] == "permanent" for r in own), key=post_id))
    return rows


def _shares_of_children(asked: Asked) -> dict[str, Fraction]:
    """Ethnic group -> its share of the children in open_case(RD) whose ethnicity is known."""
    known = [asked.view.child(c)["ethnicity"] for c in open_case(asked.view)]
    known = [group for group in known if group not in ETHNICITY_NOT_KNOWN]
    return {group: Fraction(known.count(group), len(known)) for group in known}


@oracle("WF-14")
def workforce_profile(data, p0, p1, as_at, parameters):
    """Workers with ethnicity known (headline); per group, their share less that of children in open_case."""
    asked = Asked("WF-14", data, p0, p1, as_at, parameters)
    known = [r for r in social_work_posts(asked) if r["ethnicity"] not in ETHNICITY_NOT_KNOWN]
    workers = {worker: latest(own) for worker, own in by_worker(known).items()}
    children = _shares_of_children(asked)
    rows = [asked.count(r, key=worker) for worker, r in workers.items()]
    for group in sorted({r["ethnicity"] for r in workers.values()} | set(children)):
        for worker, r in workers.items():
            row = asked.measured(r, part=group, key=worker)
            share = children.get(group, Fraction(0)) if children else None
            rows.append({**row, "is_of_group": r["ethnicity"] == group, "share_of_children": share})
    return rows


def _gap(rows):
    """Share of workers less share of children, in percentage points."""
    if not rows or rows[0]["share_of_children"] is None:
        return None
    workers = Fraction(sum(row["is_of_group"] for row in rows), len(rows))
    return (workers - rows[0]["share_of_children"]) * 100


GROUPS = "ABAN AIND AOTH APKN BAFR BCRB BOTH CHNE MOTH MWAS MWBA MWBC OOTH WBRI WIRI WIRT WOTH WROM".split()
# The code as it is listed stands for every group where what the comparison reads is not supplied.
for _group in ("<ethnicity>", *GROUPS):
    statistic("WF-14", _group)(_gap)
    part_needs(
        "WF-14",
        _group,
        ("children", "ethnicity"),
        *(("referrals", c) for c in ("child_id", "received_on", "closed_on", "is_nfa")),
        *(("assessments", c) for c in ("child_id", "started_on")),
        *(
            (t, c)
            for t in ("cin_plans", "cp_plans", "care_periods")
            for c in ("child_id", "started_on", "ended_on")
        ),
    )
