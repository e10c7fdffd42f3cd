"""What the worker is reminded of now and then."""

from __future__ import annotations

from celery import shared_task

from .services.overdue import hand_in_overdue


@shared_task(name="courses.hand_in_overdue")
def hand_in_overdue_attempts() -> None:
    """Hand in attempts whose time is over."""
    hand_in_overdue()
