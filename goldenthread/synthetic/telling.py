"""Tell the story of one area from beginning to end, in the order in which one thing follows from another."""

from dataclasses import dataclass, field
from typing import Any

from goldenthread.synthetic import (
    assessment,
    care,
    care_figures,
    caseloads,
    early_help,
    front_door,
    in_need,
    leaving_care,
    loads,
    oversight,
    pathways,
    protection,
    resources,
    stock,
    supervision,
    vulnerability,
)
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.people import Child
from goldenthread.synthetic.slips import Slips
from goldenthread.synthetic.teams import Staff, structure
from goldenthread.synthetic.workforce import employ

Row = tuple[Any, ...]


@dataclass
class Told:
    """Everything that is known of an area."""

    area: Area
    staff: Staff
    slips: Slips
    written: list[Child] = field(default_factory=list)  # the children on file in this delivery
    supervisions: list[Row] = field(default_factory=list)
    actions: list[Row] = field(default_factory=list)
    training: list[Row] = field(default_factory=list)
    campaigns: list[Row] = field(default_factory=list)
    budget: list[Row] = field(default_factory=list)
    complaints: list[Row] = field(default_factory=list)

    @property
    def front_door(self) -> str:
        """The name of the team that takes contacts and referrals."""
        return self.staff.of("front_door")[0].name


def tell(area: Area, slip_rate: float) -> Told:
    """The whole story of an area; `slip_rate` is the share of records with a mistake in them."""
    told = Told(area, structure(area), Slips(area, slip_rate))
    employ(area, told.staff)
    stock.long_standing(area)
    seekers = {id(child) for child, _ in stock.seekers(area)}
    pathways.tell(area, assessment.slots(area))
    vulnerability.foster_privately(area)
    for family in area.families:
        protection.protect(area, family)
        for child in family.children:
            _in_care(area, child, id(child) in seekers)
    for child in area.children:
        care.give_breaks(area, child)
    care_figures.balance(area)
    leaving_care.leave_care(area)
    told.slips.while_leaving_care()
    leaving_care.settle_plans(area)
    in_need.balance(area)
    front_door.receive(area)
    caseloads.Allocator(area, told.staff).run()
    loads.settle_loads(area, told.staff)
    caseloads.review_officers(area, told.staff)
    caseloads.advise(area, told.staff)
    told.slips.before_settling()
    in_need.plan(area)
    for child in area.children:
        in_need.support(area, child)
        oversight.oversee(area, child)
        oversight.escalate(area, child)
        vulnerability.go_missing(area, child)
        vulnerability.exploit(area, child)
    for child in area.children:
        _not_seen_unborn(child)
    care_figures.settle_peps(area)
    care_figures.settle_visits(area)
    in_need.settle_reviews(area)
    oversight.settle_oversight(area)
    told.slips.after_settling()
    caseloads.rename(area, told.staff)
    vulnerability.go_to_court(area)
    early_help.help_early(area, told.staff)
    _run_the_service(told)
    told.written = [child for child in area.children if _is_on_file(area, child)]
    return told


def _in_care(area: Area, child: Child, is_uasc: bool) -> None:
    for episode in child.episodes:
        for phase in (p for p in episode.phases if p.kind == "care"):
            phase.start = max(phase.start, min(child.born + 1, phase.end))
        for phase in (p for p in episode.phases if p.kind == "care" and p.start < min(p.end, area.as_at + 1)):
            care.look_after(area, child, phase.start, phase.end, is_uasc)


def _not_seen_unborn(child: Child) -> None:
    """Before the birth only the parents were visited."""
    for visit in child.visits:
        if visit.day < child.born:
            visit.is_seen = visit.is_alone = None
    for episode in child.episodes:
        for found in episode.assessments:
            found.is_seen = found.is_seen and found.authorised >= child.born


def _run_the_service(told: Told) -> None:
    area, staff = told.area, told.staff
    told.campaigns = supervision.recruit(area, staff)
    sessions = supervision.Sessions(area, staff)
    sessions.tell()
    told.supervisions, told.actions = sessions.sessions, sessions.actions
    told.training = supervision.train(area, staff)
    told.complaints = resources.complain(area, staff)
    if area.number == 0:
        told.budget = resources.budget(area)


def _is_on_file(area: Area, child: Child) -> bool:
    """Whether a delivery of 36 months holds the child: open or heard of since the history began."""
    if any(e.received <= area.as_at and e.closed >= area.first for e in child.episodes) or child.statuses:
        return True
    if any(c.day >= area.first for c in child.contacts):
        return True
    return any((h.end or area.as_at) >= area.first for h in child.help)
