"""Runners that leave traces in files, so that a test sees what happened in which process."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from django.conf import settings
from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.registry import job_kind
from jobs.reporter import Reporter
from jobs.results import new_result
from people.exceptions import DomainError
from people.roles import Right


class OutOfPaper(DomainError):
    code = "out_of_paper"
    message = _("There is no paper for %(sheets)s sheets.")


def traces(job: Job) -> list[str]:
    """What runs of the job wrote: `started <pid>` and `piece <number>`."""
    path = _file(job)
    return path.read_text().splitlines() if path.exists() else []


def _file(job: Job) -> Path:
    return Path(settings.PUENTE_VAR_DIR) / f"traces-{job.created_at.timestamp()}-{job.pk}"


def _trace(job: Job, line: str) -> None:
    with _file(job).open("a") as file:
        file.write(f"{line}\n")


@job_kind("count", title="Count", stages={"counting": "Counting"})
def count(job: Job, report: Reporter) -> None:
    """Counts `pieces`, `pause` seconds each; goes on where an earlier run stopped."""
    _trace(job, f"started {os.getpid()}")
    begin = job.checkpoint.get("next", 0)
    report.total(job.params["pieces"], done=begin)
    report.stage("counting")
    for number in range(begin, job.params["pieces"]):
        time.sleep(job.params.get("pause", 0))
        _trace(job, f"piece {number}")
        report.checkpoint({"next": number + 1})
        report.advance()
    job.result = {"counted": job.params["pieces"]}


@job_kind("sleep", title="Sleep")
def sleep(job: Job, report: Reporter) -> None:
    """One long step without a word."""
    _trace(job, f"started {os.getpid()}")
    time.sleep(job.params["seconds"])


@job_kind("poison", title="Poison")
def poison(job: Job, report: Reporter) -> None:
    """Kills its worker's process, each time."""
    _trace(job, f"started {os.getpid()}")
    os.kill(os.getpid(), signal.SIGKILL)


@job_kind("refuse", title="Refuse")
def refuse(job: Job, report: Reporter) -> None:
    """A rule says no, after two rows had errors."""
    report.error(code="bad_row", row=3, column="email", value="x", sentence="Row 3 is wrong.")
    raise OutOfPaper(sheets=1500)


@job_kind("break", title="Break")
def break_down(job: Job, report: Reporter) -> None:
    """A fault in the program."""
    raise RuntimeError("a secret of the program")


@job_kind("lose the database", title="Lose the database")
def lose_the_database(job: Job, report: Reporter) -> None:
    """The database goes away the first time."""
    if job.starts == 1:
        raise OperationalError("gone")


@job_kind("print", title="Print", right=Right.EXPORT_NAMED)
def print_file(job: Job, report: Reporter) -> None:
    """Makes a file."""
    new_result(job, "names.csv").write_text("Núñez\n")
