"""Lines of SSDA903 files for tests, as few as the case allows. Synthetic, names no one."""

from pathlib import Path
from typing import Any

from goldenthread.ingest import ssda903
from goldenthread.ingest.extract import Extract

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
ONE_CHILD = f"{HEADER}\nC1,1,01/01/2010,WBRI,UN1,,"
OPEN_EPISODE = "C1,01/06/2023,S,C2,N1,U6,PR1,,,,,,"


def written(folder: Path, **contents: str) -> Path:
    """Write files of a return, a name and its lines each; the folder comes back."""
    for name, text in contents.items():
        (folder / f"{name}.csv").write_text(text.strip() + "\n", "utf-8")
    return folder


def read(folder: Path, year: int | None = 2024) -> Extract:
    return ssda903.read(folder, authority="211", year=year)


def rows(extract: Extract, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of one table, as tuples of those columns."""
    return [tuple(row[column] for column in columns) for row in extract.tables[name].to_pylist()]


def said(extract: Extract) -> list[tuple[str, str, int | None, str | None]]:
    """The findings: rule, severity, line and column."""
    return [(f.rule, str(f.severity), f.row, f.column) for f in extract.findings]


def episodes(*lines: str) -> str:
    """Episodes from `child, DECOM, RNE, PLACE, DEC, REC`; the other items are the same in each."""
    written = [EPISODES]
    for line in lines:
        child, started, reason, place, ended, ceased = (text.strip() for text in line.split(","))
        written.append(f"{child},{started},{reason},C2,N1,{place},PR1,{ended},{ceased},,,,")
    return "\n".join(written)
