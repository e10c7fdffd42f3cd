"""Writes tables to HDF5 while their rows are read, so that memory stays flat. The same rows give the same bytes.

The rows are gone through twice: once for their number and the widths of their texts, once to be written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from .schema import NONE, TYPES, Column, Table
from .writing import attribute, describe_column, describe_table

CHUNK = 16384  # rows
Rows = Iterable[tuple[Any, ...]]


def stream_tables(path: Path, *, attributes: Mapping[str, Any], tables: Sequence[tuple[Table, Rows]]) -> dict[str, int]:
    """Write tables with their code book; how many rows each has.

    Each column carries the SHA-256 of its values as they are stored, and the file that of all these together.
    """
    counts, whole = {}, hashlib.sha256()
    with h5py.File(path, "w", libver=("v110", "v110")) as file:
        for name, value in attributes.items():
            attribute(file, name, value)
        for table, rows in tables:
            counts[table.name], digests = _write(file, table, rows)
            whole.update("".join(digests).encode())
        attribute(file, "sha256_of_values", whole.hexdigest())
    return counts


def _write(file: h5py.File, table: Table, rows: Rows) -> tuple[int, list[str]]:
    count, widths = _measured(table, rows)
    group = file.create_group(table.name)
    describe_table(group, table)
    attribute(group, "rows", count)
    options: dict[str, Any] = {"compression": "gzip", "compression_opts": 4, "shuffle": True} if count else {}
    if count:
        options["chunks"] = (min(count, CHUNK),)
    datasets = [
        group.create_dataset(column.name, shape=(count,), dtype=_dtype(column, width), track_times=False, **options)
        for column, width in zip(table.columns, widths, strict=True)
    ]
    hashes = [hashlib.sha256() for _ in datasets]
    begin = 0
    for part in batched(rows, CHUNK):
        for column, dataset, sha, cells in zip(table.columns, datasets, hashes, zip(*part, strict=True), strict=True):
            values = np.array([_stored(column, cell) for cell in cells], dtype=dataset.dtype)
            dataset[begin : begin + len(part)] = values
            sha.update(values.tobytes())
        begin += len(part)
    for column, dataset, sha in zip(table.columns, datasets, hashes, strict=True):
        describe_column(dataset, column)
        attribute(dataset, "sha256", sha.hexdigest())
    return count, [sha.hexdigest() for sha in hashes]


def _measured(table: Table, rows: Rows) -> tuple[int, list[int]]:
    """How many rows, and for each column how many bytes its longest text has."""
    texts = [place for place, column in enumerate(table.columns) if column.kind == "text"]
    widths = [1] * len(table.columns)
    count = 0
    for row in rows:
        count += 1
        for place in texts:
            width = len((row[place] or "").encode())
            if width > widths[place]:
                widths[place] = width
    return count, widths


def _dtype(column: Column, width: int) -> Any:
    if column.kind == "text":
        return h5py.string_dtype("utf-8", width)
    if column.kind == "code":
        words = {word: number for number, word in enumerate(column.codes)}
        return h5py.enum_dtype(words, basetype="u1")
    return np.dtype(TYPES[column.kind])


def _stored(column: Column, value: Any) -> Any:
    if column.kind == "text":
        return (value or "").encode()
    if column.kind == "code":
        return column.codes.index(value)
    if column.kind == "moment":
        return NONE if value is None else int(value.timestamp())
    if column.kind == "day":
        return NONE if value is None else (value - _EPOCH).days
    if column.kind in {"percent", "share", "hours"}:
        return np.nan if value is None else value
    return NONE if value is None else value


_EPOCH = dt.date(1970, 1, 1)
