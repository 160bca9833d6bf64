"""What is written of designs: made, worded anew, ended; those that ship taken over."""

from datetime import date, datetime
from typing import Any

from goldenthread.worklist.cohorts import cohorts
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.dip_samples.models import Design, DesignVersion, Item
from goldenthread_web.dip_samples.shipped import DesignSaid, shipped
from goldenthread_web.sampling.drawing import STRATA
from goldenthread_web.sampling.models import Sample
from goldenthread_web.sampling.sizes import size_rules
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import SavedMeanwhile

MOST_ITEMS = 10


@service(Permission.LEAD_CASE_AUDITS)
def make_design(code: str, said: DesignSaid, *, made_at: datetime | None = None, by: User) -> Design:
    """Make a design, in its first wording."""
    if Design.objects.filter(code=code).exists():
        raise Refused(
            "There is a design of that name already: word that one anew, or give this another name."
        )
    design = Design.objects.create(code=code, made_by=by, made_at=made_at or now())
    _worded(design, said, by, design.made_at)
    record("dip_design.made", design, by=by, changes={"code": code, "items": len(said.items)})
    return design


@service(Permission.LEAD_CASE_AUDITS)
def word_anew(design: Design, said: DesignSaid, *, version: int, by: User) -> DesignVersion:
    """Word a design anew. What was drawn with an earlier wording keeps that. SavedMeanwhile: two at once."""
    locked = Design.objects.select_for_update().get(pk=design.pk)
    latest = locked.versions.first()
    if latest is not None and latest.number != version:
        raise SavedMeanwhile
    if locked.ended_on is not None:
        raise Refused("This design is no longer drawn: make another.")
    made = _worded(locked, said, by, now())
    record("dip_design.worded_anew", locked, by=by, changes={"number": made.number})
    return made


@service(Permission.LEAD_CASE_AUDITS)
def end_design(design: Design, *, ended_on: date | None = None, by: User) -> None:
    """Draw a design no more. It and what was drawn with it stay."""
    if design.ended_on is not None:
        raise Refused("This design has ended already.")
    design.ended_on = ended_on or today()
    design.save(update_fields=["ended_on"])
    record("dip_design.ended", design, by=by)


@service(Permission.LEAD_CASE_AUDITS)
def take_over_shipped(*, made_at: datetime | None = None, by: User) -> int:
    """Take over the designs that ship and are not there yet; how many."""
    there = set(Design.objects.values_list("code", flat=True))
    missing = {code: said for code, said in shipped().items() if code not in there}
    if not missing:
        raise Refused("All designs that come with Golden Thread are there already.")
    for code, said in missing.items():
        make_design(code, said, made_at=made_at, by=by)
    record("dip_designs.taken_over", by=by, changes={"number": len(missing)})
    return len(missing)


def _worded(design: Design, said: DesignSaid, by: User, made_at: datetime) -> DesignVersion:
    _check(said)
    latest = design.versions.first()
    words: dict[str, Any] = {name: value for name, value in vars(said).items() if name != "items"}
    number = latest.number + 1 if latest else 1
    made = DesignVersion.objects.create(design=design, number=number, made_by=by, made_at=made_at, **words)
    Item.objects.bulk_create(
        [
            Item(design_version=made, position=place, code=one.code, short=one.short, text=one.text)
            for place, one in enumerate(said.items, 1)
        ]
    )
    return made


def _check(said: DesignSaid) -> None:
    """What a design must have to be drawn and judged."""
    codes = [one.code for one in said.items]
    for is_wrong, sentence in (
        (not said.question.strip().endswith("?"), "Ask one question, and end it with a question mark."),
        (said.cohort not in cohorts(), "Choose the cohort from which the children are drawn."),
        (said.method not in Sample.Method, "Say how children are chosen."),
        (
            said.method == Sample.Method.STRATIFIED and said.strata not in STRATA,
            "Say what the groups are: teams, services or ages.",
        ),
        (said.size_rule not in size_rules(), "Say how many are drawn."),
        (
            said.size_rule in size_rules() and size_rules()[said.size_rule].is_fixed and said.size < 1,
            "Say how many are drawn: at least one.",
        ),
        (not 1 <= said.threshold <= 100, "The threshold is a share: from 1 to 100 percent."),
        (not said.below.strip(), "Say what happens below the threshold: otherwise nothing will."),
        (
            not 1 <= len(codes) <= MOST_ITEMS,
            f"A dip sample has one to {MOST_ITEMS} items: ask no more at once.",
        ),
        (len(set(codes)) != len(codes) or "" in codes, "Give each item a short name of its own."),
    ):
        if is_wrong:
            raise Refused(sentence)
