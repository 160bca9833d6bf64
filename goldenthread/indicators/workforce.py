"""The workforce: are posts filled, do people stay, and are caseloads such that practice can be good?"""

from goldenthread.calendar import days_between, months_after
from goldenthread.indicators.part import ManyParts, count, mean, proportion, statistic
from goldenthread.populations.caseloads import (
    caseloads,
    lead_workers,
    permanent_workers,
    social_workers,
    training_needed,
    workers_supervised,
)
from goldenthread.populations.posts import (
    agency_conversions,
    campaign_starters,
    campaigns_advertised,
    posts_open,
    posts_permanent,
    senior_posts,
)
from goldenthread.populations.workforce_profile import workers_of_known_ethnicity, workforce_profile
from goldenthread.settings import parameter

_post = posts_open.table
_is_permanent, _is_agency = _post.employment == "permanent", _post.employment == "agency"
_is_vacancy = (_post.employment == "vacant") | (_is_agency & _post.is_established)

WF_01 = proportion(
    posts_open,
    _is_vacancy,
    where=_post.is_social_worker,
    counted=_is_vacancy | _is_permanent,
    numerator=_post.fte,
    denominator=_post.fte,
    words={"met": "Permanently filled.", "not_met": "Vacant, or filled by agency."},
)

_dfe_roles = _post.is_social_worker | (parameter("agency_roles") == "all")
_in_post = _is_agency | _is_permanent
WF_02 = (
    proportion(
        posts_open,
        _is_agency,
        where=_dfe_roles,
        counted=_in_post,
        numerator=_post.fte,
        denominator=_post.fte,
        words={"met": "Permanent.", "not_met": "Agency."},
    ),
    proportion(
        posts_open,
        _is_agency,
        code="posts",
        where=_dfe_roles,
        counted=_in_post,
        words={"met": "Permanent.", "not_met": "Agency."},
    ),
)

_stay = posts_permanent.table
_halves = parameter("turnover_denominator") == "average"
_weight = _halves.ifelse(
    (_stay.is_open.cast("int64") + _stay.was_open.cast("int64")) / 2,
    _stay.is_open.cast("int64").cast("float64"),
)
WF_03 = proportion(
    posts_permanent,
    _stay.has_left,
    counted=_stay.is_open | (_halves & _stay.was_open),
    numerator=_stay.fte,
    denominator=_stay.fte * _weight.cast("decimal(18, 4)"),
    words={"met": "In post.", "counted": "Left in the year."},
)

_covers = _is_agency & _post.is_established
WF_04 = (
    proportion(
        posts_open,
        _covers,
        where=_post.is_social_worker & _is_agency,
        numerator=_post.fte,
        denominator=_post.fte,
        words={"met": "Agency covering a vacancy.", "not_met": "Agency over establishment."},
    ),
    proportion(
        posts_open,
        _covers,
        code="vacancies_covered",
        where=_post.is_social_worker & _is_vacancy,
        numerator=_post.fte,
        denominator=_post.fte,
        words={"met": "Covered by agency.", "not_met": "Not covered."},
    ),
)

_load = caseloads.table
WF_05 = mean(
    caseloads,
    total=_load.children_held,
    over=_load.fte_sum,
    unknown={"The worker holds cases but has no post.": _load.is_unknown},
    words={"counted": "A social worker with cases."},
)

_lead = lead_workers.table
_threshold = parameter("caseload_threshold")
_by_fte = parameter("caseload_basis") == "fte"
WF_06 = proportion(
    lead_workers,
    _by_fte.ifelse(_lead.children_led > _threshold * _lead.fte_sum, _lead.children_led > _threshold),
    words={"met": "Within the ceiling.", "not_met": "Over the ceiling."},
)

WF_07 = (
    proportion(
        posts_open,
        _in_post,
        where=_post.is_social_worker,
        counted=_post.is_established,
        numerator=_post.fte,
        denominator=_post.fte,
        is_judged=False,
    ),
    count(
        posts_open,
        code="headcount",
        where=_post.is_social_worker & _in_post,
        distinct="person",
        is_judged=False,
    ),
)

_worker = permanent_workers.table
_year_days = (days_between(months_after(_worker.ends_on, -12), _worker.ends_on) == 366).ifelse(254, 253)
WF_08 = proportion(
    permanent_workers,
    _worker.sickness_days_12m.notnull(),
    unknown={"Sickness is not recorded.": _worker.sickness_days_12m.isnull()},
    numerator=_worker.sickness_days_12m,
    denominator=_worker.fte * _year_days,
    is_judged=False,
)

_campaign = campaigns_advertised.table
_sums = {"": "applications", "shortlisted": "shortlisted", "offers": "offers", "starters": "starters"}
_hired = campaign_starters.table
WF_09 = (
    *(
        count(
            campaigns_advertised,
            code=code,
            numerator=_campaign[column],
            is_judged=False,
            needs=(f"recruitment_campaigns.{column}",) if code else (),
            excluded={} if not code else {"This step is not recorded.": _campaign[column].isnull()},
            partial={} if not code else {f"a campaign does not say its {column}": _campaign[column].isnull()},
        )
        for code, column in _sums.items()
    ),
    mean(
        campaign_starters,
        code="time_to_hire",
        total=_hired.days,
        needs=("posts.campaign_id",),
        words={"counted": "Started through a campaign of the period."},
    ),
)

_moved = agency_conversions.table
WF_10 = proportion(
    agency_conversions,
    _moved.is_converted,
    counted=_moved.is_base,
    is_no_cases_when_empty=True,
    words={"met": "An agency worker.", "not_met": "An agency worker.", "counted": "Became permanent."},
)

_person = social_workers.table
WF_11 = (
    proportion(
        social_workers,
        _person.is_asye_any,
        words={"met": "In the supported first year.", "not_met": "Not in it."},
    ),
    proportion(
        social_workers,
        _person.children_led <= parameter("asye_caseload"),
        code="protected_caseload",
        where=_person.is_asye_any,
        words={"met": "A protected caseload.", "not_met": "Over a protected caseload."},
    ),
)

_needed = training_needed.table
_training = proportion(
    training_needed, _needed.is_trained, words={"met": "Completed and valid.", "not_met": "Not completed."}
)
WF_12 = (
    _training,
    ManyParts(
        name="<course>",
        of=training_needed,
        codes=_needed.course,
        part=lambda code: proportion(
            training_needed,
            _needed.is_trained,
            code=code,
            where=_needed.course == code,
            words=_training.words,
        ),
    ),
)

WF_13 = proportion(
    senior_posts,
    senior_posts.table.is_permanent,
    words={"met": "Permanently filled.", "not_met": "Vacant, interim or agency."},
)

_beside = workforce_profile.table
_CASES = (
    "children.ethnicity",
    *(f"referrals.{column}" for column in ("child_id", "received_on", "closed_on", "is_nfa")),
    "assessments.started_on",
    *(f"{plans}.ended_on" for plans in ("cin_plans", "cp_plans", "care_periods")),
)
WF_14 = (
    count(workers_of_known_ethnicity, words={"met": "A social worker."}),
    ManyParts(
        name="<ethnicity>",
        of=workforce_profile,
        codes=_beside.group,
        needs=_CASES,
        part=lambda code: statistic(
            workforce_profile,
            value=_beside.gap,
            quantile=None,
            code=code,
            where=_beside.group == code,
            words={"counted": "A social worker beside the children of this group."},
        ),
    ),
)

_session = workers_supervised.table
_interval = parameter("supervision_days")
SO_02 = proportion(
    workers_supervised,
    _session.days <= _interval,
    not_due={
        "In post too short a time.": days_between(_session.in_post_since_on, _session.ends_on) <= _interval
    },
    clock="days",
    elapsed=_session.days,
    clock_start=_session.last_session_on,
    clock_stop=_session.ends_on,
    words={"met": "Supervised {days} days before.", "not_met": "No supervision in time."},
)

PARTS = {
    "WF-01": WF_01,
    "WF-02": WF_02,
    "WF-03": WF_03,
    "WF-04": WF_04,
    "WF-05": WF_05,
    "WF-06": WF_06,
    "WF-07": WF_07,
    "WF-08": WF_08,
    "WF-09": WF_09,
    "WF-10": WF_10,
    "WF-11": WF_11,
    "WF-12": WF_12,
    "WF-13": WF_13,
    "WF-14": WF_14,
    "SO-02": SO_02,
}
