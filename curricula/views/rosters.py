"""Importing a roster: look at what it would change, then apply exactly that."""

from __future__ import annotations

import hashlib
import os
import re
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import right_required
from people.exceptions import DomainError
from people.limits import limited
from people.models import User
from people.roles import Right

from ..access import cohort_for
from ..forms import RosterForm
from ..roster_files import path_of
from ..roster_messages import sentence
from ..services.rosters import apply_roster, plan_roster


@right_required(Right.MANAGE_COHORTS)
@limited("curricula.roster")
def roster_upload(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a roster; see every difference and every error before anything is written."""
    cohort = cohort_for(request.user, code)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "curricula/roster_form.html", {"cohort": cohort, "form": form})
    upload = form.cleaned_data["file"]
    data = upload.read()
    plan = plan_roster(cohort=cohort, data=data, by=cast("User", request.user))
    sha256 = _keep(data, cast("User", request.user))
    context = {
        "cohort": cohort,
        "plan": plan,
        "file_name": upload.name,
        "sha256": sha256,
        "errors": [
            {"row": e.row, "column": e.column, "value": e.value, "code": e.code, "sentence": sentence(e)}
            for e in plan.errors
        ],
        "new": plan.new[:50],
        "changed": [{"email": email, "differences": found} for email, found in list(plan.changed.items())[:50]],
    }
    return render(request, "curricula/roster_dry_run.html", context)


@right_required(Right.MANAGE_COHORTS)
@require_POST
def roster_apply(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """Apply the very bytes that were shown."""
    cohort = cohort_for(request.user, code)
    person = cast("User", request.user)
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not path_of(sha256, person.participant_id).exists():
        raise Http404
    name = request.POST.get("file_name", "roster.csv")
    try:
        applied = apply_roster(
            cohort=cohort,
            data=path_of(sha256, person.participant_id).read_bytes(),
            file_name=name,
            by=person,
            good_rows_only=request.POST.get("good_rows_only") == "yes",
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("curricula:roster_upload", code)
    messages.success(
        request,
        _("The roster is applied: %(enrolled)s enrolled, %(added)s new people, %(changed)s changed.")
        % {"enrolled": applied.enrolled, "added": applied.people_added, "changed": applied.people_changed},
    )
    return redirect("curricula:board", code)


def _keep(data: bytes, person: User) -> str:
    """Keep the file under its hash, so that what is applied is what was shown."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256, person.participant_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)
    return sha256
