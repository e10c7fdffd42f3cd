"""What every test may ask for: a real worker, a browser; and what a newcomer's machine may lack."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker

from .migrated import test_database
from .processes import Worker
from .remembered import look_at_the_migrated_database, put_back_what_was_migrated

IS_CI = os.environ.get("PUENTE_CI") == "1"


@pytest.fixture(autouse=True)
def _english_before_each_test() -> Iterator[None]:
    """A request leaves its language in the thread; in a server the next request sets it anew."""
    with translation.override("en"):
        yield


def lacking(what: str) -> None:
    """Skip and say so; where everything must be there (PUENTE_CI=1), fail."""
    if IS_CI:
        pytest.fail(f"{what} is missing, and must be there when PUENTE_CI=1")
    pytest.skip(f"{what} is missing on this machine")


SEALED = (
    "people_auditentry",
    "courses_sourcereview",
    "courses_pairconfirmation",
    "curricula_enrollmentevent",
    "curricula_targetversion",
    "curricula_targetline",
    "curricula_attendancemark",
)


@contextmanager
def unsealed_record() -> Iterator[None]:
    """The record of who did what, and the histories, without their triggers, as the database's owner could do it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in SEALED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in SEALED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN {SEALED}")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def _the_database_is_as_migrated_between_tests() -> Iterator[None]:
    """Tests that commit are cleaned up by emptying every table, which the record's triggers refuse. The product has no
    way around them, so the tests take them off for that moment.

    What the migrations have written is put back at once: tests of either sort may follow in any order when processes
    share the work."""

    def empty_and_put_back(case: TransactionTestCase) -> None:
        for is_last in (False, False, True):
            with unsealed_record():
                call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
            try:
                put_back_what_was_migrated()
                return
            except IntegrityError:  # a process that the test killed has written its last word in between
                if is_last:
                    raise

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_put_back)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """In the place of pytest-django's own: the migrations are run once for all processes."""
    folder = request.config.cache.mkdir("migrated")  # type: ignore[union-attr]
    verbosity = request.config.option.verbose
    with (
        django_db_blocker.unblock(),
        test_database(folder, keep=django_db_keepdb, anew=django_db_createdb, verbosity=verbosity),
        django_db_blocker.block(),
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _what_stands_before_the_first_test(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        look_at_the_migrated_database()


@pytest.fixture(scope="session", autouse=True)
def _everybody_leaves(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """PostgreSQL drops no database in which a killed worker or a browser's server still has a session."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.fixture(scope="session")
def _worker_process() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.kill()


@pytest.fixture
def worker(transactional_db: None, _worker_process: Worker) -> Worker:
    """A real Celery worker on the test database. All tests share the process; it starts anew when one killed it."""
    _worker_process.start()
    return _worker_process


@pytest.fixture
def no_worker(_worker_process: Worker) -> None:
    """Nobody else does the work: a worker that earlier tests have started would send what waits."""
    _worker_process.kill()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for Playwright's `executable_path`; a busy machine gets time to show a page."""
    expect.set_options(timeout=30_000)
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    lacking("Chromium")
    return ""


@pytest.fixture
def own_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counters and used codes begin anew. Nothing is cleared: on Redis all processes of the tests share the cache."""
    prefix = secrets.token_hex(8)
    monkeypatch.setitem(caches.settings["default"], "KEY_PREFIX", prefix)  # of threads to come
    monkeypatch.setattr(caches["default"], "key_prefix", prefix)


@pytest.fixture
def postgresql(db: None) -> None:
    """Skip where the database is another one."""
    if connection.vendor != "postgresql":
        pytest.skip("races are tested on PostgreSQL (set DATABASE_URL)")
