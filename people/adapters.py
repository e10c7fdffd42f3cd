"""How django-allauth behaves here: nobody signs up alone; a program manager invites."""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from typing import Any, cast

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .account_letters import LettersOfTheHouse
from .exceptions import IdentityRefused
from .models import User
from .services.identities import link_identity, person_of
from .token_checks import CheckingAdapter

PASSWORD_WRONG = _("That address and that password do not belong together. Check both, or ask for a code by e-mail.")


class AccountAdapter(LettersOfTheHouse, DefaultAccountAdapter):  # type: ignore[misc]
    """Self-registration is closed; refusals say what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": PASSWORD_WRONG,
        "incorrect_code": _("That code is not right, or its time is over. Write it again, or ask for a new one."),
        "incorrect_password": _("That is not your password. Write it again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "rate_limited": _("Too many attempts. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors. Their secrets are kept encrypted under the key of the installation."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code or passkey was not accepted. Try again."),
    }

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 (as its parent names it)
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The Participants' identity providers: each lets in its own people, and nobody registers by them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_provider(self, *args: Any, **kwargs: Any) -> Any:
        provider = super().get_provider(*args, **kwargs)
        provider.oauth2_adapter_class = CheckingAdapter
        return provider

    def get_requests_session(self) -> requests.Session:
        """Providers are asked at the addresses that they are known by, and led nowhere else."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Names come from rosters, never from a provider."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let a linked identity in, link a new one to its person, or show the refusal."""
        try:
            self._let_in_or_link(sociallogin)
        except IdentityRefused as refusal:
            raise ImmediateHttpResponse(_refusal(request, "refused", 403, refusal=refusal)) from None

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Show what to do. Whoever turned back at the provider goes to django-allauth's own page for it."""
        if error != AuthError.CANCELLED:
            raise ImmediateHttpResponse(_refusal(request, "authentication_error", 401))

    def _let_in_or_link(self, login: SocialLogin) -> None:
        provider = login.provider.app
        participant = provider.settings["participant"]
        # django-allauth finds it again by the client id, which may be the same at both
        login.provider.serialize = partial(dict, id=provider.provider_id)
        if login.state.get("process") != "login" or _subjects_differ(login.account.extra_data):
            raise IdentityRefused(participant=participant)
        if login.is_existing:
            side = cast("User", login.user).participant
            if side is None or side.code != participant:
                raise IdentityRefused(participant=participant)
            return
        address = next(iter(login.email_addresses), None)
        person = person_of(
            participant=participant,
            provider=provider.provider_id,
            domains=provider.settings["domains"],
            email=address.email if address else "",
            is_verified=address.verified if address else False,
        )
        link_identity(account=login.account, person=person, by=person)
        login.user = person


def _refusal(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    """A page without links to itself: its address holds what the provider sent."""
    return render(request, f"socialaccount/{name}.html", {"languages": [], **context}, status=status)


def _subjects_differ(data: dict[str, Any]) -> bool:
    """OpenID Connect Core 5.3.2: userinfo counts only for the subject of the ID token."""
    subjects = {part["sub"] for part in (data.get("userinfo"), data.get("id_token")) if part and "sub" in part}
    return len(subjects) != 1


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"puente.mfa:" + force_bytes(key)).digest())) for key in keys]
    )
