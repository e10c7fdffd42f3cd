"""A cache that all processes of one machine share, in a small SQLite file of its own: for counters and locks.

The embedded installation has two web processes and no Redis. Django's other caches do not serve there: memory is each
process's own, files know no atomic `add`, and a table in the main database pays a synchronous commit for each count.
This file may lose its last moment when the machine loses power, and may be deleted while Puente stands still.
A connection stays open as long as its thread: opening costs as much as fifty answers.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

SWEEP_SECONDS = 60.0
_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL, until REAL) WITHOUT ROWID"
_NEVER = 1e12  # seconds since 1970: an entry without an end
_LIVE = "SELECT value FROM kept WHERE key = ? AND until > ?"
_PUT = (
    "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until"
)


class SharedFileCache(BaseCache):
    """Django's cache on one SQLite file; `LOCATION` is its path. `add` and `incr` are atomic across processes."""

    def __init__(self, location: str | Path, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._swept_at = 0.0

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it if nothing is there; whether it was kept."""
        with self._writing() as connection:
            row = (self._named(key, version), pickle.dumps(value), self._until(timeout))
            kept = connection.execute(f"{_PUT} WHERE kept.until <= ?", (*row, time.time()))
            return kept.rowcount == 1

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept, or `default`."""
        found = self._open().execute(_LIVE, (self._named(key, version), time.time())).fetchone()
        return pickle.loads(found[0]) if found else default  # noqa: S301 (a file of our own, mode 0600)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep it, whatever was there."""
        with self._writing() as connection:
            connection.execute(_PUT, (self._named(key, version), pickle.dumps(value), self._until(timeout)))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it for longer; whether it was there."""
        with self._writing() as connection:
            row = (self._until(timeout), self._named(key, version), time.time())
            return connection.execute("UPDATE kept SET until = ? WHERE key = ? AND until > ?", row).rowcount == 1

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number, atomically. Raises ValueError when nothing is there."""
        with self._writing() as connection:
            name = self._named(key, version)
            found = connection.execute(_LIVE, (name, time.time())).fetchone()
            if found is None:
                raise ValueError(f"Key '{key}' not found")
            value: int = pickle.loads(found[0]) + delta  # noqa: S301 (as in `get`)
            connection.execute("UPDATE kept SET value = ? WHERE key = ?", (pickle.dumps(value), name))
            return value

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget it; whether it was there."""
        with self._writing() as connection:
            name = self._named(key, version)
            return connection.execute("DELETE FROM kept WHERE key = ?", (name,)).rowcount == 1

    def clear(self) -> None:
        """Forget everything."""
        with self._writing() as connection:
            connection.execute("DELETE FROM kept")

    def __del__(self) -> None:
        with suppress(Exception):
            if self._connection is not None and self._owner == os.getpid():
                self._connection.close()

    def _named(self, key: str, version: int | None) -> str:
        return str(self.make_key(key, version=version))

    def _until(self, timeout: Any) -> float:
        until = self.get_backend_timeout(timeout)
        return _NEVER if until is None else float(until)

    def _open(self) -> sqlite3.Connection:
        """The connection of this process: one that came through a fork is left alone."""
        if self._connection is None or self._owner != os.getpid():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            connection = sqlite3.connect(self._path, timeout=5, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(_SCHEMA)
            self._connection, self._owner = connection, os.getpid()
        return self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the file; now and then it takes away what has ended."""
        connection = self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            now = time.time()
            if now - self._swept_at > SWEEP_SECONDS:
                self._swept_at = now
                connection.execute("DELETE FROM kept WHERE until <= ?", (now,))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
