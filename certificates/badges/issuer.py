"""The issuer's name (did:web) and the document that publishes its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography import x509

from ..payload import Payload
from .tokens import KeyUnfit, jwk_of, thumbprint


def did_of(base_url: str) -> str:
    """The did:web of an installation: its host, a port as %3A, and the folders of its path.

    A resolver reads `/.well-known/did.json`, or `did.json` in the folder when there is a path.
    """
    parts = urlsplit(base_url)
    folders = [quote(folder, safe="") for folder in parts.path.split("/") if folder]
    return ":".join(["did:web", parts.netloc.lower().replace(":", "%3A"), *folders])


def did_document(did: str, certificates: Sequence[x509.Certificate]) -> dict[str, Any]:
    """All keys that ever signed, the present one among them: what an earlier key signed can still be verified."""
    methods = []
    for certificate in certificates:
        try:
            jwk = jwk_of(certificate)
        except KeyUnfit:
            continue
        name = f"{did}#{thumbprint(jwk)}"
        methods.append({"id": name, "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk})
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def profile(did: str, base_url: str, payload: Payload) -> dict[str, Any]:
    """Who issues: both Participants, named as they were on the day of issue, in both languages."""
    english = " · ".join(body.participant_en for body in payload.bodies)
    spanish = " · ".join(body.participant_es for body in payload.bodies)
    return {"id": did, "type": ["Profile"], "name": f"{english} / {spanish}", "url": f"{base_url}/"}
