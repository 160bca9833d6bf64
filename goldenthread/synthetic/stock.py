"""Which cases were open before the story begins? Long stays in care, disabled children, young refugees."""

from goldenthread.synthetic import days
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.assessment import factors
from goldenthread.synthetic.families import new_family
from goldenthread.synthetic.frequencies import drawn
from goldenthread.synthetic.pathways import disabled, source_of
from goldenthread.synthetic.people import Assessment, Child, Episode, Family, Phase

OLDEST = 5100  # days before the story: how long ago the longest period of care began


def long_standing(area: Area) -> None:
    """Children in care, and disabled children in need, since before the story begins."""
    rng, stock = area.rng, area.arc.stock
    for _ in range(round(area.scaled(stock["care"]))):
        entered = area.warm - 20 - min(OLDEST, int(rng.expovariate(1 / 900)))
        until = area.first + 1 - entered
        youngest, eldest = 0.02, max(0.5, min(14.0, 17.9 - until / 365.25))
        family = new_family(rng, area.arc, area.ids, 1, entered, (youngest, eldest))
        stays = rng.random() < 0.72
        leaves = 10**6 if stays else rng.randint(area.first + 5, area.as_at + 500)
        add_case(area, family, entered - rng.randint(20, 300), "care", entered, leaves)
    for _ in range(round(area.scaled(stock["disabled"]))):
        add_disabled(area, area.warm - rng.randint(20, 1500))


def add_disabled(area: Area, referred: int, always: bool = False) -> None:
    """A disabled child in need for years; `always` until after the as-at date."""
    rng = area.rng
    until = area.as_at + 200 if always else area.first
    eldest = max(1.0, 17.9 - (until - referred) / 365.25)
    family = new_family(rng, area.arc, area.ids, 1, referred, (0.2, min(13.0, eldest)))
    family.children[0].is_disabled = True
    stays = always or rng.random() < 0.75
    leaves = 10**6 if stays else rng.randint(area.first + 5, area.as_at + 400)
    add_case(area, family, referred, "cin", referred + rng.randint(30, 60), leaves)


def add_case(area: Area, family: Family, referred: int, kind: str, start: int, end: int) -> None:
    """A referral of old, its assessment, and one long stretch in need or in care."""
    rng = area.rng
    referral, assessment = area.ids.next("R"), area.ids.next("AS")
    source, found = source_of(area), factors(area)
    for child in family.children:
        end = min(end, child.eighteenth)
        need = "N2" if child.is_disabled else disabled(family, drawn(rng, "need"))
        episode = Episode(referral, referred, source, need, decided=referred + 1)
        begun = days.add_working(referred, 2)
        authorised = days.add_working(begun, rng.randint(12, 45))
        authorised = authorised if kind == "care" else min(authorised, max(start, begun))
        authorised = _not_counted_out(area, begun, authorised)
        episode.assessments.append(Assessment(assessment, begun, authorised, True, factors=found))
        episode.phases.append(Phase(kind, start, end))
        episode.closed = end
        episode.reason = "RC7"
        child.episodes.append(episode)
    area.families.append(family)


def _not_counted_out(area: Area, begun: int, authorised: int) -> int:
    """The day, moved out of a month whose assessments have been counted out already."""
    first = days.first_of(days.month(authorised))
    if days.last_of(days.month(authorised)) not in area.arc.strands["assessments_in_time"].exact:
        return authorised
    return days.add_working(first, -1) if begun < first else days.add_working(first, 25)


def seekers(area: Area) -> list[tuple[Child, int]]:
    """Unaccompanied asylum-seeking young people, and the day each came into care."""
    rng, stock = area.rng, area.arc.stock
    number = round(area.scaled(stock["care"]) * stock["asylum_seeking_percent"] / 100) * 2
    found = []
    for _ in range(number):
        entered = rng.randint(area.first - 300, area.as_at - 5)
        family = new_family(rng, area.arc, area.ids, 1, entered, (14.6, 17.4))
        family.ethnicity = rng.choice(("OOTH", "BAFR", "AOTH", "WOTH"))
        child = family.children[0]
        child.sex = "M" if rng.random() < 0.92 else "F"
        add_case(area, family, entered - 1, "care", entered, 10**6)
        child.episodes[0].need = "N8"
        found.append((child, entered))
    return found
