"""What stands on every answer: the policies of the browser, and that nothing of a signed-in person is kept on disk."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csp import ContentSecurityPolicyMiddleware as DjangoPolicy
from django.shortcuts import render
from django.utils.csp import CSP

Answer = Callable[[HttpRequest], HttpResponse]

ADMIN_POLICY = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
}
"""For Wagtail's administration: as strict as the house's, but its previews are frames within it, and a picture is
shown before it is sent."""

SIGNED_OUT = "puente_signed_out"
"""An attribute of the request in which a person signed out (see `lms.receivers`)."""


class ContentSecurityPolicyMiddleware(DjangoPolicy):
    """Django's policy middleware. The administration gets its own; a preview, which Wagtail draws as the house's page,
    may stand in a frame of the administration."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        policy = None
        if "/admin/" in request.path[:10]:
            policy = ADMIN_POLICY
        elif getattr(request, "is_preview", False):
            policy = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}
        if policy:
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        if policy and not hasattr(response, "_csp_config"):
            response._csp_config = policy  # type: ignore[attr-defined]  # noqa: SLF001 (as `csp_override` does)
        return super().process_response(request, response)


class PermissionsPolicyMiddleware:
    """What the browser may offer to our pages and to frames in them."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._policy = ", ".join(f"{name}={who}" for name, who in settings.PUENTE_PERMISSIONS_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self._policy)
        return response


class KnownMethodsMiddleware:
    """Refuses what no page is asked by (405): TRACE, which gives back what was sent, and words that nobody knows."""

    METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.METHODS:
            return HttpResponseNotAllowed(self.METHODS)
        return self.get_response(request)


class RequestSizeMiddleware:
    """Refuses a request that says to be larger than anything we take (413), before a byte of it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.headers.get("Content-Length", "")
        if said.isdigit() and int(said) > settings.PUENTE_MOST_REQUEST_BYTES:
            megabytes = settings.PUENTE_MOST_REQUEST_BYTES // 1024 // 1024
            response = render(None, "413.html", {"megabytes": megabytes}, status=413)  # type: ignore[arg-type]
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)


class NothingKeptMiddleware:
    """At a shared computer nothing of a person stays: pages of a session are not stored, signing out clears the rest.

    Public pages and static files stay cacheable, and so does an answer that says itself that it is `public`.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        cookie = settings.SESSION_COOKIE_NAME
        is_public = "public" in response.headers.get("Cache-Control", "")
        if (cookie in request.COOKIES or request.session.modified) and not is_public:
            response.headers["Cache-Control"] = "no-store, private"
        if hasattr(request, SIGNED_OUT):
            response.headers["Cache-Control"] = "no-store, private"
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
