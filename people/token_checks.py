"""What is believed of an identity provider: metadata that name it, ID tokens that its own key has signed."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from jwt import PyJWTError, get_unverified_header

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
"""Signatures with a key pair (RFC 7518). `none` is no signature, and HMAC's key would be known to both."""


class CheckingAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """django-allauth's adapter, which asks the key even of a token that it fetched itself."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The metadata (OpenID Connect Discovery 1.0, 4.3): the issuer in it must be the one of the settings.

        Raises:
            OAuth2Error: it is another.
        """
        config: dict[str, Any] = super().openid_config
        expected = self.get_provider().app.settings["server_url"]
        if config.get("issuer", "").rstrip("/") != expected.rstrip("/"):
            raise OAuth2Error("The metadata name another issuer.")
        return config

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            algorithm = get_unverified_header(id_token).get("alg")
        except PyJWTError:
            raise OAuth2Error("The ID token is unreadable.") from None
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("The ID token is not signed by a key pair.")
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except KeyError:
            raise OAuth2Error("The ID token, or a key of the provider, does not say which key it is.") from None
        return claims
