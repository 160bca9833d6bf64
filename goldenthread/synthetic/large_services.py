"""What else one large authority holds: teams, posts, supervision, money, and services beside cases."""

import numpy as np
import pyarrow as pa

from goldenthread.standard.schema import code_labels
from goldenthread.synthetic.large_journeys import (
    IN_CARE,
    IN_NEED,
    Block,
    Days,
    Drawn,
    Episodes,
    recurring,
    whose,
)

_COURSES = ("safeguarding", "child protection conferences")
_LINES = 12


def tables_of(block: Block, episodes: Episodes) -> dict[str, Drawn]:
    """The tables about services, staff and money."""
    supervisions = _supervisions(block)
    return {
        "teams": _teams(block),
        "posts": _posts(block),
        "supervisions": supervisions,
        "supervision_actions": _actions(block, supervisions),
        "training_completions": _training(block),
        "recruitment_campaigns": _campaigns(block),
        "budget_lines": _budget(block),
        "complaints": _complaints(block),
        "early_help_episodes": _early_help(block),
        "exploitation_records": _exploitation(block, episodes),
        "private_fostering_arrangements": _private_fostering(block, episodes),
        "escalations": _escalations(block, episodes),
    }


def _teams(block: Block) -> Drawn:
    """Every team, of which one in four was renamed half way and reports under its new name."""
    number = block.teams
    place = np.arange(number)
    renamed = place % 4 == 0
    services = pa.array(["Help and protection", "Children looked after", "Front door"])
    return {
        "team": block.named("team", place),
        "effective_from_on": Days(np.full(number, block.first - 3000), np.zeros(number, bool)),
        "effective_to_on": Days(np.full(number, block.last), np.ones(number, bool)),
        "service": services.take(pa.array(place % 3)),
        "reporting_team": block.named("team", np.where(renamed, (place + 1) % number, place)),
        "manager_worker_id": block.named("M", place),
    }


def _posts(block: Block) -> Drawn:
    """A post for each social worker, one in seven held before by somebody who left, and some vacant."""
    number = block.workers
    place = np.arange(number)
    begun = block.first + block.random.integers(-700, 1800, number)
    left = place[place % 7 == 0]
    owner = np.concatenate([place, left])
    is_earlier = np.arange(len(owner)) >= number
    start = np.concatenate([begun, begun[left] - 500])
    ended = np.where(is_earlier, begun[owner] - 1, block.last + 1)
    is_vacant = (owner % 12 == 5) & ~is_earlier
    employment = np.where(is_vacant, 2, np.where(owner % 5 == 1, 1, 0))
    workers = np.where(is_earlier, owner + number, owner)
    shown = np.where(is_vacant, None, np.asarray(block.named("W", workers).to_pylist(), object))
    return {
        "post_id": block.named("Z", owner),
        "worker_id": pa.array(shown, pa.string()),
        "team": block.named("team", owner % block.teams),
        "role": pa.array(["social_worker", "senior_social_worker"]).take(pa.array(owner % 2)),
        "is_social_worker": np.ones(len(owner), bool),
        "employment": pa.array(["permanent", "agency", "vacant"]).take(pa.array(employment)),
        "fte": np.where(owner % 6 == 0, 0.6, 1.0),
        "is_established": np.ones(len(owner), bool),
        "started_on": Days(start, np.zeros(len(owner), bool)),
        "ended_on": block.until(ended),
        "campaign_id": block.named("G", owner % 20),
        "birth_year": pa.array(1960 + owner % 38),
    }


def _supervisions(block: Block) -> Drawn:
    start = block.first + block.random.integers(0, 40, block.workers)
    owner, day = recurring(block, start, np.full(block.workers, block.last), 42)
    return {
        "supervision_id": block.ids("U", len(owner)),
        "worker_id": block.named("W", owner),
        "supervisor_worker_id": block.named("M", owner % block.teams),
        "kind": pa.repeat("one_to_one", len(owner)),
        "held_on": block.until(day),
    }


def _actions(block: Block, supervisions: Drawn) -> Drawn:
    """One action from every third session."""
    held = supervisions["held_on"].day
    chosen = np.arange(0, len(held), 3)
    return {
        "action_id": block.ids("V", len(chosen)),
        "supervision_id": supervisions["supervision_id"].take(pa.array(chosen)),
        "child_id": block.child_ids.take(pa.array(block.random.integers(0, block.children, len(chosen)))),
        "due_on": Days(held[chosen] + 30, np.zeros(len(chosen), bool)),
        "completed_on": block.until(held[chosen] + block.around(28, len(chosen))),
    }


def _training(block: Block) -> Drawn:
    start = np.full(block.workers, block.first - 300)
    owner, day = recurring(block, start, np.full(block.workers, block.last), 400)
    return {
        "worker_id": block.named("W", owner),
        "course": pa.array(_COURSES).take(pa.array(np.arange(len(owner)) % len(_COURSES))),
        "completed_on": block.until(day),
        "expires_on": Days(day + 1095, np.zeros(len(day), bool)),
    }


def _campaigns(block: Block) -> Drawn:
    day = block.first + np.arange(20) * 100
    return {
        "campaign_id": block.ids("G", 20),
        "role": pa.repeat("social_worker", 20),
        "advertised_on": block.until(day),
        "closed_on": block.until(day + 28),
    }


def _budget(block: Block) -> Drawn:
    """Some lines of the budget, every month."""
    months = np.arange(block.first, block.last, 31)
    first_of_month = (
        months.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype("int64")
    )
    first_of_month = np.unique(first_of_month)
    month, line = np.repeat(first_of_month, _LINES), np.tile(np.arange(_LINES), len(first_of_month))
    categories = pa.array(list(code_labels("budget_category")))
    amounts = {
        name: block.random.integers(10_000, 900_000, len(line))
        for name in (
            "budget_amount",
            "spend_to_date_amount",
            "forecast_amount",
            "permanent_equivalent_amount",
        )
    }
    return {
        "line_id": block.named("B", line),
        "month": Days(month, np.zeros(len(month), bool)),
        "service_line": block.named("service", line % 4),
        "category": categories.take(pa.array(line % len(categories))),
        **amounts,
    }


def _complaints(block: Block) -> Drawn:
    number = max(10, block.children // 300)
    day = block.random.integers(block.first, block.last + 1, number)
    return {
        "complaint_id": block.ids("X", number),
        "received_on": block.until(day),
        "responded_on": block.until(day + block.around(14, number)),
        "team": block.named("team", np.arange(number) % block.teams),
    }


def _early_help(block: Block) -> Drawn:
    number = block.children // 6
    day = block.random.integers(block.first, block.last + 1, number)
    child = block.random.integers(0, block.children, number)
    return {
        "episode_id": block.ids("EH", number),
        "child_id": block.child_ids.take(pa.array(child)),
        "started_on": block.until(day),
        "ended_on": block.until(day + block.around(200, number)),
        "assessment_started_on": block.until(day + 3),
        "assessment_completed_on": block.until(day + block.around(35, number)),
        "team": block.named("team", child % block.teams),
    }


def _exploitation(block: Block, episodes: Episodes) -> Drawn:
    own = episodes.only((episodes.led_to >= IN_NEED) & block.some(len(episodes), 0.12))
    own = own.only(own.received + 12 <= block.last)
    return {
        "record_id": block.ids("EX", len(own)),
        "done_on": block.until(own.received + block.random.integers(0, 12, len(own))),
        **whose(block, own),
    }


def _private_fostering(block: Block, episodes: Episodes) -> Drawn:
    own = episodes.only((episodes.led_to == IN_NEED) & block.some(len(episodes), 0.02))
    return {
        "arrangement_id": block.ids("PF", len(own)),
        "notified_on": block.until(own.received),
        "assessment_completed_on": block.until(own.received + block.around(40, len(own))),
        "ended_on": block.until(own.closed),
        **whose(block, own),
    }


def _escalations(block: Block, episodes: Episodes) -> Drawn:
    own = episodes.only((episodes.led_to == IN_CARE) & block.some(len(episodes), 0.2))
    own = own.only(own.received + 100 <= block.last)
    return {
        "escalation_id": block.ids("ES", len(own)),
        "raised_on": block.until(own.received + 100),
        "resolved_on": block.until(own.received + 100 + block.around(20, len(own))),
        **whose(block, own),
    }
