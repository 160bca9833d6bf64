"""What hangs on what between meetings, what they decided and asked, and the plan?"""

from goldenthread_web.governance.models import ItemDecision
from goldenthread_web.improvement import queries as improvement
from goldenthread_web.improvement.models import DateChange
from goldenthread_web.reports.reading import readable_drafts
from goldenthread_web.thread.edge import Edge
from goldenthread_web.thread.kinds_of_meetings import actions, asks, decisions, minutes

EDGES: tuple[Edge, ...] = (
    Edge(
        upper="draft",
        lower="draft_section",
        rows=readable_drafts,
        lower_path="content__sections__",
    ),
    Edge(
        upper="meeting",
        lower="decision",
        rows=lambda person: ItemDecision.objects.filter(decision__in=decisions(person).values("pk")),
        upper_path="item__meeting__",
        lower_path="decision__",
    ),
    Edge(
        upper="meeting",
        lower="ask",
        rows=asks,
        upper_path="meeting__",
    ),
    Edge(
        upper="meeting",
        lower="meeting_action",
        rows=actions,
        upper_path="meeting__",
    ),
    Edge(
        upper="meeting",
        lower="minute",
        rows=minutes,
        upper_path="item__meeting__",
    ),
    Edge(
        upper="decision",
        lower="version",
        rows=lambda person: improvement.versions().filter(decision__in=decisions(person).values("pk")),
        upper_path="decision__",
    ),
    Edge(
        upper="decision",
        lower="action",
        rows=lambda person: improvement.all_actions().filter(
            recovery_decision__in=decisions(person).values("pk")
        ),
        upper_path="recovery_decision__",
    ),
    Edge(
        upper="decision",
        lower="action",
        rows=lambda person: DateChange.objects.filter(decision__in=decisions(person).values("pk")),
        upper_path="decision__",
        lower_path="action__",
    ),
)
