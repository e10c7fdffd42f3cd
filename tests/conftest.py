"""What every test may ask for: a real worker, a browser; and what a newcomer's machine may lack."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from django.db import connection

from .processes import Worker

IS_CI = os.environ.get("PUENTE_CI") == "1"


def lacking(what: str) -> None:
    """Skip and say so; where everything must be there (PUENTE_CI=1), fail."""
    if IS_CI:
        pytest.fail(f"{what} is missing, and must be there when PUENTE_CI=1")
    pytest.skip(f"{what} is missing on this machine")


@pytest.fixture(scope="session")
def _worker_process() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.kill()


@pytest.fixture
def worker(transactional_db: None, django_db_serialized_rollback: None, _worker_process: Worker) -> Worker:
    """A real Celery worker on the test database. All tests share the process; it starts anew when one killed it."""
    _worker_process.start()
    return _worker_process


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for Playwright's `executable_path`."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    lacking("Chromium")
    return ""


@pytest.fixture
def postgresql(db: None) -> None:
    """Skip where the database is another one."""
    if connection.vendor != "postgresql":
        pytest.skip("races are tested on PostgreSQL (set DATABASE_URL)")
