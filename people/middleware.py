"""Two doors behind the sign-in: a session that nobody uses is locked, and staff without a second factor set one up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from . import idle
from .second_factor import lacks_second_factor
from .views.lock import answer_with_lock

ALWAYS_OPEN = {"account_logout", "set_language", "health"}
OPEN_TO_LOCKED = ALWAYS_OPEN | {"lock", "unlock", "unlock_passkey"}
SET_UP = ALWAYS_OPEN | {
    "second_factor",
    "lock",
    "unlock",
    "unlock_passkey",
    "active",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
}


class IdleLockMiddleware:
    """Answers a locked session with the lock page at the same address, whatever was asked.

    Works in `process_view`, after the CSRF check: what a locked session posts is given back in the lock page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated:
            return None
        if idle.is_locked(request.session):
            return None if _name_of(request) in OPEN_TO_LOCKED else answer_with_lock(request)
        if idle.idle_seconds() and idle.is_sign_of_life(request, view):
            idle.note(request.session)
        return None


class SecondFactorMiddleware:
    """Lets staff without a second factor only to the pages where they set one up, in the administration too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        name = _name_of(request)
        if name in SET_UP or name.startswith("mfa_") or not lacks_second_factor(request.user):
            return None
        return HttpResponseRedirect(reverse("second_factor"))


def _name_of(request: HttpRequest) -> str:
    return (request.resolver_match.view_name if request.resolver_match else "") or ""
