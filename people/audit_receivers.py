"""Signing in and signing out, into the record.

The address that somebody typed is never kept. When it belongs to nobody here, only the attempt is recorded; when it
belongs to somebody, the attempt is recorded on that person, by nobody.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from . import audit
from .models import User


@receiver(user_logged_in)
def signed_in(user: User, **_: Any) -> None:
    audit.record("people.session.opened", user, by=user)


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
