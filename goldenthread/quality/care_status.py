"""Periods of care: do legal status, reason for the end and age fit each other?"""

from functools import partial

import ibis

from goldenthread.quality.care_facts import checked_care_periods
from goldenthread.quality.rule import Rule

_c = checked_care_periods.table
_rule = partial(Rule, table="care_periods", rows=_c)
_DATES = ("started_on", "ended_on")

RULES = (
    _rule(
        code="looked-after-without-legal-status",
        title="Looked-after child has no legal status",
        advice="Record the legal status under which the child is looked after today.",
        severity="error",
        source="Indicator LAC-01; SSDA903 rule 144",
        fails=_c.is_open & _c.legal_status.isnull(),
        shows=("started_on",),
        needs=("care_periods.legal_status", "care_periods.ended_on"),
    ),
    _rule(
        code="care-goes-on-nowhere",
        title="Period of care ended because a new episode began, and none follows",
        advice="Record the episode that followed, or the true reason why care ended.",
        source="SSDA903 rule 388",
        fails=(_c.end_reason == "X1") & _c.ended_on.notnull() & ~_c.goes_on,
        shows=(*_DATES, "end_reason"),
        needs=("care_periods.end_reason", "care_periods.ended_on"),
    ),
    _rule(
        code="reason-for-end-of-open-care",
        title="Period of care has a reason for its end and no end date",
        advice="Record the day the child left care, or take the reason out.",
        source="SSDA903 rule 148",
        fails=_c.is_open & _c.end_reason.notnull(),
        shows=("started_on", "end_reason"),
        needs=("care_periods.end_reason", "care_periods.ended_on"),
    ),
    _rule(
        code="adopted-at-18",
        title="Period of care ended by adoption of a person aged 18 or over",
        advice="Check the date of birth, the end of the period and its reason.",
        source="SSDA903 rule 386",
        fails=_c.end_reason.isin(["E11", "E12"]) & (_c.age_ended >= 18),
        shows=("ended_on", "end_reason", "born_on"),
        needs=("care_periods.end_reason", "children.born_on"),
    ),
    _rule(
        code="special-guardianship-at-18",
        title="Period of care ended by special guardianship of a person aged 18 or over",
        advice="Check the date of birth, the end of the period and its reason.",
        source="SSDA903 rule 407",
        fails=_c.end_reason.isin(["E43", "E44", "E45", "E46", "E47", "E48"]) & (_c.age_ended >= 18),
        shows=("ended_on", "end_reason", "born_on"),
        needs=("care_periods.end_reason", "children.born_on"),
    ),
    _rule(
        code="independent-under-14",
        title="Period of care ended with independent living of a child under 14",
        advice="Correct the reason for the end, or the date of birth.",
        source="SSDA903 rule 387",
        fails=_c.end_reason.isin(["E5", "E6"]) & (_c.age_ended < 14),
        shows=("ended_on", "end_reason", "born_on"),
        needs=("care_periods.end_reason", "children.born_on"),
    ),
    _rule(
        code="adult-care-under-16",
        title="Period of care ended with a transfer to adult care of a child under 16",
        advice="Correct the reason for the end, or the date of birth.",
        source="SSDA903 rule 389",
        fails=(_c.end_reason == "E7") & (_c.age_ended < 16),
        shows=("ended_on", "end_reason", "born_on"),
        needs=("care_periods.end_reason", "children.born_on"),
    ),
    _rule(
        code="staying-put-under-18",
        title="Period of care ended because the person stayed put, before the 18th birthday",
        advice="Correct the reason for the end, or its date.",
        source="SSDA903 rule 460",
        fails=(_c.end_reason == "E17") & (_c.age_ended < 18),
        shows=("ended_on", "end_reason", "born_on"),
        needs=("care_periods.end_reason", "children.born_on"),
    ),
    _rule(
        code="criminal-status-under-10",
        title="Child under 10 is in care under a remand or sentence",
        advice="Correct the legal status, or the date of birth.",
        source="SSDA903 rule 358",
        fails=_c.legal_status.isin(["J1", "J2", "J3"]) & (_c.age_started < 10),
        shows=("started_on", "legal_status", "born_on"),
        needs=("care_periods.legal_status", "children.born_on"),
    ),
    _rule(
        code="police-protection-over-72-hours",
        title="Police protection lasts longer than 72 hours",
        advice="Record the legal status that followed police protection, and since when.",
        source="SSDA903 rule 361; Children Act 1989",
        fails=(_c.legal_status == "L1") & (_c.lasted_days > 3),
        shows=(*_DATES, "legal_status"),
        needs=("care_periods.legal_status", "care_periods.ended_on"),
    ),
    _rule(
        code="emergency-order-over-21-days",
        title="Emergency protection order lasts longer than 21 days",
        advice="Record the legal status that followed the order, and since when.",
        source="SSDA903 rule 362",
        fails=(_c.legal_status == "L2") & (_c.lasted_days > 21),
        shows=(*_DATES, "legal_status"),
        needs=("care_periods.legal_status", "care_periods.ended_on"),
    ),
    _rule(
        code="assessment-order-over-7-days",
        title="Child assessment order lasts longer than 7 days",
        advice="Record the legal status that followed the order, and since when.",
        source="SSDA903 rule 363; Children Act 1989",
        fails=(_c.legal_status == "L3") & (_c.lasted_days > 7),
        shows=(*_DATES, "legal_status"),
        needs=("care_periods.legal_status", "care_periods.ended_on"),
    ),
    _rule(
        code="freeing-order-still-used",
        title="Child is in care under a freeing order, which courts have not made since 2005",
        advice="Record the placement order, or the legal status that holds today.",
        source="SSDA903 rule 445",
        fails=(_c.legal_status == "D1") & (_c.is_open | (_c.started_on > ibis.date("2005-12-30"))),
        shows=("started_on", "legal_status"),
        needs=("care_periods.legal_status", "care_periods.started_on"),
    ),
    _rule(
        code="accommodated-yet-with-parents",
        title="Child accommodated by agreement is placed with parents",
        advice=(
            "If the child is at home, end the period of care; else correct the placement or the legal "
            "status."
        ),
        source="SSDA903 rule 378",
        fails=_c.is_open & (_c.legal_status == "V2") & _c.is_with_parents,
        shows=("started_on", "legal_status"),
        needs=("care_periods.legal_status", "placements.placement_type", "placements.ended_on"),
    ),
    _rule(
        code="interim-order-without-proceedings",
        title="Child is in care under an interim care order and no care proceedings are open",
        advice="Record the proceedings, or the final order if they have ended.",
        fails=_c.is_open & (_c.legal_status == "C1") & ~_c.has_proceedings,
        shows=("started_on", "legal_status"),
        needs=("care_periods.legal_status", "legal_proceedings=care_proceedings"),
    ),
    _rule(
        code="asylum-seeker-without-absent-parents",
        title="Unaccompanied asylum-seeking child has another category of need than absent parenting",
        advice="Check the category of need with the social worker.",
        severity="info",
        fails=_c.is_open & _c.is_uasc & (_c.category_of_need != "N8"),
        shows=("started_on", "is_uasc", "category_of_need"),
        needs=("care_periods.category_of_need", "care_periods.is_uasc"),
    ),
)  # fmt: skip
