"""Where authors choose how certificates of a curriculum look, and see it before anybody holds one."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..access import curricula_designed_by, curriculum_to_design
from ..forms import DesignForm
from ..models import CertificateDesign
from ..payload import Language, Payload
from ..pdf.picture import page_as_png
from ..pdf.press import Pressroom
from ..services.designs import choose_design, specimen_of, with_sentences

WIDE, SMALL = 1.5, 0.4  # pixels a point


@right_required(Right.AUTHOR)
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All curricula, each with what was chosen for it."""
    curricula = curricula_designed_by(request.user).select_related("certificate_design")
    return render(request, "certificates/designs.html", {"curricula": curricula})


@right_required(Right.AUTHOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The form with its preview. `preview` shows what is filled in and keeps nothing; `save` keeps it."""
    curriculum = curriculum_to_design(request.user, code)
    row = CertificateDesign.objects.filter(curriculum=curriculum).first()
    form = DesignForm(request.POST or None, instance=row)
    is_usable = not form.is_bound or form.is_valid()
    if form.is_bound and is_usable and "save" in request.POST:
        choose_design(curriculum=curriculum, design=form.design, by=cast("User", request.user))
        messages.success(request, _("Kept. Certificates that are issued from now on look like this."))
        return redirect("certificates:design", code)
    values = {name: form[name].value() or "" for name in form.fields}
    context = {
        "curriculum": curriculum,
        "form": form,
        "is_usable": is_usable,
        "is_preview": form.is_bound,
        "asked": urlencode(values),
        "choices": [
            (value, label, urlencode({"code": value, "paper": "letter", "size": "small"}))
            for value, label in CertificateDesign.Code.choices
        ],
        "sentences": [(form[f"{each}_en"], form[f"{each}_es"]) for each in ("opening", "statement", "closing")],
    }
    return render(request, "certificates/design.html", context, status=200 if is_usable else 400)


@right_required(Right.AUTHOR)
@never_cache
@require_safe
def picture(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """A page of the certificate as the query says it, of an invented holder, in one language."""
    if language not in {"en", "es"}:
        raise Http404
    dots = SMALL if request.GET.get("size") == "small" else WIDE
    asked = _specimen(request, code)
    if isinstance(asked, HttpResponse):
        return asked
    return HttpResponse(page_as_png(asked, cast("Language", language), dots=dots), content_type="image/png")


@right_required(Right.AUTHOR)
@never_cache
@require_safe
def specimen(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF itself as the query says it, of an invented holder, not signed."""
    asked = _specimen(request, code)
    if isinstance(asked, HttpResponse):
        return asked
    return HttpResponse(Pressroom(specimen_key=True).draw(asked), content_type="application/pdf")


def _specimen(request: HttpRequest, code: str) -> Payload | HttpResponse:
    """What is to be drawn, or a sentence that says why it cannot be."""
    curriculum = curriculum_to_design(request.user, code)
    form = DesignForm(_asked(request.GET))
    try:
        if form.is_valid():
            return specimen_of(curriculum, with_sentences(form.design))
        said = " ".join(str(message) for found in form.errors.values() for message in found)
    except DomainError as refusal:
        said = str(refusal)
    return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")


def _asked(query: QueryDict) -> dict[str, Any]:
    """The query; without a design or a paper, the standard ones."""
    return {"code": "span", "paper": "letter", **query.dict()}
