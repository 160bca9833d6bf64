"""What kind of extract is each file or folder that was given?

Nothing is read here but names and first lines. A folder may hold one kind of extract, or several
beside each other as `goldenthread synth` writes them.
"""

import codecs
import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from lxml import etree

from goldenthread.ingest.extract import Refused
from goldenthread.ingest.local_extracts.manifest import NAME as MANIFEST
from goldenthread.ingest.returns.xml_files import first_element, local_name
from goldenthread.standard.schema import standard_tables

WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".xltm", ".xlam", ".xlsb")
SSDA903, ANNEX_A = "ssda903", "annex_a"
_COLLECTIONS = {"CIN": "cin_census", "CSWW": "workforce_census"}
_ANNEX_A_NAME = re.compile(r"(annex|list)[ _-]*[a\d]", re.IGNORECASE)
_ANNEX_A_HEADING = re.compile(r"child\s*unique\s*id|adopter\s*identifier", re.IGNORECASE)
_FIRST_BYTES = 16 * 1024
_PROLOG = 1024 * 1024
_DEEPEST = 2  # a folder of folders is looked into, not a whole disk


@dataclass
class Deliveries:
    """The paths by source; each list of paths is read as one extract."""

    found: dict[str, list[list[Path]]] = field(default_factory=lambda: defaultdict(list))
    not_recognised: list[Path] = field(default_factory=list)

    def of(self, source: str) -> list[list[Path]]:
        """The deliveries of one source."""
        return self.found.get(source, [])


def recognise(paths: Sequence[Path]) -> Deliveries:
    """Sort what was given by source; Refused where nothing, or not everything given, is an extract."""
    deliveries = Deliveries()
    _sort(_existing(paths), deliveries)
    given = [path for path in deliveries.not_recognised if path in paths]
    if given or not deliveries.found:
        named = ", ".join(path.name for path in given or paths)
        raise Refused(
            f"{named}: not an extract that can be read. Give local extracts (CSV, a folder or a ZIP), an "
            "Annex A workbook, a CIN census XML, SSDA903 CSVs or a workforce census XML."
        )
    return deliveries


def _existing(paths: Iterable[Path]) -> list[Path]:
    paths = [Path(path) for path in paths]
    for path in paths:
        if not path.exists():
            raise Refused(f"There is no file or folder {path}: check the path.")
    return paths


def _sort(paths: Sequence[Path], deliveries: Deliveries, depth: int = 0) -> None:
    together: dict[tuple[str, Path], list[Path]] = defaultdict(list)
    for path in sorted(paths):
        if path.is_dir() and depth < _DEEPEST:
            _sort_folder(path, deliveries, depth + 1)
        elif path.is_dir():
            deliveries.not_recognised.append(path)
        elif (source := source_of(path)) is None:
            deliveries.not_recognised.append(path)
        elif source in ("cin_census", "workforce_census") or _is_zip(path):
            deliveries.found[source].append([path])
        else:
            together[source, path.parent].append(path)
    if depth:
        _put_with_their_return(together)
    for (source, _), files in together.items():
        if files:
            deliveries.found[source].append(files)


def _put_with_their_return(together: dict[tuple[str, Path], list[Path]]) -> None:
    """Workbooks that lie in the folder of an SSDA903 return and hold no list of Annex A belong to it."""
    for source, folder in list(together):
        if source == SSDA903 and (ANNEX_A, folder) in together:
            workbooks = together[ANNEX_A, folder]
            others = [path for path in workbooks if path.suffix.lower() in WORKBOOKS and _is_another(path)]
            together[ANNEX_A, folder] = [path for path in workbooks if path not in others]
            together[SSDA903, folder] += others


def _is_another(path: Path) -> bool:
    # Imported when it is needed, since it brings the readers of workbooks.
    return import_module("goldenthread.ingest.annex_a.recognise").is_another_workbook(path)


def _sort_folder(folder: Path, deliveries: Deliveries, depth: int) -> None:
    entries = sorted(folder.iterdir())
    kinds = {entry: source_of(entry) for entry in entries if entry.is_file()}
    is_local = {entry: kind == "local_extracts" and not _is_zip(entry) for entry, kind in kinds.items()}
    others = [entry for entry, kind in kinds.items() if kind and not is_local[entry]]
    if not any(is_local.values()):
        _sort(entries, deliveries, depth)
    elif not others:
        deliveries.found["local_extracts"].append([folder])
    else:
        deliveries.found["local_extracts"].append([entry for entry in kinds if entry not in others])
        _sort(others, deliveries, depth)


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def source_of(path: Path) -> str | None:
    """Which source a file is, by its name and first lines; None if it is none that we know."""
    name, suffix = path.name.lower(), path.suffix.lower()
    if _is_zip(path) or name == MANIFEST or name in _local_names():
        return "local_extracts"
    if suffix in WORKBOOKS:
        return ANNEX_A
    if suffix == ".xml":
        return _source_of_xml(path)
    return _source_of_csv(path) if suffix == ".csv" else None


def _local_names() -> set[str | None]:
    return {table.file for table in standard_tables().values()}


def _source_of_csv(path: Path) -> str | None:
    with path.open("rb") as stream:
        start = stream.read(_FIRST_BYTES)
    text = codecs.getincrementaldecoder("utf-8-sig")("replace").decode(start)
    header = {cell.strip().upper() for cell in next(csv.reader(text.splitlines()), [])}
    if "CHILD" in header:
        return SSDA903
    first_lines = "\n".join(text.splitlines()[:10])
    is_annex_a = _ANNEX_A_HEADING.search(first_lines) or _ANNEX_A_NAME.match(path.stem)
    return ANNEX_A if is_annex_a else None


def _source_of_xml(path: Path) -> str | None:
    """By its Collection element; Refused for a DOCTYPE or what is not XML at all."""
    if first_element(path) == "EXPSSDA903":
        return SSDA903  # whose reader says that it needs the CSV files
    parser = etree.XMLPullParser(
        events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        with path.open("rb") as stream:
            parser.feed(stream.read(_PROLOG))
        for _, element in parser.read_events():
            if local_name(element.tag) == "Collection":
                return _COLLECTIONS.get((element.text or "").strip().upper())
    except etree.XMLSyntaxError as problem:
        raise Refused(f"{path.name} is not XML that can be read ({problem.msg}): export it again.") from None
    return None
