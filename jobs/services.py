"""Jobs asked for, rung for, run, and brought back when their worker dies.

Times are real ones, never simulated, and stay in order even when the machine's clock is set back in between.
"""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import nullcontext
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone, translation

from people import audit
from people.exceptions import DomainError
from people.models import User

from .exceptions import Canceled, GivenUp, Superseded, Unexpected
from .models import Job
from .registry import kind_of
from .reporter import Heart, Reporter

__all__ = ["MAX_STARTS", "Reporter", "cancel", "enqueue", "release", "ring", "run", "sweep"]

logger = logging.getLogger(__name__)

WAITING_AFTER = dt.timedelta(seconds=60)
"""A waiting job that nobody took for so long was perhaps not heard: the bell is rung again."""

MAX_STARTS = 4
"""A job that was begun so often and never ended is given up: it probably kills its worker."""

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def enqueue(*, kind: str, params: dict[str, Any] | None = None, by: User | None, key: str = "") -> Job:
    """Ask for a job; the bell rings when the caller's transaction commits. What a person asks for is recorded; what the
    system asks for, and how a job goes on, stands in its row alone.

    With a `key`, a job of that kind and key that still waits is returned instead of a second one (unique constraint).
    One that runs already does not count: it may have passed what this one is asked for, so another waits behind it.

    Raises:
        UnknownKind: no app registers that kind.
    """
    kind_of(kind)
    waiting = Job.objects.filter(kind=kind, key=key, state=Job.State.QUEUED)
    while True:
        if key and (job := waiting.first()):
            return job
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    kind=kind,
                    params=params or {},
                    key=key,
                    requested_by=by,
                    participant_id=by.participant_id if by else None,
                )
                if by is not None:
                    audit.record("jobs.job.requested", job, by=by, data={"kind": kind})
        except IntegrityError:
            if not key:
                raise
            continue  # somebody else was faster
        transaction.on_commit(partial(ring, job.pk), robust=True)
        return job


def ring(job_id: int) -> None:
    """Tell a worker that a job waits. When no broker answers, the job waits in the table until the next sweep."""
    try:
        current_app.send_task("jobs.run_job", args=[job_id])
    except Exception as fault:  # noqa: BLE001 (each broker has its own; the job is safe in the table)
        logger.warning("Nobody could be told of job %s: %s", job_id, fault)


def run(*, job_id: int, with_heart: bool = False) -> bool:
    """Run a waiting job, or one whose worker was lost. False when nothing is to run: delivered twice, or finished.

    `with_heart` gives signs of life from a thread while the runner is busy; workers want it. The runner speaks the
    language of whoever asked.
    """
    if not _claim(job_id):
        return False
    job = Job.objects.select_related("requested_by").get(pk=job_id)
    report = Reporter(job, job.starts)
    try:
        with Heart(job) if with_heart else nullcontext(), translation.override(_language(job)):
            kind_of(job.kind).run(job, report)
    except (Canceled, Superseded):
        return True
    except DomainError as refusal:
        _end(report, Job.State.FAILED, _as_error(refusal))
    except (OperationalError, InterfaceError):
        logger.exception("Job %s lost its database and will be tried again", job.pk)
        _mine(report).update(heartbeat_at=LONG_AGO)
    except Exception:
        logger.exception("Job %s failed", job.pk)
        _end(report, Job.State.FAILED, _as_error(Unexpected(job=job.pk)))
    else:
        _end(report, Job.State.DONE)
    return True


@transaction.atomic
def cancel(*, job: Job, by: User) -> bool:
    """Stop a job; what it kept so far stays. False when it had ended (one conditional statement decides)."""
    mine = Job.objects.unfinished().filter(pk=job.pk)
    if not mine.update(state=Job.State.CANCELED, finished_at=timezone.now()):
        return False
    audit.record(
        "jobs.job.canceled",
        job,
        by=by,
        data={"kind": job.kind},
        before={"state": job.state},
        after={"state": Job.State.CANCELED},
    )
    return True


def sweep() -> int:
    """Ring again for jobs that nobody took and for those whose worker was lost; give up what was begun too often.

    How many were rung for. Two sweeps at once ring twice, which does no harm.
    """
    now = timezone.now()
    given_up = {"state": Job.State.FAILED, "finished_at": now, "errors": [_as_error(GivenUp(starts=MAX_STARTS))]}
    Job.objects.stale(now).filter(starts__gte=MAX_STARTS).update(**given_up)
    waiting = Job.objects.filter(state=Job.State.QUEUED, heartbeat_at__lt=now - WAITING_AFTER)
    unheard = list(waiting.values_list("pk", flat=True))
    waiting.filter(pk__in=unheard).update(heartbeat_at=now)
    lost = list(Job.objects.stale(now).values_list("pk", flat=True))
    for job_id in (*unheard, *lost):
        ring(job_id)
    return len(unheard) + len(lost)


def release(*, is_orderly: bool) -> int:
    """Free all running jobs for the next worker. Only for whoever knows that no worker runs: the embedded installation.

    After an orderly stop the starts are counted anew: a person who stops and starts Puente does not poison a job.
    """
    running = Job.objects.filter(state=Job.State.RUNNING)
    ids = list(running.values_list("pk", flat=True))
    anew: dict[str, Any] = {"starts": 0} if is_orderly else {}
    running.filter(pk__in=ids).update(heartbeat_at=LONG_AGO, **anew)
    for job_id in ids:
        ring(job_id)
    return len(ids)


def _claim(job_id: int) -> bool:
    """Take a job: one statement decides between two workers, and between a lost run and its next."""
    now = timezone.now()
    stale_before = now - dt.timedelta(seconds=settings.PUENTE_JOB_STALE_SECONDS)
    is_free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, heartbeat_at__lt=stale_before)
    free = Job.objects.filter(is_free, pk=job_id, starts__lt=MAX_STARTS)
    started_at = Coalesce("started_at", Greatest("created_at", Value(now)))
    values = {"state": Job.State.RUNNING, "heartbeat_at": now, "started_at": started_at}
    return bool(free.update(starts=F("starts") + 1, **values))


def _mine(report: Reporter) -> Any:
    return Job.objects.filter(pk=report.job.pk, state=Job.State.RUNNING, starts=report.start)


def _end(report: Reporter, state: Job.State, error: dict[str, Any] | None = None) -> None:
    values = report.unwritten()
    if error:
        values["errors"] = [*values["errors"], error]
    job = report.job
    finished_at = Greatest("started_at", Value(timezone.now()))
    _mine(report).update(state=state, result=job.result, result_file=job.result_file, finished_at=finished_at, **values)


def _as_error(refusal: DomainError) -> dict[str, Any]:
    values = {name: str(value) for name, value in refusal.values.items()}
    return {"code": refusal.code, "values": values, "sentence": str(refusal)}


def _language(job: Job) -> str:
    return job.requested_by.preferred_language if job.requested_by else settings.LANGUAGE_CODE
