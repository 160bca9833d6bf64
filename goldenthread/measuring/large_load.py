"""Large invented data as a load: everything was supplied, by local extracts."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from goldenthread.ingest.combine import CombinedSupply
from goldenthread.standard import standard_tables
from goldenthread.standard.schema import Table, code_labels

_SOURCE = "local_extracts"


@dataclass(frozen=True)
class LargeLoad:
    """A folder that `write_large` wrote, and the only load of its own store."""

    folder: Path
    as_at_on: date
    authority: str = "A001"
    read: set[str] = field(default_factory=set)  # the tables whose file was asked for

    @cached_property
    def supply(self) -> dict[str, CombinedSupply]:
        """Every table, every column and every kind."""
        return {name: _whole(table) for name, table in standard_tables().items()}

    def table_path(self, name: str) -> Path | None:
        """The Parquet file of a table; None where it has none."""
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            return None
        self.read.add(name)
        return path

    def current(self) -> "LargeLoad":
        """The load in force."""
        return self

    def serving(self, on: date) -> "LargeLoad":
        """The load that answers for an earlier day."""
        return self

    def compiled_folder(self) -> Path:
        """Beside the folders of all jobs: what one compiled serves the others."""
        return self.folder.parent.parent / "compiled"


def _whole(table: Table) -> CombinedSupply:
    columns = frozenset(table.column)
    codes = table.column[table.kind_column].codes if table.kind_column else None
    kinds = frozenset(code_labels(codes)) if codes else frozenset[str]()
    return CombinedSupply(
        sources=(_SOURCE,),
        columns=columns,
        kinds=kinds,
        filled_by=dict.fromkeys(columns, _SOURCE),
        kinds_from=dict.fromkeys(kinds, _SOURCE),
    )
