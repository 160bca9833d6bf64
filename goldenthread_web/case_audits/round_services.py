"""What is written when a round of a programme begins: a sample of each cohort, handed out to auditors."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.calendar import add_months, add_working_days
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits.handing_services import hand_out, tell_auditor
from goldenthread_web.case_audits.kinds import rules_of
from goldenthread_web.case_audits.matching import Matched, matched
from goldenthread_web.case_audits.models import AuditProgramme, CaseAudit, Round
from goldenthread_web.case_audits.rounds import shares
from goldenthread_web.case_audits.workers import tier_of
from goldenthread_web.config.clock import now, today
from goldenthread_web.sampling.cohorts import candidates, title_of
from goldenthread_web.sampling.conflicts import conflicts_of
from goldenthread_web.sampling.models import Sample, SampledChild
from goldenthread_web.sampling.services import draw
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.words import pluralise

PURPOSE = "case_audit"


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """How the children of a round are chosen."""

    method: str
    strata: str = ""
    reason: str = ""
    references: Collection[str] = ()
    teams: Collection[str] = ()
    seed: str = ""


@service(Permission.LEAD_CASE_AUDITS)
def begin_round(
    programme: AuditProgramme,
    *,
    drawing: Drawing,
    starts_on: date | None = None,
    by: User,
) -> Round:
    """Begin the next round: draw a sample from each cohort and hand its cases out. All of it or nothing."""
    found = AuditProgramme.objects.select_for_update().get(pk=programme.pk)
    on = starts_on or today()
    _check_day(found, on)
    number = found.rounds.count() + 1
    due_on = add_working_days(on, found.days)
    made = Round.objects.create(programme=found, number=number, starts_on=on, due_on=due_on)
    samples = _drawn(found, drawing, on, by)
    made.samples.set(samples)
    # Sample by sample as drawn: whoever looks at whom does not hang on the order in which a database answers.
    drawn = SampledChild.objects.filter(sample__in=samples).order_by("sample_id", "position")
    children = list(drawn.select_related("sample"))
    matching = match(found.auditors.order_by("pk"), [one.reference for one in children], turn=number)
    _handed_out(made, children, matching, by)
    made.handed_out_at, made.handed_out_by = now(), by
    made.save(update_fields=["handed_out_at", "handed_out_by"])
    changes = {
        "programme": found.pk,
        "method": drawing.method,
        "drawn": len(children),
        "handed_out": len(matching.auditor_of),
    }
    record("case_audit_round.begun", made, by=by, changes=changes)
    return made


@service(Permission.LEAD_CASE_AUDITS)
def hand_out_left(of: Round, child: SampledChild, *, auditor: User, due_on: date, by: User) -> CaseAudit:
    """Hand a sampled child whom nobody of the programme could look at to somebody else."""
    if not of.samples.filter(pk=child.sample_id).exists():
        raise Refused("This child was not drawn for this round.")
    handed = of.case_audits.filter(reference=child.reference)
    if handed.exclude(state=CaseAudit.State.WITHDRAWN).exists():
        raise Refused("This case has been handed out already.")
    return _hand(of, child, auditor, on=today(), due_on=due_on, tells=True, by=by)


def match(auditors: Iterable[User], references: Sequence[str], *, turn: int = 0) -> Matched:
    """Who of these auditors looks at which of these children. Whose turn it is gets what is left over."""
    people = list(auditors)
    people = people[turn % len(people) :] + people[: turn % len(people)] if people else []
    conflicts: dict[int, Mapping[str, str]] = {
        person.pk: conflicts_of(person, references)
        if person.may(Permission.AUDIT_CASES)
        else dict.fromkeys(references, "They no longer audit cases.")
        for person in people
    }
    return matched(references, [person.pk for person in people], conflicts)


def why_left(auditors: Sequence[User], references: Sequence[str]) -> dict[str, list[str]]:
    """Why each of these auditors may not look at a child, for the children whom none of them may."""
    if not references:
        return {}
    titles = {person.pk: person.title for person in auditors}
    found = match(auditors, references).nobody_for
    return {
        child: [f"{titles[auditor]}: {why}" for auditor, why in of.items()] for child, of in found.items()
    }


def _check_day(programme: AuditProgramme, on: date) -> None:
    if on > today():
        raise Refused("A round begins today, or began before: this day lies ahead.")
    if on < programme.starts_on:
        raise Refused("The programme had not begun on that day.")
    if programme.ends_on is not None and on > programme.ends_on:
        raise Refused("The programme has ended: give it a later last day first.")
    latest = programme.rounds.first()
    if latest is not None and on < latest.starts_on:
        raise Refused(f"Round {latest.number} began later than that day.")


def _drawn(programme: AuditProgramme, drawing: Drawing, on: date, by: User) -> list[Sample]:
    """A sample of each cohort."""
    sizes = shares(programme.size, programme.cohorts)
    taken = _looked_at_lately(programme, on)
    of = (
        _targeted(programme, drawing, on) if drawing.references else dict.fromkeys(programme.cohorts, drawing)
    )
    return [_sample(cohort, sizes[cohort], one, taken, on, by) for cohort, one in of.items()]


def _targeted(programme: AuditProgramme, drawing: Drawing, on: date) -> dict[str, Drawing]:
    """Named children, each in the first cohort of the programme that they are in."""
    left, found = set(drawing.references), {}
    for cohort in programme.cohorts:
        here = left & {one.reference for one in candidates(cohort, on, teams=drawing.teams)}
        if here:
            found[cohort] = replace(drawing, references=sorted(here))
            left -= here
    if left:
        raise Refused(
            f"{pluralise(len(left), 'child', 'children')} of those you named cannot be chosen here: "
            "check the numbers against the groups of children of the programme."
        )
    return found


def _sample(
    cohort: str,
    size: int,
    drawing: Drawing,
    taken: dict[str, str],
    on: date,
    by: User,
) -> Sample:
    try:
        return draw(
            purpose=PURPOSE,
            cohort=cohort,
            method=drawing.method,
            size=size,
            teams=drawing.teams,
            strata=drawing.strata,
            reason=drawing.reason,
            references=drawing.references,
            seed=f"{drawing.seed}-{cohort}"[:40] if drawing.seed else "",
            leave_out=taken,
            drawn_on=on,
            by=by,
        )
    except Refused as refusal:
        raise Refused(f"{title_of(cohort)}: {refusal}") from refusal


def _looked_at_lately(programme: AuditProgramme, on: date) -> dict[str, str]:
    """Children of case audits that no sample was drawn for: whoever samples does not know of them."""
    months = rules_of(programme.kind).again_after_months
    if not months:
        return {}
    found = CaseAudit.objects.filter(scheduled_on__gt=add_months(on, -months), scheduled_on__lte=on)
    found = found.exclude(state=CaseAudit.State.WITHDRAWN).exclude(reference="")
    return dict.fromkeys(found.values_list("reference", flat=True), "lately")


def _handed_out(made: Round, children: Sequence[SampledChild], matching: Matched, by: User) -> None:
    people = {person.pk: person for person in made.programme.auditors.all()}
    numbers: Counter[int] = Counter()
    for child in children:
        auditor = matching.auditor_of.get(child.reference)
        if auditor is not None:
            _hand(made, child, people[auditor], on=made.starts_on, due_on=made.due_on, tells=False, by=by)
            numbers[auditor] += 1
    for auditor, number in numbers.items():
        tell_auditor(people[auditor], number)


def _hand(
    of: Round, child: SampledChild, auditor: User, *, on: date, due_on: date, tells: bool, by: User
) -> CaseAudit:
    sample, programme = child.sample, of.programme
    return hand_out(
        kind=programme.kind,
        pro_forma=programme.pro_forma,
        auditor=auditor,
        team=child.team,
        selection=sample.method,
        selection_reason=sample.reason,
        scheduled_on=on,
        due_on=due_on,
        reference=child.reference,
        cohort=sample.cohort,
        worker_id=child.worker_id,
        worker_tier=tier_of(child.worker_id),
        round=of,
        tells=tells,
        by=by,
    )
