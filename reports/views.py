"""Reports and exports."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def reports(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def cohort_export(request: HttpRequest, code: str, file_format: str) -> HttpResponse:
    return HttpResponse("")
