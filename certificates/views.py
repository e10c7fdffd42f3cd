"""Pages of certificates: the public check, and the holder's own."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import audit
from people.limits import limited
from people.models import User
from people.private_files import hand_out

from .access import credential_for
from .forms import CodeForm, FileForm
from .pdf.holder import checking_address
from .pdf.qr import runs
from .services.verification import Status, look_up, verify_file


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("certificates.check_file")
def check(request: HttpRequest) -> HttpResponse:
    """The door of the public check: `?code=` leads to the verdict, a posted PDF is judged here and not kept."""
    if request.method == "POST":
        file_form = FileForm(request.POST, request.FILES)
        if file_form.is_valid():
            judged = verify_file(file_form.cleaned_data["file"].read())
            return render(
                request,
                "certificates/verify_file.html",
                {"judged": judged, "code_form": CodeForm(), "file_form": FileForm()},
            )
        return render(
            request, "certificates/verify_form.html", {"code_form": CodeForm(), "file_form": file_form}, status=400
        )
    code_form = CodeForm(request.GET if "code" in request.GET else None)
    if code_form.is_bound and code_form.is_valid():
        return redirect("certificates:verify", code_form.cleaned_data["code"].replace("/", "-"))
    return render(request, "certificates/verify_form.html", {"code_form": code_form, "file_form": FileForm()})


@never_cache
@require_safe
@limited("certificates.look_up", methods=("GET",))
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Valid, revoked or unknown, for anyone, without an account. One query."""
    verdict = look_up(code)
    context = {
        "verdict": verdict,
        "code_form": CodeForm(initial={"code": verdict.asked if verdict.status is Status.UNKNOWN else ""}),
        "file_form": FileForm(),
        "is_demonstration": bool(verdict.payload and verdict.payload.demonstration),
    }
    return render(request, "certificates/verify.html", context, status=404 if verdict.status is Status.UNKNOWN else 200)


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """What the square code says leads to the page of the check."""
    return redirect("certificates:verify", code)


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


def _square(address: str) -> dict[str, Any]:
    """The square code as one SVG path, with two modules of quiet around it."""
    modules, cells = runs(address)
    path = "".join(f"M{column + 2} {modules - row + 1.5}h{length}" for column, row, length in cells)
    return {"size": modules + 4, "path": path}
