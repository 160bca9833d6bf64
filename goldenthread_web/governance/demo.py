"""How did those meetings of the demonstration go? Held one after the other, as they would have been."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import LONDON, today
from goldenthread_web.governance import following_services as following
from goldenthread_web.governance import knowing_services as knowing
from goldenthread_web.governance import meeting_services as services
from goldenthread_web.governance import queries
from goldenthread_web.governance.models import AgendaItem, Ask, Challenge, Meeting
from goldenthread_web.programme.queries import bodies, decisions
from goldenthread_web.programme.services import record_decision

Said = dict[str, Any]
_OPENING = "Apologies were given. The minutes of the last meeting were agreed as a record."


def past(entries: Iterable[Said], by_day: str = "on") -> Iterator[Said]:
    """The entries whose day has come."""
    return (one for one in entries if one[by_day] <= today())


def join(said: Said, accounts: Any, by: User) -> int:
    """Add the members of every body; how many there are."""
    known, count = {body.code: body for body in bodies()}, 0
    for one in said["members"]:
        starts_on = one.get("since", date(2017, 4, 7))
        if starts_on > today():
            continue
        more = {name: one[name] for name in ("agency", "is_voting", "is_councillor") if name in one}
        for code in one["bodies"]:
            knowing.add_member(
                known[code],
                post=one["post"],
                starts_on=starts_on,
                role=one.get("role", "member"),
                person=accounts(one["account"]) if "account" in one else None,
                by=by,
                **more,
            )
            count += 1
    return count


def plan(said: Said, by: User) -> int:
    """Plan every meeting that would be planned by now; how many there are."""
    known, count = {body.code: body for body in bodies()}, 0
    for one in said["series"]:
        body = known[one["body"]]
        first = one["first"].replace(tzinfo=LONDON)
        until = add_months(today(), one["months_ahead"])
        count += len(services.plan_series(body, first=first, until=until, place=one["place"], by=by))
    for code, one in said["calendar"].items():
        for day in one["days"]:
            if day <= add_months(today(), 12):
                starts_at = datetime.combine(day, one["time"], LONDON)
                meeting = services.plan_meeting(known[code], starts_at=starts_at, place=one["place"], by=by)
                for item in (it for it in said["items"] if (it["body"], it["on"]) == (code, day)):
                    more = {name: item[name] for name in item if name not in ("body", "on")}
                    services.add_item(meeting, by=by, **more)
                for heard in (it for it in said["enquiries"] if (it["body"], it["on"]) == (code, day)):
                    item = meeting.items.get(kind=heard["kind"])
                    more = {name: "\n".join(heard[name]) for name in ("witnesses", "enquiry")}
                    services.change_item(item, version=item.version, by=by, **more)
                count += 1
    return count


def decide(said: Said, by: User) -> int:
    """Record what was decided, before the meetings are told: the plan rests on it."""
    known, count = {body.code: body for body in bodies()}, 0
    for one in past(said["decisions"]):
        record_decision(
            known[one["body"]],
            decided_on=one["on"],
            proposed=one["proposed"],
            outcome=one["outcome"],
            text=one["text"],
            minute=f"{one['on']:%d.%m.%Y}",
            by=by,
        )
        count += 1
    return count


class Telling:
    """The story of the meetings, told in the order of their days."""

    def __init__(self, said: Said, by: User) -> None:
        self.said, self.by = said, by
        self.heard: dict[str, list[str]] = {
            one["text"]: list(one.get("heard", [])) for one in said["safeguarding"]
        }
        self.last: dict[int, Meeting] = {}

    def tell(self) -> int:
        """Hold every meeting whose day is past; how many there were."""
        held = list(queries.meetings().filter(starts_at__lt=queries.day_starts(today())))
        for meeting in held:
            self.catch_up(meeting.on)
            self.hold(meeting)
        self.catch_up(today())
        return len(held)

    def catch_up(self, day: date) -> None:
        """What happened between meetings up to a day: answers, what was made of them, closed actions."""
        for one in self.said["asks"]:
            for answer in one.get("answers", []):
                self._answer(one, answer, day)
        for one in self.said["actions"]:
            if "closed_on" in one and one["closed_on"] <= day:
                for action in queries.all_open_actions(bodies()).filter(text=one["text"]):
                    following.close_action(
                        action,
                        outcome=one["outcome"],
                        version=action.version,
                        closed_on=one["closed_on"],
                        by=self.by,
                    )
        for one in self.said["challenges"]:
            if "answered_on" in one and one["answered_on"] <= day:
                for challenge in Challenge.objects.filter(text=one["text"], answer=""):
                    following.answer_challenge(
                        challenge,
                        answer=one["later_answer"],
                        outcome=one["later_outcome"],
                        evidence="",
                        version=challenge.version,
                        by=self.by,
                    )

    def hold(self, meeting: Meeting) -> None:
        """One meeting from its beginning to its minutes; the minutes of the one before are approved."""
        by, body = self.by, meeting.body
        services.hold_meeting(meeting, by=by)
        self._attend(meeting)
        items = {item.kind: item for item in reversed(meeting.items.all())}
        opening = items.get(AgendaItem.Kind.OPENING)
        if opening is not None and meeting.body_id in self.last:
            services.note_minute(opening, text=_OPENING, version=0, by=by)
        for one in self._of(meeting, "minutes"):
            services.note_minute(items[one["kind"]], text=one["text"], version=0, by=by)
        for decision in decisions(of=body).filter(decided_on=meeting.on):
            kind = next(one["kind"] for one in self._of(meeting, "decisions"))
            services.tie_decision(items[kind], decision=decision, by=by)
        for one in self._of(meeting, "actions"):
            more = {name: one[name] for name in ("text", "post", "due_on", "agency") if name in one}
            following.set_action(meeting, item=items[one["kind"]], by=by, **more)
        for one in self._of(meeting, "challenges"):
            more = {
                name: one[name] for name in ("text", "post", "answer", "outcome", "evidence") if name in one
            }
            following.record_challenge(meeting, item=items[one["kind"]], by=by, **more)
        for one in self._of(meeting, "asks"):
            following.record_ask(meeting, text=one["text"], post=one["post"], to_post=one["to_post"], by=by)
        self._safeguard(meeting)
        services.finish_minutes(meeting, by=by)
        if body.pk in self.last:
            services.approve_minutes(self.last[body.pk], by=by)
        self.last[body.pk] = meeting

    def _of(self, meeting: Meeting, what: str) -> list[Said]:
        code = meeting.body.code
        return [one for one in self.said[what] if (one["body"], one["on"]) == (code, meeting.on)]

    def _attend(self, meeting: Meeting) -> None:
        away = {one["post"]: one for one in self.said["away"] if meeting.on in one["days"]}
        for member in queries.members(meeting.body, meeting.on):
            one = away.get(member.post, {})
            services.note_attendance(
                meeting,
                membership=member,
                presence=one.get("presence", "present"),
                deputy=one.get("deputy", ""),
                by=self.by,
            )
        if meeting.body.code == "leaders_briefing" and len(self.of_body(meeting)) % 2 == 0:
            services.note_attendance(meeting, post="Independent chair", presence="present", by=self.by)

    def of_body(self, meeting: Meeting) -> list[Meeting]:
        """The meetings of the same body before one."""
        return list(queries.meetings(of=meeting.body).filter(starts_at__lt=meeting.starts_at))

    def _safeguard(self, meeting: Meeting) -> None:
        if not meeting.body.is_operational:
            return
        ends = {one["text"]: one for one in self.said["safeguarding"]}
        for action in queries.safeguarding_actions(meeting):
            told = self.heard[action.text]
            text = (
                (told.pop(0) if len(told) > 1 else told[0]) if told else "Work goes on; nothing is shown yet."
            )
            closes = ends[action.text].get("closed_on") == meeting.on
            following.review_safeguarding(
                action,
                meeting=meeting,
                result="closed" if closes else "open",
                text=text,
                evidence=ends[action.text]["evidence"] if closes else "",
                by=self.by,
            )
        for one in self.said["safeguarding"]:
            if one["on"] == meeting.on:
                more = {name: one[name] for name in ("text", "post", "due_on")}
                following.open_safeguarding(meeting, by=self.by, **more)

    def _answer(self, asked: Said, said: Said, day: date) -> None:
        ask = Ask.objects.filter(text=asked["text"], body__code=asked["body"]).first()
        if ask is None:
            return
        answer = ask.answers.filter(text=said["text"]).first()
        if answer is None and said["on"] <= day:
            answer = following.answer_ask(
                ask,
                text=said["text"],
                post=ask.to_post,
                evidence=said["evidence"],
                report=said.get("report", ""),
                answered_on=said["on"],
                by=self.by,
            )
        judged = answer is not None and answer.is_accepted is None and "judged_on" in said
        if answer is not None and judged and said["judged_on"] <= day:
            following.record_judgement(
                answer,
                is_accepted=said["accepted"],
                post=ask.post,
                because=said.get("because", ""),
                judged_on=said["judged_on"],
                by=self.by,
            )


def know(said: Said, by: User) -> None:
    """What members learned, which teams were visited, what was done with partners."""
    for one in past(said["elections"]):
        knowing.note_election(held_on=one["on"], note=one["note"], by=by)
    planned = {}
    for one in said["planned"]:
        event = (one["kind"], one["topic"], one["on"])
        planned[event] = knowing.plan_event(kind=event[0], topic=event[1], planned_on=event[2], by=by)
    for one in past(said["development"]):
        knowing.log_development(
            one["posts"],
            kind=one["kind"],
            topic=one["topic"],
            held_on=one["on"],
            note=one.get("note", ""),
            planned=planned.get((one["kind"], one["topic"], one.get("planned_on", one["on"]))),
            by=by,
        )
    for one in past(said["visits"]):
        names = ("post", "team", "focus", "findings", "action", "action_post", "due_on")
        more = {name: one[name] for name in names if name in one}
        visit = knowing.record_visit(visited_on=one["on"], by=by, **more)
        if "closed_on" in one and one["closed_on"] <= today():
            knowing.close_visit(visit, outcome=one["outcome"], closed_on=one["closed_on"], by=by)
    for one in past(said["engagements"]):
        more = {
            name: one[name]
            for name in ("agency", "kind", "about", "outcome", "post", "next_on")
            if name in one
        }
        knowing.log_engagement(held_on=one["on"], by=by, **more)
