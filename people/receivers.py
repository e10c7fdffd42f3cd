"""What follows when somebody enters, or changes how they enter."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import authenticator_added
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from . import idle
from .models import User
from .services.roles import match_groups


@receiver(user_logged_in, dispatch_uid="people.groups_follow_at_sign_in")
def groups_follow_at_sign_in(sender: Any, user: Any, **more: Any) -> None:
    """A role that ended, or began, by its date counts in the administration from the next sign-in on."""
    if isinstance(user, User):
        match_groups(people=[user])


@receiver(user_logged_in, dispatch_uid="people.the_clock_starts")
def the_clock_starts(request: HttpRequest, **kwargs: Any) -> None:
    idle.begin(request.session)


@receiver(authenticator_added, dispatch_uid="people.other_sessions_end")
def other_sessions_end(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Sessions that began without the new factor end."""
    end_other_sessions(request, user)
