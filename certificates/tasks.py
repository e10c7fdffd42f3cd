"""What the worker is reminded of now and then."""

from __future__ import annotations

from celery import shared_task

from jobs.services import enqueue

from .services.notices import NOTICES, notices_are_due


@shared_task(name="certificates.look_for_ends")
def look_for_ends() -> None:
    """Ask for the job that tells holders, if anybody is to be told."""
    if notices_are_due():
        enqueue(kind=NOTICES, by=None, key=NOTICES)
