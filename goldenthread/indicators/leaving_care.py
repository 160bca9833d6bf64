"""Leaving care: do young people have a plan, a home, something to do, and somebody who keeps in touch?"""

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import months_after
from goldenthread.indicators.part import Part, coded, count, proportion
from goldenthread.populations.leaving_care import young_people
from goldenthread.populations.pathway_assessments import pathways_due
from goldenthread.populations.staying_put import foster_care_leavers
from goldenthread.settings import parameter

_person = young_people.table
_in_touch = _person.in_touch
_is_here = ~_in_touch.isin(["DIED", "RHOM"]).fill_null(False)

_categories = parameter("pathway_categories")
_of_category = _categories.contains(ibis.literal(",").concat(_person.eligibility).concat(","))
_eligible_too = parameter("pathway_include_eligible") & (_person.eligibility == "eligible")
# Unborn and not known count as under 25.
_is_young = (_person.age < 25).fill_null(True)
_should_have_plan = ((_person.is_care_leaver & _of_category) | _eligible_too) & _is_young & _is_here
_has_plan = _person.last_pathway_on.notnull()

CL_01 = proportion(
    young_people,
    _has_plan,
    where=_should_have_plan,
    words={"met": "Has a pathway plan.", "not_met": "Has no pathway plan."},
)

_all_count = parameter("pathway_review_denominator") == "all"

CL_02 = proportion(
    young_people,
    _person.last_pathway_on >= months_after(_person.ends_on, -parameter("pathway_review_months")),
    where=_should_have_plan & (_has_plan | _all_count),
    clock="days",
    elapsed=_person.ends_on.delta(_person.last_pathway_on, unit="day"),
    clock_start=_person.last_pathway_on,
    clock_stop=_person.ends_on,
    told={"last": ibis.coalesce(_person.last_pathway_on.cast("string"), "never")},
    words={
        "met": "The plan was made or reviewed {days} days before.",
        "not_met": "The plan was not reviewed in time; made or reviewed last: {last}.",
    },
)

_NO_AGE = "The young person's date of birth is not recorded, so the age is not known."


def _aged(part: Part, where: ir.BooleanValue | None = None) -> tuple[Part, Part]:
    """Two figures: former relevant young people of 19 to 21, and relevant ones too at 17 and 18."""
    served = _person.is_care_leaver & _is_here & (ibis.literal(True) if where is None else where)
    older = (_person.eligibility == "former_relevant") & (
        _person.age.between(19, 21).fill_null(False) | _person.is_age_unknown
    )
    younger = _person.eligibility.isin(["relevant", "former_relevant"]) & (
        _person.age.between(17, 18).fill_null(False) | _person.is_age_unknown
    )
    unknown = {_NO_AGE: _person.is_age_unknown}
    return (
        coded(part, part.code, where=served & older, unknown=unknown),
        coded(part, "age17_18", where=served & younger, unknown=unknown),
    )


_EET = [f"{how}{number}" for how in "FP" for number in range(1, 6)]

CL_03 = _aged(
    proportion(
        young_people,
        _person.activity.isin(_EET),
        unknown_in={
            "What the young person does is not known.": _person.activity.isnull() | (_person.activity == "0")
        },
        words={
            "met": "In education, employment or training.",
            "not_met": "Not in education, employment or training.",
        },
    )
)

_home = _person.accommodation

CL_04 = _aged(
    proportion(
        young_people,
        _person.is_suitable_accommodation,
        unknown_in={
            "Whether the accommodation is suitable is not known.": (
                _person.is_suitable_accommodation.isnull() | (_home == "0")
            )
        },
        words={"met": "In suitable accommodation.", "not_met": "Not in suitable accommodation."},
    ),
    where=~_home.isin(["G", "H", "R"]).fill_null(False),
)

_known_contact = {"Whether the council is in touch is not recorded.": _in_touch.isnull()}
_touch = _aged(
    proportion(
        young_people,
        _in_touch == "YES",
        unknown_in=_known_contact,
        words={"met": "In touch.", "not_met": "Not in touch."},
    )
)

CL_05 = (
    *_touch,
    coded(
        _touch[0],
        "refused",
        achieved=_in_touch == "REFU",
        words={"met": "Refuses contact.", "not_met": "Does not refuse contact."},
    ),
    coded(
        _touch[0],
        "not_required",
        achieved=_in_touch == "NREQ",
        words={"met": "No longer needs services.", "not_met": "Still needs services."},
    ),
)

CL_06 = proportion(
    young_people,
    _person.days_since_contact <= parameter("keep_in_touch_days"),
    where=_person.is_care_leaver & _is_here & (_in_touch != "NREQ").fill_null(True),
    clock="days",
    elapsed=_person.days_since_contact,
    clock_start=_person.contact_on,
    clock_stop=_person.ends_on,
    told={"last": ibis.coalesce(_person.contact_on.cast("string"), "never")},
    words={"met": "Last contact {days} days before.", "not_met": "No contact in time; last contact: {last}."},
)

CL_07 = proportion(
    young_people,
    _person.has_adviser,
    where=_person.is_care_leaver,
    words={"met": "Has a personal adviser.", "not_met": "Has no personal adviser."},
)

_owed = pathways_due.table
_not_planned = _owed.first_plan_on.isnull()

CL_08 = proportion(
    pathways_due,
    _owed.first_plan_on <= _owed.due_on,
    done=_owed.first_plan_on.notnull(),
    not_due={
        "Due on the very day of the data, and not yet done.": _not_planned & (_owed.as_at_on <= _owed.due_on)
    },
    unknown={_NO_AGE: ~_owed.is_age_known},
    clock="days",
    elapsed=_owed.days,
    clock_start=_owed.eligible_on,
    clock_stop=_owed.first_plan_on,
    told={"due": _owed.due_on},
    words={
        "in_time": "Due by {due} and done on {clock_stop}.",
        "late": "Due by {due} but done on {clock_stop}.",
        "overdue": "Due by {due} and not done.",
    },
)

_in_lodgings, _in_emergency = _home == "W", _home == "V"
_is_unsuitable = _person.is_suitable_accommodation == ibis.literal(False)
_is_bad = _in_lodgings.fill_null(False) | _in_emergency.fill_null(False) | _is_unsuitable.fill_null(False)
_no_home = {"The accommodation is not recorded.": _home.isnull()}
_no_verdict = {
    "Whether the accommodation is suitable is not recorded.": _person.is_suitable_accommodation.isnull()
}
# Nobody in bed and breakfast is unknown; of others a blank leaves open whether all is well.
_open_question = {why: ~_is_bad & blank for why, blank in {**_no_home, **_no_verdict}.items()}


def _housed(code: str, is_bad: ir.BooleanValue, blank: dict[str, ir.BooleanValue], words: str) -> Part:
    unknown = {why: condition | blank.get(why, False) for why, condition in _open_question.items()}
    return count(
        young_people,
        is_bad,
        code=code,
        where=_person.is_care_leaver,
        unknown=unknown,
        words={"met": "Not so housed.", "not_met": words},
    )


CL_09 = (
    _housed("", _is_bad, {}, "In bed and breakfast, emergency or unsuitable accommodation."),
    _housed("bed_and_breakfast", _in_lodgings, _no_home, "In bed and breakfast."),
    _housed("emergency", _in_emergency, _no_home, "In emergency accommodation."),
    _housed("unsuitable", _is_unsuitable, _no_verdict, "In unsuitable accommodation."),
)

_leaver = foster_care_leavers.table


def _staying(code: str, age: int) -> Part:
    return proportion(
        foster_care_leavers,
        _leaver[f"accommodation_{age}"] == "Z",
        code=code,
        unknown={_NO_AGE: _leaver.born_on.isnull()},
        words={
            "met": f"With the former foster carers at {age}, by the last status recorded by then.",
            "not_met": f"Not with the former foster carers at {age}.",
        },
    )


CL_10 = (_staying("", 18), _staying("age19", 19), _staying("age20", 20))

PARTS = {
    "CL-01": CL_01,
    "CL-02": CL_02,
    "CL-03": CL_03,
    "CL-04": CL_04,
    "CL-05": CL_05,
    "CL-06": CL_06,
    "CL-07": CL_07,
    "CL-08": CL_08,
    "CL-09": CL_09,
    "CL-10": CL_10,
}
