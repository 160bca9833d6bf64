"""What hangs on what? Each edge of the thread, from what is nearer to Cabinet to what is nearer a child."""

from dataclasses import dataclass

from goldenthread_web.improvement import queries as improvement
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.programme import queries as programme
from goldenthread_web.resources import queries as resources
from goldenthread_web.risks import queries as risks
from goldenthread_web.thread.kinds import BY_CODE, Rows


@dataclass(frozen=True, kw_only=True)
class Edge:
    """Rows that tie a thing of one kind to a thing of another, and how each is reached from them.

    A path ends in two underscores or is blank; `upper_key` and `lower_key` are said where the field that
    holds the key is not called as it is on the thing itself.
    """

    upper: str
    lower: str
    rows: Rows
    upper_path: str = ""
    lower_path: str = ""
    upper_key: str = ""
    lower_key: str = ""

    def key_at(self, *, is_upper: bool) -> str:
        """The lookup of the key of one end."""
        kind = BY_CODE[self.upper if is_upper else self.lower]
        path, key = (self.upper_path, self.upper_key) if is_upper else (self.lower_path, self.lower_key)
        return path + (key or kind.key)

    def path(self, *, is_upper: bool) -> str:
        """The path to the fields of one end."""
        return self.upper_path if is_upper else self.lower_path


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
        upper="action",
        lower="milestone",
        rows=lambda person: improvement.milestones(),
        upper_path="action__",
    ),
    Edge(
        upper="action",
        lower="evidence",
        rows=lambda person: improvement.evidence(),
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
)
