"""How do care, leaving care and risk outside the home read in the local extracts? One function per table."""

from collections.abc import Callable, Iterator

from goldenthread.synthetic.case_rows import NOTED, Row, past, placed, recorded
from goldenthread.synthetic.days import iso, moment
from goldenthread.synthetic.people import Child
from goldenthread.synthetic.telling import Told


def care_periods(told: Told, child: Child) -> Iterator[Row]:
    """Periods of care."""
    for p in child.care:
        ended = past(told, p.end)
        yield (
            p.id, child.id, iso(p.start), ended, p.reason if ended else None, p.legal_status, p.need,
            NOTED[p.is_uasc], p.permanence, past(told, p.permanence_on), past(told, p.first_plan),
            past(told, p.latest_plan), p.placements_12m, *placed(told, child, p.start),
        )  # fmt: skip


def placements(told: Told, child: Child) -> Iterator[Row]:
    """Placements and their cost."""
    for p in child.placements:
        ended = past(told, p.end)
        yield (
            p.id, child.id, iso(p.start), ended, p.type, p.provider, p.reason if ended else None,
            "out" if p.is_out else "in", p.miles, NOTED[p.is_long_term], p.visit_rule, p.arrangement,
            p.notice, NOTED[p.is_registered], past(told, p.plan), p.cost,
        )  # fmt: skip


def health_checks(told: Told, child: Child) -> Iterator[Row]:
    """Health, dental and other checks."""
    for day, kind, result, score in sorted(child.health, key=lambda check: check[:2]):
        yield (told.area.ids.next("HC"), child.id, kind, iso(day), result, score)


def peps(told: Told, child: Child) -> Iterator[Row]:
    """Personal education plans."""
    for day in sorted(child.peps):
        yield (told.area.ids.next("PE"), child.id, iso(day))


def pathway_plans(told: Told, child: Child) -> Iterator[Row]:
    """Pathway needs assessments, plans and reviews."""
    for day, kind in sorted(child.pathway_plans):
        if day <= told.area.as_at:
            yield (told.area.ids.next("PW"), child.id, kind, iso(day))


def care_leaver_statuses(told: Told, child: Child) -> Iterator[Row]:
    """How a care leaver is, from a day."""
    for s in child.statuses:
        if s.day <= told.area.as_at:
            yield (
                told.area.ids.next("ST"), child.id, iso(s.day), NOTED[s.is_open], s.eligibility, s.in_touch,
                past(told, s.last_contact), s.accommodation, NOTED[s.is_suitable], s.activity,
                *placed(told, child, s.day, "personal_adviser"),
            )  # fmt: skip


def missing_episodes(told: Told, child: Child) -> Iterator[Row]:
    """Missing and away episodes."""
    for m in child.missing:
        yield (
            told.area.ids.next("MS"), child.id, m.kind, moment(m.day, m.minute),
            moment(m.end, m.end_minute), m.reason, NOTED[m.is_offered],
            NOTED[m.is_accepted], moment(m.interviewed, m.interviewed_minute),
            recorded(told, m.day), *placed(told, child, m.day),
        )  # fmt: skip


def exploitation_records(told: Told, child: Child) -> Iterator[Row]:
    """Exploitation screenings, assessments and flags."""
    for x in sorted(child.exploitation, key=lambda record: (record.day, record.kind)):
        yield (
            told.area.ids.next("EX"),
            child.id,
            x.kind,
            iso(x.day),
            x.type,
            x.level,
            NOTED[x.has_plan],
            x.contact,
        )


def private_fostering_arrangements(told: Told, child: Child) -> Iterator[Row]:
    """Private fostering arrangements."""
    for notified, assessed, ended in child.private_fostering:
        yield (told.area.ids.next("PF", 5), child.id, iso(notified), iso(assessed), iso(ended))


def legal_proceedings(told: Told, child: Child) -> Iterator[Row]:
    """Pre-proceedings and care proceedings."""
    for name, kind, started, ended in child.legal:
        if started <= told.area.as_at:
            yield (name, child.id, kind, iso(started), past(told, ended))


CARE_ROWS: dict[str, Callable[[Told, Child], Iterator[Row]]] = {
    function.__name__: function
    for function in (
        care_periods, placements, health_checks, peps, pathway_plans, care_leaver_statuses, missing_episodes,
        exploitation_records, private_fostering_arrangements, legal_proceedings,
    )
}  # fmt: skip
