"""How a person shows, in a session that is locked, that it is still they: password, passkey, or a code by e-mail."""

from __future__ import annotations

import time
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import audit
from .models import User

CODE = "puente_unlock_code"
MOST_ATTEMPTS = 3

WRONG = _("That was not right, so the page stays locked. Try again.")
TOO_OFTEN = _("Too many attempts. Wait a minute and try again.")
NO_CODE = _("The code is no longer good. Ask for a new one.")


def ways_of(user: User) -> dict[str, bool]:
    """What the person can unlock with; a code by e-mail is always possible. At most one query."""
    return {
        "password": user.has_usable_password(),
        "passkey": is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]),
    }


def passkey_options(request: HttpRequest) -> dict[str, object]:
    """What the browser asks the person's passkey for."""
    return cast("dict[str, object]", webauthn.begin_authentication(request.user))


def check_password(request: HttpRequest, password: str) -> None:
    """Raises ValidationError unless it is the person's password."""
    _count(request)
    if not get_adapter().reauthenticate(request.user, password):
        raise ValidationError(WRONG)
    reauthenticate_by_password(request)


def check_passkey(request: HttpRequest, credential: str) -> None:
    """Raises ValidationError unless one of the person's passkeys has signed the question that was put."""
    _count(request)
    user = cast("User", request.user)
    form = ReauthenticateWebAuthnForm(user=user, data={"credential": credential})
    if not form.is_valid():
        audit.record("people.second_factor.refused", user, by=None, data={"factor": [Authenticator.Type.WEBAUTHN]})
        raise ValidationError(WRONG)
    form.save()


def send_code(request: HttpRequest) -> None:
    """Send a code to the person's address. Three attempts within ten minutes."""
    user = cast("User", request.user)
    if not ratelimit.consume(request, action="request_login_code", key=user.email.lower()):
        raise ValidationError(TOO_OFTEN)
    code = get_adapter().generate_login_code()
    request.session[CODE] = {"code": code, "at": time.time(), "attempts": 0}
    get_adapter().send_mail("account/email/login_code", user.email, {"request": request, "code": code, "user": user})


def check_code(request: HttpRequest, text: str) -> None:
    """Raises ValidationError unless it is the code that was sent; the third wrong one ends it."""
    _count(request)
    sent = request.session.get(CODE)
    if not sent or time.time() - sent["at"] > settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT:
        raise ValidationError(NO_CODE)
    if not compare_user_code(actual=text, expected=sent["code"]):
        sent["attempts"] += 1
        request.session[CODE] = sent if sent["attempts"] < MOST_ATTEMPTS else None
        audit.record("people.code.refused", cast("User", request.user), by=None)
        raise ValidationError(WRONG)
    del request.session[CODE]
    record_authentication(request, cast("User", request.user), method="code", reauthenticated=True)


def _count(request: HttpRequest) -> None:
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise ValidationError(TOO_OFTEN)
