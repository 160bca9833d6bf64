"""How are days, moments, numbers and gaps said on a page?"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from markupsafe import Markup, escape

from goldenthread.figures import wording

_TABLES = {
    "cp_plans": "child protection plans",
    "cin_plans": "child in need plans",
    "peps": "personal education plans",
}
_RETURNS = {"annex a": "Annex A", "cin census": "CIN census", "ssda903": "SSDA903"}
_RETURN = re.compile("|".join(_RETURNS))
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_ONE_DAY = re.compile(r"(?<![\d.,])1 (working |calendar )?days\b")


def day_said(day: date | None) -> str | Markup:
    """31 December 2017; a dash where there is no day."""
    if day is None:
        return missing("no date")
    return wording.day_said(_local(day))


def day_brief(day: date | None) -> str | Markup:
    """31 Dec 2017, for tables."""
    if day is None:
        return missing("no date")
    day = _local(day)
    return f"{day.day} {day:%b %Y}"


def moment_said(moment: datetime | None) -> str | Markup:
    """31 December 2017 at 09:05, by the clocks of England."""
    if moment is None:
        return missing("not yet")
    moment = timezone.localtime(moment)
    return f"{wording.day_said(moment)} at {moment:%H:%M}"


def moment_plain(moment: datetime | None) -> str | Markup:
    """27 Dec 2017, 15:52: a moment of an extract, which was written by the clocks of England."""
    if moment is None:
        return missing("not recorded")
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def days_in_words(text: str) -> str:
    """A sentence of the library as people write it: 31 December 2017, and 1 day where it is one."""
    said = _DAY.sub(lambda found: wording.day_said(date.fromisoformat(found[0])), text)
    return _ONE_DAY.sub(r"1 \1day", said)


def time_said(moment: datetime) -> str:
    """09:05, by the clocks of England."""
    return f"{timezone.localtime(moment):%H:%M}"


def number(value: Decimal | int | float | None, decimals: int | None = None) -> str | Markup:
    """1,234 or 12.5; a dash where there is no number, which is not zero."""
    if value is None:
        return missing("not known")
    return wording.number(Decimal(str(value)), decimals)


def percent(value: Decimal | int | float | None) -> str | Markup:
    """78.1%; a dash where there is none."""
    if value is None:
        return missing("not known")
    return wording.PERCENT.said(Decimal(str(value)))


def pluralise(count: int, one: str, many: str | None = None) -> str:
    """1 child, 2 children, 0 children: the number and the word that goes with it."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def hidden(text: object) -> Markup:
    """Words that only a screen reader says: what makes a link's text unique, for example."""
    return Markup('<span class="govuk-visually-hidden"> {}</span>').format(text)


def missing(why: object = "not known") -> Markup:
    """A dash where there is no value, with the reason for those who do not see it."""
    return Markup('<span class="gt-missing"><span aria-hidden="true">–</span>{}</span>').format(
        Markup('<span class="govuk-visually-hidden">{}</span>').format(why)
    )


def listed(words: Iterable[object]) -> Markup:
    """One, two and three."""
    said = [escape(word) for word in words]
    if len(said) < 2:
        return Markup("").join(said)
    return Markup(", ").join(said[:-1]) + Markup(" and ") + said[-1]


def capitalised(text: str) -> str:
    """The first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def sentence_said(text: str) -> str:
    """A sentence of the library as a page begins it: with a capital, unless a file is named first."""
    said = _RETURN.sub(lambda found: _RETURNS[found[0]], days_in_words(text))
    return said if "." in said.partition(" ")[0] else capitalised(said)


def table_said(name: str) -> str:
    """The name of a standard table in words: child protection plans."""
    return _RETURN.sub(lambda found: _RETURNS[found[0]], _TABLES.get(name, name).replace("_", " "))


def _local(day: date) -> date:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
