"""Who sees a job: whoever asked for it; its result only as long as the right to it lasts."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from people.access import require
from people.models import User

from .models import Job
from .registry import kind_of


def jobs_visible_to(user: User | AnonymousUser) -> QuerySet[Job]:
    """One's own jobs, asked for under the present Participant; those of the system too for the operator."""
    if not user.is_authenticated:
        return Job.objects.none()
    own = Job.objects.filter(requested_by=user.pk, participant=user.participant_id)
    return own | Job.objects.filter(requested_by=None) if user.is_superuser else own


def job_for(user: User | AnonymousUser, pk: int) -> Job:
    """The job.

    Raises:
        Http404: it does not exist, or is somebody else's: a stranger does not learn which.
    """
    job = jobs_visible_to(user).filter(pk=pk).first()
    if job is None:
        raise Http404
    return job


def result_for(user: User, pk: int) -> Job:
    """The finished job whose result the person may take away.

    Raises:
        Http404: not the person's, not done, or without a file.
        PermissionDenied: the right to results of this kind was lost since.
    """
    job = job_for(user, pk)
    if job.state != Job.State.DONE or not job.result_file:
        raise Http404
    right = kind_of(job.kind).right
    if right:
        require(user, right)
    return job
