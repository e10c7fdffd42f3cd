"""Inviting the officers of a cohort who cannot sign in yet."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jobs.services import enqueue
from people.access import right_required
from people.models import User
from people.roles import Right

from ..access import cohort_for
from ..services.invitations import INVITING


@right_required(Right.INVITE)
@require_POST
def invite_officers(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the job that writes the letters; pressing twice asks once."""
    cohort = cohort_for(request.user, code)
    by = cast("User", request.user)
    job = enqueue(kind=INVITING, params={"cohort": cohort.pk}, by=by, key=f"{cohort.pk}-{by.pk}")
    return redirect("jobs:job", job.pk)
