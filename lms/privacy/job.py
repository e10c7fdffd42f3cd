"""The job that makes the two files with a person's own data."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.exceptions import Canceled, Superseded
from jobs.models import Job
from jobs.reporter import Reporter
from jobs.results import new_result, remove_result
from people.exceptions import DomainError

from .document import as_json, read_held_data
from .pdf import draw

MY_DATA = "my_data"
FILES = {"json": "puente-my-data.json", "pdf": "puente-my-data.pdf"}
STAGES = {"read": _("Reading"), "draw": _("Drawing the document")}


class NobodyAsked(DomainError):
    code = "nobody_asked"
    message = _("These files are made only for a person who asks for the own data. Sign in and ask again.")


def make_files(job: Job, report: Reporter) -> None:
    """Both files in the job's folder; those that the person asked for earlier are removed, so that one set is kept.

    Should the person be erased meanwhile, the job finds its row gone and leaves no file behind.
    """
    person = job.requested_by
    if person is None or person.erased_at:
        raise NobodyAsked
    report.total(len(STAGES))
    report.stage("read")
    held = read_held_data(person)
    report.advance()
    report.stage("draw")
    contents = {"json": as_json(held), "pdf": draw(held)}
    try:
        for kind, name in FILES.items():
            _write(new_result(job, name), contents[kind])
        report.stage("draw")  # a sign of life: says whether the job is still wanted
        report.advance()
    except (Canceled, Superseded):
        if not Job.objects.unfinished().filter(pk=job.pk).exists():
            remove_result(job)
        raise
    job.result = {"address": reverse("privacy:my_data")}
    for earlier in Job.objects.filter(kind=MY_DATA, requested_by=person, pk__lt=job.pk).exclude(result_file=""):
        remove_result(earlier)
        Job.objects.filter(pk=earlier.pk).update(result_file="")


def _write(path: Path, data: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(data)
