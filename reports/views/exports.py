"""A cohort, or the register of certificates, as a file: over the officers of the own Participant."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.register import RegisterFilter
from curricula.access import cohort_for, enrollments_visible_to
from people import audit
from people.access import require, right_required
from people.bilingual import active
from people.limits import limited
from people.models import User
from people.roles import Right

from ..exports.files import FORMATS, SUFFIX, TYPES_OF_FILES, Subject, export_bytes, file_name
from ..exports.register import ABOUT, register_table
from ..exports.tables import CONTENTS, tables_of


@right_required(Right.MANAGE_COHORTS)
@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """What can be taken away, and in which formats."""
    return render(request, "reports/export.html", {"cohort": cohort_for(request.user, code)})


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
@limited("reports.export", methods=("GET",))
def download(request: HttpRequest, code: str, content: str, file_format: str) -> HttpResponse:
    """One table as CSV, or all of them as a workbook or HDF5. Names leave only with the right to export them."""
    cohort = cohort_for(request.user, code)
    if content not in (*CONTENTS, "cohort") or file_format not in FORMATS:
        raise Http404
    user = cast("User", request.user)
    contents = list(CONTENTS) if content == "cohort" else [content]
    right = Right.MANAGE_COHORTS if contents == ["statistics"] else Right.EXPORT_NAMED
    require(user, right)
    tables = tables_of(cohort, enrollments_visible_to(user, cohort, right=right), contents)
    data = export_bytes(file_format, tables, about=Subject.of_cohort(cohort), language=active())
    audit.record("reports.cohort.exported", cohort, by=user, data={"content": content, "format": file_format})
    name = content_disposition_header(True, file_name(cohort, content, file_format)) or "attachment"
    return HttpResponse(data, content_type=TYPES_OF_FILES[file_format], headers={"Content-Disposition": name})


@right_required(Right.CERTIFY)
@never_cache
@require_safe
@limited("reports.export", methods=("GET",))
def register(request: HttpRequest, file_format: str) -> HttpResponse:
    """The register of certificates, as the filter in the address narrows it."""
    if file_format not in FORMATS:
        raise Http404
    user = cast("User", request.user)
    require(user, Right.EXPORT_NAMED)
    form = RegisterFilter(request.GET, reader=user)
    data = export_bytes(file_format, [register_table(form.found())], about=ABOUT, language=active())
    audit.record("certificates.register.exported", None, by=user, data={"format": file_format})
    name = content_disposition_header(True, f"certificates{SUFFIX[file_format]}") or "attachment"
    return HttpResponse(data, content_type=TYPES_OF_FILES[file_format], headers={"Content-Disposition": name})
