"""A roster applied by a real worker, which is killed in the middle: all or nothing, and the next one goes on."""

from __future__ import annotations

import pytest
from django.db import connection

from curricula.models import Enrollment, RosterImport
from curricula.roster_files import keep
from curricula.services.roster_plans import plan_roster
from curricula.services.rosters import APPLYING
from jobs.models import Job
from jobs.services import enqueue
from people.models import AuditEntry, User
from people.roles import Role
from tests.processes import Worker, wait_until
from tests.school import School, build

from .test_rosters import HEADING

pytestmark = pytest.mark.worker
ROWS = 3000


@pytest.fixture
def school(transactional_db: None) -> School:
    return build()


def asked(school: School) -> Job:
    manager = school.person("SHCP", Role.MANAGER)
    rows = [f"B-{n},Eva,Paz,,eva{n}@aduanas.example,AGA,Puerto {n % 9},,es" for n in range(ROWS)]
    data = "\n".join((HEADING, *rows)).encode()
    plan = plan_roster(cohort=school.cohort, data=data, by=manager)
    params = {
        "cohort": school.cohort.pk, "sha256": keep(data, manager.participant_id), "file_name": "a.csv", "rows": ROWS,
        "seen": plan.fingerprint, "good_rows_only": False, "withdrawal_reason": "",
    }  # fmt: skip
    return enqueue(kind=APPLYING, params=params, by=manager)


def arrived() -> tuple[int, int, int, int]:
    return (
        User.objects.filter(email__startswith="eva").count(),
        Enrollment.objects.count(),
        RosterImport.objects.count(),
        AuditEntry.objects.filter(action="curricula.enrollment.opened").count(),
    )


def is_writing() -> bool:
    """Whether somebody holds a transaction in which rows are written that nobody else sees yet."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE relation = 'people_user'::regclass "
                           "AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid())")  # fmt: skip
            return bool(cursor.fetchone()[0])
    with connection.cursor() as cursor:  # another process holds the only pen of SQLite
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
            return False
        except Exception:  # noqa: BLE001 (each driver has its own for “locked”)
            return True
        finally:
            cursor.execute("PRAGMA busy_timeout=20000")


def test_a_roster_arrives_once_though_its_worker_is_killed(worker: Worker, school: School) -> None:
    before = arrived()
    job = asked(school)
    wait_until(lambda: Job.objects.filter(pk=job.pk, stage="apply").exists(), what="the job to begin")
    wait_until(is_writing, what="the transaction")
    worker.kill()
    assert arrived() == before, "nothing of half a roster is there"
    assert Job.objects.get(pk=job.pk).state == Job.State.RUNNING
    worker.start()
    worker.finish(job)
    assert (job.state, job.done, job.total, job.starts) == (Job.State.DONE, ROWS, ROWS, 2)
    assert arrived() == (ROWS, ROWS, 1, ROWS)
