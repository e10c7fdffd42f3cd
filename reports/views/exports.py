"""A cohort, or the register of certificates, as a file: over the officers of the own Participant."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.register import RegisterFilter
from curricula.access import cohort_for, enrollments_visible_to
from jobs.services import enqueue
from people import audit
from people.access import may, require, right_required
from people.bilingual import active
from people.exceptions import DomainError
from people.limits import limited
from people.models import User
from people.roles import Right

from ..access import saved_export_for, saved_exports_of
from ..exports.codebook import codebook
from ..exports.csv_files import csv_pieces
from ..exports.files import FORMATS, TYPES_OF_FILES, file_name
from ..exports.tables import CONTENTS, NAMED_ONLY, right_for, tables_of
from ..forms import TABLES, ExportForm
from ..services.exporting import REGISTER, ask_for_export, stop_export


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("reports.export")
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """What can be taken away, in which formats, once or again and again. A file of several tables is made by a job."""
    user, cohort = cast("User", request.user), cohort_for(request.user, code)
    form = ExportForm(request.POST or None, may_name=may(user, Right.EXPORT_NAMED))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            job = ask_for_export(
                cohort=cohort, contents=asked["contents"], file_format=asked["file_format"],
                named=asked["names"] == "yes", language=active(), by=user, every=asked["every"],
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("jobs:job", job.pk)
    saved = saved_exports_of(user).filter(cohort=cohort).select_related("last_job")
    context = {"cohort": cohort, "form": form, "saved": saved, "tables": TABLES}
    return render(request, "reports/export.html", context)


@right_required(Right.MANAGE_COHORTS)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Repeat a saved export no more."""
    saved = saved_export_for(request.user, pk)
    if stop_export(saved=saved, by=cast("User", request.user)):
        messages.success(request, _("The export is not repeated any more. What was made stays with its jobs."))
    return redirect("reports:export", saved.cohort.code)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
@limited("reports.export", methods=("GET",))
def download(request: HttpRequest, code: str, content: str) -> StreamingHttpResponse:
    """One table as CSV, written while it is read, or its code book; `?names=no` puts pseudonyms for names."""
    cohort, user = cohort_for(request.user, code), cast("User", request.user)
    named = request.GET.get("names") != "no" or content == NAMED_ONLY
    if content not in (*CONTENTS, "codebook"):
        raise Http404
    contents = [content] if content != "codebook" else [each for each in CONTENTS if named or each != NAMED_ONLY]
    right = right_for(contents, named=named) if content != "codebook" else Right.MANAGE_COHORTS
    require(user, right)
    tables = tables_of(cohort, enrollments_visible_to(user, cohort, right=right), contents, named=named)
    filled = tables[0] if content != "codebook" else codebook(tables)
    if content != "codebook":
        what = {"content": content, "format": "csv", "named": named}
        audit.record("reports.cohort.exported", cohort, by=user, data=what)
    name = content_disposition_header(True, file_name(cohort, [content], "csv")) or "attachment"
    return StreamingHttpResponse(
        csv_pieces(filled, active()), content_type=TYPES_OF_FILES["csv"], headers={"Content-Disposition": name}
    )


@right_required(Right.CERTIFY)
@require_POST
@limited("reports.export")
def register(request: HttpRequest, file_format: str) -> HttpResponse:
    """Ask for the job that writes the register of certificates, as the filter that was shown narrows it."""
    user, asked = cast("User", request.user), request.POST.get("asked", "")
    require(user, Right.EXPORT_NAMED)
    if file_format not in FORMATS:
        raise Http404
    if not RegisterFilter(QueryDict(asked), reader=user).is_valid():
        messages.error(request, _("Choose what to take away, from a list that can be shown."))
        return redirect("certificates:register")
    job = enqueue(kind=REGISTER, params={"format": file_format, "asked": asked, "language": active()}, by=user)
    return redirect("jobs:job", job.pk)
