"""Who fills the posts, since when, and who left? Told backwards from how each post is filled now."""

from random import Random

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.frequencies import drawn
from goldenthread.synthetic.teams import NEVER, Post, PostSpell, Staff, Worker, add_posts

SICKNESS = (0, 0, 1, 2, 3, 3, 5, 8, 11, 20)
IN_POST = 0.93  # of social work posts, those filled
PART_TIME = 0.6
AGENCY_YEARS = 1.0  # an agency worker stays, on average
REPLACED = 0.75  # employees taken on in a year, for each one who left
CONVERTED = 0.35  # of employees who followed an agency worker, those who were that worker
OVER = 0.15  # of the agency workers in assessment teams, those in no post of the establishment
QUARTERS = 10  # of leavers that are settled, before the as-at date


def employ(area: Area, staff: Staff) -> None:
    """Fill every post, now and back to the beginning of the record."""
    _add_for_exact_share(area, staff)
    social_work = [post for post in staff.posts if post.is_social_worker]
    _fill_social_work(area, social_work)
    for place, post in enumerate(post for post in staff.posts if not post.is_social_worker):
        now = "vacant" if area.rng.random() < 0.07 else "permanent"
        if post.role == "senior_manager":
            now = ("agency", "permanent")[place % 2]  # every other one is an interim
        _history(area, post, now, 1.0)
    _settle_leavers(area, social_work)
    _keep_within_establishment(area, social_work)


def _filled(area: Area, posts: list[Post]) -> int:
    """How many social work posts are filled on the as-at date: so many that the agency share comes out."""
    strand = area.arc.strands["agency"]
    filled = max(sum(post.is_always_filled for post in posts), round(len(posts) * IN_POST))
    while area.as_at in strand.exact and not _splits(filled, strand.at(area.as_at)):
        filled += 1
    return filled


def _add_for_exact_share(area: Area, staff: Staff) -> None:
    """Posts in the assessment teams, where the exact agency share needs more people than there are posts."""
    posts = [post for post in staff.posts if post.is_social_worker]
    wanted = round(_filled(area, posts) / IN_POST) - len(posts)
    add_posts(area, [team for team in staff.teams if team.role == "assessment"], "social_worker", wanted)


def _fill_social_work(area: Area, posts: list[Post]) -> None:
    """Social work posts as they are now: the agency share is exact on the as-at date."""
    rng = area.rng
    percent = area.arc.strands["agency"].at(area.as_at)
    always = [post for post in posts if post.is_always_filled]
    free = [post for post in posts if not post.is_always_filled]
    rng.shuffle(free)
    in_post = always + free[: _filled(area, posts) - len(always)]
    agency = set(map(id, rng.sample(in_post, quotas.share(percent, len(in_post)))))
    part_time = _part_timers(rng, in_post, agency, percent)
    in_post_now = set(map(id, in_post))
    for post in posts:
        now = "vacant" if id(post) not in in_post_now else "agency" if id(post) in agency else "permanent"
        _history(area, post, now, PART_TIME if id(post) in part_time else 1.0)
        if now == "agency" and post.team.role == "assessment":
            post.is_established = rng.random() > OVER


def _splits(total: int, percent: float) -> bool:
    """Whether the share is a whole number, so that it also holds in full-time equivalents."""
    return abs(total * percent / 100 - round(total * percent / 100)) < 1e-9


def _part_timers(rng: Random, posts: list[Post], agency: set[int], percent: float) -> set[int]:
    """Those who work part time: as many of the agency workers, in proportion, as of the others."""
    total = len(posts) // 6
    while total and not _splits(total, percent):
        total -= 1
    number = quotas.share(percent, total)
    chosen = rng.sample([p for p in posts if id(p) in agency], number)
    chosen += rng.sample([p for p in posts if id(p) not in agency], total - number)
    return set(map(id, chosen))


def _history(area: Area, post: Post, now: str, fte: float) -> None:
    """How the post is filled now, and by whom before, back to the day it opened."""
    rng, end, state = area.rng, NEVER, now
    reason: str | None = None
    again: Worker | None = None
    while True:
        start = max(post.opens, _start(area, state, min(end, area.as_at)))
        worker = None if state == "vacant" else again or _someone(area)
        post.spells.append(_spell(area, post.role, PostSpell(state, start, end, worker, fte, reason)))
        if start <= post.opens:
            break
        was, reason = _before(area, state, start)
        again = worker if reason == "converted" else None
        post.spells[-1].is_converted = reason == "converted"
        if state != "vacant" and not again and not post.is_always_filled and rng.random() < 0.4:
            gap = max(post.opens, start - rng.randint(20, 120))
            post.spells.append(PostSpell("vacant", gap, start, None, fte, "filled"))
            start = gap
            if start <= post.opens:
                break
        end, state = start, was
    post.spells.reverse()


def _start(area: Area, state: str, end: int) -> int:
    """The first day of a spell that runs to `end`."""
    rng = area.rng
    if state == "vacant":
        return end - rng.randint(25, 160)
    if state == "agency":
        return end - rng.randint(25, 60) - int(rng.expovariate(1 / (AGENCY_YEARS * 365 - 42)))
    leavers = area.arc.strands["leavers"]
    day = end - rng.randint(20, 50)
    while rng.random() > leavers.chance(day) * REPLACED / 12 and day > area.first - 3000:
        day -= 30
    return day - rng.randint(0, 29)


def _before(area: Area, state: str, start: int) -> tuple[str, str]:
    """How the post was filled before, and why that ended."""
    rng, strands = area.rng, area.arc.strands
    agency = 0.8 * strands["agency"].chance(start)  # those taken on for good raise it again
    years = 1 / (strands["leavers"].chance(start) * REPLACED)  # an employee stays
    spells = agency * years / (agency * years + (1 - agency) * AGENCY_YEARS)  # by agency workers, of all
    if rng.random() > spells:
        return "permanent", drawn(rng, "post_end")
    is_converted = state == "permanent" and rng.random() < CONVERTED
    return "agency", "converted" if is_converted else "agency_end"


def _someone(area: Area) -> Worker:
    rng = area.rng
    sex = "F" if rng.random() < 0.83 else "M"
    return Worker(area.ids.next("W", 4), sex, drawn(rng, "worker_ethnicity"), rng.randint(1953, 1993))


def _spell(area: Area, role: str, spell: PostSpell) -> PostSpell:
    """Note what is on record of those in post now: first year in work, sickness, long leave."""
    rng = area.rng
    if spell.employment == "permanent" and spell.end > area.as_at:
        spell.is_asye = role == "social_worker" and spell.start > area.as_at - 365 and rng.random() < 0.6
        spell.sickness = float(rng.choice(SICKNESS))
        if rng.random() < 0.03 and spell.start < area.as_at - 120:
            away = area.as_at - rng.randint(30, 110)
            spell.leave = (away, None if rng.random() < 0.6 else away + rng.randint(29, 60))
            spell.sickness = float(rng.randint(20, 70))
    return spell


def _settle_leavers(area: Area, posts: list[Post]) -> None:
    """Let as many employees leave in each quarter as the turnover of the twelve months says."""
    strand = area.arc.strands["leavers"]
    ends = [days.add_months(area.as_at, -3 * back) for back in range(QUARTERS, -1, -1)]
    counts: list[float] = []
    for begins, ends_on in zip(ends, ends[1:], strict=False):
        spells = [spell for post in posts for spell in post.spells]
        in_post = sum(s.fte for s in spells if s.employment == "permanent" and s.start <= ends_on < s.end)
        ended = [s for s in spells if begins < s.end <= ends_on and s.reason != "converted"]
        left = [s for s in ended if s.employment == "permanent" and not s.is_converted]
        others = [s for s in ended if s.employment == "agency" and not s.is_converted]
        before = sum(counts[-3:]) + (3 - len(counts[-3:])) * strand.at(ends_on) * in_post / 400
        wanted = strand.at(ends_on) * in_post / 100 - before
        count = sum(s.fte for s in left)
        while left and count > wanted + 0.5:
            spell = left.pop()
            spell.employment, spell.reason, spell.is_converted = "agency", "agency_end", False
            count -= spell.fte
        while others and count < wanted - 0.5:
            spell = others.pop()
            spell.employment, spell.reason = "permanent", drawn(area.rng, "post_end")
            count += spell.fte
        counts.append(count)


def _keep_within_establishment(area: Area, posts: list[Post]) -> None:
    """Let agency workers beyond the establishment make up for its vacancies at each month's end, not more."""
    for number in range(days.month(area.first), days.month(area.as_at) + 1):
        day = min(days.last_of(number), area.as_at)
        held = [(p, s) for p in posts for s in p.spells if s.start <= day < s.end]
        beyond = sum(s.fte for _, s in held if s.worker) - sum(s.fte for p, s in held if p.is_funded(s))
        for post, spell in held:
            if beyond > 0.01 and not post.is_funded(spell):
                post.is_established = True
                beyond -= spell.fte
