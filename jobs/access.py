"""Who sees a job: whoever asked for it; nobody else."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from people.models import User

from .models import Job


def job_for(user: User | AnonymousUser, pk: int) -> Job:
    """The job, or 404."""
    job = Job.objects.filter(pk=pk).first()
    if job is None or not user.is_authenticated or (job.requested_by_id != user.pk and not user.is_superuser):
        raise Http404
    return job
