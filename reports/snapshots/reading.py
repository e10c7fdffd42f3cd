"""Reads an extract back, and refuses one that is not the one that was frozen."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from .schema import SCHEMA, TABLES, TYPES, Column, Columns, Meta, Snapshot


class NotTheFrozenFile(Exception):
    """The bytes are not those that were frozen, or are no extract of a known schema."""


def read_snapshot(path: Path, *, sha256: str) -> Snapshot:
    """The extract in memory.

    Raises:
        NotTheFrozenFile: a byte differs from what was frozen, or the schema is unknown.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise NotTheFrozenFile(path.name)
    with h5py.File(path, "r") as file:
        attributes = {name: _plain(value) for name, value in file.attrs.items()}
        if attributes.get("schema") != SCHEMA:
            raise NotTheFrozenFile(path.name)
        tables = {table.name: _columns(file[table.name], table.columns) for table in TABLES}
    return Snapshot(Meta.from_mapping(attributes), tables)


def _columns(group: Any, columns: tuple[Column, ...]) -> Columns:
    return {column.name: _values(column, group[column.name][...]) for column in columns}


def _values(column: Column, stored: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if column.kind == "text":
        return np.array([value.decode() for value in stored], dtype="O")
    return stored.astype(TYPES[column.kind])


def _plain(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value
