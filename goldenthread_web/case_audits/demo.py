"""How is the year of case audits of the demonstration told? Up to each one's completion: invented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldenthread.calendar import add_working_days, is_working_day
from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.case_audits import doing_services, handing_services, programme_services, round_services
from goldenthread_web.case_audits.demo_writing import half, pick, told, typed, whole
from goldenthread_web.case_audits.models import AuditProgramme, CaseAudit, ProForma
from goldenthread_web.case_audits.round_services import Drawing
from goldenthread_web.case_audits.workers import tier_of
from goldenthread_web.concerns import services as concern_services
from goldenthread_web.config.clock import today
from goldenthread_web.sampling.cohorts import candidates
from goldenthread_web.sampling.conflicts import conflicts_of
from goldenthread_web.sampling.drawing import one_record_each
from goldenthread_web.sampling.leaving_out import never_drawn

_UNDER_WAY = ":"
_ANSWERED_AFTER = timedelta(minutes=35)
_LATE = (3, 5, 6, 8, 9, 10, 12, 13, 14, 16, 18)  # working days from being handed out to completion
_PROGRAMME = ("title", "theme", "kind", "cycle", "cohorts", "size", "days", "starts_on", "owner")


@dataclass
class Told:
    """What was told so far."""

    programmes: int = 0
    rounds: int = 0
    case_audits: int = 0
    not_begun: int = 0  # rounds for which there was nobody to choose from


def tell() -> Told:
    """Write the programmes and, in the order of their days, the rounds and what was asked for by itself."""
    found, made = Told(), {}
    for said in told()["programmes"]:
        made[said["code"]] = _programme(said)
        found.programmes += 1
    steps = sorted([*told()["rounds"], *told()["asked"]], key=lambda one: one["on"])
    for said in steps:
        if said["on"] > today():
            continue
        if "programme" not in said:
            found.case_audits += _asked_for(said)
        elif number := _round(made[said["programme"]], said):
            found.rounds += 1
            found.case_audits += number
        else:
            found.not_begun += 1
    return found


def _programme(said: dict[str, Any]) -> AuditProgramme:
    return programme_services.make_programme(
        **{name: said[name] for name in _PROGRAMME},
        pro_forma=_pro_forma(said["pro_forma"]),
        ends_on=said.get("ends_on"),
        auditors=[account_of(role) for role in said["auditors"]],
        by=account_of("qa_lead"),
    )


def _pro_forma(title: str) -> ProForma:
    return ProForma.objects.filter(title=title, published_at__isnull=False).earliest("number")


def _round(programme: AuditProgramme, said: dict[str, Any]) -> int:
    """Begin a round and do its case audits; how many there are, 0 where nobody could be chosen."""
    strata = said.get("strata", "")
    drawing = Drawing(
        method="stratified" if strata else "random", strata=strata, seed=f"{said['programme']}-{said['on']}"
    )
    try:
        made = round_services.begin_round(
            programme, drawing=drawing, starts_on=said["on"], by=account_of("qa_lead")
        )
    except Refused:
        return 0
    rows = list(made.case_audits.select_related("auditor").order_by("pk"))
    left = {account_of(role).pk: number for role, number in said.get("untouched", {}).items()}
    concern = next((one for one in told()["concerns"] if _is_of(one, said)), None)
    for place, case_audit in enumerate(rows):
        if left.get(case_audit.auditor_id, 0) > 0:
            left[case_audit.auditor_id] -= 1
            continue
        letter = said["judged"][place % len(said["judged"])]
        if concern is not None and letter == "I" and _may_raise(case_audit.auditor):
            _feared(case_audit, concern)
            concern = None
        else:
            _done(case_audit, letter)
    return len(rows)


def _asked_for(said: dict[str, Any]) -> int:
    """One case audit by itself; 0 where there is no child for it."""
    auditor, by = account_of(said["auditor"]), account_of("qa_lead")
    about = {"about": said["about"], "team": _team()} if "about" in said else _child(said, auditor)
    if about is None:
        return 0
    made = handing_services.hand_out(
        kind=said["kind"],
        pro_forma=_pro_forma(said["pro_forma"]),
        auditor=auditor,
        selection="targeted",
        selection_reason=said["reason"],
        scheduled_on=said["on"],
        due_on=said["due"],
        by=by,
        **about,
    )
    _done(made, said["judged"])
    return 1


def _child(said: dict[str, Any], auditor: User) -> dict[str, Any] | None:
    """The first child of the cohort whom the auditor may look at and nobody has."""
    taken = set(CaseAudit.objects.values_list("reference", flat=True)) | never_drawn(account_of("qa_lead"))
    everybody = one_record_each(candidates(said["cohort"], said["on"]), f"{said['kind']}-{said['on']}")
    free = [one for one in everybody if one.reference not in taken]
    conflicts = conflicts_of(auditor, [one.reference for one in free])
    chosen = next((one for one in free if one.reference not in conflicts), None)
    if chosen is None:
        return None
    return {
        "reference": chosen.reference,
        "cohort": said["cohort"],
        "team": chosen.team,
        "worker_id": chosen.worker_id,
        "worker_tier": tier_of(chosen.worker_id),
    }


def _team() -> str:
    unit = account_of("team_manager").unit
    return "" if unit is None else unit.name


def _done(case_audit: CaseAudit, letter: str) -> None:
    """Completed on its day, where that has come; else it is under way."""
    on = _day(case_audit)
    if letter == _UNDER_WAY or on > today():
        _begun(case_audit, "R" if letter == _UNDER_WAY else letter)
        return
    saved = doing_services.save(
        case_audit, version=case_audit.version, said=whole(case_audit, letter), by=case_audit.auditor
    )
    doing_services.complete(saved, version=saved.version, completed_on=on, by=saved.auditor)


def _begun(case_audit: CaseAudit, letter: str) -> None:
    """Half of it saved, and a sentence kept that is not."""
    by = case_audit.auditor
    saved = doing_services.save(case_audit, version=case_audit.version, said=half(case_audit, letter), by=by)
    doing_services.keep_draft(saved, fields=typed(saved), based_on=saved.version, follows="", by=by)


def _feared(case_audit: CaseAudit, said: dict[str, Any]) -> None:
    """An immediate concern: raised, answered, and the case audit completed while it was open."""
    by, answers = case_audit.auditor, account_of("head_of_service")
    if answers == by:
        answers = account_of("director")
    concern = doing_services.raise_concern(case_audit, text=said["text"], raised_at=said["raised_at"], by=by)
    found = CaseAudit.objects.select_related("auditor").get(pk=case_audit.pk)
    saved = doing_services.save(found, version=found.version, said=whole(found, said["judged"]), by=by)
    on = max(said["raised_at"].date(), case_audit.scheduled_on)
    doing_services.complete(saved, version=saved.version, completed_on=on, by=by)
    concern_services.acknowledge(concern, at=said["raised_at"] + _ANSWERED_AFTER, by=answers)
    concern.refresh_from_db()
    safe = concern_services.record_safety(
        concern, version=concern.version, is_safe=True, plan=said["plan"], at=said["safe_at"], by=answers
    )
    concern_services.resolve(
        safe, version=safe.version, resolution=said["resolution"], at=said["resolved_at"], by=answers
    )


def _is_of(concern: dict[str, Any], said: dict[str, Any]) -> bool:
    return all(concern[name] == said[name] for name in ("programme", "on"))


def _may_raise(person: User) -> bool:
    """Whoever sees the child today: what is told of the past is told now."""
    return person.held_role.reach is Reach.AUTHORITY


def _day(case_audit: CaseAudit) -> date:
    """When it was completed: most in time, some late."""
    latest: Iterable[int] = _LATE
    day = add_working_days(case_audit.scheduled_on, pick(list(latest), case_audit.ref, "day"))
    return day if is_working_day(day) else add_working_days(day, 1)
