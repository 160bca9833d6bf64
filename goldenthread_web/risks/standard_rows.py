"""What do figures read of the risk register? Its risks, and every day on which one was looked at."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from goldenthread_web.risks.queries import risks as every_risk


def risks() -> Iterator[dict[str, Any]]:
    """Every risk, closed ones too. Each movement says why, so each is a review; the latest counts."""
    for risk in every_risk():
        moved = [one.moved_on for one in risk.movements.all()]
        yield {
            "risk_id": risk.ref,
            "opened_on": risk.identified_on,
            "closed_on": risk.closed_on,
            "likelihood": risk.current_likelihood,
            "impact": risk.current_impact,
            "reviewed_on": max(moved, default=None),
        }


def risk_reviews() -> Iterator[dict[str, Any]]:
    """A row per risk and day on which it moved, with the score from then on: the last of that day counts."""
    for risk in every_risk():
        seen: set[date] = set()
        for one in risk.movements.all():  # the latest first
            if one.moved_on not in seen:
                seen.add(one.moved_on)
                yield {
                    "risk_id": risk.ref,
                    "reviewed_on": one.moved_on,
                    "likelihood": one.to_likelihood,
                    "impact": one.to_impact,
                }
