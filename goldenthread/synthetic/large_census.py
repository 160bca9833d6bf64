"""A very large CIN census, child after child: for measuring how fast one is read."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

_ETHNICITIES = ("WBRI", "WIRI", "APKN", "BCRB", "BAFR", "MWBC", "CHNE", "OOTH", "NOBT", "REFU")
_DISABILITIES = ("LD", "AUT", "COMM", "BEH", "MOB", "PC")
_SOURCES = ("1A", "1B", "2A", "3A", "5A", "6", "7", "8")
_NEEDS = ("N1", "N1", "N1", "N2", "N3", "N4", "N5", "N8")
_REASONS = ("RC1", "RC2", "RC3", "RC7", "RC8", "RC8")
_FACTORS = ("1A", "2B", "3A", "3B", "4B", "12A", "18A", "19A", "21")
_CATEGORIES = ("NEG", "NEG", "EMO", "EMO", "PHY", "SAB", "MUL")


def write_large_census(path: Path, *, children: int, year: int = 2024, seed: int = 1) -> int:
    """Write a census of that many children as at 31 March of the year; its size in bytes."""
    random = Random(seed)  # noqa: S311, an invented authority
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header>\n'
            f"<CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
            f"<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>\n"
            "<Source><SourceLevel>L</SourceLevel><LEA>999</LEA><SoftwareCode>Synthetic</SoftwareCode>"
            f"<Release>1</Release><SerialNo>001</SerialNo><DateTime>{year}-05-31T09:00:00</DateTime></Source>\n"
            "</Header>\n<Children>\n"
        )
        for number in range(children):
            file.write("\n".join(_child(random, number, date(year, 3, 31))) + "\n")
        file.write("</Children>\n</Message>\n")
    return path.stat().st_size


def _child(random: Random, number: int, last: date) -> Iterator[str]:
    born = last - timedelta(random.randrange(400, 17 * 365))
    yield "<Child>"
    yield f"<ChildIdentifiers><LAchildID>{number + 1:07}</LAchildID><PersonBirthDate>{born}</PersonBirthDate>"
    yield f"<GenderCurrent>{random.choice('12')}</GenderCurrent></ChildIdentifiers>"
    disability = random.choice(_DISABILITIES) if random.random() < 0.12 else "NONE"
    yield f"<ChildCharacteristics><Ethnicity>{random.choice(_ETHNICITIES)}</Ethnicity>"
    yield f"<Disabilities><Disability>{disability}</Disability></Disabilities></ChildCharacteristics>"
    received = last - timedelta(random.randrange(1, 364))
    if random.random() < 0.15:
        before = received - timedelta(300)
        yield from _episode(random, before, before + timedelta(250), last)
    closed = received + timedelta(random.randrange(20, 400))
    yield from _episode(random, received, closed, last)
    yield "</Child>"


def _episode(random: Random, received: date, closed: date, last: date) -> Iterator[str]:
    yield f"<CINdetails><CINreferralDate>{received}</CINreferralDate>"
    yield f"<ReferralSource>{random.choice(_SOURCES)}</ReferralSource>"
    yield f"<PrimaryNeedCode>{random.choice(_NEEDS)}</PrimaryNeedCode>"
    if closed <= last:
        yield f"<CINclosureDate>{closed}</CINclosureDate>"
        yield f"<ReasonForClosure>{random.choice(_REASONS)}</ReasonForClosure>"
    yield from _assessment(random, received, last)
    led_to = random.random()
    started = received + timedelta(30)
    if led_to < 0.3 and started < min(closed, last):
        yield f"<CINPlanDates><CINPlanStartDate>{started}</CINPlanStartDate>"
        yield (
            f"<CINPlanEndDate>{closed}</CINPlanEndDate></CINPlanDates>"
            if closed <= last
            else "</CINPlanDates>"
        )
    if led_to > 0.8 and received + timedelta(5) <= last:
        yield f"<Section47><S47ActualStartDate>{received + timedelta(5)}</S47ActualStartDate>"
        yield f"<InitialCPCtarget>{received + timedelta(26)}</InitialCPCtarget>"
        yield "<ICPCnotRequired>0</ICPCnotRequired></Section47>"
    yield "<ReferralNFA>0</ReferralNFA>"
    if led_to > 0.88 and started < min(closed, last):
        yield from _plan(random, started, closed, last)
    yield "</CINdetails>"


def _assessment(random: Random, received: date, last: date) -> Iterator[str]:
    yield f"<Assessments><AssessmentActualStartDate>{received}</AssessmentActualStartDate>"
    authorised = received + timedelta(random.randrange(5, 70))
    if authorised <= last:
        factors = random.sample(_FACTORS, random.randrange(1, 4))
        listed = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in factors)
        yield f"<AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>"
        yield f"<FactorsIdentifiedAtAssessment>{listed}</FactorsIdentifiedAtAssessment>"
    yield "</Assessments>"


def _plan(random: Random, started: date, closed: date, last: date) -> Iterator[str]:
    category = random.choice(_CATEGORIES)
    yield f"<ChildProtectionPlans><CPPstartDate>{started}</CPPstartDate>"
    if closed <= last:
        yield f"<CPPendDate>{closed}</CPPendDate>"
    yield f"<InitialCategoryOfAbuse>{category}</InitialCategoryOfAbuse>"
    yield f"<LatestCategoryOfAbuse>{category}</LatestCategoryOfAbuse>"
    yield "<NumberOfPreviousCPP>0</NumberOfPreviousCPP>"
    held = started + timedelta(80)
    if held < min(closed, last):
        yield f"<Reviews><CPPreviewDate>{held}</CPPreviewDate></Reviews>"
    yield "</ChildProtectionPlans>"
