"""Who are the children, and what has happened to each? The records of one invented child.

Days are whole numbers (see days.py). Every person is invented; nobody has a name.
"""

from dataclasses import dataclass, field

from goldenthread.synthetic import days


@dataclass(slots=True)
class Contact:
    """One child in one contact to the front door."""

    id: str
    day: int
    minute: int
    source: str
    outcome: str | None
    decided: int | None = None
    decided_minute: int = 0
    concern: bool = False
    team: str | None = None
    worker: str | None = None


@dataclass(slots=True)
class Phase:
    """A stretch of an episode: `cin`, `cp` or `care`, up to the day it is no longer in force."""

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Assessment:
    """One child and family assessment."""

    id: str
    start: int
    authorised: int
    services: bool
    is_seen: bool = True
    factors: str | None = None
    checkpoint: int | None = None


@dataclass(slots=True)
class Episode:
    """A referral and the episode of need that it opens."""

    id: str
    received: int
    source: str
    need: str
    is_nfa: bool = False
    decided: int | None = None
    closed: int = 0
    reason: str = "RC7"
    phases: list[Phase] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    chronology: int | None = None


@dataclass(slots=True)
class Discussion:
    """One strategy discussion, and the section 47 enquiry it started."""

    id: str
    held: int
    concern: int
    is_s47: bool = True
    ended: int | None = None
    is_conference_required: bool | None = None
    checks: tuple[bool | None, ...] = (True, True, True, True, True, True)


@dataclass(slots=True)
class Conference:
    """One child protection conference or looked-after review."""

    id: str
    kind: str
    held: int
    discussion: str | None = None
    is_plan_made: bool | None = None
    letter: int | None = None
    minutes: int | None = None
    participation: str | None = None
    is_quorate: bool | None = None
    has_checks: bool | None = None
    agencies: int | None = None


@dataclass(slots=True)
class Plan:
    """A child protection plan or a child in need plan."""

    id: str
    start: int
    end: int
    category: str | None = None
    latest_category: str | None = None
    previous: int = 0


@dataclass(slots=True)
class CarePeriod:
    """One continuous period of being looked after."""

    id: str
    start: int
    end: int
    reason: str
    legal_status: str
    need: str
    is_uasc: bool = False
    permanence: str | None = None
    permanence_on: int | None = None
    first_plan: int | None = None
    latest_plan: int | None = None
    placements_12m: int = 1
    statuses: list[tuple[int, str]] = field(default_factory=list)  # legal statuses, each from a day
    final_order: int | None = None  # the day the court decides


@dataclass(slots=True)
class Placement:
    """One placement of a looked-after child."""

    id: str
    start: int
    end: int
    type: str
    provider: str
    reason: str
    is_out: bool = False
    miles: float = 3.0
    is_long_term: bool = False
    visit_rule: str | None = None
    arrangement: str | None = "planned"
    notice: float | None = None
    is_registered: bool | None = None
    plan: int | None = None
    cost: int | None = None
    urn: str | None = None


@dataclass(slots=True)
class Status:
    """How a care leaver is, from a day."""

    day: int
    is_open: bool
    eligibility: str
    in_touch: str | None
    last_contact: int | None
    accommodation: str | None
    is_suitable: bool | None
    activity: str | None


@dataclass(slots=True)
class Missing:
    """One time a child went missing or was away without leave."""

    kind: str
    day: int
    minute: int
    end: int | None
    end_minute: int
    reason: str | None
    is_offered: bool | None = None
    is_accepted: bool | None = None
    interviewed: int | None = None
    interviewed_minute: int = 0


@dataclass(slots=True)
class Help:
    """One episode of early help or edge-of-care support."""

    id: str
    service: str
    organisation: str
    lead: str | None
    start: int
    end: int | None
    reason: str | None
    assessed_from: int | None
    assessed_on: int | None
    criteria: tuple[bool, ...]
    team: str


@dataclass(slots=True)
class Spell:
    """Who held a child, and when."""

    role: str
    start: int
    end: int
    team: str
    worker: str | None
    slip: str | None = None


@dataclass(slots=True)
class Event:
    """A visit, a meeting or an entry of oversight: a day, its kind and what was noted."""

    day: int
    kind: str
    is_seen: bool | None = None
    is_alone: bool | None = None
    assessment: str | None = None
    slip: str | None = None  # the rule that should find it, where it is a planted mistake


@dataclass(slots=True)
class Exploitation:
    """One exploitation screening, assessment or flag."""

    day: int
    kind: str
    type: str | None = None
    level: str | None = None
    has_plan: bool | None = None
    contact: str | None = None


@dataclass(slots=True, eq=False)
class Child:
    """One child and everything on file."""

    id: str
    family: "Family"
    born: int
    sex: str
    is_disabled: bool
    is_overdue: bool = False  # still put down as unborn, after the day expected
    contacts: list[Contact] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    discussions: list[Discussion] = field(default_factory=list)
    conferences: list[Conference] = field(default_factory=list)
    cp_plans: list[Plan] = field(default_factory=list)
    cin_plans: list[Plan] = field(default_factory=list)
    meetings: list[Event] = field(default_factory=list)
    visits: list[Event] = field(default_factory=list)
    oversights: list[Event] = field(default_factory=list)
    care: list[CarePeriod] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    health: list[tuple[int, str, str, int | None]] = field(default_factory=list)
    peps: list[int] = field(default_factory=list)
    pathway_plans: list[tuple[int, str]] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    exploitation: list[Exploitation] = field(default_factory=list)
    private_fostering: list[tuple[int, int | None, int | None]] = field(default_factory=list)
    legal: list[tuple[str, str, int, int]] = field(default_factory=list)
    escalations: list[tuple[str, int, int | None, str, str]] = field(default_factory=list)
    help: list[Help] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)

    @property
    def eighteenth(self) -> int:
        """The 18th birthday."""
        return days.birthday(self.born, 18)


@dataclass(slots=True, eq=False)
class Family:
    """A family: brothers and sisters who come to notice together."""

    id: str
    locality: str
    ethnicity: str
    children: list[Child] = field(default_factory=list)
