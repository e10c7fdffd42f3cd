"""Badges of certificates (Open Badges 3.0): signed when they are asked for, from the payload that was frozen."""

from __future__ import annotations

import contextlib
import datetime as dt

from django.conf import settings
from django.db.models import Q

from people import clock

from ..badges.baking import baked_png, baked_svg
from ..badges.credential import claims_of
from ..badges.image import png_of, svg_of
from ..badges.issuer import did_document, did_of
from ..badges.status_list import LENGTH, SUSPENSION, status_claims
from ..badges.tokens import KeyUnfit, signed
from ..exceptions import CertificateError, IssuerUnreadable
from ..models import Credential
from .about import badge_label
from .issuer import issuer, published_certificates

KEPT_SECONDS = 300
"""For so long others may keep what is published here."""


BADGE_FILES = {"jwt": "application/vc+jwt", "png": "image/png", "svg": "image/svg+xml"}
"""As what a badge is handed out: the token alone, or baked into its picture."""


def base_url() -> str:
    """The address of this installation, without a slash at its end."""
    return str(settings.PUENTE_BASE_URL).rstrip("/")


def badge_of(credential: Credential) -> str:
    """The badge of a certificate, a compact VC-JWT. Each call signs anew: the words are the same, the signature is not.

    Raises:
        IssuerUnreadable, IssuerExpired: nothing can be signed.
    """
    did = did_of(base_url())
    claims = claims_of(
        credential.said, did=did, base_url=base_url(), index=credential.pk, issued_at=credential.issued_at
    )
    return _signed(claims, did)


def badge_file(credential: Credential, kind: str) -> bytes:
    """The badge as a file of one of BADGE_FILES. Raises as `badge_of`."""
    token, payload = badge_of(credential), credential.said
    named = (
        payload.curriculum.title_en,
        payload.curriculum.title_es,
        badge_label(payload.curriculum.code, payload.edition.number),
    )
    match kind:
        case "png":
            return baked_png(png_of(*named), token)
        case "svg":
            return baked_svg(svg_of(*named), token).encode()
        case _:
            return token.encode()


def status_list(*, purpose: str, number: int) -> str:
    """The signed list of badges that are revoked or suspended now. One query.

    What was superseded counts as revoked here: whoever presents it is asked for the newer one. What is suspended stands
    in the list of revocations while it is, as a badge names that list alone. Raises IssuerUnreadable, IssuerExpired.
    """
    did, now = did_of(base_url()), clock.now()
    first = number * LENGTH
    found = Credential.objects.filter(_ended(purpose, now), pk__gte=first, pk__lt=first + LENGTH)
    places = [pk - first for pk in found.order_by().values_list("pk", flat=True)]
    claims = status_claims(places, did=did, base_url=base_url(), purpose=purpose, number=number, at=now)
    return _signed(claims, did)


def last_list() -> int:
    """The number of the last status list that has a badge in it."""
    return (Credential.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) // LENGTH


def issuer_document() -> dict[str, object]:
    """The did:web document: the present key and all earlier ones."""
    with contextlib.suppress(CertificateError):  # what was signed before is verified all the same
        issuer()  # a new installation makes its key, a new key is published, before anybody verifies
    return did_document(did_of(base_url()), published_certificates())


def _ended(purpose: str, now: dt.datetime) -> Q:
    suspended = Q(suspended_at__lte=now)
    return suspended if purpose == SUSPENSION else suspended | Q(revoked_at__lte=now) | Q(superseded_at__lte=now)


def _signed(claims: dict[str, object], did: str) -> str:
    try:
        return signed(claims, signer=issuer().signer, did=did)
    except KeyUnfit as problem:
        raise IssuerUnreadable(problem=problem) from problem
