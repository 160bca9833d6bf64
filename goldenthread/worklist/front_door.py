"""The front door and assessments: decisions, assessments, their checkpoints, and initial conferences."""

from goldenthread.calendar import days_after
from goldenthread.populations.assessments import assessments_open, assessments_unchecked
from goldenthread.populations.contacts import contacts_undecided
from goldenthread.populations.enquiries import enquiries_without_conference
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_ASSESSMENTS = ("assessments.started_on", "assessments.authorised_on")

_open = assessments_open.table
assessment = Item(
    code="assessment",
    label="Assessment due",
    timescale="TS02",
    duties=(
        Duty(
            of=assessments_open,
            clock_start=_open.started_on,
            within=(_open.started_on, parameter("assessment_limit_wd")),
            needs=_ASSESSMENTS,
            never="The assessment began on {clock_start} and is not authorised; "
            "{assessment_limit_wd} working days are allowed.",
        ),
    ),
)

_unchecked = assessments_unchecked.table
_limit = parameter("assessment_checkpoint_wd")
_by_calendar = parameter("checkpoint_days") == "calendar"
assessment_checkpoint = Item(
    code="assessment_checkpoint",
    label="Assessment checkpoint",
    timescale="TS03",
    duties=(
        Duty(
            of=assessments_unchecked,
            clock_start=_unchecked.started_on,
            due_on=_by_calendar.ifelse(days_after(_unchecked.started_on, _limit), None),
            within=(_by_calendar.ifelse(None, _unchecked.started_on), _limit),
            needs=(*_ASSESSMENTS, "management_oversights=assessment_checkpoint"),
            never="The assessment began on {clock_start} and no manager has checked its progress.",
        ),
    ),
)

_contact = contacts_undecided.table
contact_decision = Item(
    code="contact_decision",
    label="Contact decision",
    timescale="TS01",
    duties=(
        Duty(
            of=contacts_undecided,
            clock_start=_contact.received_on,
            within=(_contact.received_on, parameter("contact_decision_wd")),
            needs=("contacts.received_at", "contacts.decided_at"),
            never="The contact came in on {clock_start} and no decision is recorded.",
        ),
    ),
)

_enquiry = enquiries_without_conference.table
icpc = Item(
    code="icpc",
    label="Initial conference",
    timescale="TS05",
    duties=(
        Duty(
            of=enquiries_without_conference,
            clock_start=_enquiry.held_on,
            within=(_enquiry.held_on, parameter("icpc_limit_wd")),
            needs=(
                "strategy_discussions.held_on",
                "strategy_discussions.is_s47_initiated",
                "strategy_discussions.is_icpc_required",
                "conferences.held_on",
                "conferences=initial",
            ),
            never="A section 47 enquiry began on {clock_start}; no initial conference has been held.",
        ),
    ),
)

ITEMS = (assessment, assessment_checkpoint, contact_decision, icpc)
