"""What the worker is reminded of."""

from __future__ import annotations

from celery import shared_task

from .services.exporting import ask_for_due_exports


@shared_task(name="reports.ask_for_due_exports")
def ask_for_due() -> None:
    """Ask for the jobs of exports that are repeated."""
    ask_for_due_exports()
