"""Signing in and signing out, into the record.

The address that somebody typed is never kept. When it belongs to nobody here, only the attempt is recorded; when it
belongs to somebody, the attempt is recorded on that person, by nobody.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import login_code_rejected, password_reset_code_rejected
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from . import audit
from .models import User


@receiver(user_logged_in)
def signed_in(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    """With the factors that were given: `password`, `code`, `socialaccount`, `totp`, `webauthn`, `recovery_codes`."""
    records = get_authentication_records(request, user) if request else []
    kinds = [record.get("type") or record["method"] for record in records]
    audit.record("people.session.opened", user, by=user, data={"factor": kinds} if kinds else None)


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    if user is not None and user.pk:
        audit.record("people.session.closed", user, by=user)


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], **_: Any) -> None:
    """Django calls the address `username`, django-allauth `email`."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    person = User.objects.filter(email__iexact=typed).first() if typed else None
    audit.record("people.session.refused", person, by=None)


@receiver(authentication_failed)
def factor_refused(user: User, authenticator: Any = None, **_: Any) -> None:
    factor = {"factor": [authenticator.type]} if authenticator else None
    audit.record("people.second_factor.refused", user, by=None, data=factor)


@receiver([login_code_rejected, password_reset_code_rejected])
def code_refused(user: User | None, **_: Any) -> None:
    audit.record("people.code.refused", user, by=None)
