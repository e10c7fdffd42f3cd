"""The migrations run once, on one database; every process of the tests begins with a copy of it.

The copy stays for the next run while the code is the same: on SQLite a file in pytest's cache, on PostgreSQL a database
that others are created from.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

ROOT = Path(__file__).resolve().parent.parent


def _code() -> str:
    """SHA-256 of all that the migrations and what follows them read."""
    apps = {app.split(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.split(".")[0]).is_dir()}
    files = [ROOT / "requirements-test.lock", *(file for app in sorted(apps) for file in (ROOT / app).rglob("*.py"))]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def creation() -> Any:
    """Django's maker of test databases; what it offers for copies, its own runner of tests alone uses."""
    return connection.creation


class Migrated:
    """The database that is copied."""

    def __init__(self, folder: Path) -> None:
        self.code = _code()
        self.folder = folder
        self.file = folder / f"{self.code[:16]}.sqlite3"
        self.name = f"test_{connection.settings_dict['NAME']}_migrated"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time looks for it and makes it."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def is_there(self) -> bool:
        if connection.vendor == "sqlite":
            return self.file.exists()
        with creation()._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [self.name]
            )
            return bool(cursor.fetchone() == (self.code,))

    def keep(self) -> None:
        """Make it from the test database, which the migrations have just been run on."""
        test_name = str(connection.settings_dict["NAME"])
        connection.close()
        if connection.vendor == "sqlite":
            for old in self.folder.glob("*.sqlite3"):
                old.unlink()
            shutil.copyfile(test_name, self.file)
            return
        quoted = connection.ops.quote_name(self.name)
        with creation()._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
            cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE {connection.ops.quote_name(test_name)}")
            cursor.execute(f"COMMENT ON DATABASE {quoted} IS '{self.code}'")

    def copy(self) -> None:
        """Make the test database of this process from it, and go on with that one."""
        test_name = creation()._get_test_db_name()
        connection.close()
        if connection.vendor == "sqlite":
            shutil.copyfile(self.file, test_name)
        else:
            quoted = connection.ops.quote_name(test_name)
            with creation()._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
                cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE {connection.ops.quote_name(self.name)}")
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = test_name


@contextmanager
def test_database(folder: Path, *, keep: bool, anew: bool, verbosity: int) -> Iterator[None]:
    """The test database: an existing one where it is to be kept, otherwise a new one, dropped afterwards."""
    own_name = str(connection.settings_dict["NAME"])
    migrated = Migrated(folder)
    if keep and not anew:
        setup_databases(verbosity=verbosity, interactive=False, keepdb=True)
    else:
        with migrated.locked():
            if migrated.is_there():
                migrated.copy()
            else:
                setup_databases(verbosity=verbosity, interactive=False)
                migrated.keep()
    yield
    if not keep:
        creation().destroy_test_db(own_name, verbosity=verbosity)
