"""The pages of reports."""

from django.http import HttpRequest, HttpResponse


def reports(request: HttpRequest) -> HttpResponse:
    """To be replaced by the real view."""
    return HttpResponse("")


def cohort_export(request: HttpRequest, code: str, file_format: str) -> HttpResponse:
    """To be replaced by the real view."""
    return HttpResponse("")
