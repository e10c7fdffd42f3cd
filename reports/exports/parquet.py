"""Tables as Parquet, for data frames: typed columns, each described in both languages. The only door to pyarrow."""

from __future__ import annotations

from itertools import batched
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..snapshots.schema import UNITS, Column, Kind
from .shape import Filled, Subject

GROUP = 20_000
"""Rows of a group: what is in memory at once."""

TYPES: dict[Kind, Any] = {
    "text": pa.string(), "code": pa.dictionary(pa.int8(), pa.string()), "day": pa.date32(),
    "moment": pa.timestamp("s", tz="UTC"), "count": pa.int32(), "ref": pa.int32(), "flag": pa.bool_(),
    "percent": pa.float64(), "share": pa.float64(), "hours": pa.float64(),
}  # fmt: skip


def write_parquet(path: Path, filled: Filled, *, about: Subject) -> int:
    """Write one table; how many rows it has. The same rows give the same bytes."""
    columns = filled.table.columns
    described = {
        **about.described(), "table": filled.table.name, "description_en": filled.table.en,
        "description_es": filled.table.es,
    }  # fmt: skip
    metadata = {name: str(int(value) if isinstance(value, bool) else value) for name, value in described.items()}
    schema = pa.schema([_field(column) for column in columns], metadata=metadata)
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in batched(filled.rows, GROUP):
            values = zip(*group, strict=True)
            arrays = [_array(column, cells) for column, cells in zip(columns, values, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            rows += len(group)
    return rows


def _field(column: Column) -> Any:
    described = {"description_en": column.en, "description_es": column.es}
    if column.kind in UNITS and column.kind not in {"day", "moment"}:
        described["units"] = UNITS[column.kind]
    if column.codes:
        described["codes"] = " | ".join(column.codes)
    return pa.field(column.name, TYPES[column.kind], metadata=described)


def _array(column: Column, cells: tuple[Any, ...]) -> Any:
    if column.kind == "code":
        places = {word: place for place, word in enumerate(column.codes)}
        indices = pa.array([None if cell is None else places[cell] for cell in cells], pa.int8())
        return pa.DictionaryArray.from_arrays(indices, pa.array(column.codes, pa.string()))
    if column.kind == "flag":
        return pa.array([None if cell is None else bool(cell) for cell in cells], pa.bool_())
    return pa.array(cells, TYPES[column.kind])
