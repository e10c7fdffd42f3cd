"""What the worker is reminded of now and then."""

from __future__ import annotations

from celery import shared_task

from jobs.services import enqueue
from people import clock

from .services.life import LAPSING, overdue
from .services.reminders import REMINDERS, reminders_are_due
from .services.session_reminders import SESSION_REMINDERS, session_reminders_are_due


@shared_task(name="curricula.look_for_lapses")
def look_for_lapses() -> None:
    """Ask for the job that lets enrollments lapse, if any are due."""
    if overdue(clock.today()).exists():
        enqueue(kind=LAPSING, by=None, key=LAPSING)


@shared_task(name="curricula.look_for_sessions")
def look_for_sessions() -> None:
    """Ask for the job that reminds officers of their sessions, if anybody is to be reminded."""
    if session_reminders_are_due():
        enqueue(kind=SESSION_REMINDERS, by=None, key=SESSION_REMINDERS)


@shared_task(name="curricula.look_for_reminders")
def look_for_reminders() -> None:
    """Ask for the job that reminds officers, if anything is to be written."""
    if reminders_are_due():
        enqueue(kind=REMINDERS, by=None, key=REMINDERS)
