"""What people wrote in the service, beside what was loaded: recorded tables as every figure reads them.

A folder of records holds `<table>.parquet` for tables of `standard/recorded`, and for those tables of the
local extracts that may be kept in the service instead (`INSTEAD_OF_EXTRACTS`). `records_writing` writes them.

    loads = with_records(Store.open(path), folder)      # stands wherever a Store stands:
    Workings(loads, periods, settings)                  # figures, with their breakdowns
    listing.rows(loads, period, settings, "QA-01")      # and the lists behind them

The records are the same for every load of the request; each load reads them as they stood at its own as-at
date. A table without a file was not supplied, and what needs it stays not computable: write a file without
rows only where none is the truth. A table of the local extracts is read from the records only by loads to
which the extract was not delivered. Write each set of records into a new folder: figures read the files
while they are worked out.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goldenthread.figures.availability import TableSupply
from goldenthread.figures.run import Loaded
from goldenthread.figures.serving import Loads
from goldenthread.ingest.combine import CombinedSupply
from goldenthread.ingest.extract import Refused, Supply
from goldenthread.standard import Table, code_labels, recorded_tables, standard_tables

RECORDED = "recorded"  # the source of every row of a record
INSTEAD_OF_EXTRACTS = ("supervisions", "supervision_actions", "escalations")


def may_be_recorded() -> Mapping[str, Table]:
    """The tables that a folder of records may hold, by name."""
    kept_here = {name: standard_tables()[name] for name in INSTEAD_OF_EXTRACTS}
    return {**recorded_tables(), **kept_here}


@dataclass(frozen=True)
class Records:
    """A folder of records, read."""

    folder: Path

    @classmethod
    def open(cls, folder: Path) -> "Records":
        """The records in that folder; Refused if there is none, or a file in it is no recorded table."""
        folder = Path(folder)
        if not folder.is_dir():
            raise Refused(f"There is no folder of records at {folder}.")
        for path in sorted(folder.glob("*.parquet")):
            _check(path)
        return cls(folder)

    def table_path(self, name: str) -> Path | None:
        """The Parquet file of a table; None where nobody wrote one."""
        path = self.folder / f"{name}.parquet"
        return path if name in may_be_recorded() and path.is_file() else None

    @cached_property
    def supply(self) -> Mapping[str, TableSupply]:
        """What is here, by table."""
        return {name: self._supply(one) for name, one in may_be_recorded().items() if self.table_path(name)}

    def _supply(self, table: Table) -> TableSupply:
        columns = frozenset(table.column)
        kinds = (
            frozenset(code_labels(table.column[table.kind_column].codes or "")) if table.kind_column else ()
        )
        starts_on = self._starts_on(table)
        own = Supply(source=RECORDED, columns=columns, kinds=frozenset(kinds), starts_on=starts_on)
        return CombinedSupply(
            sources=(RECORDED,),
            columns=columns,
            kinds=frozenset(kinds),
            starts_on=starts_on,
            filled_by=dict.fromkeys(columns, RECORDED),
            kinds_from=dict.fromkeys(kinds, RECORDED),
            by_source={RECORDED: own},
        )

    def _starts_on(self, table: Table) -> date | None:
        """Where the history of a table starts: the earliest date of its event column."""
        if table.event_column is None:
            return None
        days = self._column(table.name, table.event_column).cast(pa.date32())
        return pc.min(days).as_py()

    def _column(self, name: str, column: str) -> pa.ChunkedArray:
        return pq.read_table(self.folder / f"{name}.parquet", columns=[column])[column]

    def authorities(self) -> set[str]:
        """The codes of the councils whose records these are."""
        return {
            code for name in self.supply for code in pc.unique(self._column(name, "authority")).to_pylist()
        }

    @cached_property
    def digest(self) -> str:
        """A hash of every file here: the same records give the same one."""
        found = hashlib.sha256()
        for name in self.supply:
            found.update(name.encode() + b"\0" + (self.folder / f"{name}.parquet").read_bytes())
        return found.hexdigest()


def _check(path: Path) -> None:
    table = may_be_recorded().get(path.stem)
    if table is None:
        raise Refused(f"{path} is no table of records: there is none of the name {path.stem}.")
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError):
        raise Refused(f"{path} cannot be read as Parquet: write it again.") from None
    if not schema.equals(table.arrow):
        raise Refused(f"{path} has not the columns of the table {path.stem}: write it again.")


@dataclass(frozen=True)
class RecordedLoad:
    """A load with the records beside its tables; `load` is the load itself, without them."""

    load: Loaded
    records: Records

    @property
    def as_at_on(self) -> date:
        """The day to whose end everything recorded is in it."""
        return self.load.as_at_on

    @property
    def authority(self) -> str:
        """Code of the council whose data it is."""
        return self.load.authority

    @cached_property
    def supply(self) -> Mapping[str, TableSupply]:
        """What was supplied, by table: delivered, else recorded."""
        return {**self.records.supply, **self.load.supply}

    def table_path(self, name: str) -> Path | None:
        """The Parquet file of a table: of what was delivered, else of the records."""
        recorded = None if name in self.load.supply else self.records.table_path(name)
        return recorded or self.load.table_path(name)


@dataclass(frozen=True)
class RecordedLoads:
    """The loads of a store, each with the same records beside it."""

    loads: Loads
    records: Records

    def current(self) -> RecordedLoad | None:
        """The load in force."""
        return self._beside(self.loads.current())

    def serving(self, on: date) -> RecordedLoad | None:
        """The load that answers for a day."""
        return self._beside(self.loads.serving(on))

    def compiled_folder(self) -> Path | None:
        """Where compiled definitions are kept: they hold no record."""
        return self.loads.compiled_folder()

    def _beside(self, load: Loaded | None) -> RecordedLoad | None:
        return None if load is None else RecordedLoad(load, self.records)


def with_records(loads: Loads, folder: Path) -> RecordedLoads:
    """The loads with the records of a folder beside each; Refused where they are of another council."""
    records = Records.open(folder)
    current = loads.current()
    if current is not None and (others := records.authorities() - {current.authority}):
        raise Refused(
            f"The records in {folder} are of {', '.join(sorted(others)) or 'no council'}, "
            f"the loads of {current.authority or 'no council'}: take those of one council."
        )
    return RecordedLoads(loads, records)
