"""What the composition root does when others state a fact."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from . import security_log
from .middleware import SIGNED_OUT


@receiver(user_logged_out)
def remember_the_sign_out(sender: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    """The answer to this request tells the browser to clear what it kept."""
    if request is not None:
        setattr(request, SIGNED_OUT, True)


@receiver(user_logged_in, dispatch_uid="lms.signed_in")
def log_the_sign_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """The record says who; from which address they came stands in the log."""
    if request is not None and request.method:
        security_log.note("signed in", request, person=user.pk)


@receiver(user_login_failed, dispatch_uid="lms.not_signed_in")
def log_the_refusal(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None:
        security_log.note("sign-in refused", request)
