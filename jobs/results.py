"""Where the files that jobs make are kept: in the private folder, one folder for each job."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from .exceptions import ResultGone
from .models import Job


def new_result(job: Job, name: str) -> Path:
    """Where the runner writes its result; the job names it from now on. A file of an earlier run is overwritten."""
    path = _folder() / str(job.pk) / Path(name).name
    path.parent.mkdir(parents=True, exist_ok=True)
    job.result_file = f"{job.pk}/{path.name}"
    return path


def result_of(job: Job) -> Path:
    """The file that the job made.

    Raises:
        ResultGone: there is none, or none any more.
    """
    path = _folder() / job.result_file
    if not job.result_file or not path.is_file():
        raise ResultGone
    return path


def _folder() -> Path:
    return Path(settings.PUENTE_PRIVATE_DIR) / "jobs"
