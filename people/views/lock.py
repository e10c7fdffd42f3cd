"""The lock: in place for pages with script, at the same address for those without."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import idle
from ..forms.account import UnlockForm
from ..models import User
from ..unlocking import passkey_options, ways_of

LOCKED_STATUS = 401


def answer_with_lock(request: HttpRequest) -> HttpResponseBase | None:
    """The lock page in place of what was asked, or None when this very request has unlocked it.

    The page's form goes to the same address with everything that was posted, so nothing is kept on the server and the
    view receives the answers once the person has shown who they are. Secrets and files are
    not given back.
    """
    form = None
    if request.method == "POST" and UnlockForm.is_in(request.POST):
        form = UnlockForm(request, request.POST)
        if form.opens:
            request.POST = cast("Any", _without_unlocking(request.POST))
            return None
    return _page(request, form, next_address=request.get_full_path())


@require_POST
@login_required
@never_cache
def lock(request: HttpRequest) -> HttpResponse:
    """A page says that nobody is there; it learns what the person can unlock with."""
    if idle.idle_seconds():
        idle.lock(request.session)
    return JsonResponse({"ways": ways_of(cast("User", request.user))})


@require_POST
@login_required
@never_cache
def active(request: HttpRequest) -> HttpResponse:
    """A page says that somebody is there. A locked session never comes this far."""
    return HttpResponse(status=204)


@require_safe
@login_required
@never_cache
def unlock_passkey(request: HttpRequest) -> HttpResponse:
    """What to ask the passkey for."""
    return JsonResponse(passkey_options(request))


@never_cache
def unlock(request: HttpRequest) -> HttpResponseBase:
    """Open the session again for the same person: JSON for a page that waits in place, else on to where one was."""
    in_place = request.headers.get("Accept") == "application/json"
    if not request.user.is_authenticated or request.POST.get("who", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({}, status=409) if in_place else redirect("account_login")
    if request.method != "POST":
        return redirect("account")
    form = UnlockForm(request, request.POST)
    opens = form.opens
    if in_place:
        return _in_place(request, form)
    address = _safe(request, request.POST.get("next", ""))
    return redirect(address) if opens else _page(request, form, next_address=address)


def _in_place(request: HttpRequest, form: UnlockForm) -> JsonResponse:
    if not form.is_valid():
        return JsonResponse({"error": " ".join(str(error) for error in form.non_field_errors())}, status=400)
    if form.is_sent:
        return JsonResponse({"sent": _("A code is on its way to the address of your account.")})
    return JsonResponse({"token": get_token(request)})


def _page(request: HttpRequest, form: UnlockForm | None, *, next_address: str) -> HttpResponse:
    is_post = request.method == "POST" and not request.path.startswith(reverse("account"))
    kept = [(name, value) for name, values in request.POST.lists() for value in values if _may_be_kept(name)]
    context: dict[str, Any] = {
        "action": next_address if is_post else reverse("unlock"),
        "next": "" if is_post else next_address,
        "kept": kept if is_post else [],
        "has_files": bool(is_post and request.FILES),
        "form": form,
        "lock_ways": ways_of(cast("User", request.user)),
        "ways": [],
        "is_lock_page": True,
    }
    if is_post:
        context["languages"] = []
    return render(request, "people/locked.html", context, status=LOCKED_STATUS)


def _may_be_kept(name: str) -> bool:
    return "password" not in name and name != "csrfmiddlewaretoken" and not UnlockForm.is_in([name])


def _without_unlocking(posted: QueryDict) -> QueryDict:
    rest = posted.copy()
    for name in [name for name in rest if UnlockForm.is_in([name])]:
        del rest[name]
    rest._mutable = False  # noqa: SLF001 (as a request has it)
    return rest


def _safe(request: HttpRequest, address: str) -> str:
    is_safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if is_safe and address != reverse("unlock") else resolve_url(settings.LOGIN_REDIRECT_URL)
