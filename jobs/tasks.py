"""What the worker hears: ids only, safe to hear twice."""

from __future__ import annotations

from celery import shared_task

from . import outbox, services


@shared_task(name="jobs.run_job")
def run_job(job_id: int) -> None:
    """Run one job of the table."""
    services.run(job_id=job_id, with_heart=True)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Ring again for what was lost."""
    services.sweep()


@shared_task(name="jobs.ring_for_due_letters")
def ring_for_due_letters() -> None:
    """Letters whose pause is over are tried again."""
    outbox.ring_for_due_letters()
