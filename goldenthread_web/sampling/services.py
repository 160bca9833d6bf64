"""What is written of samples: drawn, and never changed."""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.populations.placing import NOT_KNOWN
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.sampling import cohorts, leaving_out
from goldenthread_web.sampling.drawing import STRATA, Candidate, drawn, one_record_each, stratum
from goldenthread_web.sampling.models import LeftOut, Sample, SampledChild
from goldenthread_web.sampling.sizes import CHOSEN, SizeRule, size_rules
from goldenthread_web.trail.recording import record

SHORTEST_REASON = 10
LONGEST_SEED = 40


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What whoever draws asks for, checked."""

    method: str
    rule: SizeRule | None
    size: int
    strata: str
    reason: str
    references: frozenset[str]
    seed: str

    @property
    def is_targeted(self) -> bool:
        return self.method == Sample.Method.TARGETED

    @property
    def size_said(self) -> str:
        return CHOSEN if self.rule is None else self.rule.said(self.size)


@service(Permission.LEAD_CASE_AUDITS)
def draw(
    *,
    purpose: str,
    cohort: str,
    method: str,
    size: int = 0,
    size_rule: str = "fixed",
    teams: Collection[str] = (),
    strata: str = "",
    reason: str = "",
    references: Collection[str] = (),
    seed: str = "",
    leave_out: Mapping[str, str] | None = None,
    drawn_on: date | None = None,
    by: User,
) -> Sample:
    """Draw children from a cohort of the load in force. The same seed draws the same children again.

    Restricted children are never drawn, nor whoever was sampled for a case audit in the twelve months before
    (purpose case_audit; a re_audit may), nor those of `leave_out`, which says why for each reference. Where
    children are chosen for a reason, `references` are all of them, and `reason` says why these.
    """
    wanted = _checked(method, size, size_rule, strata, reason, references, seed)
    on = drawn_on or today()
    if on > today():
        raise Refused("A sample is drawn today, or was drawn before: this day lies ahead.")
    load = cohorts.load_in_force()
    everybody = cohorts.candidates(cohort, on, load=load, teams=teams)
    out = leaving_out.left_out(
        {one.reference for one in everybody}, purpose=purpose, on=on, besides=leave_out or {}, by=by
    )
    free = [one for one in everybody if one.reference not in out]
    children = len({one.reference for one in free})
    chosen = _chosen(free, children, wanted)
    sample = Sample.objects.create(
        purpose=purpose,
        cohort=cohort,
        teams=sorted(teams),
        method=wanted.method,
        strata=wanted.strata,
        reason=wanted.reason,
        size_rule=wanted.size_said,
        seed=wanted.seed,
        population=children,
        left_out=dict(sorted(Counter(out.values()).items())),
        load_folder=load.folder.name,
        load_hash=load.hash,
        as_at_on=cohorts.as_at(load, on),
        drawn_on=on,
        drawn_at=now(),
        drawn_by=by,
    )
    LeftOut.objects.bulk_create(
        [LeftOut(sample=sample, reference=one, why=why) for one, why in sorted(out.items())]
    )
    SampledChild.objects.bulk_create(
        [_row(sample, place, one, wanted.strata) for place, one in enumerate(chosen, 1)]
    )
    changes = {"purpose": purpose, "cohort": cohort, "method": wanted.method, "number": len(chosen)}
    record("sample.drawn", sample, by=by, changes=changes)
    return sample


def _checked(
    method: str,
    size: int,
    size_rule: str,
    strata: str,
    reason: str,
    references: Collection[str],
    seed: str,
) -> _Wanted:
    if method not in Sample.Method:
        raise Refused("Say how children are chosen: at random, at random within groups, or for a reason.")
    is_targeted, is_stratified = method == Sample.Method.TARGETED, method == Sample.Method.STRATIFIED
    if is_targeted and len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say why these children: a sample chosen for a reason needs one.")
    if is_targeted and not references:
        raise Refused("Name the children: a sample chosen for a reason needs at least one.")
    if is_stratified and strata not in STRATA:
        raise Refused("Say what the groups are: teams, services or ages.")
    if not is_targeted and size_rule not in size_rules():
        raise Refused("Say how many are drawn: choose one of the rules.")
    rule = None if is_targeted else size_rules()[size_rule]
    if rule is not None and rule.is_fixed and size < 1:
        raise Refused("Say how many are drawn: at least one.")
    if len(seed) > LONGEST_SEED:
        raise Refused(f"A seed has {LONGEST_SEED} characters at the most.")
    return _Wanted(
        method=method,
        rule=rule,
        size=size,
        strata=strata if is_stratified else "",
        reason=reason.strip() if is_targeted else "",
        references=frozenset(references) if is_targeted else frozenset(),
        seed=seed or secrets.token_hex(16),
    )


def _chosen(free: Sequence[Candidate], children: int, wanted: _Wanted) -> list[Candidate]:
    if not children:
        raise Refused(
            "There is nobody to choose from: take another cohort, other teams, or fewer conditions."
        )
    if wanted.is_targeted:
        return _named(free, wanted)
    assert wanted.rule is not None  # noqa: S101 - only a targeted sample has none
    number = wanted.rule.number(children, wanted.size)
    groups = {stratum(one, wanted.strata) for one in one_record_each(free, wanted.seed)}
    if wanted.strata and len(groups) > number:
        raise Refused(
            f"There are {len(groups)} groups and {number} are drawn: draw one of each, or choose teams."
        )
    return drawn(free, number, wanted.seed, wanted.strata)


def _named(free: Sequence[Candidate], wanted: _Wanted) -> list[Candidate]:
    """Those whom somebody chose. Whether a child is restricted is told to nobody here: they are not there."""
    found = [one for one in one_record_each(free, wanted.seed) if one.reference in wanted.references]
    missing = len(wanted.references) - len(found)
    if missing:
        verb = "is" if missing == 1 else "are"
        raise Refused(
            f"{missing} of those you named {verb} not among the children who can be chosen here: "
            "check the numbers, the cohort and the teams."
        )
    return found


def _row(sample: Sample, place: int, one: Candidate, strata: str) -> SampledChild:
    return SampledChild(
        sample=sample,
        position=place,
        reference=one.reference,
        key=one.key,
        team=one.team,
        worker_id="" if one.worker_id == NOT_KNOWN else one.worker_id,
        stratum=stratum(one, strata),
        day=one.day,
    )
