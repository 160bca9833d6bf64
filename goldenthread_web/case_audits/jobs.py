"""What do case audits do by themselves? A worker calls it now and then (extracts/routines.toml)."""

from datetime import date

from django.urls import reverse

from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.telling import tell_person
from goldenthread_web.case_audits import moderating_services
from goldenthread_web.case_audits.following_queries import to_close
from goldenthread_web.case_audits.following_re_audit_services import make_re_audit
from goldenthread_web.case_audits.following_re_audits import to_make
from goldenthread_web.case_audits.following_reminders import WHAT, by_person, late
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.following_services import close_case_audit
from goldenthread_web.case_audits.moderating_drawing import always_again, batches
from goldenthread_web.config.clock import today
from goldenthread_web.trail.recording import record


def nightly(*, by: None = None) -> None:
    """Draw who is looked at again, hand out re-audits whose time has come, close what is done, remind."""
    on = today()
    begin_second_looks(on)
    hand_out_re_audits(on)
    close_what_is_done(on)
    remind(on, by=by)


def begin_second_looks(on: date) -> int:
    """Second looks that a grade asks for, and those drawn from batches that are over; how many began."""
    begun = [moderating_services.begin_for_grade(one, on=on, by=None) for one in always_again()]
    for batch in batches(on):
        begun += moderating_services.draw(batch, on=on, by=None)
    return len(begun)


def hand_out_re_audits(on: date) -> int:
    """Re-audits whose time has come, where somebody is free to do them; how many were handed out."""
    ready = [(one.first, one.auditor) for one in to_make(on) if one.auditor is not None]
    for first, auditor in ready:
        make_re_audit(first, auditor, on=on, by=None)
    return len(ready)


def close_what_is_done(on: date) -> int:
    """Case audits after which nothing is left to do; how many were closed."""
    found = list(to_close())
    for one in found:
        close_case_audit(one, on=on, by=None)
    return len(found)


def remind(on: date, *, by: None = None) -> int:
    """Tell whoever is late, once for each thing: one mail for each person and kind."""
    found = late(on)
    if found:
        _remind(found, by=by)
    return len(found)


@service(None)
def _remind(found: list, *, by: None) -> None:  # type: ignore[type-arg]
    for one in found:
        record(WHAT, (one.kind, one.key), by=by)
    for (person, kind), number in by_person(found).items():
        words = rules().reminders[kind]
        tell_person(
            person,
            what="case_audits.late",
            subject=words["subject"],
            sentence=words["one"] if number == 1 else words["many"].format(number=number),
            path=reverse(words["page"]),
        )
