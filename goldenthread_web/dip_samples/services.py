"""What is written of dip samples: drawn and handed over, answered child by child, finished, followed up."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.concerns.models import Concern
from goldenthread_web.concerns.queries import team_of
from goldenthread_web.concerns.services import raise_concern
from goldenthread_web.config.clock import now, today
from goldenthread_web.dip_samples.models import Answer, DesignVersion, DipSample, FollowUp, Item, Line
from goldenthread_web.dip_samples.shipped import missed_reasons
from goldenthread_web.extracts.children import index
from goldenthread_web.sampling.cohorts import candidates
from goldenthread_web.sampling.conflicts import conflicts_of
from goldenthread_web.sampling.handing_services import hand_over, take_back
from goldenthread_web.sampling.leaving_out import CONFLICT, never_drawn
from goldenthread_web.sampling.services import draw
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref
from goldenthread_web.ui.conflicts import check

GRACE = timedelta(days=28)  # how long after its due day a sampler who is late still sees the children
SHORTEST = 10
PURPOSE = "dip_sample"


@service(Permission.LEAD_CASE_AUDITS)
def draw_dip_sample(
    design_version: DesignVersion,
    *,
    sampler: User,
    due_on: date,
    method: str = "",
    strata: str = "",
    size_rule: str = "",
    size: int = 0,
    teams: Collection[str] = (),
    reason: str = "",
    references: Collection[str] = (),
    seed: str = "",
    drawn_on: date | None = None,
    by: User,
) -> DipSample:
    """Draw children for a design and hand them to whoever looks at them; blank: as the design says.

    Children whose case the sampler should not look at are left out before anything is drawn.
    """
    on = drawn_on or today()
    if design_version.design.ended_on is not None:
        raise Refused("This design is no longer drawn: choose another.")
    if due_on < on:
        raise Refused("Say by when it is to be done: not before the day it is drawn.")
    everybody = {one.reference for one in candidates(design_version.cohort, on, teams=teams)}
    sample = draw(
        purpose=PURPOSE,
        cohort=design_version.cohort,
        method=method or design_version.method,
        strata=strata or design_version.strata,
        size_rule=size_rule or design_version.size_rule,
        size=size or design_version.size,
        teams=teams,
        reason=reason,
        references=references,
        seed=seed,
        leave_out=dict.fromkeys(conflicts_of(sampler, everybody), CONFLICT),
        drawn_on=on,
        by=by,
    )
    made = DipSample.objects.create(
        ref=next_ref(DipSample, "D"),
        design_version=design_version,
        sample=sample,
        sampler=sampler,
        due_on=due_on,
    )
    rows = list(sample.children.all())
    Line.objects.bulk_create([Line(dip_sample=made, child=row) for row in rows])
    _hand_over(made, sampler, {row.reference for row in rows}, since_on=on, by=by)
    changes = {"design": design_version.design.code, "method": sample.method, "number": len(rows)}
    record("dip_sample.drawn", made, by=by, changes=changes)
    return made


def _hand_over(
    made: DipSample, sampler: User, references: Collection[str], *, since_on: date, by: User
) -> None:
    until_on = max(made.due_on, since_on) + GRACE
    hand_over(sampler, references, purpose=made.purpose, until_on=until_on, since_on=since_on, by=by)


@service(Permission.LEAD_CASE_AUDITS)
def give_to_another(dip_sample: DipSample, sampler: User, *, version: int, due_on: date, by: User) -> None:
    """Somebody else looks at the cases. What was answered stays."""
    found = _locked(dip_sample, version)
    if due_on < today():
        raise Refused("Say by when it is to be done: not before today.")
    references = set(found.lines.values_list("child__reference", flat=True)) - never_drawn(sampler)
    take_back(found.sampler, purpose=found.purpose, by=by)
    found.sampler, found.due_on = sampler, due_on
    _save(found, "sampler", "due_on")
    _hand_over(found, sampler, references, since_on=today(), by=by)
    record("dip_sample.given_to_another", found, by=by, changes={"person": sampler.pk})


@service(Permission.LEAD_CASE_AUDITS)
def withdraw(dip_sample: DipSample, *, version: int, because: str, by: User) -> None:
    """It was drawn by mistake, or is not needed. It stays, and counts nowhere."""
    if len(because.strip()) < SHORTEST:
        raise Refused("Say why it is withdrawn.")
    found = _locked(dip_sample, version)
    found.state, found.withdrawn_because = DipSample.State.WITHDRAWN, because.strip()
    _save(found, "state", "withdrawn_because")
    take_back(found.sampler, purpose=found.purpose, by=by)
    record("dip_sample.withdrawn", found, by=by)


@service(Permission.AUDIT_CASES)
def save_line(
    line: Line,
    *,
    version: int,
    answers: Mapping[int, str],
    missed: str = "",
    saved_at: datetime | None = None,
    by: User,
) -> Line:
    """Save what was found in one case; `answers` by the key of the item. SavedMeanwhile: in two windows."""
    found = Line.objects.select_for_update().get(pk=line.pk)
    dip_sample = DipSample.objects.select_related("design_version").get(pk=found.dip_sample_id)
    _check_mine(dip_sample, by)
    check(found, version)
    if missed and missed not in missed_reasons():
        raise Refused("Say why the case could not be looked at: choose one of the reasons.")
    items = set(Item.objects.filter(design_version=dip_sample.design_version).values_list("pk", flat=True))
    said = {} if missed else {item: code for item, code in answers.items() if code}
    if not set(said) <= items or not set(said.values()) <= set(Answer.Said.values):
        raise Refused("Answer each item with yes, no, or does not apply.")
    found.answers.all().delete()
    Answer.objects.bulk_create([Answer(line=found, item_id=item, said=code) for item, code in said.items()])
    found.missed, found.saved_by, found.saved_at = missed, by, saved_at or now()
    found.version += 1
    found.save(update_fields=["missed", "saved_by", "saved_at", "version"])
    record("dip_sample.line_saved", found, by=by, changes={"answers": len(said), "missed": missed})
    return found


@service(Permission.AUDIT_CASES)
def raise_concern_for(line: Line, *, text: str, raised_at: datetime | None = None, by: User) -> Concern:
    """A child of the sample may be in danger now: whoever answers for the child is told at once."""
    _check_mine(line.dip_sample, by)
    made = raise_concern(
        line.child.reference,
        team=_team_today(line),
        source=Concern.Source.DIP_SAMPLE,
        source_ref=line.dip_sample.ref,
        text=text,
        raised_at=raised_at,
        by=by,
    )
    Line.objects.filter(pk=line.pk).update(concern=made)
    record("dip_sample.concern_raised", line, by=by, changes={"concern": made.ref})
    return made


def _team_today(line: Line) -> str:
    """The team that answers for the child now; of the day of drawing where nobody holds the child."""
    child = index().by_reference.get(line.child.reference)
    return (team_of(child) if child is not None else "") or line.child.team


@service(Permission.AUDIT_CASES)
def finish(
    dip_sample: DipSample, *, version: int, found: str, finished_on: date | None = None, by: User
) -> DipSample:
    """Every case is answered, or it is said why not. From now on the sampler no longer sees the children."""
    locked = _locked(dip_sample, version)
    _check_mine(locked, by)
    if len(found.strip()) < SHORTEST:
        raise Refused("Say in a few sentences what you found.")
    left = _left_to_do(locked)
    if left:
        cases = "1 case is" if left == 1 else f"{left} cases are"
        raise Refused(f"{cases} not answered yet: answer each item, or say why it could not be looked at.")
    locked.state, locked.found = DipSample.State.FINISHED, found.strip()
    locked.finished_on, locked.finished_by = finished_on or today(), by
    _save(locked, "state", "found", "finished_on", "finished_by")
    take_back(locked.sampler, purpose=locked.purpose, by=by)
    record("dip_sample.finished", locked, by=by)
    return locked


def _left_to_do(dip_sample: DipSample) -> int:
    """Cases without every answer; those of children whom the sampler may no longer see are let be."""
    items = dip_sample.design_version.items.count()
    barred = never_drawn(dip_sample.sampler)
    lines = dip_sample.lines.filter(missed="").select_related("child").prefetch_related("answers")
    return sum(len(one.answers.all()) < items and one.child.reference not in barred for one in lines)


@service(Permission.LEAD_CASE_AUDITS)
def set_follow_up(
    dip_sample: DipSample, *, item: Item | None, text: str, post: str, due_on: date, by: User
) -> FollowUp:
    """Say what somebody does about what was found, and by when."""
    if dip_sample.state != DipSample.State.FINISHED:
        raise Refused("Finish the dip sample first: then it is known what is to be done.")
    if item is not None and item.design_version_id != dip_sample.design_version_id:
        raise Refused("Choose one of the items that were asked.")
    if len(text.strip()) < SHORTEST or not post.strip():
        raise Refused("Say what is done, and which post does it.")
    if dip_sample.finished_on is not None and due_on < dip_sample.finished_on:
        raise Refused("Say by when it is done: not before the dip sample was finished.")
    made = FollowUp.objects.create(
        dip_sample=dip_sample,
        item=item,
        text=text.strip(),
        post=post.strip(),
        due_on=due_on,
        set_by=by,
        set_at=now(),
    )
    record("dip_sample.follow_up_set", dip_sample, by=by, changes={"follow_up": made.pk})
    return made


@service(Permission.LEAD_CASE_AUDITS)
def complete_follow_up(
    follow_up: FollowUp, *, version: int, text: str, done_on: date | None = None, by: User
) -> None:
    """Say what was done."""
    found = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    check(found, version)
    if found.done_on is not None:
        raise Refused("This was said to be done before.")
    if len(text.strip()) < SHORTEST:
        raise Refused("Say what was done, so that somebody else can see it.")
    if (done_on or today()) > today():
        raise Refused("This day lies ahead.")
    found.done_on, found.done_text = done_on or today(), text.strip()
    found.version += 1
    found.save(update_fields=["done_on", "done_text", "version"])
    record("dip_sample.follow_up_done", found.dip_sample, by=by, changes={"follow_up": found.pk})


def _locked(dip_sample: DipSample, version: int) -> DipSample:
    """The dip sample, locked, as the form showed it and still being looked at."""
    found = DipSample.objects.select_for_update().get(pk=dip_sample.pk)
    _check_open(found)
    check(found, version)
    return found


def _check_open(dip_sample: DipSample) -> None:
    if dip_sample.state != DipSample.State.DRAWN:
        raise Refused(
            f"{dip_sample.ref} is {dip_sample.get_state_display()}: nothing in it is changed any more."
        )


def _check_mine(dip_sample: DipSample, by: User) -> None:
    _check_open(dip_sample)
    if dip_sample.sampler_id != by.pk and not by.may(Permission.LEAD_CASE_AUDITS):
        raise Refused("This dip sample was handed to somebody else.")


def _save(dip_sample: DipSample, *fields: str) -> None:
    dip_sample.version += 1
    dip_sample.save(update_fields=[*fields, "version"])
