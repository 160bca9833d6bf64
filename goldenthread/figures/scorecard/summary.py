"""What does a scorecard say in plain words: what really changed, what is worst, what cannot be known?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.figures.benchmarks import Benchmark
from goldenthread.figures.direction import FEWEST_CASES, Word
from goldenthread.figures.scorecard.lines import Line
from goldenthread.figures.targets import AMBER, RED

HEADLINE_TIER = 1
FEW = 5
PEOPLE = ("child", "young person", "family")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing a scorecard says of one indicator."""

    line: Line
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a scorecard says at its top, of the headline indicators (tier 1)."""

    improving: tuple[Said, ...]
    worsening: tuple[Said, ...]
    moving: tuple[Said, ...]  # rising or falling, where neither is good or bad
    no_real_change: int
    without_direction: int
    off_target: tuple[Said, ...]
    behind: tuple[Said, ...]  # furthest behind the first area that is compared with
    behind_where: str
    most_children: tuple[Said, ...]
    kept_elsewhere: tuple[Line, ...]  # not computable: the records are not in any extract
    not_delivered: tuple[Line, ...]  # not computable: an extract or a column of it is missing

    @property
    def in_one_sentence(self) -> str:
        """How many indicators are doing what."""
        counts = [
            (len(self.improving), "really improving"),
            (len(self.worsening), "really worsening"),
            (len(self.moving), "really moving where neither high nor low is better"),
            (self.no_real_change, "without real change"),
            (self.without_direction, "without a direction (too few cases or months)"),
        ]
        total = sum(count for count, _ in counts)
        said = ", ".join(f"{count} {what}" for count, what in counts if count)
        return f"Of {total} headline indicators with a figure: {said or 'none'}."


def summary(lines: Sequence[Line], compared_with: Sequence[str]) -> Summary:
    """Read all lines; claims of change and of being behind are of headline indicators only."""
    first = [line for line in lines if line.definition.tier == HEADLINE_TIER and line.is_computable]
    missing = [line for line in lines if not line.is_computable]
    where = compared_with[0] if compared_with else ""
    words = [line.direction.word for line in first]
    return Summary(
        improving=_changed(first, Word.IMPROVING),
        worsening=_changed(first, Word.WORSENING),
        moving=_changed(first, Word.RISING, Word.FALLING),
        no_real_change=words.count(Word.NO_REAL_CHANGE),
        without_direction=sum(
            not line.direction.is_claimed and line.direction.word is not Word.NO_REAL_CHANGE for line in first
        ),
        off_target=_off_target(lines),
        behind=_behind(first, where),
        behind_where=where,
        most_children=_most_children(first),
        kept_elsewhere=tuple(line for line in missing if _is_kept_elsewhere(line)),
        not_delivered=tuple(line for line in missing if not _is_kept_elsewhere(line)),
    )


def _changed(lines: Sequence[Line], *words: Word) -> tuple[Said, ...]:
    """Changes of these kinds, the most unusual first."""
    found = [line for line in lines if line.direction.word in words]
    found.sort(key=lambda line: (-_unusual(line), line.definition.order))
    return tuple(Said(line=line, sentence=line.direction.sentence) for line in found)


def _unusual(line: Line) -> Decimal:
    """How large a change is, measured by the usual range."""
    limits, change = line.direction.limits, line.direction.change
    assert limits is not None and change is not None, "a change that is claimed is measured"
    reach = limits.upper - limits.lower
    return abs(change) / reach if reach else abs(change)


def _off_target(lines: Sequence[Line]) -> tuple[Said, ...]:
    found = []
    for line in lines:
        if line.target is None or line.rating not in (AMBER, RED) or line.latest.value is None:
            continue
        short = f": {line.shortfall.sentence}" if line.shortfall else ""
        sentence = f"{line.value} against a target of {line.target_said}{short}."
        gap = abs(line.latest.value - line.target.value)
        found.append((not line.unit.is_percent, -gap, Said(line=line, sentence=sentence)))
    found.sort(key=lambda one: one[:2])
    return tuple(said for *_, said in found)


def _behind(lines: Sequence[Line], where: str) -> tuple[Said, ...]:
    found = []
    for line in lines:
        other = line.benchmarks.get(where)
        if other is None or not line.unit.is_percent or line.latest.value is None or _is_small(line):
            continue
        gap = _worse_by(line, other)
        if gap > 0:
            sentence = (
                f"{line.value} against {line.unit.said(other.value)} in {where} ({other.when}): "
                f"{line.unit.change_said(gap)} worse."
            )
            found.append((-gap, Said(line=line, sentence=sentence)))
    found.sort(key=lambda one: one[0])
    return tuple(said for _, said in found[:FEW])


def _worse_by(line: Line, other: Benchmark) -> Decimal:
    value = line.latest.value or Decimal(0)
    return {
        "high": other.value - value,
        "low": value - other.value,
        "neutral": Decimal(0),
    }[line.definition.polarity]


def _is_small(line: Line) -> bool:
    return line.latest.denominator is not None and line.latest.denominator < FEWEST_CASES


def _most_children(lines: Sequence[Line]) -> tuple[Said, ...]:
    found = [
        (-line.missing.amount, Said(line=line, sentence=f"{line.missing.sentence} ({line.value})."))
        for line in lines
        if line.missing is not None
        and line.missing.amount
        and line.counts[0] in PEOPLE
        and not _is_small(line)
    ]
    found.sort(key=lambda one: one[0])
    return tuple(said for _, said in found[:FEW])


def _is_kept_elsewhere(line: Line) -> bool:
    """Whether no extract has it: case audits, plan actions and meetings are kept in the service itself."""
    return all(route.profile == "native" for route in line.definition.routes)
