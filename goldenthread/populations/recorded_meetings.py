"""Meetings of bodies and events for councillors: which were planned for a period?"""

import ibis
from ibis import _

from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.population import Population
from goldenthread.standard import table

_meetings = table("meetings").rows

meetings_scheduled = Population(
    name="meetings_scheduled",
    about="Meetings and events for councillors planned for the period.",
    rows=not_placed(
        in_period(_meetings, "scheduled_on").mutate(child_id=ibis.null("string"), key=_.meeting_id)
    ),
)
