"""What the worker is reminded of now and then."""

from __future__ import annotations

from celery import shared_task

from jobs.services import enqueue

from .services.reminders import REMINDERS, reminders_are_due


@shared_task(name="curricula.look_for_reminders")
def look_for_reminders() -> None:
    """Ask for the job that reminds officers, if anything is to be written."""
    if reminders_are_due():
        enqueue(kind=REMINDERS, by=None, key=REMINDERS)
