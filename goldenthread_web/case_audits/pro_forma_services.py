"""What is written of pro formas: made from the standards, changed while they are drafts, published."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max, Q

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits.models import AuditProgramme, ProForma, ProFormaQuestion
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.pro_forma_checking import check_cited, check_of_edition, code_of_title
from goldenthread_web.case_audits.pro_forma_queries import (
    matching,
    questions_asked,
    seen_as,
    title_seen,
)
from goldenthread_web.config.clock import now, today
from goldenthread_web.standards.domains import domains, impact
from goldenthread_web.standards.models import Edition, Question, Standard
from goldenthread_web.standards.queries import questions_of, standards_of
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import SavedMeanwhile


@service(Permission.KEEP_STANDARDS)
def make_pro_forma(
    *,
    title: str,
    kind: str,
    edition: Edition,
    in_domains: Collection[str] = (),
    standards: Collection[str] = (),
    cohorts: Collection[str] = (),
    by: User,
    at: datetime | None = None,
) -> ProForma:
    """Draft a pro forma with every question of the standards that matches."""
    if not edition.is_adopted:
        raise Refused(f"{edition} is not adopted: a pro forma is made from standards that hold.")
    code = code_of_title(title)
    if kind not in Kind.values:
        raise Refused("Choose the kind of case audit.")
    found = matching(edition, kind=kind, in_domains=in_domains, standards=standards, cohorts=cohorts)
    if not found:
        raise Refused("No question of the standards matches that: choose another domain, standard or cohort.")
    made = ProForma.objects.create(
        code=code, title=title.strip(), kind=kind, edition=edition, made_by=by, made_at=at or now()
    )
    _take(made, found)
    record("pro_forma.made", made, by=by, changes=_named(made) | {"questions": len(found)})
    return made


@service(Permission.KEEP_STANDARDS)
def make_version(pro_forma: ProForma, *, edition: Edition, by: User, at: datetime | None = None) -> ProForma:
    """Draft the next version of a published pro forma, from the same edition or a later one.

    Questions keep the words of the edition; one whose standard is no longer there cites none, and waits to
    be tied to another or taken out.
    """
    if pro_forma.published_at is None:
        raise Refused("This version is a draft itself: change it, and publish it.")
    if not edition.is_adopted:
        raise Refused(f"{edition} is not adopted: a pro forma is made from standards that hold.")
    versions = ProForma.objects.filter(code=pro_forma.code)
    draft = versions.filter(published_at__isnull=True).first()
    if draft is not None:
        raise Refused(f"Version {draft.number} is being written already: go on with that one.")
    last = versions.aggregate(last=Max("number"))["last"] or 0
    made = ProForma.objects.create(
        code=pro_forma.code,
        number=last + 1,
        title=pro_forma.title,
        kind=pro_forma.kind,
        edition=edition,
        made_by=by,
        made_at=at or now(),
    )
    _carry_over(pro_forma, made)
    record("pro_forma.made", made, by=by, changes=_named(made) | {"questions": made.questions.count()})
    return made


@service(Permission.KEEP_STANDARDS)
def retitle_pro_forma(pro_forma: ProForma, *, seen: int, title: str, by: User) -> ProForma:
    """Give a draft another title; its address, and versions before it, stay as they are.

    `seen` is the title the person saw (pro_forma_queries.title_seen); raises SavedMeanwhile where it is not.
    """
    held = _held(pro_forma)
    if seen != title_seen(held):
        raise SavedMeanwhile
    code_of_title(title, but=held)
    held.title = title.strip()
    held.save(update_fields=["title"])
    record("pro_forma.retitled", held, by=by, changes=_named(held))
    return held


@service(Permission.KEEP_STANDARDS)
def add_questions(pro_forma: ProForma, questions: Collection[Question], *, by: User) -> ProForma:
    """Ask more of what the standards ask, at the end of each domain, and nothing twice."""
    held = _held(pro_forma)
    if any(one.standard.edition_id != held.edition_id for one in questions):
        raise Refused(f"The questions of this pro forma come from {held.edition}.")
    asked = set(held.questions.values_list("question_id", flat=True))
    more = [one for one in questions if one.pk not in asked]
    if not more:
        raise Refused("All of that is asked already.")
    _take(held, more)
    record("pro_forma.questions_added", held, by=by, changes=_named(held) | {"questions": len(more)})
    return held


@service(Permission.KEEP_STANDARDS)
def add_own_question(
    pro_forma: ProForma, *, text: str, domain: str = "", standard: Standard | None = None, by: User
) -> ProFormaQuestion:
    """Ask something of one's own. Without a standard it may be drafted and not published."""
    held = _held(pro_forma)
    if not text.strip():
        raise Refused("Write the question.")
    if standard is not None:
        check_of_edition(held, standard)
        domain = standard.domain
    elif domain not in (*domains(), impact().code):
        raise Refused("Choose the domain it belongs to, or the standard it rests on.")
    made = ProFormaQuestion.objects.create(
        pro_forma=held, position=_next(held), domain=domain, text=text.strip(), standard=standard
    )
    record("pro_forma.question_added", held, by=by, changes=_named(held) | {"question": made.pk})
    return made


@service(Permission.KEEP_STANDARDS)
def cite_standard(question: ProFormaQuestion, standard: Standard, *, by: User) -> ProFormaQuestion:
    """Say on which standard a question of one's own rests; it goes to the domain of that standard."""
    held, stored = _held_question(question)
    if stored.question_id is not None:
        raise Refused("This question comes from the standards: it rests on its own already.")
    check_of_edition(held, standard)
    stored.standard, stored.domain = standard, standard.domain
    stored.save()
    changes = _named(held) | {"question": stored.pk, "standard": standard.code}
    record("pro_forma.standard_cited", held, by=by, changes=changes)
    return stored


@service(Permission.KEEP_STANDARDS)
def drop_question(question: ProFormaQuestion, *, by: User) -> None:
    """Ask it no longer in this draft."""
    held, stored = _held_question(question)
    record("pro_forma.question_dropped", held, by=by, changes=_named(held) | {"question": stored.pk})
    stored.delete()


@service(Permission.KEEP_STANDARDS)
def move_question(question: ProFormaQuestion, *, is_up: bool, by: User) -> None:
    """Ask it before, or after, its neighbour in the same domain."""
    held, stored = _held_question(question)
    same = [one for one in questions_asked(held) if one.domain == stored.domain]
    place = [one.pk for one in same].index(stored.pk)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(same):
        raise Refused(f"It is the {'first' if is_up else 'last'} of its domain already.")
    neighbour = same[other]
    mine, theirs = stored.position, neighbour.position
    for one, position in ((stored, _next(held)), (neighbour, mine), (stored, theirs)):
        one.position = position
        one.save(update_fields=["position"])
    record("pro_forma.question_moved", held, by=by, changes=_named(held) | {"question": stored.pk})


@service(Permission.KEEP_STANDARDS)
def publish_pro_forma(pro_forma: ProForma, *, seen: str, by: User, at: datetime | None = None) -> ProForma:
    """Let case audits ask it. From then on nothing of it changes.

    `seen` is what the person saw (pro_forma_queries.seen_as); raises SavedMeanwhile where it is not that.
    """
    held = _held(pro_forma)
    asked = questions_asked(held)
    if seen != seen_as(held, asked):
        raise SavedMeanwhile
    check_cited(asked)
    held.published_by, held.published_at = by, at or now()
    held.save()
    record("pro_forma.published", held, by=by, changes=_named(held) | {"questions": len(asked)})
    return held


@service(Permission.KEEP_STANDARDS)
def withdraw_pro_forma(pro_forma: ProForma, *, by: User, at: datetime | None = None) -> ProForma:
    """Hand it out no more. Case audits that were done with it keep it."""
    stored = ProForma.objects.select_for_update().get(pk=pro_forma.pk)
    if stored.published_at is None:
        raise Refused("It was never published: throw the draft away instead.")
    if stored.withdrawn_at is not None:
        raise Refused("It is withdrawn already.")
    running = AuditProgramme.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()), pro_forma=stored
    )
    if running.exists():
        raise Refused(f"The programme “{running[0].title}” asks it: give that one another pro forma first.")
    stored.withdrawn_at = at or now()
    stored.save(update_fields=["withdrawn_at"])
    record("pro_forma.withdrawn", stored, by=by, changes=_named(stored))
    return stored


@service(Permission.KEEP_STANDARDS)
def discard_pro_forma(pro_forma: ProForma, *, by: User) -> None:
    """Throw a draft away."""
    held = _held(pro_forma)
    record("pro_forma.discarded", held, by=by, changes=_named(held))
    held.delete()


def _held(pro_forma: ProForma) -> ProForma:
    """The draft, held until the end so that nobody publishes it meanwhile."""
    held = ProForma.objects.select_for_update(of=("self",)).select_related("edition").filter(pk=pro_forma.pk)
    found = held.first()
    if found is None:
        raise Refused("Somebody threw this draft away.")
    if found.published_at is not None:
        raise Refused("It is published and never changed: make a new version of it.")
    return found


def _held_question(question: ProFormaQuestion) -> tuple[ProForma, ProFormaQuestion]:
    held = _held(question.pro_forma)
    stored = held.questions.filter(pk=question.pk).first()
    if stored is None:
        raise Refused("Somebody took this question out meanwhile.")
    return held, stored


def _take(pro_forma: ProForma, questions: Collection[Question]) -> None:
    """Ask what the standards ask, in their order, after what is there."""
    first = _next(pro_forma)
    ProFormaQuestion.objects.bulk_create(
        ProFormaQuestion(
            pro_forma=pro_forma,
            position=place,
            domain=one.standard.domain,
            text=one.text,
            standard=one.standard,
            question=one,
        )
        for place, one in enumerate(questions, start=first)
    )


def _carry_over(before: ProForma, after: ProForma) -> None:
    """Each question again, tied to the same standard of the later edition where that is still there."""
    standards = {one.code: one for one in standards_of(after.edition)}
    library = {(one.standard.code, one.code): one for one in questions_of(after.edition)}
    carried = []
    for position, one in enumerate(questions_asked(before), start=1):
        standard = None if one.standard is None else standards.get(one.standard.code)
        known = None
        if one.standard is not None and one.question is not None:
            known = library.get((one.standard.code, one.question.code))
        carried.append(
            ProFormaQuestion(
                pro_forma=after,
                position=position,
                domain=one.domain if standard is None else standard.domain,
                text=one.text if known is None else known.text,
                standard=standard,
                question=known,
            )
        )
    ProFormaQuestion.objects.bulk_create(carried)


def _next(pro_forma: ProForma) -> int:
    return (pro_forma.questions.aggregate(last=Max("position"))["last"] or 0) + 1


def _named(pro_forma: ProForma) -> dict[str, object]:
    return {"pro_forma": pro_forma.code, "version": pro_forma.number}
