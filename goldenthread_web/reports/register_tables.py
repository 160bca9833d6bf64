"""Which tables do the registers give a report: findings, actions, risks, money, questions, visits?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from goldenthread.figures.wording import day_said
from goldenthread_web.governance.queries import decisions_sought, meetings, unanswered_asks
from goldenthread_web.improvement.coverage import Row, by_recommendation
from goldenthread_web.improvement.ledger_queries import Entry, Ledger, ledger
from goldenthread_web.improvement.queries import twelve_week_plan_of
from goldenthread_web.improvement.standing import Standing
from goldenthread_web.improvement.status import WORDS
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.reports.documents import Run, Table, Text, plain
from goldenthread_web.reports.frame import Frame
from goldenthread_web.resources.money import money_said
from goldenthread_web.resources.queries import standing as standing_of_money
from goldenthread_web.risks.queries import Line, register

MOST_FINDINGS, MOST_ACTIONS = 60, 30
NONE = "–"
SOON = timedelta(days=120)


def cell(text: str, kind: str = "", key: str = "", href: str = "") -> Text:
    """A cell; one that names a thing of a register says which."""
    return (Run(text=text, kind=kind, key=key, href=href),)


def ledger_of(frame: Frame) -> Ledger:
    """The findings of the letters of the period, as they stand on the report's day."""
    return ledger(frame.content.starts_on, frame.content.ends_on, on=frame.on)


def ledger_to_tell(frame: Frame) -> Ledger:
    """The same without the letters that are not public, in a paper that is."""
    found = ledger_of(frame)
    if not frame.is_public:
        return found
    return replace(
        found, entries=tuple(one for one in found.entries if one.finding.paragraph.letter.is_public)
    )


def _findings(frame: Frame) -> Table:
    """Weaknesses and what is done about each."""
    found = ledger_to_tell(frame)
    weak = [one for one in found.entries if one.finding.is_weakness]
    return Table(
        caption="Weaknesses inspectors found in the period, and what is done about each",
        columns=("Finding", "What it is about", "Said before", "What is done", "Where it stands"),
        rows=tuple(_finding(one) for one in weak[:MOST_FINDINGS]),
        key="findings",
        note=f"{found.sentence} {_left_out(len(weak), MOST_FINDINGS)}".strip() if found.entries else "",
        empty="Letters of the period name no weakness."
        if found.entries
        else "No letter of an inspector was dated in the period.",
    )


def _finding(one: Entry) -> tuple[Text, ...]:
    said = one.disposition
    done = "nothing yet"
    if said is not None:
        done = f"action {said.action.ref}" if said.action else f"no action: {said.reason}"
    return (
        cell(one.finding.ref, "finding", one.finding.ref, one.finding.get_absolute_url()),
        plain(one.finding.title),
        plain("yes" if one.finding.is_repeat else "no"),
        plain(done),
        plain(one.standing.value if not one.is_open else f"{one.standing.value}, due {day_said(one.due_on)}"),
    )


def _actions(frame: Frame) -> Table:
    """By exception: off track, at risk, then what is said to be embedded."""
    order = "RAB"
    found = sorted(
        (one for one in frame.standings if one.status.letter in order),
        key=lambda one: order.index(one.status.letter),
    )
    more = _left_out(len(found), MOST_ACTIONS)
    return Table(
        caption="Actions by exception: off track, at risk, embedded",
        columns=("Action", "What, and who answers", "Status and why", "Promised", "Expected"),
        rows=tuple(_action(one, frame) for one in found[:MOST_ACTIONS]),
        key="actions",
        note="R: off track. A: at risk. B: embedded. What its owner wrote in the period stands beside it. "
        f"All other actions are in the plan. {more}".strip(),
        empty="No action is off track, at risk or embedded.",
    )


def _recommendations(frame: Frame) -> Table:
    """Each recommendation of inspectors: what is done about it, what shows that it helps, what is missing."""
    found = by_recommendation(on=frame.on, is_public_view=True).rows
    return Table(
        caption="Recommendations of inspectors, those with gaps first, and what has come of each",
        columns=("Recommendation", "Actions", "Indicators at target", "Last evidence", "Impact", "Gaps"),
        rows=tuple(_answered(one) for one in found),
        key="recommendations",
        note="Impact: whether children are better off, as judged action by action.",
        empty="No recommendation is entered.",
    )


def _answered(one: Row) -> tuple[Text, ...]:
    standing = [f"{count} {WORDS[letter].lower()}" for letter, count in one.by_status.items()]
    good = sum(each.letter == "G" for each in one.indicators)
    return (
        cell(f"{one.ref} {one.title}", "recommendation", one.key),
        plain(", ".join(standing) or "none"),
        plain(f"{good} of {len(one.indicators)}"),
        plain(day_said(one.evidence_on) if one.evidence_on else NONE),
        plain(one.impact or "not judged yet"),
        plain(" ".join(one.gaps) or "None."),
    )


def _left_out(number: int, most: int) -> str:
    """What a table of so many rows has no room for; blank where it has."""
    return f"{number - most} more are not in this table." if number > most else ""


def _action(one: Standing, frame: Frame) -> tuple[Text, ...]:
    action = one.action
    why = f"{one.status.letter}: {one.status.word.lower()}. {' '.join(one.status.reasons)}".strip()
    return (
        cell(action.ref, "action", action.ref),
        plain(f"{action.text} ({action.lead_post})"),
        plain(f"{why} {owner_said(action.ref, frame)}".strip()),
        plain(day_said(action.baseline_due_on)),
        plain(day_said(action.forecast_due_on)),
    )


def owner_said(ref: str, frame: Frame) -> str:
    """What the owner of an action wrote last in the period, with its day; blank where nothing was."""
    note = frame.notes.get(ref)
    if note is None:
        return ""
    text = " ".join(note.text.replace("[[", "[").replace("]]", "]").split())  # no reference, no list
    return f"Written on {day_said(note.on)}: {text}"


def _risks(frame: Frame) -> Table:
    lines = register(frame.on, since=frame.content.starts_on, is_public_view=True)
    return Table(
        caption="Risks of the programme, the highest first",
        columns=("Risk", "If this happens", "Score", "Movement", "What is done, and who answers"),
        rows=tuple(
            (
                cell(line.risk.ref, "risk", line.risk.ref, line.risk.get_absolute_url()),
                plain(line.risk.sentence),
                plain(line.score.said),
                plain(line.movement),
                plain(_mitigations(line)),
            )
            for line in lines
        ),
        key="risks",
        note="Score: likelihood times impact, 1 to 25. Movement since the first day of the period.",
        empty="No risk is entered.",
    )


def _mitigations(line: Line) -> str:
    """What is done about a risk, and the post that answers for it."""
    said = ". ".join(one.text.rstrip(".") for one in line.risk.mitigations.all()) or "Nothing yet"
    return f"{said} ({line.risk.post})"


def _money(frame: Frame) -> Table:
    found = standing_of_money(frame.content.as_at_on)
    return Table(
        caption=f"Money of the programme to {day_said(frame.content.as_at_on)}",
        columns=("Line", "For what", "Money", "Approved", "Spent", "Expected"),
        rows=tuple(
            (
                cell(one.line.ref, "money", f"{one.line.ref} line", one.line.get_absolute_url()),
                plain(one.line.title),
                plain(f"{one.line.get_kind_display()}, {one.span_said}; {one.source_said}"),
                cell(
                    NONE if one.approved is None else money_said(one.approved),
                    "money",
                    f"{one.line.ref} approved",
                ),
                cell(money_said(one.spent), "money", f"{one.line.ref} spent"),
                plain(
                    one.variance if one.forecast is None else f"{money_said(one.forecast)}: {one.variance}"
                ),
            )
            for one in found
        ),
        key="money",
        note="Recurrent and one-off money are never added together.",
        empty="No line of money is entered.",
    )


def _asks(frame: Frame) -> Table:
    found = [] if frame.body is None else list(unanswered_asks(frame.body))
    return Table(
        caption="Questions that wait for an answer",
        columns=("Question", "Asked on", "Asked by", "Who answers", "Due on"),
        rows=tuple(
            (
                plain(one.text),
                plain(day_said(one.asked_on)),
                plain(one.post),
                plain(one.to_post),
                plain(day_said(one.due_on)),
            )
            for one in found
            if one.asked_on <= frame.on
        ),
        key="asks",
        empty="No question waits for an answer.",
    )


def _visits(frame: Frame) -> Table:
    return Table(
        caption="Monitoring visits",
        columns=("Visit", "First day", "Last day", "Focus"),
        rows=tuple(
            (
                cell(str(one), "date", f"visit {one.number}", one.get_absolute_url()),
                plain(day_said(one.starts_on)),
                plain(day_said(one.ends_on)),
                plain(one.focus or "not yet known"),
            )
            for one in inspections.visits()
            if one.starts_on <= frame.on or (one.announced_on is not None and one.announced_on <= frame.on)
        ),
        key="visits",
        empty="No visit is entered.",
    )


def _conditions(frame: Frame) -> Table:
    found = inspections.intervention()
    rows = []
    for one in [] if found is None else found.conditions.prefetch_related("states"):
        states = [state for state in one.states.all() if state.on <= frame.on]
        rows.append(
            (
                plain(str(one.number)),
                plain(one.text),
                plain(states[0].get_state_display() if states else "Not met yet"),
                plain(states[0].evidence if states else "Nothing yet shows it."),
                plain("no day" if one.due_on is None else day_said(one.due_on)),
            )
        )
    return Table(
        caption="Conditions of the intervention",
        columns=("Condition", "What is asked", "State", "What shows it", "Due on"),
        rows=tuple(rows),
        key="conditions",
        empty="No notice or direction is in force.",
    )


def _twelve_weeks(frame: Frame) -> Table:
    plan = twelve_week_plan_of(frame.on)
    found = [] if plan is None else list(plan.deliverables.select_related("action"))
    return Table(
        caption="Deliverables of the twelve weeks",
        columns=("Deliverable", "Action", "Who", "Week due", "State"),
        rows=tuple(
            (
                plain(one.text),
                cell(one.action.ref, "action", one.action.ref),
                plain(one.lead_post),
                plain(f"week {one.week_due}"),
                plain("not done yet" if one.done_on is None else f"done on {day_said(one.done_on)}"),
            )
            for one in found
        ),
        key="twelve_weeks",
        note="" if plan is None else plan.midpoint,
        empty="No twelve-week plan is under way.",
    )


def _decisions(frame: Frame) -> Table:
    first = frame.on
    found = [
        one
        for one in decisions_sought(since=first, to=max(frame.meeting_on, first) + SOON)
        if frame.body is None or one.meeting.body_id == frame.body.pk
    ]
    return Table(
        caption="What the body is asked to decide",
        columns=("Item", "Decision sought", "Meeting"),
        rows=tuple(
            (
                plain(one.title),
                plain(f"{one.verb} {one.sought}".strip()),
                plain(day_said(one.meeting.on)),
            )
            for one in found
        ),
        key="decisions",
        empty="No decision is sought.",
    )


def next_meetings(frame: Frame) -> list[str]:
    """The next meetings of the report's body, in words, after the one it is for."""
    if frame.body is None:
        return []
    later = meetings(of=frame.body, since=frame.meeting_on + timedelta(days=1)).exclude(status="cancelled")
    return [day_said(one.on) for one in later[:1]]


REGISTERS: dict[str, Callable[[Frame], Table]] = {
    "findings": _findings,
    "actions": _actions,
    "recommendations": _recommendations,
    "risks": _risks,
    "money": _money,
    "asks": _asks,
    "visits": _visits,
    "conditions": _conditions,
    "twelve_weeks": _twelve_weeks,
    "decisions": _decisions,
}
