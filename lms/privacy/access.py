"""The gate to files with a person's own data: for that person, and for nobody else, the operator included."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase

from jobs.models import Job
from people.models import User
from people.private_files import hand_out

from .job import FILES, MY_DATA


def my_jobs(person: User) -> QuerySet[Job]:
    """The person's own requests, the latest first."""
    return Job.objects.filter(kind=MY_DATA, requested_by=person.pk).order_by("-pk")


def my_file(person: User, pk: int, kind: str) -> HttpResponseBase:
    """The file of a finished request, as a download.

    Raises:
        Http404: somebody else's, not finished, gone, or of no such kind.
    """
    job = my_jobs(person).filter(pk=pk, state=Job.State.DONE).first()
    if job is None or kind not in FILES:
        raise Http404
    try:
        return hand_out(f"jobs/{job.pk}/{FILES[kind]}", name=FILES[kind])
    except FileNotFoundError:
        raise Http404 from None
