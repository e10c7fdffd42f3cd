"""What verifiers of badges read, without an account: the issuer's keys, who is revoked, what a badge stands for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.limits import limited

from ..badges.image import svg_of
from ..badges.status_list import PURPOSES
from ..exceptions import CertificateError
from ..services.about import about_badge
from ..services.badges import KEPT_SECONDS, issuer_document, last_list, status_list

ANYBODY = {"Access-Control-Allow-Origin": "*", "Cache-Control": f"public, max-age={KEPT_SECONDS}"}
"""A verifier may run in a browser, on a page from anywhere; nothing here is of one person."""


@require_safe
@limited("certificates.published", methods=("GET",))
def did(request: HttpRequest) -> HttpResponse:
    """The did:web document of the issuer."""
    return JsonResponse(issuer_document(), headers=ANYBODY)


@require_safe
@limited("certificates.published", methods=("GET",))
def status(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """A signed status list (Bitstring Status List), as VC-JWT."""
    if purpose not in PURPOSES or number > last_list():
        raise Http404
    try:
        token = status_list(purpose=purpose, number=number)
    except CertificateError as refusal:
        return HttpResponse(str(refusal), status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(token, content_type="application/vc+jwt", headers=ANYBODY)


@require_safe
@limited("certificates.published", methods=("GET",))
def about(request: HttpRequest, curriculum: str, edition: str) -> HttpResponse:
    """What the badge of an edition stands for: outcomes, hours, goals."""
    return render(request, "certificates/about_badge.html", {"badge": _about(curriculum, edition)})


@require_safe
@limited("certificates.published", methods=("GET",))
def picture(request: HttpRequest, curriculum: str, edition: str) -> HttpResponse:
    """The picture of the badge of an edition, not signed."""
    found = _about(curriculum, edition)
    svg = svg_of(found.title.en, found.title.es, found.label)
    return HttpResponse(svg, content_type="image/svg+xml", headers=ANYBODY)


def _about(curriculum: str, edition: str) -> Any:
    found = about_badge(curriculum, edition)
    if found is None:
        raise Http404
    return found
