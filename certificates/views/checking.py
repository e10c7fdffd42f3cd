"""The public check of certificates."""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.limits import limited

from ..forms import CodeForm, FileForm
from ..services.issuer import trusted_roots
from ..services.verification import Status, look_up, verdict_as_json, verify_file


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


@never_cache
@require_safe
@limited("certificates.look_up", methods=("GET",))
def verify_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same for machines: `unknown` is an answer too. One query."""
    return JsonResponse(verdict_as_json(look_up(code)), headers={"Access-Control-Allow-Origin": "*"})


@require_safe
@limited("certificates.published", methods=("GET",))
def issuer_certificates(request: HttpRequest) -> HttpResponse:
    """The issuer's root certificates (PEM): with them, anybody checks a document offline."""
    pem = b"".join(root.public_bytes(Encoding.PEM) for root in trusted_roots())
    return HttpResponse(pem, content_type="application/x-pem-file")


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """What the square code says leads to the page of the check."""
    return redirect("certificates:verify", code)
