"""What do figures read of the risk register? Its risks as rows of the recorded table `risks`."""

from collections.abc import Iterator
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
