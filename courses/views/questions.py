"""Questions come from other programs and go to them."""

from __future__ import annotations

import re
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people import audit
from people.access import right_required
from people.exceptions import DomainError
from people.limits import limited
from people.models import User
from people.roles import Right

from ..forms import ApplyForm, ExportForm, ImportForm
from ..question_export import ENDINGS, export_items
from ..question_files import keep, path_of
from ..question_report import csv_of_plan, rows_of_plan
from ..services.questions import LARGE, apply_import, enqueue_import, plan_import

SHOWN_ROWS = 1000
FORMATS = {"gift": "GIFT", "moodle_xml": "Moodle XML", "aiken": "Aiken"}


@right_required(Right.AUTHOR)
@limited("courses.questions")
def import_questions(request: HttpRequest) -> HttpResponse:
    """Choose a file; see what becomes of each question before anything is written."""
    form = ImportForm(request.POST or None, request.FILES or None)
    plan = None
    if request.method == "POST" and form.is_valid():
        data, person = form.cleaned_data["file"].read(), cast("User", request.user)
        chosen = form.cleaned_data["category"]
        category = chosen.code if chosen else ""
        language = form.cleaned_data["language"]
        try:
            plan = plan_import(data=data, language=language, category=category, by=person)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
    if plan is None:
        return render(request, "courses/question_import.html", {"form": form, "export_form": ExportForm()})
    context = {
        "rows": rows_of_plan(plan)[:SHOWN_ROWS],
        "plan": plan,
        "format": FORMATS[plan.format],
        "file_name": form.cleaned_data["file"].name,
        "sha256": keep(data, person.pk),
        "language": language,
        "category": category,
    }
    return render(request, "courses/question_dry_run.html", context)


@right_required(Right.AUTHOR)
@require_POST
def apply_questions(request: HttpRequest, sha256: str) -> HttpResponse:
    """Apply the very bytes that were shown: here and now, or as a job when there are many."""
    data, person = _kept(request, sha256), cast("User", request.user)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data["category"]
    wanted = {"language": form.cleaned_data["language"], "category": chosen.code if chosen else ""}
    try:
        if len(plan_import(data=data, by=person, **wanted).to_write) >= LARGE:
            return redirect("jobs:job", enqueue_import(sha256=sha256, by=person, **wanted).pk)
        plan = apply_import(data=data, by=person, **wanted)
    except (DomainError, ValidationError) as refusal:
        messages.error(request, "; ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal))
        return redirect("question_import")
    path_of(sha256, person.pk).unlink(missing_ok=True)
    done = _(
        "The questions are imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused."
    )
    messages.success(request, done % plan.counts)
    return redirect("question_import")


@right_required(Right.AUTHOR)
@never_cache
@require_safe
def question_report(request: HttpRequest, sha256: str) -> HttpResponse:
    """The report of the dry run as CSV, one line a question."""
    form = ApplyForm(request.GET)
    data = _kept(request, sha256)
    if not form.is_valid():
        raise Http404
    plan = plan_import(data=data, language=form.cleaned_data["language"], by=cast("User", request.user))
    return _as_file(csv_of_plan(plan), "text/csv; charset=utf-8", _("question-report.csv"))


@right_required(Right.AUTHOR)
@require_safe
def export_questions(request: HttpRequest) -> HttpResponse:
    """How many of the chosen items the format can hold, and which it cannot; then the file."""
    if not request.GET:
        return redirect("question_import")
    form = ExportForm(request.GET)
    if not form.is_valid():
        return render(request, "courses/question_import.html", {"form": ImportForm(), "export_form": form})
    export = export_items(form.items(), form.cleaned_data["file_format"], form.cleaned_data["languages"])
    return render(request, "courses/question_export.html", {"export": export, "query": request.GET.urlencode()})


@right_required(Right.AUTHOR)
@never_cache
@require_safe
def question_file(request: HttpRequest) -> HttpResponse:
    """The chosen items as a file."""
    form = ExportForm(request.GET)
    if not form.is_valid():
        raise Http404
    name = form.cleaned_data["file_format"]
    export = export_items(form.items(), name, form.cleaned_data["languages"])
    told = {"format": name, "languages": form.cleaned_data["languages"], "count": export.count}
    audit.record("courses.items.exported", None, by=cast("User", request.user), data=told)
    source = form.cleaned_data["category"] or form.cleaned_data["quiz"]
    kind = "application/xml" if name == "moodle_xml" else "text/plain; charset=utf-8"
    return _as_file(export.text.encode(), kind, f"{source.code}.{ENDINGS[name]}")


def _kept(request: HttpRequest, sha256: str) -> bytes:
    path = path_of(sha256, cast("User", request.user).pk)
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not path.exists():
        raise Http404
    return path.read_bytes()


def _as_file(data: bytes, kind: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})
