"""The register: what a program manager finds, takes away, and does to a certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jobs.services import enqueue
from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..access import managed_credential_for
from ..forms import ReasonForm
from ..job_kinds import BUNDLE, WRITERS
from ..models import Credential
from ..register import RegisterFilter
from ..services.reasons import Reason
from ..services.reissue import reissue
from ..services.revocation import revoke
from ..services.suspension import lift, suspend

A_PAGE = 50


@right_required(Right.CERTIFY)
@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Fifty certificates a page; the address keeps what was looked for."""
    form = RegisterFilter(request.GET, reader=cast("User", request.user))
    found = form.found().select_related("person__office__agency", "edition__curriculum")
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "asked": urlencode([(name, value) for name, value in asked.items() if value]),
        "formats": ("csv", "xlsx", "hdf5"),
    }
    return render(request, "certificates/register.html", context, status=200 if form.is_valid() else 400)


@right_required(Right.CERTIFY)
@require_POST
def take_away(request: HttpRequest) -> HttpResponse:
    """Ask for the job that puts together what the filter of the page finds."""
    user, what = cast("User", request.user), request.POST.get("what", "")
    asked = request.POST.get("asked", "")
    if what not in WRITERS or not RegisterFilter(QueryDict(asked), reader=user).is_valid():
        messages.error(request, _("Choose what to take away, from a list that can be shown."))
        return redirect("certificates:register")
    job = enqueue(kind=BUNDLE, params={"what": what, "asked": asked}, by=user)
    return redirect("jobs:job", job.pk)


@right_required(Right.CERTIFY)
@never_cache
@require_safe
def manage(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate: how it stands, what came before and after it, and what may be done."""
    return _manage(request, managed_credential_for(request.user, number), ReasonForm())


@right_required(Right.CERTIFY)
@require_POST
def do_suspend(request: HttpRequest, number: str) -> HttpResponse:
    """Suspend it, with a reason in both languages that only managers read."""
    by = cast("User", request.user)

    def act(credential: Credential, reason: Reason) -> None:
        suspend(credential=credential, reason=reason, authority=by.participant, by=by)

    return _with_reason(request, number, act, _("The certificate is suspended."))


@right_required(Right.CERTIFY)
@require_POST
def do_revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Revoke it for good, with a reason in both languages that everybody reads who checks it."""
    by = cast("User", request.user)

    def act(credential: Credential, reason: Reason) -> None:
        revoke(credential=credential, reason_en=reason.en, reason_es=reason.es, authority=by.participant, by=by)

    return _with_reason(request, number, act, _("The certificate is revoked."))


@right_required(Right.CERTIFY)
@require_POST
def do_lift(request: HttpRequest, number: str) -> HttpResponse:
    """End the suspension."""
    by = cast("User", request.user)
    return _done(request, number, lambda credential: lift(credential=credential, by=by), _("The suspension is lifted."))


@right_required(Right.CERTIFY)
@require_POST
def do_reissue(request: HttpRequest, number: str) -> HttpResponse:
    """Issue it anew for the holder's present name."""
    by = cast("User", request.user)
    said = _("The certificate is issued anew; the old one is superseded.")
    return _done(request, number, lambda credential: reissue(credential=credential, by=by), said)


def _with_reason(
    request: HttpRequest, number: str, act: Callable[[Credential, Reason], object], said: str
) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _manage(request, managed_credential_for(request.user, number), form, status=400)
    reason = Reason(form.cleaned_data["reason_en"], form.cleaned_data["reason_es"])
    return _done(request, number, lambda credential: act(credential, reason), said)


def _done(request: HttpRequest, number: str, act: Callable[[Credential], object], said: str) -> HttpResponse:
    credential = managed_credential_for(request.user, number)
    try:
        made = act(credential)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        made = None
    else:
        messages.success(request, said)
    return redirect("certificates:manage", made.number if isinstance(made, Credential) else number)


def _manage(request: HttpRequest, credential: Credential, form: ReasonForm, status: int = 200) -> HttpResponse:
    line = Credential.objects.filter(
        person=credential.person_id, edition__curriculum=credential.edition.curriculum_id
    ).order_by("-period", "-version", "-pk")
    context = {"credential": credential, "payload": credential.said, "line": line, "form": form}
    return render(request, "certificates/manage.html", context, status=status)
