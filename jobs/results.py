"""Where the files that jobs make are kept: in the private folder, one folder for each job."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.http import HttpResponseBase

from people.private_files import hand_out

from .exceptions import ResultGone
from .models import Job


def new_result(job: Job, name: str) -> Path:
    """Where the runner writes its result; the job names it from now on. A file of an earlier run is overwritten."""
    path = folder_of(job.pk) / Path(name).name
    path.parent.mkdir(parents=True, exist_ok=True)
    job.result_file = f"{job.pk}/{path.name}"
    return path


def result_of(job: Job) -> HttpResponseBase:
    """The file that the job made, as a download for whom the gate let pass.

    Raises:
        ResultGone: there is none, or none any more.
    """
    try:
        return hand_out(f"jobs/{job.result_file}", name=Path(job.result_file).name)
    except FileNotFoundError:
        raise ResultGone from None


def folder_of(job_id: int) -> Path:
    """The folder in which the files of one job lie."""
    return _folder() / str(job_id)


def remove_result(job: Job) -> None:
    """Delete what the job made. Harmless when repeated."""
    shutil.rmtree(folder_of(job.pk), ignore_errors=True)


def _folder() -> Path:
    return Path(settings.PUENTE_PRIVATE_DIR) / "jobs"
