"""What was found while reading one file of a return, said once or row by row."""

from dataclasses import replace

from goldenthread.ingest.extract import Finding, Severity
from goldenthread.ingest.returns.cells import Problem

_LONGEST_VALUE = 200


class Remarks:
    """The findings of one file."""

    def __init__(self, source: str, file: str) -> None:
        self._source = source
        self._file = file
        self._findings: list[Finding] = []
        self._once: dict[tuple[str, str], tuple[Finding, int]] = {}

    def add(
        self,
        rule: str,
        severity: Severity,
        message: str,
        *,
        row: int | None = None,
        table: str | None = None,
        column: str | None = None,
        value: str | None = None,
        child_id: str | None = None,
    ) -> None:
        """Keep a finding about one place."""
        self._findings.append(
            Finding(
                rule=rule,
                severity=severity,
                message=message,
                source=self._source,
                file=self._file,
                row=row,
                table=table,
                column=column,
                value=value[:_LONGEST_VALUE] if value else None,
                child_id=child_id,
            )
        )

    def about(
        self,
        problem: Problem,
        *,
        row: int | None,
        table: str,
        column: str,
        text: str,
        child_id: str | None = None,
    ) -> None:
        """Keep what is to be said about one text as delivered."""
        if problem.once:
            self.once(problem.rule, problem.message, row=row, severity=problem.severity)
            return
        self.add(
            problem.rule,
            problem.severity,
            problem.message,
            row=row,
            table=table,
            column=column,
            value=text.strip() if problem.shown else None,
            child_id=child_id,
        )

    def once(self, rule: str, message: str, *, row: int | None, severity: Severity = Severity.INFO) -> None:
        """Keep a finding of the whole file at its first place; later ones are only counted."""
        known = self._once.get((rule, message))
        if known:
            self._once[rule, message] = (known[0], known[1] + 1)
            return
        found = Finding(
            rule=rule, severity=severity, message=message, source=self._source, file=self._file, row=row
        )
        self._once[rule, message] = (found, 1)

    def findings(self) -> list[Finding]:
        """Everything found: what concerns the whole file first."""
        whole = [_counted(finding, times) for finding, times in self._once.values()]
        return whole + self._findings


def _counted(finding: Finding, times: int) -> Finding:
    if times == 1:
        return finding
    return replace(finding, message=f"{finding.message} ({times:,} times; the first is shown)")
