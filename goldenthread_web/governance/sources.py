"""What comes under an item of an agenda by itself? Read on a day from whatever holds it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet

from goldenthread.figures.targets import RED
from goldenthread.figures.wording import day_said
from goldenthread_web.clinics import queries as clinics
from goldenthread_web.config.clock import london
from goldenthread_web.figures.asked_once import once
from goldenthread_web.figures.quoting import Quoted, quoted
from goldenthread_web.figures.targets import in_force
from goldenthread_web.governance import forward, means, practice_exceptions, queries
from goldenthread_web.governance.models import AgendaItem, Ask, AskAnswer, Meeting, SafeguardingReview
from goldenthread_web.governance.practice_line import Line
from goldenthread_web.governance.standards import figures_always, figures_of_workforce, standard
from goldenthread_web.improvement import exceptions
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.resources import queries as resources
from goldenthread_web.risks import queries as risks
from goldenthread_web.ui.together import together
from goldenthread_web.voice import queries as voice
from goldenthread_web.voice.words import audiences

Kind = AgendaItem.Kind
AHEAD = timedelta(weeks=13)  # of the forward plan in a pack
VISITS_AHEAD = timedelta(weeks=26)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line under an item: what it is, what is to be known of it, and where to read more."""

    title: str
    text: str = ""
    why: str = ""
    href: str = ""
    tag: str = ""  # a short word: overdue, amber
    tone: str = "plain"  # plain, good, attention, bad
    ref: str = ""
    key: int = 0  # of the row it is about, where something can be done with it on the page
    is_exempt: bool = False  # it comes from an exempt item: read inside the body alone


# What is said where nothing comes under an item.
EMPTY = {
    Kind.ASKS: "Every ask of this body is answered and the answer accepted.",
    Kind.ACTIONS: "No action is open from earlier meetings.",
    Kind.SAFEGUARDING: "No safeguarding action is open.",
    Kind.ESCALATIONS: "No performance clinic waits for an answer of this board.",
    Kind.OPENING: "There are no minutes of an earlier meeting.",
    Kind.EXCEPTIONS: "Nothing in the plan is an exception today.",
    Kind.INDICATORS: "No figure with a target is off it beyond its tolerance.",
    Kind.VOICE: "Nothing that children, parents or carers said was answered in the last three months.",
    Kind.RISKS: "No risk is escalated here.",
    Kind.FINDINGS: "Every finding has its answer.",
    Kind.PRACTICE: "No case audit was completed in the last twelve months.",
    Kind.MONEY: "No line of money is entered.",
    Kind.WORKFORCE: "Every post is filled for good, and no figure is known.",
    Kind.PARTNERS: "No partner came, and none has promised anything.",
    Kind.FORWARD: "Nothing is planned in the next three months.",
}


Rows = Mapping[str, list[Any]]


def lists(kinds: Iterable[str], meeting: Meeting, on: date) -> "dict[str, QuerySet[Any]]":
    """What is read for items of some kinds, for `together`; the plan, risks and figures beside it."""
    found: dict[str, QuerySet[Any]] = {}
    for kind in kinds:
        if kind in _LISTS:
            found |= _LISTS[Kind(kind)](meeting, on)
    return found


def entries(kind: str, meeting: Meeting, on: date, read: Rows | None = None) -> tuple[Entry, ...]:
    """What comes under an item of a kind, for a meeting, as known on a day. `read`: its `lists`, if read."""
    tell = _TOLD.get(Kind(kind))
    if tell is None:
        return ()
    if read is None:
        read = together(**lists([kind], meeting, on))
    return tuple(tell(meeting, on, read))


def has_safeguarding(meeting: Meeting) -> bool:
    """Whether safeguarding actions wait for a meeting, whatever its body is called today."""
    if getattr(meeting, "has_safeguarding", None) is False:
        return False
    return queries.safeguarding_actions(meeting).exists()


def has_escalations(meeting: Meeting) -> bool:
    """Whether clinics wait for an answer of the body of a meeting, whatever it is called today."""
    if getattr(meeting, "has_escalations", None) is False:
        return False
    return clinics.open_escalations().filter(body=meeting.body_id).exists()


def figures(on: date) -> dict[str, Quoted]:
    """Each indicator with a target, and those always told, as it stood on a day; small numbers hidden."""
    targets = in_force(on)
    found = _quoted(on)
    return {ref: one for ref, one in found.items() if ref in targets or ref in figures_always()}


def _quoted(on: date) -> dict[str, Quoted]:
    """Every figure that a paper may tell; read once for one that has several items of figures."""
    wanted = {*in_force(on), *figures_always(), *figures_of_workforce()}
    return once(("figures of a paper", on), lambda: quoted(wanted, on=on, is_public_view=True))


def asked(found: "QuerySet[Ask]") -> "dict[str, QuerySet[Any]]":
    """Asks with their answers, for `together` and `asks_said`."""
    answers = AskAnswer.objects.filter(ask__in=found.order_by().values("pk"))
    return {"asks": found.annotate(exempt=F("item__exempt_under")), "answers": answers}


def asks_said(meeting: Meeting, read: Rows) -> list[Entry]:
    """Asks as they stand for a meeting, in their order."""
    latest: dict[int, AskAnswer] = {}
    for answer in read["answers"]:  # the latest first
        latest.setdefault(answer.ask_id, answer)
    return [_ask_said(ask, latest.get(ask.pk), meeting) for ask in read["asks"]]


def _asks(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    """What was asked and not answered, the first due first; then answers that nobody has accepted yet."""
    found = sorted(read["asks"], key=lambda ask: ask.state != Ask.State.UNANSWERED)
    return asks_said(meeting, {**read, "asks": found})


def _ask_said(ask: Ask, answer: AskAnswer | None, meeting: Meeting) -> Entry:
    overdue = ask.due_on < meeting.on
    answered = ask.state == Ask.State.ANSWERED and answer is not None
    sent_back = answer is not None and answer.is_accepted is False
    why = ""
    if answered:
        why = f"Answer of {day_said(answer.answered_on)}: {answer.text}"
    elif sent_back:
        why = f"The last answer was sent back: {answer.judged_because}"
    due = f"overdue since {day_said(ask.due_on)}" if overdue else f"due {day_said(ask.due_on)}"
    return Entry(
        key=ask.pk,
        title=ask.text,
        text=f"Asked by {ask.post} on {day_said(ask.asked_on)}; {ask.to_post} answers.",
        why=why,
        tag="answered, to be accepted" if answered else due,
        tone="attention" if answered or not overdue else "bad",
        href=forward.address("governance:ask", ask.pk),
        is_exempt=bool(ask.exempt),
    )


def _actions(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    found = []
    for action in read["actions"]:
        overdue = action.due_on < on
        who = f"{action.post}, {action.agency}" if action.agency else action.post
        found.append(
            Entry(
                key=action.pk,
                title=action.text,
                text=f"{who}. From the meeting of {day_said(london(action.met_at).date())}.",
                tag=f"overdue since {day_said(action.due_on)}"
                if overdue
                else f"due {day_said(action.due_on)}",
                tone="bad" if overdue else "plain",
                is_exempt=bool(action.exempt),
            )
        )
    return found


def _safeguarding(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    found = []
    for action in read["safeguarding"]:
        looked = [one for one in read["looked_at"] if one.action_id == action.pk]
        earlier = [one for one in looked if one.met_at < meeting.starts_at]
        here = next((one for one in looked if one.meeting_id == meeting.pk), None)
        times = len(earlier)
        last = f" Last: {earlier[-1].text}" if earlier else ""
        due = "overdue since" if action.due_on < meeting.on else "due"
        closed = here is not None and here.result == SafeguardingReview.Result.CLOSED
        found.append(
            Entry(
                key=action.pk,
                title=action.text,
                text=f"{action.post}, {due} {day_said(action.due_on)}."
                f" Opened on {day_said(action.opened_on)}.",
                why=f"Looked at by {times} {'meeting' if times == 1 else 'meetings'} so far.{last}",
                tag="no outcome yet" if here is None else ("closed here" if closed else "stays open"),
                tone="bad" if here is None else ("good" if closed else "attention"),
            )
        )
    return found


def _escalations(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    """What clinics cannot solve and nobody has answered: no child is named in it."""
    return [
        Entry(
            key=one.pk,
            title=one.text,
            text=f"Asked for: {one.wanted}",
            why=f"From the clinic of {one.team}, {day_said(one.escalated_on)}.",
            tag="no answer yet",
            tone="bad",
            href=forward.address("clinics:answer", one.pk),
        )
        for one in read["escalations"]
    ]


def _opening(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    """The minutes of the meeting before, item by item."""
    return [
        Entry(title=item.title, text=item.said, is_exempt=bool(item.exempt_under)) for item in read["minuted"]
    ]


def _indicators(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    always = figures_always()
    return [
        _figure(ref, one)
        for ref, one in sorted(figures(on).items(), key=lambda pair: (pair[0] not in always, pair[0]))
        if one.letter == RED.letter or ref in always
    ]


def _figure(ref: str, one: Quoted) -> Entry:
    target = f"Target {one.target}." if one.target else "No target is set."
    return Entry(
        ref=ref,
        title=f"{ref} {one.title}",
        text=f"{one.value} ({one.cases}) in {one.period}. {target}"
        if one.cases
        else f"{one.value} in {one.period}. {target}",
        why=f"{one.finding} {one.polarity}.".strip(),
        tag=f"{one.letter} {one.word}".strip(),
        tone={"R": "bad", "A": "attention", "G": "good"}.get(one.letter, "plain"),
        href=forward.address("figures:indicator", ref),
    )


def _risks(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    every = standard(meeting.body.code).all_risks
    return [
        Entry(
            ref=line.risk.ref,
            title=f"{line.risk.ref} {line.risk.sentence}",
            text=f"Score {line.score.number}, {line.movement}. Owner: {line.risk.post}.",
            why=line.latest.note if line.latest is not None else "",
            tag=f"held by {line.escalated_to}",
            tone="attention",
            href=forward.address("risks:risk", line.risk.ref),
        )
        for line in risks.escalated(on)
        if every or line.escalated_to == meeting.body
    ]


def _findings(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    """The next monitoring visit; then weaknesses that nobody has answered yet, the oldest letter first."""
    ahead = [
        Entry(
            title=f"Monitoring visit {visit.number}, {day_said(visit.starts_on)}",
            text=f"It looks at: {visit.focus}" if visit.focus else "What it looks at is not known yet.",
            tag=f"in {(visit.starts_on - on).days} days",
            href=forward.address("inspections:visit", visit.number),
        )
        for visit in sorted(read["visits_ahead"], key=lambda visit: visit.starts_on)[:1]
    ]
    return ahead + [
        Entry(
            ref=finding.ref,
            title=f"{finding.ref} {finding.title}",
            text=f"From the letter of {day_said(finding.dated_on)}.",
            tag="no answer yet",
            tone="bad",
            href=forward.address("inspections:finding", finding.ref),
        )
        for finding in read["findings"]
    ]


def _voice(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    """What children and families said and what was done, as they were told, with the plan's action for it."""
    return [
        Entry(
            ref=one.action_ref or "",
            title=one.said,
            text=f"{audiences()[one.audience]}. We did: {one.did}",
            why=f"Action {one.action_ref} of the plan: {one.action_text}" if one.action_ref else "",
            href=forward.address("improvement:action", one.action_ref) if one.action_ref else "",
            tag=f"told {day_said(one.published_on)}",
            tone="good",
        )
        for one in read["told_to_families"]
    ]


def _practice(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    """What case audits found: nobody is named in it."""
    return _lines(practice_exceptions.lines(on, read))


def _money(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    return _lines(means.money(on))


def _workforce(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    """Figures of the workforce, then posts that are not filled for good."""
    told = _quoted(on)
    return [
        *(_figure(ref, told[ref]) for ref in figures_of_workforce() if ref in told),
        *_lines(means.posts(read["posts"], on)),
    ]


def _partners(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    return _lines(means.partners(on, read))


def _lines(found: Iterable[Line]) -> list[Entry]:
    return [Entry(title=one.title, text=one.text, tag=one.tag, tone=one.tone) for one in found]


def _forward(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    ahead = forward.planned(meeting.on, meeting.on + AHEAD, forward.OF_PACKS, read=read)
    return [
        Entry(
            title=f"{one.title}, {day_said(one.on)}",
            text=", ".join(said for said in (one.time_said, one.place) if said),
            tag=forward.KINDS[one.kind],
            href=one.href,
        )
        for one in ahead
        if one.uid != f"meeting-{meeting.pk}"
    ]


def _exceptions(meeting: Meeting, on: date, read: Rows) -> list[Entry]:
    """Everything in the plan that somebody should be told of, as the plan itself says."""
    return [
        Entry(
            ref=one.ref,
            title=f"{one.ref} {one.title}",
            text=one.why,
            tag=one.kind_said,
            tone="bad",
            href=one.href,
        )
        for one in exceptions.exceptions(on, read=read)
    ]


def _comes_back(meeting: Meeting, on: date) -> "dict[str, QuerySet[Any]]":
    open_ones = queries.open_actions(meeting.body, meeting.on)
    told = {"met_at": F("meeting__starts_at"), "exempt": F("item__exempt_under")}
    return {"actions": open_ones.annotate(**told)}


def _followed(meeting: Meeting, on: date) -> "dict[str, QuerySet[Any]]":
    found = queries.safeguarding_actions(meeting)
    reviews = SafeguardingReview.objects.filter(action__in=found.order_by().values("pk"))
    return {"safeguarding": found, "looked_at": reviews.annotate(met_at=F("meeting__starts_at"))}


def _minuted(meeting: Meeting, on: date) -> "dict[str, QuerySet[Any]]":
    items = AgendaItem.objects.filter(meeting=queries.key_of_previous(meeting), minute__isnull=False)
    return {"minuted": items.annotate(said=F("minute__text"))}


def _unanswered(meeting: Meeting, on: date) -> "dict[str, QuerySet[Any]]":
    found = inspections.weaknesses(to=on).filter(answered_on__isnull=True)
    ahead = inspections.visits().filter(starts_on__gte=on, starts_on__lte=on + VISITS_AHEAD)
    return {"findings": found.annotate(dated_on=F("paragraph__letter__dated_on")), "visits_ahead": ahead}


_LISTS: "dict[Kind, Callable[[Meeting, date], dict[str, QuerySet[Any]]]]" = {
    Kind.ASKS: lambda meeting, on: asked(queries.open_asks(meeting.body)),
    Kind.ACTIONS: _comes_back,
    Kind.SAFEGUARDING: _followed,
    Kind.ESCALATIONS: lambda meeting, on: {
        "escalations": clinics.open_escalations().filter(body=meeting.body, escalated_on__lte=on)
    },
    Kind.OPENING: _minuted,
    Kind.EXCEPTIONS: lambda meeting, on: exceptions.lists(on),
    Kind.FINDINGS: _unanswered,
    Kind.VOICE: lambda meeting, on: {
        "told_to_families": voice.told_to_families(on).annotate(
            action_ref=F("action__ref"), action_text=F("action__text")
        )
    },
    Kind.PRACTICE: lambda meeting, on: practice_exceptions.lists(on),
    Kind.WORKFORCE: lambda meeting, on: {"posts": resources.posts()},
    Kind.PARTNERS: means.lists_of_partners,
    Kind.FORWARD: lambda meeting, on: forward.lists(meeting.on, meeting.on + AHEAD, forward.OF_PACKS),
}
_TOLD: dict[Kind, Callable[[Meeting, date, Rows], list[Entry]]] = {
    Kind.ASKS: _asks,
    Kind.ACTIONS: _actions,
    Kind.SAFEGUARDING: _safeguarding,
    Kind.ESCALATIONS: _escalations,
    Kind.OPENING: _opening,
    Kind.EXCEPTIONS: _exceptions,
    Kind.INDICATORS: _indicators,
    Kind.RISKS: _risks,
    Kind.FINDINGS: _findings,
    Kind.VOICE: _voice,
    Kind.PRACTICE: _practice,
    Kind.MONEY: _money,
    Kind.WORKFORCE: _workforce,
    Kind.PARTNERS: _partners,
    Kind.FORWARD: _forward,
}
