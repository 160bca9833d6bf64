"""How does a report leave the house? Frozen, signed, approved by one who wrote none of it, then released."""

import hashlib
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.reports.disclosure import disclosure
from goldenthread_web.reports.files import TYPES, Stamp, file_of
from goldenthread_web.reports.gate import errors
from goldenthread_web.reports.models import Approval, Release, Report, SignOff, Writer
from goldenthread_web.reports.queries import hold_report
from goldenthread_web.reports.standing import Standing, put_together, standing_of
from goldenthread_web.trail.recording import record

DIRECTOR = "director"
_AT_FREEZING = ("unresolved", "part-missing")


@service(Permission.WRITE_REPORTS)
def freeze(report: Report, *, by: User) -> Report:
    """Fix every figure, quotation, date and sum of a report as it is now; nothing moves it afterwards."""
    _expect(report, Report.State.DRAFT, "Only a draft can be frozen")
    put_together(report)
    held = [one for one in report.remarks if one["code"] in _AT_FREEZING]
    if held:
        raise Refused(f"{held[0]['place'] or 'The report'}: {held[0]['sentence']}")
    report.state = Report.State.FROZEN
    report.save()
    Writer.objects.get_or_create(content=report.content, person=by)
    if standing_of(report).is_signed:
        report.state = Report.State.SIGNED
        report.save()
    record("report.frozen", report, by=by, changes={"digest": report.digest, "figures": len(report.figures)})
    return report


@service(Permission.WRITE_REPORTS)
def open_again(report: Report, *, by: User) -> Report:
    """Make a draft of it again; after a release it is the next version."""
    hold_report(report)
    if report.state in (Report.State.DRAFT, Report.State.WITHDRAWN):
        raise Refused("There is nothing to open: the report is a draft, or withdrawn.")
    was, report.state = report.state, Report.State.DRAFT
    if was == Report.State.RELEASED:
        report.version += 1
    report.rests_on = ""  # built anew once somebody opens it
    report.save()
    record("report.opened_again", report, by=by, changes={"was": str(was), "version": report.version})
    return report


@service(Permission.SIGN_OFF_SECTIONS)
def sign_off(report: Report, section: str, *, digest: str, by: User) -> SignOff:
    """Sign one section as it stands. Which post signs which section is data; other words undo it."""
    _expect(report, Report.State.FROZEN, "Sections are signed once the report is frozen")
    asked = next((one for one in standing_of(report).signatures if one.section.code == section), None)
    if asked is None:
        raise Refused("This section needs no signature.")
    if by.role != asked.role:
        raise Refused(f"This section is signed by the {asked.post}.")
    if asked.given is not None:
        raise Refused("The section is signed as it stands.")
    if asked.section.digest != digest:
        raise Refused("The section has other words than those you read: read it again.")
    made = SignOff.objects.create(
        report=report,
        section=section,
        digest=asked.section.digest,
        post=asked.post,
        signed_by=by,
        signed_at=now(),
    )
    if standing_of(report).is_signed:
        report.state = Report.State.SIGNED
        report.save()
    record("report.section_signed", report, by=by, changes={"section": section, "digest": made.digest})
    return made


@service(Permission.APPROVE_REPORTS)
def let_weaknesses_go(report: Report, *, because: str, by: User) -> Report:
    """The director says why a report may go out with weaknesses of its period that nobody has answered."""
    if by.role != DIRECTOR:
        raise Refused("Only the director can let a report go with weaknesses that nobody has answered.")
    hold_report(report)
    if report.state in (Report.State.RELEASED, Report.State.WITHDRAWN):
        raise Refused("The report is released or withdrawn: this would change nothing.")
    if len(because.strip()) < 20:
        raise Refused("Say in a sentence why they are not answered yet, and when they will be.")
    report.weaknesses_because, report.weaknesses_by = because.strip(), by
    if report.state == Report.State.APPROVED:
        report.state = Report.State.SIGNED
    _judge_again(report)
    report.save()
    record("report.weaknesses_let_go", report, by=by)
    return report


@service(Permission.APPROVE_REPORTS)
def approve(report: Report, *, digest: str, has_judged: bool, by: User) -> Approval:
    """Let a report out as it stands. Whoever wrote of it cannot; errors hold it; remarks must be judged."""
    _expect(report, Report.State.SIGNED, "A report is approved once it is frozen and signed")
    if Writer.objects.filter(content=report.content, person=by).exists():
        raise NotForYourself("You wrote of this content: somebody else must approve it.")
    if report.digest != digest:
        raise Refused("The report has other words than those you read: read it again.")
    found = standing_of(report)
    if found.lacking:
        raise Refused(found.lacking)
    if found.remarks and not has_judged:
        raise Refused(f"Say that you have judged the {len(found.remarks)} remarks beside the report.")
    made, _ = Approval.objects.update_or_create(
        report=report,
        digest=report.digest,
        defaults={
            "version": report.version,
            "remarks": _counted(found),
            "approved_by": by,
            "approved_at": now(),
        },
    )
    report.state = Report.State.APPROVED
    report.save()
    record("report.approved", report, by=by, changes={"digest": digest, "remarks": made.remarks})
    return made


@service(Permission.WRITE_REPORTS)
def release(report: Report, *, by: User) -> Release:
    """Hand it out: three files of the words that were approved, kept for good. Two people are in it."""
    _expect(report, Report.State.APPROVED, "A report is released once it is approved")
    found = standing_of(report)
    if found.approval is None or found.lacking:
        raise Refused(found.lacking or "What was approved had other words: it must be approved again.")
    if found.approval.approved_by_id == by.pk:
        raise NotForYourself("You approved it: somebody else releases it.")
    told = disclosure(report.figures)
    shown = {(one["ref"], one["ends_on"]) for one in report.figures if not one["is_hidden"]}
    if any((ref, ends_on.isoformat()) in shown for ref, ends_on in told.held):
        raise Refused(
            "Another report was released since this one was frozen, and beside it a number would tell of a "
            "few children: open this one again and freeze it anew."
        )
    stamp = Stamp(
        is_draft=False,
        version=report.version,
        as_at=found.document.as_at,
        digest=report.digest,
        on=today(),
    )
    files = {kind: file_of(kind, found.document, stamp) for kind in TYPES}
    hashes = {kind: hashlib.sha256(content).hexdigest() for kind, content in files.items()}
    made = Release.objects.create(
        report=report,
        version=report.version,
        title=found.document.title,
        is_public=found.forum.is_public,
        document=report.document,
        figures=report.figures,
        checks=_decision(found),
        digest=report.digest,
        html=files["html"].decode(),
        word=files["docx"],
        pdf=files["pdf"],
        hashes=hashes,
        approved_by=found.approval.approved_by,
        released_by=by,
        released_at=now(),
    )
    report.state = Report.State.RELEASED
    report.save()
    record("report.released", made, by=by, changes={"digest": report.digest, **hashes})
    return made


@service(Permission.APPROVE_REPORTS)
def withdraw(report: Report, *, by: User) -> Report:
    """Take a released report back: it is no longer listed, and what was read of it still counts as known."""
    _expect(report, Report.State.RELEASED, "Only what is released can be withdrawn")
    report.state = Report.State.WITHDRAWN
    report.save()
    record("report.withdrawn", report, by=by, changes={"version": report.version})
    return report


def _expect(report: Report, state: str, sentence: str) -> None:
    hold_report(report)
    if report.state != state:
        raise Refused(f"{sentence}: it is {report.get_state_display()}.")


def _judge_again(report: Report) -> None:
    """What holds it, without building it: only whether weaknesses may go unanswered has changed."""
    remarks = []
    for one in report.remarks:
        if one["code"] == "weaknesses-unanswered":
            sentence = "The director lets it go with weaknesses that nobody has answered, and says why."
            one = one | {"code": "weaknesses-let-go", "weight": "remark", "sentence": sentence}
            one["text"] = report.weaknesses_because
        remarks.append(one)
    report.remarks = sorted(remarks, key=lambda one: one["weight"] != "error")


def _counted(found: Standing) -> dict[str, int]:
    codes = [one["code"] for one in found.remarks]
    return {code: codes.count(code) for code in sorted(set(codes))}


def _decision(found: Standing) -> dict[str, Any]:
    """The record of the decision: what was looked for and found, who signed, who approved."""
    assert found.approval is not None
    return {
        "errors": len(errors(found.report.remarks)),
        "remarks": found.report.remarks,
        "signed": [
            {"section": one.section.code, "post": one.post, "at": one.given.signed_at.isoformat()}
            for one in found.signatures
            if one.given is not None
        ],
        "approved": {
            "role": found.approval.approved_by.role,
            "at": found.approval.approved_at.isoformat(),
            "remarks": found.approval.remarks,
        },
        "weaknesses_because": found.report.weaknesses_because,
    }
