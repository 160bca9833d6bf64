"""What does a reference say, and where does it come from? A resolver for each kind, a value for each fact.

A resolver takes the words after the kind and the frame, and gives a run; Unresolved says in one sentence what
there is not. Figures have a module of their own.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import NoReverseMatch

from goldenthread.figures.wording import day_said
from goldenthread_web.governance.queries import meetings
from goldenthread_web.improvement.queries import milestones, stages
from goldenthread_web.improvement.standing import counts
from goldenthread_web.improvement.status import WORDS
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.inspections.frames import frameworks
from goldenthread_web.inspections.models import Letter, Paragraph
from goldenthread_web.reports.documents import Quote, Run, plain
from goldenthread_web.reports.figure_facts import FIGURES
from goldenthread_web.reports.frame import Frame, Unresolved
from goldenthread_web.reports.references import Reference
from goldenthread_web.resources import queries as resources
from goldenthread_web.resources.money import money_said

_ANCHOR, _SPAN = re.compile(r"p\d+"), re.compile(r"(\d+)-(\d+)")
Words = tuple[str, ...]


def resolved(reference: Reference, frame: Frame) -> Run:
    """What a reference says in a text."""
    resolver = _RESOLVERS.get(reference.kind)
    if resolver is None:
        known = ", ".join(sorted(_RESOLVERS))
        raise Unresolved(f"There is no kind of fact called {reference.kind}: there are {known}.")
    return resolver(reference.words, frame)


def quoted_block(reference: Reference, frame: Frame) -> Quote:
    """The inspector's words as a block of their own."""
    text, source, href = _quoted(reference.words, frame)
    return Quote(text=(Run(text=text, kind="quote", key=reference.key, href=href),), source=source)


def address(thing: Any) -> str:
    """The page of a thing; blank where it has none."""
    try:
        return thing.get_absolute_url()
    except NoReverseMatch:
        return ""


def days_said(first: date, last: date) -> str:
    """28 and 29 November 2017; 1 May 2018."""
    if first == last:
        return day_said(first)
    if (first.year, first.month) == (last.year, last.month):
        joint = "and" if (last - first).days == 1 else "to"
        return f"{first.day} {joint} {day_said(last)}"
    return f"{day_said(first)} to {day_said(last)}"


def _date(words: Words, frame: Frame) -> Run:
    what, rest = (words[0], words[1:]) if words else ("", ())
    finder = _DATES.get(what)
    if finder is None:
        raise Unresolved(f"Say of what the date is: {', '.join(_DATES)}; for example [[date visit 3]].")
    text, href = finder(rest, frame)
    return Run(text=text, kind="date", key=" ".join(words), href=href)


def _date_of_visit(words: Words, _frame: Frame) -> tuple[str, str]:
    visit = inspections.visit(_number(words, "visit"))
    if visit is None:
        raise Unresolved(f"There is no visit {words[0]}: enter it first.")
    return days_said(visit.starts_on, visit.ends_on), address(visit)


def _date_of_letter(words: Words, frame: Frame) -> tuple[str, str]:
    letter = _letter_of_visit(words[1:] if words[:1] == ("visit",) else words, frame)
    return day_said(letter.dated_on), address(letter)


def _date_of_inspection(_words: Words, _frame: Frame) -> tuple[str, str]:
    found = inspections.inspections().filter(published_on__isnull=False).first()
    if found is None or found.published_on is None:
        raise Unresolved("No inspection has been published: enter it first.")
    return day_said(found.published_on), address(found)


def _date_of_milestone(words: Words, _frame: Frame) -> tuple[str, str]:
    match = re.fullmatch(r"m(\d+)", words[1]) if len(words) == 2 else None
    if match is None:
        raise Unresolved("Name the action and which of its milestones: [[date milestone 2.1.1 m2]].")
    found = milestones().filter(action__ref=words[0])
    steps = list(found.order_by("baseline_on", "place", "id"))
    if not 1 <= int(match[1]) <= len(steps):
        raise Unresolved(f"Action {words[0]} has {len(steps)} milestones: there is no {words[1]}.")
    step = steps[int(match[1]) - 1]
    return day_said(step.done_on or step.forecast_on), address(step.action)


def _date_of_meeting(words: Words, frame: Frame) -> tuple[str, str]:
    body = _body_of(words[:1], frame)
    found = meetings(of=body, since=frame.on).exclude(status="cancelled").first()
    if found is None:
        raise Unresolved(f"No meeting of the {body.name} is planned: enter it, or leave the date out.")
    return day_said(found.starts_at.date()), address(found)


def _date_of_aim(_words: Words, frame: Frame) -> tuple[str, str]:
    return day_said(frame.programme.target_on), ""


def _date_of_stage(words: Words, _frame: Frame) -> tuple[str, str]:
    number = _number(words, "stage")
    found = stages().filter(number=number).first()
    if found is None:
        raise Unresolved(f"There is no stage {number} of the programme.")
    return day_said(found.ends_on), ""


def _money(words: Words, frame: Frame) -> Run:
    """£4.2m: approved unless the reference says spent."""
    ref, what = (words[0], words[1] if len(words) > 1 else "approved") if words else ("", "")
    whole = {"programme": resources.COST_OF_PROGRAMME, "growth": resources.GROWTH}
    found = resources.facts(frame.content.as_at_on).get(whole.get(ref, f"money.{ref}.{what}"))
    if found is None:
        raise Unresolved(
            f"No sum is known as {ref} {what} on {frame.content.as_at_on}: name a line as in [[money M2]], "
            "or [[money M2 spent]], [[money programme]], [[money growth]]."
        )
    return Run(text=money_said(found.amount), kind="money", key=f"{ref} {what}".strip(), href="")


def _body(words: Words, frame: Frame) -> Run:
    body = _body_of(words[:1], frame)
    if len(words) == 1:
        return Run(text=body.name, kind="body", key=body.code)
    if words[1:] == ("chair",):
        return Run(text=body.chair, kind="body", key=f"{body.code} chair")
    raise Unresolved(f"Of a body its name or chair can be named: [[body {body.code} chair]].")


def _action(words: Words, frame: Frame) -> Run:
    """2.1.1 is off track: why, as it is worked out on the report's day."""
    found = next((one for one in frame.standings if words == (one.action.ref,)), None)
    if found is None:
        raise Unresolved(f"There is no action {' '.join(words) or 'without a reference'} in the plan.")
    said = f"{found.action.ref} is {found.status.word.lower()}"
    why = f": {' '.join(found.status.reasons)}".removesuffix(".") if found.status.reasons else ""
    return Run(text=f"{said}{why}", kind="action", key=found.action.ref, href=address(found.action))


def _actions(words: Words, frame: Frame) -> Run:
    """2 off track, 5 on track: of the whole plan, or of a theme."""
    found = frame.standings
    if words:
        if words[0] != "theme":
            raise Unresolved("Name nothing, or one theme: [[actions]], [[actions theme 2]].")
        number = _number(words[1:], "theme")
        found = [one for one in found if one.action.objective.theme.number == number]
    if not found:
        raise Unresolved(f"No action is entered{' in this theme' if words else ''}: leave it out.")
    said = [f"{number} {WORDS[letter].lower()}" for letter, number in counts(found).items() if number]
    return Run(text=", ".join(said), kind="actions", key=" ".join(words) or "plan")


def _aim(_words: Words, frame: Frame) -> Run:
    aim = frame.programme
    grade = frameworks()[aim.framework].grade(aim.target_grade) if aim.framework in frameworks() else ""
    return Run(text=(grade or aim.target_grade).lower(), kind="aim", key="grade")


def _quote(words: Words, frame: Frame) -> Run:
    text, _, href = _quoted(words, frame)
    return Run(text=f"“{text}”", kind="quote", key=" ".join(words), href=href)


def _quoted(words: Words, frame: Frame) -> tuple[str, str, str]:
    """The words of a letter, where they stand, and their page."""
    if len(words) == 1:
        found = inspections.findings().filter(ref=words[0]).first()
        if found is None:
            raise Unresolved(f"There is no finding {words[0]}: choose one from the list of findings.")
        _check_public(found.paragraph.letter, frame)
        return found.quote, _source(found.paragraph.letter, found.paragraph), address(found)
    if len(words) == 4 and words[0] == "visit" and _ANCHOR.fullmatch(words[2]) and _SPAN.fullmatch(words[3]):
        letter = _letter_of_visit(words[1:2], frame)
        paragraph = inspections.paragraphs(letter).filter(anchor=words[2]).first()
        first, last = (int(number) for number in words[3].split("-"))
        if paragraph is None or not 0 <= first < last <= len(paragraph.text):
            raise Unresolved(f"The letter of visit {words[1]} has no letters {words[3]} in {words[2]}.")
        _check_public(letter, frame)
        return paragraph.text[first:last].strip(), _source(letter, paragraph), address(letter)
    raise Unresolved("Quote a finding, [[quote V2.31]], or part of a letter, [[quote visit 2 p12 10-80]].")


def _source(letter: Letter, paragraph: Paragraph) -> str:
    place = f"paragraph {paragraph.number or paragraph.anchor.removeprefix('p')}"
    return f"Ofsted, {'letter' if letter.visit_id else 'report'} of {day_said(letter.dated_on)}, {place}"


def _check_public(letter: Letter, frame: Frame) -> None:
    """A letter that is not public is quoted in no report that is."""
    is_public = frame.forum.is_public or (frame.body is not None and frame.body.is_public)
    if is_public and not letter.is_public:
        raise Unresolved(
            f"The letter of {day_said(letter.dated_on)} is not public: this report may not quote it."
        )


def _letter_of_visit(words: Words, frame: Frame) -> Letter:
    number = _number(words, "visit")
    known = [one for one in inspections.letters_in_force() if one.visit and one.visit.number == number]
    known = [one for one in known if one.dated_on <= frame.on]
    if not known:
        raise Unresolved(f"There is no letter of visit {number} yet.")
    return known[0]


def _body_of(words: Words, frame: Frame) -> Any:
    found = frame.bodies.get(words[0]) if words else None
    if found is None:
        known = ", ".join(sorted(frame.bodies))
        raise Unresolved(f"There is no body {' '.join(words) or 'without a name'}: there are {known}.")
    return found


def _number(words: Words, what: str) -> int:
    if len(words) == 1 and words[0].isdecimal():
        return int(words[0])
    raise Unresolved(f"Say which {what}: its number, for example {what} 2.")


_DATES: dict[str, Callable[[Words, Frame], tuple[str, str]]] = {
    "visit": _date_of_visit,
    "letter": _date_of_letter,
    "inspection": _date_of_inspection,
    "milestone": _date_of_milestone,
    "meeting": _date_of_meeting,
    "stage": _date_of_stage,
    "aim": _date_of_aim,
}
_RESOLVERS: dict[str, Callable[[Words, Frame], Run]] = {
    **FIGURES,
    "date": _date,
    "money": _money,
    "body": _body,
    "aim": _aim,
    "action": _action,
    "actions": _actions,
    "quote": _quote,
}


def linked(text: str, thing: Any) -> tuple[Run, ...]:
    """A cell that leads to the page of a thing."""
    return (Run(text=text, href=address(thing)),) if address(thing) else plain(text)
