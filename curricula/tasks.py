"""What the worker is reminded of now and then."""

from __future__ import annotations

from celery import shared_task

from jobs.services import enqueue
from people import clock

from .services.life import LAPSING, overdue
from .services.session_reminders import REMINDERS, reminders_are_due


@shared_task(name="curricula.look_for_lapses")
def look_for_lapses() -> None:
    """Ask for the job that lets enrollments lapse, if any are due."""
    if overdue(clock.today()).exists():
        enqueue(kind=LAPSING, by=None, key=LAPSING)


@shared_task(name="curricula.look_for_sessions")
def look_for_sessions() -> None:
    """Ask for the job that reminds officers of their sessions, if anybody is to be reminded."""
    if reminders_are_due():
        enqueue(kind=REMINDERS, by=None, key=REMINDERS)
