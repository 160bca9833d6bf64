"""What hangs on what between an inspection, the plan, its indicators, risks and money?"""

from goldenthread_web.improvement import queries as improvement
from goldenthread_web.improvement.models import Deliverable, Evidence
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.programme import queries as programme
from goldenthread_web.resources import queries as resources
from goldenthread_web.risks import queries as risks
from goldenthread_web.thread.edge import Edge

EDGES: tuple[Edge, ...] = (
    Edge(
        upper="inspection",
        lower="recommendation",
        rows=lambda person: inspections.recommendations(),
        upper_path="inspection__",
    ),
    Edge(
        upper="inspection",
        lower="letter",
        rows=lambda person: inspections.letters_in_force(),
        upper_path="inspection__",
    ),
    Edge(
        upper="letter",
        lower="finding",
        rows=lambda person: inspections.findings(),
        upper_path="paragraph__letter__",
    ),
    Edge(
        upper="recommendation",
        lower="finding",
        rows=lambda person: inspections.findings(),
        upper_path="recommendation__",
    ),
    Edge(
        upper="finding",
        lower="finding",
        rows=lambda person: inspections.findings(),
        upper_path="repeat_of__",
    ),
    Edge(
        upper="finding",
        lower="action",
        rows=lambda person: improvement.dispositions(),
        upper_path="finding__",
        lower_path="action__",
    ),
    Edge(
        upper="recommendation",
        lower="objective",
        rows=lambda person: improvement.actions(),
        upper_path="recommendations__",
        lower_path="objective__",
    ),
    Edge(
        upper="theme",
        lower="objective",
        rows=lambda person: improvement.objectives(),
        upper_path="theme__",
    ),
    Edge(
        upper="component",
        lower="theme",
        rows=lambda person: programme.themes(),
        upper_path="components__",
    ),
    Edge(
        upper="objective",
        lower="action",
        rows=lambda person: improvement.actions(),
        upper_path="objective__",
    ),
    Edge(
        upper="enabler",
        lower="action",
        rows=lambda person: improvement.actions(),
        upper_path="enablers__",
    ),
    Edge(
        upper="action",
        lower="milestone",
        rows=lambda person: improvement.milestones(),
        upper_path="action__",
    ),
    Edge(
        upper="action",
        lower="evidence",
        rows=lambda person: improvement.evidence().exclude(kind=Evidence.Kind.CASE_AUDIT),
        upper_path="action__",
    ),
    Edge(
        upper="action",
        lower="case_audit_evidence",
        rows=lambda person: improvement.evidence().filter(kind=Evidence.Kind.CASE_AUDIT),
        upper_path="action__",
    ),
    Edge(
        upper="action",
        lower="impact",
        rows=lambda person: improvement.all_actions().filter(impact__isnull=False),
    ),
    Edge(
        upper="action",
        lower="indicator",
        rows=lambda person: improvement.actions(),
        lower_path="indicators__",
    ),
    Edge(
        upper="evidence",
        lower="indicator",
        rows=lambda person: improvement.evidence().exclude(ref=""),
        lower_key="ref",
    ),
    Edge(
        upper="risk",
        lower="action",
        rows=lambda person: risks.mitigations(),
        upper_path="risk__",
        lower_path="action__",
    ),
    Edge(
        upper="risk",
        lower="indicator",
        rows=lambda person: risks.risks(),
        lower_path="warnings__",
    ),
    Edge(
        upper="money",
        lower="action",
        rows=lambda person: resources.lines(),
        lower_path="action__",
    ),
    Edge(
        upper="money",
        lower="indicator",
        rows=lambda person: resources.lines().exclude(indicator=""),
        lower_key="indicator",
    ),
    Edge(
        upper="finding",
        lower="twelve_weeks",
        rows=lambda person: improvement.twelve_week_plans().filter(finding__isnull=False),
        upper_path="finding__",
    ),
    Edge(
        upper="twelve_weeks",
        lower="twelve_weeks",
        rows=lambda person: improvement.twelve_week_plans(),
        upper_path="follows__",
    ),
    Edge(
        upper="twelve_weeks",
        lower="action",
        rows=lambda person: Deliverable.objects.all(),
        upper_path="plan__",
        lower_path="action__",
    ),
)
