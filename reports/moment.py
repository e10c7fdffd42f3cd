"""One moment of the database, and what an extract says about itself beside its facts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from courses.models.goal import Instrument


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction that only reads and sees one moment; on SQLite it keeps no writer waiting. Inside a transaction of
    the caller's, that one counts."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    before: Any = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = before  # type: ignore[attr-defined]


def declaration_on() -> str:
    """The day of the latest instrument that goals belong to."""
    instruments = Instrument.objects.filter(goals__isnull=False).order_by("-signed_on")
    signed = instruments.values_list("signed_on", flat=True).first()
    return signed.isoformat() if signed else ""


def software() -> str:
    """Name and version of the program that reads."""
    text = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    return f"{project['name']} {project['version']}"
