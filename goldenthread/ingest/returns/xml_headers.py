"""Which return is this XML file: what collection, of what year and authority, as at when?"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree

from goldenthread.ingest.extract import Refused, Severity
from goldenthread.ingest.returns.cells import Collection, read_xml_date
from goldenthread.ingest.returns.remarks import Remarks
from goldenthread.ingest.returns.xml_files import first_element, line_of
from goldenthread.ingest.values import Unreadable, read_integer

_ROOT = "Message"
_KNOWN = {"CIN": "CIN census", "CSWW": "social work workforce census"}


@dataclass(frozen=True)
class Wanted:
    """The return a reader reads."""

    collection: str  # CIN or CSWW
    years: range

    @property
    def name(self) -> str:
        """The return in words."""
        return _KNOWN[self.collection]


def refuse_unless_message(path: Path, wanted: Wanted) -> None:
    """Refused unless the file is XML without a DOCTYPE whose first element is Message."""
    root = first_element(path)
    if root == "EXPSSDA903":
        raise Refused(f"{path.name} is the XML form of an SSDA903 return; deliver its CSV files instead.")
    if root != _ROOT:
        raise Refused(
            f"{path.name} is not a {wanted.name}: its first element is {root}, not {_ROOT}; check the file."
        )


@dataclass(frozen=True)
class Header:
    """What the header of a return settles."""

    authority: str
    collection: Collection


def read_header(
    element: etree._Element, path: Path, wanted: Wanted, authority: str | None, remarks: Remarks
) -> Header:
    """What the Header element says; Refused where the file cannot be trusted for it."""
    found = _text(element, "Collection")
    if found != wanted.collection:
        named = f"says it is a {found} return" if found else "does not say which collection it is"
        raise Refused(f"{path.name} {named}, not a {wanted.name} ({wanted.collection}); check the file.")
    as_at_on = _reference_date(element, path)
    _check_year(element, as_at_on, path, wanted, remarks)
    return Header(_authority(element, path, authority), Collection(as_at_on.year, as_at_on))


def _texts(element: etree._Element, name: str) -> list[str]:
    found = [(item.text or "").strip() for item in element.iter("{*}" + name)]
    return list(dict.fromkeys(text for text in found if text))


def _text(element: etree._Element, name: str) -> str:
    return next(iter(_texts(element, name)), "")


def _reference_date(element: etree._Element, path: Path) -> date:
    texts = _texts(element, "ReferenceDate")
    if not texts:
        raise Refused(
            f"{path.name} has no ReferenceDate in its header, so it is not known as at when it is; add it."
        )
    if len(texts) > 1:
        raise Refused(f"{path.name} has two reference dates, {texts[0]} and {texts[1]}; keep the right one.")
    try:
        return read_xml_date(texts[0])
    except Unreadable as why:
        raise Refused(f"{path.name}: the ReferenceDate {texts[0][:40]!r} {why}; correct it.") from None


def _check_year(
    element: etree._Element, as_at_on: date, path: Path, wanted: Wanted, remarks: Remarks
) -> None:
    stated = _text(element, "Year")
    try:
        year = read_integer(stated) if stated else as_at_on.year
    except Unreadable:
        raise Refused(f"{path.name}: the Year {stated[:40]!r} of the header is not a year.") from None
    for found in (year, as_at_on.year):
        if found not in wanted.years:
            first, last = wanted.years[0], wanted.years[-1]
            raise Refused(
                f"{path.name} is a return of {found}; a {wanted.name} of {first} to {last} can be read."
            )
    if year != as_at_on.year:
        message = (
            f"The header says Year {year} and ReferenceDate {as_at_on}; "
            f"it was read as the collection of {as_at_on.year}."
        )
        remarks.once("return-year", message, row=line_of(element), severity=Severity.WARNING)


def _authority(element: etree._Element, path: Path, authority: str | None) -> str:
    codes = _texts(element, "LEA")
    if not codes:
        raise Refused(f"{path.name} has no LEA code in its header, so it is not known whose it is; add it.")
    if len(codes) > 1:
        raise Refused(f"{path.name} names two authorities, {codes[0][:20]} and {codes[1][:20]}; keep one.")
    if authority is not None and codes[0] != authority:
        raise Refused(
            f"{path.name} is the return of authority {codes[0][:20]}, not of {authority}; check the file."
        )
    return codes[0]
