"""Runs the benchmark in a process of its own, on an empty folder and a database that nobody else has."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

FOLDER = "PUENTE_BENCH_FOLDER"
"""Set in the environment of the inner process; it must name the folder that the settings use."""

DATABASE = "puente_bench"
_FOREIGN = (
    "PUENTE_", "REDIS_URL", "CELERY_", "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY", "DATABASE_URL", "LOG_LEVEL", "EMAIL_URL",
)  # fmt: skip
"""What the operator may have set for the installation and what must not reach the benchmark."""


def is_inside() -> bool:
    """Whether this is the inner process."""
    return bool(os.environ.get(FOLDER))


def run_inside(arguments: list[str]) -> int:
    """Run the same command in an empty folder; its exit status. Nothing of it is left afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-", ignore_cleanup_errors=True) as folder,
        _own_database() as url,
    ):
        environ = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        environ |= {"DJANGO_SETTINGS_MODULE": "lms.settings.dev", "PUENTE_VAR_DIR": folder, FOLDER: folder} | url
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "bench", *arguments]
        return subprocess.run(command, env=environ, check=False).returncode  # noqa: S603 (our own command)


def require_isolation() -> None:
    """Refuse to measure anything but the throw-away installation. Asks the settings only, not the database."""
    folder = Path(os.environ.get(FOLDER, ""))
    name = str(connection.settings_dict["NAME"])
    is_own = Path(name).parent == folder if connection.vendor == "sqlite" else name == DATABASE
    if not folder.is_absolute() or folder != Path(settings.PUENTE_VAR_DIR) or not is_own:
        raise CommandError(_("The benchmark runs only in a folder and a database of its own."))


@contextmanager
def _own_database() -> Iterator[dict[str, str]]:
    """The variable that names the benchmark's database on the operator's PostgreSQL; none of it with SQLite."""
    url = os.environ.get("DATABASE_URL", "").strip()
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgres"):
        yield {}
        return
    if parts.path.strip("/") == DATABASE:
        raise CommandError(_("DATABASE_URL names the benchmark's own database, which is dropped. Name another one."))
    clean = urlunsplit(parts._replace(scheme="postgresql"))
    name = sql.Identifier(DATABASE)
    with psycopg.connect(clean, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
    try:
        yield {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{DATABASE}"))}
    finally:
        with psycopg.connect(clean, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
