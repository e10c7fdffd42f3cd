"""What follows when somebody enters, or changes how they enter."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from . import audit, idle
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


@receiver(authentication_step_completed, dispatch_uid="people.proved_again")
def who_proves_it_again_goes_on(request: HttpRequest, user: User, method: str, **kwargs: Any) -> None:
    """On the lock, or before something grave: the session gets a new key."""
    if kwargs.get("reauthenticated"):
        idle.go_on(request)
        audit.record("people.session.proved", user, by=user, data={"factor": [kwargs.get("type") or method]})


@receiver(authenticator_added, dispatch_uid="people.other_sessions_end")
def other_sessions_end(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Sessions that began without the new factor end."""
    audit.record("people.second_factor.added", user, by=user, data={"factor": [kwargs["authenticator"].type]})
    end_other_sessions(request, user)


@receiver(authenticator_removed, dispatch_uid="people.factor_removed")
def a_factor_is_removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    audit.record("people.second_factor.removed", user, by=user, data={"factor": [authenticator.type]})


@receiver(authenticator_reset, dispatch_uid="people.codes_renewed")
def recovery_codes_are_renewed(user: User, authenticator: Any, **kwargs: Any) -> None:
    audit.record("people.second_factor.renewed", user, by=user, data={"factor": [authenticator.type]})


@receiver([password_changed, password_set], dispatch_uid="people.password_changed")
def a_password_is_changed(user: User, **kwargs: Any) -> None:
    """Django ends the other sessions: each holds a hash of the old password."""
    audit.record("people.password.changed", user, by=user)


@receiver(password_reset, dispatch_uid="people.password_reset")
def a_password_is_reset(user: User, **kwargs: Any) -> None:
    audit.record("people.password.reset", user, by=user)
