"""What becomes of a family after its assessment? Plans, care, closure, and the way back in."""

from bisect import bisect_left
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.assessment import Slot, assess
from goldenthread.synthetic.codes import collection_year, in_use
from goldenthread.synthetic.families import new_family
from goldenthread.synthetic.frequencies import drawn
from goldenthread.synthetic.people import Child, Episode, Family, Phase
from goldenthread.synthetic.protection import enquire

RE_REFERRED = 0.26  # of families referred, those known before


@dataclass
class Register:
    """The families known so far: those closed, by size, and the cases open long enough to be reassessed."""

    closing: dict[int, list[tuple[int, int, Family]]] = field(default_factory=dict)
    closed: dict[int, list[tuple[int, Family]]] = field(default_factory=dict)
    open: list[tuple[Child, Episode, int, int]] = field(default_factory=list)
    entered: int = 0

    def enter(self, family: Family) -> None:
        """Remember a family that will be closed one day."""
        self.entered += 1
        size = len(family.children)
        until = max(child.episodes[-1].closed for child in family.children)
        heappush(self.closing.setdefault(size, []), (until, self.entered, family))

    def returning(self, rng: Random, size: int, on: int) -> Family | None:
        """A family of that size closed before the day, most often within the last year."""
        waiting, closed = self.closing.get(size, []), self.closed.setdefault(size, [])
        while waiting and waiting[0][0] < on:
            until, _, family = heappop(waiting)
            closed.append((until, family))
        within = rng.choices((130, 370, 1500), (60, 25, 15))[0]
        first = bisect_left(closed, on - within, key=lambda entry: entry[0])
        if first >= len(closed):
            return None
        family = closed.pop(rng.randrange(first, len(closed)))[1]
        return family if all(days.age(child.born, on) < 17 for child in family.children) else None

    def reassessed(self, rng: Random, slot: Slot) -> tuple[Child, Episode] | None:
        """A child whose plan is under way over the whole of the slot."""
        for _ in range(6):
            if not self.open:
                return None
            place = rng.randrange(len(self.open))
            child, episode, start, end = self.open[place]
            if end < slot.start:
                self.open[place] = self.open[-1]
                self.open.pop()
            elif start + 90 < slot.start and slot.authorised < end:
                return child, episode
        return None


def tell(area: Area, slots: list[Slot]) -> None:
    """Give every assessment its family and tell what follows from it."""
    rng, register = area.rng, Register()
    for slot in slots:
        if slot.size == 1 and rng.random() < 0.13:
            again = register.reassessed(rng, slot)
            if again:
                child, episode = again
                name = area.ids.next("AS")
                episode.assessments.append(assess(area, child, slot, name, True, again=True))
                continue
        family = register.returning(rng, slot.size, slot.received) if rng.random() < RE_REFERRED else None
        if family is None:
            family = new_family(rng, area.arc, area.ids, slot.size, slot.received)
            area.families.append(family)
        _refer(area, family, slot, register)


def _refer(area: Area, family: Family, slot: Slot, register: Register) -> None:
    """One referral of the family, its assessment and what follows, child by child."""
    rng, arc, ids = area.rng, area.arc, area.ids
    kind = quotas.weighted(rng, {name: series.at(slot.received) for name, series in arc.pathways.items()})
    source, need = source_of(area), drawn(rng, "need")
    need = disabled(family, need)
    referral, assessment = ids.next("R"), ids.next("AS")
    services = kind not in ("closed", "early_help") and (kind != "section_47" or rng.random() < 0.6)
    enquiry = enquire(area, family, kind, slot)
    start = enquiry or (slot.start + rng.randint(2, 25) if kind == "care" else slot.authorised)
    phases = phases_from(rng, kind if services else "closed", start)
    for child in family.children:
        episode = Episode(referral, slot.received, source, need)
        episode.phases = [Phase(p.kind, p.start, p.end) for p in phases]
        if kind == "care" and len(family.children) > 1 and rng.random() < 0.2:
            episode.phases = phases_from(rng, "cin", slot.authorised)
        episode.assessments.append(assess(area, child, slot, assessment, services))
        close(rng, child, episode, slot.authorised)
        if kind == "early_help" and "RC9" in in_use("cin_reason_for_closure", collection_year(area.as_at)):
            episode.reason = "RC9"
        child.episodes.append(episode)
        long = [p for p in episode.phases if p.kind != "care" and p.end - p.start > 150]
        register.open += [(child, episode, p.start, p.end) for p in long]
    register.enter(family)


def disabled(family: Family, need: str) -> str:
    """A need that comes of a child's disability makes an only child disabled; of several it is another."""
    if need != "N2":
        return need
    if len(family.children) > 1:
        return "N1"
    family.children[0].is_disabled = True
    return need


def source_of(area: Area) -> str:
    """Who made a contact or referral, among the sources in use."""
    return drawn(area.rng, "source", area.as_at, "cin_referral_source")


def phases_from(rng: Random, kind: str, start: int) -> list[Phase]:
    """The plans and periods of care that follow one another from a day."""
    found: list[Phase] = []
    was_in_care = False
    kind = "cin" if kind == "section_47" else kind
    while kind in ("cin", "cp", "care") and len(found) < 6:
        end = start + _length(rng, kind)
        found.append(Phase(kind, start, end))
        chance, start = rng.random(), end
        if kind == "cin":
            again = 0.16 if was_in_care else 0.03
            kind = "cp" if chance < 0.11 else "care" if chance < 0.11 + again else "closed"
        elif kind == "cp":
            kind = "cin" if chance < 0.62 else "care" if chance < 0.76 else "closed"
        else:
            was_in_care, kind = True, "cin" if chance < 0.35 else "closed"
    return found


def _length(rng: Random, kind: str) -> int:
    if kind == "cin":
        return int(min(max(rng.lognormvariate(5.1, 0.85), 28), 1100))
    if kind == "cp":
        return int(min(max(rng.lognormvariate(5.55, 0.55), 40), 1150))
    chance = rng.random()
    if chance < 0.2:
        return rng.randint(3, 60)
    return rng.randint(61, 420) if chance < 0.5 else int(420 + rng.expovariate(1 / 1100))


def close(rng: Random, child: Child, episode: Episode, after: int) -> None:
    """Close the episode when its last phase and the assessment (`after`) end; care ends at 18."""
    limit = child.eighteenth
    episode.phases = [p for p in episode.phases if p.start < limit]
    for phase in episode.phases:
        phase.end = min(phase.end, limit)
    last = max(episode.phases[-1].end, after) if episode.phases else after
    episode.closed = max(min(last + rng.choice((0, 0, 1, 2, 4, 7)), max(limit, last)), episode.received + 1)
    if not episode.phases:
        episode.reason = "RC8" if rng.random() < 0.9 else "RC7"
    elif episode.closed >= limit:
        episode.reason = "RC6" if child.is_disabled else "RC7"
    else:
        episode.reason = quotas.weighted(rng, {"RC7": 88, "RC5": 8, "RC3": 4})
