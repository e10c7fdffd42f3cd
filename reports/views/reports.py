"""Reports: the list, the form that asks for one, the page of one, its files."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jobs.services import enqueue
from people import audit
from people.access import may, require, right_required
from people.exceptions import DomainError
from people.models import User
from people.private_files import hand_out
from people.roles import Right

from ..access import report_for
from ..forms import PeriodForm
from ..job_kinds import ESC_REPORT
from ..models import Report
from ..services.reporting import FILES, figures_in, read_file

SHOWN = 50
"""How many reports the list shows, the latest first."""


@right_required(Right.READ_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_list(request: HttpRequest) -> HttpResponse:
    """The latest reports; for those who may, the form that asks for a new one."""
    form = PeriodForm(request.POST or None)
    if request.method == "POST":
        user = cast("User", request.user)
        require(user, Right.MAKE_REPORTS)
        if form.is_valid():
            days = {name: form.cleaned_data[name].isoformat() for name in ("from_on", "to_on")}
            job = enqueue(kind=ESC_REPORT, params=days, by=user, key=f"{user.pk} {days['from_on']} {days['to_on']}")
            return redirect("jobs:job", job.pk)
    context = {
        "reports": Report.objects.select_related("snapshot", "created_by__participant")[:SHOWN],
        "form": form,
        "may_make": may(request.user, Right.MAKE_REPORTS),
    }
    return render(request, "reports/report_list.html", context, status=400 if form.errors else 200)


@right_required(Right.READ_REPORTS)
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a report on a page, each with how it is counted, and its files."""
    found = report_for(request.user, pk)
    try:
        figures = figures_in(found)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:reports")
    files = [{"name": name, "sha256": found.files[name]} for name in FILES]
    return render(request, "reports/report.html", {"report": found, "figures": figures, "files": files})


@right_required(Right.READ_REPORTS)
@never_cache
@require_safe
def download(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A file of a report, once it is seen to be byte for byte what was written."""
    found = report_for(request.user, pk)
    try:
        read_file(found, name)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:reports")
    audit.record("reports.report.downloaded", found, by=cast("User", request.user), data={"file": name})
    return hand_out(f"{found.folder}/{name}", name=f"{found.snapshot.extract}-{name}")
