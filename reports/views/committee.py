"""The committee's door: straight to the latest report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from people.access import right_required
from people.roles import Right

from ..models import Report


@right_required(Right.READ_REPORTS)
@require_safe
def esc(request: HttpRequest) -> HttpResponse:
    """The latest report, or the list while there is none."""
    latest = Report.objects.values_list("pk", flat=True).first()
    return redirect("reports:report", latest) if latest else redirect("reports:reports")
