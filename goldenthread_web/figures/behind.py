"""Where does somebody who may see children ask who is behind a figure?"""

from urllib.parse import urlencode

from django.urls import reverse

from goldenthread.periods import Period


def asked_at(ref: str, period: Period, *, team: str = "") -> str:
    """The address at which the children behind an indicator's figure are asked for, for a reason."""
    said = {"start": period.starts_on.isoformat(), "end": period.ends_on.isoformat()}
    return f"{reverse('behind:ask', args=[ref])}?{urlencode(said | ({'team': team} if team else {}))}"
