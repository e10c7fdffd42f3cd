"""What the worker hears: ids only, safe to hear twice."""

from __future__ import annotations

from celery import shared_task

from . import services


@shared_task(name="jobs.run_job")  # type: ignore[untyped-decorator]
def run_job(job_id: int) -> None:
    """Run one job of the table."""
    services.run(job_id=job_id)


@shared_task(name="jobs.sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Ring again for what was lost."""
    services.sweep()
