"""What reaches the front door, and how soon is it decided? Contacts, and referrals closed at once."""

from dataclasses import dataclass

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.families import new_family
from goldenthread.synthetic.frequencies import drawn
from goldenthread.synthetic.pathways import disabled, source_of
from goldenthread.synthetic.people import Child, Contact, Episode, Exploitation, Family

SIZES = {1: 0.66, 2: 0.22, 3: 0.12}
LIMIT = 1  # working days


@dataclass(slots=True)
class Approach:
    """One contact: who it is about, when, and when the decision may be late."""

    children: list[Child]
    day: int
    outcome: str
    source: str
    episodes: list[Episode]
    latest: int | None  # for a referral that was assessed: the day the assessment began


def receive(area: Area) -> None:
    """Tell the contacts of every month, decide so many of them in time, and decide the referrals."""
    approaches = _referred(area)
    known: list[Family] = []
    by_size = _families_by_size(area)
    for number in range(days.month(area.warm), days.month(area.as_at) + 1):
        month = approaches.get(number, [])
        if number >= days.month(area.first):
            _fill(area, number, month, known, by_size)
        _decide(area, number, month)


def _referred(area: Area) -> dict[int, list[Approach]]:
    """The contacts that became the referrals already told, by month."""
    found: dict[int, list[Approach]] = {}
    for family in area.families:
        by_referral: dict[str, list[tuple[Child, Episode]]] = {}
        for child in family.children:
            for episode in child.episodes:
                if area.warm <= episode.received <= area.as_at:
                    by_referral.setdefault(episode.id, []).append((child, episode))
        for pairs in by_referral.values():
            episodes = [episode for _, episode in pairs]
            first = episodes[0]
            latest = min(a.start for e in episodes for a in e.assessments)
            approach = Approach(
                [c for c, _ in pairs], first.received, "referral", first.source, episodes, latest
            )
            found.setdefault(days.month(first.received), []).append(approach)
    return found


def _families_by_size(area: Area) -> list[Family]:
    return [family for family in area.families if any(child.episodes for child in family.children)]


def _fill(area: Area, number: int, month: list[Approach], known: list[Family], told: list[Family]) -> None:
    """Add the contacts that led to nothing more, until the month has as many as it should."""
    rng, end = area.rng, days.last_of(number)
    strand = area.arc.strands["contacts_decided"]
    monthly = area.scaled(area.arc.flow["assessments"].at(end)) * area.arc.flow["contacts"].at(end)
    total = round(monthly * rng.uniform(0.94, 1.06))
    total = quotas.enough_for(total, strand.exact[end]) if end in strand.exact else total
    assessed = sum(len(approach.children) for approach in month)
    converted = round(area.arc.strands["conversion"].chance(end) * total)
    refused = max(round(0.02 * total), converted - assessed)
    total -= assessed
    every = range(days.first_of(number), min(end, area.as_at) + 1)
    weights = [1.0 if days.is_working(day) else 0.14 for day in every]
    while total > 0:
        size = min(total, quotas.weighted(rng, SIZES))
        day = rng.choices(every, weights)[0]
        outcome = "referral" if refused > 0 else drawn(rng, "contact_outcome")
        outcome, children = _subjects(area, outcome, size, day, known, told)
        episodes = []
        if outcome == "referral":
            refused -= len(children)
            episodes = _refused(area, children, day)
        source = source_of(area)
        month.append(Approach(children, day, outcome, source, episodes, None))
        total -= len(children)


def _subjects(
    area: Area, outcome: str, size: int, day: int, known: list[Family], told: list[Family]
) -> tuple[str, list[Child]]:
    """Whom a contact is about, and its outcome: children already open, a family seen before or a new one."""
    rng = area.rng
    if outcome == "open_case":
        for _ in range(12):
            family = rng.choice(told)
            children = [
                c
                for c in family.children
                if any(e.received < day < e.closed and not e.is_nfa for e in c.episodes)
            ]
            if children:
                return outcome, children[:size]
        outcome = "information_advice"
    if known and rng.random() < 0.38:
        family = known[-1 - int(len(known) * min(0.999, rng.random() ** 4))]
        if all(days.age(child.born, day) < 17.5 for child in family.children):
            return outcome, family.children[:size]
    family = new_family(rng, area.arc, area.ids, size, day)
    area.families.append(family)
    known.append(family)
    return outcome, family.children


def _refused(area: Area, children: list[Child], day: int) -> list[Episode]:
    """Referrals on which no further action was taken, one for each child."""
    rng, name = area.rng, area.ids.next("R")
    need = disabled(children[0].family, drawn(rng, "need"))
    found = []
    for child in children:
        episode = Episode(name, day, "1A", need, is_nfa=True, reason="RC8")
        child.episodes.append(episode)
        found.append(episode)
    return found


def _decide(area: Area, number: int, month: list[Approach]) -> None:
    """Decide as many contacts of the month within one working day as its figure says."""
    rng, end = area.rng, days.last_of(number)
    strand = area.arc.strands["contacts_decided"]
    percent = strand.at(end) + (0 if end in strand.exact else rng.uniform(-1.5, 1.5))
    total = sum(len(approach.children) for approach in month)
    late = total - quotas.share(min(percent, 99.0), total)
    can_be_late = [approach for approach in month if _can_be_late(area, approach)]
    sizes = [len(approach.children) for approach in can_be_late]
    chosen = {id(can_be_late[place]) for place in quotas.groups_of(rng, can_be_late, sizes, late)}
    for approach in sorted(month, key=lambda approach: approach.day):
        _record(area, approach, id(approach) in chosen)


def _can_be_late(area: Area, approach: Approach) -> bool:
    if days.working_between(approach.day, area.as_at) <= LIMIT:
        return False  # undecided it would not be due yet
    return approach.latest is None or days.working_between(approach.day, approach.latest) > LIMIT


def _decided(area: Area, approach: Approach, is_late: bool) -> int | None:
    rng = area.rng
    if not is_late:
        same = rng.random() < 0.55 or not days.is_working(approach.day + 1)
        decided = approach.day if same else approach.day + 1
        return min(decided, area.as_at)
    if approach.latest is not None:
        slack = days.working_between(approach.day, approach.latest)
        decided = days.add_working(approach.day, rng.randint(2, slack))
        return decided
    recent = area.as_at - approach.day < 25
    if not approach.episodes and rng.random() < (0.22 if recent else 0.004):
        return None
    return days.add_working(approach.day, rng.choice((2, 2, 2, 3, 3, 4, 5, 6, 8, 11)))


def _record(area: Area, approach: Approach, is_late: bool) -> None:
    """Write the contact on every child's file, and the decision on its referral."""
    rng, name = area.rng, area.ids.next("C")
    minute = rng.randint(8 * 60, 18 * 60)
    decided = _decided(area, approach, is_late)
    known = decided if decided is not None and decided <= area.as_at else None
    later = rng.randint(minute, 20 * 60) if decided == approach.day else rng.randint(8 * 60 + 30, 18 * 60)
    for child in approach.children:
        concern = days.age(child.born, approach.day) >= 10 and rng.random() < 0.07
        contact = Contact(
            name, approach.day, minute, approach.source, approach.outcome, known, later, concern
        )
        if known is None:
            contact.outcome = None
        child.contacts.append(contact)
        if known and (concern or days.age(child.born, approach.day) >= 10):
            if area.chance("screening", approach.day):
                level = rng.choices(("none", "low", "medium", "high"), (70, 19, 8, 3))[0]
                child.exploitation.append(Exploitation(known, "screening", "cse", level, None, name))
    for episode in approach.episodes:
        episode.source = approach.source
        episode.decided = decided
        if episode.is_nfa:
            episode.closed = (decided or approach.day) + rng.choice((0, 0, 1))
