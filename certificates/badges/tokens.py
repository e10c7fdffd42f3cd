"""Signs JSON as compact JWS (RFC 7515), with the key of a `Signer`; public keys as JWK (RFC 7517, RFC 7638)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from ..signing.signer import Signer

_COORDINATE = 32  # bytes of a number of the curve P-256


class KeyUnfit(ValueError):
    """Open Badges are signed with ECDSA over P-256 or with RSA; this key is another."""


def jwk_of(certificate: x509.Certificate) -> dict[str, str]:
    """The certificate's public key as JWK. Raises KeyUnfit."""
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        numbers = key.public_numbers()
        x, y = (number.to_bytes(_COORDINATE, "big") for number in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": encoded(x), "y": encoded(y)}
    if isinstance(key, rsa.RSAPublicKey):
        parts = key.public_numbers()
        n, e = (number.to_bytes((number.bit_length() + 7) // 8, "big") for number in (parts.n, parts.e))
        return {"kty": "RSA", "n": encoded(n), "e": encoded(e)}
    raise KeyUnfit("a badge is signed with a key over the curve P-256 or with an RSA key")


def thumbprint(jwk: Mapping[str, str]) -> str:
    """The name of a key that is taken from the key itself."""
    return encoded(hashlib.sha256(json.dumps(jwk, sort_keys=True, separators=(",", ":")).encode()).digest())


def signed(claims: Mapping[str, Any], *, signer: Signer, did: str) -> str:
    """The claims as a compact JWS whose header names the key `did#thumbprint`. Raises KeyUnfit."""
    jwk = jwk_of(x509.load_der_x509_certificate(signer.certificate))
    is_curve = jwk["kty"] == "EC"
    header = {"alg": "ES256" if is_curve else "RS256", "typ": "JWT", "kid": f"{did}#{thumbprint(jwk)}"}
    message = ".".join(encoded(json.dumps(part, ensure_ascii=False).encode()) for part in (header, claims))
    signature = signer.sign(message.encode())
    if is_curve:
        signature = b"".join(number.to_bytes(_COORDINATE, "big") for number in decode_dss_signature(signature))
    return f"{message}.{encoded(signature)}"


def encoded(data: bytes) -> str:
    """Base 64 for addresses, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
