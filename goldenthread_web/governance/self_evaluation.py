"""What does the council say of itself on a day, how well does it know, and what would an inspector ask?

Inspectors say of self-evaluations that they rest on figures alone, tell little of what work with families
changed, and are slow to name a weakness: `Said.remarks` and `Area.remarks` ask before they do.
"""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.db.models import Prefetch, Q, QuerySet

from goldenthread.calendar import add_months
from goldenthread_web.governance.models import Statement, StatementEvidence
from goldenthread_web.inspections.frames import Framework, frameworks


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a statement is asked to rest on."""

    kinds: int  # of evidence, at least
    fresh_months: int  # evidence about an earlier day is old, and so is a statement nobody looked at since


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement with why the council knows it."""

    statement: Statement
    evidence: tuple[StatementEvidence, ...]
    on: date

    @property
    def remarks(self) -> list[str]:
        """What an inspector would ask of it."""
        kinds, rules = {one.kind for one in self.evidence}, self_evaluation_rules()
        fresh = add_months(self.on, -rules.fresh_months)
        found = []
        if not kinds:
            found.append("Nothing shows it yet: add evidence.")
        elif kinds == {StatementEvidence.Kind.FIGURE}:
            found.append("It rests on figures alone: add what case audits, people or inspectors say.")
        elif len(kinds) < rules.kinds:
            found.append("It rests on one kind of evidence: add another.")
        if kinds and all(one.about_on < fresh for one in self.evidence):
            found.append(f"All its evidence is more than {rules.fresh_months} months old.")
        if self.statement.dated_on < fresh:
            found.append(f"Nobody looked at it again for {rules.fresh_months} months.")
        return found


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area that inspectors judge, with what the council says of itself there."""

    code: str
    title: str
    said: tuple[Said, ...]

    @property
    def remarks(self) -> list[str]:
        """What an inspector would ask of the area as a whole."""
        if not self.said:
            return ["Nothing is said of this area yet."]
        signs = {one.statement.sign for one in self.said}
        if signs == {Statement.Sign.STRENGTH}:
            return ["Only strengths are named: what is not good enough yet?"]
        return []


@cache
def self_evaluation_rules() -> Rules:
    """What a statement is asked to rest on, as data says."""
    text = (files("goldenthread_web.governance") / "self_evaluation.toml").read_text("utf-8")
    return Rules(**tomllib.loads(text))


def framework_on(day: date) -> Framework:
    """The framework with grades under which the council would be judged on a day."""
    graded = [one for one in frameworks().values() if one.grades]
    in_use = [one for one in graded if one.from_on <= day and (one.to_on is None or day <= one.to_on)]
    return (in_use or graded)[-1]


def areas_on(day: date) -> dict[str, str]:
    """The areas judged on a day, by code, in their order."""
    return {
        one.code: one.title
        for one in framework_on(day).areas
        if (one.from_on is None or one.from_on <= day) and (one.to_on is None or day <= one.to_on)
    }


def statements(on: date) -> "QuerySet[Statement]":
    """What the council said of itself on a day: the editions then in force, with their evidence."""
    newer = Q(replaced_by__isnull=True) | Q(replaced_by__dated_on__gt=on)
    standing = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    pieces = StatementEvidence.objects.filter(about_on__lte=on).select_related("finding")
    return (
        Statement.objects.filter(newer, standing, dated_on__lte=on)
        .select_related("action", "written_by")
        .prefetch_related(Prefetch("evidence", pieces))
    )


def self_evaluation(on: date) -> list[Area]:
    """Area by area; what was said under a framework that is no longer used comes last. Two queries."""
    framework = framework_on(on)
    by_area: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in statements(on):
        by_area[one.framework, one.area].append(said_of(one, on))
    found = [
        Area(code=code, title=title, said=tuple(by_area.pop((framework.code, code), ())))
        for code, title in areas_on(on).items()
    ]
    for (code, area), said in sorted(by_area.items()):
        earlier = frameworks()[code]
        title = next(one.title for one in earlier.areas if one.code == area)
        found.append(Area(code=f"{code}-{area}", title=f"{title} ({earlier.title})", said=tuple(said)))
    return found


def said_of(statement: Statement, on: date) -> Said:
    """One statement, its evidence already read or read now."""
    return Said(statement=statement, evidence=tuple(statement.evidence.all()), on=on)


def editions(statement: Statement) -> list[Statement]:
    """Every edition of a statement, the newest first."""
    every = {
        one.pk: one for one in Statement.objects.filter(framework=statement.framework, area=statement.area)
    }
    after = {one.replaces_id: one for one in every.values() if one.replaces_id}
    newest = statement
    while newest.pk in after:
        newest = after[newest.pk]
    found = [newest]
    while found[-1].replaces_id:
        found.append(every[found[-1].replaces_id])
    return found
