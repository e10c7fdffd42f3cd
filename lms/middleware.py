"""The Content-Security-Policy: strict for the house, as Wagtail needs it for its admin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware as DjangoPolicy
from django.utils.csp import CSP

ADMIN_POLICY = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF, "data:"],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
}


class ContentSecurityPolicyMiddleware(DjangoPolicy):
    """Django's policy middleware; Wagtail's editor writes inline styles and scripts, so its pages get their own."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if "/admin/" in request.path[:10] and not hasattr(response, "_csp_config"):
            response._csp_config = ADMIN_POLICY  # type: ignore[attr-defined]  # noqa: SLF001 (as `csp_override` does)
        return super().process_response(request, response)
