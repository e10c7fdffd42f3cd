"""Jobs asked for, rung for, run, and brought back when their worker dies. Times are real ones, never simulated."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from people.exceptions import DomainError
from people.models import User

from .exceptions import Canceled, Superseded
from .models import Job
from .registry import kind_of

logger = logging.getLogger(__name__)

STALE_AFTER = dt.timedelta(seconds=60)
"""A running job without a sign of life for so long has lost its worker."""

WAITING_AFTER = dt.timedelta(seconds=20)
"""A waiting job that nobody took for so long was not heard: the bell is rung again."""

MAX_STARTS = 4
"""A job that was begun so often and never ended is given up: it probably kills its worker."""


def enqueue(*, kind: str, params: dict[str, Any] | None = None, by: User | None, key: str = "") -> Job:
    """Ask for a job; the bell rings when the caller's transaction commits.

    With a `key`, a job of that kind and key that still waits is returned instead of a second one (unique constraint).
    """
    kind_of(kind)
    participant_id = by.participant_id if by else None
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, params=params or {}, key=key, requested_by=by, participant_id=participant_id)
    except IntegrityError:
        job = Job.objects.get(kind=kind, key=key, state=Job.State.QUEUED)
    transaction.on_commit(lambda: ring(job.pk), robust=True)
    return job


def ring(job_id: int) -> None:
    """Tell a worker that a job waits. When no broker answers, the job waits in the table until the next sweep."""
    try:
        current_app.send_task("jobs.run_job", args=[job_id])
    except Exception as error:
        logger.warning("Nobody could be told of job %s: %s", job_id, error)


@dataclass(slots=True)
class Reporter:
    """What a runner says while it runs. Each call is a sign of life and notices a cancellation."""

    job: Job
    start: int

    def total(self, total: int) -> None:
        """How many pieces there are in all."""
        self._update(total=total, done=0)

    def advance(self, by: int = 1) -> None:
        """So many more pieces are done."""
        self._update(done=F("done") + by)

    def error(self, **error: Any) -> None:
        """Keep one error: `code`, and where it lies (`row`, `column`, `value` …)."""
        self.job.errors.append(error)
        self._update(errors=self.job.errors)

    def alive(self) -> None:
        """Only a sign of life."""
        self._update()

    def _update(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, starts=self.start)
        if not mine.update(heartbeat_at=timezone.now(), **values):
            state = Job.objects.values_list("state", flat=True).get(pk=self.job.pk)
            raise Canceled if state == Job.State.CANCELED else Superseded


def run(*, job_id: int) -> bool:
    """Run a waiting job, or one whose worker was lost. False when there is nothing to run: delivered twice, or finished."""
    job = _claim(job_id)
    if job is None:
        return False
    report = Reporter(job, job.starts)
    try:
        kind_of(job.kind).run(job, report)
    except (Canceled, Superseded):
        return True
    except DomainError as refusal:
        _end(report, Job.State.FAILED, [*job.errors, {"code": refusal.code, "values": {k: str(v) for k, v in refusal.values.items()}, "sentence": str(refusal)}])
    except Exception:
        logger.exception("Job %s failed", job.pk)
        _end(report, Job.State.FAILED, [*job.errors, {"code": "unexpected"}])
    else:
        _end(report, Job.State.DONE, job.errors)
    return True


def cancel(*, job: Job, by: User) -> bool:
    """Stop a job; what it kept so far stays. False when it had ended."""
    return bool(Job.objects.unfinished().filter(pk=job.pk).update(state=Job.State.CANCELED, finished_at=timezone.now()))


def sweep() -> int:
    """Ring again for jobs that nobody took and for those whose worker was lost; give up what was begun too often."""
    now = timezone.now()
    stale = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=now - STALE_AFTER)
    stale.filter(starts__gte=MAX_STARTS).update(state=Job.State.FAILED, finished_at=now, errors=[{"code": "given_up"}])
    waiting = Job.objects.filter(state=Job.State.QUEUED, heartbeat_at__lt=now - WAITING_AFTER)
    ids = [*stale.values_list("pk", flat=True), *waiting.values_list("pk", flat=True)]
    for job_id in ids:
        ring(job_id)
    return len(ids)


@transaction.atomic
def _claim(job_id: int) -> Job | None:
    """Take a job: one statement decides between two workers."""
    now = timezone.now()
    job = Job.objects.filter(pk=job_id).first()
    if job is None or job.is_finished or job.starts >= MAX_STARTS:
        return None
    if job.state == Job.State.RUNNING and job.heartbeat_at >= now - STALE_AFTER:
        return None
    mine = Job.objects.filter(pk=job_id, state=job.state, starts=job.starts, heartbeat_at=job.heartbeat_at)
    taken = mine.update(state=Job.State.RUNNING, starts=job.starts + 1, heartbeat_at=now, started_at=job.started_at or now)
    return Job.objects.get(pk=job_id) if taken else None


def _end(report: Reporter, state: Job.State, errors: list[dict[str, Any]]) -> None:
    mine = Job.objects.filter(pk=report.job.pk, state=Job.State.RUNNING, starts=report.start)
    mine.update(state=state, errors=errors, result=report.job.result, finished_at=timezone.now())
