"""What is written of letters: their text once and for ever, the findings in it, and what becomes of those."""

from datetime import date

from goldenthread.papers.paper import Paper
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.inspections.frames import practice_areas
from goldenthread_web.inspections.marking import only_place
from goldenthread_web.inspections.models import (
    Finding,
    Inspection,
    Letter,
    Paragraph,
    Recommendation,
    Visit,
)
from goldenthread_web.programme.models import Component, Theme
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.MARK_FINDINGS)
def enter_letter(
    paper: Paper,
    *,
    of: Visit | Inspection,
    dated_on: date,
    received_on: date,
    is_public: bool = False,
    is_copied_to_dfe: bool = False,
    supersedes: Letter | None = None,
    by: User,
) -> Letter:
    """Enter the letter of a visit or the report of an inspection. Its text is never changed afterwards.

    One that supersedes another takes over the findings whose words stand in it once, word for word; the
    others stay where they are, and say so.
    """
    if received_on < dated_on:
        raise Refused("A letter comes on or after the day it is dated: check both days.")
    if received_on > today():
        raise Refused("A letter is entered once it has come: the day lies ahead.")
    if dated_on < of.ends_on:
        raise Refused("A letter is dated after what it is of: check whether it belongs to another visit.")
    if supersedes is not None:
        if supersedes.of != of:
            raise Refused("A letter takes the place of one of the same visit or inspection.")
        if Letter.objects.filter(supersedes=supersedes).exists():
            raise Refused("Another letter took its place already: supersede that one.")
    made = Letter.objects.create(
        visit=of if isinstance(of, Visit) else None,
        inspection=of if isinstance(of, Inspection) else None,
        supersedes=supersedes,
        dated_on=dated_on,
        received_on=received_on,
        is_public=is_public,
        is_copied_to_dfe=is_copied_to_dfe,
        source=paper.name,
        entered_by=by,
        entered_at=now(),
    )
    Paragraph.objects.bulk_create(
        Paragraph(
            letter=made,
            position=position,
            anchor=one.anchor,
            number=one.number,
            heading=one.heading[:300],
            kind=one.kind.value,
            text=one.text,
        )
        for position, one in enumerate(paper.paragraphs, start=1)
    )
    moved = 0 if supersedes is None else _take_over(supersedes, made)
    record(
        "letter.entered",
        made,
        by=by,
        changes={
            "paragraphs": len(paper.paragraphs),
            "supersedes": supersedes.pk if supersedes else None,
            "findings_taken_over": moved,
        },
    )
    return made


@service(Permission.MARK_FINDINGS)
def publish_letter(letter: Letter, *, published_on: date, url: str, by: User) -> Letter:
    """Say that a letter was published, when and where. Its text stays as it is."""
    if published_on < letter.dated_on:
        raise Refused("A letter is published on or after the day it is dated.")
    if published_on > today():
        raise Refused("Say that it was published once it is: the day lies ahead.")
    letter.published_on, letter.url, letter.is_public = published_on, url, True
    letter.save(update_fields=["published_on", "url", "is_public"])
    record("letter.published", letter, by=by, changes={"on": published_on.isoformat()})
    return letter


@service(Permission.MARK_FINDINGS)
def mark_finding(
    paragraph: Paragraph,
    *,
    start: int,
    end: int,
    quote: str,
    valence: str,
    title: str,
    practice_area: str,
    team: str = "",
    theme: Theme | None = None,
    component: Component | None = None,
    recommendation: Recommendation | None = None,
    repeat_of: Finding | None = None,
    is_repeat: bool = False,
    by: User,
) -> Finding:
    """Mark words of a letter as a finding: from `start` to before `end` of the paragraph, exactly `quote`."""
    if not 0 <= start < end <= len(paragraph.text) or paragraph.text[start:end] != quote:
        raise Refused(
            "These are not the words of the paragraph, letter for letter: copy them as they stand there."
        )
    if not quote.strip():
        raise Refused("A finding has words: mark some.")
    _refuse_bad_finding(paragraph.letter, valence, title, practice_area, repeat_of)
    letter = Letter.objects.select_for_update().get(pk=paragraph.letter_id)
    if Letter.objects.filter(supersedes=letter).exists():
        raise Refused("Another letter took the place of this one: mark its findings there.")
    if Finding.objects.filter(
        paragraph=paragraph, start=start, end=end, valence=valence, withdrawn_at__isnull=True
    ).exists():
        raise Refused("These words are marked as the same kind of finding already.")
    made = Finding.objects.create(
        ref=_next_ref(letter),
        paragraph=paragraph,
        start=start,
        end=end,
        quote=quote,
        valence=valence,
        title=title.strip(),
        team=team,
        practice_area=practice_area,
        theme=theme,
        component=component,
        recommendation=recommendation,
        repeat_of=repeat_of,
        is_repeat=is_repeat or repeat_of is not None,
        entered_by=by,
        entered_at=now(),
    )
    record(
        "finding.marked",
        made,
        by=by,
        changes={"ref": made.ref, "valence": valence, "area": practice_area, "is_repeat": made.is_repeat},
    )
    return made


@service(Permission.MARK_FINDINGS)
def change_finding(
    finding: Finding,
    *,
    version: int,
    valence: str,
    title: str,
    practice_area: str,
    team: str = "",
    theme: Theme | None = None,
    component: Component | None = None,
    recommendation: Recommendation | None = None,
    by: User,
) -> Finding:
    """Say otherwise what a finding is about. Its words are the inspector's and stay."""
    found = _standing(finding, version)
    _refuse_bad_finding(found.paragraph.letter, valence, title, practice_area, found.repeat_of)
    before = {"valence": found.valence, "area": found.practice_area}
    found.valence, found.title, found.practice_area = valence, title.strip(), practice_area
    found.team, found.theme, found.component = team, theme, component
    found.recommendation = recommendation
    _save(found)
    after = {"valence": valence, "area": practice_area}
    record("finding.changed", found, by=by, changes={name: [before[name], after[name]] for name in after})
    return found


@service(Permission.MARK_FINDINGS)
def decide_repeat(
    finding: Finding, *, version: int, is_repeat: bool, repeat_of: Finding | None = None, by: User
) -> Finding:
    """Say whether a finding repeats an earlier one, and which; that one may be in no letter that is here."""
    found = _standing(finding, version)
    if repeat_of is not None:
        _refuse_repeat(found.paragraph.letter, repeat_of)
        is_repeat = True
    found.is_repeat, found.repeat_of = is_repeat, repeat_of
    _save(found)
    record(
        "finding.repeat_decided",
        found,
        by=by,
        changes={"is_repeat": is_repeat, "of": repeat_of.ref if repeat_of else ""},
    )
    return found


@service(Permission.MARK_FINDINGS)
def withdraw_finding(finding: Finding, *, version: int, because: str, by: User) -> Finding:
    """Take a finding back that was marked by mistake: it stays in the letter's history, with the reason."""
    found = _standing(finding, version)
    if len(because.strip()) < 10:
        raise Refused("Say in a sentence why the finding is withdrawn.")
    if found.answered_on:
        raise Refused(
            "The ledger says what is done about this finding: it cannot be withdrawn, only changed."
        )
    if Finding.objects.filter(repeat_of=found, withdrawn_at__isnull=True).exists():
        raise Refused("A later finding repeats this one: say first that it does not.")
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_because = now(), by, because.strip()
    _save(found)
    record("finding.withdrawn", found, by=by)
    return found


@service(None)
def note_answer(finding: Finding, *, on: date | None, by: User) -> None:
    """Note since when the ledger answers a finding; None: what answered it no longer does.

    It follows from what the ledger or the plan wrote: those services say who may.
    """
    Finding.objects.filter(pk=finding.pk).update(answered_on=on)
    record("finding.answered" if on else "finding.unanswered", finding, by=by)


def _standing(finding: Finding, version: int) -> Finding:
    """The finding as it is now; Refused where somebody changed or withdrew it meanwhile."""
    found = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if found.withdrawn_at:
        raise Refused("The finding was withdrawn.")
    check(found, version)
    return found


def _save(finding: Finding) -> None:
    finding.version += 1
    finding.save()


def _refuse_bad_finding(
    letter: Letter, valence: str, title: str, practice_area: str, repeat_of: Finding | None
) -> None:
    if valence not in Finding.Valence.values:
        raise Refused("Choose what the inspector says with it: a strength, a weakness or one of the others.")
    if not title.strip():
        raise Refused("Give the finding a short title.")
    if practice_area not in practice_areas():
        raise Refused("Choose the area of practice that the finding is about.")
    if repeat_of is not None:
        _refuse_repeat(letter, repeat_of)


def _refuse_repeat(letter: Letter, earlier: Finding) -> None:
    if earlier.paragraph.letter.dated_on >= letter.dated_on:
        raise Refused("A finding repeats one of an earlier letter.")
    if earlier.withdrawn_at:
        raise Refused("The earlier finding was withdrawn: nothing repeats it.")


def _next_ref(letter: Letter) -> str:
    """V2.31 or I2017.4: numbered over all letters of the visit or inspection, withdrawn ones included."""
    if letter.visit_id:
        start, within = f"V{letter.visit.number}", {"paragraph__letter__visit": letter.visit_id}
    else:
        start = f"I{letter.inspection.starts_on:%Y}"
        within = {"paragraph__letter__inspection": letter.inspection_id}
    return f"{start}.{Finding.objects.filter(**within).count() + 1}"


def _take_over(old: Letter, new: Letter) -> int:
    """Move findings whose words the new letter has in one place to that place; how many."""
    texts = list(Paragraph.objects.filter(letter=new))
    moved = 0
    for finding in Finding.objects.filter(paragraph__letter=old, withdrawn_at__isnull=True):
        place = only_place(texts, finding.quote)
        if place is None:
            continue
        finding.paragraph, finding.start = place
        finding.end = finding.start + len(finding.quote)
        _save(finding)
        moved += 1
    return moved
