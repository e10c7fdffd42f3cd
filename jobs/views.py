"""One's jobs: how far each is, what went wrong, where its result lies."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people import audit
from people.exceptions import DomainError
from people.idle import passive, passive_when
from people.models import User

from . import services
from .access import job_for, jobs_visible_to, result_for
from .messages import sentence
from .models import Job
from .registry import kind_of
from .results import result_of

SHOWN = 50
"""How many jobs the list shows, the latest first, and how many errors of a job its page lists."""


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The latest jobs of the person."""
    rows = [{"job": job, "title": _title(job)} for job in jobs_visible_to(request.user)[:SHOWN]]
    return render(request, "jobs/jobs.html", {"rows": rows})


@passive_when("again")
@login_required
@never_cache
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a job. It asks again by itself until the job is finished, with and without script."""
    return render(request, "jobs/job.html", _shown(job_for(request.user, pk)))


@passive
@login_required
@never_cache
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes; the header `Job-Finished` says that it changes no more."""
    shown = job_for(request.user, pk)
    response = render(request, "jobs/job.html#progress", _shown(shown))
    if shown.is_finished:
        response["Job-Finished"] = "yes"
    return response


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that the job made, for whoever asked for it and still may have it."""
    made = result_for(cast("User", request.user), pk)
    try:
        file = result_of(made)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs:job", pk)
    audit.record("jobs.result.downloaded", made, by=cast("User", request.user), data={"kind": made.kind})
    return file


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it."""
    if services.cancel(job=job_for(request.user, pk), by=cast("User", request.user)):
        messages.info(request, _("The job is canceled. What it had kept so far stays."))
    return redirect("jobs:job", pk)


def _title(job: Job) -> str:
    try:
        return str(kind_of(job.kind).title)
    except DomainError:
        return job.kind


def _shown(job: Job) -> dict[str, Any]:
    try:
        stage = kind_of(job.kind).stages.get(job.stage, "")
    except DomainError:
        stage = ""
    return {
        "job": job,
        "title": _title(job),
        "stage": stage,
        "errors": [{**error, "sentence": sentence(error)} for error in job.errors[:SHOWN]],
        "errors_left_off": max(0, len(job.errors) - SHOWN),
    }
