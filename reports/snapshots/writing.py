"""Writes tables to HDF5, in columns, so that the same tables give the same bytes.

Readable with HDF5 1.10 and later. Texts have fixed widths, as heaps of varying texts would not be reproducible; no
times are kept. The file is complete under its name or not there at all.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from .schema import TABLES, TYPES, UNITS, Column, Columns, Snapshot, Table

CHUNK = 65536  # rows


def write_snapshot(snapshot: Snapshot, path: Path) -> str:
    """Write an extract; its SHA-256."""
    return write_tables(path, attributes=snapshot.meta.as_mapping(), tables=TABLES, data=snapshot.tables)


def write_tables(
    path: Path, *, attributes: Mapping[str, Any], tables: Sequence[Table], data: Mapping[str, Columns]
) -> str:
    """Write tables with their code book beside the final name, bring them to the disk, then give them that name.

    Returns the SHA-256 of the bytes. Raises OSError when the folder cannot be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with h5py.File(draft, "w", libver=("v110", "v110")) as file:
            for name, value in attributes.items():
                attribute(file, name, value)
            for table in tables:
                _write_table(file, table, data[table.name])
        digest = _hash_and_flush(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return digest


def _write_table(file: h5py.File, table: Table, columns: Columns) -> None:
    group = file.create_group(table.name)
    describe_table(group, table)
    for column in table.columns:
        values = columns[column.name]
        options: dict[str, Any] = (
            {"chunks": (min(len(values), CHUNK),), "compression": "gzip", "compression_opts": 4, "shuffle": True}
            if len(values)
            else {}
        )
        stored, dtype = _stored(column, values)
        dataset = group.create_dataset(column.name, data=stored, dtype=dtype, track_times=False, **options)
        describe_column(dataset, column)


def describe_table(group: h5py.Group, table: Table) -> None:
    """What one row of the table is, in both languages."""
    attribute(group, "description_en", table.en)
    attribute(group, "description_es", table.es)


def describe_column(dataset: h5py.Dataset, column: Column) -> None:
    """The code book of a column: its meaning in both languages, its unit, what stands for nothing."""
    attribute(dataset, "description_en", column.en)
    attribute(dataset, "description_es", column.es)
    if column.kind in UNITS:
        attribute(dataset, "units", UNITS[column.kind])
    if column.table:
        attribute(dataset, "refers_to", column.table)
    if column.kind in {"day", "moment", "ref"}:
        attribute(dataset, "missing_value", -1)


def _stored(column: Column, values: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], Any]:
    if column.kind == "text":
        encoded = [str(value).encode() for value in values]
        dtype = h5py.string_dtype("utf-8", max([1, *map(len, encoded)]))
        return np.array(encoded, dtype=dtype), dtype
    if column.kind == "code":
        return values, h5py.enum_dtype({word: number for number, word in enumerate(column.codes)}, basetype="u1")
    return values, TYPES[column.kind]


def attribute(place: Any, name: str, value: Any) -> None:
    """Keep a text, a number or a truth with a fixed type, so that the bytes are the same."""
    if isinstance(value, str):
        encoded = value.encode()
        value = np.array(encoded, dtype=h5py.string_dtype("utf-8", max(1, len(encoded))))
    elif isinstance(value, bool):
        value = np.uint8(value)
    elif isinstance(value, int):
        value = np.int32(value)
    place.attrs.create(name, value)


def _hash_and_flush(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return digest
