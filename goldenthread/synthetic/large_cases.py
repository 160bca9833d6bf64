"""The cases of one large authority: children, contacts to assessments, plans, care and leaving care."""

import numpy as np
import pyarrow as pa

from goldenthread.synthetic.large_journeys import (
    ASSESSED,
    IN_CARE,
    IN_NEED,
    NOTHING,
    PROTECTED,
    Block,
    Days,
    Drawn,
    Episodes,
    Whole,
    recurring,
    whose,
)

_YEAR = 365.25
_LEGAL_STATUS = ("C1", "C2", "C2", "C2", "V2", "V2", "E1", "D1", "J1", "V4")
_SERVICES_UNTIL = 23  # the age up to which care leavers are told of


def tables_of(block: Block, episodes: Episodes, reviews: Drawn) -> dict[str, Drawn]:
    """The tables about cases; `reviews` are the conferences held during plans and care."""
    born = episodes.received[: block.children] - block.random.integers(0, 17 * 365, block.children)
    care = _in_care(block, episodes, born)
    leaving = _leaving_care(block, episodes, born)
    return {
        "children": _children(block, born),
        "contacts": _contacts(block, episodes),
        "referrals": _referrals(block, episodes),
        "assessments": _assessments(block, episodes),
        "strategy_discussions": _strategy(block, episodes),
        "conferences": _conferences(block, episodes, reviews),
        "cp_plans": _plans(block, episodes.only(episodes.led_to == PROTECTED), "cp_plan_id", "P"),
        "cin_plans": _plans(block, episodes.only(episodes.led_to == IN_NEED), "cin_plan_id", "N"),
        "care_periods": _care_periods(block, *care),
        "placements": _placements(block, *care),
        "legal_proceedings": _proceedings(block, *care),
        "allocations": _allocations(block, episodes, care[0], leaving),
        **leaving[1],
    }


def _children(block: Block, born: Whole) -> Drawn:
    number = block.children
    is_unborn = block.some(number, 0.005)
    wards = pa.array([f"Ward {place}" for place in range(1, 13)])
    return {
        "child_id": block.child_ids,
        "born_on": Days(born, is_unborn | block.some(number, 0.002)),
        "is_unborn": is_unborn,
        "expected_birth_on": Days(np.full(number, block.last + 60), ~is_unborn),
        "locality": wards.take(pa.array(block.random.integers(0, 12, number))),
        "family_id": block.named("F", block.random.integers(0, number // 2 + 1, number)),
    }


def _contacts(block: Block, episodes: Episodes) -> Drawn:
    """One for each episode, and half as many again that led to nothing."""
    random = block.random
    others = block.children * 2 // 5
    none = np.zeros(others, "int64")
    other = Episodes(
        random.integers(0, block.children, others),
        random.integers(block.first, block.last + 1, others),
        none,
        none,
        random.integers(0, block.workers, others),
    )
    everyone = _together(episodes, other)
    number = len(everyone)
    received = everyone.received - random.integers(0, 2, number)
    outcomes = pa.array(["early_help", "information_advice", "nfa", "open_case", None, "referral"])
    outcome = np.concatenate([np.full(len(episodes), 5), random.integers(0, 5, others)])
    return {
        "contact_id": block.ids("K", number),
        "received_at": Days(received, np.zeros(number, bool)),
        "decided_at": block.until(received + random.integers(0, 3, number)),
        "outcome": outcomes.take(pa.array(outcome)),
        **whose(block, everyone),
    }


def _together(one: Episodes, other: Episodes) -> Episodes:
    names = Episodes.__dataclass_fields__
    return Episodes(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in names))


def _referrals(block: Block, episodes: Episodes) -> Drawn:
    number = len(episodes)
    return {
        "referral_id": block.ids("R", number),
        "received_on": block.until(episodes.received),
        "decided_on": block.until(episodes.received + block.random.integers(0, 3, number)),
        "is_nfa": episodes.led_to == NOTHING,
        "closed_on": block.until(episodes.closed),
        "chronology_updated_on": Days(episodes.received + 30, episodes.received + 30 > block.last),
        **whose(block, episodes),
    }


def _assessments(block: Block, episodes: Episodes) -> Drawn:
    places = np.flatnonzero((episodes.led_to >= ASSESSED) & (episodes.received < block.last))
    own = episodes.only(places)
    started = own.received + 1
    return {
        "assessment_id": block.ids("S", len(own)),
        "referral_id": block.named("R", places),
        "started_on": block.until(started),
        "authorised_on": block.until(started + block.around(50, len(own))),
        "is_services_required": own.led_to > ASSESSED,
        **whose(block, own),
    }


def _strategy(block: Block, episodes: Episodes) -> Drawn:
    """A strategy discussion for each child protected, and for one in ten of the others."""
    is_wanted = (episodes.led_to == PROTECTED) | block.some(len(episodes), 0.1)
    own = episodes.only(is_wanted & (episodes.received + 12 <= block.last))
    return {
        "strategy_discussion_id": block.ids("D", len(own)),
        "concern_on": block.until(own.received + 9),
        "held_on": block.until(own.received + 12),
        "is_s47_initiated": block.some(len(own), 0.85),
        "s47_ended_on": block.until(own.received + 22),
        "is_icpc_required": own.led_to == PROTECTED,
        **whose(block, own),
    }


def _conferences(block: Block, episodes: Episodes, reviews: Drawn) -> Drawn:
    """The initial conference of each plan, then the reviews."""
    own = episodes.only((episodes.led_to == PROTECTED) & (episodes.received + 28 <= block.last))
    first = {
        "conference_id": block.ids("I", len(own)),
        "kind": pa.repeat("initial", len(own)),
        "held_on": block.until(own.received + 28),
        "recorded_at": block.until(own.received + 31),
        **whose(block, own),
    }
    return {name: _joined(first[name], reviews[name]) for name in first} | {
        "is_cp_plan_made": block.some(len(own) + len(reviews["kind"]), 0.9)
    }


def _joined(one: Days | pa.Array, other: Days | pa.Array) -> Days | pa.Array:
    if isinstance(one, Days):
        return Days(np.concatenate([one.day, other.day]), np.concatenate([one.is_unknown, other.is_unknown]))
    return pa.concat_arrays([one, other])


def _plans(block: Block, own: Episodes, name: str, prefix: str) -> Drawn:
    own = own.only(own.received + 28 <= block.last)
    return {
        name: block.ids(prefix, len(own)),
        "started_on": block.until(own.received + 28),
        "ended_on": block.until(np.maximum(own.closed, own.received + 29)),
        **whose(block, own),
    }


def _in_care(block: Block, episodes: Episodes, born: Whole) -> tuple[Episodes, Whole, Whole]:
    """Periods of care: whose, from when until when; at 18 they end."""
    own = episodes.only(episodes.led_to == IN_CARE)
    started = own.received + 20
    ended = np.minimum(own.closed, born[own.child] + int(18 * _YEAR))
    is_real = (started <= block.last) & (started < ended)
    return own.only(is_real), started[is_real], ended[is_real]


def _care_periods(block: Block, own: Episodes, started: Whole, ended: Whole) -> Drawn:
    status = pa.array(_LEGAL_STATUS).take(pa.array(block.random.integers(0, len(_LEGAL_STATUS), len(own))))
    return {
        "care_period_id": block.ids("L", len(own)),
        "started_on": block.until(started),
        "ended_on": block.until(ended),
        "legal_status": status,
        "permanence_plan_on": block.until(started + 120),
        "first_care_plan_on": block.until(started + block.random.integers(2, 20, len(own))),
        "latest_care_plan_on": block.until(started + 150),
        **whose(block, own),
    }


def _placements(block: Block, own: Episodes, started: Whole, ended: Whole) -> Drawn:
    """A first placement, and another about every year and a half."""
    owner, day = recurring(block, started, ended, 540)
    owner, day = np.concatenate([np.arange(len(own)), owner]), np.concatenate([started, day])
    order = np.lexsort((day, owner))
    owner, day = owner[order], day[order]
    is_last = np.append(owner[1:] != owner[:-1], True)
    until = np.where(is_last, ended[owner], np.append(day[1:], 0))
    return {
        "placement_id": block.ids("H", len(owner)),
        "started_on": block.until(day),
        "ended_on": block.until(until),
        "placement_plan_on": block.until(day + block.random.integers(0, 12, len(owner))),
        **whose(block, own.only(owner)),
    }


def _proceedings(block: Block, own: Episodes, started: Whole, ended: Whole) -> Drawn:
    wanted = np.flatnonzero(block.some(len(own), 0.5))
    kinds = pa.array(["pre_proceedings", "care_proceedings"])
    return {
        "proceeding_id": block.ids("J", len(wanted)),
        "kind": kinds.take(pa.array(np.arange(len(wanted)) % 2)),
        "started_on": block.until(started[wanted]),
        "ended_on": block.until(started[wanted] + block.around(200, len(wanted))),
        **whose(block, own.only(wanted)),
    }


def _leaving_care(block: Block, episodes: Episodes, born: Whole) -> tuple[Episodes, dict[str, Drawn]]:
    """Young people who were in care at 16 or later: their status each year, and pathway plans."""
    in_care = episodes.only(episodes.led_to == IN_CARE)
    sixteen = born[in_care.child] + int(16 * _YEAR)
    is_leaving = (in_care.closed > sixteen) & (sixteen < block.last)
    own, birth = in_care.only(is_leaving), born[in_care.child][is_leaving]
    start = np.maximum(birth + int(16 * _YEAR), own.received) + 90
    stop = birth + int(_SERVICES_UNTIL * _YEAR)
    return own, {
        "care_leaver_statuses": _statuses(block, own, birth, start, stop),
        "pathway_plans": _pathway_plans(block, own, start, stop),
    }


def _statuses(block: Block, own: Episodes, birth: Whole, start: Whole, stop: Whole) -> Drawn:
    owner, day = recurring(block, start, stop, 365)
    is_adult = day - birth[owner] >= int(18 * _YEAR)
    return {
        "status_id": block.ids("Y", len(owner)),
        "recorded_on": block.until(day),
        "eligibility": pa.array(["eligible", "former_relevant"]).take(pa.array(is_adult.astype("int64"))),
        "is_service_open": block.some(len(owner), 0.95),
        "last_contact_on": Days(day - 20, block.some(len(owner), 0.05)),
        **whose(block, own.only(owner)),
    }


def _pathway_plans(block: Block, own: Episodes, start: Whole, stop: Whole) -> Drawn:
    owner, day = recurring(block, start, stop, 200)
    kinds = pa.array(["needs_assessment", "plan", "review", "review"])
    return {
        "pathway_plan_id": block.ids("O", len(owner)),
        "kind": kinds.take(pa.array(np.arange(len(owner)) % 4)),
        "done_on": block.until(day),
        **whose(block, own.only(owner)),
    }


def _allocations(
    block: Block, episodes: Episodes, care: Episodes, leaving: tuple[Episodes, dict[str, Drawn]]
) -> Drawn:
    """A social worker for each episode that led to something, an IRO in care, an adviser on leaving it."""
    held = episodes.only((episodes.led_to > NOTHING) & (episodes.received + 2 <= block.last))
    advised = leaving[0].only(leaving[0].received + 30 <= block.last)
    everyone = _together(_together(held, care), advised)
    number = len(everyone)
    roles = pa.array(["social_worker", "iro", "personal_adviser"])
    role = np.repeat(np.arange(3), [len(held), len(care), len(advised)])
    return {
        "allocation_id": block.ids("Q", number),
        "role": roles.take(pa.array(role)),
        "started_on": block.until(everyone.received + 2),
        "ended_on": block.until(np.maximum(everyone.closed, everyone.received + 3)),
        **whose(block, everyone),
    }
