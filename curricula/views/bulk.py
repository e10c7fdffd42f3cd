"""Something is done to many officers: chosen on the list, looked at before, then done by a job."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jobs.services import enqueue
from people.access import may, require, right_required
from people.models import User
from people.roles import Right

from ..access import cohort_for, enrollments_visible_to
from ..bulk import BULK, BulkAction, BulkForm, bulk_action_of
from ..models import Cohort, Enrollment
from ..officers_sought import officers_sought
from ..services.bulk import record_bulk_action

SHOWN = 50


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_POST
def bulk(request: HttpRequest, code: str) -> HttpResponse:
    """`step` is nothing (asks what the action must know), `preview` (shows what it would do) or `apply` (asks for the
    job). The officers are those that were ticked, or all that the list's filter finds; from then on, their keys."""
    cohort = cohort_for(request.user, code)
    action = bulk_action_of(request.POST.get("action", ""))
    chosen = _chosen(request, cohort)
    if action is None or not may(request.user, action.right):
        messages.error(request, _("Choose what is to be done."))
        return redirect("curricula:officers", code)
    if not chosen:
        messages.error(request, _("Tick at least one officer, or choose all that the list finds."))
        return redirect("curricula:officers", code)
    step = request.POST.get("step", "")
    by = cast("User", request.user)
    form = action.form(request.POST if step else None, user=by, cohort=cohort)
    if step == "apply" and form.is_valid():
        return _apply(request, action, cohort, form, [one.pk for one in chosen])
    context = {
        "cohort": cohort,
        "action": action,
        "form": form,
        "ids": ",".join(str(one.pk) for one in chosen),
        "count": len(chosen),
        "preview": _preview(action, form, chosen) if step == "preview" and form.is_valid() else None,
    }
    return render(request, "curricula/bulk.html", context)


def _chosen(request: HttpRequest, cohort: Cohort) -> list[Enrollment]:
    """The enrollments within reach, in the order of names. One query."""
    rows = enrollments_visible_to(request.user, cohort)
    if request.POST.get("which") == "found":
        rows = officers_sought(rows, state=request.POST.get("state", ""), words=request.POST.get("q", ""))
    else:
        ids = [part for text in request.POST.getlist("ids") for part in text.split(",") if part.isdecimal()]
        wanted = {int(part) for part in ids if len(part) < 10}
        if len(wanted) <= SHOWN:
            rows = rows.filter(pk__in=wanted)
        else:
            rows = rows.filter(pk__gte=min(wanted), pk__lte=max(wanted))
        return [one for one in _ordered(rows) if one.pk in wanted]
    return list(_ordered(rows))


def _ordered(rows: Any) -> Any:
    return rows.select_related("person", "cohort").order_by(
        "person__surname_1", "person__surname_2", "person__given_names", "pk"
    )


def _preview(action: BulkAction, form: BulkForm, chosen: list[Enrollment]) -> dict[str, Any]:
    obstacles = action.obstacles(chosen, form.given())
    refused = [(one, obstacles[one.pk]) for one in chosen if one.pk in obstacles]
    able = [one for one in chosen if one.pk not in obstacles]
    return {
        "able": len(able),
        "able_shown": able[:SHOWN],
        "refused": len(refused),
        "refused_shown": refused[:SHOWN],
        "fields": [(field.label, field.value()) for field in form.visible_fields()],
    }


def _apply(request: HttpRequest, action: BulkAction, cohort: Cohort, form: BulkForm, ids: list[int]) -> HttpResponse:
    by = cast("User", request.user)
    require(by, action.right)
    params = {"action": action.name, "cohort": cohort.pk, "enrollments": ids, "given": form.given()}
    record_bulk_action(action=action, cohort=cohort, count=len(ids), by=by)
    job = enqueue(kind=BULK, params=params, by=by, key=request.POST.get("key", "")[:40])
    return redirect("jobs:job", job.pk)
