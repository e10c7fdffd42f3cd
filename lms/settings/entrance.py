"""How people enter: passkeys, codes, second factors, the Participants' identity providers, the idle lock."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import env

LOOPBACK = {"localhost", "127.0.0.1", "::1"}

PUENTE_IDLE_MINUTES: float = env.number("PUENTE_IDLE_MINUTES", 10)
"""After so many minutes without a key, a touch or a scroll the page locks; 0 never locks."""
PUENTE_SESSION_HOURS: float = env.number("PUENTE_SESSION_HOURS", 12)
"""After so many hours of use without a pause the page locks too: a shift, and a long one; 0 never does."""
PUENTE_SECOND_FACTOR_REQUIRED = env.flag("PUENTE_SECOND_FACTOR_REQUIRED", True)
"""Whether everybody whose role is above trainee must have a second factor. Demonstration accounts never must."""

SESSION_ENGINE = "people.sessions"  # a lock outlives requests on their way
ACCOUNT_SESSION_REMEMBER = False  # on a shared computer a session ends with the browser
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"  # the next person's page
ACCOUNT_EMAIL_NOTIFICATIONS = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # goes with the session, not with a cookie

MFA_ADAPTER = "people.adapters.MFAAdapter"
MFA_FORMS = {"add_webauthn": "people.forms.account.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from rosters, nobody can claim another's by registering
MFA_TOTP_ISSUER = "Puente"
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "people.adapters.IdentityAdapter"


def identity_providers() -> dict[str, Any]:
    """The OpenID Connect providers that `PUENTE_OIDC` names, one for each Participant, in django-allauth's form.

    `PUENTE_OIDC=dhs,shcp`, and for each the variables PUENTE_OIDC_DHS_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _DOMAINS
    (of the e-mail addresses it answers for) and, where it is not the name in capitals, _PARTICIPANT.

    Raises:
        ImproperlyConfigured: a variable is missing, or an issuer beyond this machine is not reached by HTTPS.
    """
    apps = [_provider(name) for name in env.words("PUENTE_OIDC", [])]
    return {"openid_connect": {"APPS": apps}} if apps else {}


def _provider(name: str) -> dict[str, Any]:
    prefix = f"PUENTE_OIDC_{name.upper().replace('-', '_')}_"
    issuer = env.required(f"{prefix}ISSUER")
    address = urlsplit(issuer)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise ImproperlyConfigured(f"{prefix}ISSUER is {issuer!r}; an identity provider is reached by https.")
    env.required(f"{prefix}DOMAINS")
    participant = env.text(f"{prefix}PARTICIPANT", name.upper())
    return {
        "provider_id": name,
        "name": participant,
        "client_id": env.required(f"{prefix}CLIENT_ID"),
        "secret": env.required(f"{prefix}CLIENT_SECRET"),
        "settings": {
            "server_url": issuer,
            "participant": participant,
            "domains": [domain.lower() for domain in env.words(f"{prefix}DOMAINS", [])],
            "scope": ["openid", "email"],
            "oauth_pkce_enabled": True,
        },
    }


SOCIALACCOUNT_PROVIDERS = identity_providers()
