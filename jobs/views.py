"""A job's progress."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.models import User

from . import services
from .access import job_for
from .messages import sentence
from .registry import kind_of


@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, what went wrong, where the result lies. The page asks again by itself until it is finished."""
    shown = job_for(request.user, pk)
    context = {"job": shown, "title": kind_of(shown.kind).title, "errors": [sentence(error) for error in shown.errors]}
    response = render(request, "jobs/job.html", context)
    if not shown.is_finished:
        response["Refresh"] = "2"
    return response


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it."""
    if services.cancel(job=job_for(request.user, pk), by=cast("User", request.user)):
        messages.info(request, _("The job is canceled. What it had kept so far stays."))
    return redirect("jobs:job", pk)
