"""What do the pages of results say? Sentences, rows and drawings, as a person may see them."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from goldenthread.calendar import add_months
from goldenthread_web.case_audits import queries
from goldenthread_web.case_audits.coverage import covered
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.how_far import how_far
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.moderating_reading import panel
from goldenthread_web.case_audits.results_coverage import by_cohort, by_tier
from goldenthread_web.case_audits.results_drawing import field
from goldenthread_web.case_audits.results_hiding import Row, rows_of, share_said, so_many, table_of
from goldenthread_web.case_audits.results_narrowing import Asked
from goldenthread_web.case_audits.results_quality import CORNERS, indicators, quadrant
from goldenthread_web.case_audits.results_reading import (
    SELECTIONS,
    Look,
    StandardMet,
    crossed,
    domain_mix,
    looks,
    mix,
    standards_met,
)
from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.standards.domains import domain_title, domains
from goldenthread_web.ui.drawing import trend
from goldenthread_web.ui.words import day_said


def overview(asked: Asked, *, is_public_view: bool) -> dict[str, Any]:
    """Grades as they moved, by team, beside impact; how well second looks agree."""
    everything = looks(asked.starts_on, asked.ends_on)
    found = asked.kept(everything)
    by_span = {span.said: mix(one for one in found if span.holds(one.completed_on)) for span in asked.spans}
    by_team: dict[str, list[Look]] = defaultdict(list)
    for one in found:
        by_team[one.team].append(one)
    teams = {team: mix(by_team[team]) for team in sorted(by_team)}
    trend_rows = rows_of(by_span, is_public_view=is_public_view)
    return {
        "sentence": _sentence(asked, found, is_public_view),
        "trend_rows": trend_rows,
        "drawing": _drawing(trend_rows),
        "team_rows": rows_of(teams, is_public_view=is_public_view),
        "crossed": _crossed(found, is_public_view),
        "panel": _agreement(asked, is_public_view),
        "number": len(found),
        "others": {code: title for code, title in SELECTIONS.items() if code != asked.selection},
    }


def by_standard(asked: Asked, *, is_public_view: bool) -> dict[str, Any]:
    """How often each standard is met, and the grades of each domain."""
    found = asked.kept(looks(asked.starts_on, asked.ends_on))
    met = standards_met([one.pk for one in found])
    mixes = {domain_title(code): domain_mix(found, code) for code in domains()}
    return {
        # Of those with too few answers nothing is said: they stand last.
        "standards": sorted((_met(one, is_public_view) for one in met), key=lambda one: not one["interval"]),
        "weakest": _weakest(met, is_public_view),
        "domain_rows": rows_of(
            {title: one for title, one in mixes.items() if one.number}, is_public_view=is_public_view
        ),
        "number": len(found),
    }


def beside(asked: Asked, ref: str, *, is_public_view: bool) -> dict[str, Any]:
    """Each team's performance beside the quality of its practice, drawn and in a table."""
    kept = asked.kept(looks(asked.starts_on, asked.ends_on))
    with asked_once():
        found = quadrant(kept, ref=ref, is_public_view=is_public_view)
    marked = [(str(at), one) for at, one in enumerate(found.places, 1)]
    return {
        "quadrant": found,
        "marked": marked,
        "drawing": field(
            [(mark, one.point) for mark, one in marked if one.point is not None],
            (found.across_line, found.up_line),
            found.sentence,
            across=indicators().get(ref, "Indicators of timeliness at target"),
            up="Case audits good or better",
            corners=[text[:1].upper() + text[1:] for text in CORNERS.values()],
        ),
        "ref": ref,
        "indicators": indicators(),
    }


def gaps(on: date, *, is_public_view: bool) -> dict[str, Any]:
    """What was not looked at, and programmes against what was done."""
    since = add_months(on, -rules().coverage_months)
    found = looks(since + timedelta(days=1), on)
    programmes = queries.programmes(on)
    progress = {one.programme.pk: one.progress for one in programmes}
    return {
        "teams": covered(on, is_public_view=is_public_view),
        "tiers": by_tier(found, is_public_view=is_public_view),
        "cohorts": by_cohort(found, is_public_view=is_public_view),
        "programmes": programmes,
        "said": how_far(progress, is_public_view=is_public_view),
        "months": rules().coverage_months,
        "day": on,
    }


def _sentence(asked: Asked, found: list[Look], is_public_view: bool) -> str:
    whole = mix(found)
    share, interval = share_said(whole.good, is_public_view=is_public_view)
    if not whole.number:
        return f"No case audit {_chosen(asked)} was completed since {day_said(asked.starts_on)}."
    if not interval:
        return f"Of case audits {_chosen(asked)} there are {share}."
    number = "" if is_public_view else f" of {whole.number}"
    return (
        f"{share}{number} case audits {_chosen(asked)} were good or outstanding. With so many looked at, the "
        f"true share lies between {interval.replace(' to ', ' and ')} (95% interval)."
    )


def _chosen(asked: Asked) -> str:
    return {
        "random": "chosen at random",
        "stratified": "chosen at random within groups",
        "targeted": "chosen for a reason",
    }.get(asked.selection, "that look at a weak case again")


def _drawing(rows: list[Row]) -> Any:
    return trend(
        [row.percent for row in rows],
        [row.label for row in rows],
        "Share of case audits that were good or outstanding",
        unit="%",
        ceiling=100,
    )


def _crossed(found: list[Look], is_public_view: bool) -> list[list[str]]:
    """Rows of practice by columns of impact, each with the words of the grade before it."""
    table = crossed(found)
    cells = {
        (grade, impact): table[row][column]
        for row, grade in enumerate(grades())
        for column, impact in enumerate(grades())
    }
    said = table_of(cells, is_public_view=is_public_view)
    labels = dict(Grade.choices)
    return [[str(labels[grade]), *(said[grade, impact] for impact in grades())] for grade in grades()]


def _agreement(asked: Asked, is_public_view: bool) -> dict[str, str]:
    """How well second looks agree, in words; nothing of anybody."""
    found = panel(asked.starts_on, asked.ends_on, with_people=False)
    said = {}
    for name, one in (("Drawn at random", found.at_random), ("All of them", found.everything)):
        number = so_many(one.agreed, one.pairs, is_public_view=is_public_view)
        is_told = one.kappa is not None and " of " in number
        said[name] = f"{number} came to the same grade" + (
            f"; weighted kappa {float(one.kappa or 0):.2f}" if is_told else ""
        )
        if not one.pairs:
            said[name] = one.why
    return said


def _met(one: StandardMet, is_public_view: bool) -> dict[str, Any]:
    share, interval = share_said(one.share, is_public_view=is_public_view)
    return {
        "code": one.code,
        "statement": one.statement,
        "domain": domain_title(one.domain),
        "share": share,
        "interval": interval,
        "number": so_many(one.met, one.share.whole, is_public_view=is_public_view),
        "partly": "" if is_public_view else str(one.partly),
    }


def _weakest(met: list[StandardMet], is_public_view: bool) -> str:
    """The standard that is met least often, of those with enough answers to say it."""
    for one in met:
        share, interval = share_said(one.share, is_public_view=is_public_view)
        if interval:
            return f"Met least often, in {share} of the answers: {one.statement}"
    return ""
