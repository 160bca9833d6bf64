"""What reports are made of, for tests: a programme, bodies, a letter with findings, figures, a content."""

from datetime import UTC, date, datetime

from goldenthread_web.inspections.models import Finding, Letter, Paragraph, Visit
from goldenthread_web.programme.models import Body, Component, Programme, Theme
from goldenthread_web.reports.models import Report
from goldenthread_web.reports.release_services import approve, freeze, release, sign_off
from goldenthread_web.reports.services import add_report, as_it_stands, start_content, write_section
from goldenthread_web.reports.standing import standing_of
from tests.web.builders import a_person
from tests.web.figure_sets import a_set, a_target, over_two_years

AT = datetime(2018, 1, 2, 9, 0, tzinfo=UTC)
CABINET_ON = date(2018, 3, 20)
LETTER = (
    "In the cases we read, thresholds were applied well and decisions came in time.",
    "Supervision is on time in most teams, but what it agrees is not looked at again at the next session.",
    "Leaders know their services in many cases better than at the visit before, and say so openly.",
)
FD = [44, 44, 45, 46, 47, 47, 48, 49, 49, 50, 50, 50, 50, 50, 44, 47, 48, 49, 49, 54, 59, 64, 68, 74]
CIN = [50] * 17 + [51, 56, 59, 64, 69, 71, 78]
BODIES = {
    "cabinet": "Cabinet",
    "best_value_board": "Best Value Improvement Board",
    "scrutiny": "Overview and Scrutiny Committee",
    "improvement_board": "Children's services improvement board",
    "operational_board": "Children's improvement operational board",
    "safeguarding_partnership": "Safeguarding children partnership",
    "leaders_briefing": "Leaders' fortnightly briefing",
    "audit_committee": "Audit Committee",
    "dfe_review": "Department for Education review",
}


def a_programme():
    """The aim, two themes, the bodies reports are for."""
    Programme.objects.create(
        pk=1,
        name="The programme",
        framework="SIF",
        target_grade="good",
        starts_on=date(2017, 4, 7),
        target_on=date(2019, 4, 7),
    )
    component = Component.objects.create(number=9, title="A model of practice that holds")
    for number, title in ((1, "Leadership"), (2, "Social work practice")):
        theme = Theme.objects.create(
            number=number, title=title, focus=f"What {title.lower()} is for.", post="Director"
        )
        theme.components.add(component)
    for code, name in BODIES.items():
        is_public = code in ("cabinet", "scrutiny")
        Body.objects.create(
            code=code, name=name, purpose="Tests.", chair="Chair", rhythm="quarterly", is_public=is_public
        )


def figures(fd=FD, cin=CIN, of=200, **values):
    """Figures in force to the end of December 2017, with a target for one of them."""
    return a_set([*over_two_years("FD-02", fd, of=of), *over_two_years("CIN-02", cin, of=of)], **values)


def a_letter(paragraphs=LETTER, *, number=2, is_public=True, dated_on=date(2017, 12, 21)):
    """A letter of a visit with these paragraphs."""
    visit = Visit.objects.create(
        number=number,
        starts_on=date(2017, 11, 28),
        ends_on=date(2017, 11, 29),
        announced_on=date(2017, 11, 1),
    )
    by = a_person("programme_manager")
    letter = Letter.objects.create(
        visit=visit,
        dated_on=dated_on,
        received_on=dated_on,
        is_public=is_public,
        entered_by=by,
        entered_at=AT,
    )
    for at, text in enumerate(paragraphs, 1):
        Paragraph.objects.create(letter=letter, position=at, anchor=f"p{at}", kind="prose", text=text)
    return letter


def a_finding(letter, anchor, valence="weakness", ref="V2.1", title="Supervision is not looked at again"):
    """The whole paragraph of a letter as a finding."""
    paragraph = letter.paragraphs.get(anchor=anchor)
    return Finding.objects.create(
        ref=ref,
        paragraph=paragraph,
        start=0,
        end=len(paragraph.text),
        quote=paragraph.text,
        valence=valence,
        title=title,
        practice_area="supervision",
        entered_by=letter.entered_by,
        entered_at=AT,
    )


def a_content(
    by, *, label="quarter 3 2017/18", starts_on=date(2017, 10, 1), ends_on=date(2017, 12, 31), as_at_on=None
):
    """A content of the third quarter."""
    days = {"starts_on": starts_on, "ends_on": ends_on, "as_at_on": as_at_on or ends_on}
    return start_content(label=label, title="Progress", **days, by=by)


def a_report(content, by, template="cabinet", meeting_on=CABINET_ON) -> Report:
    """The form of a content for a forum."""
    return add_report(content, template, meeting_on=meeting_on, by=by)


def opened(report, by) -> Report:
    """The report as somebody reads it who opens its page now."""
    report.refresh_from_db()
    return as_it_stands(report, by=by)


def all_signed(report, by):
    """Frozen, and signed by whoever must."""
    freeze(report, by=by)
    for one in (one for one in standing_of(report).signatures if one.given is None):
        sign_off(report, one.section.code, digest=one.section.digest, by=a_person(one.role))
    report.refresh_from_db()
    return report


def approved(report, by, approver=None):
    """Frozen, signed and approved by somebody else."""
    all_signed(report, by)
    approve(report, digest=report.digest, has_judged=True, by=approver or a_person("head_of_service"))
    report.refresh_from_db()
    return report


def released(report, by, approver=None):
    """Released."""
    return release(approved(report, by, approver), by=by)


def in_target(by, ref="CIN-02", value=95):
    """A target that the figures of these tests miss."""
    return a_target(ref, value, by=by)


def with_a_reason(content, by):
    """The content, in which somebody says why plans are off target."""
    text = "Children in need with a plan wait where two posts are vacant; both are filled in January."
    for code in ("background", "theme_2"):  # most forms have the one or the other
        write_section(content, code, text=text, version=0, by=by)
    return content


def codes(report, weight=None):
    """What was found in a report, by code."""
    return [one["code"] for one in report.remarks if weight in (None, one["weight"])]
