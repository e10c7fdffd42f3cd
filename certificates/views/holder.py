"""The holder's own pages: the certificate, its document, its badge."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import audit
from people.limits import limited
from people.models import User
from people.private_files import hand_out

from ..access import credential_for
from ..exceptions import CertificateError
from ..pdf.holder import checking_address
from ..pdf.qr import runs
from ..services.badges import BADGE_FILES, badge_file


@login_required
@never_cache
@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The holder's certificate, in both languages side by side, with its document."""
    credential = credential_for(request.user, number)
    payload = credential.said
    context = {
        "credential": credential,
        "payload": payload,
        "is_own": credential.person_id == request.user.pk,
        "square": _square(payload.verify_url),
        "typed_at": checking_address(payload),
    }
    return render(request, "certificates/certificate.html", context)


@login_required
@never_cache
@require_safe
def document(request: HttpRequest, number: str) -> HttpResponseBase:
    """The signed PDF, for those who may read the certificate."""
    credential = credential_for(request.user, number)
    try:
        file = hand_out(credential.document, name=f"{credential.number}.pdf")
    except FileNotFoundError:
        messages.info(request, _("The signed PDF is not ready yet. Try again in a few minutes."))
        return redirect("certificates:certificate", number)
    audit.record(
        "certificates.credential.downloaded",
        credential,
        by=cast("User", request.user),
        data={"number": credential.number, "sha256": credential.document_sha256},
    )
    return file


@login_required
@never_cache
@require_safe
@limited("certificates.badge", methods=("GET",))
def badge(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The signed badge as a token, or baked into its picture, for those who may read the certificate."""
    credential = credential_for(request.user, number)
    if kind not in BADGE_FILES:
        raise Http404
    try:
        data = badge_file(credential, kind)
    except CertificateError as refusal:
        messages.error(request, str(refusal))
        return redirect("certificates:certificate", number)
    by = cast("User", request.user)
    audit.record("certificates.badge.downloaded", credential, by=by, data={"number": number, "kind": kind})
    disposition = content_disposition_header(True, f"{number}.{kind}") or "attachment"
    return HttpResponse(data, content_type=BADGE_FILES[kind], headers={"Content-Disposition": disposition})


def _square(address: str) -> dict[str, Any]:
    """The square code as one SVG path, with two modules of quiet around it."""
    modules, cells = runs(address)
    path = "".join(f"M{column + 2} {modules - row + 1.5}h{length}" for column, row, length in cells)
    return {"size": modules + 4, "path": path}
