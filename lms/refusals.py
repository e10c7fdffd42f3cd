"""Answers that say no for the whole house."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse

from people import limits

PAUSE_SECONDS = 60


def too_many(request: HttpRequest) -> HttpResponse:
    """What django-allauth answers past one of its rates: the same page as `people.limits`."""
    return limits.too_many(request, PAUSE_SECONDS)


def not_here(request: HttpRequest, rest: str = "") -> NoReturn:
    """For addresses of Wagtail whose work the house does itself."""
    raise Http404
