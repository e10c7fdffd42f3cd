"""A real Celery worker on the test database, as the installation starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection

from jobs.models import Job

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 240


def wait_until(is_so: Callable[[], bool], *, what: str, seconds: float = PATIENCE_SECONDS, pause: float = 0.05) -> None:
    """Look again until it is so; fail, saying `what` was waited for, when patience ends. `pause` is in seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} seconds for {what}")
        time.sleep(pause)


def environment() -> dict[str, str]:
    """The environment of a process that works on the test database."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "PUENTE_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "default",
    }


class Worker:
    """`celery worker` with two pool processes and beat. Start it, ask for jobs, wait for them; kill it as you like."""

    def __init__(self) -> None:
        self.log = Path(settings.PUENTE_VAR_DIR) / "worker.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it when it does not run; returns when it hears the bell."""
        if self.process and self.process.poll() is None:
            return
        command = [sys.executable, "-m", "celery", "-A", "lms", "worker", "--beat", "--concurrency", "2"]
        command += ["--loglevel", "info", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        self.log.unlink(missing_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment(), stdout=log, stderr=log, start_new_session=True
            )
        wait_until(lambda: b" ready." in self.log.read_bytes() or self._ended(), what="the worker to be ready")
        if self._ended():
            raise AssertionError(f"the worker did not start:\n{self.log.read_text()[-3000:]}")

    def finish(self, job: Job, *, seconds: float = PATIENCE_SECONDS) -> Job:
        """Wait until the job is over, however it ends."""

        def is_over() -> bool:
            job.refresh_from_db()
            return job.is_finished

        try:
            wait_until(is_over, what=f"the end of {job} ({job.state})", seconds=seconds)
        except AssertionError as impatience:
            raise AssertionError(f"{impatience}\n{self.log.read_text()[-3000:]}") from None
        return job

    def pool(self) -> list[int]:
        """The process ids of everything below the worker's main process: beat and the pool."""
        assert self.process
        return [child.pid for child in psutil.Process(self.process.pid).children(recursive=True)]

    def kill(self) -> None:
        """`kill -9` on the whole worker, as a machine that goes down would do it."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end, as an operator would; its exit status."""
        assert self.process
        self.process.terminate()
        try:
            return self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def _ended(self) -> bool:
        return self.process is None or self.process.poll() is not None
