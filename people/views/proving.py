"""Pages of django-allauth that ask for a new proof of who one is before they do something grave."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.views import password_set
from allauth.usersessions.views import list_usersessions
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def after_proof(view: View, *, methods: tuple[str, ...]) -> View:
    """The view, which for these methods first leads to the page of re-authentication, unless that was done lately."""

    @login_required
    @wraps(view)
    def proved(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method in methods:
            raise_if_reauthentication_required(request, app="allauth.mfa")
        return view(request, *args, **kwargs)

    return proved


first_password = after_proof(password_set, methods=("GET", "POST"))
other_sessions = after_proof(list_usersessions, methods=("POST",))
