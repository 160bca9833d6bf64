"""Finance and sufficiency, FIN-01 to FIN-04 and SUF-01 to SUF-05: the local extracts route of each rule."""

from fractions import Fraction

from tests.oracle.conventions import (
    NOT_KNOWN,
    Asked,
    add_days,
    add_months,
    age,
    days,
    earliest,
    is_age_unknown,
    lac,
    means,
    open_rows,
    oracle,
    part_needs,
    partial,
    partial_part,
)

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
DISRUPTED = ("CREQB", "CREQO", "ALLEG", "STAND", "APPRR", "CLOSE", "CHILD")
part_needs("FIN-04", "premium", ("budget_lines", "permanent_equivalent_amount"))
part_needs("SUF-01", "disruption", ("placements", "end_reason"), ("placements", "ended_on"))
part_needs("SUF-03", "occupancy", ("fostering_capacity",))
means("FIN-03", "")


def _lines(asked: Asked) -> list:
    """Budget lines of the latest month in the file, of the file as a whole, that is <= month of RD."""
    lines = [r for r in asked.view.rows("budget_lines") if r["month"] <= asked.rd.isoformat()[:7]]
    last = max((r["month"] for r in lines), default=None)
    return [r for r in lines if r["month"] == last]


def _sum(asked: Asked, r, part: str, numerator, denominator, is_in_numerator=True):
    return asked.row(
        r,
        part=part,
        counted=True,
        in_numerator=is_in_numerator,
        numerator=numerator,
        denominator=denominator,
        met=None,
    )


def _general(asked: Asked) -> list:
    return [r for r in _lines(asked) if r["category"] != "improvement_programme"]


def _programme(asked: Asked) -> list:
    return [r for r in _lines(asked) if r["category"] == "improvement_programme"]


def _staffing(asked: Asked) -> list:
    return [r for r in _lines(asked) if r["category"] in ("staffing_permanent", "staffing_agency")]


def _blank(ref: str, lines, column: str):
    """A line was left out because its amount is blank: the figure is partial."""

    def test(data, p0, p1, as_at, parameters):
        return any(r[column] is None for r in lines(Asked(ref, data, p0, p1, as_at, parameters)))

    return test


@oracle("FIN-01")
def forecast_variance(data, p0, p1, as_at, parameters):
    """sum(forecast_amount) - sum(budget_amount) over sum(budget_amount); no forecast: left out."""
    asked = Asked("FIN-01", data, p0, p1, as_at, parameters)
    return [
        _sum(asked, r, "", r["forecast_amount"] - r["budget_amount"], r["budget_amount"])
        for r in _general(asked)
        if r["forecast_amount"] is not None
    ]


partial("FIN-01")(_blank("FIN-01", _general, "forecast_amount"))


@oracle("FIN-02")
def programme_spend(data, p0, p1, as_at, parameters):
    """Improvement programme: spend to date over budget (headline), forecast over budget (forecast)."""
    asked = Asked("FIN-02", data, p0, p1, as_at, parameters)
    columns = {"": "spend_to_date_amount", "forecast": "forecast_amount"}
    return [
        _sum(asked, r, part, r[column], r["budget_amount"])
        for part, column in columns.items()
        for r in _programme(asked)
        if r[column] is not None
    ]


partial_part("FIN-02", "")(_blank("FIN-02", _programme, "spend_to_date_amount"))
partial_part("FIN-02", "forecast")(_blank("FIN-02", _programme, "forecast_amount"))


@oracle("FIN-03")
def weekly_cost(data, p0, p1, as_at, parameters):
    """Placements overlapping P: weekly_cost x days / 7 over days / 7; the end day is not counted."""
    asked = Asked("FIN-03", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("placements"):
        after = add_days(asked.p1, 1)
        nights = days(max(r["started_on"], asked.p0), min(r["ended_on"] or after, after))
        if nights <= 0:
            continue
        if r["weekly_cost"] is None:
            rows.append(asked.left_out(r, "unknown"))
        else:
            weeks = Fraction(nights, 7)
            rows.append(_sum(asked, r, "", Fraction(r["weekly_cost"]) * weeks, weeks))
    return rows


@oracle("FIN-04")
def agency_spend(data, p0, p1, as_at, parameters):
    """Agency spend over agency and permanent spend (headline); over its permanent equivalent (premium)."""
    asked = Asked("FIN-04", data, p0, p1, as_at, parameters)
    rows = []
    for r in _staffing(asked):
        spend, equivalent = r["spend_to_date_amount"], r["permanent_equivalent_amount"]
        is_agency = r["category"] == "staffing_agency"
        if spend is not None:
            rows.append(_sum(asked, r, "", spend * is_agency, spend, is_agency))
        if is_agency and spend is not None and equivalent is not None:
            rows.append(_sum(asked, r, "premium", spend - equivalent, None))
    return rows


def _agency(asked: Asked) -> list:
    return [r for r in _staffing(asked) if r["category"] == "staffing_agency"]


partial_part("FIN-04", "")(_blank("FIN-04", _staffing, "spend_to_date_amount"))


@partial_part("FIN-04", "premium")
def _premium_incomplete(data, p0, p1, as_at, parameters):
    columns = ("spend_to_date_amount", "permanent_equivalent_amount")
    return any(_blank("FIN-04", _agency, c)(data, p0, p1, as_at, parameters) for c in columns)


@oracle("SUF-01")
def unplanned(data, p0, p1, as_at, parameters):
    """Placements started in P: unplanned, emergency or under 24 hours' notice; disruption of those ended."""
    asked = Asked("SUF-01", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("placements"):
        if r["placement_type"] in TEMPORARY:
            continue
        if asked.in_period(r["started_on"]):
            arrangement, notice = r["arrangement"], r["notice_hours"]
            if arrangement is None and notice is None:
                rows.append(asked.left_out(r, "unknown"))
            else:
                is_short = notice is not None and notice < asked["short_notice_hours"]
                rows.append(asked.judged(r, arrangement in ("unplanned", "emergency") or is_short))
        if asked.in_period(r["ended_on"]):
            if r["end_reason"] is None:
                rows.append(asked.left_out(r, "unknown", part="disruption"))
            else:
                rows.append(asked.judged(r, r["end_reason"] in DISRUPTED, part="disruption"))
    return rows


def _is_care(period) -> bool:
    return period["legal_status"] not in ("V3", "V4")


@oracle("SUF-02")
def edge_of_care(data, p0, p1, as_at, parameters):
    """Edge-of-care starts whose six months end in P, the earliest of each child: no entry to care in them."""
    asked = Asked("SUF-02", data, p0, p1, as_at, parameters)
    starts: dict[str, list] = {}
    for r in asked.view.rows("early_help_episodes"):
        due = add_months(r["started_on"], asked["edge_months"])
        is_looked_after = r["child_id"] in lac(asked.view, r["started_on"])
        if r["service"] == "edge_of_care" and asked.in_period(due) and not is_looked_after:
            starts.setdefault(r["child_id"], []).append(r)
    rows = []
    for child, own in starts.items():
        r = earliest(own)
        due = add_months(r["started_on"], asked["edge_months"])
        entered = [
            x["started_on"]
            for x in asked.view.rows_of("care_periods", child)
            if _is_care(x) and x["started_on"] > r["started_on"]
        ]
        stop = min(entered, default=None)
        is_at_home = stop is None or stop > due
        clock = {"start": r["started_on"], "stop": stop, "unit": "days", "due": due}
        if due > asked.rd:
            rows.append(asked.left_out(r, "not_due", **clock))
        else:
            rows.append(asked.judged(r, is_at_home, **clock))
    return rows


@oracle("SUF-03")
def in_house_fostering(data, p0, p1, as_at, parameters):
    """lac(RD) in a foster placement (U1 to U6): provider PR1; blank is unknown."""
    asked = Asked("SUF-03", data, p0, p1, as_at, parameters)
    placed = open_rows(asked.view, "placements")
    rows = []
    for child, period in lac(asked.view).items():
        placement = placed.get(child)
        if placement is None or placement["placement_type"] not in ("U1", "U2", "U3", "U4", "U5", "U6"):
            continue
        if placement["provider"] is None:
            rows.append(asked.left_out(period, "unknown", key=""))
        else:
            rows.append(asked.judged(period, placement["provider"] == "PR1", key=""))
    return rows + _foster_places(asked)


def _foster_places(asked: Asked) -> list:
    """The latest row with as_at_on <= RD: occupied_places of approved_places, of no team."""
    counted = asked.view.rows("fostering_capacity")
    if not counted:
        return []
    latest = max(counted, key=lambda r: r["as_at_on"])
    return [
        asked.row(
            latest,
            part="occupancy",
            counted=True,
            in_numerator=True,
            numerator=latest["occupied_places"],
            denominator=latest["approved_places"],
            placed=(NOT_KNOWN, NOT_KNOWN),
        )
    ]


@oracle("SUF-04")
def adolescents(data, p0, p1, as_at, parameters):
    """Care periods started in P: aged 13 or over (headline), 16 or over (age16) on the day."""
    asked = Asked("SUF-04", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("care_periods"):
        if not _is_care(r) or not asked.in_period(r["started_on"]):
            continue
        for part, least in (("", 13), ("age16", 16)):
            if is_age_unknown(asked.view, r["child_id"]):
                rows.append(asked.left_out(r, "unknown", part=part))
            else:
                years = age(asked.view, r["child_id"], r["started_on"])
                rows.append(asked.judged(r, years is not None and years >= least, part=part))
    return rows


@oracle("SUF-05")
def unregistered(data, p0, p1, as_at, parameters):
    """lac(RD) in a placement with is_registered = false, or in H5 or K3 under the age of 16."""
    asked = Asked("SUF-05", data, p0, p1, as_at, parameters)
    placed = open_rows(asked.view, "placements")
    rows = []
    for child, period in lac(asked.view).items():
        placement = placed.get(child)
        is_unregistered = placement is not None and placement["is_registered"] is False
        is_banned_type = placement is not None and placement["placement_type"] in ("H5", "K3")
        if is_banned_type and not is_unregistered and is_age_unknown(asked.view, child):
            rows.append(asked.left_out(period, "unknown", key=""))
            continue
        years = age(asked.view, child)
        is_young = years is not None and years < 16
        rows.append(asked.judged(period, is_unregistered or (is_banned_type and is_young), key=""))
    return rows
