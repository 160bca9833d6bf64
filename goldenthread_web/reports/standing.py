"""How does a report stand: what was built of it, what holds it, who has signed what?"""

import hashlib
from dataclasses import dataclass
from typing import Any

from goldenthread_web.config.clock import now
from goldenthread_web.figures.card import current_set
from goldenthread_web.reports.building import Built, build, frame_of
from goldenthread_web.reports.disclosure import disclosure
from goldenthread_web.reports.documents import Document, Section, document_of
from goldenthread_web.reports.forums import Forum, forums
from goldenthread_web.reports.gate import checks, errors
from goldenthread_web.reports.models import Approval, Priority, Report, SignOff


def rests_on(report: Report) -> str:
    """What a report is built of, as one hash: with another, a draft is built anew. Two queries.

    The words of its sections, the priorities of its period and of those before, the figures in force, and
    the day, since from one to the next something is overdue. What is entered on a register in the meantime
    is in it the day after, or once somebody builds it anew.
    """
    content, found = report.content, current_set()
    written = content.sections.order_by("code").values_list("code", "version")
    priorities = Priority.objects.filter(content__ends_on__lte=content.ends_on).order_by("pk")
    parts = (
        [one for one in written if report.forum.has(one[0])],
        list(priorities.values_list("pk", "number", "text", "became", "account")),
        "" if found is None else found.key,
        frame_of(report).on,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def is_due(report: Report) -> bool:
    """Whether a draft was built of something else than what there is now."""
    return report.may_move and report.rests_on != rests_on(report)


def put_together(report: Report) -> Built:
    """Build a report and set what is kept of it; it is for a service to save.

    Figures that would tell of a few children beside earlier releases come out as hidden, and it is said.
    """
    report.rests_on = rests_on(report)  # before: what is written meanwhile makes it due again
    built = build(report)
    disclosed = disclosure(built.frame.used.values())
    if disclosed.held:
        built = build(report, held=disclosed.held)
    report.document = built.document.to_json()
    report.figures = list(built.frame.used.values())
    report.remarks = [one.to_json() for one in checks(built, report, disclosed)]
    report.digest = built.document.digest
    report.built_at = now()
    return built


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A section that must be signed: by whom, and who has."""

    section: Section
    role: str  # the code of the role
    post: str
    given: SignOff | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A report as its page tells it."""

    report: Report
    forum: Forum
    document: Document
    errors: tuple[dict[str, Any], ...]
    remarks: tuple[dict[str, Any], ...]
    signatures: tuple[Signature, ...]
    approval: Approval | None

    @property
    def is_signed(self) -> bool:
        """Whether nobody's signature is lacking."""
        return all(one.given is not None for one in self.signatures)

    @property
    def lacking(self) -> str:
        """The first thing that holds it, in one sentence; blank: nothing does."""
        if self.errors:
            return f"{self.errors[0]['place'] or 'The whole report'}: {self.errors[0]['sentence']}"
        unsigned = [one for one in self.signatures if one.given is None]
        if unsigned:
            return f"{unsigned[0].section.title} waits for the signature of the {unsigned[0].post}."
        return ""


def standing_of(report: Report) -> Standing:
    """How a report stands, from what was built of it last: two queries."""
    forum, document = forums()[report.template], document_of(report.document)
    signed = {(one.section, one.digest): one for one in report.sign_offs.select_related("signed_by")}
    found = []
    for section in document.sections:
        role = forum.signs(section.code)
        if role is not None and section.blocks:
            given = signed.get((section.code, section.digest))
            found.append(Signature(section=section, role=role.code, post=role.title, given=given))
    held = errors(report.remarks)
    return Standing(
        report=report,
        forum=forum,
        document=document,
        errors=tuple(held),
        remarks=tuple(one for one in report.remarks if one not in held),
        signatures=tuple(found),
        approval=report.approvals.select_related("approved_by").filter(digest=report.digest).first(),
    )
