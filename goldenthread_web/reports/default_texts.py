"""What stands in a section until somebody writes it? Text with live references, from what is recorded."""

from collections.abc import Callable

from goldenthread.figures.wording import day_said
from goldenthread_web.improvement.queries import stage_of
from goldenthread_web.improvement.standing import Standing
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.inspections.queries import Letter
from goldenthread_web.reports.forums import Part
from goldenthread_web.reports.frame import Frame, Headline
from goldenthread_web.reports.register_tables import ledger_to_tell, next_meetings, owner_said
from goldenthread_web.reports.tables import first_month, known_headlines
from goldenthread_web.resources import queries as resources

MOST_NEXT, MOST_BETTER = 4, 2


def default_text(part: Part, frame: Frame) -> str:
    """The text of a section that nobody wrote."""
    if part.text:
        return part.text
    if part.code.startswith("theme_"):
        return _theme(int(part.code.removeprefix("theme_")), frame)
    return _WRITERS[part.code](frame)


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _summary(frame: Frame) -> str:
    """What moved, what is still lacking, what inspectors say is not good enough."""
    told = known_headlines(frame)
    better = [one for one in told if frame.quoted(one.ref).direction == "improving"]
    lacking = [one for one in told if frame.quoted(one.ref).letter == "R"]
    lines = [_bullet(frame, one.ref, one.name) for one in (better or told)[:4]]
    found = ledger_to_tell(frame)
    return _joined(
        f"This report says how children's services stood at the end of {day_said(frame.content.ends_on)}, "
        "what changed for children, what did not, and what is done about it.",
        "\n".join(lines),
        f"Not good enough yet: {_listed([one.name[0].lower() + one.name[1:] for one in lacking])}. Each is "
        "off its target; the table of figures says by how much."
        if lacking
        else "",
        f"Inspectors' letters of the period: {found.sentence}" if found.findings else "",
    )


def _bullet(frame: Frame, ref: str, name: str) -> str:
    month = first_month(frame, ref)
    return f"- {name}: [[figure {ref}]]" + (
        "." if month is None else f", [[change {ref} from {month:%Y-%m}]]."
    )


def _listed(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


def _background(frame: Frame) -> str:
    """The inspection, the aim, the stage, the visits."""
    published = inspections.inspections().filter(published_on__isnull=False).exists()
    stage = stage_of(frame.content.ends_on)
    return _joined(
        "The report of the inspection was published on [[date inspection]]." if published else "",
        "The programme aims at services that are judged [[aim]] by [[date aim]].",
        f"At the end of the period it was in stage {stage.number}, “{stage.name}”, which ends on "
        f"[[date stage {stage.number}]]."
        if stage
        else "",
        "The [[body operational_board]] updates every action each month; the [[body improvement_board]], "
        "under its independent chair, tests what has come of them."
        if {"operational_board", "improvement_board"} <= set(frame.bodies)
        else "",
        "[[table visits]]",
    )


def _inspectors(frame: Frame) -> str:
    """The findings of the period: one strength and one weakness in the inspectors' words, then the ledger."""
    usable = [one.finding for one in ledger_to_tell(frame).entries]
    strong = next((one for one in usable if one.valence in ("strength", "improved", "sustained")), None)
    weak = next((one for one in usable if one.is_weakness), None)
    return _joined(
        "Inspectors wrote, of what has become better:" if strong else "",
        f"[[quote {strong.ref}]]" if strong else "",
        "And of what has not:" if weak else "",
        f"[[quote {weak.ref}]]" if weak else "",
        "Every weakness they name is answered by an action of the plan, or the reason why not is given.",
        "[[table findings]]",
    )


def _headlines(frame: Frame) -> str:
    """The table and the charts; for everybody each figure that can be shown in a plain sentence as well."""
    found = known_headlines(frame)
    drawn = [one.ref for one in found if one.is_drawn]
    said = [_plainly(frame, one) for one in found if frame.forum.is_public and _is_shown(frame, one.ref)]
    return _joined(
        "In plain words:" if said else "",
        "\n".join(said),
        "[[table headlines]]",
        *(f"[[chart {ref}]]" for ref in drawn),
    )


def _is_shown(frame: Frame, ref: str) -> bool:
    found = frame.quoted(ref)
    return found.number is not None and (ref, found.ends_on) not in frame.held


def _plainly(frame: Frame, one: Headline) -> str:
    """What a figure says, how far it moved, and whether higher is better."""
    said, month = one.plain.format(f"[[figure {one.ref}]]"), first_month(frame, one.ref)
    since = "" if month is None else f": [[change {one.ref} from {month:%Y-%m}]]"
    return f"- {said}{since}. {frame.quoted(one.ref).polarity}."


def _theme(number: int, frame: Frame) -> str:
    """Its focus, components and figures, how its actions stand, what is still hard and what comes next."""
    theme = next(one for one in frame.themes if one.number == number)
    serves = frame.components.get(number, [])
    lines = [_bullet(frame, one.ref, one.name) for one in known_headlines(frame, number)]
    found = [one for one in frame.standings if one.action.objective.theme_id == theme.pk]
    late = [one for one in found if one.status.letter in "RA"]
    coming = [one for one in frame.next_steps if one.theme_id == theme.pk]
    return _joined(
        theme.focus,
        "It serves these components of a good service:" if serves else "",
        "\n".join(f"- {one.title}." for one in serves),
        "Its figures:" if lines else "",
        "\n".join(lines),
        f"Actions of the theme: [[actions theme {number}]]." if found else "",
        "\n".join(
            f"- Action [[action {one.action.ref}]].{'' if frame.is_public else _owner_said(one, frame)}"
            for one in late
        ),
        f"Remaining challenges: {theme.remaining}" if theme.remaining else "",
        "What comes next:" if coming else "",
        "\n".join(f"- {one.text.rstrip('.')}, by {day_said(one.due_on)}." for one in coming),
    )


def _owner_said(one: Standing, frame: Frame) -> str:
    found = owner_said(one.action.ref, frame)
    return f" {found}" if found else ""


def _actions(frame: Frame) -> str:
    return _joined(
        f"Of {len(frame.standings)} actions of the plan: [[actions]]."
        if frame.standings
        else "No action is entered.",
        "[[table actions]]",
    )


def _feedback(frame: Frame) -> str:
    return "[[table asks]]"


def _brief(frame: Frame) -> str:
    """What became better, in two lines at the most, and what is not at its target."""
    better = [one for one in known_headlines(frame) if frame.quoted(one.ref).direction == "improving"]
    lines = [_bullet(frame, one.ref, one.name) for one in better[:MOST_BETTER]]
    return _joined("\n".join(lines), "[[table brief]]")


def _became(frame: Frame) -> str:
    return "[[table became]]"


def _priorities(frame: Frame) -> str:
    later = next_meetings(frame)
    return _joined(
        f"The next report comes to the meeting of {later[0]}." if later else "",
        "[[table priorities]]",
    )


def _next(frame: Frame) -> str:
    """The first priorities, for where there is no room for a table of all."""
    found = [f"- {one.text}" for one in frame.priorities[:MOST_NEXT]]
    left = len(frame.priorities) - MOST_NEXT
    return (
        "\n".join([*found, f"- And {left} more in the full report."] if left > 0 else found) or "None is set."
    )


def _decisions(frame: Frame) -> str:
    return "[[table decisions]]"


def _risks(frame: Frame) -> str:
    return _joined("Each risk has a score, an owner and a movement since the last period.", "[[table risks]]")


def _money(frame: Frame) -> str:
    return "[[table money]]"


def _finance(frame: Frame) -> str:
    """The two sums that every paper must agree on, for the chief finance officer to sign or change."""
    facts = resources.facts(frame.content.as_at_on)
    return _joined(
        "The budget for children's services grew by [[money growth]] a year for lines that the programme "
        "rests on."
        if resources.GROWTH in facts
        else "",
        "The improvement programme costs [[money programme]] in all, which is one-off money. It is followed "
        "in the council's usual reports on its budget."
        if resources.COST_OF_PROGRAMME in facts
        else "",
        "One-off money ends: each line has a plan for what follows, and permanent needs go into the budget."
        if facts
        else "No money of the programme is entered yet.",
    )


def _workforce(frame: Frame) -> str:
    """The figures of the workforce, each with its change."""
    told = [one for one in known_headlines(frame) if one.ref.startswith(("WF-", "SO-"))]
    if not told:
        return "No figure of the workforce can be worked out from what was supplied."
    return "\n".join(_bullet(frame, one.ref, one.name) for one in told)


def _twelve_weeks(frame: Frame) -> str:
    return "[[table twelve_weeks]]"


def _conditions(frame: Frame) -> str:
    return "[[table conditions]]"


def _linked(frame: Frame) -> str:
    letters = [
        one
        for one in inspections.letters_in_force()
        if one.is_public and frame.content.starts_on <= one.dated_on <= min(frame.content.ends_on, frame.on)
    ]
    lines = [f"- {_letter_said(one)}." for one in letters]
    return _joined("Background documents:" if lines else "There are none.", "\n".join(lines))


def _appendices(frame: Frame) -> str:
    """Every letter of the inspectors so far, in the text that is in force, and the twelve-week plan."""
    letters = [one for one in inspections.letters_in_force() if one.is_public and one.dated_on <= frame.on]
    lines = [
        f"- {_letter_said(one)}, as received on {day_said(one.received_on)}"
        f"{' in place of an earlier text' if one.supersedes_id else ''}."
        for one in letters
    ]
    return _joined("\n".join([*lines, "- The twelve-week plan, as it stands:"]), "[[table twelve_weeks]]")


def _letter_said(letter: Letter) -> str:
    return f"Ofsted, {'letter' if letter.visit_id else 'report'} of {day_said(letter.dated_on)}"


def suggested_priorities(frame: Frame) -> list[str]:
    """What the plan says comes next, for whoever sets the priorities."""
    return [one.text for one in frame.next_steps][:8]


_WRITERS: dict[str, Callable[[Frame], str]] = {
    "summary": _summary,
    "background": _background,
    "inspectors": _inspectors,
    "headlines": _headlines,
    "actions": _actions,
    "twelve_weeks": _twelve_weeks,
    "workforce": _workforce,
    "conditions": _conditions,
    "feedback": _feedback,
    "brief": _brief,
    "became": _became,
    "priorities": _priorities,
    "next": _next,
    "decisions_sought": _decisions,
    "risks": _risks,
    "money": _money,
    "finance": _finance,
    "linked": _linked,
    "appendices": _appendices,
}
