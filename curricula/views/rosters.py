"""Importing a roster: look at what it would change, then apply exactly that, in a job; and undo it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.services import enqueue
from people import audit
from people.access import right_required
from people.bilingual import active
from people.limits import limited
from people.models import User
from people.roles import Right

from ..access import cohort_for, roster_import_for, roster_imports_visible_to
from ..roster.columns import WHAT_IS_WRONG
from ..roster.returning import bad_rows
from ..roster_files import keep, kept
from ..roster_forms import COLUMN_NAMES, ApplyForm, HeadingsForm, RosterForm
from ..roster_messages import sentence
from ..services.roster_columns import explain_headings
from ..services.roster_plans import RosterPlan, plan_roster
from ..services.roster_undoing import UNDOING, plan_undoing
from ..services.rosters import APPLYING

A_PAGE = 50
SHOWN = ("errors", "new", "changed", "unchanged", "missing")
IMPORTS = 10
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@right_required(Right.MANAGE_COHORTS)
@limited("curricula.roster")
def roster_upload(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a roster; its dry run has an address of its own. Below, what was applied before."""
    cohort, person = cohort_for(request.user, code), cast("User", request.user)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        sha256 = keep(upload.read(), person.participant_id)
        address = reverse("curricula:roster_dry_run", args=[code, sha256])
        return redirect(f"{address}?{urlencode({'name': upload.name})}")
    imports = roster_imports_visible_to(person, cohort).select_related("applied_by")[:IMPORTS]
    return render(request, "curricula/roster_form.html", {"cohort": cohort, "form": form, "imports": imports})


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def roster_dry_run(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """Every difference and every error before anything is written, fifty to a page; first the columns, when the file
    has headings that nobody has explained."""
    cohort, data = cohort_for(request.user, code), _kept(request, sha256)
    plan = plan_roster(cohort=cohort, data=data, by=cast("User", request.user))
    form = HeadingsForm(headings=plan.headings)
    context = {"cohort": cohort, "plan": plan, "sha256": sha256, "file_name": request.GET.get("name", ""), "form": form}
    if form.fields and ("columns" in request.GET or not plan.good):
        return render(request, "curricula/roster_columns.html", _with_errors(context, plan))
    return render(request, "curricula/roster_dry_run.html", context | _shown(request, plan))


@right_required(Right.MANAGE_COHORTS)
@require_POST
def roster_columns(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """What the unknown headings mean; remembered for the Participant."""
    cohort, data, person = cohort_for(request.user, code), _kept(request, sha256), cast("User", request.user)
    plan = plan_roster(cohort=cohort, data=data, by=person)
    form = HeadingsForm(request.POST, headings=plan.headings)
    name = request.POST.get("name", "")
    if not form.is_valid():
        context = {"cohort": cohort, "plan": plan, "sha256": sha256, "file_name": name, "form": form}
        return render(request, "curricula/roster_columns.html", _with_errors(context, plan))
    explain_headings(meanings=form.meanings(), by=person)
    return redirect(f"{reverse('curricula:roster_dry_run', args=[code, sha256])}?{urlencode({'name': name})}")


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def roster_errors(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """The bad rows in the format of the upload, each with what is wrong, to be mended and uploaded again."""
    cohort, data, person = cohort_for(request.user, code), _kept(request, sha256), cast("User", request.user)
    plan = plan_roster(cohort=cohort, data=data, by=person)
    if plan.sheet is None or not plan.has_rows_to_mend:
        raise Http404
    sentences: dict[int, list[str]] = defaultdict(list)
    for error in plan.errors:
        sentences[error.row].append(sentence(error))
    content = bad_rows(plan.sheet, sentences, heading=WHAT_IS_WRONG[active()])
    audit.record("curricula.roster.errors_taken", cohort, by=person, data={"rows": len(sentences)})
    called = _("rows-to-mend")
    name = content_disposition_header(True, f"{code}-{called}.{plan.sheet.kind}") or "attachment"
    headers = {"Content-Disposition": name}
    return HttpResponse(content, content_type=FORMATS[plan.sheet.kind], headers=headers)


@right_required(Right.MANAGE_COHORTS)
@require_POST
def roster_apply(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """Ask for the job that applies the very bytes that were shown."""
    cohort = cohort_for(request.user, code)
    _kept(request, sha256)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        reasons = form.errors.get("reason")
        messages.error(request, str(reasons[0]) if reasons else _("Look at the changes again, and apply them then."))
        name = urlencode({"name": request.POST.get("file_name", "")})
        return redirect(f"{reverse('curricula:roster_dry_run', args=[code, sha256])}?{name}")
    asked = form.cleaned_data
    params = {
        "cohort": cohort.pk, "sha256": sha256, "file_name": asked["file_name"] or "roster.csv", "rows": asked["rows"],
        "seen": asked["seen"], "good_rows_only": asked["good_rows_only"],
        "withdrawal_reason": asked["reason"] if asked["withdraws"] else "",
    }  # fmt: skip
    job = enqueue(kind=APPLYING, params=params, by=cast("User", request.user))
    return redirect("jobs:job", job.pk)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import did, and the way back: whether it can be undone, and if not, why."""
    applied = roster_import_for(request.user, pk)
    if request.method == "POST":
        params = {"import": applied.pk}
        job = enqueue(kind=UNDOING, params=params, by=cast("User", request.user), key=str(applied.pk))
        return redirect("jobs:job", job.pk)
    context = {"applied": applied, "cohort": applied.cohort, "undoing": plan_undoing(applied)}
    return render(request, "curricula/roster_import.html", context)


def _kept(request: HttpRequest, sha256: str) -> bytes:
    """The file that was uploaded by somebody of the own side, or 404."""
    path = None
    if re.fullmatch(r"[0-9a-f]{64}", sha256):
        path = kept(sha256, cast("User", request.user).participant_id)
    if path is None:
        raise Http404
    return path.read_bytes()


def _with_errors(context: dict[str, Any], plan: RosterPlan) -> dict[str, Any]:
    return context | {"sentences": [sentence(error) for error in plan.errors if error.row <= 1]}


def _shown(request: HttpRequest, plan: RosterPlan) -> dict[str, Any]:
    """One page of one of the lists: the one asked for, else the first that is not empty."""
    lists: dict[str, Any] = {
        "errors": plan.errors, "new": plan.new, "changed": list(plan.changed.items()), "unchanged": plan.unchanged,
        "missing": plan.missing,
    }  # fmt: skip
    filled = [name for name in SHOWN if lists[name]]
    asked = request.GET.get("show")
    show = asked if asked in filled else next(iter(filled), "")
    page = Paginator(lists[show] if show else [], A_PAGE).get_page(request.GET.get("page"))
    return {
        "show": show,
        "page": page,
        "rows": [_row(show, row) for row in page],
        "to_mend": plan.has_rows_to_mend,
        "unknown": [heading.text for heading in plan.headings if not heading.is_known],
        "counts": {name: len(lists[name]) for name in SHOWN},
    }


def _row(show: str, row: Any) -> Any:
    """What a list shows of one of its rows."""
    if show == "errors":
        return {"error": row, "column": _column(row.column), "sentence": sentence(row)}
    if show == "changed":
        email, differences = row
        return {"email": email, "differences": [(_column(column), old, new) for column, old, new in differences]}
    return row


def _column(name: str) -> str:
    return str(COLUMN_NAMES.get(name, name))
