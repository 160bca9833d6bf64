"""Which records contradict one another? A few mistakes of the kind the cross-table rules look for.

They are made before the figures are settled, so the figures count them, and each is noted with the row it
sits in. Slips of the pen inside one row are planted later (see dirt.py).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from goldenthread.synthetic import days
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.people import (
    Assessment,
    CarePeriod,
    Child,
    Conference,
    Episode,
    Event,
    Placement,
    Plan,
    Spell,
)
from goldenthread.synthetic.standing import care_period, open_episode, open_plan
from goldenthread.synthetic.teams import NEVER


@dataclass(frozen=True)
class Slip:
    """One contradiction: the rule that should find it and the row, by its key, where it shows."""

    rule: str
    kind: str
    table: str
    key: str
    child: str


class Slips:
    """The contradictions of one area."""

    def __init__(self, area: Area, rate: float) -> None:
        self.area = area
        self.made: list[Slip] = []
        self.number = max(1, round(area.size * rate / 4)) if rate else 0
        self._used: set[int] = set()

    def note(self, rule: str, kind: str, table: str, key: str, child: Child) -> None:
        """Remember what was done."""
        self.made.append(Slip(rule, kind, table, key, child.id))

    def _some(self, fits: Callable[[Child], object], among: Iterable[Child] = ()) -> list[Child]:
        """A few children that fit and carry no other slip."""
        found = [c for c in among or self.area.cases if id(c) not in self._used and fits(c)]
        chosen = self.area.rng.sample(found, min(self.number, len(found)))
        self._used.update(map(id, chosen))
        return chosen

    def while_leaving_care(self) -> None:
        """A young person still in care, already put down as one who has left it."""
        as_at = self.area.as_at

        def eligible(child: Child) -> bool:
            return bool(care_period(child, as_at)) and any(
                s.eligibility == "eligible" for s in child.statuses
            )

        for child in self._some(eligible):
            child.statuses[-1].eligibility = "relevant"
            self.note("X17", "care_leaver_in_care", "care_periods", child.care[-1].id, child)

    def before_settling(self) -> None:
        """Contradictions that change who is counted on a day."""
        as_at = self.area.as_at
        for child in self._some(lambda c: open_plan(c.cp_plans, as_at) and not care_period(c, as_at)):
            self._close_too_soon(child, "X01", "cp_plan_without_referral")
        for child in self._some(lambda c: care_period(c, as_at) and not open_plan(c.cin_plans, as_at)):
            self._close_too_soon(child, "X02", "care_without_referral")
        for child in self._some(lambda c: bool(care_period(c, as_at)) and self._settled_home(c)):
            last = child.placements[-1]
            last.end = as_at - self.area.rng.randint(1, 6)
            self.note("X15", "care_without_placement", "care_periods", child.care[-1].id, child)
        for child in self._some(
            lambda c: bool(c.care) and as_at - 300 < c.care[-1].end == c.eighteenth <= as_at
        ):
            child.care[-1].end = NEVER
            self.note("X12", "care_open_at_18", "care_periods", child.care[-1].id, child)

    def _settled_home(self, child: Child) -> bool:
        last = child.placements[-1]
        return last.start < self.area.as_at - 60 and last.end > self.area.as_at

    def _close_too_soon(self, child: Child, rule: str, kind: str) -> None:
        """Close the referral while the plan or the period of care goes on."""
        as_at = self.area.as_at
        episode = open_episode(child, as_at)
        plan, period = open_plan(child.cp_plans, as_at), care_period(child, as_at)
        started = plan.start if plan else period.start if period else as_at
        if episode and started < as_at - 20:
            episode.closed = as_at - self.area.rng.randint(1, 10)
            table, key = ("cp_plans", plan.id) if plan else ("care_periods", period.id if period else "")
            self.note(rule, kind, table, key, child)

    def after_settling(self) -> None:
        """Contradictions in which no settled figure takes part."""
        self._plans_and_conferences()
        self._records_after_closure()
        self._overlaps()
        self._never_born()

    def _plans_and_conferences(self) -> None:
        area = self.area
        for child in self._some(
            lambda c: any(x.kind == "initial" and not x.is_plan_made for x in c.conferences)
        ):
            meeting = next(x for x in child.conferences if x.kind == "initial" and not x.is_plan_made)
            meeting.is_plan_made = True
            self.note("X06", "conference_without_plan", "conferences", meeting.id, child)
        for child in self._some(lambda c: any(x.kind == "initial" and x.is_plan_made for x in c.conferences)):
            meeting = next(x for x in child.conferences if x.kind == "initial" and x.is_plan_made)
            plan = next(p for p in child.cp_plans if p.start == meeting.held)
            child.conferences.remove(meeting)
            self.note("X05", "plan_without_conference", "cp_plans", plan.id, child)
        for child in self._some(lambda c: any(p.start >= area.first for p in c.cp_plans)):
            plan = next(p for p in child.cp_plans if p.start >= area.first)
            review = Conference(
                area.ids.next("CF"), "review", plan.start, participation=child.conferences[0].participation
            )
            child.conferences.append(review)
            self.note("X16", "review_on_plan_start", "conferences", review.id, child)
        for child in self._some(lambda c: bool(self._stepped_up(c))):
            plan = self._stepped_up(child)[0]
            plan.end = NEVER
            self.note("X03", "cin_plan_left_open", "cin_plans", plan.id, child)
        for child in self._some(lambda c: any(x.kind == "initial" and x.discussion for x in c.conferences)):
            meeting = next(x for x in child.conferences if x.kind == "initial" and x.discussion)
            enquiry = next(d for d in child.discussions if d.id == meeting.discussion)
            if meeting.held + 3 <= area.as_at:
                enquiry.held = enquiry.concern = enquiry.ended = meeting.held + 3
                self.note("X14", "conference_before_enquiry", "conferences", meeting.id, child)

    def _stepped_up(self, child: Child) -> list[Plan]:
        """Child in need plans that gave way to the child protection plan now open."""
        current = open_plan(child.cp_plans, self.area.as_at)
        return [p for p in child.cin_plans if current and p.end == current.start and not child.statuses]

    def _records_after_closure(self) -> None:
        area, rng = self.area, self.area.rng

        def closed(child: Child) -> bool:
            ends = [e.closed for e in child.episodes]
            return bool(ends) and area.first < max(ends) < area.as_at - 80 and not child.statuses

        for child in self._some(closed):
            last = max(child.episodes, key=lambda e: e.closed)
            visit = Event(last.closed + rng.randint(10, 70), "other", True, False, slip="X04")
            child.visits.append(visit)
        for child in self._some(lambda c: closed(c) and any(e.assessments for e in c.episodes)):
            episode = max((e for e in child.episodes if e.assessments), key=lambda e: e.closed)
            self._open_assessment(child, episode)
        for child in self._some(lambda c: bool(c.care) and c.care[-1].end < area.as_at - 30):
            period = child.care[-1]
            name = area.ids.next("PL")
            child.placements.append(Placement(name, period.end + 5, NEVER, "U6", "PR1", "OTHER"))
            self.note("X09", "placement_without_care", "placements", name, child)

    def _open_assessment(self, child: Child, episode: Episode) -> None:
        start = days.add_working(max(episode.received, episode.closed - 10), 0)
        name = self.area.ids.next("AS")
        episode.assessments.append(Assessment(name, start, NEVER, False))
        self.note("X10", "assessment_left_open", "assessments", name, child)

    def _settled(self, child: Child, until: int) -> bool:
        """Whether the first placement of a period over by then lasted for at least ten days."""
        return child.care[0].end < until + 300 and child.placements[0].end > child.care[0].start + 10

    def _never_born(self) -> None:
        first = self.area.as_at - 300
        for child in self._some(
            lambda c: not c.episodes and any(x.day > first for x in c.contacts), self.area.children
        ):
            child.born, child.is_overdue = self.area.as_at - self.area.rng.randint(35, 90), True
            self.note("X13", "birth_overdue", "children", child.id, child)

    def _overlaps(self) -> None:
        area = self.area
        old = area.first + 200
        for child in self._some(
            lambda c: any(area.first < p.start and p.end < old + 200 for p in c.cp_plans)
        ):
            plan = next(p for p in child.cp_plans if area.first < p.start and p.end < old + 200)
            name = area.ids.next("CP")
            child.cp_plans.append(Plan(name, plan.start - 30, plan.end - 3, plan.category, plan.category))
            self.note("X07", "overlapping_cp_plans", "cp_plans", name, child)
        for child in self._some(
            lambda c: bool(c.care) and area.first < c.care[0].start and self._settled(c, old)
        ):
            first = child.care[0]
            name = area.ids.next("LP")
            child.care.append(
                CarePeriod(name, first.start + 3, first.start + 9, "E4A", first.legal_status, first.need)
            )
            self.note("X08", "overlapping_care", "care_periods", name, child)
        for child in self._some(lambda c: any(self._long_ago(s) for s in c.spells)):
            spell = next(s for s in child.spells if self._long_ago(s))
            other = next(s.worker for c in self.area.children for s in c.spells if self._is_mate(s, spell))
            child.spells.append(
                Spell("social_worker", spell.start + 1, spell.end, spell.team, other, slip="X11")
            )

    def _is_mate(self, other: Spell, spell: Spell) -> bool:
        return self._long_ago(other) and other.worker != spell.worker

    def _long_ago(self, spell: Spell) -> bool:
        area = self.area
        return (
            spell.role == "social_worker"
            and spell.worker is not None
            and area.first < spell.start
            and spell.start + 20 < spell.end < area.first + 300
        )
