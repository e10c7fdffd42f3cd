"""Who must have a second factor, and who has one."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from .access import rights_of
from .models import User
from .roles import RIGHTS, Role

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def must_have_second_factor(user: User | AnonymousUser) -> bool:
    """Everybody who may do more than a trainee. Demonstration accounts hold invented data behind a public password."""
    if not settings.PUENTE_SECOND_FACTOR_REQUIRED or not user.is_authenticated or user.is_demo:
        return False
    return bool(rights_of(user) - RIGHTS[Role.TRAINEE])


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether the person must have one and has none. One query for staff, none for trainees."""
    return must_have_second_factor(user) and not is_mfa_enabled(user, FACTORS)
