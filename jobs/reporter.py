"""What a runner says while it runs, and the heart that beats beside it."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from .exceptions import Canceled, Superseded
from .models import Job

logger = logging.getLogger(__name__)

WRITES_EVERY_SECONDS = 0.25
"""Progress is written at most so often; what came between is written with the next word, or at the end."""


@dataclass(slots=True)
class Reporter:
    """Each word is a sign of life and notices, within a quarter of a second, that the job was canceled or taken over.

    Raises (every method):
        Canceled: somebody canceled the job; the runner need not catch it.
        Superseded: another worker holds the job now.
    """

    job: Job
    start: int
    _unwritten: int = 0
    _written_at: float = field(default=float("-inf"))

    def total(self, total: int, *, done: int = 0) -> None:
        """How many pieces there are in all, and how many of them an earlier run has done."""
        self._unwritten, self.job.done, self.job.total = 0, done, total
        self._write(total=total, done=done)

    def advance(self, by: int = 1) -> None:
        """So many more pieces are done."""
        self._unwritten += by
        self._write_now_and_then()

    def stage(self, name: str) -> None:
        """What is being done now: the code of a stage that the kind names."""
        self._write(stage=name)

    def error(self, **error: Any) -> None:
        """Keep one error: `code`, and where it lies (`row`, `column`, `value` …)."""
        self.job.errors.append(error)
        self._write_now_and_then()

    def checkpoint(self, checkpoint: dict[str, Any]) -> None:
        """Keep, at once, where another run would go on; it finds it in `job.checkpoint`."""
        self.job.checkpoint = checkpoint
        self._write(checkpoint=checkpoint)

    def alive(self) -> None:
        """Only a sign of life."""
        self._write_now_and_then()

    def unwritten(self) -> dict[str, Any]:
        """The fields that the last words of a run have changed."""
        return {"done": self.job.done + self._unwritten, "errors": self.job.errors}

    def _write_now_and_then(self) -> None:
        if time.monotonic() - self._written_at >= WRITES_EVERY_SECONDS:
            self._write()

    def _write(self, **values: Any) -> None:
        values = {**self.unwritten(), **values}
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, starts=self.start)
        if not mine.update(heartbeat_at=timezone.now(), **values):
            state = Job.objects.filter(pk=self.job.pk).values_list("state", flat=True).first()
            raise Canceled if state == Job.State.CANCELED else Superseded
        self.job.done, self._unwritten, self._written_at = values["done"], 0, time.monotonic()


class Heart(threading.Thread):
    """Gives signs of life while a runner is busy with one long step. It stops with the process, however that ends."""

    def __init__(self, job: Job) -> None:
        super().__init__(name=f"heart of job {job.pk}", daemon=True)
        self.job_id, self.start_number = job.pk, job.starts
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join(timeout=1)

    def run(self) -> None:
        mine = Job.objects.filter(pk=self.job_id, state=Job.State.RUNNING, starts=self.start_number)
        try:
            while not self._over.wait(settings.PUENTE_JOB_STALE_SECONDS / 6):
                try:
                    if not mine.update(heartbeat_at=timezone.now()):
                        return
                except DatabaseError as fault:
                    logger.warning("A heartbeat of job %s was not kept: %s", self.job_id, fault)
                    connection.close()
        finally:
            connection.close()
