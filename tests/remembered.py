"""What a set-up wrote is written again as it was, so that each test begins with it and only the first one pays for it.

The rows are the product's own: its services made them, once in each process of the tests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from wagtail.models import Site

Row = tuple[Any, ...]
Tables = dict[str, dict[Any, Row]]
Changes = dict[str, dict[Any, Row | None]]

_migrated: Tables = {}
_written: dict[Hashable, tuple[Changes, Any]] = {}


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    key: int  # which column is the primary key

    @property
    def names(self) -> str:
        return ", ".join(connection.ops.quote_name(column) for column in self.columns)


@cache
def _all_tables() -> list[_Table]:
    """Every table that has a key; a full-text index follows its table by itself."""
    found = []
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name == "django_migrations" or "_fts" in name:
                continue
            columns = tuple(c.name for c in connection.introspection.get_table_description(cursor, name))
            keys = connection.introspection.get_primary_key_columns(cursor, name) or []
            if len(keys) == 1:
                found.append(_Table(name, columns, columns.index(keys[0])))
    return found


def _read() -> Tables:
    tables: Tables = {}
    with connection.cursor() as cursor:
        for table in _all_tables():
            key = connection.ops.quote_name(table.columns[table.key])
            cursor.execute(f"SELECT {table.names} FROM {connection.ops.quote_name(table.name)} ORDER BY {key}")
            tables[table.name] = {row[table.key]: tuple(map(_writable, row)) for row in cursor.fetchall()}
    return tables


def _writable(value: Any) -> Any:
    """SQLite's driver reads times of day and does not write them."""
    is_read_only = connection.vendor == "sqlite" and isinstance(value, dt.time)
    return value.isoformat() if is_read_only else value


def _counts() -> dict[str, int]:
    one = "SELECT '{0}', COUNT(*) FROM {1}"
    parts = [one.format(table.name, connection.ops.quote_name(table.name)) for table in _all_tables()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def _write(rows: Changes, before: Tables) -> None:
    """Delete, insert and update. Foreign keys are deferred: they hold when the transaction ends."""
    with connection.cursor() as cursor:
        for table in _all_tables():
            name, known = connection.ops.quote_name(table.name), before.get(table.name, {})
            where = f"WHERE {connection.ops.quote_name(table.columns[table.key])} = %s"
            values = ", ".join(["%s"] * len(table.columns))
            setting = ", ".join(f"{connection.ops.quote_name(column)} = %s" for column in table.columns)
            new = []
            for key, row in rows.get(table.name, {}).items():
                if row is None:
                    cursor.execute(f"DELETE FROM {name} {where}", [key])
                elif key in known:
                    cursor.execute(f"UPDATE {name} SET {setting} {where}", [*row, key])
                else:
                    new.append(row)
            if new:
                cursor.executemany(f"INSERT INTO {name} ({table.names}) VALUES ({values})", new)


def _differences(before: Tables, after: Tables) -> Changes:
    """By table and key: the row as it became, None where it was removed."""
    changes: Changes = {}
    for name, rows in after.items():
        changed: dict[Any, Row | None] = {key: None for key in before[name] if key not in rows}
        changed |= {key: row for key, row in rows.items() if before[name].get(key) != row}
        if changed:
            changes[name] = changed
    return changes


def _go_on_counting(tables: Iterable[str]) -> None:
    """Keys that the database gives out begin after those that were written."""
    if connection.vendor == "sqlite":
        return
    wanted = set(tables)
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in wanted]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def look_at_the_migrated_database() -> None:
    """Before the first test: what the migrations have written."""
    _migrated.update(_read())


def put_back_what_was_migrated() -> None:
    """After every table was emptied."""
    with transaction.atomic():
        _write({name: dict(rows) for name, rows in _migrated.items()}, {})
        _go_on_counting(_migrated)


def remembered[Kept](name: Hashable, make: Callable[[], Kept]) -> Kept:
    """What `make` gives, and in the database what it writes: by its own work the first time, and whenever the database
    isn't as migrated. `Kept` must be good for several tests: keys and plain values, no rows."""
    if _counts() != {table: len(rows) for table, rows in _migrated.items()}:
        return make()
    if name not in _written:
        kept = make()
        _written[name] = _differences(_migrated, _read()), kept
        return kept
    rows, kept = _written[name]
    with transaction.atomic():
        _write(rows, _migrated)
        _go_on_counting(rows)
    Site.clear_site_root_paths_cache()
    return kept
