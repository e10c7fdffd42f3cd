"""The gate: who may do what, and whose named records a person may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from . import clock
from .models import User
from .roles import RIGHTS, Right, Role


def rights_of(user: User | AnonymousUser) -> frozenset[Right]:
    """All rights of a person today: one query, remembered on the object."""
    if not user.is_authenticated:
        return frozenset()
    known = getattr(user, "_puente_rights", None)
    if known is None:
        if user.is_superuser:
            known = frozenset(Right)
        else:
            roles = user.grants.on(clock.today()).values_list("role", flat=True)
            known = frozenset().union(*(RIGHTS[Role(role)] for role in roles))
        user._puente_rights = known  # type: ignore[attr-defined]  # noqa: SLF001 (only this function reads it)
    return known


def may(user: User | AnonymousUser, right: Right | str) -> bool:
    """Whether a person holds a right today."""
    return Right(right) in rights_of(user)


def require(user: User | AnonymousUser, right: Right | str) -> None:
    """Let pass or raise PermissionDenied."""
    if not may(user, right):
        raise PermissionDenied


def people_visible_to(user: User | AnonymousUser) -> QuerySet[User]:
    """Whose named records a person may see: the own Participant's with the right to follow cohorts, else one's own."""
    if not user.is_authenticated:
        return User.objects.none()
    if may(user, Right.MANAGE_COHORTS) and user.participant_id:
        return User.objects.filter(participant_id=user.participant_id)
    return User.objects.filter(pk=user.pk)


def right_required(right: Right | str) -> Callable[..., Any]:
    """A view's door: sign-in for strangers, 403 for those without the right."""

    def door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request.user, right)
            return view(request, *args, **kwargs)

        return checked

    return door
