"""How does the authority return its CIN census? The XML of the latest 31 March, child after child."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TextIO

from goldenthread.synthetic import days
from goldenthread.synthetic.arcs import Arc
from goldenthread.synthetic.codes import collection_year
from goldenthread.synthetic.people import Assessment, Child, Discussion, Episode, Plan
from goldenthread.synthetic.telling import Told

Lines = Iterator[str]
PLANS_FROM = 2022  # the first year whose census holds the dates of child in need plans
SEX_FROM = 2025  # the first year whose census holds sex in place of gender
GENDER = {"M": "1", "F": "2"}
DISABILITIES = ("LD", "AUT", "COMM", "BEH", "MOB", "PC")


class Census:
    """The open census file; children are added area by area."""

    def __init__(self, path: Path, story: Arc, as_at: int, open_files: ExitStack) -> None:
        self.year = collection_year(as_at)
        self.last = date(self.year, 3, 31).toordinal()
        self.first = date(self.year - 1, 4, 1).toordinal()
        self._file: TextIO = open_files.enter_context(path.open("w", encoding="utf-8", newline="\n"))
        self._file.write("\n".join(self._header(story)) + "\n")

    def _header(self, story: Arc) -> Lines:
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield f"<!-- Synthetic data: {story.name} is an invented authority and its number is fictitious. -->"
        yield "<Message>"
        yield "<Header>"
        yield f"<CollectionDetails><Collection>CIN</Collection><Year>{self.year}</Year>"
        yield f"<ReferenceDate>{self.year}-03-31</ReferenceDate></CollectionDetails>"
        yield f"<Source><SourceLevel>L</SourceLevel><LEA>{story.la_code}</LEA>"
        yield "<SoftwareCode>Synthetic</SoftwareCode><Release>1</Release><SerialNo>001</SerialNo>"
        yield f"<DateTime>{self.year}-05-31T09:00:00</DateTime></Source>"
        yield "</Header>"
        yield "<Children>"

    def add(self, told: Told) -> None:
        """Write the children of one area who are in the census."""
        for child in told.written:
            episodes = [e for e in child.episodes if e.received <= self.last and e.closed >= self.first]
            if episodes:
                self._file.write("\n".join(self._child(child, episodes)) + "\n")

    def finish(self) -> None:
        """Write the end of the message."""
        self._file.write("</Children>\n</Message>\n")

    def _child(self, child: Child, episodes: list[Episode]) -> Lines:
        is_unborn = child.born > self.last
        born = "ExpectedPersonBirthDate" if is_unborn else "PersonBirthDate"
        sex = None if is_unborn else child.sex
        yield "<Child>"
        yield f"<ChildIdentifiers><LAchildID>{child.id}</LAchildID><{born}>{days.iso(child.born)}</{born}>"
        if self.year >= SEX_FROM:
            yield f"<Sex>{sex or 'U'}</Sex></ChildIdentifiers>"
        else:
            yield f"<GenderCurrent>{GENDER.get(sex or '', '0')}</GenderCurrent></ChildIdentifiers>"
        ethnicity = "NOBT" if is_unborn else child.family.ethnicity
        found = ("NONE",) if not child.is_disabled else _disabilities(child)
        listed = "".join(f"<Disability>{code}</Disability>" for code in found)
        yield f"<ChildCharacteristics><Ethnicity>{ethnicity}</Ethnicity>"
        yield f"<Disabilities>{listed}</Disabilities></ChildCharacteristics>"
        for episode in episodes:
            yield from self._episode(child, episode)
        yield "</Child>"

    def _episode(self, child: Child, episode: Episode) -> Lines:
        yield f"<CINdetails><CINreferralDate>{days.iso(episode.received)}</CINreferralDate>"
        yield f"<ReferralSource>{episode.source}</ReferralSource>"
        yield f"<PrimaryNeedCode>{episode.need}</PrimaryNeedCode>"
        if episode.closed <= self.last:
            yield f"<CINclosureDate>{days.iso(episode.closed)}</CINclosureDate>"
            yield f"<ReasonForClosure>{episode.reason}</ReasonForClosure>"
        moved_in = [
            c.held for c in child.conferences if c.kind == "transfer_in" and self._is_in(episode, c.held)
        ]
        if moved_in:
            yield f"<DateOfInitialCPC>{days.iso(moved_in[0])}</DateOfInitialCPC>"
        yield from map(self._assessment, self._of_the_year(episode.assessments))
        if self.year >= PLANS_FROM:
            plans = [plan for plan in child.cin_plans if self._is_in(episode, plan.start)]
            yield from map(self._cin_plan, plans)
        for discussion in child.discussions:
            if discussion.is_s47 and self._is_of_the_year(child, episode, discussion):
                yield self._section_47(child, discussion)
        yield f"<ReferralNFA>{int(episode.is_nfa)}</ReferralNFA>"
        for plan in child.cp_plans:
            if self.first <= plan.end and episode.received <= plan.start < min(episode.closed, self.last + 1):
                yield self._cp_plan(child, plan)
        yield "</CINdetails>"

    def _of_the_year(self, assessments: list[Assessment]) -> list[Assessment]:
        """The assessments under way in the year of the census."""
        return [a for a in assessments if a.start <= self.last and a.authorised >= self.first]

    def _is_of_the_year(self, child: Child, episode: Episode, found: Discussion) -> bool:
        """Whether an enquiry of that episode began, or its conference was held, in the year of the census."""
        held = [c.held for c in child.conferences if c.discussion == found.id]
        is_own = episode.received <= found.held < episode.closed and found.held <= self.last
        return is_own and any(self.first <= day <= self.last for day in (found.held, *held))

    def _is_in(self, episode: Episode, day: int) -> bool:
        """Whether a day is of that episode and in the year of the census."""
        return episode.received <= day < episode.closed and self.first <= day <= self.last

    def _assessment(self, found: Assessment) -> str:
        text = f"<Assessments><AssessmentActualStartDate>{days.iso(found.start)}</AssessmentActualStartDate>"
        if found.authorised <= self.last:
            text += f"<AssessmentAuthorisationDate>{days.iso(found.authorised)}</AssessmentAuthorisationDate>"
            codes = (found.factors or "21").split(";")
            listed = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in codes)
            text += f"<FactorsIdentifiedAtAssessment>{listed}</FactorsIdentifiedAtAssessment>"
        return text + "</Assessments>"

    def _cin_plan(self, plan: Plan) -> str:
        text = f"<CINPlanDates><CINPlanStartDate>{days.iso(plan.start)}</CINPlanStartDate>"
        if plan.end <= self.last:
            text += f"<CINPlanEndDate>{days.iso(plan.end)}</CINPlanEndDate>"
        return text + "</CINPlanDates>"

    def _section_47(self, child: Child, found: Discussion) -> str:
        target = days.iso(days.add_working(found.held, 15))
        text = f"<Section47><S47ActualStartDate>{days.iso(found.held)}</S47ActualStartDate>"
        text += f"<InitialCPCtarget>{target}</InitialCPCtarget>"
        held = [c.held for c in child.conferences if c.discussion == found.id and c.held <= self.last]
        if held:
            text += f"<DateOfInitialCPC>{days.iso(held[0])}</DateOfInitialCPC>"
        return (
            text
            + f"<ICPCnotRequired>{int(found.is_conference_required is False)}</ICPCnotRequired></Section47>"
        )

    def _cp_plan(self, child: Child, plan: Plan) -> str:
        text = f"<ChildProtectionPlans><CPPstartDate>{days.iso(plan.start)}</CPPstartDate>"
        if plan.end <= self.last:
            text += f"<CPPendDate>{days.iso(plan.end)}</CPPendDate>"
        text += f"<InitialCategoryOfAbuse>{plan.category}</InitialCategoryOfAbuse>"
        text += f"<LatestCategoryOfAbuse>{plan.latest_category}</LatestCategoryOfAbuse>"
        text += f"<NumberOfPreviousCPP>{plan.previous}</NumberOfPreviousCPP>"
        last = min(plan.end, self.last)
        held = [c.held for c in child.conferences if c.kind == "review" and plan.start < c.held <= last]
        if held:
            listed = "".join(f"<CPPreviewDate>{days.iso(day)}</CPPreviewDate>" for day in sorted(held))
            text += f"<Reviews>{listed}</Reviews>"
        return text + "</ChildProtectionPlans>"


def _disabilities(child: Child) -> tuple[str, ...]:
    """One or two kinds of disability, always the same for the child."""
    number = int(child.id)
    first = DISABILITIES[number % len(DISABILITIES)]
    second = DISABILITIES[number // 7 % len(DISABILITIES)]
    return (first,) if first == second else (first, second)
