"""The signature container of PAdES B-B and B-T (ETSI EN 319 142-1, EN 319 122-1): CMS SignedData, detached, with the
signing certificate's hash among the signed attributes, and a time stamp among the others.

Without a time stamp only the digest and the signature differ from document to document. So asn1crypto builds the
container once for each length of signature (an elliptic-curve signature has 70 to 72 bytes), around two stand-ins,
which each document then replaces.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from asn1crypto import algos, cms, tsp, x509

from .signer import Signer
from .timestamps import LONGEST_TOKEN, Timestamper

_SPREAD = 6  # bytes by which an elliptic-curve signature may be longer than another


class Envelope:
    """Seals digests with one signer; with a timestamper, each signature is stamped (level B-T)."""

    def __init__(self, signer: Signer, timestamper: Timestamper | None = None) -> None:
        self._signer, self._timestamper = signer, timestamper
        self._digest = secrets.token_bytes(32)
        self._attributes = _signed_attributes(signer, self._digest)
        self._before, self._after = _halves(self._attributes.dump(), self._digest)
        self._containers: dict[int, tuple[bytes, bytes, bytes]] = {}
        longest = len(signer.sign(b"")) + _SPREAD
        self.reserve = sum(map(len, self._container(longest))) + len(self._digest) + longest
        if timestamper:
            self.reserve += LONGEST_TOKEN + _SPREAD * 8

    def seal(self, digest: bytes) -> bytes:
        """The DER of a CMS over a document's SHA-256. Signing time stands in the PDF (entry M), as PAdES wants.

        Raises TimestampFailed.
        """
        signature = self._signer.sign(self._before + digest + self._after)
        if self._timestamper:
            token = self._timestamper.token(hashlib.sha256(signature).digest())
            attributes = _signed_attributes(self._signer, digest)
            return container(self._links, self._signer.algorithm, attributes, signature, token)
        if len(signature) not in self._containers:
            self._containers[len(signature)] = self._container(len(signature))
        first, between, last = self._containers[len(signature)]
        return b"".join((first, digest, between, signature, last))

    @property
    def _links(self) -> tuple[bytes, ...]:
        return (self._signer.certificate, *self._signer.chain[:-1])  # a reader brings the root, or must not trust it

    def _container(self, length: int) -> tuple[bytes, bytes, bytes]:
        stand_in = secrets.token_bytes(length)
        whole = container(self._links, self._signer.algorithm, self._attributes, stand_in)
        first, rest = _halves(whole, self._digest)
        return (first, *_halves(rest, stand_in))


def container(
    links: Sequence[bytes],
    algorithm: str,
    attributes: cms.CMSAttributes,
    signature: bytes,
    token: bytes | None = None,
) -> bytes:
    """The DER of SignedData with one signature. `links` are certificates in DER, the signing one first; `token` is a
    time stamp over the signature."""
    certificates = [x509.Certificate.load(link) for link in links]
    name = {"issuer": certificates[0].issuer, "serial_number": certificates[0].serial_number}
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(name="issuer_and_serial_number", value=cms.IssuerAndSerialNumber(name)),
            "digest_algorithm": sha256,
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": algorithm}),
            "signature": signature,
        }
    )
    if token is not None:
        stamp = {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token)]}
        info["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(stamp)])
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices(name="certificate", value=link) for link in certificates],
            "signer_infos": [info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def is_as_sealed(found: bytes) -> bool:
    """Whether a container, with the zeros behind it, is byte for byte as `Envelope` makes it.

    A signature covers the document and its own signed attributes, but not every byte of the container around them.
    """
    data = cms.ContentInfo.load(found)["content"]
    info = data["signer_infos"][0]
    links = [choice.chosen.dump() for choice in data["certificates"]]
    again = container(
        links,
        info["signature_algorithm"]["algorithm"].native,
        info["signed_attrs"],
        info["signature"].native,
        _token_in(info),
    )
    return found.startswith(again) and not found[len(again) :].strip(b"\0")


def _token_in(info: cms.SignerInfo) -> bytes | None:
    """The time stamp of a signature, if it has one."""
    for attribute in info["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            return bytes(attribute["values"][0].dump())
    return None


def _signed_attributes(signer: Signer, digest: bytes) -> cms.CMSAttributes:
    fingerprint = hashlib.sha256(signer.certificate).digest()
    named = tsp.ESSCertIDv2({"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": fingerprint})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute(
                {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [named]})]}
            ),
            cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
        ]
    )


def _halves(whole: bytes, stand_in: bytes) -> tuple[bytes, bytes]:
    before, after = whole.split(stand_in)
    return before, after
