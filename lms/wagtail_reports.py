"""Wagtail's administration as it is served here: what would show the people of one side to the other is the operator's.

Wagtail's own reports (site history, workflows, locked and aging pages) name whoever did something, over all rows of all
models; its model policies do not reach them. The house has its own reports and its own record of who did what. And
Wagtail's workflows are not used: editions are approved by both Participants.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin import urls as administration_urls
from wagtail.admin.urls import reports, workflows
from wagtail.utils.urlpatterns import decorate_urlpatterns

View = Callable[..., HttpResponseBase]


def operators_only(view: View) -> View:
    """Not found for anybody else who is signed in; a stranger is asked to sign in, as everywhere there."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_superuser:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@hooks.register("construct_reports_menu")
def no_reports_of_wagtail(request: HttpRequest, items: list[Any]) -> None:
    """Nobody is shown a way that is closed."""
    if not request.user.is_superuser:
        items.clear()


for patterns in (
    reports.urlpatterns,
    workflows.urlpatterns,
    [
        pattern
        for pattern in administration_urls.urlpatterns
        if getattr(pattern, "name", "") == "wagtailadmin_error_test"
    ],
):
    decorate_urlpatterns(patterns, operators_only)

# A door of Wagtail's past the house's own, which counts attempts and asks for the second factor.
to_the_entrance = RedirectView.as_view(pattern_name=settings.LOGIN_URL, query_string=True)

__all__ = ["administration_urls", "to_the_entrance"]
