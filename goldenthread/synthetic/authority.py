"""Write an invented authority: its Annex A workbook, local extracts, CIN census and SSDA903 return."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from random import Random

from goldenthread.calendar import require_year
from goldenthread.synthetic.annex_a import AnnexA
from goldenthread.synthetic.arcs import arc
from goldenthread.synthetic.area import area_of
from goldenthread.synthetic.cin_census import Census
from goldenthread.synthetic.dirt import RATE, Planter
from goldenthread.synthetic.families import Ids
from goldenthread.synthetic.local_extracts import Extracts
from goldenthread.synthetic.ssda903 import Return
from goldenthread.synthetic.telling import tell

LARGEST_AREA = 3000  # open children told at once, so that memory stays bounded

Progress = Callable[[int, int], None]


def write(
    out: Path,
    *,
    authority: str = "east",
    seed: int = 1,
    children: int | None = None,
    as_at_on: date | None = None,
    progress: Progress | None = None,
    mistakes: float = RATE,
) -> None:
    """Write the authority into the folder.

    `progress` is told how many of how many open children are done; `mistakes` is the share of rows with a
    planted mistake, all of them listed in planted.json.
    """
    story = arc(authority)
    as_at = as_at_on or story.as_at_on
    require_year(as_at)
    out.mkdir(parents=True, exist_ok=True)
    planter = Planter(Random(f"{seed}/{story.code}/mistakes"), mistakes, as_at.toordinal())  # noqa: S311
    with ExitStack() as open_files:
        extracts = Extracts(out / "local_extracts", planter, open_files)
        workbook = AnnexA(story, as_at.toordinal(), seed, planter.planted, open_files)
        census = Census(out / "cin_census.xml", story, as_at.toordinal(), open_files)
        looked_after = Return(out / "ssda903", as_at.toordinal(), open_files)
        wanted, done, ids = children or story.children, 0, Ids()
        for number, size in enumerate(_sizes(wanted)):
            told = tell(area_of(story, number, size, as_at, seed, ids), mistakes)
            for writer in (extracts, workbook, census, looked_after):
                writer.add(told)
            done += size
            if progress:
                progress(done, wanted)
        census.finish()
        workbook.save(out)
    extracts.write_manifest(as_at, story.la_code, story.name)
    extracts.write_planted(out / "planted.json", story.name)


def _sizes(wanted: int) -> list[int]:
    """The open children of each area: as few areas as may be, all of about the same size."""
    number = -(-wanted // LARGEST_AREA)
    return [wanted // number + (place < wanted % number) for place in range(number)]
