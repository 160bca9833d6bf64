"""AS-01 to AS-11: child and family assessments, read from the rules word for word."""

from fractions import Fraction

from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    days,
    is_unborn,
    latest,
    on,
    oracle,
    part_needs,
    quartile,
    statistic,
)


def _authorised(asked: Asked) -> list[Record]:
    """Rows of assessments with authorised_on in P."""
    return [r for r in asked.view.rows("assessments") if asked.in_period(r["authorised_on"])]


def _referral(asked: Asked, assessment: Record) -> Record | None:
    """The referral by referral_id, else the latest of the child on or before started_on."""
    referrals = asked.view.rows_of("referrals", assessment["child_id"])
    linked = [r for r in referrals if r["referral_id"] == assessment["referral_id"]]
    if linked:
        return linked[0]
    return latest([r for r in referrals if r["received_on"] <= assessment["started_on"]], "received_on")


@oracle("AS-01")
def as_01(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-01", data, p0, p1, as_at, parameters)
    return [asked.count(r) for r in _authorised(asked)]


@oracle("AS-02")
def as_02(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-02", data, p0, p1, as_at, parameters)
    limit, found = asked["assessment_limit_wd"], []
    for r in _authorised(asked):
        found.append(_within_limit(asked, r, _clock_start(asked, r), limit))
    if asked.basis == "due":
        for r in asked.view.rows("assessments"):
            if r["authorised_on"] is None:
                start = _clock_start(asked, r)
                if start is None:
                    found.append(asked.timed(r, "unknown", reason="no referral found", at=asked.rd))
                else:
                    found.append(_still_open(asked, r, start, limit))
    return found


def _clock_start(asked: Asked, r: Record):
    """The start of the assessment or, where the parameter chooses it, of its referral; open ones too."""
    if asked["assessment_clock"] != "referral":
        return r["started_on"]
    referral = _referral(asked, r)
    return referral["received_on"] if referral else None


def _within_limit(asked: Asked, r: Record, start, limit: int) -> Row:
    """0 <= wd <= limit in time; a negative duration is late, not unknown."""
    stop = r["authorised_on"]
    if start is None:
        return asked.timed(r, "unknown", stop=stop, reason="no referral found")
    kept = start <= stop and asked.view.wd(start, stop) <= limit
    return asked.timed(r, "in_time" if kept else "late", start=start, stop=stop, unit="wd")


def _still_open(asked: Asked, r: Record, start, limit: int) -> Row:
    over = asked.view.wd(start, asked.rd) > limit
    return asked.timed(r, "overdue" if over else "not_due", start=start, unit="wd", at=asked.rd)


BANDS = {
    "d0": (0, 0),
    "d1_10": (1, 10),
    "d11_20": (11, 20),
    "d21_30": (21, 30),
    "d31_40": (31, 40),
    "d41_45": (41, 45),
    "d46_50": (46, 50),
    "d51_60": (51, 60),
    "d61_plus": (61, 10**6),
}


@oracle("AS-03")
def as_03(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-03", data, p0, p1, as_at, parameters)
    found = []
    for r in _authorised(asked):
        clock = {"start": r["started_on"], "stop": r["authorised_on"], "unit": "wd"}
        for part in ("", *BANDS, "lower_quartile", "upper_quartile"):
            if r["authorised_on"] < r["started_on"]:
                found.append(
                    asked.left_out(r, "excluded", part=part, reason="authorised before start", **clock)
                )
            elif part in BANDS:
                low, high = BANDS[part]
                taken = asked.view.wd(r["started_on"], r["authorised_on"])
                found.append(asked.judged(r, low <= taken <= high, part=part, **clock))
            else:
                found.append(asked.measured(r, part=part, **clock))
    return found


@statistic("AS-03")
def as_03_median(rows: list[Row]):
    return quartile([row["working_days"] for row in rows], Fraction(1, 2))


@statistic("AS-03", "lower_quartile")
def as_03_lower(rows: list[Row]):
    return quartile([row["working_days"] for row in rows], Fraction(1, 4))


@statistic("AS-03", "upper_quartile")
def as_03_upper(rows: list[Row]):
    return quartile([row["working_days"] for row in rows], Fraction(3, 4))


@oracle("AS-04")
def as_04(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-04", data, p0, p1, as_at, parameters)
    limit, found = asked["assessment_limit_wd"], []
    for r in asked.view.rows("assessments"):
        if r["authorised_on"] is None:
            clock = {"start": r["started_on"], "stop": asked.rd, "unit": "wd"}
            age_wd = asked.view.wd(r["started_on"], asked.rd)
            found.append(asked.judged(r, age_wd > limit, **clock))
            soon = limit - asked["due_soon_wd"] <= age_wd <= limit
            found.append(asked.judged(r, soon, part="due_soon", **clock))
    return found


@oracle("AS-05")
def as_05(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-05", data, p0, p1, as_at, parameters)
    return [
        asked.judged(
            r,
            asked.view.wd(r["started_on"], asked.rd) > 45,
            start=r["started_on"],
            stop=asked.rd,
            unit="wd",
        )
        for r in asked.view.rows("assessments")
        if r["authorised_on"] is None
    ]


@oracle("AS-06")
def as_06(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-06", data, p0, p1, as_at, parameters)
    checkpoint = asked["assessment_checkpoint_wd"][0]
    calendar_days = asked["checkpoint_days"] == "calendar"
    unit = "days" if calendar_days else "wd"

    def elapsed(a, b):  # the parameter holds wherever the rule counts
        return days(a, b) if calendar_days else asked.view.wd(a, b)

    def within(a, b):
        return elapsed(a, b) <= checkpoint

    found = []
    for r in asked.view.rows("assessments"):
        start, authorised = r["started_on"], r["authorised_on"]
        if not asked.in_period(start):
            continue
        checked = _checkpoint(asked, r)  # it stops the clock of a row that is left out, too
        clock = {"start": start, "stop": checked, "unit": unit}
        if authorised is not None and elapsed(start, authorised) < checkpoint:
            found.append(asked.left_out(r, "excluded", reason="finished_before_checkpoint", **clock))
            continue
        if checked is None:
            status = "not_due" if authorised is None and within(start, asked.rd) else "overdue"
        else:
            status = "in_time" if within(start, checked) else "late"
        found.append(asked.timed(r, status, **clock))
    return found


def _checkpoint(asked: Asked, r: Record):
    """The day of the earliest checkpoint of the assessment on or after its start."""
    last = r["authorised_on"] or asked.rd
    dates = [
        o["overseen_on"]
        for o in asked.view.rows_of("management_oversights", r["child_id"])
        if o["kind"] == "assessment_checkpoint"
        and o["overseen_on"] >= r["started_on"]
        and (
            o["assessment_id"] == r["assessment_id"]
            or (o["assessment_id"] is None and o["overseen_on"] <= last)
        )
    ]
    return min(dates, default=None)


def _born_and_authorised(asked: Asked) -> list[Record]:
    """The population of AS-07: authorised in P, except children unborn on authorised_on."""
    return [r for r in _authorised(asked) if not is_unborn(asked.view, r["child_id"], r["authorised_on"])]


@oracle("AS-07")
def as_07(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-07", data, p0, p1, as_at, parameters)
    return [
        asked.unknown_in(r, reason="is_child_seen blank")
        if r["is_child_seen"] is None
        else asked.judged(r, r["is_child_seen"] is True)
        for r in _born_and_authorised(asked)
    ]


part_needs("AS-08", "first_seen", ("referrals", "child_id"), ("referrals", "received_on"))


@oracle("AS-08")
def as_08(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-08", data, p0, p1, as_at, parameters)
    found = []
    for r in _born_and_authorised(asked):
        visits = [
            on(v["visited_at"])
            for v in asked.view.rows_of("visits", r["child_id"])
            if v["is_seen"] is True and r["started_on"] <= on(v["visited_at"]) <= r["authorised_on"]
        ]
        found.append(asked.judged(r, len(visits) >= 2))
        referral = _referral(asked, r)
        if referral is not None:
            received, first = referral["received_on"], min(visits, default=None)
            kept = (
                first is not None
                and first >= received
                and asked.view.wd(received, first) <= asked["first_seen_wd"]
            )
            found.append(asked.judged(r, kept, part="first_seen", start=received, stop=first, unit="wd"))
    return found


@oracle("AS-09")
def as_09(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-09", data, p0, p1, as_at, parameters)
    return [
        asked.left_out(r, "unknown", reason="is_services_required blank")
        if r["is_services_required"] is None
        else asked.judged(r, r["is_services_required"] is False)
        for r in _authorised(asked)
    ]


@oracle("AS-10")
def as_10(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-10", data, p0, p1, as_at, parameters)
    assessments = _authorised(asked)
    held = {r: _factors(r) for r in assessments}
    codes = sorted(set().union(*held.values())) if held else []
    found = []
    for r in assessments:
        if not held[r]:
            found += [
                asked.left_out(r, "excluded", part=c, reason="no factors recorded") for c in ("", *codes)
            ]
            continue
        found.append(asked.count(r))
        found += [asked.judged(r, code in held[r], part=code) for code in codes]
    return found


def _factors(r: Record) -> set[str]:
    """The factor codes of the row; 21 (no factors) is ignored beside any other."""
    codes = set(r["factors"] or [])
    return codes - {"21"} or codes


@oracle("AS-11")
def as_11(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("AS-11", data, p0, p1, as_at, parameters)
    limit, found = asked["assessment_limit_wd"], []
    for r in _authorised(asked):
        referral = _referral(asked, r)
        if referral is None:
            found.append(asked.timed(r, "excluded", stop=r["authorised_on"], reason="no referral"))
        elif asked.view.wd(referral["received_on"], r["started_on"]) > limit:
            clock = {"start": referral["received_on"], "stop": r["authorised_on"], "unit": "wd"}
            found.append(asked.timed(r, "excluded", reason="a repeat assessment", **clock))
        else:
            found.append(_within_limit(asked, r, referral["received_on"], limit))
    if asked.basis == "due":
        for r in asked.view.rows("assessments"):
            referral = _referral(asked, r)
            if r["authorised_on"] is None and referral is not None:
                if asked.view.wd(referral["received_on"], r["started_on"]) <= limit:
                    found.append(_still_open(asked, r, referral["received_on"], limit))
    return found
